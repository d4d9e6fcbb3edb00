/*
 * What one word is worth: for each language of its script, by how much it lies behind the best
 * one. The sum of what the trained table says (model.h), and of what harakat and letters that only
 * some alphabets have prove (letters.tsv). A function of the word's bytes alone; integers, so it is
 * the same on every machine.
 *
 * A word that was seen lately costs one look-up in a table of 64 KiB to 1 MiB. The table is a memo
 * and nothing else: the whole word is compared, and what it holds is what would be computed.
 */
#ifndef LAFZ_RUN_EVIDENCE_H
#define LAFZ_RUN_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "run/model.h"

#define EVIDENCE_STATES MODEL_COLUMNS /* languages of a script, and none of them, at most */
#define EVIDENCE_NAT MODEL_NAT        /* units of a nat */
#define EVIDENCE_MAX 255              /* units; nothing is further behind */

/* The scores of a word. */
struct evidence_word {
	uint8_t behind[EVIDENCE_STATES]; /* the best state; 0 for itself */
	uint8_t best;                    /* the lowest state that is not behind any other */
	uint8_t lead;                    /* by how much the next best state is behind it */
	bool is_head; /* a noun of heads.tsv: what follows it may tell, see evidence_order */
};

/* One cache line. */
struct evidence_slot {
	struct evidence_word word;
	uint8_t len; /* 0: empty */
	uint8_t script;
	char text[43]; /* NUL-padded */
};

struct evidence {
	struct evidence_slot *slots; /* owned */
	uint32_t n_slots;            /* a power of two */
	uint32_t n_new;              /* words that were not found since it has this size */
	uint16_t langs[RUN_SCRIPTS][EVIDENCE_STATES]; /* ids; LANG_UND for the last and unused ones */
	uint32_t used[RUN_SCRIPTS];                   /* a bit for each state that is used */
	/* What is taken off by each row of letters, 0 being none. */
	uint8_t penalties[32][EVIDENCE_STATES];
	bool is_ready;
	bool is_uncached; /* nothing is kept: for tests */
};

/* Makes it ready unless it is. LAFZ_OK or LAFZ_ERR_MEMORY. */
int evidence_prepare(struct evidence *evidence, const struct lafz_allocator *mem);

void evidence_free(struct evidence *evidence, const struct lafz_allocator *mem);

/*
 * A head and the word right behind it: where that is no Pashto word, their order is not Pashto, and
 * both lose a share for it.
 */
void evidence_order(const struct evidence *evidence, struct evidence_word *head,
                    struct evidence_word *next);

/*
 * Makes the memo larger if many words were new lately; without memory for that it stays as it is.
 * What evidence_word has handed out is lost.
 */
void evidence_grow(struct evidence *evidence, const struct lafz_allocator *mem);

/* States of a script; the last is none of its languages. */
size_t evidence_states(size_t script);

/*
 * The scores of a word of len bytes (at least 1) in the script; the bytes up to text + room may be
 * read, len among them. They hold until the next call. Linear in len, unless seen lately.
 */
const struct evidence_word *evidence_word(struct evidence *evidence, size_t script,
                                          const char *text, size_t len, size_t room);

/*
 * Probability of the best language, 0.5 to 0.999, when it leads the second best by so much (0 or
 * more).
 */
float evidence_probability(int64_t lead);

#endif
