/*
 * The kernel for NEON, as every 64-bit ARM has it: a block is four registers.
 */
#include <arm_neon.h>

#include "scan/scan.h"

struct block {
	uint8x16_t a, b, c, d;
};

/* FF or 00. */
struct where {
	uint8x16_t a, b, c, d;
};

static inline struct block block_load(const unsigned char *s)
{
	return (struct block){vld1q_u8(s), vld1q_u8(s + 16), vld1q_u8(s + 32), vld1q_u8(s + 48)};
}

static inline void block_store(uint8_t *out, struct block x)
{
	vst1q_u8(out, x.a);
	vst1q_u8(out + 16, x.b);
	vst1q_u8(out + 32, x.c);
	vst1q_u8(out + 48, x.d);
}

static inline struct block same_4(uint8x16_t x)
{
	return (struct block){x, x, x, x};
}

static inline struct block block_all(uint8_t byte)
{
	return same_4(vdupq_n_u8(byte));
}

static inline struct block block_table(const uint8_t table[16])
{
	return same_4(vld1q_u8(table));
}

/* Places from 16 up give 0 here, so only the highest bit may count beside the lower half. */
static inline uint8x16_t look_16(uint8x16_t table, uint8x16_t places)
{
	return vqtbl1q_u8(table, vandq_u8(places, vdupq_n_u8(0x8F)));
}

static inline struct block block_look(struct block table, struct block places)
{
	return (struct block){look_16(table.a, places.a), look_16(table.b, places.b),
	                      look_16(table.c, places.c), look_16(table.d, places.d)};
}

static inline struct block block_and(struct block x, struct block y)
{
	return (struct block){vandq_u8(x.a, y.a), vandq_u8(x.b, y.b), vandq_u8(x.c, y.c),
	                      vandq_u8(x.d, y.d)};
}

static inline struct block block_or(struct block x, struct block y)
{
	return (struct block){vorrq_u8(x.a, y.a), vorrq_u8(x.b, y.b), vorrq_u8(x.c, y.c),
	                      vorrq_u8(x.d, y.d)};
}

static inline struct block block_xor(struct block x, struct block y)
{
	return (struct block){veorq_u8(x.a, y.a), veorq_u8(x.b, y.b), veorq_u8(x.c, y.c),
	                      veorq_u8(x.d, y.d)};
}

static inline struct block block_add(struct block x, struct block y)
{
	return (struct block){vaddq_u8(x.a, y.a), vaddq_u8(x.b, y.b), vaddq_u8(x.c, y.c),
	                      vaddq_u8(x.d, y.d)};
}

static inline struct block block_upper(struct block x)
{
	return (struct block){vshrq_n_u8(x.a, 4), vshrq_n_u8(x.b, 4), vshrq_n_u8(x.c, 4),
	                      vshrq_n_u8(x.d, 4)};
}

static inline struct where block_equal(struct block x, struct block y)
{
	return (struct where){vceqq_u8(x.a, y.a), vceqq_u8(x.b, y.b), vceqq_u8(x.c, y.c),
	                      vceqq_u8(x.d, y.d)};
}

static inline uint8x16_t above_16(uint8x16_t x, uint8x16_t y)
{
	return vcgtq_s8(vreinterpretq_s8_u8(x), vreinterpretq_s8_u8(y));
}

static inline struct where block_above(struct block x, struct block y)
{
	return (struct where){above_16(x.a, y.a), above_16(x.b, y.b), above_16(x.c, y.c),
	                      above_16(x.d, y.d)};
}

/* One bit a byte, a different one in each of eight. */
static inline uint8x16_t bit_of_byte(void)
{
	return vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201));
}

static inline uint64_t where_bits(struct where where)
{
	const uint8x16_t bit = bit_of_byte();
	const uint8x16_t ab = vpaddq_u8(vandq_u8(where.a, bit), vandq_u8(where.b, bit));
	const uint8x16_t cd = vpaddq_u8(vandq_u8(where.c, bit), vandq_u8(where.d, bit));
	const uint8x16_t quarters = vpaddq_u8(ab, cd);
	const uint8x16_t eighths = vpaddq_u8(quarters, quarters);
	return vgetq_lane_u64(vreinterpretq_u64_u8(eighths), 0);
}

static inline uint8x16_t spread_16(uint64_t bits)
{
	const uint8x8_t low = vdup_n_u8((uint8_t)bits), high = vdup_n_u8((uint8_t)(bits >> 8));
	return vtstq_u8(vcombine_u8(low, high), bit_of_byte());
}

static inline struct where where_of(uint64_t bits)
{
	return (struct where){spread_16(bits), spread_16(bits >> 16), spread_16(bits >> 32),
	                      spread_16(bits >> 48)};
}

static inline struct block block_keep(struct where where, struct block x)
{
	return (struct block){vandq_u8(where.a, x.a), vandq_u8(where.b, x.b),
	                      vandq_u8(where.c, x.c), vandq_u8(where.d, x.d)};
}

static inline struct block block_pick(struct where where, struct block yes, struct block no)
{
	return (struct block){vbslq_u8(where.a, yes.a, no.a), vbslq_u8(where.b, yes.b, no.b),
	                      vbslq_u8(where.c, yes.c, no.c), vbslq_u8(where.d, yes.d, no.d)};
}

static inline uint64_t block_high(struct block x)
{
	const struct block zero = block_all(0);
	return where_bits(block_above(zero, x));
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
 * Of eight bytes, those of the set bits and where they lie. Writes eight of each; returns how many
 * count.
 */
static inline size_t emit_8(uint8x8_t codes, unsigned ends, uint32_t off, uint8_t *code_out,
                            uint32_t *off_out)
{
	const uint8x8_t bits = vld1_u8(scan_bits[ends]);
	const uint16x8_t wide = vmovl_u8(bits);
	const uint32x4_t offs = vdupq_n_u32(off);
	vst1_u8(code_out, vtbl1_u8(codes, bits));
	vst1q_u32(off_out, vaddw_u16(offs, vget_low_u16(wide)));
	vst1q_u32(off_out + 4, vaddw_u16(offs, vget_high_u16(wide)));
	return (size_t)__builtin_popcount(ends);
}

static inline size_t emit_16(uint8x16_t codes, uint64_t ends, uint32_t off, uint8_t *code_out,
                             uint32_t *off_out)
{
	const size_t n = emit_8(vget_low_u8(codes), ends & 0xFF, off, code_out, off_out);
	return n + emit_8(vget_high_u8(codes), ends >> 8 & 0xFF, off + 8, code_out + n, off_out + n);
}

static inline void block_emit(struct block codes, uint64_t ends, uint32_t off, uint8_t *code_out,
                              uint32_t *off_out)
{
	size_t n = emit_16(codes.a, ends, off, code_out, off_out);
	n += emit_16(codes.b, ends >> 16, off + 16, code_out + n, off_out + n);
	n += emit_16(codes.c, ends >> 32, off + 32, code_out + n, off_out + n);
	emit_16(codes.d, ends >> 48, off + 48, code_out + n, off_out + n);
}

uint32_t scan_neon(const char *text, uint32_t len, struct atoms *atoms)
{
	return scan_blocks(text, len, atoms);
}

void sets_neon(struct atoms *atoms)
{
	sets_blocks(atoms, sets_places);
}
