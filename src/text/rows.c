#include "text/rows.h"

#include <string.h>

#include "base/bits.h"

static inline bool is_one_of(char c)
{
	return c == '!' || c == '?';
}

/* mark-row: whether two marks side by side are of one token: the same, or both ! or ? */
static bool are_joined(const struct text_lines_request *request, size_t atom)
{
	const uint32_t *const off = request->atoms->off;
	const char *const one = request->text + off[atom], *const two = request->text + off[atom + 1];
	const uint32_t len = off[atom + 1] - off[atom];
	if (is_one_of(*one) && is_one_of(*two))
		return true;
	return len == off[atom + 2] - off[atom + 1] && memcmp(one, two, len) == 0;
}

struct text_rows text_rows_find(const struct text_lines_request *request, const struct atom_sets *sets, size_t first)
{
	const struct atom_sets *const before = sets - 1, *const next = sets + 1;
	const uint64_t stops = sets->stop | sets->full_stop;
	const uint64_t is_before = first > 0 ? (before->stop | before->full_stop) >> 63 : 0;
	const uint64_t is_behind = (next->stop | next->full_stop) << 63;
	const uint64_t seconds = stops & (stops << 1 | is_before);
	const uint64_t firsts = stops & (stops >> 1 | is_behind);
	const uint64_t arabic = sets->word & ~sets->latin, arabic_next = next->word & ~next->latin;
	const uint64_t starts = sets->line_end << 1 | (first > 0 ? before->line_end >> 63 : 1);
	const uint64_t is_before_word = arabic >> 1 | arabic_next << 63;
	const uint64_t closing = ~sets->content | sets->quote | sets->curly;
	const uint64_t closing_next = ~next->content | next->quote | next->curly;
	const uint64_t is_closed = closing >> 1 | closing_next << 63 | is_before_word;
	struct text_rows rows = {
		.tokens = stops & ~seconds & ~firsts & starts & is_before_word,
		.open = is_before ? stops & ~(stops + 1) : 0,
	};
	/* from a first one that is no second to a second one that is no first */
	for (uint64_t heads = firsts & ~seconds; heads != 0; heads &= heads - 1) {
		const uint64_t head = heads & (0 - heads), whole = stops & ~(stops + head);
		const uint64_t inner = whole & ~head, last = whole & ~(whole >> 1);
		/* one full stop may belong to the word before it */
		const bool is_one = (head & sets->full_stop & ~(sets->full_stop >> 1)) != 0;
		if ((last & is_closed & ~firsts) == 0 || is_one)
			continue;
		rows.tokens |= head;
		rows.words |= head >> 1 & sets->word;
		for (uint64_t left = inner; left != 0; left &= left - 1) {
			const uint64_t mark = left & (0 - left);
			const size_t atom = first + (size_t)__builtin_ctzll(left);
			*(are_joined(request, atom - 1) ? &rows.behind : &rows.tokens) |= mark;
		}
	}
	return rows;
}
