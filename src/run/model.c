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

/* Bytes of even and odd columns, added up; two rows, of which each has all columns. */
typedef uint64_t rows16 __attribute__((vector_size(16)));
typedef uint8_t bytes8 __attribute__((vector_size(8)));

static states_half widen(uint64_t bytes)
{
	bytes8 out;
	memcpy(&out, &bytes, sizeof out);
	return __builtin_convertvector(out, states_half);
}

/* As it lies in memory, on any machine: the first byte has the first two columns. */
static uint64_t row_of(const unsigned char *weights, size_t row)
{
	uint64_t bytes;
	memcpy(&bytes, weights + row * sizeof bytes, sizeof bytes);
	return bytes;
}

static uint32_t narrow_row_of(const unsigned char *weights, size_t row)
{
	uint32_t bytes;
	memcpy(&bytes, weights + row * sizeof bytes, sizeof bytes);
	return bytes;
}

/* Rows of 16 columns, two at a time, at most 2 * ROWS_A_BYTE. */
static void add_wide(const unsigned char *weights, const uint32_t *rows, size_t n,
                     struct states *sums)
{
	const rows16 low = {LOW_NIBBLES, LOW_NIBBLES};
	rows16 even = {0, 0}, odd = {0, 0};
	size_t i = 0;
	for (; i + 1 < n; i += 2) {
		const rows16 row = {row_of(weights, rows[i]), row_of(weights, rows[i + 1])};
		even += row & low;
		odd += (row >> 4) & low;
	}
	if (i < n) {
		const rows16 row = {row_of(weights, rows[i]), 0};
		even += row & low;
		odd += (row >> 4) & low;
	}
	sums->half[STATES_EVEN] += widen(even[0]) + widen(even[1]);
	sums->half[!STATES_EVEN] += widen(odd[0]) + widen(odd[1]);
}

/* Rows of 8 columns, the same way: four of them are two lanes. */
static void add_narrow(const unsigned char *weights, const uint32_t *rows, size_t n,
                       struct states *sums)
{
	uint64_t even = 0, odd = 0;
	size_t i = 0;
	for (; i + 1 < n; i += 2) {
		const uint64_t row = narrow_row_of(weights, rows[i]) |
		                     (uint64_t)narrow_row_of(weights, rows[i + 1]) << 32;
		even += row & LOW_NIBBLES;
		odd += (row >> 4) & LOW_NIBBLES;
	}
	if (i < n) {
		const uint64_t row = narrow_row_of(weights, rows[i]);
		even += row & LOW_NIBBLES;
		odd += (row >> 4) & LOW_NIBBLES;
	}
	/* The columns of the second row come to those of the first one. */
	const states_half evens = widen(even), odds = widen(odd);
	for (size_t k = 0; k < STATES_LANES / 2; k++) {
		sums->half[STATES_EVEN][k] =
			(int16_t)(sums->half[STATES_EVEN][k] + evens[k] + evens[k + 4]);
		sums->half[!STATES_EVEN][k] =
			(int16_t)(sums->half[!STATES_EVEN][k] + odds[k] + odds[k + 4]);
	}
}

void model_word(size_t script, const struct grams_word *word, struct states *sums)
{
	const unsigned char *const table = table_of(lafz_lid_bin, script);
	const unsigned char *const weights = lafz_lid_bin + off_of(table);
	const bool is_wide = n_columns_of(table) == MODEL_COLUMNS;
	uint32_t rows[GRAMS_MAX];
	const size_t n = grams_rows(word, n_rows_of(table), rows);
	*sums = (struct states){{{0}, {0}}};
	for (size_t i = 0; i < n; i += 2 * ROWS_A_BYTE) {
		const size_t part = n - i < 2 * ROWS_A_BYTE ? n - i : 2 * ROWS_A_BYTE;
		if (is_wide)
			add_wide(weights, rows + i, part, sums);
		else
			add_narrow(weights, rows + i, part, sums);
	}
}
