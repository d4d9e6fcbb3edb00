/*
 * One document, read several ways: in one piece and in chunks, by the best kernel and another, token by
 * token and by batches, with everything that is kept or cut short and without. All must be the same. Then
 * what is promised of tokens: spans without hole or overlap, offsets of characters, edits that lead from
 * source to norm, keys, and that normalising again changes nothing.
 *
 * The first eight bytes are the options (read_setting), the rest is the document.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "stream.h"
#include "unicode/utf8.h"

/* ---- Options ---- */

enum mode { MODE_TOKENS, MODE_BATCHES, MODE_MIXED, MODE_COUNT };

struct setting {
	struct lafz_options options;
	const char *kernel; /* the one that is compared with the best */
	enum mode mode;
	uint64_t seed; /* of chunks */
};

static const char *const fold_names[] = {"ps-inner-yeh"};

static void set_languages(struct lafz_options *options, unsigned byte)
{
	const unsigned n = lafz_lang_count();
	if (byte == 0)
		return;
	options->languages[0] = (uint16_t)(byte % n);
	options->n_languages = 1;
	if (byte < 200)
		return;
	options->languages[1] = (uint16_t)(byte * 7 % n);
	options->n_languages = 2;
}

static const char *kernel_of(unsigned number)
{
	size_t n = 0;
	int usable = 0;
	const char *names[16];
	for (size_t i = 0; lafz_kernel(i, &usable) && n < COUNT(names); i++) {
		if (usable)
			names[n++] = lafz_kernel(i, NULL);
	}
	return names[number % n];
}

static struct setting read_setting(struct text *input)
{
	struct setting setting = {.mode = MODE_TOKENS};
	struct lafz_options *options = &setting.options;
	lafz_options_init(options, sizeof *options);
	const unsigned first = input_byte(input);
	options->rules = (enum lafz_rules)(first % 3);
	options->profile = (enum lafz_profile)(first / 3 % 3);
	options->on_invalid = (enum lafz_invalid)(first / 9 % 3);
	const unsigned want = input_byte(input);
	options->want = (want & 127) ^ 127u;
	const unsigned bits = input_byte(input);
	options->strip_marks = bits & 1;
	options->unify_punct = bits >> 1 & 1;
	options->lower = bits >> 2 & 1;
	options->drop_zwnj = bits >> 3 & 1;
	options->unwrap = bits >> 4 & 1;
	options->folds = fold_names;
	options->n_folds = bits >> 5 & 1;
	options->digits = (enum lafz_digits)((bits >> 6) % 3);
	set_languages(options, input_byte(input));
	const unsigned segment = input_byte(input);
	options->max_segment = segment > 0 ? LAFZ_MIN_SEGMENT + segment - 1 : 0;
	const unsigned byte = input_byte(input);
	setting.kernel = kernel_of(byte % 8);
	setting.mode = (enum mode)(byte / 8 % MODE_COUNT);
	options->fold_confidence = (byte >> 5) == 0 ? 0.9f : (float)(byte >> 5) / 7.0f;
	setting.seed = input_byte(input);
	setting.seed = setting.seed << 8 | input_byte(input);
	if (want & 128)
		options->max_token = LAFZ_MIN_TOKEN + (uint32_t)(setting.seed % 67);
	return setting;
}

/* ---- What a stream has said ---- */

/* All of a token but its texts; every byte of it is set. */
struct row {
	uint64_t start, end, cstart, cend, par, sent, run;
	uint64_t norm_len, key_len, has;
	double confidence;
	uint32_t lang, flags, kind, script;
};

struct record {
	struct buf rows;  /* a row and its norm and key, for each token */
	struct buf edits; /* in their order */
	struct buf norm;  /* norms alone */
	size_t n;
	int status;
	uint64_t error_offset;
};

static void drop_record(struct record *record)
{
	fuzz_drop(&record->rows);
	fuzz_drop(&record->edits);
	fuzz_drop(&record->norm);
}

static void add_row(struct record *record, const struct lafz_token *token)
{
	struct row row;
	memset(&row, 0, sizeof row);
	row.start = token->start;
	row.end = token->end;
	row.cstart = token->cstart;
	row.cend = token->cend;
	row.par = token->par;
	row.sent = token->sent;
	row.run = token->run;
	row.norm_len = token->norm_len;
	row.key_len = token->key_len;
	row.has = (uint64_t)(token->norm ? 1 : 0) | (token->key ? 2u : 0u);
	row.confidence = (double)token->confidence;
	row.lang = token->lang;
	row.flags = token->flags;
	row.kind = token->kind;
	row.script = token->script;
	fuzz_add(&record->rows, &row, sizeof row);
	fuzz_add(&record->rows, token->norm, token->norm_len);
	fuzz_add(&record->rows, token->key, token->key_len);
	fuzz_add(&record->norm, token->norm, token->norm_len);
	record->n++;
}

