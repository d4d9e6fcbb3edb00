/*
 * Hashtags and cashtags, by rules of our own.
 */
#include "entity/view.h"

static bool is_hashtag_part(const struct view *view, size_t i)
{
	const uint8_t cls = view_cls(view, i);
	return view_is_name(view, i) || cls == UCD_ATOM_KATAKANA || cls == UCD_ATOM_IDEOGRAPH ||
	       cls == UCD_ATOM_DICTIONARY || cls == UCD_ATOM_LETTER_OTHER || cls == UCD_ATOM_ZWSP;
}

/*
 * hashtag: a number sign that no name character precedes, then letters, digits and low lines, one
 * letter at least.
 */
static size_t match_hashtag(const struct view *view, size_t i)
{
	size_t j = i + 1;
	bool has_letter = false;
	for (; is_hashtag_part(view, j); j++)
		has_letter = has_letter || view_flags(view, j) & ATOM_LETTER;
	while (j > i + 1 && view_cls(view, j - 1) == UCD_ATOM_ZWSP)
		j--;
	return has_letter ? j : i;
}

/* A hashtag right behind another one, but not the first letters of a link there; the atom behind it, or i. */
static size_t match_next_hashtag(const struct view *view, size_t i)
{
	const size_t end = match_hashtag(view, i);
	const bool is_link = (view_is(view, end, '.') && view_is_name(view, end + 1)) ||
	                     (view_is(view, end, ':') && view_is(view, end + 1, '/'));
	return is_link ? i : end;
}

/* hashtag: whether one ends right before atom i, as people write them without a space between. */
static bool is_behind_hashtag(const struct view *view, size_t i)
{
	enum { FAR = 64 };
	size_t j = i;
	for (size_t n = 0; n < FAR && j > view->first; n++) {
		j--;
		if (view_is(view, j, '#') && !view_is_name(view, j - 1))
			return true;
		if (!is_hashtag_part(view, j) && !view_is(view, j, '#'))
			return false;
	}
	return false;
}

/* cashtag: a dollar sign and one to six capital letters. */
static size_t match_cashtag(const struct view *view, size_t i)
{
	const bool is_tag = view_is_latin(view, i + 1) && view_is_ascii(view, i + 1) &&
	                    view_len(view, i + 1) <= 6 && !(view_flags(view, i + 1) & ATOM_LOWER) &&
	                    !view_is_name(view, i + 2);
	return is_tag ? i + 2 : i;
}

size_t match_tag(const struct view *view, size_t i)
{
	if (view_is_name(view, i - 1))
		return view_is(view, i, '#') && is_behind_hashtag(view, i) ? match_next_hashtag(view, i) : i;
	if (view_is(view, i, '#') || view_char(view, i) == 0xFF03)
		return match_hashtag(view, i);
	return view_is(view, i, '$') ? match_cashtag(view, i) : i;
}
