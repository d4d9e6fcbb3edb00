/*
 * Profile standard, and none: each token and gap for itself.
 */
#include "batch/batch_parts.h"
#include "batch/beside.h"
#include "lang.h"
#include "norm/calm.h"
#include "unicode/ascii.h"
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

/* What the tokens of a batch share. */
struct job {
	struct batch *batch;
	const struct batch_request *request;
	struct norm_request token; /* lang, kind and script are those of the token under way */
	uint8_t options;           /* bits of enum norm_option */
	struct beside beside;
	bool by_stretches;         /* text that is calm is settled without a look at its tokens */
};

static int take_change(struct job *job, const struct norm_request *like, uint8_t kind,
                       uint32_t start, uint32_t end)
{
	struct batch *const batch = job->batch;
	const struct batch_request *const request = job->request;
	const uint32_t place = copy_place(&batch->norm, start);
	const int rc = batch_take_edits(batch, request, start, place, like, kind);
	return rc < 0 ? rc
	              : copy_change(&batch->norm, request->mem, request->text, start, end,
	                            &batch->changed);
}

static int norm_odd_gap(struct job *job, uint32_t start, uint32_t end, size_t inner)
{
	struct batch *const batch = job->batch;
	const struct batch_request *const request = job->request;
	/* a gap between tokens that would vanish stays where it separates them */
	if (inner > 0 && !holds_white_space(request->text, start, end) &&
	    (is_separated(request->text, start, job->options) ||
	     is_beside_emoticon(request->text, &batch->tokens, inner)))
		return LAFZ_OK;
	const struct norm_request gap = {.profile = job->token.profile,
	                                 .kind = LAFZ_KIND_SPACE,
	                                 .options = job->options};
	batch->changed.len = 0;
	const int rc = norm_gap(&batch->work, request->mem, &gap, request->text + start,
	                        end - start, &batch->changed, batch_edits_for(batch, request));
	return rc <= 0 ? rc : take_change(job, &gap, gap.kind, start, end);
}

