/*
 * tsv: what stands before the script of a token, and behind its key, for many tokens alike. The six numbers of a token have the
 * same digits as those of the token before but for the last four of each, for some hundred tokens on end. So the line up to the
 * script is one text with places for 24 digits, and src/cli/write_group_loop.h makes the digits of a group of tokens at once.
 */
#ifndef LAFZ_CLI_WRITE_GROUP_H
#define LAFZ_CLI_WRITE_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#define WRITE_GROUP_NUMBERS 6 /* start, end, cstart, cend, sent, run */
#define WRITE_GROUP_QUAD 4    /* those before it have their digits in one step, the others in the next */
#define WRITE_GROUP_CAP 192   /* six numbers, a language's tag, and a step behind */
#define WRITE_GROUP_STEP 32
#define WRITE_GROUP_KINDS 32 /* more than there are kinds */
#define WRITE_GROUP_MOST 16 /* tokens of a group, if there are so many */
#define WRITE_GROUP_THOUSANDTHS 1001
#define WRITE_GROUP_KEPT 64      /* the longest text that rows begin with; mostly it has no more */
#define WRITE_GROUP_ROW_KINDS 16 /* kinds that have rows, each with so many sets of scripts */
#define WRITE_GROUP_ROW_SCRIPTS 4

/* Script and kind with a tab behind each; the script's four bytes are 0. */
struct write_group_kind {
	char text[WRITE_GROUP_STEP - 1];
	unsigned char len;
};

/* A confidence with the tab behind it. */
struct write_group_confidence {
	char text[7];
	unsigned char len;
};

/* The text and behind it script and kind: a line up to the surface, but for its digits. */
struct write_group_row {
	char text[2 * WRITE_GROUP_KEPT];
};

/* What stands behind the key: par, no flags, a confidence, and the document if that is short. */
struct write_group_end {
	char text[WRITE_GROUP_STEP];
};

#define WRITE_GROUP_N_ROWS (WRITE_GROUP_ROW_KINDS * WRITE_GROUP_ROW_SCRIPTS)
#define WRITE_GROUP_NONE UINT32_MAX /* a row or an end that is not made */

struct write_group {
	/*
	 * Each number of a token, as its column has it, less base is what its digits are made of. They have as many as the text
	 * has places if that is least or up to span more. All is modulo 2^32.
	 */
	uint32_t base[WRITE_GROUP_NUMBERS], least[WRITE_GROUP_NUMBERS], span[WRITE_GROUP_NUMBERS];
	uint32_t par;
	uint16_t lang;
	size_t len;
	char text[WRITE_GROUP_CAP]; /* up to the tab before the script; '0' where digits go */
	/* for each byte which digit goes there, counted four a number; 0x80: none of the step */
	unsigned char quads[WRITE_GROUP_CAP], pairs[WRITE_GROUP_CAP];
	bool has_rows; /* the text is short enough */
	bool has_long; /* some row is longer than WRITE_GROUP_KEPT */
	/* by kind, and by script in turns: the commonest ones, Zyyy, Arab and Latn, have their own */
	struct write_group_row rows[WRITE_GROUP_N_ROWS];
	uint32_t row_made[WRITE_GROUP_N_ROWS]; /* script << 8 | bytes */
	bool has_back;
	uint64_t back_par;
	size_t back_len, flags_at;
	char back[WRITE_GROUP_STEP]; /* par and flags (none) with a tab on both sides */
	size_t doc_len; /* of the document's name and the end of the line, if they are not in ends */
	/* by confidence; one more: it is read with what is behind */
	struct write_group_end ends[WRITE_GROUP_THOUSANDTHS + 1];
	uint32_t end_made[WRITE_GROUP_THOUSANDTHS]; /* epoch << 8 | bytes */
	uint32_t epoch;                             /* of par and document */
	struct write_group_kind kinds[WRITE_GROUP_KINDS];
	struct write_group_confidence confidences[WRITE_GROUP_THOUSANDTHS];
};

struct writer;

/* The factors by which digits are found; out of the compiler's sight, since four shifts and sums cost more than a product. */
extern const uint16_t write_group_factors[4];

/* Makes the texts of kinds and confidences. */
void write_group_prepare(struct write_group *group);

/* A document begins. */
void write_group_doc(struct write_group *group);

/* A batch comes: no text is right any more. */
void write_group_batch(struct write_group *group);

/* Makes the texts that are right for token i. Its offsets are those of the batch. */
void write_group_make(struct writer *writer, const struct lafz_batch *batch, size_t i);

/* Makes row number k, or the end of a line, from the texts there are. */
void write_group_make_row(struct writer *writer, size_t k, uint8_t script);
void write_group_make_end(struct writer *writer, size_t thousandths);

/*
 * Writes tokens from *at to end at most; *at becomes the first that is left. They are inner ones and clean, offsets are those of the
 * batch, and the document's name is short.
 */
typedef char *write_group_rows(struct writer *writer, char *dst, const struct lafz_batch *given, size_t *at, size_t end);

write_group_rows write_group_rows_avx2, write_group_rows_avx512;

/* The fastest one that can be used; NULL: none. */
write_group_rows *write_group_find(const struct writer *writer);

#endif
