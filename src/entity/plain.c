#include "entity/plain.h"

#include <assert.h>
#include <string.h>

/* What atom i, no letters or digits, shows of a link, address or tag. */
static unsigned sign_at(const struct view *view, size_t i)
{
	switch (view->text[view_start(view, i)]) {
	case '@':
		return WEB_AT;
	case '#':
	case '\xEF': /* U+FF03 */
		return WEB_HASH;
	case '$':
		return WEB_DOLLAR;
	case '.': /* the last label of a name begins with a letter */
		return view_is_letter(view, i + 1) ? WEB_STOP : 0;
	case ':':
		return view_is(view, i + 1, '/') || view_is_name(view, i + 1) || view_is(view, i + 1, ':') ? WEB_COLON : 0;
	default:
		return 0;
	}
}

/* Whether an atom that begins with a byte may be one of them. */
static inline bool may_be_sign(unsigned char c)
{
	static const bool signs[256] = {['@'] = true, ['#'] = true, [0xEF] = true, ['$'] = true, ['.'] = true, [':'] = true};
	return signs[c];
}

/*
 * What the stretch of an atom without white space holds that a link, address or tag is known by. Most hold nothing, and which do is not
 * foreseen, so a first look is without a branch on it.
 */
static void find_signs(struct plain_web *web, const struct view *view, size_t first)
{
	const struct atoms *const atoms = view->atoms;
	size_t end = first;
	unsigned found = 0;
	for (; end < view->end && atoms->cls[end] != UCD_ATOM_SPACE; end++)
		found |= may_be_sign((unsigned char)view->text[view_start(view, end)]);
	web->end = end;
	web->signs = 0;
	for (size_t i = first; found != 0 && i < end; i++) {
		const uint8_t cls = atoms->cls[i];
		if (cls == UCD_ATOM_PUNCT || cls == UCD_ATOM_SYMBOL || cls == UCD_ATOM_MIDLETTER || cls == UCD_ATOM_MIDNUMLET)
			web->signs |= sign_at(view, i);
	}
}

/* The class of atom i, from the segment's first one on; a line end behind its last. */
static uint8_t cls_at(const struct view *view, size_t i)
{
	return i < view->end ? view->atoms->cls[i] : (uint8_t)UCD_ATOM_NEWLINE;
}

/* White space and line ends, but no invisible controls. */
#define BLANKS                                                                                     \
	((uint64_t)1 << UCD_ATOM_SPACE | (uint64_t)1 << UCD_ATOM_NEWLINE |                         \
	 (uint64_t)1 << UCD_ATOM_CR | (uint64_t)1 << UCD_ATOM_LF)

static_assert(UCD_ATOM_COUNT <= 64, "classes are bits of a number");

static bool is_blank(uint8_t cls)
{
	return BLANKS >> cls & 1;
}

unsigned plain_web_signs(struct plain_web *web, const struct view *view, size_t i)
{
	if (i >= web->end)
		find_signs(web, view, i);
	return web->signs;
}

/*
 * Marks that no token, link or emoticon begins with and no number goes on with, and with which none of more than one mark begins,
 * unless it is a row of the same or of ! and ?: 1 + their kind.
 */
static const uint8_t lone_marks[128] = {
	['"'] = 1 + LAFZ_KIND_PUNCT,
	[')'] = 1 + LAFZ_KIND_PUNCT,
	['['] = 1 + LAFZ_KIND_PUNCT,
	[']'] = 1 + LAFZ_KIND_PUNCT,
	['!'] = 1 + LAFZ_KIND_PUNCT,
	['?'] = 1 + LAFZ_KIND_PUNCT,
	[','] = 1 + LAFZ_KIND_PUNCT,
	['/'] = 1 + LAFZ_KIND_PUNCT,
	['%'] = 1 + LAFZ_KIND_SYMBOL,
};

/* The same but those that links go on with, so that none is in what such a mark stands behind. */
static inline bool is_lone(unsigned char c)
{
	return c < 0x80 && lone_marks[c] != 0 && c != '/' && c != '%';
}

#define SHORT 8 /* bytes of two letters with marks, at most */

