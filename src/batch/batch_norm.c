/*
 * The norm of a batch. Mostly nothing changes over long stretches: these are found by the bytes, across lines and tokens, and
 * only what stands between them is looked at token by token.
 */
#include "batch/batch_one.h"
#include "batch/batch_parts.h"
#include "lang.h"
#include "norm/calm.h"

/* The way through a batch. */
struct walk {
	struct batch_one one;
	size_t token;      /* to be done next */
	uint32_t at;       /* bytes before it are done */
	size_t segment;    /* that of at, or one before */
	bool by_stretches; /* text that is calm is settled without a look at its tokens */
	/* the stretch under way */
	size_t end;                     /* behind its last token */
	const struct fold_table *table; /* of its language */
	const struct calm_sieve *sieve;
};

const struct calm_sieve *batch_sieve(struct batch *batch, uint16_t lang, const struct fold_table *table)
{
	struct calm_sieve *const sieve = &batch->sieves[lang % BATCH_SIEVES];
	if (sieve->table != table)
		calm_sieve_make(sieve, table);
	return sieve;
}

/* The first entry from i on, before end, that is neither a nor b; or end. */
static size_t other_lang(const uint16_t *langs, size_t i, size_t end, uint16_t a, uint16_t b)
{
	/* (an attribute needs the typedef) */
	typedef uint16_t langs_8 __attribute__((vector_size(16)));
	for (; end - i >= 8; i += 8) {
		langs_8 some;
		uint64_t halves[2];
		memcpy(&some, langs + i, sizeof some);
		const langs_8 others = (langs_8)((some != a) & (some != b));
		memcpy(halves, &others, sizeof halves);
		if ((halves[0] | halves[1]) != 0)
			break;
	}
	while (i < end && (langs[i] == a || langs[i] == b))
		i++;
	return i;
}

/*
 * The tokens from walk->token on that one table is right for. What is calm by the table of a language is calm by the one that has
 * no rows, so tokens of languages without rows, of none, or of none that is sure enough, may be among them.
 */
static void begin_stretch(struct walk *walk)
{
	const struct tokens *const t = &walk->one.batch->tokens;
	const struct fold_table *const none = fold_table(LANG_UND);
	uint16_t lang = LANG_UND, other = LANG_UND;
	size_t i = walk->token;
	walk->table = none;
	while ((i = other_lang(t->lang, i, t->n, lang, other)) < t->n) {
		const struct fold_table *const table = fold_table(t->lang[i]);
		if (table != none && table != walk->table && walk->table != none)
			break;
		if (table == none) {
			other = t->lang[i];
		} else {
			lang = t->lang[i];
			walk->table = table;
		}
	}
	walk->end = i;
	walk->sieve = batch_sieve(walk->one.batch, lang, walk->table);
}

/* The first token from i on that ends behind the byte at; there is one before end. */
static size_t token_at(const struct tokens *t, size_t i, size_t end, uint32_t at)
{
	while (end - i > 8 && t->end[i + 7] <= at)
		i += 8;
	while (t->end[i] <= at)
		i++;
	return i;
}

/* Passes over the next tokens of the stretch as long as nothing can change. */
static void pass_calm(struct walk *walk)
{
	const struct batch_request *const request = walk->one.request;
	const struct tokens *const t = &walk->one.batch->tokens;
	const char *const text = request->text;
	const uint32_t end = t->end[walk->end - 1];
	const uint32_t at = walk->at;
	const uint32_t calm = at + (uint32_t)request->calm(walk->table, walk->sieve, text + at, end - at,
	                                                   request->len - at);
	const size_t i = calm == end ? walk->end : token_at(t, walk->token, walk->end, calm);
	if (i > walk->token)
		walk->at = t->end[i - 1];
	walk->token = i;
}

/* The gaps up to the byte to, in front of the next token: one in each segment. */
static int norm_gaps(struct walk *walk, uint32_t to)
{
	const struct batch *const batch = walk->one.batch;
	const struct batch_segment *const segments = batch->segments;
	int rc = LAFZ_OK;
	while (rc == LAFZ_OK && walk->at < to) {
		while (segments[walk->segment].end <= walk->at)
			walk->segment++;
		const uint32_t segment_start = walk->segment > 0 ? segments[walk->segment - 1].end : 0;
		const uint32_t segment_end = segments[walk->segment].end;
		const bool is_last = to < segment_end; /* its token is in this segment */
		const uint32_t end = is_last ? to : segment_end;
		rc = batch_one_gap(&walk->one, walk->token, walk->at, end,
		                   is_last && walk->at > segment_start);
		walk->at = end;
	}
	return rc;
}

static int norm_standard(struct batch *batch, const struct batch_request *request)
{
	const struct tokens *const t = &batch->tokens;
	struct walk walk = {0};
	batch_one_begin(&walk.one, batch, request);
	walk.by_stretches = !batch->work.is_thorough && walk.one.options == 0 && !request->tables;
	while (walk.token < t->n) {
		if (walk.by_stretches) {
			if (walk.token >= walk.end)
				begin_stretch(&walk);
			pass_calm(&walk);
			if (walk.token == walk.end)
				continue;
		}
		const size_t i = walk.token;
		int rc = norm_gaps(&walk, t->start[i]);
		if (rc == LAFZ_OK)
			rc = batch_one_token(&walk.one, i);
		if (rc < 0)
			return rc;
		walk.at = t->end[i];
		walk.token = i + 1;
	}
	const int rc = norm_gaps(&walk, request->len);
	batch_one_end(&walk.one);
	return rc;
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
