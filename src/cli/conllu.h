/*
 * Sentences of a CoNLL-U file, of which only comments matter: # text, # newdoc and # newpar. A
 * sentence is read up to its empty line; lines of words are looked at only to tell a CoNLL-U file
 * from another one: each begins with a digit and has ten columns. A CR before a line end is passed
 * over, and so is a leading byte order mark. Comments without a word and without a text are no
 * sentence.
 */
#ifndef LAFZ_CLI_CONLLU_H
#define LAFZ_CLI_CONLLU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"
#include "cli/lines.h"

#define CONLLU_ERROR_CAP 100

enum conllu_answer {
	CONLLU_FAILED = -1, /* a message was written, or a signal has come */
	CONLLU_END = 0,
	CONLLU_SENTENCE = 1, /* text is set */
	CONLLU_BROKEN = 2    /* error is set, and the line and byte it is about */
};

/* Zeroed but for the source and max of lines. */
struct conllu {
	struct lines lines;
	struct bytes text; /* owned */
	struct bytes id;   /* of the document; owned: that of # newdoc, or the number of its line */
	uint64_t doc_line; /* where the document begins, from 1 */
	bool is_newdoc, is_newpar; /* stand before the sentence, whole or broken */
	char error[CONLLU_ERROR_CAP]; /* ends with NUL */
	uint64_t error_line, error_start;
};

/* Goes to the next sentence, broken or not. */
enum conllu_answer conllu_next(struct conllu *conllu);

void conllu_free(struct conllu *conllu);

#endif
