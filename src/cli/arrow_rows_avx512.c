/*
 * The loops of -f arrow for AVX-512. Texts of tokens side by side are not copied one by one: between them is mostly nothing or white space,
 * so 64 bytes are packed at once, without those up to the blank, and ends are sums of lengths, sixteen at a time. That each gap
 * holds nothing else is looked at; that no token holds such a byte is told by how many bytes are left. Most norms lie as their surfaces
 * do, so many bytes behind: then the surfaces say what is packed of both.
 */
#include <assert.h>
#include <immintrin.h>

#include "cli/arrow_rows.h"

#define AT_ONCE 16
#define BLOCK 64
#define STRETCH 128 /* texts that are packed together, or none of them is */
#define SOME 16     /* of those that are tried by themselves */
#define GAP_MOST 4

static void put_stretches(struct arrow_room *room, const struct arrow_rows *rows, const struct arrow_texts *texts);
static void put_stretches_both(struct arrow_room *surface, struct arrow_room *norm, const struct arrow_rows *rows,
                               const struct arrow_texts *surfaces, const struct arrow_texts *norms);
static uint32_t many_flags_of(const uint16_t *flags, size_t n);
static void put_many_u32(char *dst, const uint32_t *numbers, size_t n, uint64_t base);
static void put_many_u64(char *dst, const uint32_t *numbers, size_t n, uint64_t base);
static void put_many_kinds(struct arrow_room *room, const struct writer *writer, const uint8_t *kinds, size_t n);
static void put_many_scripts(char *dst, const struct writer *writer, const uint8_t *scripts, size_t n);

#define ARROW_TEXTS put_stretches
#define ARROW_BOTH put_stretches_both
#define ARROW_FLAGS many_flags_of
#define ARROW_U32 put_many_u32
#define ARROW_U64 put_many_u64
#define ARROW_KINDS put_many_kinds
#define ARROW_SCRIPTS put_many_scripts
#define ARROW_SOME 8
#define ARROW_LOOPS arrow_loops_avx512
#include "cli/arrow_rows_loop.h"

/* ---- Numbers ---- */

static uint32_t many_flags_of(const uint16_t *flags, size_t n)
{
	enum { FLAGS = 2 * AT_ONCE };
	__m512i all = _mm512_setzero_si512();
	size_t i = 0;
	for (; n - i >= FLAGS; i += FLAGS)
		all = _mm512_or_si512(all, _mm512_loadu_si512(flags + i));
	const uint32_t both = (uint32_t)_mm512_reduce_or_epi32(all);
	return flags_of(flags + i, n - i) | (both & 0xFFFF) | both >> 16;
}

/* How many numbers of a size, n at most, are before the first one whose place is that of a line of the cache. */
static inline size_t count_odd(const char *dst, size_t size, size_t n)
{
	const size_t odd = -(uintptr_t)dst % BLOCK / size;
	return odd < n ? odd : n;
}

static void put_many_u32(char *dst, const uint32_t *numbers, size_t n, uint64_t base)
{
	const __m512i more = _mm512_set1_epi32((int)(uint32_t)base);
	size_t k = count_odd(dst, sizeof *numbers, n);
	put_u32(dst, numbers, k, base);
	for (; n - k >= AT_ONCE; k += AT_ONCE)
		_mm512_storeu_si512(dst + k * sizeof *numbers, _mm512_add_epi32(_mm512_loadu_si512(numbers + k), more));
	put_u32(dst + k * sizeof *numbers, numbers + k, n - k, base);
}

/* (What compilers make of put_u64 widens a half of the eight at a time.) */
static void put_many_u64(char *dst, const uint32_t *numbers, size_t n, uint64_t base)
{
	const __m512i more = _mm512_set1_epi64((long long)base);
	size_t k = count_odd(dst, sizeof base, n);
	put_u64(dst, numbers, k, base);
	for (; n - k >= ARROW_SOME; k += ARROW_SOME) {
		const __m256i some = _mm256_loadu_si256((const __m256i *)(const void *)(numbers + k));
		_mm512_storeu_si512(dst + k * sizeof base, _mm512_add_epi64(_mm512_cvtepu32_epi64(some), more));
	}
	put_u64(dst + k * sizeof base, numbers + k, n - k, base);
}

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

