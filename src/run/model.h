/*
 * The trained table of src/gen/lid.bin: for each script the weights of its languages, 4 bits each,
 * in rows that a hash finds (run/grams.h). doc/model.md says what it was trained on and how it is
 * made again.
 *
 * The file, all numbers little-endian: struct model_head, then for each script a struct
 * model_table, then, from a multiple of GRAMS_LINE on, the rows. A row has a weight + 8 for each column, the first in the lowest bits;
 * 8 columns in 4 bytes, 16 in 8.
 */
#ifndef LAFZ_RUN_MODEL_H
#define LAFZ_RUN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run/grams.h"
#include "run/states.h"

#define MODEL_MAGIC "LafzLID"
#define MODEL_VERSION 3
#define MODEL_NAT 4      /* units of weight in a nat */
#define MODEL_COLUMNS 16 /* languages of a script, and none of them, at most */
#define MODEL_TAG 8      /* bytes of a tag, NUL-padded */

/* The scripts, numbers of the tables. */
enum run_script { RUN_ARAB, RUN_LATN, RUN_SCRIPTS };

struct model_head {
	char magic[8];
	uint32_t version;
	uint32_t size;     /* bytes of the file */
	uint64_t checksum; /* model_sum of what follows */
};

struct model_table {
	char script[4];     /* ISO 15924 */
	uint32_t n_columns; /* 8 or 16 */
	uint32_t n_rows;
	uint32_t off; /* of the rows in the file */
	/* Of the columns; empty: not used. The last is none of the others and is called und. */
	char tags[MODEL_COLUMNS][MODEL_TAG];
};

/* The table that is linked in. */
const unsigned char *model_bytes(size_t *size);

/* True if the bytes are a whole table of this version. Linear in them. */
bool model_is_sound(const unsigned char *bytes, size_t size);

/* FNV-1a. */
uint64_t model_sum(const unsigned char *bytes, size_t size);

/* Columns of a script's table. */
size_t model_columns(size_t script);

/* The tag of a column, "" if it is not used. */
const char *model_tag(size_t script, size_t column);

#define MODEL_WORDS 16 /* words that are looked at together, at most */

/*
 * The summed weights of each of n words, 1 to MODEL_WORDS, each with its 8: only differences mean anything. Linear in
 * them.
 */
typedef void model_function(size_t script, const struct grams_symbols *const words[], size_t n, struct states sums[]);

/* model_words is the reference; all give the same. */
model_function model_words, model_avx2, model_avx512;

/* Of one. */
void model_word(size_t script, const struct grams_symbols *word, struct states *sums);

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
model_function *model_find(const char *kernel);

/* The rows of a script. */
struct model_rows {
	const unsigned char *weights; /* GRAMS_LINE bytes aligned */
	struct grams_layout layout;
	bool is_wide; /* 16 columns in 8 bytes, not 8 in 4 */
};

struct model_rows model_rows(size_t script);

#endif
