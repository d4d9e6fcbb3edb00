#include "text/lines.h"

#include <string.h>

#include "base/bits.h"
#include "lang.h"
#include "text/chunks.h"
#include "text/marks.h"
#include "text/turn.h"
#include "unicode/ucd.h"

static int reserve(struct text_lines *lines, const struct lafz_allocator *mem, size_t n)
{
	if (n <= lines->cap)
		return LAFZ_OK;
	uint64_t *const words = mem_alloc(mem, 5 * n * sizeof *words);
	if (!words)
		return LAFZ_ERR_MEMORY;
	mem_free(mem, lines->hard);
	lines->hard = words;
	lines->glued = words + n;
	lines->ends = (struct text_ends){
		.hard = words,
		.glued = words + n,
		.asked = words + 2 * n,
		.breaks = words + 3 * n,
		.odd = words + 4 * n,
	};
	lines->cap = n;
	return LAFZ_OK;
}

int text_lines_begin(struct text_lines *lines, const struct lafz_allocator *mem, size_t n_atoms)
{
	const size_t n_sets = n_atoms / 64 + 1;
	if (reserve(lines, mem, n_sets) < 0)
		return LAFZ_ERR_MEMORY;
	memset(lines->hard, 0xFF, n_sets * sizeof *lines->hard);
	memset(lines->glued, 0, n_sets * sizeof *lines->glued);
	memset(lines->ends.asked, 0, n_sets * sizeof *lines->ends.asked);
	memset(lines->ends.breaks, 0, n_sets * sizeof *lines->ends.breaks);
	memset(lines->ends.odd, 0, n_sets * sizeof *lines->ends.odd);
	lines->ends.line = lines->ends.begin = 0;
	lines->hard_at = lines->odd_at = lines->calm_at = 0;
	lines->n_turns = lines->n_changes = lines->changed.len = lines->n_chunks = 0;
	return LAFZ_OK;
}

/* ---- What is told of all lines at once ---- */

/* Notes which marks change places with the ones before them. */
static int find_turns(struct text_lines *lines, const struct lafz_allocator *mem, const struct sift_text *text)
{
	const uint64_t *const pairs = lines->bits.pairs;
	const size_t n_words = sift_words(text->len);
	size_t most = lines->n_turns;
	for (size_t k = 0; k < n_words; k++)
		most += bits_count(pairs[k]);
	if (mem_reserve(mem, &lines->turns, &lines->turns_cap, most + 1, sizeof *lines->turns) < 0)
		return LAFZ_ERR_MEMORY;
	uint32_t *out = lines->turns + lines->n_turns;
	for (size_t k = 0; k < n_words; k++) {
		for (uint64_t left = pairs[k]; left != 0; left &= left - 1) {
			const uint32_t at = (uint32_t)(64 * k) + (uint32_t)__builtin_ctzll(left);
			*out = lines->sifted + at;
			out += calm_is_turned(text->text, at);
		}
	}
	lines->n_turns = (size_t)(out - lines->turns);
	return LAFZ_OK;
}

/* Looks at all bytes from one on. */
static int sift(struct text_lines *lines, const struct lafz_allocator *mem, const struct text_lines_request *request,
                uint32_t from)
{
	const struct sift_text text = {request->text + from, request->len - from, request->table, request->sieve};
	const size_t n = sift_words(text.len);
	if (mem_reserve(mem, &lines->bits.odd, &lines->bits_cap, 3 * n, sizeof *lines->bits.odd) < 0)
		return LAFZ_ERR_MEMORY;
	lines->bits.restless = lines->bits.odd + n;
	lines->bits.pairs = lines->bits.restless + n;
	lines->sifted = from;
	request->sift(&text, &lines->bits);
	return find_turns(lines, mem, &text);
}

/* Puts in what was found of those among the k-th 64 atoms that are asked for. */
static inline void set_marks(struct text_lines *lines, const struct text_lines_request *request, size_t atom, size_t k,
                             const struct text_marks *marks)
{
	const uint64_t own = bits_between(k, atom, request->n_atoms);
	lines->hard[k] = (lines->hard[k] & ~own) | (marks->hard & own);
	lines->glued[k] = (lines->glued[k] & ~own) | (marks->glued & own);
	lines->ends.asked[k] = (lines->ends.asked[k] & ~own) | (marks->ends & own);
}

