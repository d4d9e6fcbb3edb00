/*
 * Where a decoder gets its bytes from.
 */
#ifndef LAFZ_CLI_PULL_H
#define LAFZ_CLI_PULL_H

#include <stddef.h>

struct pull {
	/* 1: the next bytes, which live until the next call; 0: the end; -1: failed, and said so */
	int (*read)(void *ctx, char **chunk, size_t *len);
	void *ctx;
};

#endif
