/*
 * The kernel for SSSE3: a block is four registers.
 */
#include <immintrin.h>

#include "scan/bytes.h"
#include "scan/scan.h"

struct block {
	__m128i a, b, c, d;
};

/* FF or 00. */
struct where {
	__m128i a, b, c, d;
};

static inline __m128i load_16(const void *bytes)
{
	return _mm_loadu_si128((const __m128i *)bytes);
}

static inline struct block block_load(const unsigned char *s)
{
	return (struct block){load_16(s), load_16(s + 16), load_16(s + 32), load_16(s + 48)};
}

static inline void block_store(uint8_t *out, struct block x)
{
	_mm_storeu_si128((__m128i *)out, x.a);
	_mm_storeu_si128((__m128i *)(out + 16), x.b);
	_mm_storeu_si128((__m128i *)(out + 32), x.c);
	_mm_storeu_si128((__m128i *)(out + 48), x.d);
}

static inline struct block same_4(__m128i x)
{
	return (struct block){x, x, x, x};
}

static inline struct block block_all(uint8_t byte)
{
	return same_4(load_16(scan_bytes[byte]));
}

static inline struct block block_table(const uint8_t table[16])
{
	return same_4(load_16(table));
}

static inline struct block block_look(struct block table, struct block places)
{
	return (struct block){
		_mm_shuffle_epi8(table.a, places.a), _mm_shuffle_epi8(table.b, places.b),
		_mm_shuffle_epi8(table.c, places.c), _mm_shuffle_epi8(table.d, places.d)};
}

static inline struct block block_and(struct block x, struct block y)
{
	return (struct block){_mm_and_si128(x.a, y.a), _mm_and_si128(x.b, y.b),
	                      _mm_and_si128(x.c, y.c), _mm_and_si128(x.d, y.d)};
}

static inline struct block block_or(struct block x, struct block y)
{
	return (struct block){_mm_or_si128(x.a, y.a), _mm_or_si128(x.b, y.b),
	                      _mm_or_si128(x.c, y.c), _mm_or_si128(x.d, y.d)};
}

static inline struct block block_xor(struct block x, struct block y)
{
	return (struct block){_mm_xor_si128(x.a, y.a), _mm_xor_si128(x.b, y.b),
	                      _mm_xor_si128(x.c, y.c), _mm_xor_si128(x.d, y.d)};
}

static inline struct block block_add(struct block x, struct block y)
{
	return (struct block){_mm_add_epi8(x.a, y.a), _mm_add_epi8(x.b, y.b),
	                      _mm_add_epi8(x.c, y.c), _mm_add_epi8(x.d, y.d)};
}

static inline struct block block_upper(struct block x)
{
	const __m128i low = load_16(scan_bytes[0x0F]);
	return (struct block){_mm_and_si128(_mm_srli_epi16(x.a, 4), low),
	                      _mm_and_si128(_mm_srli_epi16(x.b, 4), low),
	                      _mm_and_si128(_mm_srli_epi16(x.c, 4), low),
	                      _mm_and_si128(_mm_srli_epi16(x.d, 4), low)};
}

static inline struct where block_equal(struct block x, struct block y)
{
	return (struct where){_mm_cmpeq_epi8(x.a, y.a), _mm_cmpeq_epi8(x.b, y.b),
	                      _mm_cmpeq_epi8(x.c, y.c), _mm_cmpeq_epi8(x.d, y.d)};
}

static inline struct where block_above(struct block x, struct block y)
{
	return (struct where){_mm_cmpgt_epi8(x.a, y.a), _mm_cmpgt_epi8(x.b, y.b),
	                      _mm_cmpgt_epi8(x.c, y.c), _mm_cmpgt_epi8(x.d, y.d)};
}

static inline uint64_t bits_64(__m128i a, __m128i b, __m128i c, __m128i d)
{
	const uint32_t ab = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
	const uint32_t cd = (uint32_t)_mm_movemask_epi8(c) | (uint32_t)_mm_movemask_epi8(d) << 16;
	return ab | (uint64_t)cd << 32;
}

