/*
 * The loops of -f arrow over rows, column by column (arrow_rows_loop.h). There are three of each, with the instructions that every
 * processor has, with those of AVX2 and with those of AVX-512.
 */
#ifndef LAFZ_CLI_ARROW_ROWS_H
#define LAFZ_CLI_ARROW_ROWS_H

#include "cli/write.h"

#define ARROW_MARGIN 64    /* bytes behind the texts of a column that may be written too */
#define ARROW_NAME_MOST 16 /* no name of a kind and no tag of a language is longer */

/* Where texts go, and their ends. */
struct arrow_room {
	char *values;
	char *ends;    /* int32_t each */
	size_t before; /* bytes of values that are there already */
	size_t len;    /* of those that are written */
};

/* Neighbouring tokens of a batch. */
struct arrow_rows {
	const struct lafz_batch *batch;
	size_t first, n;
	size_t n_inner; /* those before it are WRITE_MARGIN bytes or more from the ends of their texts */
};

/* A text for each of them. */
struct arrow_texts {
	const char *text;
	size_t size;
	const uint32_t *starts, *others; /* ends, or lengths */
	bool are_ends;
};

/* How long their texts are, or more. */
struct arrow_sums {
	size_t surface, norm, key;
};

struct arrow_loops {
	uint32_t (*flags)(const uint16_t *flags, size_t n); /* all that one of them has */
	struct arrow_sums (*sum)(const struct lafz_batch *batch, size_t first, size_t n);
	/* texts of rows, behind those that are there */
	void (*surfaces)(struct arrow_room *room, const struct arrow_rows *rows);
	void (*both)(struct arrow_room *surface, struct arrow_room *norm, const struct arrow_rows *rows); /* surfaces and norms */
	void (*keys)(struct arrow_room *room, const struct arrow_rows *rows);
	bool (*are_surfaces)(const struct arrow_rows *rows); /* whether their norms are */
	/* numbers and names of n rows */
	void (*u32)(char *dst, const uint32_t *numbers, size_t n, uint64_t base);
	void (*u64)(char *dst, const uint32_t *numbers, size_t n, uint64_t base);
	void (*kinds)(struct arrow_room *room, const struct writer *writer, const uint8_t *kinds, size_t n);
	void (*scripts)(char *dst, const struct writer *writer, const uint8_t *scripts, size_t n);
	void (*ends)(char *dst, size_t n, size_t before, size_t len);
};

extern const struct arrow_loops arrow_loops_plain, arrow_loops_avx2, arrow_loops_avx512;

static inline const struct arrow_loops *arrow_loops_of(const struct writer *writer)
{
#ifdef LAFZ_KERNEL_AVX512
	if (writer->has_avx512)
		return &arrow_loops_avx512;
#endif
#ifdef LAFZ_KERNEL_AVX2
	if (writer->has_avx2)
		return &arrow_loops_avx2;
#endif
	(void)writer;
	return &arrow_loops_plain;
}

#endif
