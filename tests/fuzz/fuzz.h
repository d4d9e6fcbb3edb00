/*
 * What the fuzzers share. A fuzzer is one file, tests/fuzz/fuzz_NAME.c, with LLVMFuzzerTestOneInput:
 * linked with libFuzzer or AFL++ (configure --enable-fuzzers) it looks for new inputs, linked with
 * replay.c it tries those that are saved. The first bytes of an input say what is done with the rest.
 */
#ifndef LAFZ_TESTS_FUZZ_H
#define LAFZ_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "base/buf.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* ---- Inputs ---- */

/* What is left of one. */
struct text {
	const char *ptr;
	size_t len;
};

/* Takes the next byte; 0 if there is none. */
unsigned input_byte(struct text *input);

/* splitmix64, for what need not be in the input. */
uint64_t fuzz_random(uint64_t *state);

/* ---- What must hold ---- */

/* Says what is wrong and aborts, so that the input is kept. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2), noreturn))
#endif
void fuzz_fail(const char *format, ...);

#define MUST(condition, ...)                                                                       \
	do {                                                                                       \
		if (!(condition))                                                                  \
			fuzz_fail(__VA_ARGS__);                                                    \
	} while (0)

/* Two texts are the same, or it fails and shows both from where they differ. */
void fuzz_same(const char *what, const struct buf *expected, const struct buf *actual);

/* The text is well-formed UTF-8. */
void fuzz_utf8(const char *what, const char *text, size_t len);

/* Appends; there is always memory. */
void fuzz_add(struct buf *buf, const void *bytes, size_t len);

void fuzz_drop(struct buf *buf);

/* A copy in a block of its own, so that a read beside it is seen; to be freed. */
char *fuzz_copy(const char *text, size_t len);

#endif
