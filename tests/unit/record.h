/*
 * What a stream handed out of a document, kept without pointers, so that what two streams, two chunk sizes or two ways of asking
 * give can be compared. Used by the tests of the stream, each of which says one thing of it.
 */
#ifndef LAFZ_TESTS_RECORD_H
#define LAFZ_TESTS_RECORD_H

#include "helper.h"

#define WANT_EVERYTHING (LAFZ_WANT_ALL | LAFZ_WANT_GAPS)

#define EXPECT_STATUS(call, status)                                                                \
	do {                                                                                       \
		const int actual_ = (call);                                                        \
		ck_assert_msg(actual_ == (status), "%s: expected %d, actual %d", #call,            \
		              (int)(status), actual_);                                             \
	} while (0)

/* A token without pointers: norm and key lie in the record's text, one behind the other. */
struct token {
	uint64_t start, end, cstart, cend, par, sent, run;
	uint64_t norm_len, key_len;
	uint64_t lang, flags, kind, script;
	double confidence;
};

struct record {
	struct token *tokens; /* owned */
	size_t n, cap;
	char *text; /* owned; norm and key of each token */
	size_t len, text_cap;
	char *norm; /* owned; norm_text of all batches, if asked by batches alone */
	size_t norm_len, norm_cap;
	int status; /* the last one: LAFZ_OK or a failure */
	uint64_t error_offset;
};

/* How a record asks. */
enum ask {
	ASK_TOKENS,
	ASK_BATCHES,
	ASK_BOTH /* some tokens, then a batch, and so on */
};

/* All defaults, but that everything is wanted. */
struct lafz_options record_defaults(void);

struct lafz_stream *record_open(const struct lafz_options *options);

void record_free(struct record *r);
void record_add(struct record *r, const struct lafz_token *t);

/* Fails if a token's surface is not what lies at its offsets. */
void record_check_surface(const struct text *doc, const struct lafz_token *t);

/* Reads a document in chunks of a size, each in a block of its own that is gone afterwards. The record is cleared first. */
void record_read(struct lafz_stream *stream, const struct text *doc, size_t chunk, enum ask ask, struct record *r);

/* The same with a stream of its own. */
void record_text(const struct lafz_options *options, const struct text *doc, size_t chunk, enum ask ask, struct record *r);

/* A token in a line; two can be shown at once. The text is overwritten by the call after next. */
const char *record_show(const struct token *t);

/* The first token in which two records differ, or the number of tokens of the shorter one. */
size_t record_difference(const struct record *a, const struct record *b);

bool record_equals(const struct record *a, const struct record *b);

/* Fails if two records differ, and says in what. */
void record_expect_same(const char *description, const struct text *doc, const struct record *expected, const struct record *actual);

/* Fails unless a record with everything in it covers its document, with numbers that count on. */
void record_check(const char *description, const struct text *doc, const struct record *r);

#endif