static struct lafz_token token_of(const struct lafz_batch *batch, size_t i)
{
	struct lafz_token token = {
		.start = batch->base + batch->start[i],
		.end = batch->base + batch->end[i],
		.par = batch->par_base + batch->par[i],
		.surface = batch->text + batch->start[i],
		.surface_len = batch->end[i] - batch->start[i],
		.kind = batch->kind[i],
		.script = batch->script[i],
		.flags = batch->flags[i],
	};
	if (batch->cstart) {
		token.cstart = batch->cbase + batch->cstart[i];
		token.cend = batch->cbase + batch->cend[i];
	}
	if (batch->run) {
		token.run = batch->run_base + batch->run[i];
		token.lang = batch->lang[i];
		token.confidence = batch->confidence[i];
	}
	if (batch->sent)
		token.sent = batch->sent_base + batch->sent[i];
	if (batch->norm_off) {
		token.norm = batch->norm_text + batch->norm_off[i];
		token.norm_len = batch->norm_len[i];
	}
	if (batch->key_off) {
		token.key = batch->key_text + batch->key_off[i];
		token.key_len = batch->key_len[i];
	}
	return token;
}

/* Writes the source from start to end with the edits in their places to out. */
static void apply_edits(const struct lafz_edit *edits, size_t n, const char *source, uint64_t start,
                        uint64_t end, struct buf *out)
{
	uint64_t at = start;
	for (size_t i = 0; i < n; i++) {
		const struct lafz_edit *edit = &edits[i];
		MUST(edit->start >= at && edit->end > edit->start && edit->end <= end,
		     "an edit from %llu to %llu, after %llu", (unsigned long long)edit->start,
		     (unsigned long long)edit->end, (unsigned long long)at);
		MUST(edit->source_len == edit->end - edit->start &&
		             memcmp(edit->source, source + (edit->start - start),
		                    edit->source_len) == 0,
		     "an edit's source is not that of the token");
		MUST(edit->rules[0] && lafz_kind_name(edit->kind) && lafz_lang_tag(edit->lang),
		     "an edit without rule, kind or language");
		fuzz_add(out, source + (at - start), (size_t)(edit->start - at));
		fuzz_add(out, edit->text, edit->text_len);
		at = edit->end;
	}
	fuzz_add(out, source + (at - start), (size_t)(end - at));
}

static void add_edits(struct record *record, const struct lafz_edit *edits, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const uint64_t span[4] = {edits[i].start, edits[i].end, edits[i].text_len,
		                          edits[i].lang};
		fuzz_add(&record->edits, span, sizeof span);
		fuzz_add(&record->edits, edits[i].text, edits[i].text_len);
		fuzz_add(&record->edits, edits[i].rules, strlen(edits[i].rules));
	}
}

/* The edits of what was handed out last, which lead from its source to its norm. */
static void take_edits(struct lafz_stream *stream, struct record *record, const char *source,
                       uint64_t start, uint64_t end, const struct buf *norm)
{
	const struct lafz_edit *edits = NULL;
	size_t n = 0;
	MUST(lafz_edits(stream, &edits, &n) == LAFZ_OK, "lafz_edits failed");
	struct buf made = {0};
	apply_edits(edits, n, source, start, end, &made);
	fuzz_same("source with its edits, and norm", norm, &made);
	fuzz_drop(&made);
	add_edits(record, edits, n);
}

/* ---- Reading ---- */

