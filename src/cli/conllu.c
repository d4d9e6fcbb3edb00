#include "cli/conllu.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/fail.h"

enum { COLUMNS = 10 };

/* What was found of the sentence that is being read. */
struct found {
	bool has_lines, has_words, has_text;
	uint64_t line, start; /* of its first line */
};

/* The first thing wrong with a sentence is told. */
static void blame(struct conllu *conllu, uint64_t line, uint64_t start, const char *why)
{
	if (conllu->error[0])
		return;
	snprintf(conllu->error, sizeof conllu->error, "%s", why);
	conllu->error_line = line;
	conllu->error_start = start;
}

static void blame_line(struct conllu *conllu, const char *why)
{
	blame(conllu, conllu->lines.number, conllu->lines.start, why);
}

static size_t skip_space(const char *line, size_t len, size_t at)
{
	while (at < len && (line[at] == ' ' || line[at] == '\t'))
		at++;
	return at;
}

/* Behind a word of a comment and the white space that follows; 0 if another one stands at at. */
static size_t skip_word(const char *line, size_t len, size_t at, const char *word)
{
	const size_t n = strlen(word);
	if (len - at < n || memcmp(line + at, word, n) != 0)
		return 0;
	at += n;
	const bool is_whole = at == len || line[at] == ' ' || line[at] == '\t' || line[at] == '=';
	return is_whole ? skip_space(line, len, at) : 0;
}

/* Behind the equals sign and white space; 0 if there is no such sign. */
static size_t skip_equals(const char *line, size_t len, size_t at)
{
	return at < len && line[at] == '=' ? skip_space(line, len, at + 1) : 0;
}

static bool set(struct bytes *bytes, const char *text, size_t len)
{
	bytes->len = 0;
	return bytes_append(bytes, text, len);
}

static bool begin_document(struct conllu *conllu, const char *line, size_t len, size_t at)
{
	char number[32];
	conllu->is_newdoc = true;
	conllu->doc_line = conllu->lines.number;
	const size_t id = skip_word(line, len, at, "id");
	const size_t value = id > 0 ? skip_equals(line, len, id) : 0;
	if (value > 0)
		return set(&conllu->id, line + value, len - value);
	const int n = snprintf(number, sizeof number, "%" PRIu64, conllu->lines.number);
	return set(&conllu->id, number, (size_t)n);
}

/* False if there is no memory. */
static bool read_comment(struct conllu *conllu, struct found *found, const char *line, size_t len)
{
	const size_t key = skip_space(line, len, 1);
	const size_t newdoc = skip_word(line, len, key, "newdoc");
	if (newdoc > 0)
		return begin_document(conllu, line, len, newdoc);
	if (skip_word(line, len, key, "newpar") > 0) {
		conllu->is_newpar = true;
		return true;
	}
	const size_t text = skip_word(line, len, key, "text");
	const size_t value = text > 0 ? skip_equals(line, len, text) : 0;
	if (value == 0)
		return true;
	if (found->has_text)
		blame_line(conllu, "expected one '# text =', found a second one");
	found->has_text = true;
	return set(&conllu->text, line + value, len - value);
}

static void read_word(struct conllu *conllu, struct found *found, const char *line, size_t len)
{
	size_t n = 1;
	char why[CONLLU_ERROR_CAP];
	found->has_words = true;
	for (size_t i = 0; i < len; i++)
		n += line[i] == '\t';
	if (line[0] < '0' || line[0] > '9') {
		blame_line(conllu, "expected a digit, '#' or an empty line");
	} else if (n != COLUMNS) {
		snprintf(why, sizeof why, "expected %d columns with tabs between, found %zu",
		         COLUMNS, n);
		blame_line(conllu, why);
	}
}

/* Sets what the sentence is that has just ended; false if it was none. */
static bool settle(struct conllu *conllu, const struct found *found, enum conllu_answer *answer)
{
	if (!found->has_words && !found->has_text && !conllu->error[0])
		return false;
	if (!found->has_text)
		blame(conllu, found->line, found->start, "expected '# text =' before the words");
	*answer = conllu->error[0] ? CONLLU_BROKEN : CONLLU_SENTENCE;
	return true;
}

/* False if there is no memory. */
static bool read_line(struct conllu *conllu, struct found *found, const char *line, size_t len)
{
	if (!found->has_lines) {
		found->has_lines = true;
		found->line = conllu->lines.number;
		found->start = conllu->lines.start;
	}
	if (line[0] == '#')
		return read_comment(conllu, found, line, len);
	read_word(conllu, found, line, len);
	return true;
}

enum conllu_answer conllu_next(struct conllu *conllu)
{
	struct found found = {0};
	enum conllu_answer answer = CONLLU_END;
	conllu->error[0] = '\0';
	conllu->is_newdoc = conllu->is_newpar = false;
	for (;;) {
		char *line = NULL;
		size_t len = 0;
		const enum lines_answer got = lines_next(&conllu->lines, &line, &len);
		if (got == LINES_FAILED)
			return CONLLU_FAILED;
		if (got == LINES_END) {
			(void)settle(conllu, &found, &answer);
			return answer;
		}
		if (got == LINES_TOO_LONG || got == LINES_CUT) {
			blame_line(conllu, got == LINES_CUT ? conllu->lines.source->error
			                                    : "longer than --max-record");
			continue;
		}
		const size_t skip = lines_mark(&conllu->lines, line, len);
		line += skip;
		len -= skip;
		if (len > 0 && line[len - 1] == '\r')
			len--;
		if (skip_space(line, len, 0) < len) {
			if (!read_line(conllu, &found, line, len))
				return (enum conllu_answer)fail_say("out of memory");
		} else if (settle(conllu, &found, &answer)) {
			return answer;
		}
	}
}

void conllu_free(struct conllu *conllu)
{
	lines_free(&conllu->lines);
	bytes_free(&conllu->text);
	bytes_free(&conllu->id);
}
