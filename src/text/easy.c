#include "text/easy.h"

#include <string.h>

#include "base/bits.h"
#include "scan/wide_choice.h"
#include "text/easy_again.h"
#include "text/easy_arabic.h"
#include "text/easy_at.h"
#include "text/easy_inside.h"
#include "text/easy_shares.h"
#include "text/easy_words.h"
#include "text/turn.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"
#include "word/lists.h"

const struct easy_kernel *easy_kernel_find(const char *kernel)
{
#ifdef LAFZ_KERNEL_AVX2
	static const struct easy_kernel avx2 = {easy_find_avx2, easy_leave_plain, easy_tell_bmi2, easy_list_bmi2, easy_copy_plain,
	                                        easy_make_avx2, easy_words_avx2};
#ifdef LAFZ_KERNEL_AVX512
	static const struct easy_kernel avx512 = {easy_find_avx512, easy_leave_avx512, easy_tell_bmi2, easy_list_bmi2,
	                                          easy_copy_avx512, easy_make_avx512, easy_words_avx512};
	if (strcmp(kernel, "avx512") == 0)
		return &avx512;
#endif
	if (wide_choice_has_avx2(kernel))
		return &avx2;
#endif
	(void)kernel;
	return NULL;
}

/* ---- Lines ---- */

static void free_bits(struct easy *easy, const struct lafz_allocator *mem)
{
	mem_free(mem, easy->bits);
	mem_free(mem, easy->stretches);
	mem_free(mem, easy->places);
	mem_free(mem, easy->changes);
	mem_free(mem, easy->mended);
	easy->bits = NULL;
	easy->stretches = NULL;
	easy->places = NULL;
	easy->changes = NULL;
	easy->mended = NULL;
	easy->cap = 0;
}

int easy_reserve(struct easy *easy, const struct lafz_allocator *mem, uint32_t len)
{
	if (len <= easy->cap)
		return LAFZ_OK;
	const uint32_t cap = len / 2 < easy->cap && easy->cap <= UINT32_MAX / 2 ? 2 * easy->cap : len;
	free_bits(easy, mem);
	/* one more, which copying reads */
	easy->bits = mem_alloc(mem, (easy_blocks(cap) + 1) * sizeof *easy->bits);
	easy->stretches = mem_alloc(mem, easy_stretches(cap) * sizeof *easy->stretches);
	easy->places = mem_alloc(mem, easy_places(cap) * sizeof *easy->places);
	easy->changes = mem_alloc(mem, easy_places(cap) * sizeof *easy->changes);
	easy->mended = mem_alloc(mem, easy_places(cap) * sizeof *easy->mended);
	if (!easy->bits || !easy->stretches || !easy->places || !easy->changes || !easy->mended) {
		free_bits(easy, mem);
		return LAFZ_ERR_MEMORY;
	}
	easy->cap = cap;
	return LAFZ_OK;
}

/* Whether there is an apostrophe: U+2019 alone begins with E2 in a word. */
static bool has_apostrophe(const char *word, uint32_t len)
{
	return memchr(word, '\'', len) || memchr(word, 0xE2, len);
}

bool easy_is_taken(const struct easy *easy, const char *word, uint32_t len)
{
	const uint16_t lang = easy->sieve->lang;
	return lists_may_take_full_stop(easy->filter, word, len) && !has_apostrophe(word, len) &&
	       (lists_is_letter(word, len) || lists_is_abbreviation(lang, word, len) || lists_needs_number(lang, word, len));
}

/* Whether a full stop at a place may belong to the word before it. Not to one with an apostrophe inside, but by elision. */
static inline bool may_be_taken(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t len = easy_second_before(easy, at);
	const char *const word = text + at - len;
	return len > 0 && lists_may_take_full_stop(easy->filter, word, len) && !has_apostrophe(word, len) &&
	       !easy_is_joined(easy, text, at - len);
}

/* The same where no number follows, asked of the lists. In English alone, which has no ordinals. */
static bool is_taken_at_end(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t len = easy_word_before(easy, at);
	const char *const word = text + at - len;
	const bool is_pronoun = len == 1 && *word == 'I' && at > 1 && word[-1] == ' ';
	return may_be_taken(easy, text, at) && !is_pronoun &&
	       (lists_is_letter(word, len) || lists_is_abbreviation(easy->sieve->lang, word, len));
}

