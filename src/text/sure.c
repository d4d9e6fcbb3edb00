#include "text/sure.h"

#include <string.h>

#include "base/bits.h"
#include "lang.h"
#include "sentence/cues.h"
#include "text/lines.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"
#include "word/lists.h"

/* What stands before and behind a mark, which may be a row of several atoms. */
struct beside {
	const struct text_ends *ends;
	const struct text_lines_request *request;
	const struct atoms *atoms;
	size_t mark, row_end; /* its atoms */
	size_t next;          /* what follows behind white space */
	size_t word;          /* the word there, which a quote may open */
	bool is_closed, is_opened; /* quotes and brackets close right behind the mark; a quote opens before the word */
};

static inline const char *bytes_of(const struct text_lines_request *request, size_t atom)
{
	return request->text + request->atoms->off[atom];
}

static inline size_t len_of(const struct text_lines_request *request, size_t atom, size_t end)
{
	return request->atoms->off[end] - request->atoms->off[atom];
}

/* Whether an atom goes on in the token of the one before it. */
static inline bool goes_on(const struct beside *beside, size_t atom)
{
	return atoms_is_content(beside->atoms, atom) && !bits_has(beside->ends->glued, atom);
}

/* Whether one space is in front of an atom that follows in the line. */
static bool is_behind_space(const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	return atoms_is_content(atoms, atom) && !ATOMS_HAS(atoms, content, atom - 1) && !ATOMS_HAS(atoms, line_end, atom - 1) &&
	       request->text[atoms->off[atom] - 1] == ' ';
}

static inline bool is_lower_ascii(const struct text_lines_request *request, size_t atom)
{
	const char c = *bytes_of(request, atom);
	return ATOMS_HAS(request->atoms, latin, atom) && c >= 'a' && c <= 'z';
}

/* ---- What is beside a mark ---- */

static inline bool is_single(const struct atoms *atoms, size_t i)
{
	return ATOMS_HAS(atoms, apostrophe, i);
}

/* Whether an atom closes a quotation or bracket wherever it stands right behind a mark: U+201D, U+00BB, apostrophes, brackets. */
static bool always_closes(const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	const char *const s = bytes_of(request, atom);
	if (ATOMS_HAS(atoms, curly, atom))
		return (unsigned char)s[len_of(request, atom, atom + 1) - 1] == ((unsigned char)*s == 0xE2 ? 0x9D : 0xBB);
	return is_single(atoms, atom) || (ATOMS_HAS(atoms, bracket, atom) && (*s == ')' || *s == ']'));
}

/* What closes behind the mark, up to white space. False if something else stands there. */
static bool find_closers(struct beside *beside)
{
	const struct atoms *const atoms = beside->atoms;
	size_t i = beside->row_end;
	while (atoms_is_content(atoms, i) && bits_has(beside->ends->glued, i) && always_closes(beside->request, i))
		i++;
	if (atoms_is_content(atoms, i) && bits_has(beside->ends->glued, i) &&
	    (ATOMS_HAS(atoms, quote, i) || ATOMS_HAS(atoms, curly, i)) && !atoms_is_content(atoms, i + 1))
		i++;
	beside->is_closed = i > beside->row_end;
	beside->next = i + 1;
	return !atoms_is_content(atoms, i);
}

/* Whether anything is not known from the white space before the mark to that behind the word: a rule may be asked of more than its atom. */
static bool is_near_hard(const struct beside *beside)
{
	const struct atoms *const atoms = beside->atoms;
	const uint64_t *const hard = beside->ends->hard;
	bool found = false;
	for (size_t i = beside->mark; i > 0 && ATOMS_HAS(atoms, content, i - 1); i--)
		found |= bits_has(hard, i - 1);
	for (size_t i = beside->mark; i < beside->word; i++)
		found |= bits_has(hard, i);
	for (size_t i = beside->word; atoms_is_content(atoms, i); i++)
		found |= bits_has(hard, i);
	return found;
}

/* Finds what is beside a mark. False if it is nothing that is known here. */
static bool look_beside(struct beside *beside)
{
	const struct atoms *const atoms = beside->atoms;
	const struct text_lines_request *const request = beside->request;
	size_t end = beside->mark + 1;
	while (goes_on(beside, end) && (ATOMS_HAS(atoms, stop, end) || ATOMS_HAS(atoms, full_stop, end)))
		end++;
	beside->row_end = end;
	if (!find_closers(beside) || !is_behind_space(request, beside->next))
		return false;
	const size_t next = beside->next;
	beside->is_opened = (ATOMS_HAS(atoms, quote, next) || ATOMS_HAS(atoms, curly, next) || ATOMS_HAS(atoms, opening, next)) &&
	                    atoms_is_content(atoms, next + 1) && bits_has(beside->ends->glued, next + 1);
	beside->word = next + beside->is_opened;
	return !is_near_hard(beside) && !bits_has(beside->ends->odd, beside->word) && ATOMS_HAS(atoms, word, beside->word) &&
	       ATOMS_HAS(atoms, latin, beside->word) == (lang_script(request->lang) == UCD_SCRIPT_LATN);
}

