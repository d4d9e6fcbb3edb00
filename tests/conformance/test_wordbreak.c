/*
 * WordBreakTest.txt of the Unicode Standard under the rules uax29, through the public interface:
 * the tokens of a line are exactly those of its segments that hold a character outside White_Space.
 * Each line is fed whole and byte by byte.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>

#include <lafz.h>

#include "gen/ucd_enums.h"
#include "unicode/utf8.h"

enum { MOST_BYTES = 512, MOST_SEGMENTS = 64, SKIPPED = 77 };

struct span {
	uint64_t start, end;
};

/* A line of the file: its text and the segments that must be tokens. */
struct sample {
	char text[MOST_BYTES];
	size_t len;
	struct span spans[MOST_SEGMENTS];
	size_t n;
};

/*
 * Reads a line: code points in hex, before, between and behind them U+00F7 for a border (C3 B7 in
 * UTF-8) or U+00D7 for none (C3 97). False if the line is something else.
 */
static bool read_sample(const char *line, struct sample *sample)
{
	*sample = (struct sample){0};
	size_t start = 0;
	bool has_content = false, has_marks = false;
	while (*line && *line != '#' && *line != '\n') {
		if (*line == ' ' || *line == '\t') {
			line++;
			continue;
		}
		if (line[0] == '\xC3' && (line[1] == '\xB7' || line[1] == '\x97')) {
			has_marks = true;
			if (line[1] == '\xB7') {
				if (has_content && sample->n < MOST_SEGMENTS)
					sample->spans[sample->n++] = (struct span){start,
					                                           sample->len};
				start = sample->len;
				has_content = false;
			}
			line += 2;
			continue;
		}
		char *end = NULL;
		const unsigned long cp = strtoul(line, &end, 16);
		if (end == line || cp > 0x10FFFF || sample->len + UTF8_MAX > MOST_BYTES)
			return false;
		sample->len += utf8_encode((uint32_t)cp, sample->text + sample->len);
		has_content = has_content || !u_isUWhiteSpace((UChar32)cp);
		line = end;
	}
	return has_marks && sample->len > 0;
}

/* Tokens of the sample, fed in chunks; the number of tokens, or -1 if the stream fails. */
static int tokenize(struct lafz_stream *stream, const struct sample *sample, size_t chunk,
                    struct span got[MOST_SEGMENTS])
{
	size_t n = 0, at = 0;
	lafz_reset(stream);
	for (;;) {
		const struct lafz_token *token = NULL;
		const size_t left = sample->len - at;
		const size_t len = left < chunk ? left : chunk;
		if ((len > 0 ? lafz_feed(stream, sample->text + at, len) : lafz_finish(stream)) < 0)
			return -1;
		at += len;
		int rc = LAFZ_OK;
		while ((rc = lafz_next(stream, &token)) == LAFZ_TOKEN)
			if (n < MOST_SEGMENTS)
				got[n++] = (struct span){token->start, token->end};
		if (rc != LAFZ_MORE)
			return rc == LAFZ_OK ? (int)n : -1;
	}
}

static void print_spans(const char *what, const struct span *spans, size_t n)
{
	printf("  %s", what);
	for (size_t i = 0; i < n; i++)
		printf(" %lu-%lu", (unsigned long)spans[i].start, (unsigned long)spans[i].end);
	printf("\n");
}

/* Whether the sample gives its tokens at this chunk size; says so if not. */
static bool check_sample(struct lafz_stream *stream, const struct sample *sample, size_t chunk,
                         unsigned long line_no, const char *line)
{
	struct span got[MOST_SEGMENTS];
	const int n = tokenize(stream, sample, chunk, got);
	bool is_same = n == (int)sample->n;
	for (size_t i = 0; is_same && i < sample->n; i++)
		is_same = got[i].start == sample->spans[i].start &&
		          got[i].end == sample->spans[i].end;
	if (is_same)
		return true;
	printf("line %lu, chunks of %zu bytes: %s", line_no, chunk, line);
	print_spans("expected", sample->spans, sample->n);
	if (n < 0)
		printf("  got a failure: %s\n", lafz_error(stream, NULL));
	else
		print_spans("got     ", got, (size_t)n);
	return false;
}

static int check_file(FILE *file, struct lafz_stream *stream)
{
	char line[4096];
	unsigned long line_no = 0, n_lines = 0, n_tokens = 0, n_failed = 0;
	while (fgets(line, sizeof line, file)) {
		struct sample sample;
		line_no++;
		if (line[0] == '#')
			continue;
		if (!read_sample(line, &sample)) {
			printf("line %lu cannot be read: %s", line_no, line);
			return EXIT_FAILURE;
		}
		n_lines++;
		n_tokens += sample.n;
		n_failed += !check_sample(stream, &sample, MOST_BYTES, line_no, line);
		n_failed += !check_sample(stream, &sample, 1, line_no, line);
	}
	printf("WordBreakTest %s: %lu lines, %lu tokens, whole and byte by byte; %lu failures\n",
	       UCD_VERSION, n_lines, n_tokens, n_failed);
	return n_lines > 0 && n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(void)
{
	const char *folder = getenv("UCD_DIR");
	char path[1024], first[256] = "";
	snprintf(path, sizeof path, "%s/auxiliary/WordBreakTest.txt",
	         folder && *folder ? folder : "/usr/share/unicode");
	FILE *file = fopen(path, "r");
	if (!file) {
		printf("no %s (Debian package unicode-data)\n", path);
		return SKIPPED;
	}
	struct lafz_stream *stream = NULL;
	struct lafz_options options;
	int status = EXIT_FAILURE;
	lafz_options_init(&options, sizeof options);
	options.rules = LAFZ_RULES_UAX29;
	if (!fgets(first, sizeof first, file) || !strstr(first, "-" UCD_VERSION ".txt")) {
		printf("the rules are of Unicode %s, %s begins with %s", UCD_VERSION, path, first);
		status = SKIPPED;
		goto close;
	}
	if (lafz_open(&stream, &options) == LAFZ_OK)
		status = check_file(file, stream);
	lafz_close(stream);
close:
	fclose(file);
	return status;
}
