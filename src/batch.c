#include "batch.h"

#include "lang.h"
#include "norm/key.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* Where the source's byte at will stand in the copy. */
static uint32_t place_of(const struct copy *copy, uint32_t at)
{
	return (uint32_t)copy->buf.len + (at - copy->source_at);
}

static void copy_reset(struct copy *copy)
{
	copy->buf.len = 0;
	copy->source_at = 0;
	copy->has_changes = false;
}

/* The source from start to end stands as bytes in the copy. */
static int copy_change(struct copy *copy, const struct batch_request *request, uint32_t start,
                       uint32_t end, const struct buf *bytes)
{
	int rc = buf_append(&copy->buf, request->mem, request->text + copy->source_at,
	                    start - copy->source_at);
	if (rc == LAFZ_OK)
		rc = buf_append(&copy->buf, request->mem, bytes->ptr, bytes->len);
	copy->source_at = end;
	copy->has_changes = true;
	return rc;
}

/* After the last change: the rest of the source, if there were changes at all. */
static int copy_finish(struct copy *copy, const struct batch_request *request)
{
	if (!copy->has_changes)
		return LAFZ_OK;
	/* One byte more: an empty copy has an address too, NULL is for what was not asked for. */
	const size_t rest = request->len - copy->source_at;
	const int rc = buf_reserve(&copy->buf, request->mem, rest + 1);
	if (rc < 0)
		return rc;
	return buf_append(&copy->buf, request->mem, request->text + copy->source_at, rest);
}

void batch_begin(struct batch *batch)
{
	batch->tokens.n = 0;
	batch->n_segments = 0;
}

int batch_end_segment(struct batch *batch, const struct lafz_allocator *mem,
                      struct batch_segment segment)
{
	const int rc = mem_reserve(mem, &batch->segments, &batch->segments_cap,
	                           batch->n_segments + 1, sizeof *batch->segments);
	if (rc < 0)
		return rc;
	segment.token_end = batch->tokens.n;
	batch->segments[batch->n_segments++] = segment;
	return LAFZ_OK;
}

static bool is_plain_gap(const char *text, uint32_t start, uint32_t end)
{
	while (start < end && (unsigned char)text[start] <= ' ')
		start++;
	return start == end;
}

/*
 * Whether invisible controls alone keep the token that ends at text + off from what follows it: rules that
 * join (links, numbers, hashtags) would see both side by side once the controls are gone. Behind brackets,
 * quotes and marks that end sentences nothing joins.
 */
static bool is_separated(const char *text, uint32_t off)
{
	const uint32_t cp = utf8_decode_before(text, off).cp;
	const uint8_t gc = ucd_get(cp)->gc;
	return gc != UCD_GC_PS && gc != UCD_GC_PE && gc != UCD_GC_PI && gc != UCD_GC_PF && cp != '"' &&
	       cp != '!' && cp != '?' && cp != 0x061F && cp != 0x06D4 && cp != 0x061B;
}

static bool holds_white_space(const char *text, uint32_t start, uint32_t end)
{
	while (start < end) {
		const struct utf8 c = utf8_decode(text + start, end - start);
		if (ucd_get(c.cp)->flags & UCD_WHITE_SPACE)
			return true;
		start += c.len;
	}
	return false;
}

static int norm_one_gap(struct batch *batch, const struct batch_request *request, uint32_t start,
                        uint32_t end, bool is_inner)
{
	if (request->options->profile != LAFZ_PROFILE_STANDARD ||
	    is_plain_gap(request->text, start, end))
		return LAFZ_OK;
	/* a gap between tokens that would vanish stays where it separates them */
	if (is_inner && !holds_white_space(request->text, start, end) &&
	    is_separated(request->text, start))
		return LAFZ_OK;
	const struct norm_request gap = {.profile = request->options->profile,
	                                 .kind = LAFZ_KIND_SPACE};
	batch->changed.len = 0;
	const int rc = norm_gap(&batch->work, request->mem, &gap, request->text + start,
	                        end - start, &batch->changed);
	return rc <= 0 ? rc : copy_change(&batch->norm, request, start, end, &batch->changed);
}

