#include "text/same_lang.h"

#include <stdbool.h>

#include "lang.h"

/* The language of a segment, whose pieces are those from first on, if all of them are surely in one. */
static uint16_t lang_of(const struct segment *segment, const struct pieces *pieces, size_t first, float least)
{
	const bool is_one = segment->n_runs == 1 && segment->piece_end > first && pieces->confidence[first] >= least;
	return is_one ? pieces->lang[first] : (uint16_t)LANG_UND;
}

struct text_same_lang text_same_lang_at(const struct segments *segments, const struct pieces *pieces, float least, size_t s)
{
	const struct segment *const ptr = segments->ptr;
	const uint16_t lang = lang_of(&ptr[s], pieces, s == 0 ? 0 : ptr[s - 1].piece_end, least);
	size_t end = s + 1;
	while (end < segments->n && lang_of(&ptr[end], pieces, ptr[end - 1].piece_end, least) == lang)
		end++;
	return (struct text_same_lang){end, lang};
}