/* The gap before the token inner; 0: there is no token on both sides. */
static inline int norm_one_gap(struct job *job, uint32_t start, uint32_t end, size_t inner)
{
	return is_plain_gap(job->request->text, start, end)
	               ? LAFZ_OK
	               : norm_odd_gap(job, start, end, inner);
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
static inline uint16_t lang_of(const struct job *job, size_t i)
{
	const struct tokens *const t = &job->batch->tokens;
	const bool is_sure = t->confidence[i] >= job->request->options->fold_confidence;
	return is_sure ? t->lang[i] : (uint16_t)LANG_UND;
}

static int norm_one_token(struct job *job, size_t i)
{
	struct batch *const batch = job->batch;
	const struct batch_request *const request = job->request;
	const struct tokens *const t = &batch->tokens;
	job->token.lang = lang_of(job, i);
	job->token.kind = norm_kind(request, t->kind[i], t->script[i]);
	job->token.script = t->script[i];
	job->token.options = job->options;
	if (job->options & NORM_NATIVE_DIGITS)
		job->token.lang = beside_digits(&job->beside, i, job->token.lang);
	if ((job->options & NORM_UNIFY_PUNCT) && beside_keeps_mark(&job->beside, i))
		job->token.options &= (uint8_t)~NORM_UNIFY_PUNCT;
	const uint32_t start = t->start[i], end = t->end[i];
	batch->changed.len = 0;
	const int rc = norm_token(&batch->work, request->mem, &job->token, request->text + start,
	                          end - start, &batch->changed, batch_edits_for(batch, request));
	t->norm_off[i] = copy_place(&batch->norm, start);
	t->norm_len[i] = rc > 0 ? (uint32_t)batch->changed.len : end - start;
	return rc <= 0 ? rc : take_change(job, &job->token, t->kind[i], start, end);
}

/* Tokens and gaps of a segment still to be done. */
struct rest {
	size_t token, token_end;
	uint32_t start, end; /* bytes; end: of the segment */
};

/* The tokens from rest->token on that are folded by one language: where they end. */
static size_t same_lang_end(const struct job *job, const struct rest *rest)
{
	const uint16_t lang = lang_of(job, rest->token);
	size_t i = rest->token + 1;
	while (i < rest->token_end && lang_of(job, i) == lang)
		i++;
	return i;
}

/* Settles the tokens that end before the byte calm, and the gaps before them. */
static void skip_calm(const struct job *job, struct rest *rest, size_t token_end, uint32_t calm)
{
	struct batch *const batch = job->batch;
	const struct tokens *const t = &batch->tokens;
	const size_t first = rest->token;
	const struct tokens_views views = {t->norm_off, t->norm_len};
	rest->token = tokens_view(t, first, token_end, calm, copy_place(&batch->norm, 0), &views);
	if (rest->token > first)
		rest->start = t->end[rest->token - 1];
}

/* Nothing can change in a segment of ASCII, whatever its languages. */
static bool settle_ascii(const struct job *job, struct rest *rest)
{
	const char *const text = job->request->text + rest->start;
	const size_t len = rest->end - rest->start;
	if (!job->by_stretches || ascii_len(text, len) < len)
		return false;
	skip_calm(job, rest, rest->token_end, rest->end);
	return true;
}

/* The sieve of a language, which goes on from batch to batch. */
static const struct calm_sieve *sieve_of(struct batch *batch, uint16_t lang, const struct fold_table *table)
{
	struct calm_sieve *const sieve = &batch->sieves[lang % BATCH_SIEVES];
	if (sieve->table != table)
		calm_sieve_make(sieve, table);
	return sieve;
}

/* Settles the next tokens, which are of one language up to token_end, as long as nothing can change. */
static void settle_stretch(const struct job *job, struct rest *rest, size_t token_end)
{
	const struct tokens *const t = &job->batch->tokens;
	const uint16_t lang = lang_of(job, rest->token);
	const struct fold_table *const table = fold_table(lang);
	const struct calm_sieve *const sieve = sieve_of(job->batch, lang, table);
	const char *const text = job->request->text;
	const uint32_t end = t->end[token_end - 1];
	uint32_t at = rest->start;
	for (size_t zwnj = 0;; at += (uint32_t)zwnj) {
		at += (uint32_t)job->request->calm(table, sieve, text + at, end - at,
		                                   job->request->len - at);
		skip_calm(job, rest, token_end, at);
		if (rest->token == token_end || at <= t->start[rest->token])
			return;
		zwnj = calm_zwnj(table, text, at, t->end[rest->token]);
		if (zwnj == 0)
			return;
	}
}

/*
 * The tokens of one segment. Mostly nothing changes over long stretches: these are found by the bytes, and only what
 * stands between them is looked at token by token.
 */
static int norm_segment(struct job *job, struct rest *rest)
{
	const struct tokens *const t = &job->batch->tokens;
	const size_t first = rest->token;
	size_t lang_end = first; /* the token that ends those of one language */
	if (settle_ascii(job, rest))
		return LAFZ_OK;
	while (rest->token < rest->token_end) {
		if (job->by_stretches) {
			if (rest->token == lang_end)
				lang_end = same_lang_end(job, rest);
			settle_stretch(job, rest, lang_end);
			if (rest->token == lang_end)
				continue;
		}
		const size_t i = rest->token++;
		int rc = norm_one_gap(job, rest->start, t->start[i], i > first ? i : 0);
		if (rc == LAFZ_OK)
			rc = norm_one_token(job, i);
		if (rc < 0)
			return rc;
		rest->start = t->end[i];
	}
	return norm_one_gap(job, rest->start, rest->end, 0);
}

static int norm_standard(struct batch *batch, const struct batch_request *request)
{
	struct job job = {
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
	job.by_stretches = !batch->work.is_thorough && job.options == 0 && !request->tables;
	const struct lafz_options *const o = request->options;
	const uint16_t set_lang = o->n_languages == 1 ? o->languages[0] : LANG_UND;
	struct rest rest = {0};
	for (size_t s = 0; s < batch->n_segments; s++) {
		struct batch_segment *const segment = &batch->segments[s];
		rest.token_end = segment->token_end;
		job.beside = (struct beside){
			.text = request->text,
			.tokens = &batch->tokens,
			.first = rest.token,
			.end = segment->token_end,
			.set_lang = set_lang,
			.is_uax29 = request->options->rules == LAFZ_RULES_UAX29,
			.is_native = (job.options & NORM_NATIVE_DIGITS) != 0,
		};
		rest.end = segment->end;
		const int rc = norm_segment(&job, &rest);
		if (rc < 0)
			return rc;
		rest.start = rest.end;
		segment->norm_end = copy_place(&batch->norm, rest.end);
	}
	return LAFZ_OK;
}

static void norm_none(struct batch *batch)
{
	const struct tokens *const t = &batch->tokens;
	const struct tokens_views views = {t->norm_off, t->norm_len};
	tokens_view(t, 0, t->n, UINT32_MAX, 0, &views);
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