/* One call of lafz_next or lafz_next_batch, and all that is seen of it. */
static int take_next(struct lafz_stream *stream, bool by_batch, uint32_t want, struct record *record)
{
	const bool has_edits = want & LAFZ_WANT_EDITS;
	if (!by_batch) {
		const struct lafz_token *token = NULL;
		const int rc = lafz_next(stream, &token);
		MUST((rc == LAFZ_TOKEN) == (token != NULL), "a token without its status");
		if (rc != LAFZ_TOKEN)
			return rc;
		add_row(record, token);
		const struct buf norm = {.ptr = (char *)token->norm, .len = token->norm_len};
		if (has_edits)
			take_edits(stream, record, token->surface, token->start, token->end, &norm);
		return rc;
	}
	const struct lafz_batch *batch = NULL;
	const int rc = lafz_next_batch(stream, &batch);
	MUST((rc == LAFZ_BATCH) == (batch != NULL), "a batch without its status");
	if (rc != LAFZ_BATCH)
		return rc;
	for (size_t i = 0; i < batch->n; i++) {
		const struct lafz_token token = token_of(batch, i);
		add_row(record, &token);
	}
	const struct lafz_edit *edits = NULL;
	size_t n = 0;
	if (has_edits) {
		MUST(lafz_edits(stream, &edits, &n) == LAFZ_OK, "lafz_edits failed");
		add_edits(record, edits, n);
	}
	return rc;
}

static size_t chunk_size(uint64_t seed, uint64_t *state)
{
	switch (seed % 4) {
	case 0:
		return SIZE_MAX;
	case 1:
		return 1;
	case 2:
		return (size_t)(fuzz_random(state) % 8);
	default:
		return (size_t)(fuzz_random(state) % 200);
	}
}

static int drain(struct lafz_stream *stream, enum mode mode, uint32_t want, struct record *record,
                 uint64_t *state)
{
	for (;;) {
		const bool by_batch = mode == MODE_BATCHES ||
		                      (mode == MODE_MIXED && fuzz_random(state) % 4 == 0);
		const int rc = take_next(stream, by_batch, want, record);
		if (rc != LAFZ_TOKEN && rc != LAFZ_BATCH)
			return rc;
	}
}

/* Reads a document on an open stream. A chunk lies in a block of its own, which is freed after MORE. */
static void read_document(struct lafz_stream *stream, const struct text *doc, uint64_t seed,
                          enum mode mode, uint32_t want, struct record *record)
{
	uint64_t state = seed;
	size_t off = 0;
	int rc = LAFZ_MORE;
	while (rc == LAFZ_MORE && off < doc->len) {
		size_t len = chunk_size(seed, &state);
		len = len < doc->len - off ? len : doc->len - off;
		char *chunk = fuzz_copy(doc->ptr + off, len);
		MUST(lafz_feed(stream, chunk, len) == LAFZ_OK, "lafz_feed failed");
		rc = drain(stream, mode, want, record, &state);
		free(chunk);
		off += len;
	}
	if (rc == LAFZ_MORE) {
		MUST(lafz_finish(stream) == LAFZ_OK, "lafz_finish failed");
		rc = drain(stream, mode, want, record, &state);
	}
	record->status = rc;
	(void)lafz_error(stream, &record->error_offset);
}

/* The plainest way: in one piece, token by token. */
static void read_plainly(const struct lafz_options *options, const struct text *doc,
                         struct record *record)
{
	struct lafz_stream *stream = NULL;
	MUST(lafz_open(&stream, options) == LAFZ_OK, "lafz_open failed");
	read_document(stream, doc, 0, MODE_TOKENS, options->want, record);
	lafz_close(stream);
}

static void expect_same(const char *what, const struct record *expected,
                        const struct record *actual, uint32_t want)
{
	MUST(expected->status == actual->status, "%s: status %d, not %d", what, actual->status,
	     expected->status);
	MUST(expected->error_offset == actual->error_offset, "%s: offset of the failure", what);
	fuzz_same(what, &expected->rows, &actual->rows);
	/* a batch has the edits of its gaps too */
	if (want & LAFZ_WANT_GAPS)
		fuzz_same(what, &expected->edits, &actual->edits);
}

/* Another way: what is asked for of chunks, kernel, mode and being thorough, after a reset. */
static void compare(const char *what, const struct setting *setting, const struct text *doc,
                    uint64_t seed, bool is_thorough, enum mode mode, const struct record *expected)
{
	struct lafz_stream *stream = NULL;
	struct record before = {0}, actual = {0};
	const uint32_t want = setting->options.want;
	MUST(lafz_open(&stream, &setting->options) == LAFZ_OK, "lafz_open failed");
	if (is_thorough)
		stream_be_thorough(stream);
	if (seed & 256) {
		const struct text half = {doc->ptr, doc->len / 2};
		read_document(stream, &half, 0, mode, want, &before);
		lafz_reset(stream);
	}
	read_document(stream, doc, seed, mode, want, &actual);
	expect_same(what, expected, &actual, want);
	lafz_close(stream);
	drop_record(&before);
	drop_record(&actual);
}

