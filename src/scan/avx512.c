/*
 * The kernel for AVX-512 with VBMI2: a block is one register, and its atoms are written without a
 * loop over them or over eighths of the block.
 */
#include <immintrin.h>

#include "base/places_avx512.h"
#include "scan/bytes.h"
#include "scan/scan.h"

struct block {
	__m512i all;
};

struct where {
	__mmask64 bits;
};

static inline struct block block_load(const unsigned char *s)
{
	return (struct block){_mm512_loadu_si512(s)};
}

static inline void block_store(uint8_t *out, struct block x)
{
	_mm512_storeu_si512(out, x.all);
}

static inline struct block block_all(uint8_t byte)
{
	const __m256i half = _mm256_loadu_si256((const __m256i *)scan_bytes[byte]);
	return (struct block){_mm512_broadcast_i64x4(half)};
}

static inline struct block block_table(const uint8_t table[16])
{
	return (struct block){_mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table))};
}

static inline struct block block_look(struct block table, struct block places)
{
	return (struct block){_mm512_shuffle_epi8(table.all, places.all)};
}

static inline struct block block_and(struct block x, struct block y)
{
	return (struct block){_mm512_and_si512(x.all, y.all)};
}

static inline struct block block_or(struct block x, struct block y)
{
	return (struct block){_mm512_or_si512(x.all, y.all)};
}

static inline struct block block_xor(struct block x, struct block y)
{
	return (struct block){_mm512_xor_si512(x.all, y.all)};
}

static inline struct block block_add(struct block x, struct block y)
{
	return (struct block){_mm512_add_epi8(x.all, y.all)};
}

static inline struct where block_equal(struct block x, struct block y)
{
	return (struct where){_mm512_cmpeq_epi8_mask(x.all, y.all)};
}

static inline struct where block_above(struct block x, struct block y)
{
	return (struct where){_mm512_cmpgt_epi8_mask(x.all, y.all)};
}

static inline uint64_t where_bits(struct where where)
{
	return where.bits;
}

static inline struct where where_of(uint64_t bits)
{
	return (struct where){bits};
}

static inline struct block block_keep(struct where where, struct block x)
{
	return (struct block){_mm512_maskz_mov_epi8(where.bits, x.all)};
}

static inline void block_emit(struct block codes, uint64_t ends, uint32_t off, uint8_t *code_out,
                              uint32_t *off_out);

#include "scan/blocks.h"
#include "scan/picks.h"
#include "scan/sets.h"
#include "scan/sight_avx512.h"

/* Most blocks have no more than 32 atoms. */
static inline void block_emit(struct block codes, uint64_t ends, uint32_t off, uint8_t *code_out,
                              uint32_t *off_out)
{
	const __m512i places = places_of(ends);
	const __m512i offs = _mm512_set1_epi32((int)off);
	_mm512_storeu_si512(code_out, _mm512_maskz_compress_epi8(ends, codes.all));
	places_put_16(_mm512_extracti32x4_epi32(places, 0), offs, off_out);
	places_put_16(_mm512_extracti32x4_epi32(places, 1), offs, off_out + 16);
	if (__builtin_popcountll(ends) > 32) {
		places_put_16(_mm512_extracti32x4_epi32(places, 2), offs, off_out + 32);
		places_put_16(_mm512_extracti32x4_epi32(places, 3), offs, off_out + 48);
	}
}

uint32_t scan_avx512(const char *text, uint32_t len, struct atoms *atoms)
{
	return scan_blocks(text, len, atoms);
}

static inline uint32_t *emit_places(uint64_t bits, uint32_t add, uint32_t *out)
{
	const __m512i places = places_of(bits);
	const __m512i start = _mm512_set1_epi32((int)add);
	places_put_16(_mm512_castsi512_si128(places), start, out);
	const int n = __builtin_popcountll(bits);
	if (n > 16) {
		places_put_16(_mm512_extracti32x4_epi32(places, 1), start, out + 16);
		places_put_16(_mm512_extracti32x4_epi32(places, 2), start, out + 32);
		places_put_16(_mm512_extracti32x4_epi32(places, 3), start, out + 48);
	}
	return out + n;
}

