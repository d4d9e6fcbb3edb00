#include "blocks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void write_all(const char *bytes, size_t len)
{
	while (len > 0) {
		const ssize_t n = write(1, bytes, len);
		if (n < 0)
			die("writing");
		bytes += n;
		len -= (size_t)n;
	}
}

/* Bytes up to and with the last line feed; all of them if there is none. */
static size_t up_to_line_end(const char *bytes, size_t len)
{
	size_t n = len;
	while (n > 0 && bytes[n - 1] != '\n')
		n--;
	return n > 0 ? n : len;
}

size_t blocks_next(struct blocks *blocks, const char **block)
{
	memmove(blocks->bytes, blocks->bytes + blocks->begin, blocks->end - blocks->begin);
	blocks->end -= blocks->begin;
	blocks->begin = 0;
	while (blocks->end < BLOCK_MOST) {
		const ssize_t n = read(0, blocks->bytes + blocks->end, BLOCK_MOST - blocks->end);
		if (n < 0)
			die("reading");
		if (n == 0)
			break;
		blocks->end += (size_t)n;
	}
	*block = blocks->bytes;
	blocks->begin = up_to_line_end(blocks->bytes, blocks->end);
	return blocks->begin;
}

void blocks_put(struct blocks *blocks, const char *word, size_t len)
{
	if (len + 1 > BLOCK_MOST - blocks->n_out)
		blocks_flush(blocks);
	if (len + 1 > BLOCK_MOST) {
		write_all(word, len);
		write_all("\n", 1);
		return;
	}
	memcpy(blocks->out + blocks->n_out, word, len);
	blocks->out[blocks->n_out + len] = '\n';
	blocks->n_out += len + 1;
}

void blocks_flush(struct blocks *blocks)
{
	write_all(blocks->out, blocks->n_out);
	blocks->n_out = 0;
}
