/*
 * Whether a sentence goes on behind a mark that ends sentences: what the mark belongs to, and what follows it, say so.
 */
#include <string.h>

#include "lang.h"
#include "sentence/cues.h"
#include "sentence/rules.h"
#include "unicode/ucd.h"
#include "word/lists.h"

/* ---- Behind a full stop ---- */

/*
 * Whether a word in front of a full stop looks like one cut short: a letter alone, full stops inside, or no
 * vowel in it and not all capitals; but hmm and shh are whole.
 */
static bool looks_abbreviated(const struct scan *scan, size_t i)
{
	const struct tokens *t = scan->tokens;
	if (!scan_is_kind(scan, i, LAFZ_KIND_WORD) || t->script[i] != UCD_SCRIPT_LATN)
		return false;
	if (scan_len(scan, i) == 1 || memchr(scan_bytes(scan, i), '.', scan_len(scan, i)))
		return true;
	for (uint32_t at = t->start[i]; at < t->end[i]; at++) {
		const unsigned char c = (unsigned char)scan->text[at];
		/* what is not ASCII counts as a vowel: mostly it is one */
		if (c >= 0x80 || strchr("aeiouyAEIOUY", c))
			return false;
	}
	const char *const end = scan_bytes(scan, i) + scan_len(scan, i);
	return !(t->flags[i] & LAFZ_FLAG_UPPER) && (end[-1] | 0x20) != (end[-2] | 0x20);
}

/* Whether a full stop behind these digits makes an ordinal in German or Turkish. */
static bool has_ordinal_digits(const struct scan *scan, size_t i)
{
	enum { LONGEST = 3 };
	return scan_is_kind(scan, i, LAFZ_KIND_NUMBER) && scan_len(scan, i) <= LONGEST &&
	       cues_has_ordinals(scan->tokens->lang[i]);
}

/* Whether a word is a Roman number in German and the like. */
static inline bool is_roman(const struct scan *scan, size_t i)
{
	return scan->tokens->flags[i] & LAFZ_FLAG_UPPER && scan_is_kind(scan, i, LAFZ_KIND_WORD) &&
	       lists_is_roman(scan->tokens->lang[i], scan_bytes(scan, i), scan_len(scan, i));
}

/*
 * Whether a full stop behind a Roman number makes an ordinal before a capital: in Turkish, where wars and kings have it before their
 * names; in German, which has it behind kings, at the beginning and behind articles and prepositions.
 */
static inline bool is_roman_ordinal(const struct scan *scan, size_t i)
{
	if (!is_roman(scan, i))
		return false;
	const uint16_t lang = scan->tokens->lang[i];
	return lang == LANG_TR || i == scan->begin ||
	       lists_precedes_ordinal(lang, scan_bytes(scan, i - 1), scan_len(scan, i - 1));
}

/* Whether a word is a Turkish number, which is an ordinal with a full stop and a word in lower case behind it. */
static bool is_numeral(const struct scan *scan, size_t i)
{
	return scan_is_lang(scan, i, LANG_TR) && scan_is_kind(scan, i, LAFZ_KIND_WORD) &&
	       cues_is_numeral(scan_bytes(scan, i), scan_len(scan, i));
}

/* Whether the sentence goes on behind a mark, before a word in lower case that follows at once. */
static bool goes_on_lower(const struct scan *scan, size_t mark, size_t next)
{
	const uint16_t lang = scan->tokens->lang[mark];
	switch (scan_mark(scan, mark)) {
	case MARK_STOP:
		if (scan_is_glued(scan, next))
			return true;
		if (mark == scan->begin)
			return false;
		if (!scan_is_glued(scan, mark)) /* . . . is an ellipsis */
			return scan_mark(scan, mark - 1) != MARK_NONE;
		return has_ordinal_digits(scan, mark - 1) || is_numeral(scan, mark - 1) ||
		       looks_abbreviated(scan, mark - 1) || is_roman(scan, mark - 1);
	case MARK_QUESTION:
		/* a name may have an exclamation mark */
		return (lang != LANG_EN && lang != LANG_ID) ||
		       (scan_char(scan, mark) == '!' && mark > scan->begin &&
		        scan_is_upper(scan, mark - 1));
	default:
		return true;
	}
}

/* ordinal: digits or a Roman number with a full stop before a word that does not begin a sentence. */
static bool is_ordinal(const struct scan *scan, size_t mark, size_t next)
{
	return (has_ordinal_digits(scan, mark - 1) || is_roman_ordinal(scan, mark - 1)) &&
	       scan_is_kind(scan, next, LAFZ_KIND_WORD) && !scan_is_starter(scan, next);
}