/* Whether the hyphen at a place may join the word before it to the one behind. */
static inline bool may_join(const struct easy *easy, const char *text, uint32_t at)
{
	const struct easy_sieve *const sieve = easy->sieve;
	const uint32_t len = easy_word_before(easy, at);
	const char *const word = text + at - len;
	return len < 8 && sieve->prefixes[(unsigned char)*word & 31] >> len & 1 && lists_is_prefix(sieve->lang, word, len);
}

/* Whether a sentence goes on behind a word and the full stop at a place, whatever stands behind. St. may be a street. */
static inline bool is_title(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t len = easy_word_before(easy, at);
	const char *const word = text + at - len;
	/* most by far */
	if ((len == 2 && memcmp(word, "Mr", 2) == 0) || (len == 3 && memcmp(word, "Mrs", 3) == 0))
		return true;
	return len > 0 && lists_passes_filter(easy->filter, word, len) && lists_is_abbreviation(easy->sieve->lang, word, len) &&
	       lists_is_title(word, len + 1) && memcmp(word, "St", 2) != 0;
}

size_t easy_leave_plain(const char *text, const struct easy_sieve *sieve, uint32_t *places, size_t n)
{
	uint32_t *out = places;
	for (size_t i = 0; i < n; i++) {
		const uint32_t at = places[i];
		*out = at;
		const bool is_inner = sieve->has_more ? text[at] == '-' || text[at] == '.' : (unsigned char)text[at] > ' ';
		out += is_inner || !easy_is_free_by_tail(sieve, text, at - 1);
	}
	return (size_t)(out - places);
}

/* Hyphens that may join words are bad, full stops that may belong to words, and those in the middle of lines, but of titles. */
static void look_at_stops(struct easy *easy, const char *text, uint32_t len, size_t n)
{
	if (!easy->sieve->has_more) {
		for (size_t i = 0; i < n; i++) {
			const uint32_t at = easy->places[i], stop = at - 1;
			if ((unsigned char)text[at] > ' ')
				easy_look_inside(easy, text, at, len);
			else
				easy->bits[stop / 64].bad |= (uint64_t)may_be_taken(easy, text, stop) << stop % 64;
		}
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const uint32_t at = easy->places[i];
		const bool is_bad = text[at] == '-'   ? may_join(easy, text, at)
		                    : text[at] == '.' ? easy_is_free_by_tail(easy->sieve, text, at) || !is_title(easy, text, at)
		                                      : is_taken_at_end(easy, text, at - 1);
		easy->bits[at / 64].bad |= (uint64_t)is_bad << at % 64;
	}
}

int easy_find(struct easy *easy, const struct lafz_allocator *mem, const char *text, uint32_t len)
{
	if (easy_reserve(easy, mem, len) < 0)
		return LAFZ_ERR_MEMORY;
	easy->n_changes = 0;
	size_t n = easy->kernel->find(text, len, easy->sieve, easy->bits, easy->places, &easy->leaves_out);
	if (easy->sieve->is_latin) {
		n = easy->kernel->leave(text, easy->sieve, easy->places, n);
		look_at_stops(easy, text, len, n);
	}
	easy_look_at_places(easy, text, len, easy->sieve->is_latin ? 0 : n);
	easy->n_shares = 0;
	if (!easy->is_for_tokens)
		easy_look_again(easy, text, len);
	else if (easy_find_shares(easy, mem, text, len) < 0)
		return LAFZ_ERR_MEMORY;
	easy->n_stretches = easy->kernel->tell(easy->bits, len, easy->stretches);
	easy->next_turn = easy->next_change = 0;
	return LAFZ_OK;
}

int easy_find_words(struct easy *easy, const struct lafz_allocator *mem, const struct easy_words_sieve *sieve, const char *text, uint32_t len)
{
	if (easy_reserve(easy, mem, len) < 0)
		return LAFZ_ERR_MEMORY;
	easy->kernel->words(text, len, sieve, easy->bits);
	easy->leaves_out = false;
	easy->places[0] = UINT32_MAX;
	easy->n_shares = easy->n_changes = easy->next_turn = easy->next_change = 0;
	easy_tell_again(easy, len);
	return LAFZ_OK;
}