int text_lines_mark(struct text_lines *lines, const struct lafz_allocator *mem,
                    const struct text_lines_request *request, size_t atom)
{
	if (sift(lines, mem, request, request->atoms->off[atom]) < 0)
		return LAFZ_ERR_MEMORY;
	struct text_marking now = text_marking_begin(request);
	struct text_marks low = {0};
	for (size_t k = atom / 64; 64 * k < request->n_atoms; k++) {
		struct text_marks marks = text_marks_at(&now, request, k);
		if (k > atom / 64 && text_marks_may_cross(request->atoms, k, low.hard, marks.hard)) {
			text_marks_across(&now, request, k, &low, &marks);
			set_marks(lines, request, atom, k - 1, &low);
		}
		set_marks(lines, request, atom, k, &marks);
		low = marks;
	}
	text_chunks_settle(lines, request, atom);
	return LAFZ_OK;
}

/* The first atom from one on that is hard, or that rules of sentences are asked about. */
static inline size_t find_asked(const struct text_lines *lines, size_t atom)
{
	size_t k = atom / 64;
	uint64_t found = (lines->hard[k] | lines->ends.asked[k]) & ~(uint64_t)0 << atom % 64;
	while (found == 0) {
		k++;
		found = lines->hard[k] | lines->ends.asked[k];
	}
	return 64 * k + (size_t)__builtin_ctzll(found);
}

/* The first byte from one on that belongs to a hard atom, no earlier than that atom, or to one that rules of sentences do not know. */
static uint32_t find_hard(struct text_lines *lines, const struct text_lines_request *request, size_t atom)
{
	size_t found = find_asked(lines, atom);
	while (!bits_has(lines->hard, found) && text_ends_ask(&lines->ends, request, found))
		found = find_asked(lines, found);
	return found < request->n_atoms ? request->atoms->off[found] : request->len;
}

/* The first byte from one on that has a bit. */
static inline uint32_t next_of(const struct text_lines *lines, const uint64_t *bits, uint32_t at)
{
	return lines->sifted + sift_next(bits, at - lines->sifted);
}

/* The first byte from one on that norm may change, but for marks that change places. */
static uint32_t find_restless(const struct text_lines *lines, const struct text_lines_request *request, uint32_t at)
{
	at = next_of(lines, lines->bits.restless, at);
	while (at < request->len) {
		const size_t n = calm_char(request->table, request->text, at, request->len, NULL);
		if (n == 0)
			break;
		at = next_of(lines, lines->bits.restless, at + (uint32_t)n);
	}
	return at;
}

