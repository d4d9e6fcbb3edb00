#include "batch/batch_one.h"

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
static bool is_separated(const char *text, uint32_t off, uint8_t options)
{
	const uint32_t cp = utf8_decode_before(text, off).cp;
	const uint8_t gc = ucd_get(cp)->gc;
	if (cp >= 0x2018 && cp <= 0x201B)
		return true; /* apostrophes as well */
	if (cp == 0x06D4 && (options & NORM_UNIFY_PUNCT))
		return true;
	return gc != UCD_GC_PS && gc != UCD_GC_PE && gc != UCD_GC_PI && gc != UCD_GC_PF &&
	       cp != '"' && cp != '!' && cp != '?' && cp != 0x061F && cp != 0x06D4 && cp != 0x061B;
}

static bool is_emoticon(const char *text, const struct tokens *t, size_t i)
{
	return t->kind[i] == LAFZ_KIND_EMOJI && (unsigned char)text[t->start[i]] < 0x80;
}

/* Emoticons stand between gaps. */
static bool is_beside_emoticon(const char *text, const struct tokens *t, size_t i)
{
	return is_emoticon(text, t, i - 1) || is_emoticon(text, t, i);
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

void batch_one_begin(struct batch_one *one, struct batch *batch, const struct batch_request *request)
{
	*one = (struct batch_one){
		.batch = batch,
		.request = request,
		.options = options_of(request),
		.token =
			{
				.profile = request->options->profile,
				.on_invalid = request->options->on_invalid,
				.tables = request->tables,
			},
	};
}

/* Notes what has not changed: the tokens before i, and the segments that end at the byte at or before it. */
static void settle(struct batch_one *one, size_t i, uint32_t at)
{
	struct batch *const batch = one->batch;
	const struct tokens *const t = &batch->tokens;
	const struct tokens_views views = {t->norm_off, t->norm_len};
	const uint32_t shift = copy_place(&batch->norm, 0);
	tokens_view(t, one->settled, i, UINT32_MAX, shift, &views);
	one->settled = i;
	if (!(one->request->options->want & LAFZ_WANT_GAPS))
		return;
	for (; one->segment < batch->n_segments && batch->segments[one->segment].end <= at; one->segment++)
		batch->segments[one->segment].norm_end = batch->segments[one->segment].end + shift;
}

void batch_one_end(struct batch_one *one)
{
	settle(one, one->batch->tokens.n, one->request->len);
}

/* The bytes from start to end, in front of token i or part of it, become what is in batch->changed. */
static int take_change(struct batch_one *one, const struct norm_request *like, uint8_t kind, size_t i,
                       uint32_t start, uint32_t end)
{
	struct batch *const batch = one->batch;
	const struct batch_request *const request = one->request;
	settle(one, i, start);
	const uint32_t place = copy_place(&batch->norm, start);
	const int rc = batch_take_edits(batch, request, start, place, like, kind);
	return rc < 0 ? rc
	              : copy_change(&batch->norm, request->mem, request->text, start, end,
	                            batch->changed.ptr, batch->changed.len);
}

static int norm_odd_gap(struct batch_one *one, size_t i, uint32_t start, uint32_t end, bool is_inner)
{
	struct batch *const batch = one->batch;
	const struct batch_request *const request = one->request;
	/* a gap between tokens that would vanish stays where it separates them */
	if (is_inner && !holds_white_space(request->text, start, end) &&
	    (is_separated(request->text, start, one->options) ||
	     is_beside_emoticon(request->text, &batch->tokens, i)))
		return LAFZ_OK;
	const struct norm_request gap = {.profile = one->token.profile,
	                                 .kind = LAFZ_KIND_SPACE,
	                                 .options = one->options};
	batch->changed.len = 0;
	const int rc = norm_gap(&batch->work, request->mem, &gap, request->text + start,
	                        end - start, &batch->changed, batch_edits_for(batch, request));
	return rc <= 0 ? rc : take_change(one, &gap, gap.kind, i, start, end);
}

int batch_one_gap(struct batch_one *one, size_t i, uint32_t start, uint32_t end, bool is_inner)
{
	return is_plain_gap(one->request->text, start, end) ? LAFZ_OK
	                                                    : norm_odd_gap(one, i, start, end, is_inner);
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

/* The language by whose rules token i is folded. */
static uint16_t lang_of(const struct batch_one *one, size_t i)
{
	const struct tokens *const t = &one->batch->tokens;
	const bool is_sure = t->confidence[i] >= one->request->options->fold_confidence;
	return is_sure ? t->lang[i] : (uint16_t)LANG_UND;
}

bool batch_one_is_folded(const struct batch_one *one, size_t i, const struct fold_table *table)
{
	const struct tokens *const t = &one->batch->tokens;
	return norm_kind(one->request, t->kind[i], t->script[i]) == LAFZ_KIND_WORD &&
	       (t->script[i] == UCD_SCRIPT_ARAB || t->script[i] == UCD_SCRIPT_LATN) && fold_table(lang_of(one, i)) == table;
}

/* What stands beside token i, in its segment. */
static struct beside *beside_of(struct batch_one *one, size_t i)
{
	const struct batch *const batch = one->batch;
	const struct lafz_options *const o = one->request->options;
	while (i >= one->beside.end) {
		const size_t first = one->beside.end;
		one->beside = (struct beside){
			.text = one->request->text,
			.tokens = &batch->tokens,
			.first = first,
			.end = batch->segments[one->beside_segment++].token_end,
			.set_lang = o->n_languages == 1 ? o->languages[0] : LANG_UND,
			.is_uax29 = o->rules == LAFZ_RULES_UAX29,
			.is_native = (one->options & NORM_NATIVE_DIGITS) != 0,
		};
	}
	return &one->beside;
}

int batch_one_token(struct batch_one *one, size_t i)
{
	struct batch *const batch = one->batch;
	const struct batch_request *const request = one->request;
	const struct tokens *const t = &batch->tokens;
	one->token.lang = lang_of(one, i);
	one->token.kind = norm_kind(request, t->kind[i], t->script[i]);
	one->token.script = t->script[i];
	one->token.options = one->options;
	if (one->options & NORM_NATIVE_DIGITS)
		one->token.lang = beside_digits(beside_of(one, i), i, one->token.lang);
	if ((one->options & NORM_UNIFY_PUNCT) && beside_keeps_mark(beside_of(one, i), i))
		one->token.options &= (uint8_t)~NORM_UNIFY_PUNCT;
	const uint32_t start = t->start[i], end = t->end[i];
	batch->changed.len = 0;
	int rc = norm_token(&batch->work, request->mem, &one->token, request->text + start, end - start,
	                    &batch->changed, batch_edits_for(batch, request));
	if (rc <= 0)
		return rc;
	const uint32_t place = copy_place(&batch->norm, start);
	rc = take_change(one, &one->token, t->kind[i], i, start, end);
	t->norm_off[i] = place;
	t->norm_len[i] = (uint32_t)batch->changed.len;
	one->settled = i + 1;
	return rc;
}

int batch_one_turn(struct batch_one *one, struct batch_known_place *place, uint32_t end)
{
	const struct batch_request *const request = one->request;
	const uint32_t *const turn = place->turn;
	while (*place->turn < end)
		place->turn++;
	return copy_turn(&one->batch->norm, request->mem, request->text, turn, (size_t)(place->turn - turn));
}

int batch_one_known(struct batch_one *one, size_t i, struct batch_known_place *place)
{
	const struct batch_request *const request = one->request;
	const struct tokens *const t = &one->batch->tokens;
	struct copy *const norm = &one->batch->norm;
	const uint32_t start = t->start[i], end = t->end[i];
	settle(one, i, start);
	t->norm_off[i] = copy_place(norm, start);
	int rc = LAFZ_OK;
	for (; place->change->at < end && rc == LAFZ_OK; place->change++) {
		const struct batch_change *const change = place->change;
		rc = batch_one_turn(one, place, change->at);
		if (rc == LAFZ_OK)
			rc = copy_change(norm, request->mem, request->text, change->at, change->at + change->n_from, change->to,
			                 change->n_to);
	}
	t->norm_len[i] = copy_place(norm, end) - t->norm_off[i];
	one->settled = i + 1;
	return rc;
}