/* All at once, which is quick; if that fails, one after the other, which tells what it is. */
static void compare_all(const struct setting *setting, const struct text *doc,
                        const struct record *expected)
{
	struct setting other = *setting;
	other.options.kernel = setting->kernel;
	compare("another way", &other, doc, setting->seed, true, setting->mode, expected);
}

/* ---- What is promised of tokens ---- */

static void check_key(const struct lafz_token *token, const char *norm, size_t norm_len, bool is_law)
{
	char room[512], again[512];
	const size_t len = lafz_key(token->surface, token->surface_len, room, sizeof room);
	MUST(len == token->key_len, "the key of a surface has %zu bytes, that of its token %zu",
	     len, token->key_len);
	if (len > sizeof room)
		return;
	MUST(memcmp(room, token->key, len) == 0, "the key of a surface is not that of its token");
	fuzz_utf8("key", room, len);
	if (!is_law)
		return;
	const size_t norm_key = lafz_key(norm, norm_len, again, sizeof again);
	const struct buf expected = {.ptr = room, .len = len},
			 actual = {.ptr = again, .len = norm_key};
	if (norm_key <= sizeof again)
		fuzz_same("the key, and the key of the norm", &expected, &actual);
}

/* What can be said of a token from outside. */
static void check_words(const struct lafz_token *token)
{
	struct lafz_word words[LAFZ_MAX_WORDS];
	char value[LAFZ_VALUE_ROOM];
	const size_t n = lafz_words(token, words);
	MUST(n <= LAFZ_MAX_WORDS && n != 1, "%zu words", n);
	for (size_t i = 0; i < n; i++)
		MUST(words[i].len > 0 && words[i].start <= words[i].end &&
		             words[i].end <= token->surface_len,
		     "a word outside its token");
	const size_t len = lafz_value(token, value);
	MUST(len < sizeof value && strlen(value) == len, "a value of %zu bytes", len);
}

struct check {
	const struct lafz_options *options;
	const struct text *doc;
	struct row last;
	size_t n;
	size_t chars_at; /* the byte up to which characters are counted */
	uint64_t chars;
};

static uint64_t chars_to(struct check *check, size_t off)
{
	while (check->chars_at < off) {
		const struct utf8 c = utf8_decode(check->doc->ptr + check->chars_at,
		                                  check->doc->len - check->chars_at);
		check->chars_at += c.len;
		check->chars++;
	}
	MUST(check->chars_at == off, "a token begins or ends inside a character at %zu", off);
	return check->chars;
}

static void check_row(struct check *check, const struct row *row, const char *norm, const char *key)
{
	const struct lafz_options *o = check->options;
	const struct row *last = &check->last;
	const bool is_first = check->n == 0;
	MUST(row->start < row->end && row->end <= check->doc->len,
	     "an empty token, or beyond the end");
	MUST(row->start >= last->end, "tokens overlap at %llu", (unsigned long long)row->start);
	if (o->want & LAFZ_WANT_GAPS)
		MUST(row->start == last->end, "a hole at %llu", (unsigned long long)last->end);
	MUST(row->par >= last->par && row->par <= last->par + !is_first &&
	             row->sent >= last->sent && row->sent <= last->sent + !is_first &&
	             row->run >= last->run && row->run <= last->run + !is_first,
	     "numbers of paragraph, sentence or run jump at %llu", (unsigned long long)row->start);
	MUST(lafz_kind_name((uint8_t)row->kind) && lafz_lang_tag((uint16_t)row->lang) &&
	             lafz_script_tag((uint8_t)row->script) && row->flags < 4096 &&
	             row->confidence >= 0 && row->confidence <= 1,
	     "a value that no token has at %llu", (unsigned long long)row->start);
	if (o->want & LAFZ_WANT_CHARS) {
		const uint64_t cstart = chars_to(check, (size_t)row->start);
		MUST(row->cstart == cstart && row->cend == chars_to(check, (size_t)row->end),
		     "offsets in characters at %llu", (unsigned long long)row->start);
	}
	const struct lafz_token token = {
		.surface = check->doc->ptr + row->start,
		.surface_len = (size_t)(row->end - row->start),
		.kind = (uint8_t)row->kind,
		.flags = (uint16_t)row->flags,
		.lang = (uint16_t)row->lang,
		.confidence = (float)row->confidence,
		.key = key,
		.key_len = (size_t)row->key_len,
	};
	check_words(&token);
	const bool is_whole = o->on_invalid != LAFZ_INVALID_DROP ||
	                      !(row->flags & LAFZ_FLAG_REPAIRED);
	const bool is_law = is_whole && o->profile == LAFZ_PROFILE_STANDARD &&
	                    o->want & LAFZ_WANT_NORM && row->kind != LAFZ_KIND_SPACE;
	if (o->profile != LAFZ_PROFILE_NONE)
		fuzz_utf8("norm", norm, (size_t)row->norm_len);
	if (o->want & LAFZ_WANT_KEY && row->kind != LAFZ_KIND_SPACE)
		check_key(&token, norm, (size_t)row->norm_len, is_law);
}