static inline uint64_t where_bits(struct where where)
{
	return bits_64(where.a, where.b, where.c, where.d);
}

static inline __m128i spread_16(uint64_t bits)
{
	const __m128i byte_of = _mm_set_epi64x(0x0101010101010101, 0);
	const __m128i bit_of = load_16(scan_bit_of_byte);
	const __m128i bytes = _mm_shuffle_epi8(_mm_cvtsi32_si128((int)(bits & 0xFFFF)), byte_of);
	return _mm_cmpeq_epi8(_mm_and_si128(bytes, bit_of), bit_of);
}

static inline struct where where_of(uint64_t bits)
{
	return (struct where){spread_16(bits), spread_16(bits >> 16), spread_16(bits >> 32),
	                      spread_16(bits >> 48)};
}

static inline struct block block_keep(struct where where, struct block x)
{
	return (struct block){_mm_and_si128(where.a, x.a), _mm_and_si128(where.b, x.b),
	                      _mm_and_si128(where.c, x.c), _mm_and_si128(where.d, x.d)};
}

static inline __m128i pick_16(__m128i where, __m128i yes, __m128i no)
{
	return _mm_or_si128(_mm_and_si128(where, yes), _mm_andnot_si128(where, no));
}

static inline struct block block_pick(struct where where, struct block yes, struct block no)
{
	return (struct block){pick_16(where.a, yes.a, no.a), pick_16(where.b, yes.b, no.b),
	                      pick_16(where.c, yes.c, no.c), pick_16(where.d, yes.d, no.d)};
}

static inline uint64_t block_high(struct block x)
{
	return bits_64(x.a, x.b, x.c, x.d);
}

static inline struct block block_pick_high(struct block x, struct block yes, struct block no)
{
	const struct block zero = block_all(0);
	return block_pick(block_above(zero, x), yes, no);
}

static inline void block_emit(struct block codes, uint64_t ends, uint32_t off, uint8_t *code_out,
                              uint32_t *off_out);

#include "scan/blocks.h"
#include "scan/sets.h"
#include "scan/sight.h"

/*
 * Of the i-th eight bytes, those of the set bits and where they lie. Writes eight of each; returns
 * how many count.
 */
static inline size_t emit_8(__m128i codes, unsigned ends, unsigned i, __m128i off,
                            uint8_t *code_out, uint32_t *off_out)
{
	const __m128i zero = _mm_setzero_si128();
	const __m128i bits = _mm_loadl_epi64((const __m128i *)scan_bits[ends]);
	const __m128i wide = _mm_unpacklo_epi8(bits, zero);
	const __m128i start = _mm_add_epi32(off, load_16(scan_eighths[i]));
	_mm_storel_epi64((__m128i *)code_out, _mm_shuffle_epi8(codes, bits));
	_mm_storeu_si128((__m128i *)off_out, _mm_add_epi32(start, _mm_unpacklo_epi16(wide, zero)));
	_mm_storeu_si128((__m128i *)(off_out + 4),
	                 _mm_add_epi32(start, _mm_unpackhi_epi16(wide, zero)));
	return (size_t)__builtin_popcount(ends);
}

/* The i-th eight and those behind it. */
static inline size_t emit_16(__m128i codes, uint64_t ends, unsigned i, __m128i off,
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
	const __m128i start = _mm_set1_epi32((int)off);
	size_t n = emit_16(codes.a, ends, 0, start, code_out, off_out);
	n += emit_16(codes.b, ends, 2, start, code_out + n, off_out + n);
	n += emit_16(codes.c, ends, 4, start, code_out + n, off_out + n);
	emit_16(codes.d, ends, 6, start, code_out + n, off_out + n);
}

uint32_t scan_ssse3(const char *text, uint32_t len, struct atoms *atoms)
{
	return scan_blocks(text, len, atoms);
}

void sets_ssse3(struct atoms *atoms)
{
	sets_blocks(atoms, sets_places);
}
