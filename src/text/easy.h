/*
 * Lines that are told to be plain (text/lines.h) by their bytes alone, before there are atoms: words of letters of the language's
 * script with spaces between two of them, commas behind words, one mark behind the last word, LF or CR LF; in English with hyphens,
 * semicolons, quotes and dashes that end no sentence, too. They are copied with a space on both sides of a comma and one before a mark,
 * without other white space, or their tokens are made of the same bits, and only the other lines go through the scanner. For one language.
 */
#ifndef LAFZ_TEXT_EASY_H
#define LAFZ_TEXT_EASY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "batch/change.h"
#include "lang.h"
#include "norm/fold.h"
#include "text/pays.h"
#include "tokens.h"
#include "word/lists.h"

/* What a character of ASCII, or of D8 80 to DB BF, is in an easy line. */
enum easy_kind {
	EASY_LETTER = 0x80, /* stays whatever is beside it */
	EASY_MARK = 0x40,   /* the same unless another mark is beside it */
	EASY_JOINS = 0x20,  /* a letter that ZWNJ may stand behind; of ASCII, the apostrophe in a word */
	EASY_STOP = 0x10,   /* what a line may end with */
	EASY_COMMA = 0x08,
	EASY_SPACE = 0x04,
	EASY_END = 0x02, /* LF */
	EASY_FULL = 0x01, /* the full stop */
	/* of ASCII */
	EASY_HYPHEN = EASY_LETTER, /* between two words */
	EASY_QUOTE = EASY_MARK
};

/* The same as one of a few; those of two bytes come first. ZWNJ is taken for two bytes and one more. */
enum easy_code {
	EASY_CODE_NONE,
	EASY_CODE_LETTER,
	EASY_CODE_JOINS,
	EASY_CODE_MARK,
	EASY_CODE_CHANGES, /* one that joins and becomes another one */
	EASY_CODE_LAST, /* a letter that may become another one where no letter is behind it */
	EASY_CODE_COMMA_TWO,
	EASY_CODE_STOP_TWO,
	EASY_CODE_GUILLEMET, /* of both kinds */
	EASY_CODE_ZWNJ,
	EASY_CODE_SPACE,
	EASY_CODE_END,
	EASY_CODE_COMMA, /* or colon */
	EASY_CODE_STOP,
	EASY_CODE_ZWNJ_LAST,
	EASY_CODE_HYPHEN, /* in a word */
	EASY_CODES
};

/* What ends with a byte of a common block (text/easy_wide.h), of Latin script; of any other byte nothing. */
enum easy_common_end {
	EASY_ENDS_LETTER = 0x01, /* but x */
	EASY_ENDS_X = 0x02,      /* x or X, behind which D makes an emoticon */
	EASY_ENDS_INNER = 0x04,  /* the apostrophe in a word */
	EASY_ENDS_SPACE = 0x08,
	EASY_ENDS_LINE = 0x10,
	EASY_ENDS_COMMA = 0x20,
	EASY_ENDS_STOP = 0x40, /* but the full stop */
	EASY_ENDS_FULL = 0x80,
	EASY_ENDS_WORD = EASY_ENDS_LETTER | EASY_ENDS_X,
	EASY_ENDS_MARK = EASY_ENDS_COMMA | EASY_ENDS_STOP | EASY_ENDS_FULL
};

