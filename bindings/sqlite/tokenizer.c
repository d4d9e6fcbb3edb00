#include "tokenizer.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <lafz.h>

#include "arguments.h"

SQLITE_EXTENSION_INIT3

/* Bits of the kinds that people look for. Punctuation, symbols and controls are left out. */
#define INDEXED                                                                                    \
	(1u << LAFZ_KIND_WORD | 1u << LAFZ_KIND_NUMBER | 1u << LAFZ_KIND_EMOJI |                   \
	 1u << LAFZ_KIND_URL | 1u << LAFZ_KIND_EMAIL | 1u << LAFZ_KIND_MENTION |                   \
	 1u << LAFZ_KIND_HASHTAG | 1u << LAFZ_KIND_TIME | 1u << LAFZ_KIND_DATE)

/* Those that begin with a sign, and are found without it too. */
#define SIGNED (1u << LAFZ_KIND_MENTION | 1u << LAFZ_KIND_HASHTAG)

#define FULLWIDTH_NUMBER_SIGN "\xEF\xBC\x83" /* U+FF03 */

typedef int put_token(void *ctx, int flags, const char *token, int len, int start, int end);

struct tokenizer {
	struct lafz_options options;
	struct lafz_stream *stream; /* owned */
	enum view view;
	bool has_synonyms;
	bool is_busy; /* a text is under way: put_token may call FTS5, which may ask for another one */
};

/* ---- Memory ---- */

/* SQLite's own, so that its counts and limits hold. */
static void *allocate(void *ctx, size_t size)
{
	(void)ctx;
	return sqlite3_malloc64(size);
}

static void *resize(void *ctx, void *ptr, size_t old_size, size_t size)
{
	(void)ctx;
	(void)old_size;
	return sqlite3_realloc64(ptr, size);
}

static void release(void *ctx, void *ptr)
{
	(void)ctx;
	sqlite3_free(ptr);
}

static int error_of(int status)
{
	switch (status) {
	case LAFZ_ERR_MEMORY:
		return SQLITE_NOMEM;
	case LAFZ_ERR_LIMIT:
		return SQLITE_TOOBIG;
	default:
		return status < 0 ? SQLITE_ERROR : SQLITE_OK;
	}
}

/* ---- Tokens ---- */

/* The forms of the tokens of a batch in one view. */
struct forms {
	const char *text;
	const uint32_t *off;
	const uint32_t *len; /* NULL: from off up to end */
	const uint32_t *end;
};

/* Where the tokens of a text go. */
struct sink {
	put_token *put;
	void *ctx;
	bool is_document;
	bool has_synonyms;
	enum view view;
};

static struct forms forms_of(const struct lafz_batch *batch, enum view view)
{
	switch (view) {
	case VIEW_NORM:
		return (struct forms){batch->norm_text, batch->norm_off, batch->norm_len, NULL};
	case VIEW_SURFACE:
		return (struct forms){batch->text, batch->start, NULL, batch->end};
	default:
		return (struct forms){batch->key_text, batch->key_off, batch->key_len, NULL};
	}
}

static size_t form_len(const struct forms *forms, size_t i)
{
	return forms->len ? forms->len[i] : forms->end[i] - forms->off[i];
}

/* The bytes of the sign that a hashtag or mention begins with. */
static size_t sign_len(const char *form, size_t len)
{
	const size_t wide = sizeof FULLWIDTH_NUMBER_SIGN - 1;
	if (len > wide && memcmp(form, FULLWIDTH_NUMBER_SIGN, wide) == 0)
		return wide;
	return len > 1 && memchr("#@$", *form, 3) ? 1 : 0;
}

/* A token's place in the text, and whether it begins with a sign that it is to be found without. */
struct place {
	int start, end;
	bool is_signed;
};

static int put_form(const struct sink *sink, int flags, const char *form, size_t len,
                    const struct place *place)
{
	return sink->put(sink->ctx, flags, form, (int)len, place->start, place->end);
}

/* What is behind the sign of a form. */
static int put_bare(const struct sink *sink, const char *form, size_t len, const struct place *place)
{
	const size_t sign = place->is_signed ? sign_len(form, len) : 0;
	if (sign == 0)
		return SQLITE_OK;
	return put_form(sink, FTS5_TOKEN_COLOCATED, form + sign, len - sign, place);
}

/* The second form of token i, if it is another than the first. */
static int put_second(const struct sink *sink, const struct forms *seconds, size_t i,
                      const char *first, size_t first_len, const struct place *place)
{
	const char *const form = seconds->text + seconds->off[i];
	const size_t len = form_len(seconds, i);
	if (len == 0 || (len == first_len && memcmp(form, first, len) == 0))
		return SQLITE_OK;
	const int rc = put_form(sink, FTS5_TOKEN_COLOCATED, form, len, place);
	return rc == SQLITE_OK ? put_bare(sink, form, len, place) : rc;
}

