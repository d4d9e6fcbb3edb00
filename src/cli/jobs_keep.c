#include "cli/jobs_keep.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/grow.h"

#define CHUNK_CAP ((size_t)1 << 20)

struct keep_chunk {
	struct keep_chunk *next;
	size_t len, cap;
	max_align_t bytes[];
};

/* ---- Memory ---- */

static struct keep_chunk *new_chunk(size_t n)
{
	const size_t cap = n > CHUNK_CAP ? n : CHUNK_CAP;
	if (cap > SIZE_MAX / 2)
		return NULL;
	struct keep_chunk *chunk = malloc(sizeof *chunk + cap);
	if (chunk)
		*chunk = (struct keep_chunk){.cap = cap};
	return chunk;
}

static void *take(struct keep *keep, size_t n)
{
	const size_t align = sizeof(max_align_t);
	if (n > SIZE_MAX / 4)
		return NULL;
	n = (n + align - 1) / align * align;
	while (!keep->at || keep->at->cap - keep->at->len < n) {
		struct keep_chunk **next = keep->at ? &keep->at->next : &keep->first;
		if (!*next)
			*next = new_chunk(n);
		if (!*next)
			return NULL;
		keep->at = *next;
	}
	char *taken = (char *)keep->at->bytes + keep->at->len;
	keep->at->len += n;
	return taken;
}

/* Copies what *place points to, n rows of size bytes; a NULL stays one. False: no memory. */
static bool copy(struct keep *keep, const void **place, size_t n, size_t size)
{
	if (!*place)
		return true;
	void *to = n > SIZE_MAX / size ? NULL : take(keep, n * size);
	if (!to)
		return false;
	if (n > 0)
		memcpy(to, *place, n * size);
	*place = to;
	return true;
}

static bool copy_text(struct keep *keep, const char **text, size_t len)
{
	const void *place = *text;
	const bool is_done = copy(keep, &place, len, 1);
	*text = place;
	return is_done;
}

/* ---- Batches ---- */

static bool copy_columns(struct keep *keep, struct lafz_batch *batch)
{
	bool is_done = true;
	const void *place;
#define COLUMN(column)                                                                             \
	place = batch->column;                                                                     \
	is_done = is_done && copy(keep, &place, batch->n, sizeof *batch->column);                  \
	batch->column = place
	COLUMN(start);
	COLUMN(end);
	COLUMN(cstart);
	COLUMN(cend);
	COLUMN(run);
	COLUMN(sent);
	COLUMN(par);
	COLUMN(kind);
	COLUMN(script);
	COLUMN(lang);
	COLUMN(flags);
	COLUMN(confidence);
	COLUMN(norm_off);
	COLUMN(norm_len);
	COLUMN(key_off);
	COLUMN(key_len);
#undef COLUMN
	return is_done;
}

/* Norm and key are often the text itself. */
static bool copy_texts(struct keep *keep, struct lafz_batch *batch, struct keep_lent lent)
{
	const char *text = batch->text;
	const uintptr_t from = (uintptr_t)lent.text, at = (uintptr_t)text;
	const bool is_lent = at >= from && at - from <= lent.len;
	const void *source_at = batch->source_at;
	if (!is_lent && !copy_text(keep, &batch->text, batch->len))
		return false;
	if (!copy(keep, &source_at, batch->len + 1, sizeof *batch->source_at))
		return false;
	batch->source_at = source_at;
	if (batch->norm_text == text)
		batch->norm_text = batch->text;
	else if (!copy_text(keep, &batch->norm_text, batch->norm_size))
		return false;
	if (batch->key_text == text)
		batch->key_text = batch->text;
	else if (!copy_text(keep, &batch->key_text, batch->key_size))
		return false;
	return true;
}

/* Source and text of an edit lie in the texts of the batch, which have been copied. */
static bool copy_edits(struct keep *keep, struct kept *kept, const struct lafz_batch *batch,
                       const struct lafz_edit *edits)
{
	const char *last_rules = NULL, *last_copy = NULL;
	kept->edits = take(keep, (kept->n_edits + 1) * sizeof *edits);
	if (!kept->edits)
		return false;
	for (size_t i = 0; i < kept->n_edits; i++) {
		struct lafz_edit *edit = &kept->edits[i];
		*edit = edits[i];
		edit->source = kept->batch.text + (edits[i].source - batch->text);
		edit->text = kept->batch.norm_text + (edits[i].text - batch->norm_text);
		if (edits[i].rules != last_rules) {
			last_rules = last_copy = edits[i].rules;
			if (!copy_text(keep, &last_copy, strlen(last_rules) + 1))
				return false;
		}
		edit->rules = last_copy;
	}
	return true;
}

bool keep_add(struct keep *keep, const struct lafz_batch *batch, const struct lafz_edit *edits,
              size_t n_edits, struct keep_lent lent)
{
	struct kept *rows = grow_one(keep->rows, keep->n, &keep->cap, sizeof *rows);
	if (!rows)
		return false;
	keep->rows = rows;
	struct kept *kept = &keep->rows[keep->n];
	*kept = (struct kept){.batch = *batch, .n_edits = n_edits};
	if (!copy_columns(keep, &kept->batch) || !copy_texts(keep, &kept->batch, lent))
		return false;
	if (n_edits > 0 && !copy_edits(keep, kept, batch, edits))
		return false;
	keep->n++;
	return true;
}

void keep_clear(struct keep *keep)
{
	keep->n = 0;
	keep->at = keep->first;
	for (struct keep_chunk *chunk = keep->first; chunk; chunk = chunk->next)
		chunk->len = 0;
}

void keep_free(struct keep *keep)
{
	for (struct keep_chunk *chunk = keep->first, *next; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(keep->rows);
	*keep = (struct keep){0};
}
