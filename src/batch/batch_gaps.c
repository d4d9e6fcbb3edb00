/*
 * Gaps as tokens of their own, between the others.
 */
#include "batch/batch.h"
#include "lang.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* Characters of a gap, and its flags; gaps hold no ill-formed bytes. */
static void describe_gap(struct tokens *g, size_t k, const char *text)
{
	uint32_t n = 0;
	for (uint32_t at = g->start[k]; at < g->end[k]; n++) {
		const struct utf8 c = utf8_decode(text + at, g->end[k] - at);
		if (c.cp == 0x200C)
			g->flags[k] |= LAFZ_FLAG_ZWNJ;
		else if (ucd_is_bidi_control(c.cp))
			g->flags[k] |= LAFZ_FLAG_BIDI;
		at += c.len;
	}
	g->cend[k] = g->cstart[k] + n;
}

/*
 * The offsets of gap k in norm and key: what it became lies there between its neighbours, or its
 * segment's end.
 */
static void place_gap(struct batch *batch, const struct batch_segment *segment, size_t i, size_t k)
{
	const struct tokens *t = &batch->tokens;
	struct tokens *g = &batch->with_gaps;
	const bool has_behind = i < segment->token_end;
	g->norm_off[k] = k > 0 ? g->norm_off[k - 1] + g->norm_len[k - 1] : 0;
	g->norm_len[k] = (has_behind ? t->norm_off[i] : segment->norm_end) - g->norm_off[k];
	g->key_off[k] = k > 0 ? g->key_off[k - 1] + g->key_len[k - 1] : 0;
	g->key_len[k] = (has_behind ? t->key_off[i] : segment->key_end) - g->key_off[k];
}

/* The gap from start to end in front of token i, in a segment whose tokens are first to last. */
static void add_gap(struct batch *batch, const struct batch_request *request,
                    const struct batch_segment *segment, size_t first, size_t i, uint32_t start,
                    uint32_t end)
{
	const struct tokens *t = &batch->tokens;
	struct tokens *g = &batch->with_gaps;
	const size_t k = g->n++;
	g->start[k] = start;
	g->end[k] = end;
	g->cstart[k] = k > 0 ? g->cend[k - 1] : 0;
	g->flags[k] = 0;
	g->kind[k] = LAFZ_KIND_SPACE;
	g->script[k] = UCD_SCRIPT_ZYYY;
	if (first < segment->token_end) {
		const size_t like = i > first ? i - 1 : i;
		g->run[k] = t->run[like];
		g->sent[k] = t->sent[like];
		g->par[k] = t->par[like];
		g->lang[k] = t->lang[like];
		g->confidence[k] = t->confidence[like];
	} else {
		g->run[k] = segment->run;
		g->sent[k] = segment->sent;
		g->par[k] = segment->par;
		g->lang[k] = LANG_UND;
		g->confidence[k] = 0;
	}
	place_gap(batch, segment, i, k);
	describe_gap(g, k, request->text);
}

static void add_token(struct batch *batch, size_t i)
{
	struct tokens *g = &batch->with_gaps;
	const size_t k = g->n++;
#define COPY_CELL(type, name) g->name[k] = batch->tokens.name[i];
	TOKENS_COLUMNS(COPY_CELL)
#undef COPY_CELL
}

int batch_gaps(struct batch *batch, const struct batch_request *request)
{
	const struct tokens *t = &batch->tokens;
	batch->with_gaps.n = 0;
	const int rc = tokens_reserve(&batch->with_gaps, request->mem, 2 * t->n + batch->n_segments);
	if (rc < 0)
		return rc;
	uint32_t at = 0;
	size_t i = 0;
	for (size_t s = 0; s < batch->n_segments; s++) {
		const struct batch_segment *segment = &batch->segments[s];
		const size_t first = i;
		for (; i < segment->token_end; i++) {
			if (t->start[i] > at)
				add_gap(batch, request, segment, first, i, at, t->start[i]);
			add_token(batch, i);
			at = t->end[i];
		}
		if (segment->end > at)
			add_gap(batch, request, segment, first, i, at, segment->end);
		at = segment->end;
	}
	return LAFZ_OK;
}
