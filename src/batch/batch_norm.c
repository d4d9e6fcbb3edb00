/*
 * Profile standard, and none: each token and gap for itself.
 */
#include "batch/batch_parts.h"
#include "lang.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

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
	return gc != UCD_GC_PS && gc != UCD_GC_PE && gc != UCD_GC_PI && gc != UCD_GC_PF &&
	       cp != '"' && cp != '!' && cp != '?' && cp != 0x061F && cp != 0x06D4 && cp != 0x061B;
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
	                  &batch->changed, batch_edits_for(batch, request));
	if (rc <= 0)
		return rc;
	rc = batch_take_edits(batch, request, start, copy_place(&batch->norm, start), &gap, gap.kind);
	return rc < 0 ? rc
	              : copy_change(&batch->norm, request->mem, request->text, start, end,
	                            &batch->changed);
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
	                    &batch->changed, batch_edits_for(batch, request));
	t->norm_off[i] = copy_place(&batch->norm, start);
	t->norm_len[i] = rc > 0 ? (uint32_t)batch->changed.len : end - start;
	if (rc <= 0)
		return rc;
	rc = batch_take_edits(batch, request, start, t->norm_off[i], &token, t->kind[i]);
	return rc < 0 ? rc
	              : copy_change(&batch->norm, request->mem, request->text, start, end,
	                            &batch->changed);
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
		segment->norm_end = copy_place(&batch->norm, at);
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
		rc = batch_nfc(batch, request);
	else
		rc = norm_standard(batch, request);
	return rc < 0 ? rc : copy_finish(&batch->norm, request->mem, request->text, request->len);
}
