/*
 * The command line, read into a struct.
 */
#ifndef LAFZ_CLI_ARGS_H
#define LAFZ_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/bytes.h"
#include "cli/selection.h"

enum command {
	COMMAND_TOKENS,
	COMMAND_RUNS,
	COMMAND_NORMALIZE,
	COMMAND_KEY,
	COMMAND_LANGUAGES,
	COMMAND_STATS,
	COMMAND_VERIFY,
	COMMAND_COUNT,
	COMMAND_VIEW,
	COMMAND_DIFF
};

enum format {
	FORMAT_UNSET, /* the command's own */
	FORMAT_TEXT,
	FORMAT_TSV,
	FORMAT_JSONL,
	FORMAT_JSON,
	FORMAT_CONLLU,
	FORMAT_VRT,
	FORMAT_SPANS,
	FORMAT_ARROW,
	FORMAT_HTML
};

enum input { INPUT_AUTO, INPUT_TEXT, INPUT_JSONL, INPUT_CONLLU, INPUT_WARC };

enum view {
	VIEW_UNSET, /* the command's own */
	VIEW_SURFACE,
	VIEW_NORM,
	VIEW_KEY
};

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Of the command count. */
struct args_count {
	uint64_t top; /* rows written at most */
	uint32_t kinds;
	size_t memory; /* bytes */
};

/*
 * Strings are the command line's own and live as long as the program. args_free gives back the
 * rest.
 */
struct args {
	enum command command;
	enum format format;
	enum input input;
	enum view view;
	const char *field, *id_field; /* of a jsonl record */
	const char *out;              /* -o; NULL: standard output */
	uint64_t shard_size;          /* --shard-size in bytes; 0: one file */
	bool resume, progress;
	const char *map;              /* --map; NULL: no map */
	const char *tables;           /* -p with the name of a file; NULL: the built-in tables */
	struct bytes folds;           /* --fold: names, each with its NUL; owned */
	size_t read_size, max_record; /* bytes */
	size_t max_ratio;             /* of compressed input; 0: no limit */
	size_t jobs;                  /* -j; 0 and 1: no threads */
	bool gaps, explain, mwt, value, compact, utf16;
	bool is_recursive, keeps_fields;
	bool sandbox;
	bool fail_on_record; /* a broken record ends the work */
	struct selection selection; /* owned */
	struct args_count count;
	const char *gold, *against; /* of the command view; NULL: none */
	enum color color;
	bool has_color; /* of the command view in a terminal; the program finds out */
	size_t columns;
	bool is_paged; /* standard output is a pipe to a pager */
	struct lafz_options options;
	char *const *files; /* n_files of them; none is standard input */
	size_t n_files;
	uint64_t given; /* the options, as args_note has noted them */
	uint64_t sum; /* over all that the output depends on in the command line */
};

enum args_answer {
	ARGS_NO_MEMORY = -2, /* the message has been written */
	ARGS_WRONG = -1,     /* wrong use; the same */
	ARGS_GO = 0,
	ARGS_HELP = 1,   /* --help was asked for */
	ARGS_VERSION = 2 /* --version was asked for */
};

/*
 * Fills *args from the command line and from the environment (LAFZ_KERNEL). args_free is legal
 * after every answer.
 */
enum args_answer args_read(struct args *args, int argc, char **argv);

void args_free(struct args *args);

#endif
