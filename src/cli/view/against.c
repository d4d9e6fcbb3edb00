#include "cli/view/against.h"

#include <stdlib.h>
#include <string.h>

#include "cli/fail.h"
#include "cli/grow.h"
#include "cli/write.h"

int against_open(struct against *against, const char *name, const char *file, size_t read_size,
                 size_t max, struct sink *sink)
{
	*against = (struct against){.name = name};
	return tokens_open(&against->tokens, file, read_size, max, sink);
}

void against_close(struct against *against)
{
	tokens_close(&against->tokens);
	free(against->notes);
	bytes_free(&against->values);
	bytes_free(&against->repaired);
	*against = (struct against){0};
}

/* ---- The tokens of a batch as a side ---- */

static struct compare_text name_of(const char *name)
{
	return (struct compare_text){name, strlen(name)};
}

/* The last one that is no gap in front of token i. */
static uint64_t sent_before(const struct against *against, size_t i)
{
	const struct lafz_batch *batch = against->batch;
	while (i > 0 && batch->kind[i - 1] == LAFZ_KIND_SPACE)
		i--;
	return i > 0 ? batch->sent_base + batch->sent[i - 1] + 1 : against->sent;
}

/* Surfaces and what is made of them are compared as they are written. */
static bool repair(struct against *against, struct compare_token *token)
{
	struct compare_text *const texts[] = {&token->surface, &token->norm, &token->key};
	size_t ends[3];
	struct bytes *out = &against->repaired;
	out->len = 0;
	for (size_t i = 0; i < 3; i++) {
		if (!bytes_append_repaired(out, texts[i]->ptr, texts[i]->len))
			return false;
		ends[i] = out->len;
	}
	for (size_t i = 0, start = 0; i < 3; start = ends[i++])
		*texts[i] = (struct compare_text){out->ptr + start, ends[i] - start};
	return true;
}

static void out_of_memory(struct against *against)
{
	if (!against->has_failed)
		fail_say("out of memory");
	against->has_failed = true;
}

static void make_token(struct against *against, size_t i, struct compare_token *out)
{
	const struct lafz_batch *batch = against->batch;
	const char *tag = lafz_lang_tag(batch->lang[i]);
	*out = (struct compare_token){
		.start = write_offset(batch, batch->start[i]),
		.end = write_offset(batch, batch->end[i]),
		.is_first = batch->sent_base + batch->sent[i] + 1 != sent_before(against, i),
		.has_flags = true,
		.flags = batch->flags[i],
		.kind = name_of(lafz_kind_name(batch->kind[i])),
		.lang = name_of(tag ? tag : "und"),
		.script = name_of(lafz_script_tag(batch->script[i])),
	};
	out->surface.ptr = write_surface(batch, i, &out->surface.len);
	out->norm.ptr = write_norm(batch, i, &out->norm.len);
	out->key.ptr = write_key(batch, i, &out->key.len);
	if ((batch->flags[i] & LAFZ_FLAG_REPAIRED) && !repair(against, out))
		out_of_memory(against);
}

/* The token that is the i-th from at on, gaps aside; n if there is none. */
static size_t find(const struct against *against, size_t i)
{
	const struct lafz_batch *batch = against->batch;
	for (size_t at = against->at; batch && at < batch->n; at++) {
		if (batch->kind[at] != LAFZ_KIND_SPACE && i-- == 0)
			return at;
	}
	return batch ? batch->n : 0;
}

static bool peek_here(void *ctx, size_t i, struct compare_token *out)
{
	struct against *against = ctx;
	const size_t at = find(against, i);
	if (!against->batch || at >= against->batch->n)
		return false;
	make_token(against, at, out);
	return true;
}

static void drop_here(void *ctx, size_t n)
{
	struct against *against = ctx;
	if (n > 0)
		against->at = find(against, n - 1) + 1;
}

static bool peek_there(void *ctx, size_t i, struct compare_token *out)
{
	struct against *against = ctx;
	return tokens_peek(&against->tokens, i, out) && out->start < against->end;
}

static void drop_there(void *ctx, size_t n)
{
	struct against *against = ctx;
	tokens_drop(&against->tokens, n);
}

/* ---- Notes ---- */

static struct against_note *new_note(struct against *against)
{
	struct against_note *notes = grow_one(against->notes, against->n, &against->cap,
	                                      sizeof *notes);
	if (!notes)
		return NULL;
	against->notes = notes;
	against->notes[against->n] = (struct against_note){0};
	return &against->notes[against->n++];
}

/* The bits that are set are few. */
static bool add_note(struct against *against, const struct compare_side *there,
                     const struct compare_region *region)
{
	struct against_note *note = new_note(against);
	if (!note)
		return false;
	/* Gaps stand between, so n counts them too. */
	note->first = find(against, 0);
	note->n = region->n[0] > 0 ? find(against, region->n[0] - 1) + 1 - note->first : 0;
	note->what = region->what;
	for (size_t i = 0; i < COMPARE_COUNT; i++) {
		note->values[i] = against->values.len;
		if ((region->what >> i & 1) &&
		    !compare_value(there, region->n[1], 1u << i, &against->values))
			return false;
		note->lens[i] = against->values.len - note->values[i];
	}
	return true;
}

static void compare(struct against *against)
{
	const struct compare_side sides[2] = {{peek_here, drop_here, against},
	                                      {peek_there, drop_there, against}};
	struct compare_region region;
	against->n = 0;
	against->values.len = 0;
	while (!against->has_failed && compare_next(sides, &region, &against->counts)) {
		if (region.what && !add_note(against, &sides[1], &region))
			out_of_memory(against);
		sides[0].drop(against, region.n[0]);
		sides[1].drop(against, region.n[1]);
	}
	against->has_failed = against->has_failed || against->tokens.has_failed;
}

/* ---- Documents ---- */

void against_begin(struct against *against, const char *doc, size_t len)
{
	struct compare_text name = {doc, len};
	against->sent = 0;
	against->n = 0;
	against->has_document = tokens_find(&against->tokens, name);
	if (!against->has_document) {
		against->counts.missing[0]++;
		return;
	}
	against->counts.documents++;
	struct compare_text there;
	while (tokens_document(&against->tokens, &there) && !compare_documents(there, name)) {
		against->counts.missing[1]++;
		tokens_skip(&against->tokens);
	}
}

void against_batch(struct against *against, const struct lafz_batch *batch)
{
	against->n = 0;
	if (!against->has_document)
		return;
	against->batch = batch;
	against->at = 0;
	against->end = write_offset(batch, batch->len);
	compare(against);
	against->sent = sent_before(against, batch->n);
}

void against_end(struct against *against)
{
	against->n = 0;
	if (!against->has_document)
		return;
	against->batch = NULL;
	against->at = 0;
	against->end = UINT64_MAX;
	compare(against);
	tokens_skip(&against->tokens);
	against->has_document = false;
}

int against_finish(struct against *against)
{
	struct compare_text name;
	while (!against->has_failed && tokens_document(&against->tokens, &name)) {
		against->counts.missing[1]++;
		tokens_skip(&against->tokens);
	}
	return against->has_failed || against->tokens.has_failed ? -1 : 0;
}
