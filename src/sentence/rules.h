/*
 * The rules that say where a sentence ends or goes on; each is asked at a token that may be the last one of a sentence.
 */
#ifndef LAFZ_SENTENCE_RULES_H
#define LAFZ_SENTENCE_RULES_H

#include "sentence/scan.h"

/* ---- Behind an end mark (goes_on.c) ---- */

/*
 * Whether a sentence goes on with token next, which follows an end mark and its closing marks; mark
 * is the last end mark.
 */
bool goes_on(const struct scan *scan, size_t mark, size_t next);

/*
 * abbreviation: whether the sentence ends with one, before token next. The rules search leave the full stop
 * a token of its own, so word and mark may be the same token or not.
 */
bool abbreviation_ends(const struct scan *scan, size_t word, size_t mark, size_t next);

/* comma: marks that only go on. */
bool is_inner_mark(const struct scan *scan, size_t i);

/* said: speech without quotes and the word for saying it, in Uyghur behind a dash or a low line too. */
bool is_said(const struct scan *scan, size_t next);

/* ---- Without one (softly.c) ---- */

/* Whether a sentence ends with a token that is no end mark. */
bool ends_softly(const struct scan *scan, size_t i);

/* Whether a number that has its full stop with it ends the sentence, as a word with a capital tells. */
bool ordinal_ends(const struct scan *scan, size_t i);

/*
 * The token behind the sentence that begins with token i, if that is what an English letter ends with and a name follows it; i
 * if it is not.
 */
size_t sign_off_end(const struct scan *scan, size_t i);

/* Whether a sentence ends before a token because that is a line across the page. */
bool ends_before_rule(const struct scan *scan, size_t i);

#endif