/* What easy lines of a language hold. */
struct easy_sieve {
	uint8_t kinds[256]; /* bits of enum easy_kind, as in struct calm_sieve */
	uint8_t codes[256]; /* the same as enum easy_code */
	uint8_t letters[2][16], marks[2][16], joins[2][16], signs[2][16]; /* the same as sets; stops and commas */
	uint8_t changed[2][16]; /* letters that become others and join, which are not among those of the sets before */
	uint8_t ascii_codes[128]; /* of ASCII in lines of Arabic script, enum easy_code */
	uint8_t becomes[256];   /* what such a letter becomes, as the others; 0: it is none */
	/* By the lower half of a byte: the one character of ASCII but letters that it may be, and what that is. */
	uint8_t ascii[16], ascii_kinds[16];
	/*
	 * By a byte of ASCII: bits of enum easy_common_end of itself, and of what it may stand behind in a common block. Where lines have no more, what
	 * they do not hold ends as an apostrophe does: a letter may stand behind it, and nothing else.
	 */
	uint8_t common_ends[256], common_follows[128];
	bool is_known;   /* there are easy lines in it; zero: ask easy_sieve_make */
	bool is_latin;   /* by its script; else Arabic */
	bool has_contractions; /* a word may have an apostrophe inside, U+0027 or U+2019 */
	bool has_elision;   /* of two words then (elision) */
	bool joins_hyphens; /* a word may have a hyphen inside, too */
	bool asks_hyphens;  /* lists are asked of each (clitic); else only words with several are looked at */
	bool ends_inside;   /* sentences may end inside a line */
	bool goes_on_small; /* a question or shout goes on with a small letter */
	bool asks_commas;   /* one behind a finite verb ends a sentence (finite-verb) */
	bool has_speech;       /* lines may hold guillemets, and hyphens behind white space and right before words, if they change */
	uint8_t last[2];       /* the letter that may become another one where no letter is behind it; 0: there is none */
	uint8_t last_joined[2]; /* what it becomes with ZWNJ behind it; 0: what it is without */
	const struct fold_table *table;
	uint32_t elided;    /* if has_elision: letters before the apostrophe (word/lists.h) */
	/* The same by the lower half of a byte as 80: those from a to o, in lower case or capitals, and those behind. */
	uint8_t elided_letters[2][16];
	bool elides_qu; /* qu before the apostrophe is a word, too */
	bool has_more; /* lines may hold semicolons, hyphens between words but behind a prefix, quotes and dashes */
	uint32_t tails[LISTS_BITS / 32]; /* if is_latin: of words that a full stop may belong to (word/lists.h) */
	uint8_t prefixes[32]; /* lengths of prefixes as bits, by the lower five bits of their first letter */
	uint16_t lang;
};

/* Puts the character with that place from U+0600 on into a set (norm/pairs_avx2.h). */
static inline void easy_put_in(uint8_t rows[2][16], unsigned place)
{
	rows[place >> 7][place & 15] |= (uint8_t)(1u << ((place >> 4 & 3) | (place >> 6 & 1) << 2));
}

/* Whether easy lines of a language may hold signs (text/easy_signs.h), by a second look. */
bool easy_holds_signs(uint16_t lang);

void easy_sieve_make(struct easy_sieve *sieve, uint16_t lang, const struct fold_table *table);

/* Those of all languages, each made when it is first asked for. */
struct easy_sieves {
	struct easy_sieve *of[LANG_COUNT]; /* owned; NULL: not made yet */
};

/* NULL: no memory. It holds until the sieves are freed. */
const struct easy_sieve *easy_sieve_of(struct easy_sieves *sieves, const struct lafz_allocator *mem, uint16_t lang);

void easy_sieves_free(struct easy_sieves *sieves, const struct lafz_allocator *mem);

/* Whether a letter's first byte is one of Arabic script: D8 to DB. */
static inline bool easy_is_arabic(char c)
{
	return (unsigned char)c - 0xD8u < 4;
}

/* Of 64 bytes. */
struct easy_bits {
	uint64_t bad;   /* bytes that an easy line does not hold where they stand */
	uint64_t ends;  /* LF */
	uint64_t edits; /* white space that is left out; the first bytes of what gets a space before it */
	uint64_t words; /* bytes of words, apostrophes inside included; in lines that hold nothing bad */
};

/* How many of these a text has. */
static inline size_t easy_blocks(uint32_t len)
{
	return (size_t)len / 64 + 1;
}

/*
 * Of a common block: of nothing but letters of ASCII, spaces, commas, apostrophes in words and marks before LF, with nothing bad, as
 * most are in English. What each byte stands behind is told for all of them at once, by the kinds of easy_common_end.
 */