static int norm_one_token(struct batch *batch, const struct batch_request *request, size_t i)
{
	const struct tokens *t = &batch->tokens;
	const struct norm_request token = {
		.profile = request->options->profile,
		.on_invalid = request->options->on_invalid,
		.lang = t->confidence[i] >= request->options->fold_confidence ? t->lang[i]
	                                                                      : (uint16_t)LANG_UND,
		/* letters that stay with digits are normalised as letters are */
		.kind = t->kind[i] == LAFZ_KIND_NUMBER && t->script[i] ? (uint8_t)LAFZ_KIND_WORD : t->kind[i],
		.script = t->script[i],
	};
	const uint32_t start = t->start[i], end = t->end[i];
	batch->changed.len = 0;
	const int rc = norm_token(&batch->work, request->mem, &token, request->text + start,
	                          end - start, &batch->changed);
	t->norm_off[i] = place_of(&batch->norm, start);
	t->norm_len[i] = rc > 0 ? (uint32_t)batch->changed.len : end - start;
	return rc <= 0 ? rc : copy_change(&batch->norm, request, start, end, &batch->changed);
}

static int norm_standard(struct batch *batch, const struct batch_request *request)
{
	const struct tokens *t = &batch->tokens;
	uint32_t at = 0;
	size_t i = 0;
	for (size_t s = 0; s < batch->n_segments; s++) {
		struct batch_segment *segment = &batch->segments[s];
		const size_t first = i;
		for (; i < segment->token_end; i++) {
			int rc = norm_one_gap(batch, request, at, t->start[i], i > first);
			if (rc == LAFZ_OK)
				rc = norm_one_token(batch, request, i);
			if (rc < 0)
				return rc;
			at = t->end[i];
		}
		const int rc = norm_one_gap(batch, request, at, segment->end, false);
		if (rc < 0)
			return rc;
		at = segment->end;
		segment->norm_end = place_of(&batch->norm, at);
	}
	return LAFZ_OK;
}

/* Whether the character at off may be composed with what stands before it, or sorted before it. */
static bool joins_before(const char *text, uint32_t off, uint32_t end)
{
	if (off >= end || (unsigned char)text[off] < 0x80)
		return false;
	const struct ucd_row *row = ucd_get(utf8_decode(text + off, end - off).cp);
	return row->gc == UCD_GC_MN || row->gc == UCD_GC_MC || row->gc == UCD_GC_ME ||
	       row->gcb == UCD_GCB_V || row->gcb == UCD_GCB_T;
}

/* The tokens and bytes of a segment still to be composed. */
struct stretch {
	size_t token, token_end;
	uint32_t start, end; /* end: of the segment */
};

/* Where the token or gap that begins at off ends; *token moves on behind a token. */
static uint32_t next_border(const struct tokens *t, const struct stretch *rest, size_t *token,
                            uint32_t off)
{
	if (*token == rest->token_end)
		return rest->end;
	return t->start[*token] == off ? t->end[(*token)++] : t->start[*token];
}

/*
 * Composes the shortest stretch that ends where nothing joins across: mostly one token or gap. If
 * it changes, the first token that begins in it has all of it as its norm, and further ones have
 * none.
 */
static int norm_stretch(struct batch *batch, const struct batch_request *request, struct stretch *rest)
{
	const struct tokens *t = &batch->tokens;
	const uint32_t start = rest->start;
	size_t token = rest->token;
	uint32_t end = next_border(t, rest, &token, start);
	while (joins_before(request->text, end, rest->end))
		end = next_border(t, rest, &token, end);
	batch->changed.len = 0;
	const int rc = norm_nfc(&batch->work, request->mem, request->text + start, end - start,
	                        request->options->on_invalid, &batch->changed);
	const uint32_t place = place_of(&batch->norm, start);
	for (size_t i = rest->token; i < token; i++) {
		t->norm_off[i] = rc > 0 ? place : place + (t->start[i] - start);
		t->norm_len[i] = rc > 0 ? 0 : t->end[i] - t->start[i];
	}
	if (rc > 0 && rest->token < token)
		t->norm_len[rest->token] = (uint32_t)batch->changed.len;
	for (size_t i = rest->token + 1; rc > 0 && i < token; i++)
		t->norm_off[i] = place + (uint32_t)batch->changed.len;
	rest->token = token;
	rest->start = end;
	return rc <= 0 ? rc : copy_change(&batch->norm, request, start, end, &batch->changed);
}