bool plain_word(const struct view *view, size_t i, struct plain_web *web)
{
	const struct atoms *const atoms = view->atoms;
	const unsigned flags = atoms->flags[i];
	const uint8_t script = atoms->script[i];
	if (((flags & (ATOM_LETTER | ATOM_CONTROL)) != ATOM_LETTER) |
	    ((script != UCD_SCRIPT_LATN) & (script != UCD_SCRIPT_ARAB)))
		return false;
	/* XD may be an emoticon */
	const uint32_t start = atoms->off[i], end = atoms->off[i + 1];
	if ((end - start == 2) & ((view->text[start] | 0x20) == 'x'))
		return false;
	const uint8_t next = cls_at(view, i + 1);
	if ((BLANKS | (uint64_t)1 << UCD_ATOM_MIDNUM) >> next & 1)
		return true;
	const bool is_middle = next == UCD_ATOM_MIDNUMLET || next == UCD_ATOM_MIDLETTER || next == UCD_ATOM_SQUOTE;
	const uint8_t behind = is_middle ? cls_at(view, i + 2) : next;
	/* no link ends here */
	if ((is_middle && is_blank(behind)) || is_lone((unsigned char)view->text[end]))
		return true;
	if (plain_web_signs(web, view, i) != 0)
		return false;
	if (next == UCD_ATOM_LETTER) /* of another script */
		return true;
	if (is_middle) /* short words may be initials (J.-N.) */
		return end - start > SHORT && behind != UCD_ATOM_LETTER && behind != UCD_ATOM_HEBREW;
	/* km/h; a degree sign */
	return (next == UCD_ATOM_PUNCT || next == UCD_ATOM_DQUOTE) && view->text[end] != '/' &&
	       view->text[end] != '\xC2';
}

/* Whether an atom that begins with a byte may go on in a row of a mark, or is a mark or control that belongs to it. */
static bool goes_on(const struct view *view, size_t i, unsigned char mark)
{
	const uint8_t cls = view_cls(view, i);
	const uint64_t extends = (uint64_t)1 << UCD_ATOM_MARK | (uint64_t)1 << UCD_ATOM_FORMAT |
	                         (uint64_t)1 << UCD_ATOM_JOINER;
	const unsigned char c = i < view->end ? (unsigned char)view->text[view_start(view, i)] : '\n';
	return (extends >> cls & 1) || c == mark || c == '!' || c == '?';
}

/* Whether digits end before an atom, and no link goes on with it: white space, or a mark before what is no digit. */
static bool ends_digits(const struct view *view, size_t i)
{
	if (is_blank(cls_at(view, i)))
		return true;
	const unsigned char c = (unsigned char)view->text[view_start(view, i)];
	const uint8_t behind = cls_at(view, i + 1);
	return is_lone(c) ? behind != UCD_ATOM_NUMERIC : c == '%' && is_blank(behind);
}

bool plain_other(const struct view *view, size_t i, uint8_t *kind)
{
	const unsigned char c = (unsigned char)view->text[view_start(view, i)];
	if (c >= '0' && c <= '9') {
		*kind = LAFZ_KIND_NUMBER;
		return view_cls(view, i) == UCD_ATOM_NUMERIC && !(view_flags(view, i) & ATOM_MARKED) &&
		       ends_digits(view, i + 1);
	}
	if (c >= 0x80 || lone_marks[c] == 0 || goes_on(view, i + 1, c))
		return false;
	*kind = (uint8_t)(lone_marks[c] - 1);
	return view_len(view, i) == 1;
}

bool plain_contraction(const struct view *view, size_t i)
{
	const uint8_t next = cls_at(view, i + 1);
	if (next != UCD_ATOM_SQUOTE && next != UCD_ATOM_MIDNUMLET)
		return false;
	const struct atom_sets sets = atom_sets_at(view->atoms, i);
	const uint64_t is_closed = ~sets.content | sets.quote;
	const uint64_t is_over = (is_closed | sets.middle | (sets.mark & is_closed >> 1)) >> 3;
	if (i + 3 > view->end || !(sets.word & sets.word >> 2 & is_over & 1) ||
	    !view_is_latin(view, i) || !view_is_latin(view, i + 2))
		return false;
	const char *const mark = view->text + view_start(view, i + 1);
	const uint32_t len = view_len(view, i + 1);
	return (len == 1 && *mark == '\'') || (len == 3 && memcmp(mark, "\xE2\x80\x99", 3) == 0);
}
