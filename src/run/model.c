#include "run/model.h"

#include <string.h>

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
#define ROWS_A_BYTE 17

#define LOW_NIBBLES 0x0F0F0F0F0F0F0F0Fu

/* ---- The file ---- */

static uint32_t read_u32(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint64_t read_u64(const unsigned char *at)
{
	return (uint64_t)read_u32(at + 4) << 32 | read_u32(at);
}

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
	return read_u32(table + offsetof(struct model_table, n_columns));
}

static uint32_t n_rows_of(const unsigned char *table)
{
	return read_u32(table + offsetof(struct model_table, n_rows));
}

static uint32_t off_of(const unsigned char *table)
{
	return read_u32(table + offsetof(struct model_table, off));
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
	return read_u32(bytes + offsetof(struct model_head, version)) == MODEL_VERSION &&
	       read_u32(bytes + offsetof(struct model_head, size)) == size &&
	       is_table(table_of(bytes, RUN_ARAB), "Arab", size) &&
	       is_table(table_of(bytes, RUN_LATN), "Latn", size) &&
	       read_u64(bytes + offsetof(struct model_head, checksum)) ==
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

/* The bytes of even and odd columns, added to their sums. */
static void spill(uint64_t even, uint64_t odd, size_t n_columns, int32_t sums[MODEL_COLUMNS])
{
	for (size_t i = 0; i < n_columns; i += 2) {
		sums[i] += (int32_t)(even & 0xFF);
		sums[i + 1] += (int32_t)(odd & 0xFF);
		even >>= 8;
		odd >>= 8;
	}
}

void model_word(size_t script, const struct grams_word *word, int32_t sums[MODEL_COLUMNS])
{
	const unsigned char *const table = table_of(lafz_lid_bin, script);
	const unsigned char *const weights = lafz_lid_bin + off_of(table);
	const size_t n_columns = n_columns_of(table);
	const bool is_wide = n_columns == MODEL_COLUMNS;
	uint32_t rows[GRAMS_MAX];
	const size_t n = grams_rows(word, n_rows_of(table), rows);
	memset(sums, 0, MODEL_COLUMNS * sizeof *sums);
	for (size_t i = 0, end; i < n; i = end) {
		uint64_t even = 0, odd = 0;
		end = n - i > ROWS_A_BYTE ? i + ROWS_A_BYTE : n;
		for (size_t k = i; k < end; k++) {
			const uint64_t row = is_wide ? read_u64(weights + (size_t)rows[k] * 8)
			                             : read_u32(weights + (size_t)rows[k] * 4);
			even += row & LOW_NIBBLES;
			odd += (row >> 4) & LOW_NIBBLES;
		}
		spill(even, odd, n_columns, sums);
	}
}
