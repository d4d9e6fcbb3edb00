#include "run/model.h"

#include <string.h>

#include "base/bytes.h"

/*
 * LAFZ_LID_BIN is set by the Makefile: the path of the table, from the folder the compiler works
 * in.
 */
__asm__(".pushsection .rodata\n"
        ".balign 64\n"
        ".hidden lafz_lid_bin\n"
        ".hidden lafz_lid_bin_end\n"
        ".globl lafz_lid_bin\n"
        ".globl lafz_lid_bin_end\n"
        "lafz_lid_bin:\n"
        ".incbin \"" LAFZ_LID_BIN "\"\n"
        "lafz_lid_bin_end:\n"
        ".byte 0\n"
        ".popsection\n");

extern const unsigned char lafz_lid_bin[] __attribute__((visibility("hidden")));
extern const unsigned char lafz_lid_bin_end[] __attribute__((visibility("hidden")));

/* Rows that are added up before bytes could overflow: 17 times 15 fits. */
#define ROWS_A_BYTE 17u

#define LOW_NIBBLES 0x0F0F0F0F0F0F0F0Fu

/* ---- The file ---- */

const unsigned char *model_bytes(size_t *size)
{
	*size = (size_t)((uintptr_t)lafz_lid_bin_end - (uintptr_t)lafz_lid_bin);
	return lafz_lid_bin;
}

uint64_t model_sum(const unsigned char *bytes, size_t size)
{
	uint64_t sum = 0xCBF29CE484222325u;
	for (size_t i = 0; i < size; i++)
		sum = (sum ^ bytes[i]) * 0x100000001B3u;
	return sum;
}

static const unsigned char *table_of(const unsigned char *bytes, size_t script)
{
	return bytes + sizeof(struct model_head) + script * sizeof(struct model_table);
}

static uint32_t n_columns_of(const unsigned char *table)
{
	return bytes_u32(table + offsetof(struct model_table, n_columns));
}

static uint32_t n_rows_of(const unsigned char *table)
{
	return bytes_u32(table + offsetof(struct model_table, n_rows));
}

static uint32_t off_of(const unsigned char *table)
{
	return bytes_u32(table + offsetof(struct model_table, off));
}

static bool is_table(const unsigned char *table, const char *script, size_t size)
{
	const uint64_t n_columns = n_columns_of(table);
	const uint64_t row_bytes = n_columns / 2;
	return memcmp(table, script, 4) == 0 && (n_columns == 8 || n_columns == MODEL_COLUMNS) &&
	       n_rows_of(table) > 0 && off_of(table) + row_bytes * n_rows_of(table) <= size;
}

bool model_is_sound(const unsigned char *bytes, size_t size)
{
	const size_t heads = sizeof(struct model_head) + RUN_SCRIPTS * sizeof(struct model_table);
	if (size < heads || memcmp(bytes, MODEL_MAGIC, sizeof MODEL_MAGIC) != 0)
		return false;
	const size_t summed = sizeof(struct model_head);
	return bytes_u32(bytes + offsetof(struct model_head, version)) == MODEL_VERSION &&
	       bytes_u32(bytes + offsetof(struct model_head, size)) == size &&
	       is_table(table_of(bytes, RUN_ARAB), "Arab", size) &&
	       is_table(table_of(bytes, RUN_LATN), "Latn", size) &&
	       bytes_u64(bytes + offsetof(struct model_head, checksum)) ==
	               model_sum(bytes + summed, size - summed);
}

size_t model_columns(size_t script)
{
	return n_columns_of(table_of(lafz_lid_bin, script));
}

const char *model_tag(size_t script, size_t column)
{
	const unsigned char *const tags = table_of(lafz_lid_bin, script) +
	                                  offsetof(struct model_table, tags);
	return (const char *)tags + column * MODEL_TAG;
}

/* ---- Words ---- */

/* Bytes of even and odd columns, added up; two lanes, of which each has all columns. */
typedef uint64_t lanes __attribute__((vector_size(16)));
typedef uint8_t bytes8 __attribute__((vector_size(8)));
typedef uint16_t sums8 __attribute__((vector_size(16)));

static sums8 widen(uint64_t bytes)
{
	bytes8 out;
	bytes_put_u64(&out, bytes);
	return __builtin_convertvector(out, sums8);
}

/* The sums of a word so far: a number for each even and for each odd column. */
struct sums {
	sums8 even, odd;
};

/* Rows of 16 columns, two at a time, at most 2 * ROWS_A_BYTE. */
static void add_wide(const unsigned char *weights, const uint32_t *rows, size_t n, struct sums *sums)
{
	const lanes low = {LOW_NIBBLES, LOW_NIBBLES};
	lanes even = {0, 0}, odd = {0, 0};
	size_t i = 0;
	for (; i + 1 < n; i += 2) {
		const lanes row = {bytes_u64(weights + (size_t)rows[i] * 8),
		                   bytes_u64(weights + (size_t)rows[i + 1] * 8)};
		even += row & low;
		odd += (row >> 4) & low;
	}
	if (i < n) {
		const lanes row = {bytes_u64(weights + (size_t)rows[i] * 8), 0};
		even += row & low;
		odd += (row >> 4) & low;
	}
	sums->even += widen(even[0]) + widen(even[1]);
	sums->odd += widen(odd[0]) + widen(odd[1]);
}

/* Rows of 8 columns, the same way: two make one number, so the upper columns are the lower ones. */
static void add_narrow(const unsigned char *weights, const uint32_t *rows, size_t n, struct sums *sums)
{
	uint64_t even = 0, odd = 0;
	size_t i = 0;
	for (; i + 1 < n; i += 2) {
		const uint64_t row = bytes_u32(weights + (size_t)rows[i] * 4) |
		                     (uint64_t)bytes_u32(weights + (size_t)rows[i + 1] * 4) << 32;
		even += row & LOW_NIBBLES;
		odd += (row >> 4) & LOW_NIBBLES;
	}
	if (i < n) {
		const uint64_t row = bytes_u32(weights + (size_t)rows[i] * 4);
		even += row & LOW_NIBBLES;
		odd += (row >> 4) & LOW_NIBBLES;
	}
	sums->even += widen(even & UINT32_MAX) + widen(even >> 32);
	sums->odd += widen(odd & UINT32_MAX) + widen(odd >> 32);
}

void model_word(size_t script, const struct grams_word *word, int16_t sums[MODEL_COLUMNS])
{
	const unsigned char *const table = table_of(lafz_lid_bin, script);
	const unsigned char *const weights = lafz_lid_bin + off_of(table);
	const bool is_wide = n_columns_of(table) == MODEL_COLUMNS;
	uint32_t rows[GRAMS_MAX];
	const size_t n = grams_rows(word, n_rows_of(table), rows);
	struct sums all = {{0}, {0}};
	for (size_t i = 0; i < n; i += 2 * ROWS_A_BYTE) {
		const size_t part = n - i < 2 * ROWS_A_BYTE ? n - i : 2 * ROWS_A_BYTE;
		if (is_wide)
			add_wide(weights, rows + i, part, &all);
		else
			add_narrow(weights, rows + i, part, &all);
	}
	for (size_t i = 0; i < MODEL_COLUMNS / 2; i++) {
		sums[2 * i] = (int16_t)all.even[i];
		sums[2 * i + 1] = (int16_t)all.odd[i];
	}
}