/*
 * Only documents have more than one form: the index then holds each, and a query asks for one of them.
 */
static int put_batch(const struct sink *sink, const struct lafz_batch *batch)
{
	const bool has_second = sink->has_synonyms && sink->is_document;
	const uint32_t with_bare = sink->is_document ? SIGNED : 0;
	const struct forms forms = forms_of(batch, sink->view);
	const struct forms seconds = forms_of(batch, sink->view == VIEW_KEY ? VIEW_NORM : VIEW_KEY);
	for (size_t i = 0; i < batch->n; i++) {
		const uint32_t kind = 1u << batch->kind[i];
		const size_t len = form_len(&forms, i);
		if (!(INDEXED & kind) || len == 0)
			continue;
		const struct place place = {
			.start = (int)(batch->base + batch->start[i]),
			.end = (int)(batch->base + batch->end[i]),
			.is_signed = with_bare & kind,
		};
		const char *const form = forms.text + forms.off[i];
		int rc = put_form(sink, 0, form, len, &place);
		if (rc == SQLITE_OK && place.is_signed)
			rc = put_bare(sink, form, len, &place);
		if (rc == SQLITE_OK && has_second)
			rc = put_second(sink, &seconds, i, form, len, &place);
		if (rc != SQLITE_OK)
			return rc;
	}
	return SQLITE_OK;
}

static int put_text(struct lafz_stream *stream, const struct sink *sink, const char *text, int len)
{
	const struct lafz_batch *batch = NULL;
	lafz_reset(stream);
	int rc = lafz_feed(stream, text, (size_t)len);
	if (rc == LAFZ_OK)
		rc = lafz_finish(stream);
	while (rc >= LAFZ_OK && (rc = lafz_next_batch(stream, &batch)) == LAFZ_BATCH) {
		const int put = put_batch(sink, batch);
		if (put != SQLITE_OK)
			return put;
	}
	return error_of(rc);
}

/* ---- The interface of FTS5 ---- */

static void delete_tokenizer(Fts5Tokenizer *handle)
{
	struct tokenizer *const tokenizer = (struct tokenizer *)handle;
	lafz_close(tokenizer->stream);
	sqlite3_free(tokenizer);
}

static int create_tokenizer(void *unused, const char **args, int n, Fts5Tokenizer **out)
{
	struct arguments arguments;
	(void)unused;
	*out = NULL;
	int rc = arguments_read(&arguments, args, n);
	if (rc != SQLITE_OK)
		return rc;
	struct tokenizer *const tokenizer = sqlite3_malloc64(sizeof *tokenizer);
	if (!tokenizer)
		return SQLITE_NOMEM;
	*tokenizer = (struct tokenizer){
		.options = arguments.options,
		.view = arguments.view,
		.has_synonyms = arguments.has_synonyms,
	};
	tokenizer->options.allocator = (struct lafz_allocator){
		.allocate = allocate,
		.resize = resize,
		.release = release,
	};
	rc = error_of(lafz_open(&tokenizer->stream, &tokenizer->options));
	if (rc != SQLITE_OK) {
		sqlite3_free(tokenizer);
		return rc;
	}
	*out = (Fts5Tokenizer *)tokenizer;
	return SQLITE_OK;
}

/* A text that is asked for while another one is under way gets a stream of its own. */
static int tokenize_inside(const struct tokenizer *tokenizer, const struct sink *sink,
                           const char *text, int len)
{
	struct lafz_stream *stream = NULL;
	int rc = error_of(lafz_open(&stream, &tokenizer->options));
	if (rc == SQLITE_OK)
		rc = put_text(stream, sink, text, len);
	lafz_close(stream);
	return rc;
}

static int tokenize(Fts5Tokenizer *handle, void *ctx, int flags, const char *text, int len,
                    put_token *put)
{
	struct tokenizer *const tokenizer = (struct tokenizer *)handle;
	const struct sink sink = {
		.put = put,
		.ctx = ctx,
		.is_document = flags & FTS5_TOKENIZE_DOCUMENT,
		.has_synonyms = tokenizer->has_synonyms,
		.view = tokenizer->view,
	};
	if (len <= 0)
		return SQLITE_OK;
	if (tokenizer->is_busy)
		return tokenize_inside(tokenizer, &sink, text, len);
	tokenizer->is_busy = true;
	const int rc = put_text(tokenizer->stream, &sink, text, len);
	tokenizer->is_busy = false;
	return rc;
}

const fts5_tokenizer tokenizer_functions = {
	.xCreate = create_tokenizer,
	.xDelete = delete_tokenizer,
	.xTokenize = tokenize,
};