void sets_avx512(struct atoms *atoms)
{
	sets_blocks(atoms, emit_places);
}

/* Of sixteen atoms, the starts and ends of those of the set bits; returns how many. */
static inline size_t pick_offs(const uint32_t *off, uint64_t which, uint32_t *start, uint32_t *end)
{
	const __mmask16 own = (__mmask16)which;
	const __m512i starts = _mm512_loadu_si512(off), ends = _mm512_loadu_si512(off + 1);
	_mm512_storeu_si512(start, _mm512_maskz_compress_epi32(own, starts));
	_mm512_storeu_si512(end, _mm512_maskz_compress_epi32(own, ends));
	return (size_t)__builtin_popcount(own);
}

/* Which pieces are busy, sixteen at a time; the first of those that are picked is piece n. */
static inline void pick_busy(const struct picks *picks, size_t n, struct busy *busy)
{
	const uint64_t ones = _pext_u64(picks->ones, picks->busy);
	const uint64_t twos = _pext_u64(picks->twos, picks->busy);
	/* among those that are picked */
	const uint64_t which = _pext_u64(picks->busy, picks->which);
	uint8_t places[64];
	_mm512_storeu_si512(places, places_of(which));
	const size_t count = (size_t)__builtin_popcountll(which);
	uint32_t *const out = busy->at + busy->n;
	for (size_t k = 0; k < count; k += 16) {
		const __m128i own = _mm_loadu_si128((const __m128i *)(places + k));
		const __m512i place = _mm512_add_epi32(_mm512_cvtepu8_epi32(own),
		                                       _mm512_set1_epi32((int)n));
		const __m512i one = _mm512_maskz_set1_epi32((__mmask16)(ones >> k), 1);
		const __m512i two = _mm512_maskz_set1_epi32((__mmask16)(twos >> k), 2);
		const __m512i at = _mm512_slli_epi32(place, BUSY_BITS);
		_mm512_storeu_si512(out + k, _mm512_or_si512(at, _mm512_or_si512(one, two)));
	}
	busy->n += count;
}

void pick_avx512(const struct atoms *atoms, size_t i, const struct picks *picks,
                 struct pieces *pieces, struct busy *busy)
{
	const size_t n = pieces->n;
	const uint64_t which = picks->which;
	const uint32_t *const off = atoms->off + i;
	uint32_t *const start = pieces->start, *const end = pieces->end;
	pick_busy(picks, n, busy);
	size_t at = n;
	at += pick_offs(off, which, start + at, end + at);
	at += pick_offs(off + 16, which >> 16, start + at, end + at);
	at += pick_offs(off + 32, which >> 32, start + at, end + at);
	at += pick_offs(off + 48, which >> 48, start + at, end + at);
	pieces->n = at;
	const __m512i zero = _mm512_setzero_si512();
	const __m512i cls = _mm512_maskz_compress_epi8(which, block_load(atoms->cls + i).all);
	const __m512i script = _mm512_maskz_compress_epi8(which, block_load(atoms->script + i).all);
	const __m512i flags = _mm512_maskz_compress_epi8(which, block_load(atoms->flags + i).all);
	const __mmask64 is_mark = _mm512_cmpneq_epi8_mask(cls, zero);
	_mm512_storeu_si512(pieces->kind + n,
	                    _mm512_maskz_mov_epi8(is_mark, block_all(LAFZ_KIND_PUNCT).all));
	_mm512_storeu_si512(pieces->script + n, _mm512_maskz_mov_epi8(~is_mark, script));
	const __m512i bits = _mm512_and_si512(_mm512_srli_epi16(flags, 1), block_all(0x0F).all);
	const __m512i own_flags = block_look(block_table(picks_flags), (struct block){bits}).all;
	uint16_t *const out = pieces->flags + n;
	_mm512_storeu_si512(out, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(own_flags)));
	_mm512_storeu_si512(out + 32,
	                    _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(own_flags, 1)));
}

_Static_assert(UCD_ATOM_LETTER == 0 && LAFZ_KIND_WORD == 0, "what is 0 is a word");