struct easy_common {
	uint64_t bad; /* bytes that it does not hold where they stand; if there are any it is none, and nothing else counts */
	uint64_t letters, inner, ends, edits;
	uint64_t asked; /* LF behind a full stop */
};

/* Places that have to be looked at one by one, at most, and what may be written behind them. */
static inline size_t easy_places(uint32_t len)
{
	return (size_t)len / 3 * 2 + 64;
}

/* Bytes of text for each white space behind white space but LF, where that is so frequent that lines may hold it. */
#define EASY_BYTES_A_ROW 1024

static inline bool easy_white_pays(uint32_t rows, uint32_t len)
{
	return rows > len / EASY_BYTES_A_ROW;
}

/*
 * Looks at all bytes of a text that begins where a line does; what is behind it is bad. Writes the places of hyphens, of full stops in
 * the middle of lines, and of quotes, and of white space that ends lines, behind full stops, in any order; where lines may not hold more, of hyphens only
 * those that easy_look_inside asks of, and with elision those of letters behind apostrophes that are not told at once; in Arabic script those of Arabic commas that are asked of, of marks behind a mark, of letters that change, of ZWNJ behind
 * what does not join, and of what is no letter behind ZWNJ and letters that may change, by their first bytes, of spaces behind stops, of
 * guillemets, of commas and stops behind them, of colons and of semicolons that are asked of, in their order. Returns how many. *leaves_out: lines may hold white space that is left out, if they do.
 */
typedef size_t easy_find_function(const char *text, uint32_t len, const struct easy_sieve *sieve, struct easy_bits *bits,
                                  uint32_t *places, bool *leaves_out);

/*
 * Leaves of the places in a text of Latin script those of which more than the last letters before the mark has to be looked at, in their
 * order. Returns how many.
 */
typedef size_t easy_leave_function(const char *text, const struct easy_sieve *sieve, uint32_t *places, size_t n);

/* Signs of Arabic script: a comma, and marks that end sentences. */
#define EASY_ARABIC_COMMA 0x060C
#define EASY_ARABIC_QUESTION 0x061F
#define EASY_URDU_STOP 0x06D4

#define EASY_LETTER_LEN 2 /* bytes of one in Arabic script; nothing else that is not left out becomes so many */

/* Lines side by side. */
struct easy_stretch {
	uint32_t end; /* the byte behind them */
	bool is_easy;
};

/* Of a line that is not easy, what is between two spaces, or more of such. All of a line are there, or none. */
struct easy_share {
	uint32_t start, end; /* with the space, or LF, behind it */
	bool is_easy;
};

/* Stretches in a text, at most: an easy line has two bytes, another one. */
static inline size_t easy_stretches(uint32_t len)
{
	return (size_t)len / 3 * 2 + 5;
}

/*
 * Tells lines apart by the bits of a text; what is behind the last LF is not easy. The first stretch may be empty. Returns how
 * many.
 */
typedef size_t easy_tell_function(const struct easy_bits *bits, uint32_t len, struct easy_stretch *out);

/* Where words begin and what is behind each, as bits of a text's bytes; and the places of its LF, with room for two more. */
struct easy_words {
	uint64_t *begins, *ends;
	uint32_t *lines;
};

/* Writes these by the bits of a text. Returns how many LF there are. */
typedef size_t easy_list_function(const struct easy_bits *bits, uint32_t len, struct easy_words *words);

/* Easy lines that are to be copied. */
struct easy_copying {
	const char *text;
	const struct easy_bits *bits;
	const uint32_t *turn; /* the next place where two marks change places; behind the last one UINT32_MAX */
	char *dst;            /* with EASY_ROOM bytes more than are written */
	uint32_t end;         /* of all lines that are to be copied: the text may be read up to it */
	bool leaves_out;      /* some of the edits are white space */
};

#define EASY_ROOM 64

/* Copies the bytes from one to another, between which lines lie. The turns are no earlier. */
typedef void easy_copy_function(struct easy_copying *now, uint32_t from, uint32_t to);