/* Whether a token is Arabic letters with full stops between them, or names of letters. */
static bool is_letter_row(const struct scan *scan, size_t i)
{
	return scan_is_kind(scan, i, LAFZ_KIND_WORD) &&
	       scan->tokens->script[i] == UCD_SCRIPT_ARAB &&
	       scan->tokens->flags[i] & LAFZ_FLAG_ABBREVIATION;
}

static bool is_uyghur_vowel(const struct scan *scan, size_t i)
{
	return scan_is_lang(scan, i, LANG_UG) && scan_is_kind(scan, i, LAFZ_KIND_WORD) &&
	       cues_is_vowel(scan_bytes(scan, i), scan_len(scan, i));
}

/*
 * letter-names: names of Latin letters with a full stop and a space behind each are the initials of a name or an abbreviation, as they
 * are without the spaces.
 */
static enum lists_name name_with_stop(const struct scan *scan, size_t i)
{
	if (!scan_is_kind(scan, i, LAFZ_KIND_WORD) || !scan_is_glued(scan, i + 1) || scan_mark(scan, i + 1) != MARK_STOP)
		return LISTS_NO_NAME;
	return lists_letter_name(scan_bytes(scan, i), scan_len(scan, i));
}

static bool is_spaced_name(const struct scan *scan, size_t mark, size_t next)
{
	if (!lists_has_letter_names(scan->tokens->lang[mark - 1]))
		return false;
	const enum lists_name own = name_with_stop(scan, mark - 1);
	if (own == LISTS_NO_NAME)
		return false;
	const enum lists_name behind = name_with_stop(scan, next);
	const enum lists_name before = mark > scan->begin + 2 ? name_with_stop(scan, mark - 3) : LISTS_NO_NAME;
	return (behind != LISTS_NO_NAME && (own == LISTS_NAME || behind == LISTS_NAME)) ||
	       (before != LISTS_NO_NAME && (own == LISTS_NAME || before == LISTS_NAME));
}

/* initial: a letter with a full stop before a name, a number or one letter more; or Arabic letters with full stops. */
static bool is_initial(const struct scan *scan, size_t mark, size_t next)
{
	const size_t letter = mark - 1;
	if (scan_is_letter(scan, letter, UCD_SCRIPT_ARAB) || is_letter_row(scan, letter) || is_uyghur_vowel(scan, letter))
		return scan_is_kind(scan, next, LAFZ_KIND_WORD) ||
		       scan_is_kind(scan, next, LAFZ_KIND_NUMBER);
	if (!scan_is_letter(scan, letter, UCD_SCRIPT_LATN) || scan_char(scan, letter) == 'I')
		return false;
	if (scan_is_lang(scan, letter, LANG_TR) && scan_char(scan, letter) == 'o')
		return false; /* a pronoun */
	/* a unit ends a sentence as other words do */
	if (letter > scan->begin && scan_is_kind(scan, letter - 1, LAFZ_KIND_NUMBER))
		return false;
	return scan_is_kind(scan, next, LAFZ_KIND_NUMBER) ||
	       (scan_is_upper(scan, next) && !scan_is_starter(scan, next));
}

/* title: German names of streets end with -str., before the number of the house. */
static bool is_street(const struct scan *scan, size_t word)
{
	static const char ending[] = "str";
	const size_t len = sizeof ending - 1;
	return scan_is_lang(scan, word, LANG_DE) && scan_len(scan, word) > len &&
	       memcmp(scan_bytes(scan, word) + scan_len(scan, word) - len, ending, len) == 0;
}

/* title: a title of another language before a name; a word that has a number behind it; "see", cut short. */
static bool is_title(const struct scan *scan, size_t mark, size_t next)
{
	const size_t word = mark - 1;
	if (!scan_is_kind(scan, word, LAFZ_KIND_WORD))
		return false;
	if (cues_is_reference(scan->tokens->lang[word], scan_bytes(scan, word), scan_len(scan, word)))
		return true;
	const char first = *scan_bytes(scan, next); /* 4B is a word */
	if (scan_is_kind(scan, next, LAFZ_KIND_NUMBER) || (first >= '0' && first <= '9'))
		return cues_takes_number(scan_bytes(scan, word), scan_len(scan, word)) || is_street(scan, word);
	if (!scan_is_upper(scan, word) || !scan_is_upper(scan, next) || scan_is_starter(scan, next))
		return false;
	return cues_is_title(scan_bytes(scan, word), scan_len(scan, word)) ||
	       looks_abbreviated(scan, word);
}

