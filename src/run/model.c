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

/* Places of a word whose rows are added up before bytes could overflow: 17 times 15 fits. */
#define PLACES_A_BYTE 8u

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
 * The rows of one place of the word are added up at once, or in two steps if they are wide; each has all columns, the even ones
 * in the lower nibbles of its bytes. So there is a sum of one byte for each column and each lane, and all is done in a few vector
 * operations.
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

/* As they lie in memory, on any machine: the first byte has the first two columns. Wide ones. */
static bytes16 two_rows(const unsigned char *weights, uint32_t a, uint32_t b)
{
	uint64_t rows[2];
	bytes16 out;
	memcpy(&rows[0], weights + (size_t)a * sizeof *rows, sizeof *rows);
	memcpy(&rows[1], weights + (size_t)b * sizeof *rows, sizeof *rows);
	const uint64_t both __attribute__((vector_size(16))) = {rows[0], rows[1]};
	memcpy(&out, &both, sizeof out);
	return out;
}

/* With zeros behind it. */
static bytes16 one_row(const unsigned char *weights, uint32_t row)
{
	uint64_t bytes;
	bytes16 out;
	memcpy(&bytes, weights + (size_t)row * sizeof bytes, sizeof bytes);
	const uint64_t alone __attribute__((vector_size(16))) = {bytes, 0};
	memcpy(&out, &alone, sizeof out);
	return out;
}

static uint32_t narrow_row(const unsigned char *weights, uint32_t row)
{
	uint32_t bytes;
	memcpy(&bytes, weights + (size_t)row * sizeof bytes, sizeof bytes);
	return bytes;
}

/* Narrow ones, with zeros behind them. */
static bytes16 three_rows(const unsigned char *weights, uint32_t a, uint32_t b, uint32_t c)
{
	bytes16 out;
	const uint32_t all __attribute__((vector_size(16))) = {narrow_row(weights, a), narrow_row(weights, b),
	                                                       narrow_row(weights, c), 0};
	memcpy(&out, &all, sizeof out);
	return out;
}

/* Two rows of each kind. */
static bytes16 pair_of(const struct model_rows *model, uint32_t a, uint32_t b)
{
	if (model->is_wide)
		return two_rows(model->weights, a, b);
	bytes16 out;
	const uint32_t both __attribute__((vector_size(16))) = {narrow_row(model->weights, a), narrow_row(model->weights, b), 0, 0};
	memcpy(&out, &both, sizeof out);
	return out;
}

static void add_three(struct lanes *lanes, const struct model_rows *model, uint32_t a, uint32_t b, uint32_t c)
{
	if (model->is_wide) {
		add_lanes(lanes, two_rows(model->weights, a, b));
		add_lanes(lanes, one_row(model->weights, c));
	} else {
		add_lanes(lanes, three_rows(model->weights, a, b, c));
	}
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

void model_word(size_t script, const struct grams_symbols *word, struct states *sums)
{
	const struct model_rows model = model_rows(script);
	const size_t n = word->n - 2;
	const uint32_t whole = grams_word_row(model.layout, word);
	struct lanes lanes = {{0}, {0}};
	struct states apart = {{{0}, {0}}};
	add_lanes(&lanes, pair_of(&model, whole, whole));
	for (size_t i = 0; i < n; i++) {
		const struct grams_here here = grams_here(model.layout, bytes_u32(word->symbols + i));
		/* The last letter begins none of four; the pair of it and the end of the word takes its place. */
		const bool is_last = i + 1 == n;
		const uint32_t four = is_last ? grams_pair_row(bytes_u32(word->symbols + n)) : here.four;
		add_three(&lanes, &model, here.two, here.three, four);
		if (i % PLACES_A_BYTE == PLACES_A_BYTE - 1)
			flush(&lanes, model.is_wide, &apart);
	}
	flush(&lanes, model.is_wide, &apart);
	put_in_order(&apart, sums);
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
