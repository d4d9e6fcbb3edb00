/*
 * The kernel for AVX2: a block is two registers.
 */
#include <immintrin.h>

#include "scan/bytes.h"
#include "scan/scan.h"

struct block {
	__m256i a, b;
};

/* FF or 00. */
struct where {
	__m256i a, b;
};

static inline __m256i load_32(const void *bytes)
{
	return _mm256_loadu_si256((const __m256i *)bytes);
}

static inline struct block block_load(const unsigned char *s)
{
	return (struct block){load_32(s), load_32(s + 32)};
}

static inline void block_store(uint8_t *out, struct block x)
{
	_mm256_storeu_si256((__m256i *)out, x.a);
	_mm256_storeu_si256((__m256i *)(out + 32), x.b);
}

static inline struct block block_all(uint8_t byte)
{
	const __m256i x = load_32(scan_bytes[byte]);
	return (struct block){x, x};
}

static inline struct block block_table(const uint8_t table[16])
{
	const __m256i x = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
	return (struct block){x, x};
}

static inline struct block block_look(struct block table, struct block places)
{
	return (struct block){_mm256_shuffle_epi8(table.a, places.a),
	                      _mm256_shuffle_epi8(table.b, places.b)};
}

static inline struct block block_and(struct block x, struct block y)
{
	return (struct block){_mm256_and_si256(x.a, y.a), _mm256_and_si256(x.b, y.b)};
}

static inline struct block block_or(struct block x, struct block y)
{
	return (struct block){_mm256_or_si256(x.a, y.a), _mm256_or_si256(x.b, y.b)};
}

static inline struct block block_xor(struct block x, struct block y)
{
	return (struct block){_mm256_xor_si256(x.a, y.a), _mm256_xor_si256(x.b, y.b)};
}

static inline struct block block_add(struct block x, struct block y)
{
	return (struct block){_mm256_add_epi8(x.a, y.a), _mm256_add_epi8(x.b, y.b)};
}

static inline struct block block_upper(struct block x)
{
	const __m256i low = _mm256_set1_epi8(0x0F);
	return (struct block){_mm256_and_si256(_mm256_srli_epi16(x.a, 4), low),
	                      _mm256_and_si256(_mm256_srli_epi16(x.b, 4), low)};
}

static inline struct where block_equal(struct block x, struct block y)
{
	return (struct where){_mm256_cmpeq_epi8(x.a, y.a), _mm256_cmpeq_epi8(x.b, y.b)};
}

static inline struct where block_above(struct block x, struct block y)
{
	return (struct where){_mm256_cmpgt_epi8(x.a, y.a), _mm256_cmpgt_epi8(x.b, y.b)};
}

static inline uint64_t bits_64(__m256i a, __m256i b)
{
	return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

static inline uint64_t where_bits(struct where where)
{
	return bits_64(where.a, where.b);
}

static inline __m256i spread_32(uint32_t bits)
{
	const __m256i byte_of = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202,
	                                           0x0303030303030303);
	const __m256i bit_of = load_32(scan_bit_of_byte);
	const __m256i bytes = _mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), byte_of);
	return _mm256_cmpeq_epi8(_mm256_and_si256(bytes, bit_of), bit_of);
}

static inline struct where where_of(uint64_t bits)
{
	return (struct where){spread_32((uint32_t)bits), spread_32((uint32_t)(bits >> 32))};
}

static inline struct block block_keep(struct where where, struct block x)
{
	return (struct block){_mm256_and_si256(where.a, x.a), _mm256_and_si256(where.b, x.b)};
}

static inline struct block block_pick(struct where where, struct block yes, struct block no)
{
	return (struct block){_mm256_blendv_epi8(no.a, yes.a, where.a),
	                      _mm256_blendv_epi8(no.b, yes.b, where.b)};
}

static inline uint64_t block_high(struct block x)
{
	return bits_64(x.a, x.b);
}

static inline struct block block_pick_high(struct block x, struct block yes, struct block no)
{
	return block_pick((struct where){x.a, x.b}, yes, no);
}

static inline void block_emit(struct block codes, uint64_t ends, uint32_t off, uint8_t *code_out,
                              uint32_t *off_out);

#include "scan/blocks.h"
#include "scan/picks.h"
#include "scan/sets.h"
#include "scan/sight.h"

/*
 * Of the i-th eight bytes, those of the set bits and where they lie. Writes eight of each; returns
 * how many count.
 */
static inline size_t emit_8(__m128i codes, unsigned ends, unsigned i, __m256i off,
                            uint8_t *code_out, uint32_t *off_out)
{
	const __m128i bits = _mm_loadl_epi64((const __m128i *)scan_bits[ends]);
	const __m256i start = _mm256_add_epi32(off, load_32(scan_eighths[i]));
	_mm_storel_epi64((__m128i *)code_out, _mm_shuffle_epi8(codes, bits));
	_mm256_storeu_si256((__m256i *)off_out, _mm256_add_epi32(start, _mm256_cvtepu8_epi32(bits)));
	return (size_t)__builtin_popcount(ends);
}

