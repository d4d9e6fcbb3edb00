/*
 * The lists behind the rules of words and sentences, by language. All forms are in lower case
 * without their last full stop; a form counts only if a text has it so or with a capital first
 * letter.
 */
#ifndef LAFZ_WORD_LISTS_H
#define LAFZ_WORD_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang.h"
#include "unicode/utf8.h"

/* Whether a full stop behind this word of the language belongs to it. */
bool lists_is_abbreviation(uint16_t lang, const char *text, size_t len);

/* Whether a word is the name of a Latin letter in Arabic script (letter_names.c), and no other word. */
enum lists_name { LISTS_NO_NAME, LISTS_NAME_OR_WORD, LISTS_NAME };

enum lists_name lists_letter_name(const char *text, size_t len);

/* Whether the language writes abbreviations so. */
static inline bool lists_has_letter_names(uint16_t lang)
{
	return lang == LANG_UR || lang == LANG_FA || lang == LANG_SD;
}

/*
 * What is known of the abbreviations of a language before a list is searched, which takes long: two
 * bits for some letters and the length of each. Zeroed at first; a language is read when it is asked
 * for.
 */
#define LISTS_BITS 8192 /* of a language */

struct lists_filters {
	uint64_t bits[LANG_COUNT][LISTS_BITS / 64];
	bool is_ready[LANG_COUNT];
};

#define LISTS_LONGEST 8 /* bytes of a word in these lists */

/* Reads the lists of a language. */
void lists_prepare(struct lists_filters *filters, uint16_t lang);

/* Two bits of a word, whether it is in capitals or not: made of four of its letters and its length. */
struct lists_bits {
	uint32_t first, second;
};

static inline struct lists_bits lists_bits_of(const char *text, size_t len)
{
	const unsigned char *const s = (const unsigned char *)text;
	const uint32_t first = s[0] | 0x20u, second = s[len > 1] | 0x20u;
	const uint32_t middle = s[len / 2] | 0x20u, last = s[len - 1] | 0x20u;
	const uint32_t letters = first | second << 8 | middle << 16 | last << 24;
	const uint32_t hash = (letters ^ (uint32_t)len << 5) * 0x9E3779B1u;
	return (struct lists_bits){hash >> 19, (hash >> 6) % LISTS_BITS};
}

_Static_assert(LISTS_BITS == (1 << (32 - 19)), "as many bits as are left of 32");

/* 1 or 0. */
static inline uint64_t lists_has_bit(const uint64_t *bits, uint32_t bit)
{
	return bits[bit / 64] >> bit % 64 & 1;
}

/* What is known of a language. */
static inline const uint64_t *lists_filter(struct lists_filters *filters, uint16_t lang)
{
	if (!filters->is_ready[lang])
		lists_prepare(filters, lang);
	return filters->bits[lang];
}

/*
 * False if no full stop belongs to the word, of one byte at least, in the language of these bits, whatever follows; else the
 * lists of abbreviations and of words before numbers are to be asked. Without a branch.
 */
static inline bool lists_passes_filter(const uint64_t *bits, const char *text, size_t len)
{
	const struct lists_bits own = lists_bits_of(text, len);
	const uint64_t has_both = lists_has_bit(bits, own.first) & lists_has_bit(bits, own.second);
	return (len <= LISTS_LONGEST) & (has_both != 0);
}

/*
 * Bits of the last letters of words, up to four, in which most words are not that end a line, so that nothing else of these has to be
 * looked at. Of letters of ASCII and U+00C0 to U+00FF.
 */
#define LISTS_TAIL 4
#define LISTS_TAIL_LEAD 0xC3u /* of such a letter, before a byte that says which */
#define LISTS_TAIL_FACTOR 0x85EBCA6Bu

/*
 * The bit of the letters that the four bytes before a mark end with; of none if another byte beyond ASCII is the last one. easy_leave_avx512
 * has the same sixteen times side by side.
 */
static inline uint32_t lists_tail_bit(const char *bytes)
{
	const unsigned char *const s = (const unsigned char *)bytes;
	const uint32_t tail = (uint32_t)s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 | (uint32_t)s[3] << 24;
	/* 40 is in letters of ASCII, and not in spaces, LF, marks, and bytes behind the first one of several; nor is what is before these */
	uint32_t others = ~tail & 0x40404040u;
	if ((tail & 0x80808080u) != 0) {
		const uint32_t no_lead = tail ^ LISTS_TAIL_LEAD * 0x01010101u, is_lead = ~(((no_lead & 0x7F7F7F7Fu) + 0x7F7F7F7Fu) | no_lead) & 0x80808080u;
		others &= ~(is_lead << 7);
	}
	others |= others >> 8;
	others |= others >> 16;
	const uint32_t gone = others << 1 | ((others << 1) - (others >> 6));
	const uint32_t letters = (tail & ~gone) | 0x20202020u;
	return letters * LISTS_TAIL_FACTOR >> 19;
}

/* Sets the bits of all words that a full stop may belong to, letters and no letters too. */
void lists_tails(uint16_t lang, uint32_t bits[LISTS_BITS / 32]);

/* Whether a word is one letter, by its bytes: a letter beyond ASCII with marks may be taken for one, too, and two such letters. */
static inline bool lists_is_letter(const char *text, size_t len)
{
	return (len == 1) | ((len <= UTF8_MAX) & ((unsigned char)*text >= 0x80) & ((unsigned char)text[len - 1] >= 0x80));
}