static void check_rows(const struct lafz_options *options, const struct text *doc,
                       const struct record *record)
{
	struct check check = {.options = options, .doc = doc};
	const char *at = record->rows.ptr;
	for (size_t i = 0; i < record->n; i++) {
		struct row row;
		memcpy(&row, at, sizeof row);
		const char *norm = at + sizeof row, *key = norm + row.norm_len;
		check_row(&check, &row, norm, key);
		at = key + row.key_len;
		check.last = row;
		check.n++;
	}
	if (record->status == LAFZ_OK && options->want & LAFZ_WANT_GAPS)
		MUST(check.last.end == doc->len, "nothing covers the end");
}

/* The row at *at, which is moved on. */
static struct row next_row(const char **at)
{
	struct row row;
	memcpy(&row, *at, sizeof row);
	*at += sizeof row + row.norm_len + row.key_len;
	return row;
}

/* Pieces of tokens that are too long, joined, are the tokens that there are without a limit. */
static void check_pieces(const struct lafz_options *options, const struct text *doc,
                         const struct record *cut)
{
	struct record whole = {0};
	struct lafz_options without = *options;
	without.max_token = 0;
	read_plainly(&without, doc, &whole);
	MUST(whole.status == cut->status, "another status with a longest token");
	const char *at = cut->rows.ptr, *whole_at = whole.rows.ptr;
	size_t n = cut->n;
	for (size_t i = 0; i < whole.n; i++) {
		struct row token = next_row(&whole_at);
		const uint64_t end = token.end, cend = token.cend;
		const bool is_cut = token.kind != LAFZ_KIND_SPACE &&
		                    token.end - token.start > options->max_token;
		token.flags |= is_cut ? LAFZ_FLAG_CUT : 0u;
		do {
			MUST(n-- > 0, "pieces are missing");
			const struct row piece = next_row(&at);
			token.end = piece.end;
			token.cend = piece.cend;
			token.norm_len = piece.norm_len;
			token.key_len = piece.key_len;
			MUST(!is_cut || piece.end - piece.start <= options->max_token,
			     "a piece of %llu bytes", (unsigned long long)(piece.end - piece.start));
			MUST(memcmp(&piece, &token, sizeof piece) == 0,
			     "a piece is not like its token at %llu",
			     (unsigned long long)piece.start);
			token.start = piece.end;
			token.cstart = piece.cend;
		} while (is_cut && token.end < end);
		MUST(token.end == end && token.cend == cend,
		     "pieces end elsewhere than their token");
	}
	MUST(n == 0, "%zu tokens more", n);
	drop_record(&whole);
}

/* For one language and one set of options. Bytes that are dropped join what was apart (doc/testing.md). */
static void check_idempotence(const struct lafz_options *options, const struct record *first)
{
	const uint32_t want = LAFZ_WANT_NORM | LAFZ_WANT_GAPS;
	const size_t longest = options->max_segment > 0 ? options->max_segment : 65536;
	if ((options->want & want) != want || options->n_languages != 1 || first->status != LAFZ_OK ||
	    options->on_invalid == LAFZ_INVALID_DROP || options->profile == LAFZ_PROFILE_NONE ||
	    first->norm.len > longest || options->max_token > 0)
		return;
	const struct text norm = {first->norm.ptr, first->norm.len};
	struct record second = {0};
	read_plainly(options, &norm, &second);
	fuzz_same("norm, and norm of the norm", &first->norm, &second.norm);
	drop_record(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {(const char *)bytes, len};
	const struct setting setting = read_setting(&input);
	struct record record = {0};
	read_plainly(&setting.options, &input, &record);
	check_rows(&setting.options, &input, &record);
	compare_all(&setting, &input, &record);
	if (setting.options.max_token > 0)
		check_pieces(&setting.options, &input, &record);
	if (input.len <= LAFZ_MIN_SEGMENT || setting.options.max_segment == 0)
		check_idempotence(&setting.options, &record);
	drop_record(&record);
	return 0;
}
