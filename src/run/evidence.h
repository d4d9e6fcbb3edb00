/*
 * What one word is worth: for each language of its script a score, from the tables that
 * tools/gen_evidence.py makes of evidence.tsv (frequent words and affixes) and letters.tsv (letters
 * that only some alphabets have). A function of the words alone. Scores are in 1/8 nat; only their
 * differences mean anything.
 */
#ifndef LAFZ_RUN_EVIDENCE_H
#define LAFZ_RUN_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVIDENCE_STATES 8 /* languages of a script, and none of them, at most */
#define EVIDENCE_NAT 8    /* units of a nat */

/*
 * States of a script (UCD_SCRIPT_ARAB or UCD_SCRIPT_LATN): its languages in a fixed order, the last
 * is none of them.
 */
size_t evidence_states(uint8_t script);

/* Language id of a state; LANG_UND for the last. */
uint16_t evidence_lang(uint8_t script, size_t state);

/*
 * The scores of a word of len bytes in the script; all entries are set. True if evidence_pair may
 * know more of it and the next word. Linear in len.
 */
bool evidence_word(uint8_t script, const char *text, size_t len, int16_t scores[EVIDENCE_STATES]);

/*
 * What two words side by side are worth on top of what each is; false if nothing. Pairs tell the
 * order of words.
 */
bool evidence_pair(const char *first, size_t first_len, const char *second, size_t second_len,
                   int16_t scores[EVIDENCE_STATES]);

/*
 * Probability of the best language, 0.5 to 0.999, when it leads the second best by so much (0 or
 * more).
 */
float evidence_probability(int64_t lead);

#endif
