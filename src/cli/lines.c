#include "cli/lines.h"

#include <string.h>

#include "cli/fail.h"

/* Takes the next n bytes of what was read. */
static char *take(struct lines *lines, size_t n)
{
	char *taken = lines->rest;
	lines->rest += n;
	lines->rest_len -= n;
	lines->next += n;
	return taken;
}

/* Compressed data that end too early are told once, then comes the end. */
static enum lines_answer end_of(struct lines *lines)
{
	if (!lines->source->error[0] || lines->is_cut)
		return LINES_END;
	lines->is_cut = true;
	return LINES_CUT;
}

/* LINES_WHOLE: there is something left of what was read. */
static enum lines_answer fill(struct lines *lines)
{
	if (lines->rest_len > 0)
		return LINES_WHOLE;
	const int rc = source_read(lines->source, &lines->rest, &lines->rest_len);
	if (rc < 0)
		return LINES_FAILED;
	return rc > 0 ? LINES_WHOLE : LINES_END;
}

static enum lines_answer end_line(const struct lines *lines, bool is_long, char **line, size_t *len)
{
	*line = lines->line.ptr;
	*len = lines->line.len;
	return is_long ? LINES_TOO_LONG : LINES_WHOLE;
}

/* Of a line that is too long, or cut off by broken compression, nothing is kept. */
enum lines_answer lines_next(struct lines *lines, char **line, size_t *len)
{
	bool is_long = false;
	lines->line.len = 0;
	lines->start = lines->next;
	lines->number++;
	for (;;) {
		const enum lines_answer answer = fill(lines);
		if (answer == LINES_FAILED)
			return answer;
		if (answer == LINES_END)
			break;
		const char *end = memchr(lines->rest, '\n', lines->rest_len);
		const size_t n = end ? (size_t)(end - lines->rest) : lines->rest_len;
		char *piece = take(lines, end ? n + 1 : n);
		is_long = is_long || n > lines->max - lines->line.len;
		if (end && lines->line.len == 0 && !is_long) {
			*line = piece;
			*len = n;
			return LINES_WHOLE;
		}
		if (!is_long && !bytes_append(&lines->line, piece, n))
			return (enum lines_answer)fail_say("out of memory");
		if (end)
			return end_line(lines, is_long, line, len);
	}
	if (end_of(lines) == LINES_CUT)
		return LINES_CUT;
	return lines->next == lines->start ? LINES_END : end_line(lines, is_long, line, len);
}

enum lines_answer lines_take(struct lines *lines, uint64_t len, struct bytes *out)
{
	while (len > 0) {
		const enum lines_answer answer = fill(lines);
		if (answer == LINES_FAILED)
			return answer;
		if (answer == LINES_END)
			return end_of(lines);
		const size_t n = len < lines->rest_len ? (size_t)len : lines->rest_len;
		const char *piece = take(lines, n);
		if (out && !bytes_append(out, piece, n))
			return (enum lines_answer)fail_say("out of memory");
		len -= n;
	}
	return LINES_WHOLE;
}

size_t lines_mark(const struct lines *lines, const char *line, size_t len)
{
	const bool is_marked = lines->start == 0 && len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0;
	return is_marked ? 3 : 0;
}

void lines_free(struct lines *lines)
{
	bytes_free(&lines->line);
}
