/*
 * What one word is worth: for each language of its script, by how much it lies behind the best
 * one. The sum of what the trained table says (model.h), and of what harakat and letters that only
 * some alphabets have prove (letters.tsv). A function of the word's bytes alone; integers, so it is
 * the same on every machine.
 *
 * A word that was seen lately costs one look-up in a memo (memo.h).
 */
#ifndef LAFZ_RUN_EVIDENCE_H
#define LAFZ_RUN_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "run/memo.h"
#include "run/model.h"
#include "run/reader.h"
#include "run/reader_key.h"
#include "run/states.h"

#define EVIDENCE_NAT MODEL_NAT /* units of a nat */
#define EVIDENCE_MAX 255       /* units; nothing is further behind */

/* The scores of a word. */
struct evidence_word {
	uint8_t behind[STATES]; /* the best state; 0 for itself */
};

/*
 * Of a word in Arabic script, whose table has fewer columns than there are states: the last one
 * counts nothing, it is 1 for a noun of heads.tsv: what follows it may tell, see evidence_order.
 */
#define EVIDENCE_HEAD (STATES - 1)

struct evidence {
	struct memo memo;
	struct evidence_word word;           /* of a word that the memo does not keep */
	uint16_t langs[RUN_SCRIPTS][STATES]; /* ids; LANG_UND for the last and unused ones */
	uint32_t used[RUN_SCRIPTS];          /* a bit for each state that is used */
	uint16_t unused[RUN_SCRIPTS][STATES]; /* 0 for those, all bits for others */
	uint16_t is_none[STATES];             /* of Arabic script: all bits for none of them */
	/* By how much each row of letters sets back, 0 being none. */
	uint16_t penalties[32][STATES];
	/* And a word of Arabic letters by its harakat: less than two, two, and more. */
	uint16_t harakat[3][STATES];
	struct reader reader;
	model_function *model; /* NULL: model_words */
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

/* States of a script; the last is none of its languages. */
size_t evidence_states(size_t script);

/*
 * The scores of a word of len bytes (at least 1) in the script. They hold until the next call.
 * Linear in len, unless seen lately; memo_get finds most words quicker.
 */
const struct evidence_word *evidence_find(struct evidence *evidence, size_t script,
                                          const char *text, size_t len);

/* The same of a word without a key, up to MEMO_LONGEST bytes, whose place the memory was asked for. */
const struct evidence_word *evidence_find_long(struct evidence *evidence, size_t script, const struct memo_long *word,
                                               const char *text, size_t len);

/* Reads a word with its key. */
static inline void evidence_read(const struct evidence *evidence, size_t script, struct memo_key key, const char *text,
                                 size_t len, struct reading *out)
{
	if (!reader_read_key(&evidence->reader, script, key, memo_key_len(script, len), out))
		reader_read(&evidence->reader, script, text, len, out);
}

/* Thousandths, for each four units of lead; e to the lead, which is taken for half as sure. */
#define EVIDENCE_SHARE(thousandths) ((float)(thousandths) / 1000.0f)
static const float evidence_shares[] = {
	EVIDENCE_SHARE(500), EVIDENCE_SHARE(622), EVIDENCE_SHARE(731), EVIDENCE_SHARE(818), EVIDENCE_SHARE(881),
	EVIDENCE_SHARE(924), EVIDENCE_SHARE(953), EVIDENCE_SHARE(971), EVIDENCE_SHARE(982), EVIDENCE_SHARE(989),
	EVIDENCE_SHARE(993), EVIDENCE_SHARE(996), EVIDENCE_SHARE(998), EVIDENCE_SHARE(998), EVIDENCE_SHARE(999),
};

/*
 * Probability of the best language, 0.5 to 0.999, when it leads the second best by so much (0 or
 * more).
 */
static inline float evidence_probability(int64_t lead)
{
	const int64_t last = (int64_t)(sizeof evidence_shares / sizeof *evidence_shares) - 1;
	const int64_t at = lead < 0 ? 0 : lead / 4;
	return evidence_shares[at < last ? at : last];
}

#endif
