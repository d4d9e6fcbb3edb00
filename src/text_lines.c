#include "text_lines.h"

#include <string.h>

#include "entity/alone.h"
#include "entity/view.h"
#include "lang.h"

/* Whether a rule may have something to say of the full stop behind an atom that is a word. */
static bool may_take_full_stop(const struct text_lines_request *request, size_t atom)
{
	const uint32_t *const off = request->atoms->off;
	const char *const word = request->text + off[atom];
	const uint32_t len = off[atom + 1] - off[atom];
	if (request->atoms->script[atom] != UCD_SCRIPT_LATN)
		return false;
	if (len == 1 || (len <= UTF8_MAX && (unsigned char)*word >= 0x80))
		return true;
	/* words in another script than the language's are in none */
	const uint16_t lang = lang_script(request->lang) == UCD_SCRIPT_LATN ? request->lang
	                                                                   : (uint16_t)LANG_UND;
	return lists_may_be_abbreviation(request->filters, lang, word, len) &&
	       (lists_is_abbreviation(lang, word, len) || lists_needs_number(lang, word, len));
}

/* Of the words before a full stop, among 64 atoms, those that it may belong to. */
static uint64_t before_stops(const struct text_lines_request *request, size_t first, uint64_t before)
{
	uint64_t found = 0;
	for (; before != 0; before &= before - 1)
		if (may_take_full_stop(request, first + (size_t)__builtin_ctzll(before)))
			found |= before & (0 - before);
	return found;
}

static int reserve(struct text_lines *lines, const struct lafz_allocator *mem, size_t n)
{
	if (n <= lines->cap)
		return LAFZ_OK;
	uint64_t *const words = mem_alloc(mem, 2 * n * sizeof *words);
	if (!words)
		return LAFZ_ERR_MEMORY;
	mem_free(mem, lines->hard);
	lines->hard = words;
	lines->glued = words + n;
	lines->cap = n;
	return LAFZ_OK;
}

/* Of 64 atoms the line ends with white space before them. */
static inline uint64_t find_trailing(const struct atom_sets *sets, bool has_before, uint64_t within)
{
	const uint64_t white = ~(sets->content | sets->line_end);
	const uint64_t is_before = has_before ? ~(sets[-1].content | sets[-1].line_end) >> 63 : 0;
	return sets->line_end & (white << 1 | is_before) & within;
}

int text_lines_mark(struct text_lines *lines, const struct lafz_allocator *mem,
                    const struct text_lines_request *request)
{
	const struct atoms *const atoms = request->atoms;
	const struct view view = {request->text, atoms, 0, request->n_atoms};
	const size_t n_sets = (request->n_atoms + 63) / 64;
	if (reserve(lines, mem, n_sets + 1) < 0)
		return LAFZ_ERR_MEMORY;
	uint64_t is_behind = 0; /* whether no white space stands before the 64 atoms */
	for (size_t k = 0; k < n_sets; k++) {
		const size_t left = request->n_atoms - 64 * k;
		const uint64_t within = left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
		struct alone alone;
		alone_at(&view, k, within, request->has_smile, &alone);
		/* no rule looks at a mark that ends its line */
		const uint64_t ends = atoms->sets[k].line_end >> 1 | atoms->sets[k + 1].line_end << 63;
		const uint64_t asked = (alone.stops & ~ends) | alone.asked |
		                       (request->has_elision ? alone.contractions : 0);
		lines->hard[k] = (alone.content & ~alone.tokens & ~alone.behind) |
		                 (asked & alone.tokens) |
		                 before_stops(request, 64 * k, alone.before & alone.tokens);
		lines->glued[k] = (alone.tokens & (alone.content << 1 | is_behind)) |
		                  find_trailing(&atoms->sets[k], k > 0, within);
		is_behind = alone.content >> 63;
	}
	lines->hard[n_sets] = ~(uint64_t)0;
	lines->hard_at = lines->odd_at = lines->calm_at = 0;
	return LAFZ_OK;
}

/* The first byte from one on that belongs to a hard atom, no earlier than that atom. */
static uint32_t find_hard(const struct text_lines *lines, const struct text_lines_request *request, size_t atom)
{
	size_t k = atom / 64;
	uint64_t hard = lines->hard[k] & ~(uint64_t)0 << atom % 64;
	while (hard == 0)
		hard = lines->hard[++k];
	const size_t found = 64 * k + (size_t)__builtin_ctzll(hard);
	return found < request->n_atoms ? request->atoms->off[found] : request->len;
}

