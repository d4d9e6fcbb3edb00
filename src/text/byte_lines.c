#include "text/byte_lines.h"

#include <string.h>

#include "base/bits.h"

/* Room for all bits of a text, and for its lines. */
static int reserve(struct byte_lines *lines, const struct lafz_allocator *mem, uint32_t len)
{
	struct easy_words *const words = &lines->words;
	/* one more, which the end of the text may belong to */
	const size_t n = easy_blocks(len) + 1;
	if (mem_reserve(mem, &words->begins, &lines->sets_cap, 5 * n, sizeof *words->begins) < 0 ||
	    mem_reserve(mem, &words->lines, &lines->lines_cap, len + (size_t)2, sizeof *words->lines) < 0)
		return LAFZ_ERR_MEMORY;
	words->ends = words->begins + n;
	lines->tokens = words->begins + 2 * n;
	lines->breaks = words->begins + 3 * n;
	lines->stops = words->begins + 4 * n;
	lines->n = 0;
	words->begins[n - 1] = words->ends[n - 1] = 0;
	memset(lines->tokens, 0, 3 * n * sizeof *lines->tokens);
	return LAFZ_OK;
}

/* Room for so many lines, and two more. */
static int reserve_lines(struct byte_lines *lines, const struct lafz_allocator *mem, size_t n)
{
	return mem_reserve(mem, &lines->starts, &lines->starts_cap, n + 2, sizeof *lines->starts) < 0 ||
	                       mem_reserve(mem, &lines->kinds, &lines->kinds_cap, n + 2, sizeof *lines->kinds) < 0
	               ? LAFZ_ERR_MEMORY
	               : LAFZ_OK;
}

static inline void add_line(struct byte_lines *lines, uint32_t start, uint8_t kind)
{
	lines->starts[lines->n] = start;
	lines->kinds[lines->n++] = kind;
}

/* ---- Easy lines ---- */

/* Whether a letter of easy lines begins with a byte, or a sign of their script: what stands before the first of a line does not. */
static inline bool begins_letter(unsigned char c)
{
	return (c | 0x20u) - 'a' < 26 || (c >= 0xC3 && c != 0xE2);
}

/* Of which script an easy line is: that of its first letter. In a look for words (text/easy_words.h) one may be empty. */
static inline uint8_t easy_kind(const char *text, uint32_t start, uint32_t end)
{
	if (text[start] == '\n')
		return RUN_BYTES_EASY_BLANK;
	while (start + 1 < end && !begins_letter((unsigned char)text[start]))
		start++;
	return easy_is_arabic(text[start]) ? RUN_BYTES_EASY_ARAB : RUN_BYTES_EASY_LATN;
}

/* Those from one byte to another; *lf is not behind the first one's. */
static void add_easy(struct byte_lines *lines, const char *text, const uint32_t **lf, uint32_t start, uint32_t end)
{
	const uint32_t *at = *lf;
	while (start < end && *at < start)
		at++;
	for (; start < end; start = *at++ + 1)
		add_line(lines, start, easy_kind(text, start, end));
	*lf = at;
}

/* ---- Lines of the rest ---- */

static inline void set(uint64_t *bits, uint32_t at)
{
	bits[at / 64] |= (uint64_t)1 << at % 64;
}

static void clear_words(struct byte_lines *lines, uint32_t start, uint32_t end)
{
	for (size_t k = start / 64; 64 * k < end; k++) {
		const uint64_t own = bits_between(k, start, end);
		lines->words.begins[k] &= ~own;
		lines->words.ends[k] &= ~own;
	}
}

