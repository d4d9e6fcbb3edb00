#include "cli/view/tokens.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fail.h"
#include "cli/json.h"
#include "cli/view/tokens_line.h"

#define ERROR_CAP 200
#define HELD_MOST ((size_t)16 << 20) /* bytes of documents that are looked at for another one */

int tokens_open(struct tokens *tokens, const char *name, size_t read_size, size_t max,
                struct sink *sink)
{
	*tokens = (struct tokens){.source.fd = -1};
	tokens->lines.source = &tokens->source;
	tokens->lines.max = max;
	return source_open(&tokens->source, name, read_size, sink);
}

static void free_lines(struct tokens_line *line)
{
	while (line) {
		struct tokens_line *next = line->next;
		tokens_line_free(line);
		line = next;
	}
}

void tokens_close(struct tokens *tokens)
{
	if (!tokens->lines.source)
		return;
	free_lines(tokens->head);
	free_lines(tokens->spare);
	lines_free(&tokens->lines);
	source_close(&tokens->source);
	*tokens = (struct tokens){0};
}

/* ---- Lines ---- */

static bool broken(struct tokens *tokens, const char *why)
{
	fail_say("%s: line %" PRIu64 " at byte %" PRIu64 ": %s", tokens->source.name, tokens->lines.number,
	         tokens->lines.start, why);
	tokens->has_failed = tokens->is_ended = true;
	return false;
}

/* A line that is not blank. */
static bool next_line(struct tokens *tokens, char **line, size_t *len)
{
	for (;;) {
		switch (lines_next(&tokens->lines, line, len)) {
		case LINES_WHOLE:
			break;
		case LINES_END:
			tokens->is_ended = true;
			return false;
		case LINES_TOO_LONG:
			return broken(tokens, "longer than --max-record");
		case LINES_CUT:
			return broken(tokens, tokens->source.error);
		case LINES_FAILED:
			tokens->has_failed = tokens->is_ended = true;
			return false;
		}
		const size_t mark = lines_mark(&tokens->lines, *line, *len);
		*line += mark;
		*len -= mark;
		if (!json_is_blank(*line, *len))
			return true;
	}
}

static struct tokens_line *new_line(struct tokens *tokens)
{
	struct tokens_line *line = tokens->spare;
	if (line)
		tokens->spare = line->next;
	else
		line = calloc(1, sizeof *line);
	if (line)
		line->next = NULL;
	return line;
}

static size_t size_of(const struct tokens_line *line)
{
	return sizeof *line + line->text.len + line->n * sizeof *line->tokens;
}

static void append(struct tokens *tokens, struct tokens_line *line)
{
	const struct tokens_line *before = tokens->tail;
	/* Two documents of one name may stand side by side: then offsets begin again. */
	line->is_new = !before || line->start < before->end || before->doc.len != line->doc.len ||
	               memcmp(before->doc.ptr, line->doc.ptr, line->doc.len) != 0;
	for (size_t i = 0; i < line->n; i++)
		line->tokens[i].is_first = i == 0 && (line->is_new || line->sent != before->sent);
	if (before)
		tokens->tail->next = line;
	else
		tokens->head = line;
	tokens->tail = line;
	tokens->held += size_of(line);
}

/* Reads one line more. */
static bool load(struct tokens *tokens)
{
	char *text = NULL, error[ERROR_CAP];
	size_t len = 0;
	if (tokens->is_ended || !next_line(tokens, &text, &len))
		return false;
	struct tokens_line *line = new_line(tokens);
	if (!line) {
		tokens->has_failed = tokens->is_ended = true;
		fail_say("out of memory");
		return false;
	}
	const enum tokens_answer answer = tokens_line_read(line, text, len, error, sizeof error);
	if (answer == TOKENS_READ) {
		append(tokens, line);
		return true;
	}
	tokens_line_free(line);
	if (answer == TOKENS_BROKEN)
		return broken(tokens, error);
	tokens->has_failed = tokens->is_ended = true;
	return false;
}

/* The line before the next one is kept, as the next one is judged by it; so at least one is there. */
static void pass_line(struct tokens *tokens)
{
	struct tokens_line *line = tokens->head;
	tokens->head = line->next;
	tokens->held -= size_of(line);
	tokens->at = 0;
	line->next = tokens->spare;
	tokens->spare = line;
}

/* The line behind one, which is read if need be; NULL if the file has ended. */
static struct tokens_line *behind(struct tokens *tokens, struct tokens_line *line)
{
	if (!line->next && !load(tokens))
		return NULL;
	return line->next;
}

/* ---- Documents ---- */

bool tokens_document(struct tokens *tokens, struct compare_text *name)
{
	if (!tokens->head && !load(tokens))
		return false;
	*name = tokens->head->doc;
	return true;
}

bool tokens_find(struct tokens *tokens, struct compare_text name)
{
	if (!tokens->head && !load(tokens))
		return false;
	for (struct tokens_line *line = tokens->head; line; line = behind(tokens, line)) {
		if (line->is_new && compare_documents(line->doc, name))
			return true;
		if (!line->next && tokens->held > HELD_MOST)
			return false;
	}
	return false;
}

bool tokens_peek(void *ctx, size_t i, struct compare_token *out)
{
	struct tokens *tokens = ctx;
	struct tokens_line *line = tokens->head;
	size_t at = tokens->at + i;
	while (line && at >= line->n) {
		at -= line->n;
		line = behind(tokens, line);
		if (line && line->is_new)
			return false;
	}
	if (!line)
		return false;
	*out = line->tokens[at];
	return true;
}

/* A line whose tokens are used goes when there is one of the same document behind it. */
static void settle(struct tokens *tokens)
{
	while (tokens->head && tokens->at >= tokens->head->n) {
		const struct tokens_line *next = behind(tokens, tokens->head);
		if (!next || next->is_new)
			return;
		const size_t rest = tokens->at - tokens->head->n;
		pass_line(tokens);
		tokens->at = rest;
	}
}

void tokens_drop(void *ctx, size_t n)
{
	struct tokens *tokens = ctx;
	tokens->at += n;
	settle(tokens);
}

void tokens_skip(struct tokens *tokens)
{
	struct tokens_line *line = tokens->head;
	while (line) {
		struct tokens_line *next = behind(tokens, line);
		pass_line(tokens);
		if (next && next->is_new)
			return;
		line = next;
	}
	tokens->tail = NULL;
}