/* The bytes of a block, of which there are so many; zeros behind them. */
static inline __m512i load_part(const char *text, size_t len)
{
	return _mm512_maskz_loadu_epi8(_bzhi_u64(~UINT64_C(0), (unsigned)len), text);
}

/* Copies the bytes of a block above the blank. Returns how many; a block is written. */
static inline size_t pack(char *dst, __m512i bytes)
{
	const __mmask64 kept = _mm512_cmpgt_epu8_mask(bytes, _mm512_set1_epi8(' '));
	_mm512_storeu_si512(dst, _mm512_maskz_compress_epi8(kept, bytes));
	return (size_t)_mm_popcnt_u64(kept);
}

/* Copies the bytes above the blank; a block is written behind their end. */
static inline char *put_packed(char *dst, const char *text, size_t len)
{
	size_t i = 0;
	for (; len - i >= BLOCK; i += BLOCK)
		dst += pack(dst, _mm512_loadu_si512(text + i));
	return i < len ? dst + pack(dst, load_part(text + i, len - i)) : dst;
}

/* The same, and those bytes of another text that stand where they do. */
static inline size_t pack_both(char *dst, char *other_dst, __m512i bytes, __m512i others)
{
	const __mmask64 kept = _mm512_cmpgt_epu8_mask(bytes, _mm512_set1_epi8(' '));
	_mm512_storeu_si512(dst, _mm512_maskz_compress_epi8(kept, bytes));
	_mm512_storeu_si512(other_dst, _mm512_maskz_compress_epi8(kept, others));
	return (size_t)_mm_popcnt_u64(kept);
}

static inline char *put_packed_both(char *dst, char *other_dst, const char *text, const char *other, size_t len)
{
	char *const begin = dst;
	size_t i = 0;
	for (; len - i >= BLOCK; i += BLOCK)
		dst += pack_both(dst, other_dst + (dst - begin), _mm512_loadu_si512(text + i), _mm512_loadu_si512(other + i));
	return i < len ? dst + pack_both(dst, other_dst + (dst - begin), load_part(text + i, len - i), load_part(other + i, len - i))
	               : dst;
}

/* How many texts from the i-th on, of which there is one, go together. */
static inline size_t count_some(const struct arrow_rows *rows, size_t i)
{
	return rows->n - i < STRETCH ? rows->n - i : STRETCH;
}

static inline uint32_t end_of(const struct arrow_texts *texts, size_t i)
{
	return texts->others[i] + (texts->are_ends ? 0 : texts->starts[i]);
}

/* n texts from the i-th on, one by one. */
static inline void put_each(struct arrow_room *room, const struct arrow_rows *rows, const struct arrow_texts *texts, size_t i, size_t n)
{
	struct arrow_room rest = {.values = room->values + room->len, .ends = room->ends + i * sizeof(int32_t),
	                          .before = room->before + room->len};
	const struct arrow_rows some = {rows->batch, rows->first + i, n, rows->n_inner > i ? rows->n_inner - i : 0};
	const struct arrow_texts own = {texts->text, texts->size, texts->starts + i, texts->others + i, texts->are_ends};
	put_texts(&rest, &some, &own);
	room->len += rest.len;
}

/* n texts from the i-th on, if they can be packed. */
static inline bool put_together(struct arrow_room *room, const struct arrow_texts *texts, size_t i, size_t n)
{
	const size_t done = room->before + room->len;
	uint32_t sum = (uint32_t)done;
	char *const dst = room->values + room->len;
	if (texts->size > INT32_MAX || !put_sums(room->ends + i * sizeof(int32_t), texts, i, n, &sum))
		return false;
	const char *const text = texts->text + texts->starts[i];
	const char *const to = put_packed(dst, text, end_of(texts, i + n - 1) - texts->starts[i]);
	if ((size_t)(to - dst) != sum - done)
		return false;
	room->len += sum - done;
	return true;
}

