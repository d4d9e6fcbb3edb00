/*
 * A batch of some of the tokens of a batch: its columns are copied, its texts are not.
 */
#ifndef LAFZ_CLI_PICK_H
#define LAFZ_CLI_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

/* The columns of numbers. */
enum pick_column {
	PICK_START,
	PICK_END,
	PICK_CSTART,
	PICK_CEND,
	PICK_RUN,
	PICK_SENT,
	PICK_PAR,
	PICK_NORM_OFF,
	PICK_NORM_LEN,
	PICK_KEY_OFF,
	PICK_KEY_LEN,
	PICK_COLUMNS
};

/* A zeroed struct is an empty one. Everything is owned. */
struct pick {
	uint32_t *index; /* n tokens that are to be picked, from the first to the last */
	size_t n, cap;
	uint32_t *numbers; /* the columns */
	uint16_t *halves;
	uint8_t *bytes;
	float *confidence;
	struct lafz_batch batch;
};

/* Makes room for n tokens and forgets those picked before. False if there is no memory. */
bool pick_begin(struct pick *pick, size_t n);

static inline void pick_add(struct pick *pick, size_t i)
{
	pick->index[pick->n++] = (uint32_t)i;
}

/* The picked tokens of a batch. They live as long as the batch, until pick_begin. */
struct lafz_batch *pick_batch(struct pick *pick, const struct lafz_batch *batch);

/* A column of the batch that was made last, to be changed. */
static inline uint32_t *pick_column(struct pick *pick, enum pick_column column)
{
	return pick->numbers + (size_t)column * pick->cap;
}

void pick_free(struct pick *pick);

#endif
