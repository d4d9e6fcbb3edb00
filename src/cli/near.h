/*
 * The name that a word was most likely meant to be: the nearest of those that are offered, one after the other.
 */
#ifndef LAFZ_CLI_NEAR_H
#define LAFZ_CLI_NEAR_H

#include <stddef.h>

struct near {
	const char *word;
	size_t len;
	const char *name; /* the nearest so far; NULL: none is near */
	size_t distance;  /* that of it; one more than what counts as near if there is none */
};

struct near near_to(const char *word, size_t len);

void near_offer(struct near *near, const char *name);

#endif
