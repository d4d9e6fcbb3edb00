/*
 * Values of options: one of several words, numbers, languages. Each function says what is wrong and
 * returns -1, or sets *out and returns 0. option is the option's name for the message.
 */
#ifndef LAFZ_CLI_VALUE_H
#define LAFZ_CLI_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/bytes.h"

/* A row of a table that ends with a name that is NULL. */
struct value_word {
	const char *name;
	int number;
};

int value_word(const char *option, const char *value, const struct value_word *words, int *out);

/* Bytes between low and high, with K, M or G behind for 1024 and its powers. */
int value_size(const char *option, const char *value, size_t low, size_t high, size_t *out);

/* A number between low and high. */
int value_number(const char *option, const char *value, size_t low, size_t high, size_t *out);

/* A number of things, at least 1. */
int value_count(const char *option, const char *value, uint64_t *out);

/* A decimal fraction from 0 to 1. */
int value_fraction(const char *option, const char *value, float *out);

/* Tags with commas between, into options->languages. */
int value_languages(const char *option, const char *value, struct lafz_options *options);

/* Says that there is no such language, and which one may be meant. */
int value_no_language(const char *option, const char *tag, size_t len);

/* Names with commas between, appended to out with a NUL behind each. */
int value_names(const char *option, const char *value, struct bytes *out);

#endif
