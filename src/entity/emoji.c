/*
 * Emoji sequences (UTS #51, definitions ED-8a to ED-17) and emoticons of ASCII.
 */
#include <string.h>

#include "entity/view.h"

enum { VS16 = 0xFE0F, KEYCAP = 0x20E3, TAG_FIRST = 0xE0020, TAG_LAST = 0xE007F };

static bool has_emoji_style(const struct view *view, size_t i)
{
	return view_cls(view, i) == UCD_ATOM_MARK && view_char(view, i) == VS16;
}

/* Whether an emoji may begin with atom i whose style is not given by a VS16 behind it. */
static bool is_base(const struct view *view, size_t i)
{
	if (view_cls(view, i) == UCD_ATOM_EMOJI)
		return true;
	const uint8_t cls = view_cls(view, i);
	if (cls != UCD_ATOM_SYMBOL && cls != UCD_ATOM_PUNCT)
		return false;
	return has_emoji_style(view, i + 1) && ucd_get(view_char(view, i))->flags & UCD_EMOJI;
}

static bool is_modifier(const struct view *view, size_t i)
{
	return view_cls(view, i) == UCD_ATOM_EMOJI &&
	       ucd_get(view_char(view, i))->flags & UCD_EMOJI_MODIFIER;
}

/* One element of a sequence: what follows its base. The atom behind it. */
static size_t element_end(const struct view *view, size_t i)
{
	size_t j = i + 1;
	if (is_modifier(view, j))
		j++;
	if (view_cls(view, j) == UCD_ATOM_MARK)
		j++;
	const uint32_t cp = view_char(view, j);
	if (view_cls(view, j) == UCD_ATOM_FORMAT && cp >= TAG_FIRST && cp <= TAG_LAST)
		j++;
	return j;
}

/*
 * A digit with a keycap, or one of the three letters that are emoji with a VS16: they are one atom
 * with their marks.
 */
static bool is_styled_atom(const struct view *view, size_t i)
{
	if (!(view_flags(view, i) & ATOM_MARKED))
		return false;
	const uint32_t len = view_len(view, i);
	const struct utf8 last = utf8_decode_before(view->text, view->atoms->off[i + 1]);
	const struct utf8 base = utf8_decode(view->text + view_start(view, i), len);
	const struct utf8 second = utf8_decode(view->text + view_start(view, i) + base.len,
	                                       len - base.len);
	const uint16_t flags = ucd_get(base.cp)->flags;
	if (!(flags & UCD_EMOJI))
		return false;
	if (view_cls(view, i) == UCD_ATOM_NUMERIC)
		return last.cp == KEYCAP && (second.cp == KEYCAP || second.cp == VS16) && len <= 7;
	return view_cls(view, i) == UCD_ATOM_LETTER && flags & UCD_EXTPICT && second.cp == VS16 &&
	       base.len + second.len == len;
}

/* emoji: ED-17, with modifiers, variation selectors, tags and keycaps. */
size_t match_emoji(const struct view *view, size_t i, struct piece *piece)
{
	const uint8_t cls = view_cls(view, i);
	/* neither an emoji by itself nor one with marks of its own or behind it: nearly all atoms are settled here */
	if (cls != UCD_ATOM_EMOJI && cls != UCD_ATOM_RI && !(view_flags(view, i) & ATOM_MARKED) &&
	    (cls == UCD_ATOM_LETTER || view_cls(view, i + 1) != UCD_ATOM_MARK))
		return i;
	piece->kind = LAFZ_KIND_EMOJI;
	if (cls == UCD_ATOM_RI) /* emoji-flag: ED-14, two of them */
		return view_cls(view, i + 1) == UCD_ATOM_RI ? i + 2 : i;
	if (is_styled_atom(view, i))
		return i + 1;
	const bool is_keycap = (view_is(view, i, '#') || view_is(view, i, '*')) &&
	                       view_cls(view, i + 1) == UCD_ATOM_MARK &&
	                       utf8_decode_before(view->text, view->atoms->off[i + 2]).cp == KEYCAP;
	if (is_keycap)
		return i + 2;
	if (!is_base(view, i))
		return i;
	size_t j = element_end(view, i);
	while (view_cls(view, j) == UCD_ATOM_JOINER && view_flags(view, j) & ATOM_ENDS_ZWJ &&
	       (is_base(view, j + 1) || ucd_get(view_char(view, j + 1))->flags & UCD_EXTPICT))
		j = element_end(view, j + 1);
	return j;
}

/*
 * Only those that people write without doubt; each must stand between gaps, a mark of punctuation
 * may follow.
 */
