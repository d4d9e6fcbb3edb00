/*
 * Looks at the same text with several sieves: easy lines of one are put among those of another.
 */
#include <string.h>

#include "base/bits.h"
#include "text/easy.h"

/* How many there are, the end included. */
static size_t count_places(const struct easy *easy)
{
	size_t n = 0;
	while (easy->places[n] != UINT32_MAX)
		n++;
	return n + 1;
}

static void copy_places(struct easy *easy, const struct easy *from)
{
	memcpy(easy->places, from->places, count_places(from) * sizeof *easy->places);
}

static void copy_changes(struct easy *easy, const struct easy *from)
{
	memcpy(easy->changes, from->changes, from->n_changes * sizeof *easy->changes);
	easy->n_changes = from->n_changes;
}

void easy_merge_changes(struct easy *easy, const struct batch_change *from, size_t n_from)
{
	struct batch_change *const to = easy->changes;
	size_t n = easy->n_changes, left = n_from, n_same = 0;
	for (size_t i = 0, k = 0; i < n && k < left;) {
		const uint32_t own = to[i].at, others = from[k].at;
		n_same += own == others;
		i += own <= others;
		k += others <= own;
	}
	size_t at = easy->n_changes = n + left - n_same;
	/* from their ends */
	while (left > 0) {
		const struct batch_change last = from[left - 1];
		const bool is_own = n > 0 && to[n - 1].at >= last.at, is_same = is_own && to[n - 1].at == last.at;
		to[--at] = is_own ? to[n - 1] : last;
		n -= is_own;
		left -= !is_own || is_same;
	}
}

int easy_copy_bits(struct easy *easy, const struct lafz_allocator *mem, const struct easy *from, uint32_t len)
{
	if (easy_reserve(easy, mem, len) < 0)
		return LAFZ_ERR_MEMORY;
	memcpy(easy->bits, from->bits, easy_blocks(len) * sizeof *easy->bits);
	copy_places(easy, from);
	copy_changes(easy, from);
	easy->leaves_out = from->leaves_out;
	easy->n_stretches = from->n_stretches;
	memcpy(easy->stretches, from->stretches, from->n_stretches * sizeof *easy->stretches);
	easy->next_turn = easy->next_change = 0;
	return LAFZ_OK;
}

static inline uint64_t blend(uint64_t a, uint64_t b, uint64_t is_b)
{
	return (a & ~is_b) | (b & is_b);
}

/* The bits of some bytes become the other's. */
static void merge_bits(struct easy_bits *bits, const struct easy_bits *other, uint32_t start, uint32_t end)
{
	for (size_t k = start / 64; 64 * k < end; k++) {
		const uint64_t own = bits_between(k, start, end);
		bits[k].bad = blend(bits[k].bad, other[k].bad, own);
		bits[k].edits = blend(bits[k].edits, other[k].edits, own);
		bits[k].words = blend(bits[k].words, other[k].words, own);
	}
}

void easy_merge(struct easy *easy, const struct easy *other, uint32_t len)
{
	uint32_t start = 0;
	for (size_t i = 0; i < other->n_stretches; i++) {
		const uint32_t end = other->stretches[i].end;
		if (other->stretches[i].is_easy)
			merge_bits(easy->bits, other->bits, start, end);
		start = end;
	}
	/* in Latin script there are none; what is left out was told by the text alone */
	if (!other->sieve->is_latin)
		copy_places(easy, other);
	easy_merge_changes(easy, other->changes, other->n_changes);
	easy_tell_again(easy, len);
}

static void take_edits(struct easy *easy, const struct easy *other, uint32_t start, uint32_t end, uint32_t ahead)
{
	for (size_t k = start / 64; 64 * k < end; k++)
		easy->bits[k].edits &= ~bits_between(k, start, end);
	for (size_t k = (start - ahead) / 64; 64 * k < end - ahead; k++) {
		uint64_t left = other->bits[k].edits & bits_between(k, start - ahead, end - ahead);
		for (; left != 0; left &= left - 1) {
			const size_t at = 64 * k + (size_t)__builtin_ctzll(left) + ahead;
			easy->bits[at / 64].edits |= (uint64_t)1 << at % 64;
		}
	}
}

/* The first change at a place or behind it. */
static size_t first_change(const struct easy *easy, uint32_t place)
{
	size_t low = 0, high = easy->n_changes;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (easy->changes[middle].at < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool easy_keeps_letters(const struct easy *easy, uint32_t start, uint32_t end)
{
	for (size_t i = first_change(easy, start); i < easy->n_changes && easy->changes[i].at < end; i++)
		if ((unsigned char)easy->changes[i].to[0] >= 0x80)
			return false;
	return true;
}

/* Changes take the place of those from one to another, which are no fewer; of what is left none changes anything, at the line's LF. */
static void take_changes(struct batch_change *to, const struct batch_change *to_end, const struct batch_change *from, size_t n,
                         uint32_t ahead, uint32_t lf)
{
	for (size_t i = 0; i < n; i++, to++) {
		*to = from[i];
		to->at += ahead;
	}
	for (; to < to_end; to++)
		*to = (struct batch_change){.at = lf};
}

bool easy_take_line(struct easy *easy, const struct easy *other, uint32_t start, uint32_t end, uint32_t ahead)
{
	/* edits of white space say that it is left out, or are none */
	if (other->leaves_out && !easy->leaves_out)
		return false;
	const size_t first = first_change(easy, start), others = first_change(other, start - ahead);
	size_t last = first, others_end = others;
	while (last < easy->n_changes && easy->changes[last].at < end)
		last++;
	while (others_end < other->n_changes && other->changes[others_end].at < end - ahead)
		others_end++;
	if (others_end - others > last - first)
		return false;
	take_changes(easy->changes + first, easy->changes + last, other->changes + others, others_end - others, ahead, end - 1);
	take_edits(easy, other, start, end, ahead);
	return true;
}
