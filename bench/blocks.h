/*
 * How the drivers of the peers read and write, the same for all: standard input in blocks that end
 * behind a line feed where one is, words on standard output, one a line. Trouble ends the program.
 */
#ifndef BENCH_BLOCKS_H
#define BENCH_BLOCKS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BLOCK_MOST 65536

struct blocks {
	char bytes[BLOCK_MOST];
	size_t begin, end; /* of what was read and not handed out */
	char out[BLOCK_MOST];
	size_t n_out;
};

/* Length of the next block, set in *block, valid until the next call; 0 at the end of the input. */
size_t blocks_next(struct blocks *blocks, const char **block);

void blocks_put(struct blocks *blocks, const char *word, size_t len);
void blocks_flush(struct blocks *blocks);

#ifdef __cplusplus
}
#endif

#endif