size_t text_lines_atom(const struct text_lines_request *request, size_t low, uint32_t at)
{
	const uint32_t *const off = request->atoms->off;
	size_t step = 8, high = low + step;
	for (; high < request->n_atoms && off[high] <= at; high += step) {
		low = high;
		step *= 2;
	}
	high = high < request->n_atoms ? high : request->n_atoms;
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		if (off[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static inline bool has_line_end(const struct atoms *atoms, size_t i)
{
	return atoms->sets[i / 64].line_end >> i % 64 & 1;
}

static inline bool has_content(const struct atoms *atoms, size_t i)
{
	return atoms->sets[i / 64].content >> i % 64 & 1;
}

/* Whether an atom is a token of letters, if it is in a plain line: no token goes on across its borders. */
static bool is_word(const struct text_lines *lines, const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	const uint64_t *const glued = lines->glued;
	const size_t next = atom + 1;
	if (!(atoms->sets[atom / 64].word >> atom % 64 & 1) || next == request->n_atoms)
		return false;
	const bool is_begun = atom == 0 || !(atoms->sets[(atom - 1) / 64].content >> (atom - 1) % 64 & 1);
	const bool is_ended = !(atoms->sets[next / 64].content >> next % 64 & 1);
	return (is_begun || bits_has(glued, atom)) && (is_ended || bits_has(glued, next));
}

/* Notes that an atom becomes what lines->changed has from a place on. 1 or LAFZ_ERR_MEMORY. */
static int add_change(struct text_lines *lines, const struct lafz_allocator *mem,
                      const struct text_lines_request *request, size_t atom, size_t off)
{
	const uint32_t *const at = request->atoms->off + atom;
	if (mem_reserve(mem, &lines->changes, &lines->changes_cap, lines->n_changes + 1,
	                sizeof *lines->changes) < 0)
		return LAFZ_ERR_MEMORY;
	lines->changes[lines->n_changes++] = (struct text_change){at[0], at[1], off, lines->changed.len - off};
	return 1;
}

/* The same for what is no word: guillemets stay, one other space between two tokens becomes the usual one. */
static int note_other(struct text_lines *lines, const struct lafz_allocator *mem,
                      const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	const uint32_t start = atoms->off[atom], end = atoms->off[atom + 1];
	const size_t off = lines->changed.len;
	if (atoms->sets[atom / 64].curly >> atom % 64 & 1)
		return 1;
	if (!text_lines_is_space(request->text + start, end - start) || atom == 0 || atom + 1 == request->n_atoms ||
	    !has_content(atoms, atom - 1) || !has_content(atoms, atom + 1))
		return 0;
	return buf_append(&lines->changed, mem, " ", 1) < 0 ? LAFZ_ERR_MEMORY
	                                                   : add_change(lines, mem, request, atom, off);
}

/* The norm of a word is noted if it differs. 1, or 0 if this is no word that is known to be one; or LAFZ_ERR_MEMORY. */
static int note_change(struct text_lines *lines, const struct lafz_allocator *mem,
                       const struct text_lines_request *request, size_t atom)
{
	const uint32_t start = request->atoms->off[atom], end = request->atoms->off[atom + 1];
	const uint8_t script = request->atoms->script[atom];
	const struct norm_request word = {
		.profile = LAFZ_PROFILE_STANDARD,
		.lang = script == lang_script(request->lang) ? request->lang : (uint16_t)LANG_UND,
		.kind = LAFZ_KIND_WORD,
		.script = script,
	};
	const size_t off = lines->changed.len;
	if (!is_word(lines, request, atom))
		return note_other(lines, mem, request, atom);
	const int rc = norm_token(request->norm, mem, &word, request->text + start, end - start, &lines->changed, NULL);
	if (rc <= 0)
		return rc < 0 ? rc : 1;
	return add_change(lines, mem, request, atom, off);
}

/* ---- Spaces ---- */

bool text_lines_is_space(const char *s, size_t len)
{
	return (len == 2 && memcmp(s, "\xC2\xA0", 2) == 0) || (len == 3 && memcmp(s, "\xE2\x80\xAF", 3) == 0);
}

/* Notes that an odd space, no earlier than an atom, is dropped, if it is the one before a line or the second of two between tokens. */
static bool drop_space(struct text_lines *lines, const struct text_lines_request *request, size_t atom, uint32_t at)
{
	const struct atoms *const atoms = request->atoms;
	const size_t space = text_lines_atom(request, atom, at), next = space + 1;
	const uint32_t start = atoms->off[space], len = atoms->off[next] - start;
	if (next >= request->n_atoms || !has_content(atoms, next) || at + 1 != atoms->off[next])
		return false;
	const bool is_begin = space == 0 || has_line_end(atoms, space - 1);
	const bool is_second = len == 2 && request->text[start] == ' ' && !is_begin;
	if (!is_second && !(is_begin && len == 1))
		return false;
	lines->glued[next / 64] |= (uint64_t)1 << next % 64;
	return true;
}

/* The first odd byte from one on, no earlier than an atom, that is no space that is dropped. */
static uint32_t find_odd(struct text_lines *lines, const struct text_lines_request *request, size_t atom, uint32_t at)
{
	uint32_t odd = next_of(lines, lines->bits.odd, at);
	while (odd < request->len && request->text[odd] == ' ' && drop_space(lines, request, atom, odd))
		odd = next_of(lines, lines->bits.odd, odd + 1);
	return odd;
}

int text_lines_stop(struct text_lines *lines, const struct lafz_allocator *mem,
                    const struct text_lines_request *request, size_t atom, uint32_t at, uint32_t *stop)
{
	if (lines->hard_at <= at)
		lines->hard_at = find_hard(lines, request, atom);
	if (lines->odd_at <= at)
		lines->odd_at = find_odd(lines, request, atom, at);
	/* the line end before it may be one of several bytes, which sift does not know */
	const char first = request->text[at];
	if ((unsigned char)first <= ' ' && sift_is_odd_at(request->text, request->len, at, '\n') &&
	    !(first == ' ' && drop_space(lines, request, atom, at)))
		lines->odd_at = at;
	const uint32_t other = lines->hard_at < lines->odd_at ? lines->hard_at : lines->odd_at;
	int rc = LAFZ_OK;
	if (lines->calm_at <= at)
		lines->calm_at = find_restless(lines, request, at);
	size_t word = atom;
	while (rc == LAFZ_OK && lines->calm_at < other) {
		word = text_lines_atom(request, word, lines->calm_at);
		rc = note_change(lines, mem, request, word);
		if (rc <= 0)
			break;
		rc = LAFZ_OK;
		lines->calm_at = find_restless(lines, request, request->atoms->off[word + 1]);
	}
	*stop = other < lines->calm_at ? other : lines->calm_at;
	return rc;
}

#define STEP 32 /* bytes that are copied at once, whether they are wanted or not */

/* Copies n bytes; end: up to where bytes may be read. There is room for four steps. */
static inline char *put(char *dst, const char *from, size_t n, const char *end)
{
	if (n > 4 * STEP || (size_t)(end - from) < 4 * STEP) {
		memcpy(dst, from, n);
		return dst + n;
	}
	memcpy(dst, from, STEP);
	memcpy(dst + STEP, from + STEP, STEP);
	if (n > 2 * STEP) {
		memcpy(dst + 2 * STEP, from + 2 * STEP, STEP);
		memcpy(dst + 3 * STEP, from + 3 * STEP, STEP);
	}
	return dst + n;
}

/* Where copying stands. Behind the last entry of both lists is one behind the text. */
struct copying {
	char *dst;
	uint32_t from; /* bytes of the text before it are done */
	const uint32_t *turn;
	const struct text_change *change;
};

/* Copies the text up to a place; nothing changes there but marks that change places. */
static inline void copy_calm(struct copying *now, const struct text_lines_request *request, uint32_t at)
{
	char *const dst = now->dst;
	now->dst = put(dst, request->text + now->from, at - now->from, request->text + request->room);
	for (; *now->turn < at; now->turn++)
		text_turn(dst + (*now->turn - now->from));
	now->from = at;
}

/* Copies the text up to a place between two atoms. */
static inline void copy_to(struct copying *now, const struct text_lines *lines,
                           const struct text_lines_request *request, uint32_t at)
{
	for (; now->change->start < at; now->change++) {
		const struct text_change *const change = now->change;
		copy_calm(now, request, change->start);
		memcpy(now->dst, lines->changed.ptr + change->off, change->len);
		now->dst += change->len;
		now->from = change->end;
		while (*now->turn < now->from)
			now->turn++; /* the norm has them */
	}
	copy_calm(now, request, at);
}

int text_lines_copy(const struct text_lines *lines, const struct lafz_allocator *mem,
                    const struct text_lines_request *request, size_t atom, size_t end,
                    struct text_next *next, struct buf *out)
{
	const uint32_t *const off = request->atoms->off;
	const size_t len = off[end] - off[atom];
	/* a space before each atom at most */
	if (buf_reserve(out, mem, len + (end - atom) + lines->changed.len + 4 * STEP) < 0)
		return LAFZ_ERR_MEMORY;
	struct copying now = {out->ptr + out->len, off[atom], lines->turns + next->turn,
	                      lines->changes + next->change};
	/* what is in other lines */
	while (*now.turn < now.from)
		now.turn++;
	while (now.change->start < now.from)
		now.change++;
	/* where a sentence begins inside a line the one before it ends */
	const size_t behind = has_line_end(request->atoms, end - 1) ? end : end + 1;
	for (size_t k = atom / 64; 64 * k < behind; k++) {
		const uint64_t breaks = lines->ends.breaks[k];
		const uint64_t glued = lines->glued[k];
		uint64_t left = glued | breaks;
		if (64 * k <= atom) /* nothing is in front of the first one */
			left &= ~bits_below(atom % 64 + 1);
		left &= bits_below(behind - 64 * k);
		for (; left != 0; left &= left - 1) {
			const uint32_t at = off[64 * k + (size_t)__builtin_ctzll(left)];
			copy_to(&now, lines, request, at);
			if (glued & left & (0 - left)) {
				*now.dst = ' ';
				/* or white space is dropped: where a line begins or ends, and one of two */
				now.dst += (unsigned char)request->text[at - 1] > ' ' ? 1 : -1;
			}
			if (breaks & left & (0 - left))
				now.dst[-1] = '\n'; /* instead of a space */
		}
	}
	copy_to(&now, lines, request, off[end]);
	out->len = (size_t)(now.dst - out->ptr);
	*next = (struct text_next){(size_t)(now.turn - lines->turns), (size_t)(now.change - lines->changes)};
	return LAFZ_OK;
}

int text_lines_end(struct text_lines *lines, const struct lafz_allocator *mem)
{
	if (mem_reserve(mem, &lines->turns, &lines->turns_cap, lines->n_turns + 1, sizeof *lines->turns) < 0 ||
	    mem_reserve(mem, &lines->changes, &lines->changes_cap, lines->n_changes + 1,
	                sizeof *lines->changes) < 0)
		return LAFZ_ERR_MEMORY;
	lines->turns[lines->n_turns] = UINT32_MAX;
	lines->changes[lines->n_changes] = (struct text_change){.start = UINT32_MAX};
	return LAFZ_OK;
}

void text_lines_free(struct text_lines *lines, const struct lafz_allocator *mem)
{
	mem_free(mem, lines->hard);
	mem_free(mem, lines->bits.odd);
	mem_free(mem, lines->turns);
	mem_free(mem, lines->changes);
	buf_free(&lines->changed, mem);
	*lines = (struct text_lines){0};
}