/*
 * list-number: 3. or a. where a sentence begins; and the first letter by its name in Arabic script.
 */
static bool is_list_number(const struct scan *scan, size_t mark)
{
	const size_t number = mark - 1;
	if (scan_is_kind(scan, number, LAFZ_KIND_NUMBER))
		return number == scan->begin || scan_char(scan, number - 1) == ';' || scan_char(scan, number - 1) == 0x061B;
	return number == scan->begin && (scan_is_letter(scan, number, UCD_SCRIPT_LATN) ||
	                                 cues_is_label(scan_bytes(scan, number), scan_len(scan, number)));
}

/* postscript: P.S. and N.B. where a sentence begins, with the full stops or without. */
static bool is_postscript(const struct scan *scan, size_t i)
{
	return i == scan->begin && cues_is_postscript(scan_bytes(scan, i), scan_len(scan, i));
}

/* Whether St. is a street, behind its name, and begins no name of a saint. */
static bool is_street_in_english(const struct scan *scan, size_t word, size_t next)
{
	return scan_len(scan, word) >= 2 && memcmp(scan_bytes(scan, word), "St", 2) == 0 && word > scan->begin &&
	       scan_is_upper(scan, word - 1) && scan_is_starter(scan, next) && next > word;
}

/* company: Yahoo! Inc. */
static bool is_company(const struct scan *scan, size_t mark, size_t next)
{
	return scan_char(scan, mark) == '!' && mark > scan->begin && scan_is_glued(scan, mark) && scan_is_upper(scan, mark - 1) &&
	       scan_is_upper(scan, next) && cues_is_company(scan_bytes(scan, next), scan_len(scan, next));
}

bool abbreviation_ends(const struct scan *scan, size_t word, size_t mark, size_t next)
{
	const char *const text = scan_bytes(scan, word);
	const size_t len = scan->tokens->end[mark] - scan->tokens->start[word];
	if (is_postscript(scan, word))
		return false;
	if (text[len - 1] != '.' || !scan_is_upper(scan, next))
		return false;
	if (lists_is_title(text, len) && !is_street_in_english(scan, word, next))
		return false;
	return scan_is_starter(scan, next) || cues_ends_list(text, len);
}

/* The same for a word of a list with a full stop that is a token of its own. */
static bool is_abbreviation(const struct scan *scan, size_t mark, size_t next)
{
	const size_t word = mark - 1;
	if (!scan_is_kind(scan, word, LAFZ_KIND_WORD) || scan->tokens->script[word] != UCD_SCRIPT_LATN)
		return false;
	const uint16_t lang = scan->tokens->lang[word];
	const char *const text = scan_bytes(scan, word);
	const size_t len = scan_len(scan, word);
	if ((scan->filters && !lists_may_be_abbreviation(scan->filters, lang, text, len)) ||
	    !lists_is_abbreviation(lang, text, len))
		return false;
	return !abbreviation_ends(scan, word, mark, next);
}

/*
 * inner-stop: a full stop between digits, or between digits and a short word or name, is part of what they number
 * (12.5 with the Urdu full stop, BA.2.75, lib.so.1).
 */
static bool is_inner_stop(const struct scan *scan, size_t mark, size_t next)
{
	enum { LONGEST = 4 }; /* bytes of a word that may be an abbreviation; longer ones end a sentence whose space is missing */
	const size_t before = mark - 1;
	if (!scan_is_glued(scan, mark) || !scan_is_glued(scan, next) ||
	    !scan_is_kind(scan, next, LAFZ_KIND_NUMBER))
		return false;
	if (!scan_is_kind(scan, before, LAFZ_KIND_WORD) || scan->tokens->script[before] != UCD_SCRIPT_LATN)
		return scan_is_kind(scan, before, LAFZ_KIND_NUMBER);
	return scan_len(scan, before) <= LONGEST || scan->tokens->flags[before] & LAFZ_FLAG_UPPER ||
	       looks_abbreviated(scan, before);
}

/* Whether one full stop right behind a token belongs to it rather than to a sentence. */
static bool is_stop_of_token(const struct scan *scan, size_t mark, size_t next)
{
	if (mark == scan->begin || scan_mark(scan, mark) != MARK_STOP || !scan_is_glued(scan, mark))
		return false;
	return is_list_number(scan, mark) || is_ordinal(scan, mark, next) || is_inner_stop(scan, mark, next) ||
	       is_initial(scan, mark, next) || is_spaced_name(scan, mark, next) || is_postscript(scan, mark - 1) ||
	       is_title(scan, mark, next) || is_abbreviation(scan, mark, next);
}