/* Profile nfc composes each segment as a whole, gaps too. */
static int norm_nfc_whole(struct batch *batch, const struct batch_request *request)
{
	struct stretch rest = {0};
	for (size_t i = 0; i < batch->n_segments; i++) {
		rest.token_end = batch->segments[i].token_end;
		rest.end = batch->segments[i].end;
		while (rest.start < rest.end) {
			const int rc = norm_stretch(batch, request, &rest);
			if (rc < 0)
				return rc;
		}
		batch->segments[i].norm_end = place_of(&batch->norm, rest.end);
	}
	return LAFZ_OK;
}

static void norm_none(struct batch *batch)
{
	const struct tokens *t = &batch->tokens;
	for (size_t i = 0; i < t->n; i++) {
		t->norm_off[i] = t->start[i];
		t->norm_len[i] = t->end[i] - t->start[i];
	}
	for (size_t s = 0; s < batch->n_segments; s++)
		batch->segments[s].norm_end = batch->segments[s].end;
}

int batch_norm(struct batch *batch, const struct batch_request *request)
{
	copy_reset(&batch->norm);
	int rc = LAFZ_OK;
	if (request->options->profile == LAFZ_PROFILE_NONE)
		norm_none(batch);
	else if (request->options->profile == LAFZ_PROFILE_NFC)
		rc = norm_nfc_whole(batch, request);
	else
		rc = norm_standard(batch, request);
	return rc < 0 ? rc : copy_finish(&batch->norm, request);
}

static int key_one_token(struct batch *batch, const struct batch_request *request, size_t i)
{
	const struct tokens *t = &batch->tokens;
	const uint32_t start = t->start[i], end = t->end[i];
	batch->changed.len = 0;
	const int rc = key_token(&batch->work, request->mem, request->text + start, end - start,
	                         &batch->changed);
	t->key_off[i] = place_of(&batch->key, start);
	t->key_len[i] = rc > 0 ? (uint32_t)batch->changed.len : end - start;
	return rc <= 0 ? rc : copy_change(&batch->key, request, start, end, &batch->changed);
}

int batch_key(struct batch *batch, const struct batch_request *request)
{
	copy_reset(&batch->key);
	size_t i = 0;
	for (size_t s = 0; s < batch->n_segments; s++) {
		struct batch_segment *segment = &batch->segments[s];
		for (; i < segment->token_end; i++) {
			const int rc = key_one_token(batch, request, i);
			if (rc < 0)
				return rc;
		}
		segment->key_end = place_of(&batch->key, segment->end);
	}
	return copy_finish(&batch->key, request);
}

/* Characters of a gap, and its flags; gaps hold no ill-formed bytes. */
static void describe_gap(struct tokens *g, size_t k, const char *text)
{
	uint32_t n = 0;
	for (uint32_t at = g->start[k]; at < g->end[k]; n++) {
		const struct utf8 c = utf8_decode(text + at, g->end[k] - at);
		if (c.cp == 0x200C)
			g->flags[k] |= LAFZ_FLAG_ZWNJ;
		else if (c.cp == 0x061C || c.cp == 0x200E || c.cp == 0x200F ||
		         (c.cp >= 0x202A && c.cp <= 0x202E) || (c.cp >= 0x2066 && c.cp <= 0x2069))
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

void batch_free(struct batch *batch, const struct lafz_allocator *mem)
{
	mem_free(mem, batch->segments);
	tokens_free(&batch->tokens, mem);
	tokens_free(&batch->with_gaps, mem);
	buf_free(&batch->norm.buf, mem);
	buf_free(&batch->key.buf, mem);
	buf_free(&batch->changed, mem);
	norm_free(&batch->work, mem);
	*batch = (struct batch){0};
}
