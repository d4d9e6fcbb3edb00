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

static void copy_breaks(struct easy *easy, const struct easy *from)
{
	memcpy(easy->breaks, from->breaks, from->n_breaks * sizeof *easy->breaks);
	easy->n_breaks = from->n_breaks;
}

/* Those of another look are put among them: both lists ascend, and are merged from their ends. */
static void merge_breaks(struct easy *easy, const struct easy *other)
{
	uint32_t *const to = easy->breaks;
	const uint32_t *const from = other->breaks;
	size_t n = easy->n_breaks, left = other->n_breaks, n_same = 0;
	for (size_t i = 0, k = 0; i < n && k < left;) {
		const uint32_t own = to[i], others = from[k];
		n_same += own == others;
		i += own <= others;
		k += others <= own;
	}
	size_t at = easy->n_breaks = n + left - n_same;
	while (left > 0) {
		const uint32_t last = from[left - 1];
		const bool is_own = n > 0 && to[n - 1] >= last, is_same = is_own && to[n - 1] == last;
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
	copy_breaks(easy, from);
	easy->leaves_out = from->leaves_out;
	easy->n_stretches = from->n_stretches;
	memcpy(easy->stretches, from->stretches, from->n_stretches * sizeof *easy->stretches);
	easy->next_turn = easy->next_break = 0;
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
	merge_breaks(easy, other);
	easy_tell_again(easy, len);
}

void easy_take_edits(struct easy *easy, const struct easy *other, uint32_t start, uint32_t end, uint32_t ahead)
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

/* The first break at a place or behind it. */
static size_t first_break(const struct easy *easy, uint32_t place)
{
	size_t low = 0, high = easy->n_breaks;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (easy->breaks[middle] < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool easy_has_same_ends(const struct easy *easy, const struct easy *other, uint32_t start, uint32_t end, uint32_t ahead)
{
	size_t i = first_break(easy, start), k = first_break(other, start - ahead);
	for (; i < easy->n_breaks && easy->breaks[i] < end; i++, k++)
		if (k == other->n_breaks || other->breaks[k] + ahead != easy->breaks[i])
			return false;
	return k == other->n_breaks || other->breaks[k] + ahead >= end;
}
