/*
 * Many streams at once: threads that each read several documents with options of their own get what one thread alone gets,
 * while others do the same with the same tables of folds, ask for names, and make keys. For the thread sanitizer above all,
 * which sees what is shared by mistake though nothing comes of it.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"

#define THREADS 8
#define ROUNDS 12
#define DOCUMENTS 6

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

static void *run(void *ctx)
{
	struct work *work = ctx;
	char versions[200], name[64];
	for (size_t round = 0; round < ROUNDS; round++) {
		/* each thread in another order */
		for (size_t i = 0; i < DOCUMENTS; i++)
			read_document(work, (i * (work->number % 2 ? 5 : 1) + work->number + round) %
			                            DOCUMENTS);
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