/* ---- What the sentence would begin with ---- */

enum begin { BEGIN_UNKNOWN, BEGIN_LOWER, BEGIN_UPPER, BEGIN_CASELESS, BEGIN_QUOTE };

static enum begin begin_of(const struct beside *beside)
{
	const struct text_lines_request *const request = beside->request;
	const size_t word = beside->word;
	const char c = *bytes_of(request, word);
	if (beside->is_opened)
		return BEGIN_QUOTE;
	if (c >= 'A' && c <= 'Z')
		return BEGIN_UPPER;
	if (c >= 'a' && c <= 'z')
		return BEGIN_LOWER;
	const struct ucd_row *const ucd = ucd_get(utf8_decode(bytes_of(request, word), len_of(request, word, word + 1)).cp);
	if (ucd->flags & UCD_UPPER)
		return BEGIN_UPPER;
	if (ucd->flags & UCD_LOWER)
		return BEGIN_LOWER;
	return ucd->sb == UCD_SB_OLETTER ? BEGIN_CASELESS : BEGIN_UNKNOWN;
}

/* Whether the word is one that rules of its language look at: one that says, or means "or"; or it is not known. */
static bool is_cue(const struct beside *beside, bool is_question)
{
	const struct text_lines_request *const request = beside->request;
	const uint16_t lang = request->lang;
	const char *const text = bytes_of(request, beside->word);
	const size_t len = len_of(request, beside->word, beside->word + 1);
	if (lang == LANG_UG || lang == LANG_TR || (is_question && lang == LANG_AR))
		return goes_on(beside, beside->word + 1) || cues_is_saying(lang, text, len) ||
		       (is_question && cues_is_or(lang, text, len));
	return false;
}

bool text_may_sign_off(const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	bool is_thanks = false;
	/* it has one word or two, and a comma behind them */
	if (request->lang != LANG_EN || atom + 3 >= atoms->n ||
	    !(ATOMS_HAS(atoms, comma, atom + 1) | ATOMS_HAS(atoms, comma, atom + 3)))
		return false;
	return cues_sign_off(bytes_of(request, atom), len_of(request, atom, request->n_atoms), &is_thanks) > 0;
}

/* ---- What stands before a full stop ---- */

enum before {
	BEFORE_UNKNOWN,
	BEFORE_QUOTE,  /* or a bracket that closes */
	BEFORE_NUMBER, /* behind a word */
	BEFORE_CAPITAL, /* a word that may be a title or cut short */
	BEFORE_CUT,     /* a word without a vowel, which may be cut short */
	BEFORE_WORD
};

/* Whether a letter that may be a vowel is in a text: what is not ASCII counts as one. */
static bool has_vowel(const char *text, size_t len)
{
	const uint32_t vowels = 1u << ('a' & 31) | 1u << ('e' & 31) | 1u << ('i' & 31) | 1u << ('o' & 31) |
	                        1u << ('u' & 31) | 1u << ('y' & 31);
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)text[i];
		if (c >= 0x80 || (c >= 'A' && vowels >> (c & 31) & 1))
			return true;
	}
	return false;
}

/* Whether an atom is a full stop of either kind. */
static bool is_full_stop(const struct atoms *atoms, size_t i)
{
	return atoms_is_content(atoms, i) && (ATOMS_HAS(atoms, stop, i) | ATOMS_HAS(atoms, full_stop, i));
}

/* initial, letter-names: an Uyghur vowel; the name of a letter, if another word beside it has a full stop as well. */
static bool is_name_of_letter(const struct beside *beside, size_t first, const char *text, size_t len)
{
	const uint16_t lang = beside->request->lang;
	if (lang == LANG_UG)
		return cues_is_vowel(text, len);
	if (!lists_has_letter_names(lang))
		return false;
	const bool has_row = is_full_stop(beside->atoms, beside->word + 1) || (first > 1 && is_full_stop(beside->atoms, first - 2));
	return has_row && lists_letter_name(text, len) != LISTS_NO_NAME;
}

/* Of a word in Latin letters, or with them behind a hyphen. */
static enum before latin_before(uint16_t lang, const char *text, size_t len)
{
	if (lists_is_roman(lang, text, len)) /* ordinal */
		return BEFORE_UNKNOWN;
	const bool is_plain = has_vowel(text, len);
	if (*text >= 'a' && *text <= 'z')
		return is_plain ? BEFORE_WORD : BEFORE_CUT;
	return is_plain && !cues_is_title(text, len) ? BEFORE_WORD : BEFORE_CAPITAL;
}

