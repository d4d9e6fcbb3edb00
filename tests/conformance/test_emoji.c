/*
 * emoji-test.txt of the Unicode Standard under the default rules: each sequence, alone, is one
 * token. It is of the kind emoji but for those listed here, each for its reason; the list is
 * neither too short nor too long.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>

#include "gen/ucd_enums.h"
#include "unicode/utf8.h"

enum { MOST_BYTES = 128, SKIPPED = 77 };

struct sample {
	char text[MOST_BYTES];
	size_t len;
	uint32_t first; /* its first code point */
	size_t n;       /* code points */
};

/* What a sample became. */
struct outcome {
	size_t n;
	uint8_t kind; /* of the first token */
};

/* Single characters, without a U+FE0F behind them, that are one token of another kind. */
static const struct {
	uint8_t kind;
	const char *why;
	uint32_t cps[32]; /* ends with 0 */
} others[] = {
	{LAFZ_KIND_SYMBOL,
         "a skin tone without a base: UAX #29 has it as an extender",
         {0x1F3FB, 0x1F3FC, 0x1F3FD, 0x1F3FE, 0x1F3FF}},
	{LAFZ_KIND_SYMBOL,
         "signs of old text fonts, before U+2600: Emoji_Presentation is no",
         {0x00A9, 0x00AE, 0x2122, 0x2194, 0x2195, 0x2196, 0x2197, 0x2198, 0x2199,
          0x21A9, 0x21AA, 0x2328, 0x23CF, 0x23ED, 0x23EE, 0x23EF, 0x23F1, 0x23F2,
          0x23F8, 0x23F9, 0x23FA, 0x25AA, 0x25AB, 0x25B6, 0x25C0, 0x25FB, 0x25FC}},
	{LAFZ_KIND_PUNCT, "marks of punctuation", {0x203C, 0x2049}},
	{LAFZ_KIND_WORD, "UAX #29 letters", {0x2139, 0x24C2, 0x1F170, 0x1F171, 0x1F17E, 0x1F17F}},
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/*
 * What a sample has to be; *note is where to say that its row in the list was needed, NULL if it
 * has none.
 */
static uint8_t expected_kind(const struct sample *sample, bool used[][32], bool **note)
{
	*note = NULL;
	for (size_t i = 0; i < LENGTH(others) && sample->n == 1; i++) {
		for (size_t k = 0; others[i].cps[k]; k++) {
			if (others[i].cps[k] != sample->first)
				continue;
			*note = &used[i][k];
			return others[i].kind;
		}
	}
	return LAFZ_KIND_EMOJI;
}

/* Rows of the list that no line of the file needed. */
static unsigned long count_unused(bool used[][32])
{
	unsigned long n = 0;
	for (size_t i = 0; i < LENGTH(others); i++) {
		for (size_t k = 0; others[i].cps[k]; k++) {
			if (used[i][k])
				continue;
			printf("listed, but not in the file: U+%04lX (%s)\n",
			       (unsigned long)others[i].cps[k], others[i].why);
			n++;
		}
	}
	return n;
}
/* Reads "1F600 FE0F ; fully-qualified # ...". False if the line holds no sequence. */
static bool read_sample(const char *line, struct sample *sample)
{
	*sample = (struct sample){0};
	while (*line != ';') {
		char *end = NULL;
		const unsigned long cp = strtoul(line, &end, 16);
		if (end == line || cp > 0x10FFFF || sample->len + UTF8_MAX > MOST_BYTES)
			return false;
		sample->len += utf8_encode((uint32_t)cp, sample->text + sample->len);
		if (sample->n++ == 0)
			sample->first = (uint32_t)cp;
		for (line = end; *line == ' '; line++)
			;
	}
	return sample->n > 0;
}

static int note_token(void *ctx, const struct lafz_token *token)
{
	struct outcome *outcome = ctx;
	if (outcome->n++ == 0)
		outcome->kind = token->kind;
	return 0;
}

static int check_file(FILE *file)
{
	char line[1024];
	unsigned long n_lines = 0, n_emoji = 0, n_failed = 0;
	bool used[LENGTH(others)][32] = {{false}};
	while (fgets(line, sizeof line, file)) {
		struct sample sample;
		struct outcome outcome = {0};
		if (line[0] == '#' || line[0] == '\n')
			continue;
		if (!read_sample(line, &sample)) {
			printf("cannot be read: %s", line);
			return EXIT_FAILURE;
		}
		if (lafz_tokenize(sample.text, sample.len, NULL, note_token, &outcome) != LAFZ_OK)
			return EXIT_FAILURE;
		bool *note = NULL;
		const uint8_t kind = expected_kind(&sample, used, &note);
		if (note)
			*note = true;
		n_lines++;
		n_emoji += outcome.n == 1 && outcome.kind == LAFZ_KIND_EMOJI;
		if (outcome.n == 1 && outcome.kind == kind)
			continue;
		n_failed++;
		printf("expected one %s, got %zu, the first %s: %s", lafz_kind_name(kind),
		       outcome.n, outcome.n > 0 ? lafz_kind_name(outcome.kind) : "none", line);
	}
	n_failed += count_unused(used);
	printf("emoji-test %s: %lu sequences, %lu of them one emoji; %lu failures\n", UCD_VERSION,
	       n_lines, n_emoji, n_failed);
	return n_lines > 0 && n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(void)
{
	const char *folder = getenv("UCD_DIR");
	char path[1024], line[256];
	snprintf(path, sizeof path, "%s/emoji/emoji-test.txt",
	         folder && *folder ? folder : "/usr/share/unicode");
	FILE *file = fopen(path, "r");
	if (!file) {
		printf("no %s (Debian package unicode-data)\n", path);
		return SKIPPED;
	}
	/* "# Version: 15.0", without the third number */
	bool is_ours = false;
	while (!is_ours && fgets(line, sizeof line, file) && line[0] == '#')
		is_ours = strncmp(line, "# Version: ", 11) == 0 && strlen(line) > 12 &&
		          strncmp(line + 11, UCD_VERSION, strlen(line) - 12) == 0;
	int status = SKIPPED;
	if (is_ours)
		status = check_file(file);
	else
		printf("%s is not of Unicode %s\n", path, UCD_VERSION);
	fclose(file);
	return status;
}