void easy_tell_again(struct easy *easy, uint32_t len)
{
	easy->n_stretches = easy->kernel->tell(easy->bits, len, easy->stretches);
}

/* ---- Tokens ---- */

void easy_ask_case(const struct easy_making *now, size_t word)
{
	const uint32_t end = now->tokens->end[word];
	unsigned flags = 0;
	for (uint32_t at = now->tokens->start[word]; at < end;) {
		const struct utf8 c = utf8_decode(now->text + at, end - at);
		flags |= ucd_get(c.cp)->atom_flags;
		at += c.len;
	}
	if ((flags & (ATOM_UPPER | ATOM_LOWER)) == ATOM_UPPER)
		now->tokens->flags[word] |= LAFZ_FLAG_UPPER;
	else
		now->tokens->flags[word] &= (uint16_t)~LAFZ_FLAG_UPPER;
}

/* ---- Copying ---- */

#define STEP 32 /* bytes that are copied at once */

/* Copies a stretch in which no mark stands but at its end; some of what is behind it is written, too, and written over by what is next. */
static inline void copy_stretch(struct easy_copying *now, uint32_t from, uint32_t to)
{
	char *const dst = now->dst;
	const uint32_t len = to - from;
	uint32_t n = 0;
	for (; n < len && now->end - from - n >= STEP; n += STEP)
		memcpy(dst + n, now->text + from + n, STEP);
	if (n < len)
		memcpy(dst + n, now->text + from + n, len - n);
	for (; *now->turn < to; now->turn++)
		text_turn(dst + (*now->turn - from));
	now->dst += len;
}

void easy_copy_plain(struct easy_copying *now, uint32_t from, uint32_t to)
{
	for (size_t k = from / 64; 64 * k < to; k++) {
		uint64_t left = now->bits[k].edits & bits_between(k, from, to);
		for (; left != 0; left &= left - 1) {
			const uint32_t at = (uint32_t)(64 * k) + (uint32_t)__builtin_ctzll(left);
			const bool is_left_out = (unsigned char)now->text[at] <= ' ';
			copy_stretch(now, from, at);
			*now->dst = ' ';
			now->dst += !is_left_out;
			from = at + is_left_out;
		}
	}
	copy_stretch(now, from, to);
}

/* Writes what some bytes become; a letter with a space before it if one belongs there. */
static inline void put_change(struct easy_copying *now, const struct batch_change *change)
{
	*now->dst = ' ';
	now->dst += (unsigned char)change->to[0] > ' ' && (now->bits[change->at / 64].edits >> change->at % 64 & 1);
	memcpy(now->dst, change->to, sizeof change->to);
	now->dst += change->n_to;
}

int easy_copy(struct easy *easy, const struct lafz_allocator *mem, const char *text, uint32_t from, uint32_t to,
              struct buf *out)
{
	/* a space before each byte at most */
	const size_t len = to - from;
	if (buf_reserve(out, mem, 2 * len + EASY_ROOM) < 0)
		return LAFZ_ERR_MEMORY;
	struct easy_copying now = {text, easy->bits, easy->places + easy->next_turn, out->ptr + out->len, to, easy->leaves_out};
	while (*now.turn < from)
		now.turn++;
	for (; easy->next_change < easy->n_changes && easy->changes[easy->next_change].at < to; easy->next_change++) {
		const struct batch_change *const change = &easy->changes[easy->next_change];
		if (change->at < from)
			continue;
		easy->kernel->copy(&now, from, change->at);
		put_change(&now, change);
		from = change->at + change->n_from;
	}
	easy->kernel->copy(&now, from, to);
	out->len = (size_t)(now.dst - out->ptr);
	easy->next_turn = (size_t)(now.turn - easy->places);
	return LAFZ_OK;
}

void easy_free(struct easy *easy, const struct lafz_allocator *mem)
{
	free_bits(easy, mem);
	mem_free(mem, easy->shares);
	easy->shares = NULL;
	easy->n_shares = easy->shares_cap = 0;
}