/* Easy lines of Arabic script, or English ones, whose tokens are to be made. */
struct easy_making {
	const char *text;
	uint32_t len;
	const struct easy_bits *bits;
	struct tokens *tokens; /* with room for EASY_MAKE_SLACK more than are added */
	struct busy *busy; /* with room for as many as tokens */
	bool is_latin; /* the script of words */
};

#define EASY_MAKE_SLACK 64

/* Tokens that have a flag, of some side by side. */
struct easy_flagged {
	uint64_t which;
	enum lafz_flag flag;
};

/* A word that was made and has letters beyond ASCII gets a flag if it has capitals and no other letters with case. */
void easy_ask_case(const struct easy_making *now, size_t word);

/* The byte and the token behind each of some lines. */
struct easy_lines {
	uint32_t *ends, *token_ends; /* with room for EASY_MAKE_SLACK more */
	size_t n;
};

/*
 * Adds the tokens of the lines from one byte to another: where they begin and end, kind, script and flags; which of them hyphens or the
 * full stops of titles may join, as busy ones; and those lines.
 */
typedef void easy_make_function(const struct easy_making *now, uint32_t from, uint32_t to, struct easy_lines *lines);

/*
 * Looks at all bytes for lines that hold nothing but words of one script, white space, commas and a mark: which bytes are bad, which are of
 * words, and LF. Nothing else.
 */
struct easy_words_sieve;
typedef void easy_words_function(const char *text, uint32_t len, const struct easy_words_sieve *sieve, struct easy_bits *bits);

struct easy_kernel {
	easy_find_function *find;
	easy_leave_function *leave;
	easy_tell_function *tell;
	easy_list_function *list;
	easy_copy_function *copy;
	easy_make_function *make;
	easy_words_function *words; /* text/easy_words.h */
};

easy_find_function easy_find_avx2, easy_find_avx512;
easy_leave_function easy_leave_plain, easy_leave_avx512;
easy_tell_function easy_tell_bmi2;
easy_list_function easy_list_bmi2;
easy_copy_function easy_copy_plain, easy_copy_avx512;
easy_make_function easy_make_avx2, easy_make_avx512;

/*
 * The fastest one that a processor can run which runs the scanner's kernel of that name; NULL: looking for easy lines does not
 * pay.
 */
const struct easy_kernel *easy_kernel_find(const char *kernel);

struct easy {
	const struct easy_kernel *kernel; /* NULL: not looked for */
	const struct easy_sieve *sieve; /* not owned */
	bool is_for_tokens; /* lines are not looked at again (text/easy_again.h), but for their parts (text/easy_shares.h) */
	bool has_parts; /* lines are parted (text/easy_parts.h) */
	const uint64_t *filter; /* of words that a full stop may belong to (word/lists.h) */
	/* Of a text. Owned. */
	struct easy_bits *bits;
	struct easy_stretch *stretches;
	uint32_t *places; /* where two marks change places, by the second; behind the last one UINT32_MAX */
	struct batch_change *changes; /* of easy lines, in their order; those of other lines do not count */
	size_t n_changes;
	struct batch_change *mended; /* of these, what is found of lines of Arabic script that are looked at again (text/easy_mend.c) */
	size_t n_mended;
	struct easy_share *shares; /* of lines that are hard */
	size_t n_shares, shares_cap;
	struct pays again; /* looking again at lines that are hard */
	struct pays parts; /* parting lines that stay hard */
	uint32_t cap;     /* bytes of text there is room for */
	bool leaves_out; /* white space that lines may hold */
	size_t n_stretches;
	size_t next_turn, next_change; /* where copying stands */
};

/* Of the bits of 64 bytes, and of those before them, the 64 before one of these bytes; the last one is the highest bit. */
static inline uint64_t easy_last_64(uint64_t before, uint64_t own, size_t shift)
{
	return shift == 0 ? before : before >> shift | own << (64 - shift);
}

