/*
 * Where output goes: standard output, or a file named with -o, which is written under another name
 * in the same folder and renamed when it is whole. Everything is collected in one buffer and
 * written when that is full, when reading would block, and at the end. A failed write is reported
 * once; what comes after it is thrown away, so writers need not look at each call.
 */
#ifndef LAFZ_CLI_SINK_H
#define LAFZ_CLI_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SINK_ROOM 65536 /* the most that sink_room can be asked for */
#define SINK_PARTS 128

struct pack;
struct progress;

struct sink {
	char *buf; /* owned */
	size_t len, cap;
	size_t had; /* is_memory: of buf, what cap may grow to without more memory */
	char *clean; /* owned; only for a terminal: what may be written of buf */
	int fd;      /* -1: closed */
	bool has_failed;
	bool is_file;     /* -o and not a device */
	bool is_memory;   /* nothing is written: the buffer grows, */
	bool (*pass)(void *ctx, struct sink *sink); /* unless this, when it is full, passes it on; may be NULL */
	void *pass_ctx;
	bool is_shared;   /* threads write by turns: none but the main one shows progress, and not here */
	const char *name; /* for messages; not owned */
	uint64_t off;     /* bytes written so far */
	uint64_t n_taken; /* bytes flushed so far, before compression */
	struct pack *pack; /* owned; NULL: output is not compressed */
	struct progress *progress; /* not owned; NULL: none is shown; stays when it is opened */
	char *target;     /* owned; is_file: the file to be replaced */
	char *temporary;  /* owned; is_file: the file that is written */
};

/*
 * Opens path, or standard output if path is NULL. 0, or -1 with a message; sink_close is legal
 * after both.
 */
int sink_open(struct sink *sink, const char *path);

/*
 * A sink that collects in memory, for sink_pass; its buffer is freed by the caller. -1: no memory. If
 * there is none later, has_failed is set and what was collected is lost.
 */
int sink_open_memory(struct sink *sink);

/* Forgets what was collected in memory. */
void sink_clear(struct sink *sink);

/* Appends all that was collected in memory. */
void sink_pass(struct sink *sink, const struct sink *from);

/* Whether what sink_pass appends is written as it is, and so by any thread that has its turn. */
bool sink_is_plain(const struct sink *sink);

/*
 * Compresses what is written from here on if the name given to sink_open asks for it. 0, or -1 with a
 * message.
 */
int sink_pack(struct sink *sink);

/*
 * Closes a file that is whole and goes on in another one, which is compressed if its name asks for
 * it. 0, or -1 with a message; then what follows is thrown away. path must live as long as the sink.
 */
int sink_next(struct sink *sink, const char *path);

/* What is written is fit for a terminal: nothing is taken out of it. */
void sink_trust(struct sink *sink);

/* How many bytes were given to the file so far. */
static inline uint64_t sink_size(const struct sink *sink)
{
	return sink->n_taken + sink->len;
}

/*
 * Writes what is collected. 0, or -1 if a write has failed, now or before. A closed pipe ends the
 * process by SIGPIPE.
 */
int sink_flush(struct sink *sink);

/*
 * Writes the rest and closes. is_whole says whether a file named with -o is to be kept; otherwise
 * it is removed and the one of before stays. 0, or -1 with a message.
 */
int sink_close(struct sink *sink, bool is_whole);

/* Appends any number of bytes. */
void sink_put(struct sink *sink, const char *text, size_t len);

struct sink_part {
	const char *text;
	size_t len;
};

/* The same for n texts, one behind the other. Where they are long, they are not copied; SINK_PARTS at most are written in one step. */
void sink_put_parts(struct sink *sink, const struct sink_part *parts, size_t n);

/*
 * A place for n bytes, at most SINK_ROOM. What was written there is appended by sink_take with its
 * end.
 */
static inline char *sink_room(struct sink *sink, size_t n)
{
	if (sink->cap - sink->len < n)
		(void)sink_flush(sink);
	return sink->buf + sink->len;
}

static inline void sink_take(struct sink *sink, const char *end)
{
	sink->len = (size_t)(end - sink->buf);
}

/*
 * The same while writing goes on: what stands up to dst is kept, and the place returned is dst
 * itself unless there is no room for n bytes more.
 */
static inline char *sink_more(struct sink *sink, char *dst, size_t n)
{
	if ((size_t)(sink->buf + sink->cap - dst) >= n)
		return dst;
	sink_take(sink, dst);
	return sink_room(sink, n);
}

static inline void sink_byte(struct sink *sink, char byte)
{
	char *dst = sink_room(sink, 1);
	*dst = byte;
	sink_take(sink, dst + 1);
}

/* Appends a string literal or another short string that ends with NUL. */
static inline void sink_string(struct sink *sink, const char *string)
{
	sink_put(sink, string, strlen(string));
}

#endif
