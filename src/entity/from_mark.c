/*
 * What begins with a mark of punctuation and is more than the mark: cut words, extensions of files, references of HTML.
 */
#include <string.h>

#include "entity/view.h"

static bool is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019;
}

/* leading-apostrophe: and, cut short on both sides, between two words (rock 'n' roll). */
static bool is_short_and(const struct view *view, size_t i)
{
	return is_apostrophe(view_char(view, i)) && is_apostrophe(view_char(view, i + 2)) &&
	       view_equals(view, i + 1, "n") && view_is_gap(view, i - 1) && view_is_gap(view, i + 3) &&
	       view_is_latin(view, i - 2) && view_is_latin(view, i + 4);
}

/*
 * leading-apostrophe: what is left of a word behind an apostrophe with a space before it: 's, 't, 'n, 'ne, 'cause
 * and the like in English, German and Dutch; 's behind a name as well (@zala's). Not where a further
 * apostrophe shows a quotation.
 */
static size_t match_leading_apostrophe(const struct view *view, size_t i, struct piece *piece)
{
	static const char *const rests[] = {"s",  "t",  "n",   "m",    "d",     "ll",  "re",
	                                    "ve", "em", "tis", "twas", "cause", "til", "bout",
	                                    "ne", "nen", "nem", "ner"};
	if (is_short_and(view, i)) {
		piece->kind = LAFZ_KIND_WORD;
		piece->flags |= LAFZ_FLAG_CONTRACTION;
		return i + 3;
	}
	const bool may_begin = view_is_gap(view, i - 1) ||
	                       (view_is_name(view, i - 1) && view_is(view, i + 1, 's'));
	if (!is_apostrophe(view_char(view, i)) || !may_begin || !view_is_latin(view, i + 1) ||
	    view_is_name(view, i + 2) || is_apostrophe(view_char(view, i + 2)))
		return i;
	for (size_t k = 0; k < sizeof rests / sizeof *rests; k++) {
		if (view_equals(view, i + 1, rests[k])) {
			piece->kind = LAFZ_KIND_WORD;
			piece->flags |= LAFZ_FLAG_CONTRACTION;
			return i + 2;
		}
	}
	return i;
}

/* A domain that is hardly a word too, in letters of one case: with a capital alone it begins a sentence. */
static bool is_domain_alone(const struct view *view, size_t i)
{
	static const char *const domains[] = {"com", "edu", "gov", "mil", "net", "org"};
	const unsigned both = ATOM_UPPER | ATOM_LOWER;
	if (!view_is_latin(view, i) || (view_flags(view, i) & both) == both || view_is_name(view, i + 1))
		return false;
	for (size_t k = 0; k < sizeof domains / sizeof *domains; k++)
		if (view_equals(view, i, domains[k]))
			return true;
	return false;
}

/* file-name: an extension or a top-level domain alone (.doc, .com, .NET), behind a gap or an opening bracket. */
static size_t match_extension(const struct view *view, size_t i, struct piece *piece)
{
	if (!view_is(view, i, '.') || !(is_extension(view, i + 1) || is_domain_alone(view, i + 1)) ||
	    (!view_is_gap(view, i - 1) && ucd_get(view_char(view, i - 1))->gc != UCD_GC_PS))
		return i;
	piece->kind = LAFZ_KIND_WORD;
	return i + 2;
}

/* The atom behind the number of a character in hexadecimal digits (x27) and a semicolon, or i. */
static size_t match_hex_reference(const struct view *view, size_t i)
{
	enum { MOST_DIGITS = 6 };
	const char first = view_len(view, i) > 0 ? view->text[view_start(view, i)] : '\0';
	if (first != 'x' && first != 'X')
		return i;
	size_t end = i;
	uint32_t at = view_start(view, i) + 1;
	const uint32_t begin = at;
	for (; !view_is(view, end, ';'); end++)
		if (!view_is_ascii(view, end) || !view_is_name(view, end))
			return i;
	for (; at < view_start(view, end); at++)
		if (!strchr("0123456789abcdefABCDEF", view->text[at]))
			return i;
	return at > begin && at - begin <= MOST_DIGITS ? end + 1 : i;
}

/* The names of letters with a mark: the letter, and its mark behind it (eacute, Ouml). */
static bool is_marked_letter(const struct view *view, size_t i)
{
	static const char *const marks[] = {"acute", "caron", "cedil", "circ", "grave", "ring", "slash", "tilde", "uml"};
	const uint32_t len = view_len(view, i);
	for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
		if (len == strlen(marks[k]) + 1 && memcmp(view->text + view_start(view, i) + 1, marks[k], len - 1) == 0)
			return true;
	return false;
}

/* character-reference: what is left of HTML stands for one character (&lt; &eacute; &#39; &#x27;). */
static size_t match_reference(const struct view *view, size_t i, struct piece *piece)
{
	static const char *const names[] = {
		"amp",   "lt",    "gt",    "quot",   "apos",  "nbsp",  "copy",   "reg",   "deg",    "euro",  "middot", "bull",
		"ndash", "mdash", "lsquo", "rsquo",  "ldquo", "rdquo", "laquo",  "raquo", "hellip", "zwnj",  "zwj",    "shy",
		"sbquo", "bdquo", "ensp",  "emsp",   "thinsp", "lrm",  "rlm",    "pound", "yen",    "cent",  "sect",   "para",
		"times", "minus", "divide", "plusmn", "micro", "trade", "permil", "iexcl", "iquest", "szlig", "aelig",  "oelig",
		"eth",   "thorn", "ordf",  "ordm",   "larr",  "rarr",  "hearts", "prime", "dagger"};
	if (!view_is(view, i, '&'))
		return i;
	piece->kind = LAFZ_KIND_SYMBOL;
	if (view_is(view, i + 1, '#')) {
		const bool is_number = view_cls(view, i + 2) == UCD_ATOM_NUMERIC &&
		                       view_len(view, i + 2) <= 7;
		if (is_number && view_is(view, i + 3, ';'))
			return i + 4;
		const size_t end = match_hex_reference(view, i + 2);
		return end > i + 2 ? end : i;
	}
	if (!view_is(view, i + 2, ';') || !view_is_latin(view, i + 1))
		return i;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		if (view_equals(view, i + 1, names[k]))
			return i + 3;
	return is_marked_letter(view, i + 1) ? i + 3 : i;
}

/* Rules of what a mark of punctuation begins, by its first byte. */
size_t match_from_mark(const struct view *view, size_t i, struct piece *piece)
{
	const char first = view->text[view_start(view, i)];
	if (first == '.')
		return match_extension(view, i, piece);
	if (first == '&')
		return match_reference(view, i, piece);
	if (first != '\'' && first != '\xE2')
		return i;
	const size_t end = match_short_year(view, i, piece);
	return end > i ? end : match_leading_apostrophe(view, i, piece);
}