/*
 * leading-stop: a full stop with a space before it and capitals right behind it begins a name (.NET), as one behind a comma
 * does; where a sentence begins, one right before a mention shows it to more people (.@zala).
 */
static bool is_leading_stop(const struct scan *scan, size_t mark, size_t next)
{
	const bool begins = mark == scan->begin;
	if (scan_mark(scan, mark) != MARK_STOP || scan_is_glued(scan, mark) || !scan_is_glued(scan, next))
		return false;
	if (!scan_is_upper(scan, next))
		return begins && scan_is_kind(scan, next, LAFZ_KIND_MENTION);
	return (scan->tokens->flags[next] & LAFZ_FLAG_UPPER && scan_len(scan, next) > 1) || begins ||
	       scan_is_comma(scan, mark - 1);
}

/* ---- Behind any mark ---- */

/* Whether the sentence begins with the mark, or with a bracket and it. */
static bool begins_with(const struct scan *scan, size_t mark)
{
	const uint32_t cp = scan_char(scan, scan->begin);
	return mark == scan->begin || (mark == scan->begin + 1 && (cp == '(' || cp == '['));
}

/* ellipsis: dots where a sentence begins, behind a comma, before what sticks to them, and in Persian and Arabic before a word. */
static bool is_pause(const struct scan *scan, size_t mark, size_t next)
{
	if (scan_mark(scan, mark) != MARK_DOTS)
		return false;
	if (begins_with(scan, mark) || (mark > scan->begin && scan_is_comma(scan, mark - 1)))
		return true;
	if (scan_is_glued(scan, next) && !scan_is_upper(scan, next) && !scan_is_caseless(scan, next))
		return true;
	/* not those behind another mark */
	return (scan_is_lang(scan, mark, LANG_FA) || scan_is_lang(scan, mark, LANG_AR)) &&
	       scan_is_caseless(scan, next) && scan_mark(scan, mark - 1) == MARK_NONE;
}

bool is_said(const struct scan *scan, size_t next)
{
	while (scan_is_lang(scan, next, LANG_UG) &&
	       (scan_is_dash(scan, next) || scan_char(scan, next) == '_'))
		next++;
	return scan_is_kind(scan, next, LAFZ_KIND_WORD) &&
	       cues_is_saying(scan->tokens->lang[next], scan_bytes(scan, next), scan_len(scan, next));
}

/* alternative: the second half of an Arabic or Uyghur question, which begins with "or". */
static bool is_alternative(const struct scan *scan, size_t mark, size_t next)
{
	return scan_mark(scan, mark) == MARK_QUESTION && scan_is_kind(scan, next, LAFZ_KIND_WORD) &&
	       cues_is_or(scan->tokens->lang[next], scan_bytes(scan, next), scan_len(scan, next));
}

bool is_inner_mark(const struct scan *scan, size_t i)
{
	return scan_is_comma(scan, i) || (scan_char(scan, i) == '=' && scan_is_glued(scan, i)) ||
	       (scan_is_kind(scan, i, LAFZ_KIND_PUNCT) && scan_char(scan, i) == '/') ||
	       (scan_is_dash(scan, i) && scan_is_glued(scan, i) && scan_is_glued(scan, i + 1));
}

/* comma: what follows begins a value in a link without its host (index.php?id=1). */
static bool is_query(const struct scan *scan, size_t next)
{
	return scan_is_glued(scan, next) && scan_is_glued(scan, next + 1) && scan_char(scan, next + 1) == '=';
}

/* address: an e-mail address in angle brackets, behind the name of whom it is of. */
static bool is_address(const struct scan *scan, size_t next)
{
	return scan_char(scan, next) == '<' && scan_is_glued(scan, next + 1) &&
	       scan_is_kind(scan, next + 1, LAFZ_KIND_EMAIL);
}

bool goes_on(const struct scan *scan, size_t mark, size_t next)
{
	if (next >= scan->end)
		return true; /* the segment ends: nothing to mark */
	if (is_inner_mark(scan, next) || is_said(scan, next) || is_pause(scan, mark, next) ||
	    is_alternative(scan, mark, next) || is_address(scan, next) || is_query(scan, next))
		return true;
	/* lower-case: "... ” - he said", a dash between the quotation and its sentence */
	if (scan_is_dash(scan, next) && scan_is_lower(scan, next + 1))
		return true;
	if (scan_is_lower(scan, next))
		return next > mark + 1 || goes_on_lower(scan, mark, next);
	return next == mark + 1 && (is_company(scan, mark, next) || is_stop_of_token(scan, mark, next) || is_leading_stop(scan, mark, next));
}
