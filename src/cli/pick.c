#include "cli/pick.h"

#include <stdlib.h>

enum { HALVES = 2, BYTES = 2 }; /* columns of these widths */

static void forget(struct pick *pick)
{
	free(pick->index);
	free(pick->numbers);
	free(pick->halves);
	free(pick->bytes);
	free(pick->confidence);
	*pick = (struct pick){0};
}

bool pick_begin(struct pick *pick, size_t n)
{
	pick->n = 0;
	if (n <= pick->cap)
		return true;
	forget(pick);
	if (n > SIZE_MAX / 2 / (PICK_COLUMNS * sizeof *pick->numbers))
		return false;
	const size_t cap = n + n / 2;
	pick->index = malloc(cap * sizeof *pick->index);
	pick->numbers = malloc(PICK_COLUMNS * cap * sizeof *pick->numbers);
	pick->halves = malloc(HALVES * cap * sizeof *pick->halves);
	pick->bytes = malloc(BYTES * cap);
	pick->confidence = malloc(cap * sizeof *pick->confidence);
	if (!pick->index || !pick->numbers || !pick->halves || !pick->bytes || !pick->confidence)
		return false;
	pick->cap = cap;
	return true;
}

/* A column that was not asked for is NULL and stays it. */
static const uint32_t *numbers(struct pick *pick, enum pick_column column, const uint32_t *from)
{
	if (!from)
		return NULL;
	uint32_t *to = pick_column(pick, column);
	for (size_t i = 0; i < pick->n; i++)
		to[i] = from[pick->index[i]];
	return to;
}

static const uint16_t *halves(const struct pick *pick, size_t column, const uint16_t *from)
{
	if (!from)
		return NULL;
	uint16_t *to = pick->halves + column * pick->cap;
	for (size_t i = 0; i < pick->n; i++)
		to[i] = from[pick->index[i]];
	return to;
}

static const uint8_t *bytes(const struct pick *pick, size_t column, const uint8_t *from)
{
	if (!from)
		return NULL;
	uint8_t *to = pick->bytes + column * pick->cap;
	for (size_t i = 0; i < pick->n; i++)
		to[i] = from[pick->index[i]];
	return to;
}

static const float *confidence(const struct pick *pick, const float *from)
{
	if (!from)
		return NULL;
	for (size_t i = 0; i < pick->n; i++)
		pick->confidence[i] = from[pick->index[i]];
	return pick->confidence;
}

struct lafz_batch *pick_batch(struct pick *pick, const struct lafz_batch *batch)
{
	struct lafz_batch *out = &pick->batch;
	*out = *batch;
	out->n = pick->n;
	out->start = numbers(pick, PICK_START, batch->start);
	out->end = numbers(pick, PICK_END, batch->end);
	out->cstart = numbers(pick, PICK_CSTART, batch->cstart);
	out->cend = numbers(pick, PICK_CEND, batch->cend);
	out->run = numbers(pick, PICK_RUN, batch->run);
	out->sent = numbers(pick, PICK_SENT, batch->sent);
	out->par = numbers(pick, PICK_PAR, batch->par);
	out->norm_off = numbers(pick, PICK_NORM_OFF, batch->norm_off);
	out->norm_len = numbers(pick, PICK_NORM_LEN, batch->norm_len);
	out->key_off = numbers(pick, PICK_KEY_OFF, batch->key_off);
	out->key_len = numbers(pick, PICK_KEY_LEN, batch->key_len);
	out->lang = halves(pick, 0, batch->lang);
	out->flags = halves(pick, 1, batch->flags);
	out->kind = bytes(pick, 0, batch->kind);
	out->script = bytes(pick, 1, batch->script);
	out->confidence = confidence(pick, batch->confidence);
	return out;
}

void pick_free(struct pick *pick)
{
	forget(pick);
}
