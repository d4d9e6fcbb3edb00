/*
 * The norm of a batch. Mostly nothing changes over long stretches: these are found by the bytes, across lines and tokens, and
 * only what stands between them is looked at token by token.
 */
#include "base/bytes.h"
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
	size_t known;          /* of the batch's known lines, those that come next */
	struct batch_known_place place; /* in them */
	/* the stretch under way */
	size_t end;                     /* behind its last token */
	const struct fold_table *table; /* of its language */
	const struct calm_sieve *sieve;
	struct calm_noted *noted; /* what changes in it without a change of any length; counted from at */
	bool notes;               /* it is noted */
};

const struct calm_sieve *batch_sieve(struct batch *batch, uint16_t lang, const struct fold_table *table)
{
	struct calm_sieve *const sieve = &batch->sieves[lang % BATCH_SIEVES];
	if (sieve->table != table)
		calm_sieve_make(sieve, table);
	return sieve;
}

/* The first entry from i on, before end, that is neither a nor b; or end. Where it is among eight is told without a branch. */
static size_t other_lang(const uint16_t *langs, size_t i, size_t end, uint16_t a, uint16_t b)
{
	/* (an attribute needs the typedef) */
	typedef uint16_t langs_8 __attribute__((vector_size(16)));
	for (; end - i >= 8; i += 8) {
		langs_8 eight;
		memcpy(&eight, langs + i, sizeof eight);
		const langs_8 others = (langs_8)((eight != a) & (eight != b));
		const uint64_t first = bytes_u64(&others), second = bytes_u64((const char *)&others + 8);
		const size_t is_second = first == 0;
		if ((first | second) != 0)
			return i + 4 * is_second + (size_t)__builtin_ctzll(first | (second & (0 - (uint64_t)is_second))) / 16;
	}
	while (i < end && (langs[i] == a || langs[i] == b))
		i++;
	return i;
}

/* The first token of the known lines that come next; or the one behind all. */
static size_t next_known(const struct walk *walk)
{
	const struct batch *const batch = walk->one.batch;
	if (walk->known == batch->n_known)
		return batch->tokens.n;
	const size_t segment = batch->known[walk->known].segment;
	return segment > 0 ? batch->segments[segment - 1].token_end : 0;
}

/*
 * The tokens from walk->token on that one table is right for. What is calm by the table of a language is calm by the one that has
 * no rows, so tokens of languages without rows, of none, or of none that is sure enough, may be among them.
 */
static void begin_stretch(struct walk *walk)
{
	const struct tokens *const t = &walk->one.batch->tokens;
	const struct fold_table *const none = fold_table(LANG_UND);
	const size_t end = next_known(walk);
	uint16_t lang = LANG_UND, other = LANG_UND;
	size_t i = walk->token;
	walk->table = none;
	do {
		const struct fold_table *const table = fold_table(t->lang[i]);
		if (table != none && table != walk->table && walk->table != none)
			break;
		if (table == none) {
			other = t->lang[i];
		} else {
			lang = t->lang[i];
			walk->table = table;
		}
	} while ((i = other_lang(t->lang, i, end, lang, other)) < end);
	walk->end = i;
	walk->sieve = batch_sieve(walk->one.batch, lang, walk->table);
}

/* The first token from i on that ends behind the byte at; there is one before end. */
static size_t token_at(const struct tokens *t, size_t i, size_t end, uint32_t at)
{
	while (end - i > 8 && t->end[i + 7] <= at)
		i += 8;
	if (end - i > 8) {
		size_t n = 0;
		for (size_t k = 0; k < 8; k++)
			n += t->end[i + k] <= at;
		return i + n;
	}
	while (t->end[i] <= at)
		i++;
	return i;
}

/* Changes that leave all as long as it is, to be written together. */
#define WRITTEN 64

struct writing {
	struct batch_change changes[WRITTEN];
	size_t n;
	uint32_t last;  /* the last letter that a table was asked for */
	uint8_t became; /* what it has become, behind U+0600 */
};

static int write_changes(struct walk *walk, struct writing *writing)
{
	const struct batch_request *const request = walk->one.request;
	const int rc = copy_letters(&walk->one.batch->norm, request->mem, request->text, writing->changes, writing->n);
	writing->n = 0;
	return rc;
}

/* Two bytes at a place become others. */
static inline void add_two(struct writing *writing, uint32_t at, char first, char second)
{
	writing->changes[writing->n++] = (struct batch_change){at, COPY_LETTER, COPY_LETTER, {first, second}};
}

/* The mark at a place and the one before it change places. */
static void add_turn(struct writing *writing, const char *text, uint32_t at)
{
	add_two(writing, at - 2, text[at], text[at + 1]);
	add_two(writing, at, text[at - 2], text[at - 1]);
}

/* The letter at a byte, of two bytes, behind U+0600. */
static inline uint8_t letter_at(const char *text, uint32_t at)
{
	return fold_number((const unsigned char *)text + at);
}

/* The same of one that may become another one by where it stands. */
static uint8_t fold_placed(const struct walk *walk, const struct writing *writing, uint32_t at)
{
	enum { FIRST, OWN, LAST };
	const char *const text = walk->one.request->text;
	const bool is_first = calm_is_space((unsigned char)text[at - 1]), is_last = calm_is_space((unsigned char)text[at + COPY_LETTER]);
	struct fold_place place = {.at = OWN, .first = is_first ? OWN : FIRST, .last = is_last ? OWN : LAST};
	if (!is_first && writing->last == at - COPY_LETTER)
		place.before = 0x600u + writing->became;
	else if (!is_first)
		place.before = 0x600u + letter_at(text, at - COPY_LETTER);
	return (uint8_t)fold_by_place(walk->table, 0x600u + letter_at(text, at), &place);
}

