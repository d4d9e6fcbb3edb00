#include "cli/tally.h"

#include <stdlib.h>
#include <string.h>

#include <lafz.h>

#define INDEX_CAP 256 /* at first */

/* ---- Names ---- */

/* There are a few dozen of them at most. */
static bool find_name(struct tally *tally, const char *rule, size_t n, uint32_t *out)
{
	const struct bytes *names = &tally->names;
	for (size_t off = 0; off < names->len; off += strlen(names->ptr + off) + 1) {
		const char *name = names->ptr + off;
		*out = (uint32_t)off;
		if (strlen(name) == n && memcmp(name, rule, n) == 0)
			return true;
	}
	*out = (uint32_t)names->len;
	if (!bytes_reserve(&tally->names, n + 1))
		return false;
	(void)bytes_append(&tally->names, rule, n);
	return bytes_append(&tally->names, "", 1);
}

/* ---- Rows ---- */

static size_t hash_of(const struct tally_row *row)
{
	uint32_t hash = row->cp * 2654435761u;
	hash = (hash ^ row->rule) * 2654435761u;
	hash = (hash ^ row->lang) * 2654435761u;
	return hash ^ hash >> 15;
}

/* The place of the row in the index, or the free one where it belongs. */
static uint32_t *place_of(const struct tally *tally, const struct tally_row *row)
{
	for (size_t i = hash_of(row);; i++) {
		uint32_t *place = &tally->index[i & (tally->index_cap - 1)];
		if (*place == 0)
			return place;
		const struct tally_row *old = &tally->rows[*place - 1];
		if (old->lang == row->lang && old->rule == row->rule && old->cp == row->cp)
			return place;
	}
}

/* Makes room for one row more; the index is half full at most. */
static bool grow(struct tally *tally)
{
	if (tally->n < tally->cap)
		return true;
	const size_t index_cap = tally->index_cap > 0 ? 2 * tally->index_cap : INDEX_CAP;
	if (index_cap / 2 > UINT32_MAX || index_cap > SIZE_MAX / 2 / sizeof *tally->rows)
		return false;
	struct tally_row *rows = realloc(tally->rows, index_cap / 2 * sizeof *rows);
	if (!rows)
		return false;
	tally->rows = rows;
	uint32_t *index = calloc(index_cap, sizeof *index);
	if (!index)
		return false;
	free(tally->index);
	tally->index = index;
	tally->index_cap = index_cap;
	tally->cap = index_cap / 2;
	for (size_t i = 0; i < tally->n; i++)
		*place_of(tally, &rows[i]) = (uint32_t)i + 1;
	return true;
}

static bool add(struct tally *tally, const struct tally_row *what, const char *rule, size_t n)
{
	struct tally_row row = {.lang = what->lang, .cp = what->cp};
	if (!find_name(tally, rule, n, &row.rule) || !grow(tally))
		return false;
	uint32_t *place = place_of(tally, &row);
	if (*place == 0) {
		tally->rows[tally->n] = row;
		*place = (uint32_t)++tally->n;
	}
	tally->rows[*place - 1].count += what->count;
	return true;
}

bool tally_add(struct tally *tally, uint16_t lang, const char *rule, size_t n, uint32_t cp)
{
	const struct tally_row row = {.lang = lang, .cp = cp, .count = 1};
	return add(tally, &row, rule, n);
}

/* Names first, so that they keep the order they were met in. */
bool tally_merge(struct tally *tally, const struct tally *more)
{
	const struct bytes *names = &more->names;
	for (size_t off = 0; off < names->len; off += strlen(names->ptr + off) + 1) {
		uint32_t found = 0;
		const char *name = names->ptr + off;
		if (!find_name(tally, name, strlen(name), &found))
			return false;
	}
	for (size_t i = 0; i < more->n; i++) {
		const char *name = names->ptr + more->rows[i].rule;
		if (!add(tally, &more->rows[i], name, strlen(name)))
			return false;
	}
	return true;
}

/* Rules come last, in the order they were met in, so that the order is always one. */
static int compare(const void *left, const void *right)
{
	const struct tally_row *one = left, *other = right;
	if (one->count != other->count)
		return one->count < other->count ? 1 : -1;
	if (one->lang != other->lang)
		return strcmp(lafz_lang_tag(one->lang), lafz_lang_tag(other->lang));
	if (one->cp != other->cp)
		return one->cp < other->cp ? -1 : 1;
	return one->rule < other->rule ? -1 : one->rule > other->rule;
}

void tally_sort(struct tally *tally)
{
	if (tally->n > 0)
		qsort(tally->rows, tally->n, sizeof *tally->rows, compare);
	free(tally->index);
	tally->index = NULL;
	tally->index_cap = tally->cap = 0;
}

void tally_free(struct tally *tally)
{
	free(tally->rows);
	free(tally->index);
	bytes_free(&tally->names);
	*tally = (struct tally){0};
}
