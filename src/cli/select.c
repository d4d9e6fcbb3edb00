#include "cli/select.h"

#include <string.h>

#include "cli/write.h"

/* lang and confidence are there if --only-lang or --min-confidence asks for them. */
static bool is_wanted(const struct selection *selection, const struct lafz_batch *batch, size_t i)
{
	if (selection->dropped >> batch->kind[i] & 1)
		return false;
	if (selection->langs.len > 0 && !selection->langs.ptr[batch->lang[i]])
		return false;
	return selection->min_confidence <= 0 || batch->confidence[i] >= selection->min_confidence;
}

static const char *mask_of(const struct selection *selection, uint8_t kind)
{
	return kind < SELECTION_KINDS ? selection->masks[kind] : NULL;
}

static bool has_masked(const struct selection *selection, const struct lafz_batch *batch)
{
	for (size_t i = 0; selection->has_masks && i < batch->n; i++) {
		if (mask_of(selection, batch->kind[i]))
			return true;
	}
	return false;
}

/*
 * A text with all masks behind it, once each. Writers take the texts to stand in the order of their
 * tokens and look only at the last ones for how near the end is (write_count_inner), so with
 * WRITE_MARGIN bytes behind the text and behind the masks they are right about all.
 */
static bool make_text(const struct select *select, struct bytes *out, const char *text, size_t size,
                      uint32_t places[SELECTION_KINDS])
{
	static const char padding[WRITE_MARGIN] = {0};
	out->len = 0;
	bool is_well = bytes_append(out, text, size) && bytes_append(out, padding, WRITE_MARGIN);
	for (uint8_t kind = 0; is_well && kind < SELECTION_KINDS; kind++) {
		const char *mask = select->selection->masks[kind];
		places[kind] = (uint32_t)out->len;
		is_well = !mask || bytes_append(out, mask, strlen(mask));
	}
	return is_well && bytes_append(out, padding, WRITE_MARGIN);
}

/* Lets the masked tokens of a batch point to their masks; off and len are its columns. */
static void point(const struct selection *selection, const struct lafz_batch *batch, uint32_t *off,
                  uint32_t *len, const uint32_t places[SELECTION_KINDS])
{
	for (size_t i = 0; i < batch->n; i++) {
		const uint8_t kind = batch->kind[i];
		const char *mask = mask_of(selection, kind);
		if (!mask)
			continue;
		off[i] = places[kind];
		len[i] = (uint32_t)strlen(mask);
	}
}

static bool mask_norms(struct select *select, struct lafz_batch *batch)
{
	uint32_t places[SELECTION_KINDS];
	if (!batch->norm_off)
		return true;
	if (!make_text(select, &select->norm, batch->norm_text, batch->norm_size, places))
		return false;
	point(select->selection, batch, pick_column(&select->pick, PICK_NORM_OFF),
	      pick_column(&select->pick, PICK_NORM_LEN), places);
	batch->norm_text = select->norm.ptr;
	batch->norm_size = select->norm.len;
	return true;
}

static bool mask_keys(struct select *select, struct lafz_batch *batch)
{
	uint32_t places[SELECTION_KINDS];
	if (!batch->key_off)
		return true;
	if (!make_text(select, &select->key, batch->key_text, batch->key_size, places))
		return false;
	point(select->selection, batch, pick_column(&select->pick, PICK_KEY_OFF),
	      pick_column(&select->pick, PICK_KEY_LEN), places);
	batch->key_text = select->key.ptr;
	batch->key_size = select->key.len;
	return true;
}

const struct lafz_batch *select_batch(struct select *select, const struct lafz_batch *batch)
{
	const struct selection *selection = select->selection;
	if (!pick_begin(&select->pick, batch->n))
		return NULL;
	for (size_t i = 0; i < batch->n; i++) {
		if (is_wanted(selection, batch, i))
			pick_add(&select->pick, i);
	}
	const bool is_masked = has_masked(selection, batch);
	if (select->pick.n == batch->n && !is_masked)
		return batch;
	struct lafz_batch *out = pick_batch(&select->pick, batch);
	if (is_masked && (!mask_norms(select, out) || !mask_keys(select, out)))
		return NULL;
	return out;
}

void select_free(struct select *select)
{
	pick_free(&select->pick);
	bytes_free(&select->norm);
	bytes_free(&select->key);
}
