/*
 * Every line of SentenceBreakTest.txt (Unicode 15.0) under rules uax29: two neighbouring tokens are in
 * one sentence exactly where the file has no border between them, a border inside a word counting
 * at the word's end. Exits 77 if the file cannot be read.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>

enum { MOST_BYTES = 1024 };

struct sample {
	char text[MOST_BYTES];
	size_t len;
	bool begins[MOST_BYTES + 1]; /* a sentence begins at this byte */
};

static size_t put(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	const size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	for (size_t i = n; i-- > 1; cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3F));
	out[0] = (char)(lead[n] | cp);
	return n;
}

/* Reads a line; false if it holds no sample. */
static bool read_sample(char *line, struct sample *sample)
{
	line[strcspn(line, "#\n")] = '\0';
	sample->len = 0;
	memset(sample->begins, 0, sizeof sample->begins);
	for (char *word = strtok(line, " \t"); word; word = strtok(NULL, " \t")) {
		if (strcmp(word, "\xC3\xB7") == 0) /* U+00F7 */
			sample->begins[sample->len] = true;
		else if (strcmp(word, "\xC3\x97") != 0) /* U+00D7 */
			sample->len += put((uint32_t)strtoul(word, NULL, 16), sample->text + sample->len);
	}
	return sample->len > 0;
}

struct check {
	const struct sample *sample;
	uint64_t end, sent;
	bool has_before;
	unsigned n_wrong, n;
};

static int compare(void *ctx, const struct lafz_token *token)
{
	struct check *check = ctx;
	if (check->has_before) {
		bool begins = false;
		for (uint64_t at = check->end; at <= token->start; at++)
			begins = begins || check->sample->begins[at];
		check->n_wrong += begins != (token->sent != check->sent);
		check->n++;
	}
	check->has_before = true;
	check->end = token->end;
	check->sent = token->sent;
	return 0;
}

/* Moves the borders inside words to their ends. */
static int move_borders(void *ctx, const struct lafz_token *token)
{
	struct sample *sample = ctx;
	for (uint64_t at = token->start + 1; at < token->end; at++) {
		if (sample->begins[at]) {
			sample->begins[at] = false;
			sample->begins[token->end] = true;
		}
	}
	return 0;
}

int main(void)
{
	const char *folder = getenv("UCD_DIR");
	char path[1024], line[4096];
	snprintf(path, sizeof path, "%s/auxiliary/SentenceBreakTest.txt",
	         folder && *folder ? folder : "/usr/share/unicode");
	FILE *file = fopen(path, "r");
	if (!file) {
		printf("skipped: cannot read %s\n", path);
		return 77;
	}
	if (!fgets(line, sizeof line, file) || !strstr(line, "15.0.0")) {
		printf("skipped: %s is not of version 15.0.0\n", path);
		fclose(file);
		return 77;
	}
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.rules = LAFZ_RULES_UAX29;
	static struct sample sample;
	unsigned n_lines = 0, n_failed = 0, n_pairs = 0;
	while (fgets(line, sizeof line, file)) {
		if (!read_sample(line, &sample))
			continue;
		struct check check = {.sample = &sample};
		n_lines++;
		if (lafz_tokenize(sample.text, sample.len, &options, move_borders, &sample) < 0 ||
		    lafz_tokenize(sample.text, sample.len, &options, compare, &check) < 0 ||
		    check.n_wrong > 0) {
			printf("line %u of samples: %u of %u borders wrong\n", n_lines, check.n_wrong, check.n);
			n_failed++;
		}
		n_pairs += check.n;
	}
	fclose(file);
	printf("%u lines, %u pairs of tokens\n", n_lines, n_pairs);
	printf("%u passed, %u failed\n", n_lines - n_failed, n_failed);
	return n_failed > 0 || n_lines == 0;
}