/* Whether a text is a letter, or a postscript. */
static inline bool is_letter_or_postscript(const char *text, size_t len)
{
	return (len <= UTF8_MAX && utf8_decode(text, len).len == len) || (len < 3 && cues_is_postscript(text, len));
}

/* letters: the first atom of letters in it. */
static enum before word_before(const struct beside *beside, size_t first, size_t letters)
{
	const struct text_lines_request *const request = beside->request;
	const char *const text = bytes_of(request, first);
	const size_t len = len_of(request, first, beside->mark);
	const bool is_one = first + 1 == beside->mark, is_latin = ATOMS_HAS(beside->atoms, latin, letters);
	/* a letter, letters with full stops, a postscript */
	if (is_letter_or_postscript(text, len) ||
	    (!is_one && (!is_latin || memchr(text, '.', len))))
		return BEFORE_UNKNOWN;
	if (!is_latin)
		return cues_is_label(text, len) || cues_is_reference(request->lang, text, len) ||
		                       is_name_of_letter(beside, first, text, len)
		               ? BEFORE_UNKNOWN
		               : BEFORE_WORD;
	return latin_before(request->lang, text, len);
}

/* Whether digits are behind a word and white space, so that they do not begin the sentence. */
static bool is_behind_word(const struct beside *beside, size_t number)
{
	const struct atoms *const atoms = beside->atoms;
	return number >= 2 && !ATOMS_HAS(atoms, content, number - 1) && !ATOMS_HAS(atoms, line_end, number - 1) &&
	       ATOMS_HAS(atoms, word, number - 2) && !bits_has(beside->ends->hard, number - 2) &&
	       !bits_has(beside->ends->odd, number - 2);
}

static enum before find_before(const struct beside *beside)
{
	const struct atoms *const atoms = beside->atoms;
	size_t first = beside->mark;
	if (first == 0 || !ATOMS_HAS(atoms, content, first - 1))
		return BEFORE_UNKNOWN;
	for (first--; first > 0 && ATOMS_HAS(atoms, content, first - 1) && !bits_has(beside->ends->glued, first);)
		first--;
	if (bits_has(beside->ends->odd, first))
		return BEFORE_QUOTE;
	/* abbreviation: the full stop of Urdu stays apart from one, and goes on */
	if (ATOMS_HAS(atoms, latin, first) && *bytes_of(beside->request, beside->mark) != '.')
		return BEFORE_UNKNOWN;
	/* clitic: a hyphen is part of its word */
	const bool is_clitic = atoms->code[first] == '-' && first + 1 < beside->mark && ATOMS_HAS(atoms, word, first + 1);
	if (ATOMS_HAS(atoms, word, first) || is_clitic)
		return word_before(beside, first, first + is_clitic);
	if (atoms->cls[first] == UCD_ATOM_NUMERIC)
		return is_behind_word(beside, first) && !cues_has_ordinals(beside->request->lang) ? BEFORE_NUMBER
		                                                                                  : BEFORE_UNKNOWN;
	if (first + 1 < beside->mark)
		return BEFORE_UNKNOWN;
	const bool is_closing = ATOMS_HAS(atoms, quote, first) || ATOMS_HAS(atoms, curly, first) ||
	                        (ATOMS_HAS(atoms, bracket, first) && atoms->code[first] != '(' && atoms->code[first] != '[');
	return is_closing ? BEFORE_QUOTE : BEFORE_UNKNOWN;
}

/* ---- The rules ---- */

static enum text_sure of_stop_behind(enum before before, uint16_t lang, enum begin begin)
{
	switch (before) {
	case BEFORE_NUMBER:
		return TEXT_SURE_ENDS;
	case BEFORE_QUOTE:
		/* a Turkish word may say */
		return begin == BEGIN_LOWER && lang == LANG_TR ? TEXT_SURE_UNKNOWN : TEXT_SURE_ENDS;
	case BEFORE_WORD:
		/* a Turkish number may be an ordinal */
		return begin == BEGIN_LOWER && lang == LANG_TR ? TEXT_SURE_UNKNOWN : TEXT_SURE_ENDS;
	case BEFORE_CUT:
		return begin == BEGIN_LOWER ? TEXT_SURE_UNKNOWN : TEXT_SURE_ENDS;
	case BEFORE_CAPITAL:
		return begin == BEGIN_QUOTE || begin == BEGIN_CASELESS ? TEXT_SURE_ENDS : TEXT_SURE_UNKNOWN;
	default:
		return TEXT_SURE_UNKNOWN;
	}
}

