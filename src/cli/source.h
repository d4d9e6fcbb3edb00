/*
 * Where input comes from: a file or standard input, read in pieces and decompressed if it begins as
 * gzip, bzip2, xz, zstd or lz4 does, whatever its name. Before a read that would block, the sink is
 * flushed, so that the filter can be talked with through pipes.
 */
#ifndef LAFZ_CLI_SOURCE_H
#define LAFZ_CLI_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/gzip.h"
#include "cli/sink.h"
#include "cli/unpack.h"

#define SOURCE_ERROR_CAP 100
#define SOURCE_MAGIC 10 /* the longest beginning of a compressed file */

/*
 * What is compressed may be so many times as long when it is decoded, unless another limit is set. Text
 * becomes 3 to 10 times as long, the most repetitive logs 200 times. The first bytes are free.
 */
#define SOURCE_RATIO 1000
#define SOURCE_FREE ((uint64_t)64 << 20)

struct source {
	const char *name;  /* as given: "-" is standard input; not owned */
	struct sink *sink; /* not owned */
	char *buf;         /* owned */
	size_t cap;        /* bytes asked for in one read */
	int fd;            /* -1: closed */
	bool is_regular;   /* a read never blocks for long */
	uint64_t first;    /* is_regular: where in the file reading began */
	uint64_t off;      /* bytes of the file read so far */
	bool is_known;     /* whether it is compressed */
	size_t head_len;   /* bytes of buf, read to know it, that the decoder has not got yet */
	struct gzip *gzip; /* owned; NULL: it is none */
	struct unpack *unpack;          /* the same for the others */
	char *text;                     /* owned; compressed: what was decoded */
	uint64_t text_off;              /* bytes handed out so far */
	/* Called before a read that would block; may be NULL. Whether the sink may be flushed then. */
	bool (*on_wait)(void *ctx, const struct source *source);
	void *on_wait_ctx;
	bool is_utf8;                   /* nobody has named another encoding; may be set before the first read */
	size_t max_ratio;               /* 0: no limit; may be set before the first read */
	char error[SOURCE_ERROR_CAP];   /* why compressed data end too early; empty: they do not */
};

/*
 * Opens a file for reads of read_size bytes. 0, or -1 with a message; source_close is legal after
 * both.
 */
int source_open(struct source *source, const char *name, size_t read_size, struct sink *sink);

/*
 * Reads the next piece, which lives until the next read. The caller may change its bytes. 1: *chunk
 * and *len are set; 0: the end, also that of compressed data that are cut off or broken, after all
 * that could be decoded: then error says so; -1: failed with a message, or without one when a signal
 * has come or writing has failed.
 */
int source_read(struct source *source, char **chunk, size_t *len);

/* Whether what comes next is in the file as it is, so that it can be read to where it is wanted; never at the beginning. */
bool source_is_direct(const struct source *source);

/* source_read for such a source, to dst, of up to cap bytes. */
int source_read_to(struct source *source, char *dst, size_t cap, size_t *len);

/* Whether the bytes up to off are there, of such a source that is a regular file: then any thread may read them where they stand. */
bool source_has(const struct source *source, uint64_t off);

/*
 * Reads len bytes of a file from a place on, which does not change where others read it. How many there were; fewer if the file has
 * become shorter, or after a read error, which *error then is.
 */
size_t source_read_at(int fd, uint64_t place, char *dst, size_t len, int *error);

/* Goes on at off, not before what was read: others read what lies between. 0, or -1 with a message. */
int source_go_on(struct source *source, uint64_t off);

void source_close(struct source *source);

#endif