typedef uint8_t text_16 __attribute__((vector_size(16)));

static inline text_16 load(const char *s)
{
	text_16 bytes;
	memcpy(&bytes, s, sizeof bytes);
	return bytes;
}

static inline bool is_white(char c)
{
	return c == ' ' || c == '\n';
}

/* A control character, or a space behind white space, or a line end behind another one. */
static inline bool is_odd(char before, char c)
{
	return ((unsigned char)c < ' ' && c != '\n') || (c == ' ' && is_white(before)) ||
	       (c == '\n' && before == '\n');
}

/* The first such byte from one on; a line begins there. */
static uint32_t find_odd(const struct text_lines_request *request, uint32_t at)
{
	const char *const text = request->text;
	const uint32_t len = request->len;
	if (at == len || is_odd('\n', text[at]))
		return at;
	for (at++; len - at >= 16; at += 16) {
		const text_16 now = load(text + at), before = load(text + at - 1);
		const text_16 ends = (text_16)(now == '\n'), ends_before = (text_16)(before == '\n');
		const text_16 spaces = (text_16)(now == ' '), spaces_before = (text_16)(before == ' ');
		const text_16 odd = (spaces & (spaces_before | ends_before)) | (ends & ends_before) |
		                    ((text_16)(now < ' ') & ~ends);
		uint64_t halves[2];
		memcpy(halves, &odd, sizeof halves);
		if ((halves[0] | halves[1]) != 0)
			break;
	}
	while (at < len && !is_odd(text[at - 1], text[at]))
		at++;
	return at;
}

static uint32_t find_restless(const struct text_lines_request *request, uint32_t at)
{
	return at + (uint32_t)request->calm(request->table, request->sieve, request->text + at,
	                                    request->len - at, request->room - at);
}

uint32_t text_lines_stop(struct text_lines *lines, const struct text_lines_request *request, size_t atom,
                         uint32_t at)
{
	if (lines->hard_at <= at)
		lines->hard_at = find_hard(lines, request, atom);
	if (lines->odd_at <= at)
		lines->odd_at = find_odd(request, at);
	if (lines->calm_at <= at)
		lines->calm_at = find_restless(request, at);
	uint32_t stop = lines->hard_at < lines->odd_at ? lines->hard_at : lines->odd_at;
	return stop < lines->calm_at ? stop : lines->calm_at;
}

#define STEP 32 /* bytes that are copied at once, whether they are wanted or not */

/* Copies n bytes; end: up to where bytes may be read. There is room for two steps. */
static inline char *put(char *dst, const char *from, size_t n, const char *end)
{
	if (n <= 2 * STEP && (size_t)(end - from) >= 2 * STEP) {
		memcpy(dst, from, STEP);
		memcpy(dst + STEP, from + STEP, STEP);
	} else {
		memcpy(dst, from, n);
	}
	return dst + n;
}

int text_lines_copy(const struct text_lines *lines, const struct text_lines_request *request, size_t atom,
                    size_t end, struct buf *out, const struct lafz_allocator *mem)
{
	const uint32_t *const off = request->atoms->off;
	const char *const text = request->text, *const room = text + request->room;
	const size_t len = off[end] - off[atom];
	/* a space before each atom at most */
	if (buf_reserve(out, mem, len + (end - atom) + 2 * STEP) < 0)
		return LAFZ_ERR_MEMORY;
	char *dst = out->ptr + out->len;
	uint32_t from = off[atom];
	for (size_t k = atom / 64; 64 * k < end; k++) {
		uint64_t glued = lines->glued[k];
		if (64 * k < atom)
			glued &= ~(uint64_t)0 << atom % 64;
		if (end - 64 * k < 64)
			glued &= ((uint64_t)1 << end % 64) - 1;
		for (; glued != 0; glued &= glued - 1) {
			const uint32_t at = off[64 * k + (size_t)__builtin_ctzll(glued)];
			dst = put(dst, text + from, at - from, room);
			*dst = ' ';
			dst += text[at] == '\n' ? -1 : 1;
			from = at;
		}
	}
	dst = put(dst, text + from, off[end] - from, room);
	out->len = (size_t)(dst - out->ptr);
	return LAFZ_OK;
}

void text_lines_free(struct text_lines *lines, const struct lafz_allocator *mem)
{
	mem_free(mem, lines->hard);
	*lines = (struct text_lines){0};
}