static enum text_sure of_full_stop(const struct beside *beside, enum begin begin)
{
	if (beside->is_closed) /* lower-case */
		return begin == BEGIN_LOWER ? TEXT_SURE_GOES_ON : TEXT_SURE_ENDS;
	return of_stop_behind(find_before(beside), beside->request->lang, begin);
}

bool text_sure_ends_behind(uint16_t lang, const char *word, size_t len, bool is_lower, bool is_quote)
{
	const enum begin begin = is_quote ? BEGIN_QUOTE : is_lower ? BEGIN_LOWER : BEGIN_UPPER;
	return !is_letter_or_postscript(word, len) &&
	       of_stop_behind(latin_before(lang, word, len), lang, begin) == TEXT_SURE_ENDS;
}

/* ellipsis: none begins a sentence, nor stands behind a comma or another mark. */
static enum text_sure of_dots(const struct beside *beside, enum begin begin)
{
	const struct text_lines_request *const request = beside->request;
	const struct atoms *const atoms = beside->atoms;
	const size_t before = beside->mark - 1;
	if (beside->mark == 0 || !ATOMS_HAS(atoms, word, before) || bits_has(beside->ends->odd, before))
		return TEXT_SURE_UNKNOWN;
	if (begin == BEGIN_LOWER)
		return TEXT_SURE_GOES_ON;
	if (begin == BEGIN_CASELESS && (request->lang == LANG_FA || request->lang == LANG_AR))
		/* the language of the mark is that of the word */
		return ATOMS_HAS(atoms, latin, before) ? TEXT_SURE_UNKNOWN : TEXT_SURE_GOES_ON;
	return TEXT_SURE_ENDS;
}

static enum text_sure of_question(const struct beside *beside, enum begin begin)
{
	const struct text_lines_request *const request = beside->request;
	const uint16_t lang = request->lang;
	/* company: Yahoo! Inc. */
	if (begin == BEGIN_UPPER && cues_is_company(bytes_of(request, beside->word), len_of(request, beside->word, beside->word + 1)))
		return TEXT_SURE_UNKNOWN;
	if (begin != BEGIN_LOWER)
		return TEXT_SURE_ENDS;
	if (beside->is_closed || (lang != LANG_EN && lang != LANG_ID))
		return TEXT_SURE_GOES_ON;
	return TEXT_SURE_UNKNOWN;
}

enum text_sure text_sure_of_mark(const struct text_ends *ends, const struct text_lines_request *request, size_t mark,
                                 size_t *next)
{
	const struct atoms *const atoms = request->atoms;
	struct beside beside = {.ends = ends, .request = request, .atoms = atoms, .mark = mark};
	if (!(ATOMS_HAS(atoms, stop, mark) | ATOMS_HAS(atoms, full_stop, mark)) || !look_beside(&beside))
		return TEXT_SURE_UNKNOWN;
	const unsigned char c = (unsigned char)*bytes_of(request, mark);
	const bool is_row = beside.row_end > mark + 1, is_dots = c == 0xE2 || (c == '.' && is_row);
	const bool is_stop = c == '.' || c == 0xDB;
	const enum begin begin = begin_of(&beside);
	*next = beside.next;
	if (begin == BEGIN_UNKNOWN || (c == 0xDB && is_row) || text_may_sign_off(request, beside.word) ||
	    (begin != BEGIN_LOWER && begin != BEGIN_QUOTE && is_cue(&beside, !is_stop && !is_dots)))
		return TEXT_SURE_UNKNOWN;
	if (is_dots)
		return of_dots(&beside, begin);
	return is_stop ? of_full_stop(&beside, begin) : of_question(&beside, begin);
}

enum text_sure text_sure_of_word(const struct text_ends *ends, const struct text_lines_request *request, size_t word)
{
	const struct atoms *const atoms = request->atoms;
	const struct beside beside = {.ends = ends, .request = request, .atoms = atoms};
	size_t end = word + 1;
	while (goes_on(&beside, end))
		end++;
	const size_t next = end + 1;
	/* what is no word there may close a quotation between spaces, which then decides */
	if (atoms->code[end - 1] != '.' || atoms_is_content(atoms, end) || !is_behind_space(request, next) ||
	    !ATOMS_HAS(atoms, word, next) || bits_has(ends->hard, next) || bits_has(ends->odd, next))
		return TEXT_SURE_UNKNOWN;
	if (is_lower_ascii(request, next))
		return TEXT_SURE_GOES_ON;
	/* abbreviation: St. may be a street */
	const char *const text = bytes_of(request, word);
	const size_t len = len_of(request, word, end);
	return lists_is_title(text, len) && memcmp(text, "St", 2) != 0 ? TEXT_SURE_GOES_ON : TEXT_SURE_UNKNOWN;
}
