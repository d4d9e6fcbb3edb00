/*
 * The decoders behind unpack.h, one interface for all. A library is found when the program runs, so
 * what it declares stands in the file that calls it, as its manual has it: these interfaces are older
 * than any system we run on, and stable.
 */
#ifndef LAFZ_CLI_UNPACK_FORMATS_H
#define LAFZ_CLI_UNPACK_FORMATS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/load.h"

enum unpack_opened { UNPACK_OPEN, UNPACK_NOT_THERE /* the library lacks a function */, UNPACK_NOT_OPEN /* no memory */ };

enum unpack_step {
	UNPACK_MORE,      /* went on, as far as it could */
	UNPACK_END,       /* the same, and a stream ends here: another one may follow */
	UNPACK_BROKEN,    /* what came before is there */
	UNPACK_TOO_LARGE, /* it asks for a larger window than a decoder is given */
	UNPACK_NO_MEMORY
};

/* The input and output of a step, which moves both on. */
struct unpack_ends {
	const char *in;
	size_t in_len;
	char *out;
	size_t out_len;
	bool is_last; /* no more input comes */
};

struct unpack_kind {
	const char *none;   /* the library has no such functions */
	const char *cut;    /* messages: it is cut off, */
	const char *broken; /* and it is broken */
	const char *other;  /* and something else follows it */
	bool knows_last;    /* a step must be told that no more comes, and ends once */
	size_t size;        /* of the state, which is zeroed before it is opened, and closed whatever came of that */
	enum unpack_opened (*open)(void *state, void *library);
	enum unpack_step (*step)(void *state, struct unpack_ends *ends);
	void (*close)(void *state);
};

/* Finds a function of the library for a member of the state. */
#define UNPACK_FIND(of, member, name) load_call(library, name, &(of)->member, sizeof(of)->member)

extern const struct unpack_kind unpack_bzip2, unpack_xz, unpack_zstd, unpack_lz4;

#endif
