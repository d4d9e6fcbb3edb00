/*
 * NormalizationTest.txt of the Unicode Standard through the public interface, profile nfc: for
 * every line NFC of the columns 1 to 3 is column 2, and of 4 and 5 column 4; every character that
 * is not in column 1 of part 1 is its own NFC. Each column is a document of its own, and between
 * words of another one. The edits lead to the same text.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>

#include "gen/ucd_enums.h"
#include "unicode/utf8.h"

enum { COLUMNS = 5, MOST_BYTES = 512, SKIPPED = 77 };

struct column {
	char text[MOST_BYTES];
	size_t len;
};

static bool seen[0x110000]; /* in column 1 of part 1 */

/*
 * Reads "0041 030A;" and leaves *line behind it. *only gets the code point if there is one alone.
 */
static bool read_column(const char **line, struct column *column, uint32_t *only)
{
	size_t n = 0;
	column->len = 0;
	while (**line && **line != ';') {
		char *end = NULL;
		const unsigned long cp = strtoul(*line, &end, 16);
		if (end == *line || cp > 0x10FFFF || column->len + UTF8_MAX > MOST_BYTES)
			return false;
		column->len += utf8_encode((uint32_t)cp, column->text + column->len);
		*only = n++ == 0 ? (uint32_t)cp : 0;
		*line = end;
	}
	if (**line != ';')
		return false;
	(*line)++;
	return n > 0;
}

/* What the edits of a batch make of its text; false if there is no room, or the stream failed. */
static bool apply_edits(struct lafz_stream *stream, const struct lafz_batch *batch, struct column *out)
{
	const struct lafz_edit *edits = NULL;
	size_t n = 0;
	uint64_t at = batch->base;
	if (lafz_edits(stream, &edits, &n) != LAFZ_OK)
		return false;
	for (size_t i = 0; i <= n; i++) {
		const uint64_t end = i < n ? edits[i].start : batch->base + batch->len;
		const size_t len = (size_t)(end - at);
		const size_t more = i < n ? edits[i].text_len : 0;
		if (out->len + len + more > sizeof out->text)
			return false;
		memcpy(out->text + out->len, batch->text + (at - batch->base), len);
		if (more > 0)
			memcpy(out->text + out->len + len, edits[i].text, more);
		out->len += len + more;
		at = i < n ? edits[i].end : end;
	}
	return true;
}

/* The norm of a text as a document; false if the stream fails or its edits give another text. */
static bool compose(struct lafz_stream *stream, const char *text, size_t len, struct column *out)
{
	const struct lafz_batch *batch = NULL;
	struct column edited = {.len = 0};
	int rc = LAFZ_OK;
	out->len = 0;
	lafz_reset(stream);
	if (lafz_feed(stream, text, len) < 0 || lafz_finish(stream) < 0)
		return false;
	while ((rc = lafz_next_batch(stream, &batch)) == LAFZ_BATCH) {
		if (out->len + batch->norm_size > sizeof out->text ||
		    !apply_edits(stream, batch, &edited))
			return false;
		memcpy(out->text + out->len, batch->norm_text, batch->norm_size);
		out->len += batch->norm_size;
	}
	return rc == LAFZ_OK && out->len == edited.len &&
	       memcmp(out->text, edited.text, out->len) == 0;
}

static bool is_same(const struct column *a, const char *text, size_t len)
{
	return a->len == len && memcmp(a->text, text, len) == 0;
}

/* NFC of a column is want, alone and between words. */
static bool check(struct lafz_stream *stream, const struct column *column, const struct column *want)
{
	struct column got, longer = {.len = 0};
	char text[MOST_BYTES + 16];
	const size_t len = column->len;
	if (!compose(stream, column->text, len, &got) || !is_same(&got, want->text, want->len))
		return false;
	if (len + 16 > MOST_BYTES || want->len + 16 > MOST_BYTES)
		return true;
	memcpy(text, "word \xD8\xA8 ", 8);
	memcpy(text + 8, column->text, len);
	memcpy(text + 8 + len, " ab", 3);
	memcpy(longer.text, text, 8);
	memcpy(longer.text + 8, want->text, want->len);
	memcpy(longer.text + 8 + want->len, " ab", 3);
	longer.len = want->len + 11;
	return compose(stream, text, len + 11, &got) && is_same(&got, longer.text, longer.len);
}

static bool check_line(struct lafz_stream *stream, const struct column *columns)
{
	return check(stream, &columns[0], &columns[1]) && check(stream, &columns[1], &columns[1]) &&
	       check(stream, &columns[2], &columns[1]) && check(stream, &columns[3], &columns[3]) &&
	       check(stream, &columns[4], &columns[3]);
}

static bool is_surrogate(uint32_t cp)
{
	return cp >= 0xD800 && cp <= 0xDFFF;
}

/* All characters that are not in column 1 of part 1. */
static unsigned long check_others(struct lafz_stream *stream)
{
	unsigned long n_failed = 0;
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		struct column column;
		if (seen[cp] || is_surrogate(cp))
			continue;
		column.len = utf8_encode(cp, column.text);
		struct column got;
		if (compose(stream, column.text, column.len, &got) &&
		    is_same(&got, column.text, column.len))
			continue;
		if (n_failed++ < 10)
			printf("U+%04lX changes\n", (unsigned long)cp);
	}
	return n_failed;
}

static int check_file(FILE *file, struct lafz_stream *stream)
{
	char line[4096];
	unsigned long n_lines = 0, n_failed = 0;
	int part = -1;
	while (fgets(line, sizeof line, file)) {
		struct column columns[COLUMNS];
		const char *at = line;
		uint32_t only = 0;
		if (line[0] == '@')
			part = atoi(line + strlen("@Part"));
		if (line[0] == '#' || line[0] == '@' || line[0] == '\n')
			continue;
		for (size_t i = 0; i < COLUMNS; i++) {
			uint32_t cp = 0;
			if (!read_column(&at, &columns[i], &cp)) {
				printf("not understood: %s", line);
				return EXIT_FAILURE;
			}
			only = i == 0 ? cp : only;
		}
		n_lines++;
		if (part == 1)
			seen[only] = true;
		if (!check_line(stream, columns) && n_failed++ < 10)
			printf("wrong: %s", line);
	}
	n_failed += check_others(stream);
	printf("%lu lines, and all other characters: %lu wrong\n", n_lines, n_failed);
	return n_failed == 0 && n_lines > 18000 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The first line names the version the tables are made from. */
static bool is_our_version(FILE *file, char *line, size_t size)
{
	return fgets(line, (int)size, file) &&
	       strstr(line, "NormalizationTest-" UCD_VERSION ".txt");
}

int main(void)
{
	const char *const folder = getenv("UCD_DIR");
	char command[4096], line[256] = "";
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	snprintf(command, sizeof command, "exec bzip2 -dc '%s/NormalizationTest.txt.bz2'",
	         folder ? folder : "/usr/share/unicode");
	FILE *const file = popen(command, "r");
	if (!file || !is_our_version(file, line, sizeof line)) {
		printf("no NormalizationTest.txt of Unicode " UCD_VERSION
		       " by: %s (Debian packages unicode-data, bzip2)\n",
		       command);
		if (file)
			pclose(file);
		return SKIPPED;
	}
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_NORM | LAFZ_WANT_EDITS;
	options.profile = LAFZ_PROFILE_NFC;
	int result = EXIT_FAILURE;
	if (lafz_open(&stream, &options) == LAFZ_OK)
		result = check_file(file, stream);
	lafz_close(stream);
	pclose(file);
	return result;
}
