/*
 * The loops of -f arrow for AVX-512. Texts of tokens side by side are not copied one by one: between them is mostly nothing or white space,
 * so 64 bytes are packed at once, without those up to the blank, and ends are sums of lengths, sixteen at a time. That each gap
 * holds nothing else is looked at; that no token holds such a byte is told by how many bytes are left.
 */
#include <assert.h>
#include <immintrin.h>

#include "cli/arrow_rows.h"

#define AT_ONCE 16
#define BLOCK 64
#define STRETCH 256 /* texts that are packed together, or none of them is */
#define GAP_MOST 4

static void put_stretches(struct arrow_room *room, const struct arrow_rows *rows, const struct arrow_texts *texts);
static void put_many_kinds(struct arrow_room *room, const struct writer *writer, const uint8_t *kinds, size_t n);
static void put_many_scripts(char *dst, const struct writer *writer, const uint8_t *scripts, size_t n);

#define ARROW_TEXTS put_stretches
#define ARROW_KINDS put_many_kinds
#define ARROW_SCRIPTS put_many_scripts
#define ARROW_SOME 8
#define ARROW_LOOPS arrow_loops_avx512
#include "cli/arrow_rows_loop.h"

/* ---- Texts ---- */

/* Each number with those before it added. */
static inline __m512i sums_of(__m512i numbers)
{
	const __m512i zero = _mm512_setzero_si512();
	numbers = _mm512_add_epi32(numbers, _mm512_alignr_epi32(numbers, zero, AT_ONCE - 1));
	numbers = _mm512_add_epi32(numbers, _mm512_alignr_epi32(numbers, zero, AT_ONCE - 2));
	numbers = _mm512_add_epi32(numbers, _mm512_alignr_epi32(numbers, zero, AT_ONCE - 4));
	return _mm512_add_epi32(numbers, _mm512_alignr_epi32(numbers, zero, AT_ONCE - 8));
}

/* Whether some of these gaps, which begin at these ends, are long, or hold what is above the blank. */
static inline bool are_odd(const struct arrow_texts *texts, __m512i gaps, __m512i ends)
{
	const __mmask16 some = _mm512_test_epi32_mask(gaps, gaps);
	const __m512i behind = _mm512_add_epi32(ends, _mm512_set1_epi32(GAP_MOST));
	const __mmask16 far = _mm512_cmpgt_epu32_mask(gaps, _mm512_set1_epi32(GAP_MOST)) |
	                      _mm512_mask_cmpgt_epu32_mask(some, behind, _mm512_set1_epi32((int)texts->size));
	if (far != 0)
		return true;
	const __m512i bytes = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), some, ends, texts->text, 1);
	const __m512i bits = _mm512_sub_epi32(_mm512_set1_epi32(32), _mm512_slli_epi32(gaps, 3));
	const __m512i inside = _mm512_srlv_epi32(_mm512_set1_epi32(-1), bits);
	return _mm512_cmpgt_epu8_mask(_mm512_and_si512(bytes, inside), _mm512_set1_epi8(' ')) != 0;
}

/*
 * Writes the ends of n texts from the i-th on, the first of which begins at *before, which becomes the last end. Whether all gaps between
 * them are of white space.
 */
static inline bool put_sums(char *dst, const struct arrow_texts *texts, size_t i, size_t n, uint32_t *before)
{
	__m512i sums = _mm512_set1_epi32((int)*before);
	bool is_odd = false;
	for (size_t k = 0; k < n; k += AT_ONCE) {
		const size_t left = n - k;
		const __mmask16 these = (__mmask16)(left < AT_ONCE ? (1U << left) - 1 : 0xFFFFU);
		const __mmask16 inner = left <= AT_ONCE ? (__mmask16)(these >> 1) : (__mmask16)0xFFFF;
		const __m512i starts = _mm512_maskz_loadu_epi32(these, texts->starts + i + k);
		const __m512i others = _mm512_maskz_loadu_epi32(these, texts->others + i + k);
		const __m512i next = _mm512_maskz_loadu_epi32(inner, texts->starts + i + k + 1);
		const __m512i ends = texts->are_ends ? others : _mm512_add_epi32(starts, others);
		const __m512i lens = texts->are_ends ? _mm512_sub_epi32(others, starts) : others;
		is_odd |= are_odd(texts, _mm512_maskz_sub_epi32(inner, next, ends), ends);
		sums = _mm512_add_epi32(sums, sums_of(lens));
		_mm512_mask_storeu_epi32(dst + k * sizeof(int32_t), these, sums);
		sums = _mm512_permutexvar_epi32(_mm512_set1_epi32(AT_ONCE - 1), sums);
	}
	*before = (uint32_t)_mm512_cvtsi512_si32(sums);
	return !is_odd;
}

/* Copies the bytes above the blank; a block is written behind their end. */
static inline char *put_packed(char *dst, const char *text, size_t len)
{
	const __m512i blank = _mm512_set1_epi8(' ');
	for (size_t i = 0; i < len; i += BLOCK) {
		const __mmask64 there = len - i < BLOCK ? _bzhi_u64(~UINT64_C(0), (unsigned)(len - i)) : ~UINT64_C(0);
		const __m512i bytes = _mm512_maskz_loadu_epi8(there, text + i);
		const __mmask64 kept = _mm512_cmpgt_epu8_mask(bytes, blank);
		_mm512_storeu_si512(dst, _mm512_maskz_compress_epi8(kept, bytes));
		dst += _mm_popcnt_u64(kept);
	}
	return dst;
}