/* Whether a full stop behind a word, of one byte at least, could belong to it, by the filter of its language. Without a branch. */
static inline bool lists_may_take_full_stop(const uint64_t *bits, const char *text, size_t len)
{
	const bool is_letter = lists_is_letter(text, len), is_listed = lists_passes_filter(bits, text, len);
	return is_letter | is_listed;
}

/* Whether the language has words that end with an apostrophe inside a piece. */
static inline bool lists_has_elision(uint16_t lang)
{
	return lang == LANG_FR || lang == LANG_IT || lang == LANG_CA;
}

/* Whether the language writes abbreviations of several words with a space behind each full stop. */
static inline bool lists_has_letter_rows(uint16_t lang)
{
	return lang == LANG_DE || lang == LANG_ES || lang == LANG_FR || lang == LANG_IT || lang == LANG_PT ||
	       lang == LANG_CA || lang == LANG_NL;
}

/* Whether the language has what stands around a hyphen as one word, whatever the words are. */
static inline bool lists_joins_hyphens(uint16_t lang)
{
	return lang == LANG_FR || lang == LANG_ES || lang == LANG_PT || lang == LANG_CA ||
	       lang == LANG_NL || lang == LANG_ID || lang == LANG_UG;
}

/* The same as lists_passes_filter for any word. */
static inline bool lists_may_be_abbreviation(struct lists_filters *filters, uint16_t lang,
                                             const char *text, size_t len)
{
	if (len == 0 || len > LISTS_LONGEST)
		return false;
	return lists_passes_filter(lists_filter(filters, lang), text, len);
}

/* Whether a full stop behind a number makes an ordinal of it. */
static inline bool lists_has_ordinal_dots(uint16_t lang)
{
	return lang == LANG_DE || lang == LANG_TR || lang == LANG_AZ;
}

/* Whether a word is a Roman number from II to XXX; the others are words and abbreviations as well. */
bool lists_is_roman_number(const char *text, size_t len);

/* The same in such a language. */
static inline bool lists_is_roman(uint16_t lang, const char *text, size_t len)
{
	/* what most words are not is asked first */
	return (*text == 'I' || *text == 'V' || *text == 'X') && lists_has_ordinal_dots(lang) &&
	       lists_is_roman_number(text, len);
}

/* Whether it does only where a number follows (No. 5). */
bool lists_needs_number(uint16_t lang, const char *text, size_t len);

/* Whether an abbreviation, its full stop included, hardly ever ends a sentence: titles, "e.g.". */
bool lists_is_title(const char *text, size_t len);

/*
 * Whether an English word with a capital begins a sentence when it stands behind an abbreviation.
 */
bool lists_is_starter(const char *text, size_t len);

/* The same for a word of any language in Latin script. */
bool lists_is_opener(uint16_t lang, const char *text, size_t len);

/*
 * Whether what stands before an apostrophe is a word of its own (French l', Italian dell', Catalan
 * d').
 */
bool lists_is_elided(uint16_t lang, const char *text, size_t len);

/* Of them those of one letter, which are nearly all: a bit for each letter from a on. */
uint32_t lists_elided_letters(uint16_t lang);

/* Whether a letter, in lower case or capital, is one of them. */
static inline bool lists_has_letter(uint32_t letters, char c)
{
	const unsigned letter = ((unsigned char)c | 0x20u) - 'a';
	return letter < 26 && (letters >> letter & 1) != 0;
}

/*
 * Whether it is none because of what stands behind the apostrophe: French l'on, where l' is no article, and c'est-a-dire
 * are one word. The word has len bytes behind the apostrophe, the segment room.
 */
bool lists_keeps_elision(uint16_t lang, const char *text, size_t len, size_t room);

/* False: it is one, by the first letter behind the apostrophe. */
static inline bool lists_may_keep_elision(char first)
{
	return first == 'o' || first == 'e';
}

/* Whether it is a word that has lost its end, or its accent, to the apostrophe (Italian po', E'). */
bool lists_is_truncated(uint16_t lang, const char *text, size_t len);

/* Whether an apostrophe behind a word may be half of its last letter: Uzbek g and o. */
bool lists_ends_in_half(uint16_t lang, const char *text, size_t len);

/* Whether letters right behind digits are an ending in this language. */
bool lists_is_digit_suffix(uint16_t lang, const char *text, size_t len);

/* Whether they make an ordinal of the digits. */
bool lists_is_ordinal_suffix(uint16_t lang, const char *text, size_t len);

/* Whether an ordinal follows the word more often than the end of a sentence (German am, der). */
bool lists_precedes_ordinal(uint16_t lang, const char *text, size_t len);

bool lists_is_month(uint16_t lang, const char *text, size_t len);

/* Sets a bit for the length of each word that lists_is_prefix is true of, by the lower five bits of its first letter. */
void lists_prefix_lens(uint16_t lang, uint8_t lens[32]);

/* Whether the word with a hyphen before another word is part of that word (English anti-). */
bool lists_is_prefix(uint16_t lang, const char *text, size_t len);

/* Whether a French word behind a hyphen is a pronoun or adverb that follows the word before it. */
bool lists_is_clitic(const char *word, size_t word_len, const char *clitic, size_t clitic_len);

/*
 * The same of bytes as numbers, the first one the lowest: the eight before the hyphen, and the word behind it, with what follows that in its
 * higher bytes. Without a branch, for what the word is is not foreseen. It is asked of the lists where the word before the hyphen matters.
 */
enum lists_clitic { LISTS_NO_CLITIC, LISTS_CLITIC, LISTS_CLITIC_ASKED };

enum lists_clitic lists_short_clitic(uint64_t before, uint64_t word, size_t len);

#endif
