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

static uint8_t options_of(const struct batch_request *request)
{
	const struct lafz_options *const o = request->options;
	unsigned bits = 0;
	bits |= o->strip_marks ? NORM_STRIP_MARKS : 0u;
	bits |= o->unify_punct ? NORM_UNIFY_PUNCT : 0u;
	bits |= o->lower ? NORM_LOWER : 0u;
	bits |= o->drop_zwnj ? NORM_DROP_ZWNJ : 0u;
	bits |= o->digits == LAFZ_DIGITS_ASCII ? NORM_ASCII_DIGITS : 0u;
	bits |= o->digits == LAFZ_DIGITS_NATIVE ? NORM_NATIVE_DIGITS : 0u;
	return (uint8_t)bits;
}

static bool wants_edits(const struct batch_request *request)
{
	return (request->options->want & LAFZ_WANT_EDITS) != 0;
}

/* Where the edits of the next token go; NULL: they are not wanted. */
static struct norm_edits *edits_for(struct batch *batch, const struct batch_request *request)
{
	batch->edits_of_one.n = 0;
	return wants_edits(request) ? &batch->edits_of_one : NULL;
}

static int add_edit(struct batch *batch, const struct batch_request *request, struct batch_edit edit)
{
	const int rc = mem_reserve(request->mem, &batch->edits, &batch->edits_cap,
	                           batch->n_edits + 1, sizeof *batch->edits);
	if (rc == LAFZ_OK)
		batch->edits[batch->n_edits++] = edit;
	return rc;
}

/*
 * The edits of what begins at start in the source and at place in the norm; like has its language
 * and kind.
 */
static int take_edits(struct batch *batch, const struct batch_request *request, uint32_t start,
                      uint32_t place, const struct norm_request *like, uint8_t kind)
{
	int rc = LAFZ_OK;
	for (size_t i = 0; i < batch->edits_of_one.n && rc == LAFZ_OK; i++) {
		const struct norm_edit *const e = &batch->edits_of_one.ptr[i];
		rc = add_edit(batch, request,
		              (struct batch_edit){
				      .start = start + e->start,
				      .end = start + e->end,
				      .norm_off = place + e->out_start,
				      .norm_len = e->out_end - e->out_start,
				      .rules = e->rules,
				      .lang = like->lang,
				      .kind = kind,
			      });
	}
	return rc;
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
	                                 .kind = LAFZ_KIND_SPACE,
	                                 .options = options_of(request)};
	batch->changed.len = 0;
	int rc = norm_gap(&batch->work, request->mem, &gap, request->text + start, end - start,
	                  &batch->changed, edits_for(batch, request));
	if (rc <= 0)
		return rc;
	rc = take_edits(batch, request, start, place_of(&batch->norm, start), &gap, gap.kind);
	return rc < 0 ? rc : copy_change(&batch->norm, request, start, end, &batch->changed);
}

/*
 * The kind that norm is told. Letters that stay with digits are normalised as letters are; and marks are
 * stripped from digits as well, so that it does not matter whether letters behind them count as a suffix
 * before they are folded.
 */
static uint8_t norm_kind(const struct batch_request *request, uint8_t kind, uint8_t script)
{
	const bool is_word = kind == LAFZ_KIND_NUMBER && (script || request->options->strip_marks);
	return is_word ? (uint8_t)LAFZ_KIND_WORD : kind;
}