/* Of some atoms, in the bytes of the region, which are so many behind those of the rest. */
static void set_atoms(struct byte_lines *lines, const struct run_atoms *atoms, size_t k, uint64_t own, uint32_t ahead)
{
	const struct run_atom_sets *const sets = &atoms->sets[k];
	const uint32_t *const off = atoms->atoms->off + 64 * k;
	const uint64_t words = (sets->words[RUN_ARAB] | sets->words[RUN_LATN]) & own;
	for (uint64_t left = words; left != 0; left &= left - 1) {
		const unsigned i = (unsigned)__builtin_ctzll(left);
		const uint32_t end = sets->longs >> i & 1 ? atoms->ends[64 * k + i] : off[i + (sets->threes >> i & 1 ? 3 : 1)];
		set(lines->words.begins, off[i] + ahead);
		set(lines->words.ends, end + ahead);
	}
	for (uint64_t left = sets->tokens & own & ~words; left != 0; left &= left - 1) {
		const unsigned i = (unsigned)__builtin_ctzll(left);
		set(lines->tokens, off[i] + ahead);
		if (sets->breaks >> i & 1)
			set(lines->breaks, off[i] + ahead);
		if (sets->stops >> i & 1)
			set(lines->stops, off[i] + ahead);
	}
}

/* What a line of the rest is; its bits are set, unless it asks. */
static uint8_t add_atoms(struct byte_lines *lines, const struct run_atoms *atoms, const struct segment *segment, uint32_t ahead)
{
	uint64_t scripts[RUN_SCRIPTS] = {0}, others = 0;
	const size_t first = segment->atom_first, end = segment->atom_end;
	clear_words(lines, segment->start + ahead, segment->end + ahead);
	if (segment->is_blank)
		return RUN_BYTES_BLANK;
	for (size_t k = first / 64; 64 * k < end; k++) {
		const uint64_t own = bits_between(k, first, end);
		for (size_t s = 0; s < RUN_SCRIPTS; s++)
			scripts[s] |= atoms->sets[k].words[s] & own;
		others |= atoms->sets[k].others & own;
	}
	if (others != 0 || (scripts[RUN_ARAB] != 0) == (scripts[RUN_LATN] != 0))
		return RUN_BYTES_ASKS;
	for (size_t k = first / 64; 64 * k < end; k++)
		set_atoms(lines, atoms, k, bits_between(k, first, end), ahead);
	return scripts[RUN_ARAB] != 0 ? RUN_BYTES_ARAB : RUN_BYTES_LATN;
}

/*
 * The lines of the rest from segment s on that lie before a byte of the region, with which it is so many bytes ahead. Returns
 * the next segment.
 */
static size_t add_rest(struct byte_lines *lines, const struct segments *segments, const struct run_atoms *atoms, size_t s,
                       uint32_t ahead, uint32_t end)
{
	for (; s < segments->n && segments->ptr[s].start + ahead < end; s++) {
		struct segment *const segment = &segments->ptr[s];
		segment->doc_start += ahead;
		add_line(lines, segment->start + ahead, add_atoms(lines, atoms, segment, ahead));
	}
	return s;
}

int byte_lines_make(struct byte_lines *lines, const struct lafz_allocator *mem, const struct rest *rest,
                    const struct segments *segments, const struct run_atoms *atoms)
{
	const struct easy *const easy = rest->easy;
	if (reserve(lines, mem, rest->source_len) < 0)
		return LAFZ_ERR_MEMORY;
	const size_t n_lines = easy->kernel->list(easy->bits, rest->source_len, &lines->words);
	if (reserve_lines(lines, mem, n_lines + segments->n) < 0)
		return LAFZ_ERR_MEMORY;
	const uint32_t *lf = lines->words.lines;
	uint32_t start = 0, ahead = 0;
	size_t s = 0;
	for (size_t i = 0; i < easy->n_stretches; i++) {
		const uint32_t end = easy->stretches[i].end;
		if (easy->stretches[i].is_easy) {
			add_easy(lines, rest->source, &lf, start, end);
			ahead += end - start;
		} else {
			s = add_rest(lines, segments, atoms, s, ahead, end);
		}
		start = end;
	}
	lines->starts[lines->n] = rest->source_len;
	return LAFZ_OK;
}

void byte_lines_free(struct byte_lines *lines, const struct lafz_allocator *mem)
{
	mem_free(mem, lines->words.begins);
	mem_free(mem, lines->words.lines);
	mem_free(mem, lines->starts);
	mem_free(mem, lines->kinds);
	*lines = (struct byte_lines){0};
}
