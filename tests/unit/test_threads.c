/*
 * Many streams at once: threads that each read several documents with options of their own get what one thread alone gets,
 * while others do the same with the same tables of folds, ask for names, and make keys. For the thread sanitizer above all,
 * which sees what is shared by mistake though nothing comes of it. Documents are read as tokens, and as text.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"

#define THREADS 8
#define ROUNDS 12
#define DOCUMENTS 6
#define TEXTS 5

static const char
	table[] = "language\tps\n0643\tany\t06A9\tname=kaf\tkaf\n06C1\tany\t0647\tname=heh\theh\n";

/* FNV-1a, enough to see a difference. */
static uint64_t add(uint64_t sum, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < len; i++)
		sum = (sum ^ at[i]) * UINT64_C(0x100000001B3);
	return sum;
}

static int on_token(void *ctx, const struct lafz_token *token)
{
	uint64_t *sum = ctx;
	char value[LAFZ_VALUE_ROOM], key[64];
	struct lafz_word words[LAFZ_MAX_WORDS];
	const uint64_t numbers[] = {token->start,
	                            token->end,
	                            token->cstart,
	                            token->cend,
	                            token->par,
	                            token->sent,
	                            token->run,
	                            token->lang,
	                            token->flags,
	                            token->kind,
	                            token->script,
	                            lafz_value(token, value),
	                            lafz_words(token, words),
	                            lafz_key(token->surface, token->surface_len, key, sizeof key)};
	*sum = add(*sum, numbers, sizeof numbers);
	*sum = add(*sum, token->norm, token->norm_len);
	*sum = add(*sum, token->key, token->key_len);
	*sum = add(*sum, lafz_lang_tag(token->lang), 1);
	*sum = add(*sum, lafz_kind_name(token->kind), 1);
	return 0;
}

struct work {
	const struct lafz_tables *tables; /* shared */
	size_t number;
	uint64_t sums[DOCUMENTS];
	uint64_t texts[TEXTS];
	int status;
};

static struct lafz_options options_of(const struct work *work, size_t document)
{
	static const char *const encodings[] = {NULL, NULL, "windows-1256", "UTF-16LE"};
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.rules = (enum lafz_rules)(document % 3);
	options.profile = document == 5 ? LAFZ_PROFILE_NFC : LAFZ_PROFILE_STANDARD;
	options.want |= document % 2 ? LAFZ_WANT_GAPS | LAFZ_WANT_EDITS : LAFZ_WANT_GAPS;
	options.tables = document == 1 ? work->tables : NULL;
	options.encoding = encodings[document % COUNT(encodings)];
	options.kernel = lafz_kernel(0, NULL);
	if (document % 2)
		options.kernel = NULL;
	return options;
}

/* The documents depend on their number alone. */
static void read_document(struct work *work, size_t document)
{
	char bytes[400 * HELPER_LONGEST], nfc[3 * sizeof bytes];
	struct rng rng = {document + 1};
	const size_t len = helper_trouble(&rng, 400, document % 2 == 0, bytes);
	const struct lafz_options options = options_of(work, document);
	uint64_t sum = UINT64_C(0xCBF29CE484222325);
	size_t nfc_len = 0;
	const int rc = lafz_tokenize(bytes, len, &options, on_token, &sum);
	if (rc < 0 || lafz_nfc(bytes, len, nfc, sizeof nfc, &nfc_len) < 0)
		work->status = rc < 0 ? rc : LAFZ_ERR_UNICODE;
	work->sums[document] = add(sum, nfc, nfc_len);
}

/* Lines that are copied without their tokens and others in turn, with letters of the scripts of both. */
static size_t make_lines(size_t number, char *out)
{
	static const char *const plain[] = {
		"Many streams are read at once, and each of them says the same.\n",
		"\u062F\u0627 \u0643\u062A\u0627\u0628 \u0689\u06D0\u0631 \u069A\u0647 \u062F\u06CC.\n",
		"\u0627\u06CC\u0646 \u06A9\u062A\u0627\u0628 \u0631\u0627 \u062F\u06CC\u062F\u0645.\n",
	};
	struct rng rng = {number + 100};
	size_t len = 0;
	for (size_t line = 0; line < 60; line++) {
		const char *const next = plain[(number + line / 20) % COUNT(plain)];
		memcpy(out + len, next, strlen(next));
		len += strlen(next);
		if (line % 4 == 3)
			len += helper_trouble(&rng, 20, line % 8 == 3, out + len);
	}
	return len;
}

static int read_pieces(struct lafz_stream *stream, uint64_t *sum)
{
	const struct lafz_text *piece = NULL;
	int rc = LAFZ_OK;
	while ((rc = lafz_next_text(stream, &piece)) == LAFZ_TEXT) {
		const uint64_t pars[] = {piece->first_par, piece->last_par, piece->par};
		*sum = add(*sum, pars, sizeof pars);
		*sum = add(*sum, piece->text, piece->len);
	}
	return rc;
}

