#include "cli/verify.h"

#include <inttypes.h>
#include <string.h>

#include "cli/edit.h"
#include "cli/json.h"
#include "cli/lines.h"
#include "cli/source.h"

#define ERROR_CAP 200

/* A text, read in pieces. */
struct side {
	struct source source;
	char *ptr; /* what is left of the piece that was read last */
	size_t len;
	uint64_t off; /* of ptr in the text */
};

struct verify {
	struct side original, normalised;
	struct source source; /* of the map */
	struct lines map;
	struct edit edit;
	char error[ERROR_CAP];
};

/* All below: EXIT_DONE to go on; another status ends the work, its message having been written. */

/* ---- Comparing ---- */

/* Makes sure that there are bytes, unless the text has ended. */
static enum fail_exit fill(struct side *side)
{
	if (side->len > 0)
		return EXIT_DONE;
	if (source_read(&side->source, &side->ptr, &side->len) < 0)
		return EXIT_TROUBLE;
	if (side->len > 0 || !side->source.error[0])
		return EXIT_DONE;
	fail_say("%s: %s", side->source.name, side->source.error);
	return EXIT_TROUBLE;
}

static void skip(struct side *side, size_t n)
{
	side->ptr += n;
	side->len -= n;
	side->off += n;
}

/* How many bytes are the same at the beginning. */
static size_t count_same(const char *one, const char *other, size_t n)
{
	if (memcmp(one, other, n) == 0)
		return n;
	size_t i = 0;
	while (one[i] == other[i])
		i++;
	return i;
}

static size_t smaller(uint64_t n, size_t len)
{
	return n < len ? (size_t)n : len;
}

/* What no edit covers is the same on both sides: n bytes, or as many as there are. */
static enum fail_exit same(struct verify *verify, uint64_t n, bool is_last)
{
	struct side *one = &verify->original, *other = &verify->normalised;
	while (n > 0) {
		if (fill(one) != EXIT_DONE || fill(other) != EXIT_DONE)
			return EXIT_TROUBLE;
		const size_t most = smaller(smaller(n, one->len), other->len);
		const size_t k = most > 0 ? count_same(one->ptr, other->ptr, most) : 0;
		const bool is_end = is_last && one->len == 0 && other->len == 0;
		skip(one, k);
		skip(other, k);
		n -= k;
		if (is_end)
			return EXIT_DONE;
		if (most > 0 && k == most)
			continue;
		fail_say("%s: first difference at byte %" PRIu64 " (%s: byte %" PRIu64 ")",
		         one->source.name, one->off, other->source.name, other->off);
		return EXIT_DIFFERENT;
	}
	return EXIT_DONE;
}

/* What the edit has on one side stands there. */
static enum fail_exit stands(const struct verify *verify, struct side *side, const struct bytes *text)
{
	for (size_t at = 0; at < text->len;) {
		if (fill(side) != EXIT_DONE)
			return EXIT_TROUBLE;
		const size_t most = smaller(text->len - at, side->len);
		const size_t k = most > 0 ? count_same(side->ptr, text->ptr + at, most) : 0;
		skip(side, k);
		at += k;
		if (most > 0 && k == most)
			continue;
		fail_say("%s: first difference at byte %" PRIu64 " (%s: line %" PRIu64 ")",
		         side->source.name, side->off, verify->map.source->name, verify->map.number);
		return EXIT_DIFFERENT;
	}
	return EXIT_DONE;
}

/* ---- The map ---- */

static enum fail_exit broken(const struct verify *verify, const char *why)
{
	fail_say("%s: line %" PRIu64 " at byte %" PRIu64 ": %s", verify->map.source->name, verify->map.number,
	         verify->map.start, why);
	return EXIT_TROUBLE;
}

static enum fail_exit take_edit(struct verify *verify)
{
	const struct edit *edit = &verify->edit;
	const uint64_t off = verify->original.off, norm = verify->normalised.off;
	if (edit->start < off || edit->norm_start < norm ||
	    edit->start - off != edit->norm_start - norm)
		return broken(verify, "an edit that does not follow the one before");
	enum fail_exit status = same(verify, edit->start - off, false);
	if (status == EXIT_DONE)
		status = stands(verify, &verify->original, &edit->source);
	if (status == EXIT_DONE)
		status = stands(verify, &verify->normalised, &edit->text);
	return status;
}

static enum fail_exit take_line(struct verify *verify, char *line, size_t len)
{
	const size_t mark = lines_mark(&verify->map, line, len);
	if (json_is_blank(line + mark, len - mark))
		return EXIT_DONE;
	switch (edit_read(&verify->edit, line + mark, len - mark, verify->error, ERROR_CAP)) {
	case EDIT_READ:
		return take_edit(verify);
	case EDIT_BROKEN:
		return broken(verify, verify->error);
	default:
		return EXIT_TROUBLE;
	}
}

static enum fail_exit take_map(struct verify *verify)
{
	for (;;) {
		char *line = NULL;
		size_t len = 0;
		enum fail_exit status = EXIT_TROUBLE;
		switch (lines_next(&verify->map, &line, &len)) {
		case LINES_FAILED:
			return EXIT_TROUBLE;
		case LINES_TOO_LONG:
			return broken(verify, "longer than --max-record");
		case LINES_CUT:
			return broken(verify, verify->source.error);
		case LINES_END:
			return same(verify, UINT64_MAX, true);
		case LINES_WHOLE:
			status = take_line(verify, line, len);
			break;
		}
		if (status != EXIT_DONE)
			return status;
	}
}

enum fail_exit verify_files(const struct args *args, struct sink *sink)
{
	struct verify verify = {.original.source.fd = -1, .normalised.source.fd = -1, .source.fd = -1};
	verify.map.source = &verify.source;
	verify.map.max = args->max_record;
	enum fail_exit status = EXIT_TROUBLE;
	if (source_open(&verify.original.source, args->files[0], args->read_size, sink) == 0 &&
	    source_open(&verify.normalised.source, args->files[1], args->read_size, sink) == 0 &&
	    source_open(&verify.source, args->files[2], args->read_size, sink) == 0)
		status = take_map(&verify);
	source_close(&verify.original.source);
	source_close(&verify.normalised.source);
	source_close(&verify.source);
	lines_free(&verify.map);
	edit_free(&verify.edit);
	return status;
}