/* Of the 64 bytes before a place, the last one the highest bit: which are of words. */
static inline uint64_t easy_words_before(const struct easy_bits *bits, size_t place)
{
	const size_t k = place / 64;
	return easy_last_64(k > 0 ? bits[k - 1].words : 0, place % 64 == 0 ? 0 : bits[k].words, place % 64);
}

/* And which have edits. */
static inline uint64_t easy_edits_before(const struct easy_bits *bits, size_t place)
{
	const size_t k = place / 64;
	return easy_last_64(k > 0 ? bits[k - 1].edits : 0, place % 64 == 0 ? 0 : bits[k].edits, place % 64);
}

/* Bytes of the word before a place; a word as long as all bits belongs to no list. */
static inline uint32_t easy_word_before(const struct easy *easy, size_t place)
{
	return (uint32_t)__builtin_clzll(~easy_words_before(easy->bits, place) | 1);
}

/* Whether a full stop behind a word may belong to it, where that stands alone; before a number, too. */
bool easy_is_taken(const struct easy *easy, const char *word, uint32_t len);

static inline void easy_add_change(struct easy *easy, struct batch_change change)
{
	easy->changes[easy->n_changes++] = change;
}

/* Changes of the same text are put among them; both ascend. Of two at one place one is left. */
void easy_merge_changes(struct easy *easy, const struct batch_change *from, size_t n_from);

/* A sentence ends at a space. */
static inline void easy_end_sentence(struct easy *easy, uint32_t space)
{
	easy_add_change(easy, (struct batch_change){space, 1, 1, "\n"});
}

/* Makes room for what is found of a text; what was found of another one is lost. LAFZ_OK or LAFZ_ERR_MEMORY. */
int easy_reserve(struct easy *easy, const struct lafz_allocator *mem, uint32_t len);

/* Tells the lines of a text apart; kernel, sieve and filter are set. LAFZ_OK or LAFZ_ERR_MEMORY. */
int easy_find(struct easy *easy, const struct lafz_allocator *mem, const char *text, uint32_t len);

/* The same of lines that hold words alone, if the kernel has these: how they are copied is not told. */
int easy_find_words(struct easy *easy, const struct lafz_allocator *mem, const struct easy_words_sieve *sieve, const char *text, uint32_t len);

/* The lines are told apart again, after bits of some were set to bad. */
void easy_tell_again(struct easy *easy, uint32_t len);

/* Makes what was found of a text what another one has. LAFZ_OK or LAFZ_ERR_MEMORY. */
int easy_copy_bits(struct easy *easy, const struct lafz_allocator *mem, const struct easy *from, uint32_t len);

/*
 * Adds the easy lines of another sieve, of the same text; where both are in Arabic script, the places where marks change
 * places are the same.
 */
void easy_merge(struct easy *easy, const struct easy *other, uint32_t len);

/*
 * What an easy line, from one byte to another, is copied as becomes what it is in another look at it, which begins so many bytes behind
 * the start of the text: elision, hyphens that join, letters that change and ends of sentences are a matter of language. False if that has
 * more changes in the line than there is room for; then nothing is taken.
 */
bool easy_take_line(struct easy *easy, const struct easy *other, uint32_t start, uint32_t end, uint32_t ahead);

/* Whether the line that begins at a byte is easy. *at: the stretch that was asked for last, for ascending places. */
static inline bool easy_is_easy_at(const struct easy *easy, size_t *at, uint32_t start)
{
	while (easy->stretches[*at].end <= start)
		++*at;
	return easy->stretches[*at].is_easy;
}

/* Whether no letter becomes another one from one byte to another of an easy text. */
bool easy_keeps_letters(const struct easy *easy, uint32_t start, uint32_t end);

/* Appends easy lines, the bytes from one to another, one stretch after the other. LAFZ_OK or LAFZ_ERR_MEMORY. */
int easy_copy(struct easy *easy, const struct lafz_allocator *mem, const char *text, uint32_t from, uint32_t to,
              struct buf *out);

void easy_free(struct easy *easy, const struct lafz_allocator *mem);

#endif