/* The i-th eight and those behind it. */
static inline size_t emit_16(__m128i codes, uint64_t ends, unsigned i, __m256i off,
                             uint8_t *code_out, uint32_t *off_out)
{
	const unsigned first = (unsigned)(ends >> 8 * i & 0xFF);
	const unsigned second = (unsigned)(ends >> 8 * (i + 1) & 0xFF);
	const size_t n = emit_8(codes, first, i, off, code_out, off_out);
	return n + emit_8(_mm_unpackhi_epi64(codes, codes), second, i + 1, off, code_out + n,
	                  off_out + n);
}

static inline void block_emit(struct block codes, uint64_t ends, uint32_t off, uint8_t *code_out,
                              uint32_t *off_out)
{
	const __m256i start = _mm256_set1_epi32((int)off);
	const __m128i upper_a = _mm256_extracti128_si256(codes.a, 1);
	const __m128i upper_b = _mm256_extracti128_si256(codes.b, 1);
	size_t n = emit_16(_mm256_castsi256_si128(codes.a), ends, 0, start, code_out, off_out);
	n += emit_16(upper_a, ends, 2, start, code_out + n, off_out + n);
	n += emit_16(_mm256_castsi256_si128(codes.b), ends, 4, start, code_out + n, off_out + n);
	emit_16(upper_b, ends, 6, start, code_out + n, off_out + n);
}

uint32_t scan_avx2(const char *text, uint32_t len, struct atoms *atoms)
{
	return scan_blocks(text, len, atoms);
}

void sets_avx2(struct atoms *atoms)
{
	sets_blocks(atoms, sets_places);
}

_Static_assert(UCD_ATOM_LETTER == 0 && LAFZ_KIND_WORD == 0, "what is 0 is a word");

/* Of 64 atoms as pieces: kind, script and the lower half of flags. */
struct cells {
	uint8_t kind[64], script[64], flags[64];
};

static inline void see_cells(const struct atoms *atoms, size_t i, struct cells *cells)
{
	const struct block zero = block_all(0);
	const struct where is_word = block_equal(block_load(atoms->cls + i), zero);
	const struct block flags = block_load(atoms->flags + i);
	const struct block moved = {_mm256_srli_epi16(flags.a, 1), _mm256_srli_epi16(flags.b, 1)};
	const struct block row = block_and(moved, block_all(0x0F));
	block_store(cells->kind, block_pick(is_word, zero, block_all(LAFZ_KIND_PUNCT)));
	block_store(cells->script, block_keep(is_word, block_load(atoms->script + i)));
	block_store(cells->flags, block_look(block_table(picks_flags), row));
}

static inline __m128i load_8(const void *bytes)
{
	return _mm_loadl_epi64((const __m128i *)bytes);
}

/* Of eight atoms, the k-th of the cells and those behind it, those of the set bits as pieces from n on. */
static inline void pick_8(const uint32_t *off, const struct cells *cells, size_t k, unsigned which,
                          const struct pieces *pieces, size_t n)
{
	const __m128i bits = load_8(scan_bits[which]);
	const __m256i places = _mm256_cvtepu8_epi32(bits);
	const __m256i start = load_32(off + k), end = load_32(off + k + 1);
	_mm256_storeu_si256((__m256i *)(pieces->start + n),
	                    _mm256_permutevar8x32_epi32(start, places));
	_mm256_storeu_si256((__m256i *)(pieces->end + n), _mm256_permutevar8x32_epi32(end, places));
	const __m128i kind = _mm_shuffle_epi8(load_8(cells->kind + k), bits);
	const __m128i script = _mm_shuffle_epi8(load_8(cells->script + k), bits);
	const __m128i flags = _mm_shuffle_epi8(load_8(cells->flags + k), bits);
	_mm_storel_epi64((__m128i *)(pieces->kind + n), kind);
	_mm_storel_epi64((__m128i *)(pieces->script + n), script);
	_mm_storeu_si128((__m128i *)(pieces->flags + n), _mm_cvtepu8_epi16(flags));
}

void pick_avx2(const struct atoms *atoms, size_t i, const struct picks *picks, struct pieces *pieces,
               struct busy *busy)
{
	struct cells cells;
	const struct pieces out = *pieces;
	uint64_t which = picks->which;
	size_t n = out.n;
	picks_busy(picks, n, busy);
	if (which == 0)
		return;
	see_cells(atoms, i, &cells);
	for (size_t k = 0; which != 0; which >>= 8, k += 8) {
		pick_8(atoms->off + i, &cells, k, which & 0xFF, &out, n);
		n += (size_t)__builtin_popcount(which & 0xFF);
	}
	pieces->n = n;
}
