/*
 * Which tokens of a batch hold something that must be escaped: found by looking over the texts of the batch, not token by
 * token.
 */
#ifndef LAFZ_CLI_CLEAN_H
#define LAFZ_CLI_CLEAN_H

#include <lafz.h>

#include "cli/args.h"
#include "cli/put.h"

struct clean {
	const struct lafz_batch *batch;
	put_find *find;
	char but; /* a byte that is special, but stands in no token */
	/* the next token whose surface, norm and key holds something special; as many as there are tokens: none does */
	size_t surface, norm, key;
};

/* A batch comes. find says what is special; it has surface, norm and key. */
void clean_begin(struct clean *clean, const struct lafz_batch *batch, const struct args *args, put_find *find);

/* The next token that is not clean. */
static inline size_t clean_end(const struct clean *clean)
{
	const size_t end = clean->surface < clean->norm ? clean->surface : clean->norm;
	return end < clean->key ? end : clean->key;
}

/* Token i was written; it may have been the next that is not clean. */
void clean_behind(struct clean *clean, size_t i);

#endif