/* A document as text, in two chunks, and again after a reset. */
static void read_text(struct work *work, size_t document)
{
	static const char *const tags[TEXTS] = {"en", "ps", "fa", "ar", NULL};
	char bytes[60 * 100 + 60 * 20 * HELPER_LONGEST];
	const size_t len = make_lines(document, bytes), half = len / (2 + document);
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	uint64_t sum = UINT64_C(0xCBF29CE484222325);
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_NORM | LAFZ_WANT_SENTS;
	options.languages[0] = tags[document] ? lafz_lang_id(tags[document]) : LAFZ_LANG_NONE;
	options.n_languages = tags[document] ? 1 : 0;
	int rc = lafz_open(&stream, &options);
	for (size_t time = 0; time < 2 && rc == LAFZ_OK; time++) {
		lafz_reset(stream);
		rc = lafz_feed(stream, bytes, half);
		rc = rc == LAFZ_OK ? read_pieces(stream, &sum) : rc;
		rc = rc == LAFZ_MORE ? lafz_feed(stream, bytes + half, len - half) : rc;
		rc = rc == LAFZ_OK ? read_pieces(stream, &sum) : rc;
		rc = rc == LAFZ_MORE ? lafz_finish(stream) : rc;
		rc = rc == LAFZ_OK ? read_pieces(stream, &sum) : rc;
	}
	if (rc != LAFZ_OK)
		work->status = rc < 0 ? rc : LAFZ_ERR_ORDER;
	lafz_close(stream);
	work->texts[document] = sum;
}

static void *run(void *ctx)
{
	struct work *work = ctx;
	char versions[200], name[64];
	for (size_t round = 0; round < ROUNDS; round++) {
		/* each thread in another order */
		for (size_t i = 0; i < DOCUMENTS; i++)
			read_document(work, (i * (work->number % 2 ? 5 : 1) + work->number + round) %
			                            DOCUMENTS);
		for (size_t i = 0; i < TEXTS; i++)
			read_text(work, (i + work->number + round) % TEXTS);
		(void)lafz_library_versions(versions, sizeof versions);
		(void)lafz_lang_name((uint16_t)(work->number + 1), name, sizeof name);
		(void)lafz_lang_id("PS-AF");
	}
	return NULL;
}

START_TEST(streams_side_by_side)
{
	struct lafz_tables *tables = NULL;
	pthread_t threads[THREADS];
	struct work alone = {0}, works[THREADS];
	ck_assert_int_eq(lafz_tables_read(&tables, table, sizeof table - 1, NULL, NULL), LAFZ_OK);
	alone.tables = tables;
	for (size_t i = 0; i < DOCUMENTS; i++)
		read_document(&alone, i);
	for (size_t i = 0; i < TEXTS; i++)
		read_text(&alone, i);
	ck_assert_int_eq(alone.status, LAFZ_OK);
	for (size_t i = 0; i < THREADS; i++) {
		works[i] = (struct work){.tables = tables, .number = i};
		ck_assert_int_eq(pthread_create(&threads[i], NULL, run, &works[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
	for (size_t i = 0; i < THREADS; i++) {
		ck_assert_int_eq(works[i].status, LAFZ_OK);
		for (size_t d = 0; d < DOCUMENTS; d++)
			ck_assert_msg(works[i].sums[d] == alone.sums[d], "thread %zu, document %zu",
			              i, d);
		for (size_t d = 0; d < TEXTS; d++)
			ck_assert_msg(works[i].texts[d] == alone.texts[d], "thread %zu, text %zu", i, d);
	}
	lafz_tables_close(tables);
}
END_TEST

/* A stream is made by one thread, used by a second and closed by a third: never by two at once. */
static void *feed(void *ctx)
{
	struct lafz_stream *stream = ctx;
	const struct lafz_token *token = NULL;
	if (lafz_feed(stream, "One two.", 8) < 0 || lafz_finish(stream) < 0)
		return NULL;
	int n = 0;
	while (lafz_next(stream, &token) == LAFZ_TOKEN)
		n++;
	return n == 3 ? stream : NULL;
}

static void *close_it(void *ctx)
{
	lafz_close(ctx);
	return NULL;
}

START_TEST(stream_handed_on)
{
	struct lafz_stream *stream = NULL;
	pthread_t thread;
	void *answer = NULL;
	ck_assert_int_eq(lafz_open(&stream, NULL), LAFZ_OK);
	ck_assert_int_eq(pthread_create(&thread, NULL, feed, stream), 0);
	ck_assert_int_eq(pthread_join(thread, &answer), 0);
	ck_assert_ptr_eq(answer, stream);
	ck_assert_int_eq(pthread_create(&thread, NULL, close_it, stream), 0);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {streams_side_by_side, stream_handed_on};
	return helper_run("threads", tests, COUNT(tests));
}