static int norm_one_token(struct batch *batch, const struct batch_request *request, size_t i)
{
	const struct tokens *t = &batch->tokens;
	const struct norm_request token = {
		.profile = request->options->profile,
		.on_invalid = request->options->on_invalid,
		.lang = t->confidence[i] >= request->options->fold_confidence ? t->lang[i]
	                                                                      : (uint16_t)LANG_UND,
		.kind = norm_kind(request, t->kind[i], t->script[i]),
		.script = t->script[i],
		.options = options_of(request),
		.tables = request->tables,
	};
	const uint32_t start = t->start[i], end = t->end[i];
	batch->changed.len = 0;
	int rc = norm_token(&batch->work, request->mem, &token, request->text + start, end - start,
	                    &batch->changed, edits_for(batch, request));
	t->norm_off[i] = place_of(&batch->norm, start);
	t->norm_len[i] = rc > 0 ? (uint32_t)batch->changed.len : end - start;
	if (rc <= 0)
		return rc;
	rc = take_edits(batch, request, start, t->norm_off[i], &token, t->kind[i]);
	return rc < 0 ? rc : copy_change(&batch->norm, request, start, end, &batch->changed);
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
 * Edits for a stretch of several tokens and gaps that was composed as one: the first token has all
 * of it, the others nothing.
 */
static int share_edits(struct batch *batch, const struct batch_request *request,
                       const struct stretch *rest, size_t token_end, uint32_t end)
{
	static const char *const names[] = {"repair", "nfc"};
	const struct tokens *t = &batch->tokens;
	const struct norm_edits *const one = &batch->edits_of_one;
	const char *const changed = batch->changed.ptr;
	const uint32_t changed_len = (uint32_t)batch->changed.len;
	const uint32_t place = place_of(&batch->norm, rest->start);
	bool is_mended = false, is_composed = false, is_first = true;
	for (size_t i = 0; i < one->n; i++) {
		const char *const rules = one->names.ptr + one->ptr[i].rules;
		is_mended |= rules[0] == 'r';
		is_composed |= strcmp(rules, names[0]) != 0;
	}
	size_t token = rest->token;
	uint32_t off = rest->start;
	while (off < end) {
		const bool is_token = token < token_end && t->start[token] == off;
		const uint8_t kind = is_token ? t->kind[token] : (uint8_t)LAFZ_KIND_SPACE;
		const uint16_t lang = is_token ? t->lang[token] : (uint16_t)LANG_UND;
		const uint32_t next = next_border(t, rest, &token, off);
		const uint32_t len = is_token && is_first ? changed_len : 0;
		struct norm_edit edit = {.start = off - rest->start, .end = next - rest->start};
		edit.out_start = is_first ? 0 : changed_len;
		edit.out_end = edit.out_start + len;
		is_first = is_first && !is_token;
		const char *const source = request->text + off;
		off = next;
		if (len == edit.end - edit.start && memcmp(source, changed, len) == 0)
			continue;
		batch->edits_of_one.n = 0;
		int rc = norm_edits_add(&batch->edits_of_one, request->mem, edit,
		                        names + (is_mended ? 0 : 1),
		                        is_mended && is_composed ? 2 : 1);
		const struct norm_request like = {.lang = lang, .kind = kind};
		if (rc == LAFZ_OK)
			rc = take_edits(batch, request, rest->start, place, &like, kind);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

/* The edits of a stretch that has changed and ends before token_end, at end. */
static int stretch_edits(struct batch *batch, const struct batch_request *request,
                         const struct stretch *rest, size_t token_end, uint32_t end)
{
	const struct tokens *t = &batch->tokens;
	size_t token = rest->token;
	struct norm_request like = {.kind = LAFZ_KIND_SPACE};
	if (!wants_edits(request))
		return LAFZ_OK;
	if (token < token_end && t->start[token] == rest->start)
		like = (struct norm_request){.lang = t->lang[token], .kind = t->kind[token]};
	if (next_border(t, rest, &token, rest->start) < end)
		return share_edits(batch, request, rest, token_end, end);
	return take_edits(batch, request, rest->start, place_of(&batch->norm, rest->start), &like,
	                  like.kind);
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
	int rc = norm_nfc(&batch->work, request->mem, request->text + start, end - start,
	                  request->options->on_invalid, &batch->changed, edits_for(batch, request));
	const uint32_t place = place_of(&batch->norm, start);
	for (size_t i = rest->token; i < token; i++) {
		t->norm_off[i] = rc > 0 ? place : place + (t->start[i] - start);
		t->norm_len[i] = rc > 0 ? 0 : t->end[i] - t->start[i];
	}
	if (rc > 0 && rest->token < token)
		t->norm_len[rest->token] = (uint32_t)batch->changed.len;
	for (size_t i = rest->token + 1; rc > 0 && i < token; i++)
		t->norm_off[i] = place + (uint32_t)batch->changed.len;
	if (rc > 0) {
		rc = stretch_edits(batch, request, rest, token, end);
		if (rc == LAFZ_OK)
			rc = copy_change(&batch->norm, request, start, end, &batch->changed);
	}
	rest->token = token;
	rest->start = end;
	return rc;
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
	batch->n_edits = 0;
	norm_edits_reset(&batch->edits_of_one);
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

void batch_free(struct batch *batch, const struct lafz_allocator *mem)
{
	mem_free(mem, batch->segments);
	tokens_free(&batch->tokens, mem);
	tokens_free(&batch->with_gaps, mem);
	buf_free(&batch->norm.buf, mem);
	buf_free(&batch->key.buf, mem);
	buf_free(&batch->changed, mem);
	norm_free(&batch->work, mem);
	mem_free(mem, batch->edits);
	norm_edits_free(&batch->edits_of_one, mem);
	*batch = (struct batch){0};
}
