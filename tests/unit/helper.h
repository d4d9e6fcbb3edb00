/*
 * What the unit tests share: texts with their lengths, code points for messages, fixed random
 * numbers, text made of troublesome characters, and a decoder of UTF-8 that is slow, simple and
 * written from the definition alone, so that the library's decoder and offsets can be compared
 * with it.
 */
#ifndef LAFZ_TESTS_HELPER_H
#define LAFZ_TESTS_HELPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Check defines some of its own names as it likes. */
#include "quick_check.h"

#include <lafz.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct text {
	const char *ptr;
	size_t len;
};

/* A literal as a struct text; a NUL inside is an ordinary byte. */
#define T(literal)                                                                                 \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/*
 * The code points of a text for a message, ill-formed bytes as [FF]. Lives until the eighth call
 * after.
 */
const char *helper_show(const char *text, size_t len);

/* Whether two texts have the same bytes. */
bool helper_equals(const char *a, size_t a_len, const char *b, size_t b_len);

/* ---- UTF-8 by definition ---- */

struct model {
	uint32_t cp; /* U+FFFD if it is ill-formed or cut off */
	size_t len;  /* bytes; 0 only if there are none */
	bool is_char;
	bool is_cut; /* the bytes end, and more of them could make it a character */
};

/* What begins at text: a character, or the longest front that begins one, or one byte. */
struct model helper_decode(const char *text, size_t len);

/* The bytes of a scalar value, by division; returns how many. */
size_t helper_encode(uint32_t cp, char out[4]);

/* Characters in a text. */
size_t helper_count(const char *text, size_t len);

/* ---- Random numbers and texts ---- */

struct rng {
	uint64_t state;
};

uint64_t rng_next(struct rng *rng);

/* From 0 to one below n. */
size_t rng_below(struct rng *rng, size_t n);

/*
 * Writes a row of at most n troublesome characters, or parts of such, to out; returns the bytes.
 * Well-formed only: no broken bytes among them.
 */
#define HELPER_LONGEST 32 /* bytes of one of them, at most */
size_t helper_trouble(struct rng *rng, size_t n, bool well_formed_only, char *out);

/* ---- An allocator that counts, and fails when told to ---- */

struct counter {
	size_t calls;       /* that asked for memory */
	size_t fail_at;     /* the call that fails, counted from 1; 0: none */
	bool fails_on;      /* all calls after it fail too */
	size_t blocks;      /* not given back */
	size_t bytes, peak; /* of them */
	size_t wrong_sizes; /* resize was told another old size than the block has */
};

struct lafz_allocator helper_allocator(struct counter *counter);

/* ---- Running ---- */

/* How often something random is tried: n times, or a sixth of that with LAFZ_TEST_LESS=1 in the environment, for builds that are slow. */
size_t helper_times(size_t n);

/* Runs a suite, which is freed; the exit status of the program. */
int helper_run_suite(Suite *suite);

/* The same of tests that are one suite. */
int helper_run(const char *name, const TTest *const *tests, size_t n);

#endif