/* Up to STRETCH texts from the i-th on, of which there is one. Returns how many. */
static inline size_t put_stretch(struct arrow_room *room, const struct arrow_rows *rows, const struct arrow_texts *texts, size_t i)
{
	const size_t n = rows->n - i < STRETCH ? rows->n - i : STRETCH, last = i + n - 1;
	const size_t done = room->before + room->len;
	uint32_t sum = (uint32_t)done;
	char *const dst = room->values + room->len, *const ends = room->ends + i * sizeof(int32_t);
	if (texts->size <= INT32_MAX && put_sums(ends, texts, i, n, &sum)) {
		const uint32_t end = texts->others[last] + (texts->are_ends ? 0 : texts->starts[last]);
		const char *const to = put_packed(dst, texts->text + texts->starts[i], end - texts->starts[i]);
		if ((size_t)(to - dst) == sum - done) {
			room->len += sum - done;
			return n;
		}
	}
	struct arrow_room rest = {.values = dst, .ends = ends, .before = done};
	const struct arrow_rows some = {rows->batch, rows->first + i, n, rows->n_inner > i ? rows->n_inner - i : 0};
	const struct arrow_texts own = {texts->text, texts->size, texts->starts + i, texts->others + i, texts->are_ends};
	put_texts(&rest, &some, &own);
	room->len += rest.len;
	return n;
}

static void put_stretches(struct arrow_room *room, const struct arrow_rows *rows, const struct arrow_texts *texts)
{
	room->len = 0;
	for (size_t i = 0; i < rows->n;)
		i += put_stretch(room, rows, texts, i);
}

/* ---- Kinds ---- */

#define KINDS 16 /* more than there are */
#define KIND 8   /* no name of one is longer */

struct kind_names {
	__m512i names[2]; /* KIND bytes each, zeros behind a shorter one */
	__m128i lens;
};

static struct kind_names kind_names_of(const struct writer *writer)
{
	char names[KINDS][KIND] = {{0}};
	uint8_t lens[KINDS] = {0};
	for (size_t k = 0; k < KINDS; k++) {
		assert(writer->kinds[k].len <= KIND);
		memcpy(names[k], writer->kinds[k].text, writer->kinds[k].len);
		lens[k] = writer->kinds[k].len;
	}
	return (struct kind_names){
		{_mm512_loadu_si512(names[0]), _mm512_loadu_si512(names[KINDS / 2])},
		_mm_loadu_si128((const __m128i *)(const void *)lens),
	};
}

/* The names of eight kinds, in the lower half. */
static inline char *put_eight_kinds(char *dst, const struct kind_names *names, __m128i kinds)
{
	const __m512i eight = _mm512_permutex2var_epi64(names->names[0], _mm512_cvtepu8_epi64(kinds), names->names[1]);
	const __mmask64 kept = _mm512_test_epi8_mask(eight, eight);
	_mm512_storeu_si512(dst, _mm512_maskz_compress_epi8(kept, eight));
	return dst + _mm_popcnt_u64(kept);
}

static void put_many_kinds(struct arrow_room *room, const struct writer *writer, const uint8_t *kinds, size_t n)
{
	const struct kind_names names = kind_names_of(writer);
	char *dst = room->values;
	size_t k = 0;
	for (; n - k >= AT_ONCE; k += AT_ONCE) {
		const __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(kinds + k));
		const __m512i lens = _mm512_cvtepu8_epi32(_mm_shuffle_epi8(names.lens, some));
		const __m512i before = _mm512_set1_epi32((int)(room->before + (size_t)(dst - room->values)));
		_mm512_storeu_si512(room->ends + k * sizeof(int32_t), _mm512_add_epi32(sums_of(lens), before));
		dst = put_eight_kinds(dst, &names, some);
		dst = put_eight_kinds(dst, &names, _mm_unpackhi_epi64(some, some));
	}
	struct arrow_room rest = {.values = dst, .ends = room->ends + k * sizeof(int32_t),
	                          .before = room->before + (size_t)(dst - room->values)};
	put_kinds(&rest, writer, kinds + k, n - k);
	room->len = (size_t)(dst - room->values) + rest.len;
}

/* ---- Scripts ---- */

/* Mostly there are two of them side by side: that of words and that of marks. */
static void put_many_scripts(char *dst, const struct writer *writer, const uint8_t *scripts, size_t n)
{
	size_t k = 0;
	uint8_t one = 0, other = 0;
	for (; n - k >= AT_ONCE; k += AT_ONCE) {
		const __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(scripts + k));
		__mmask16 ones = _mm_cmpeq_epi8_mask(some, _mm_set1_epi8((char)one));
		__mmask16 left = (__mmask16)~(ones | _mm_cmpeq_epi8_mask(some, _mm_set1_epi8((char)other)));
		if (left != 0) {
			one = scripts[k];
			ones = _mm_cmpeq_epi8_mask(some, _mm_set1_epi8((char)one));
			if (ones != 0xFFFF)
				other = scripts[k + _tzcnt_u32((uint16_t)~ones)];
			left = (__mmask16)~(ones | _mm_cmpeq_epi8_mask(some, _mm_set1_epi8((char)other)));
		}
		if (left != 0) {
			put_scripts(dst + k * WRITE_SCRIPT, writer, scripts + k, AT_ONCE);
			continue;
		}
		uint32_t names[2];
		memcpy(&names[0], writer->scripts[one], WRITE_SCRIPT);
		memcpy(&names[1], writer->scripts[other], WRITE_SCRIPT);
		const __m512i tags = _mm512_mask_blend_epi32(ones, _mm512_set1_epi32((int)names[1]), _mm512_set1_epi32((int)names[0]));
		_mm512_storeu_si512(dst + k * WRITE_SCRIPT, tags);
	}
	put_scripts(dst + k * WRITE_SCRIPT, writer, scripts + k, n - k);
}
