#include "run/model.h"

#include <string.h>

#include "base/bytes.h"
#include "scan/wide_choice.h"

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

/* Rows of a lane that are added up before bytes could overflow. */
#define ROWS_A_BYTE 17u

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

static struct grams_layout layout_of(const unsigned char *table)
{
	return grams_layout_of(n_rows_of(table), n_columns_of(table));
}

static bool is_table(const unsigned char *table, const char *script, size_t size)
{
	const uint64_t n_columns = n_columns_of(table);
	const uint64_t row_bytes = n_columns / 2;
	return memcmp(table, script, 4) == 0 && (n_columns == 8 || n_columns == MODEL_COLUMNS) &&
	       grams_layout_is_sound(layout_of(table), n_rows_of(table)) && off_of(table) % GRAMS_LINE == 0 &&
	       off_of(table) + row_bytes * n_rows_of(table) <= size;
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

/*
 * Rows are added up four at a time, or two of the wide ones; each has all columns, the even
 * ones in the lower nibbles of its bytes. So there is a sum of one byte for each column and each
 * lane, and all is done in a few vector operations.
 */
typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint8_t bytes8 __attribute__((vector_size(8)));

/* Sums of rows, one byte each. */
struct lanes {
	bytes16 even, odd;
};

static void add_lanes(struct lanes *lanes, bytes16 rows)
{
	lanes->even += rows & 0x0F;
	lanes->odd += rows >> 4;
}

/* As many as there are lanes, as they lie in memory, on any machine: the first byte has the first two columns. */
static bytes16 rows_of(const unsigned char *weights, size_t row_bytes, const uint32_t *rows)
{
	bytes16 out;
	for (size_t i = 0; i < sizeof out / row_bytes; i++)
		memcpy((char *)&out + i * row_bytes, weights + rows[i] * row_bytes, row_bytes);
	return out;
}

/* Fewer of them, with zeros behind them. */
static bytes16 last_rows_of(const unsigned char *weights, size_t row_bytes, const uint32_t *rows, size_t n)
{
	bytes16 out = {0};
	for (size_t i = 0; i < n; i++)
		memcpy((char *)&out + i * row_bytes, weights + rows[i] * row_bytes, row_bytes);
	return out;
}

/* The sums of all lanes: of two rows if they are wide, else of four. */
static states_half join(bytes16 lanes, bool is_wide)
{
	bytes8 half[2];
	memcpy(half, &lanes, sizeof half);
	const states_half both = __builtin_convertvector(half[0], states_half) +
	                         __builtin_convertvector(half[1], states_half);
	const states_lanes quarters = (states_lanes)both;
	return is_wide ? both : (states_half)(states_lanes){quarters[0] + quarters[1], 0};
}

/* The even columns in the first half, the odd ones in the second. */
static void flush(struct lanes *lanes, bool is_wide, struct states *apart)
{
	apart->half[0] += join(lanes->even, is_wide);
	apart->half[1] += join(lanes->odd, is_wide);
	*lanes = (struct lanes){{0}, {0}};
}

/* Column after column; the sums are 0 or more. */
static void put_in_order(const struct states *apart, struct states *sums)
{
	typedef uint32_t pairs __attribute__((vector_size(4 * STATES_LANES)));
	const pairs even = __builtin_convertvector(apart->half[0], pairs);
	const pairs odd = __builtin_convertvector(apart->half[1], pairs);
	const pairs both = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? even | odd << 16
	                                                             : even << 16 | odd;
	memcpy(sums, &both, sizeof *sums);
}

struct model_rows model_rows(size_t script)
{
	const unsigned char *const table = table_of(lafz_lid_bin, script);
	return (struct model_rows){
		.weights = lafz_lid_bin + off_of(table),
		.layout = layout_of(table),
		.is_wide = n_columns_of(table) == MODEL_COLUMNS,
	};
}

static void sum_rows(const unsigned char *weights, bool is_wide, const uint32_t *rows, size_t n, struct states *sums)
{
	const size_t row_bytes = is_wide ? 8 : 4, n_lanes = sizeof(bytes16) / row_bytes;
	struct lanes lanes = {{0}, {0}};
	struct states apart = {{{0}, {0}}};
	size_t left = ROWS_A_BYTE;
	for (; n >= n_lanes; n -= n_lanes, rows += n_lanes) {
		add_lanes(&lanes, rows_of(weights, row_bytes, rows));
		if (--left == 1) {
			flush(&lanes, is_wide, &apart);
			left = ROWS_A_BYTE;
		}
	}
	add_lanes(&lanes, last_rows_of(weights, row_bytes, rows, n));
	flush(&lanes, is_wide, &apart);
	put_in_order(&apart, sums);
}

void model_word(size_t script, const struct grams_symbols *word, struct states *sums)
{
	const struct model_rows model = model_rows(script);
	uint32_t rows[GRAMS_MAX];
	const size_t n = grams_rows(model.layout, word, rows);
	if (model.is_wide)
		sum_rows(model.weights, true, rows, n, sums);
	else
		sum_rows(model.weights, false, rows, n, sums);
}

void model_words(size_t script, const struct grams_symbols *const words[], size_t n, struct states sums[])
{
	for (size_t i = 0; i < n; i++)
		model_word(script, words[i], &sums[i]);
}

model_function *model_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, model_avx512, model_avx2, model_words);
}
