/*
 * A user's tables of folds: read or refused with a line that is there, and if they are read, text is
 * normalised by them in every language that has folds.
 *
 * The table ends at the first byte 00; what follows is the text. The first byte is the language.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static size_t count_lines(const char *text, size_t len)
{
	size_t n = 1;
	for (size_t i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

static int on_token(void *ctx, const struct lafz_token *token)
{
	fuzz_add(ctx, token->norm, token->norm_len);
	fuzz_utf8("norm", token->norm, token->norm_len);
	return 0;
}

/* The text by these tables, in one piece; by chunks and batches fuzz_stream does it. */
static void normalize(const struct lafz_tables *tables, const struct text *text, uint16_t lang,
                      uint32_t want)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.tables = tables;
	options.want = want;
	options.languages[0] = lang;
	options.n_languages = 1;
	struct buf norm = {0};
	MUST(lafz_tokenize(text->ptr, text->len, &options, on_token, &norm) == LAFZ_OK,
	     "lafz_tokenize failed");
	fuzz_drop(&norm);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {(const char *)bytes, len};
	const uint16_t lang = (uint16_t)(input_byte(&input) % lafz_lang_count());
	const char *end = input.len > 0 ? memchr(input.ptr, 0, input.len) : NULL;
	const size_t table_len = end ? (size_t)(end - input.ptr) : input.len;
	char *table = fuzz_copy(input.ptr, table_len);
	struct lafz_tables *tables = NULL;
	struct lafz_tables_error error = {0};
	const int rc = lafz_tables_read(&tables, table, table_len, NULL, &error);
	MUST(rc == LAFZ_OK || rc == LAFZ_ERR_TABLES, "status %d", rc);
	MUST((rc == LAFZ_OK) == (tables != NULL), "tables without their status");
	if (rc != LAFZ_OK)
		MUST(error.text && error.line <= count_lines(table, table_len), "error in line %zu",
		     error.line);
	if (tables && end) {
		const struct text text = {end + 1, input.len - table_len - 1};
		normalize(tables, &text, lang, LAFZ_WANT_ALL);
		normalize(tables, &text, lang, LAFZ_WANT_NORM | LAFZ_WANT_GAPS | LAFZ_WANT_EDITS);
	}
	lafz_tables_close(tables);
	free(table);
	return 0;
}
