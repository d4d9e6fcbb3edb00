#include "cli/clean.h"

/* A text of all tokens, as columns. They stand in the order of the tokens. */
struct views {
	const char *text;
	size_t size;
	const uint32_t *start, *len, *end; /* either len or end is NULL */
};

static size_t end_of(const struct views *views, size_t i)
{
	return views->len ? (size_t)views->start[i] + views->len[i] : views->end[i];
}

/* The first token from i on with something special. */
static size_t find_token(const struct clean *clean, const struct views *views, size_t i)
{
	const size_t n = clean->batch->n;
	while (i < n) {
		const size_t at = clean->find(views->text, views->start[i], views->size, clean->but);
		if (at == views->size)
			return n;
		while (n - i > 8 && end_of(views, i + 7) <= at)
			i += 8;
		while (i < n && end_of(views, i) <= at)
			i++;
		if (i < n && views->start[i] <= at)
			return i;
	}
	return n;
}

static size_t find_surface(const struct clean *clean, size_t i)
{
	const struct lafz_batch *const batch = clean->batch;
	const struct views views = {batch->text, batch->len, batch->start, NULL, batch->end};
	return find_token(clean, &views, i);
}

static size_t find_norm(const struct clean *clean, size_t i)
{
	const struct lafz_batch *const batch = clean->batch;
	const struct views views = {batch->norm_text, batch->norm_size, batch->norm_off, batch->norm_len, NULL};
	/* if nothing has changed, it is the surface */
	return batch->norm_text == batch->text ? batch->n : find_token(clean, &views, i);
}

static size_t find_key(const struct clean *clean, size_t i)
{
	const struct lafz_batch *const batch = clean->batch;
	const struct views views = {batch->key_text, batch->key_size, batch->key_off, batch->key_len, NULL};
	return batch->key_text == batch->text ? batch->n : find_token(clean, &views, i);
}

void clean_begin(struct clean *clean, const struct lafz_batch *batch, const struct args *args, put_find *find)
{
	/* masks do not stand in the order of their tokens */
	*clean = (struct clean){.batch = batch, .find = args->selection.has_masks ? NULL : find};
	if (!clean->find)
		return;
	/* no token holds white space, but gaps hold all line ends */
	clean->but = args->gaps ? PUT_FIND_ALL : '\n';
	clean->surface = find_surface(clean, 0);
	clean->norm = find_norm(clean, 0);
	clean->key = find_key(clean, 0);
}

void clean_behind(struct clean *clean, size_t i)
{
	if (!clean->find) {
		clean->surface = i + 1;
		return;
	}
	if (clean->surface == i)
		clean->surface = find_surface(clean, i + 1);
	if (clean->norm == i)
		clean->norm = find_norm(clean, i + 1);
	if (clean->key == i)
		clean->key = find_key(clean, i + 1);
}
