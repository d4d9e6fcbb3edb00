/*
 * Abbreviations that are spoken as the names of Latin letters and written so in Urdu, Sindhi, Persian and Dari. The lists
 * hold all spellings of a name; yeh and kaf count in every form, since norm may change them.
 */
#include <string.h>

#include "word/lists.h"
#include "word/words.h"

enum { MOST_NAMES = 16, LONGEST_NAME = 12 /* bytes */ };

/* clang-format off: lists are broken by sense */

/* Names that are words as well: a sentence may end with one, and the next begin with another. */
static const char words_too[] =
	" \u0627\u06D2 \u0627\u06CC \u062F\u06CC \u0688\u06CC \u0633\u06CC \u067E\u06CC \u062A\u06CC"
	" \u062C\u06CC \u0622\u0626\u06CC \u062C\u06D2 \u06A9\u06D2 \u06A9\u06CC \u0627\u0644"
	" \u0627\u0645 \u0627\u06CC\u0646 \u0627\u0646 \u0627\u0648 \u0622\u0631 \u0627\u0633"
	" \u0648\u06CC \u06AA\u06CC\u0648 ";

/* And those that are nothing else. */
static const char names_only[] =
	" \u0628\u06CC \u0627\u06CC\u0641 \u0627\u0641 \u0627\u06CC\u0686 \u0627\u0686 \u0622\u06CC"
	" \u0627\u06CC\u0644 \u0627\u06CC\u0645 \u06A9\u06CC\u0648 \u0627\u06CC\u0633 \u0679\u06CC"
	" \u0688\u0628\u0644\u06CC\u0648 \u062F\u0628\u0644\u06CC\u0648 \u0627\u06CC\u06A9\u0633"
	" \u0648\u0627\u0626\u06CC \u0648\u0627\u06CC \u0632\u06CC\u0688 \u0632\u062F \u06CC\u0648"
	/* those that Sindhi writes in its own letters */
	" \u068A\u06CC \u0627\u06CC\u0687 \u067D\u06CC \u068A\u0628\u0644\u06CC\u0648"
	" \u0627\u06CC\u06AA\u0633 \u0632\u06CC\u068A ";

/* clang-format on */

static uint32_t usual(uint32_t cp)
{
	if (cp == 0x064A || cp == 0x0649)
		return 0x06CC;
	return cp == 0x0643 ? 0x06A9 : cp;
}

enum lists_name lists_letter_name(const char *text, size_t len)
{
	if (len > LONGEST_NAME)
		return LISTS_NO_NAME;
	char name[LONGEST_NAME + sizeof "  "];
	size_t n = 0;
	name[n++] = ' ';
	for (size_t at = 0; at < len;) {
		const struct utf8 c = utf8_decode(text + at, len - at);
		const uint32_t cp = usual(c.cp);
		/* a letter of another length is in none of the names */
		if (cp < 0x80 || cp > 0x7FF)
			return LISTS_NO_NAME;
		n += utf8_encode(cp, name + n);
		at += c.len;
	}
	name[n++] = ' ';
	name[n] = '\0';
	if (strstr(names_only, name))
		return LISTS_NAME;
	return strstr(words_too, name) ? LISTS_NAME_OR_WORD : LISTS_NO_NAME;
}

static enum lists_name name_at(const struct words *words, size_t piece)
{
	const bool is_arabic = words->kind[piece] == LAFZ_KIND_WORD && words->script[piece] == UCD_SCRIPT_ARAB;
	return is_arabic ? lists_letter_name(words_at(words, piece), words_len(words, piece)) : LISTS_NO_NAME;
}

/* Whether a full stop stands right behind the piece, and right behind that a piece of the same run. */
static bool leads_on(const struct words *words, size_t piece)
{
	if (!words_is_glued(words, piece, piece + 1) || !words_is_glued(words, piece + 1, piece + 2) ||
	    words->run[piece + 2] != words->run[piece])
		return false;
	const uint32_t stop = words_char(words, piece + 1);
	return stop == '.' || stop == 0x06D4;
}

/*
 * letter-names: names of Latin letters with a full stop between each are one word, if one of them at least is no word
 * itself, or there are three. The last full stop stays out, because it may end the sentence as well.
 */
size_t match_letter_names(const struct words *words, size_t piece, uint32_t start)
{
	enum { SURELY = 3 }; /* so many sentences of one short word, without a space, are not written */
	(void)start;
	if (!lists_has_letter_names(words->lang[piece]))
		return piece;
	enum lists_name name = name_at(words, piece);
	bool is_sure = name == LISTS_NAME;
	size_t last = piece;
	for (size_t n = 1; name != LISTS_NO_NAME && n < MOST_NAMES && leads_on(words, last); n++) {
		name = name_at(words, last + 2);
		if (name == LISTS_NO_NAME)
			break;
		is_sure = is_sure || name == LISTS_NAME || n + 1 >= SURELY;
		last += 2;
	}
	return is_sure && last > piece ? last + 1 : piece;
}
