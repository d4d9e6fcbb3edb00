/*
 * What a word is behind, of the sums of its rows and of what else its letters say (reader.h). All states at once; compiled
 * for each kind of processor.
 */
#ifndef LAFZ_RUN_WEIGH_H
#define LAFZ_RUN_WEIGH_H

#include <string.h>

#include "run/evidence.h"
#include "run/vectors.h"

#define WEIGH_NONE_BEHIND 8 /* of Arabic script, where the table has no words of other languages */

#define WEIGH_INITIALS_MOST 6       /* letters */
#define WEIGH_INITIALS_SHARE_BITS 2 /* a quarter of what a word of these letters would say */
#define WEIGH_ROW_LEAST 3
#define WEIGH_NOTHING_BITS 15 /* sums have 15 bits */

/* As symbols (grams.h): U+062F DAL, of, in Pashto, and U+0648 WAW, and, in most languages. */
#define WEIGH_DAL 0x2F
#define WEIGH_WAW 0x48

/*
 * Without letters that prove it a word says so much and no more: any text has names, and they look
 * like words of another language.
 */
#define WEIGH_MOST_ARAB 28
#define WEIGH_MOST_LATN 60

static inline vectors_pairs weigh_same(uint16_t number)
{
	return (vectors_pairs){0} + number;
}

/* Numbers from 0 on, the least of those that are used being 0. */
static inline vectors_pairs weigh_from_best(vectors_pairs numbers, vectors_pairs unused)
{
	return numbers - vectors_least(numbers | unused);
}

/*
 * None of them is a little behind the best of them, before the letters speak; then three harakat in a word of Arabic letters:
 * Pashto, Persian, Urdu and Sorani write one at most in a word, and Arabic more only in verses and the like. Sindhi
 * writes more, so there they only count.
 */
static inline vectors_pairs weigh_arab(const struct evidence *evidence, const struct reading *word, vectors_pairs behind,
                                       vectors_pairs unused)
{
	const vectors_pairs none = vectors_load(evidence->is_none);
	const uint16_t best = vectors_least(behind | unused | none);
	const size_t harakat = word->harakat < 2 || !word->is_arabic ? 0 : word->harakat < 3 ? 1 : 2;
	return ((behind & ~none) | (none & (uint16_t)(best + WEIGH_NONE_BEHIND))) + vectors_load(evidence->harakat[harakat]);
}

/*
 * A row of one letter, as for laughing (U+0647, zzz), is a word of no language, and so is one letter in Arabic script, which counts
 * things or stands for a name, but for two.
 */
static inline bool weigh_says_nothing(size_t script, const struct grams_symbols *word, size_t n)
{
	const uint8_t *const letters = word->symbols + 1;
	if (n == 1)
		return script == RUN_ARAB && letters[0] != WEIGH_DAL && letters[0] != WEIGH_WAW;
	return n >= WEIGH_ROW_LEAST && letters[0] == letters[1] && memcmp(letters, letters + 1, n - 1) == 0;
}

static inline vectors_bytes weigh(const struct evidence *evidence, size_t script, const struct reading *word,
                                  const struct states *rows)
{
	const vectors_pairs unused = vectors_load(evidence->unused[script]);
	const size_t n = word->word.n - 2; /* letters, without the borders */
	/* initials of a name (UNICEF) say little of the language around them */
	const unsigned share = word->is_upper && n >= 2 && n <= WEIGH_INITIALS_MOST ? WEIGH_INITIALS_SHARE_BITS : 0;
	const unsigned bits = weigh_says_nothing(script, &word->word, n) ? WEIGH_NOTHING_BITS : share;
	const vectors_pairs sums = vectors_load(rows) >> bits;
	const uint16_t most = script == RUN_ARAB ? WEIGH_MOST_ARAB : WEIGH_MOST_LATN;
	vectors_pairs behind = vectors_min(weigh_from_best(INT16_MAX - sums, unused), weigh_same(most));
	if (script == RUN_ARAB)
		behind = weigh_arab(evidence, word, behind, unused);
	/* each row once, however many letters of it the word has; row 0 takes nothing off */
	for (uint32_t letters = word->rows & ~1u; letters; letters &= letters - 1)
		behind += vectors_load(evidence->penalties[__builtin_ctz(letters)]);
	behind = vectors_min(weigh_from_best(behind, unused) | unused, weigh_same(EVIDENCE_MAX));
	vectors_bytes out = vectors_low_bytes(behind);
	if (script == RUN_ARAB)
		out[EVIDENCE_HEAD] = word->is_head;
	return out;
}

#endif