/* The letter at a place becomes another one, or stays. */
static void add_fold(const struct walk *walk, struct writing *writing, uint32_t at)
{
	const uint8_t from = letter_at(walk->one.request->text, at);
	const bool is_simple = walk->sieve->kinds[from] & CALM_CHANGES;
	const uint8_t cp = is_simple ? walk->sieve->becomes[from] : fold_placed(walk, writing, at);
	writing->last = at;
	writing->became = cp;
	if (cp != from)
		add_two(writing, at, (char)(0xD8 | cp >> 6), (char)(0x80 | (cp & 0x3F)));
}

/* Marks in the wrong order change places, and letters become others, in tokens before end that are calm otherwise. */
static int change_noted(struct walk *walk, size_t end)
{
	const char *const text = walk->one.request->text;
	const struct tokens *const t = &walk->one.batch->tokens;
	struct writing writing; /* long, so not zeroed */
	int rc = LAFZ_OK;
	size_t i = walk->token, done = SIZE_MAX;
	writing.n = 0;
	writing.last = UINT32_MAX;
	for (size_t k = 0; k < walk->noted->n && rc == LAFZ_OK; k++) {
		const uint32_t at = walk->at + walk->noted->at[k];
		const bool is_letter = calm_is_letter(text, at);
		i = token_at(t, i, end, at);
		/* not across the beginning of a token; not where the token was seen to */
		if (t->start[i] + (is_letter ? 0 : 2u) > at || i == done)
			continue;
		if (!batch_one_is_folded(&walk->one, i, walk->table)) {
			rc = write_changes(walk, &writing);
			if (rc == LAFZ_OK)
				rc = batch_one_token(&walk->one, i);
			done = i;
			continue;
		}
		if (!is_letter)
			add_turn(&writing, text, at);
		else
			add_fold(walk, &writing, at);
		if (writing.n > WRITTEN - 2)
			rc = write_changes(walk, &writing);
	}
	return rc < 0 ? rc : write_changes(walk, &writing);
}

/* Passes over the next tokens of the stretch as long as nothing can change but what is noted. */
static int pass_calm(struct walk *walk)
{
	const struct batch_request *const request = walk->one.request;
	const struct tokens *const t = &walk->one.batch->tokens;
	const char *const text = request->text;
	const uint32_t end = t->end[walk->end - 1];
	const uint32_t at = walk->at;
	walk->noted->n = 0;
	const uint32_t calm = at + (uint32_t)request->calm(walk->table, walk->sieve, text + at,
	                                                   end - at, request->len - at,
	                                                   walk->notes ? walk->noted : NULL);
	const size_t i = calm == end ? walk->end : token_at(t, walk->token, walk->end, calm);
	if (i == walk->token)
		return LAFZ_OK;
	int rc = LAFZ_OK;
	calm_noted_keep(walk->noted, text + at, t->end[i - 1] - at);
	if (walk->noted->n > 0)
		rc = change_noted(walk, i);
	walk->at = t->end[i - 1];
	walk->token = i;
	return rc;
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

/* Of the changes that come next, how many before a byte leave all as long as it is, with no marks that change places before them. */
static size_t count_letters(const struct batch_known_place *place, uint32_t end)
{
	const struct batch_change *change = place->change;
	const uint32_t limit = end < *place->turn ? end : *place->turn;
	while (change->at < limit && change->n_from == COPY_LETTER && change->n_to == COPY_LETTER)
		change++;
	return (size_t)(change - place->change);
}

/* Passes over known lines, which come next, and what is before them. */
static int pass_known(struct walk *walk)
{
	struct batch *const batch = walk->one.batch;
	const struct tokens *const t = &batch->tokens;
	const struct batch_known *const known = &batch->known[walk->known++];
	struct batch_known_place *const place = &walk->place;
	const size_t end = batch->segments[known->segment_end - 1].token_end;
	int rc = norm_gaps(walk, known->start);
	while (*place->turn < known->start)
		place->turn++;
	for (size_t i = walk->token; rc == LAFZ_OK && place->change->at < known->end;) {
		/* of letters for others the places of tokens do not change */
		const size_t n = count_letters(place, known->end);
		if (n > 0) {
			rc = copy_letters(&batch->norm, walk->one.request->mem, walk->one.request->text, place->change, n);
			place->change += n;
			continue;
		}
		i = token_at(t, i, end, place->change->at);
		rc = batch_one_known(&walk->one, i++, place);
	}
	walk->at = known->end;
	walk->token = end;
	return rc < 0 ? rc : batch_one_turn(&walk->one, place, known->end);
}

static int norm_standard(struct batch *batch, const struct batch_request *request)
{
	const struct tokens *const t = &batch->tokens;
	struct calm_noted noted; /* long, so not zeroed */
	struct walk walk = {.noted = &noted};
	batch_one_begin(&walk.one, batch, request);
	walk.by_stretches = !batch->work.is_thorough && walk.one.options == 0 && !request->tables && !batch->has_cuts;
	walk.notes = !batch_wants_edits(request); /* edits are told token by token */
	walk.place = (struct batch_known_place){batch->turns, batch->changes};
	while (walk.token < t->n) {
		if (walk.by_stretches) {
			const bool is_known = walk.token == next_known(&walk);
			if (!is_known && walk.token >= walk.end)
				begin_stretch(&walk);
			const int rc = is_known ? pass_known(&walk) : pass_calm(&walk);
			if (rc < 0)
				return rc;
			if (is_known || walk.token == walk.end)
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