static const char *const emoticons[] = {
	":)",  ":-)", ":(",  ":-(", ":D", ":-D", ";)",  ";-)", ":P",   ":-P", ":p",  ":-p",
	":O",  ":-O", ":o",  ":-o", ":/", ":-/", ":|",  ":-|", ":*",   ":-*", ":'(", ":')",
	":3",  "=)",  "=(",  "=D",  ";D", "<3",  "</3", "^^",  "^_^",  "-_-", "T_T", "o_O",
	"O_o", "O_O", ">:(", ":-$", ":$", "XD",  "xD",  ":))", ":)))", ":((", ":S",  ":-S",
	":]",  ":-]", ":[",  ":-[", ";P", ";-P", "=P",  ":\\", ":-\\", "-.-", "(:",  "(-:",
	":-))", ":-)))", ";))", ";-))", "=))", ":(((", ":-((", ":'-(", ":'-)", "<33", "<333", ";_;",
	">.<", ">_<", "\\o/", "\u00AF\\_(\u30C4)_/\u00AF",
};

/* What may stand behind the first byte of an emoticon: most tokens are settled here. */
static const char *second_bytes(char first)
{
	switch (first) {
	case ':':
		return ")-(DPpOo/|*'3$S][\\";
	case ';':
		return ")-DP_";
	case '=':
		return ")(DP";
	case '<':
		return "3/";
	case '^':
		return "^_";
	case '-':
		return "_.";
	case '>':
		return ":._";
	case '(':
		return ":-";
	case '\\':
		return "o";
	case '\xC2': /* U+00AF, an arm of one who shrugs */
		return "\xAF";
	case 'T':
	case 'o':
	case 'O':
		return "_";
	case 'X':
	case 'x':
		return "D";
	default:
		return "";
	}
}

/* Whether an emoticon may begin with the first two bytes of atom i and what is behind it. */
static bool begins_emoticon(const struct view *view, size_t i)
{
	const uint32_t start = view_start(view, i);
	const char *seconds = second_bytes(view->text[start]);
	if (!*seconds || view_start(view, view->end) - start < 2)
		return false;
	while (*seconds && *seconds != view->text[start + 1])
		seconds++;
	return *seconds != '\0';
}

/* What an emoticon may be followed by. */
static bool may_follow(const struct view *view, size_t i)
{
	const uint32_t cp = view_char(view, i);
	return view_is_gap(view, i) || view_cls(view, i) == UCD_ATOM_EMOJI || cp == '.' || cp == ',' ||
	       cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x060C || cp == 0x061F || cp == 0x06D4;
}

enum { FAR = 64 }; /* atoms that are looked at for the other bracket */

/* Whether a bracket is open before atom i, which one behind it may close. */
static bool is_in_bracket(const struct view *view, size_t i)
{
	uint32_t closed = 0;
	for (size_t n = 0; n < FAR && i > view->first; n++) {
		i--;
		if (view_is(view, i, '(') && closed-- == 0)
			return true;
		closed += view_is(view, i, ')');
	}
	return false;
}

/* Whether the bracket that atom i opens is closed. */
static bool is_closed(const struct view *view, size_t i)
{
	uint32_t open = 0;
	for (size_t n = 0; n < FAR && i < view->end; n++, i++) {
		open += view_is(view, i, '(');
		if (view_is(view, i, ')') && --open == 0)
			return true;
	}
	return false;
}

/*
 * Whether an emoticon may begin here: behind a gap; and one of eyes and a bracket behind a letter or an end mark too
 * (thanks:)), if that is not one of two brackets.
 */
static bool may_begin(const struct view *view, size_t i)
{
	if (view_is_gap(view, i - 1))
		return true;
	const size_t mouth = i + 1 + view_is(view, i + 1, '-');
	const bool has_eyes = view_is(view, i, ':') || view_is(view, i, ';');
	const bool is_behind = view_is_letter(view, i - 1) || view_is(view, i - 1, '.') ||
	                       view_is(view, i - 1, '!') || view_is(view, i - 1, '?');
	if (!has_eyes || !is_behind)
		return false;
	return view_is(view, mouth, '(') ? !is_closed(view, mouth)
	                                 : view_is(view, mouth, ')') && !is_in_bracket(view, i);
}

/* emoticon: the longest of the list that stands here. Apart, so that what begins none is settled without saving registers. */
__attribute__((noinline)) static size_t match_listed(const struct view *view, size_t i, struct piece *piece)
{
	if (!may_begin(view, i))
		return i;
	const uint32_t start = view_start(view, i);
	size_t best = i;
	for (size_t k = 0; k < sizeof emoticons / sizeof *emoticons; k++) {
		const char *form = emoticons[k];
		if (view->text[start] != form[0])
			continue;
		const uint32_t len = (uint32_t)strlen(form);
		size_t j = i;
		while (j < view->end && view->atoms->off[j] - start < len)
			j++;
		if (j <= best || view_start(view, j) - start != len ||
		    memcmp(view->text + start, form, len) != 0)
			continue;
		/* a mouth may be drawn as often as one likes */
		while ((form[len - 1] == ')' || form[len - 1] == '(') && view_is(view, j, form[len - 1]))
			j++;
		if (may_follow(view, j))
			best = j;
	}
	piece->kind = LAFZ_KIND_EMOJI;
	return best;
}

size_t match_emoticon(const struct view *view, size_t i, struct piece *piece)
{
	return begins_emoticon(view, i) ? match_listed(view, i, piece) : i;
}