/* n texts from the i-th on. What keeps them from being packed is mostly one gap, so some of them are tried by themselves. */
static inline void put_stretch(struct arrow_room *room, const struct arrow_rows *rows, const struct arrow_texts *texts, size_t i, size_t n)
{
	if (put_together(room, texts, i, n))
		return;
	for (const size_t end = i + n; i < end; i += n) {
		n = end - i < SOME ? end - i : SOME;
		if (!put_together(room, texts, i, n))
			put_each(room, rows, texts, i, n);
	}
}

static void put_stretches(struct arrow_room *room, const struct arrow_rows *rows, const struct arrow_texts *texts)
{
	room->len = 0;
	for (size_t i = 0, n = 0; i < rows->n; i += n) {
		n = count_some(rows, i);
		put_stretch(room, rows, texts, i, n);
	}
}

/* ---- Surfaces and norms ---- */

/* Whether the norms of n rows from the i-th on are as long as the surfaces, and all lie so many bytes behind them, modulo 2^32. */
static inline bool are_alike(const struct arrow_texts *surfaces, const struct arrow_texts *norms, size_t i, size_t n)
{
	const __m512i behind = _mm512_set1_epi32((int)(norms->starts[i] - surfaces->starts[i]));
	__mmask16 others = 0;
	for (size_t k = i; k < i + n; k += AT_ONCE) {
		const size_t left = i + n - k;
		const __mmask16 these = (__mmask16)(left < AT_ONCE ? (1U << left) - 1 : 0xFFFFU);
		const __m512i starts = _mm512_maskz_loadu_epi32(these, surfaces->starts + k);
		const __m512i ends = _mm512_maskz_loadu_epi32(these, surfaces->others + k);
		const __m512i offs = _mm512_maskz_loadu_epi32(these, norms->starts + k);
		const __m512i lens = _mm512_maskz_loadu_epi32(these, norms->others + k);
		others |= _mm512_mask_cmpneq_epi32_mask(these, _mm512_sub_epi32(offs, starts), behind) |
		          _mm512_cmpneq_epi32_mask(_mm512_sub_epi32(ends, starts), lens);
	}
	return others == 0;
}

/* n ends, so much more than others are. */
static inline void put_more(char *dst, const char *ends, size_t n, uint32_t more)
{
	for (size_t k = 0; k < n; k += AT_ONCE) {
		const __mmask16 these = (__mmask16)(n - k < AT_ONCE ? (1U << (n - k)) - 1 : 0xFFFFU);
		const __m512i some = _mm512_maskz_loadu_epi32(these, ends + k * sizeof(int32_t));
		_mm512_mask_storeu_epi32(dst + k * sizeof(int32_t), these, _mm512_add_epi32(some, _mm512_set1_epi32((int)more)));
	}
}

/* Surfaces and norms that are alike. False: nothing is put. */
static inline bool put_alike(struct arrow_room *surface, struct arrow_room *norm, const struct arrow_texts *surfaces,
                             const struct arrow_texts *norms, size_t i, size_t n)
{
	const size_t done = surface->before + surface->len;
	const uint32_t more = (uint32_t)(norm->before + norm->len - done), from = surfaces->starts[i];
	char *const ends = surface->ends + i * sizeof(int32_t), *const dst = surface->values + surface->len;
	uint32_t sum = (uint32_t)done;
	if (surfaces->size > INT32_MAX || !are_alike(surfaces, norms, i, n) || !put_sums(ends, surfaces, i, n, &sum))
		return false;
	const char *const to = put_packed_both(dst, norm->values + norm->len, surfaces->text + from, norms->text + norms->starts[i],
	                                       end_of(surfaces, i + n - 1) - from);
	if ((size_t)(to - dst) != sum - done)
		return false;
	put_more(norm->ends + i * sizeof(int32_t), ends, n, more);
	surface->len += sum - done;
	norm->len += sum - done;
	return true;
}

static void put_stretches_both(struct arrow_room *surface, struct arrow_room *norm, const struct arrow_rows *rows,
                               const struct arrow_texts *surfaces, const struct arrow_texts *norms)
{
	surface->len = norm->len = 0;
	for (size_t i = 0, n = 0; i < rows->n; i += n) {
		n = count_some(rows, i);
		if (put_alike(surface, norm, surfaces, norms, i, n))
			continue;
		put_stretch(surface, rows, surfaces, i, n);
		put_stretch(norm, rows, norms, i, n);
	}
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
