/*
 * Why a norm differs from its source: edits put into the source give the norm byte for byte, and
 * put back give the source; they are in order, never empty, never overlap, always have rules;
 * asking for them changes nothing else. For norm_token with random text in every language and
 * option, and for a stream by tokens, with gaps, and by batches.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "lang.h"
#include "norm/fold.h"
#include "norm/norm.h"
#include "norm/tables.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* ---- Helpers ---- */

/* Edits as norm_token gives them, for one text. */
struct made {
	struct norm norm;
	struct buf plain, out, rebuilt;
	struct norm_edits edits;
};

static void made_free(struct made *made)
{
	norm_free(&made->norm, &mem_default);
	buf_free(&made->plain, &mem_default);
	buf_free(&made->out, &mem_default);
	buf_free(&made->rebuilt, &mem_default);
	norm_edits_free(&made->edits, &mem_default);
}

static void append(struct buf *buf, const char *bytes, size_t n)
{
	if (buf_append(buf, &mem_default, bytes, n) < 0)
		ck_abort_msg("no memory");
}

/* The names of an edit are known, none stands twice, and there is one at least. */
static bool has_good_rules(const char *rules)
{
	size_t n = 0;
	for (const char *at = rules; *at; n++) {
		const size_t len = strcspn(at, " ");
		const char *rest = at + len;
		if (len == 0)
			return false;
		while (*rest) {
			rest++;
			const size_t other = strcspn(rest, " ");
			if (helper_equals(at, len, rest, other))
				return false;
			rest += other;
		}
		at += len + (at[len] == ' ');
		if (at[-1] == ' ' && !*at)
			return false;
	}
	return n > 0;
}

/*
 * What is wrong with the edits of a text whose norm begins at begin in made->out; NULL if nothing.
 */
static const char *wrong_with(struct made *made, const char *text, size_t len)
{
	const struct norm_edits *const edits = &made->edits;
	const char *const out = made->out.ptr;
	size_t at = 0, out_at = 0;
	made->rebuilt.len = 0;
	for (size_t i = 0; i < edits->n; i++) {
		const struct norm_edit *const e = &edits->ptr[i];
		if (e->start >= e->end || e->start < at || e->end > len)
			return "a span that is empty, overlaps or lies outside";
		if (e->out_start > e->out_end || e->out_end > made->out.len)
			return "a span of the norm lies outside";
		if (e->out_start - out_at != e->start - at)
			return "what stands between two edits has another length in the norm";
		if (helper_equals(text + e->start, e->end - e->start, out + e->out_start,
		                  e->out_end - e->out_start))
			return "an edit that changes nothing";
		if (!has_good_rules(edits->names.ptr + e->rules))
			return "no rules, or one twice";
		append(&made->rebuilt, text + at, e->start - at);
		append(&made->rebuilt, out + e->out_start, e->out_end - e->out_start);
		at = e->end;
		out_at = e->out_end;
	}
	append(&made->rebuilt, text + at, len - at);
	if (!helper_equals(made->rebuilt.ptr, made->rebuilt.len, out, made->out.len))
		return "applied to the source they do not give the norm";
	return NULL;
}

/* The inverse: the norm with each text replaced by its source. */
static bool leads_back(struct made *made, const char *text, size_t len)
{
	size_t out_at = 0;
	made->rebuilt.len = 0;
	for (size_t i = 0; i < made->edits.n; i++) {
		const struct norm_edit *const e = &made->edits.ptr[i];
		append(&made->rebuilt, made->out.ptr + out_at, e->out_start - out_at);
		append(&made->rebuilt, text + e->start, e->end - e->start);
		out_at = e->out_end;
	}
	append(&made->rebuilt, made->out.ptr + out_at, made->out.len - out_at);
	return helper_equals(made->rebuilt.ptr, made->rebuilt.len, text, len);
}

/* The norm with edits and without; asserts all that holds for every text. */
static void make(struct made *made, const struct norm_request *request, const char *text, size_t len)
{
	made->plain.len = made->out.len = made->edits.n = 0;
	const int plain = norm_token(&made->norm, &mem_default, request, text, len, &made->plain,
	                             NULL);
	const int rc = norm_token(&made->norm, &mem_default, request, text, len, &made->out,
	                          &made->edits);
	const char *wrong = NULL;
	if (rc != plain || rc < 0 ||
	    !helper_equals(made->plain.ptr, made->plain.len, made->out.ptr, made->out.len))
		wrong = "the norm is another one when edits are asked for";
	else if (rc == 0 && made->edits.n > 0)
		wrong = "edits, but no change";
	else if (rc == 1)
		wrong = wrong_with(made, text, len);
	if (!wrong && rc == 1 && !leads_back(made, text, len))
		wrong = "applied to the norm they do not give the source";
	if (wrong)
		ck_abort_msg("language %u, kind %u: %s\nsource %s\nnorm   %s\nplain  %s",
		             (unsigned)request->lang, (unsigned)request->kind, wrong,
		             helper_show(text, len), helper_show(made->out.ptr, made->out.len),
		             helper_show(made->plain.ptr, made->plain.len));
}

/* ---- Names of rules ---- */

enum option { STRIP = 1, PUNCT = 2, LOWER = 4, NO_ZWNJ = 8, ASCII = 16, NFC = 32, DROP = 64 };

struct row {
	const char *what;
	unsigned options; /* bits of enum option */
	uint16_t lang;
	uint8_t kind;
	const char *in;
	const char *want; /* "start-end>out_start-out_end rules" for each edit, split by ", " */
};

static const struct row rows[] = {
	{"nothing", 0, LANG_FA, 0, "\u06A9\u0627\u0628\u0644", ""},
	{"two letters", 0, LANG_FA, 0, "\u0643\u0627\u0628\u064A", "0-2>0-2 fa-kaf, 6-8>6-8 fa-yeh"},
	{"neighbours", 0, LANG_FA, 0, "\u0643\u064A", "0-2>0-2 fa-kaf, 2-4>2-4 fa-yeh"},
	{"a sequence", 0, LANG_FA, 0, "\u0646\u0647\u0654", "2-6>2-4 fa-heh-hamza"},
	{"two folds on one letter", 0, LANG_FA, 0, "\u0628\u0649\u0654\u0628",
         "2-6>2-4 fa-yeh fa-yeh-hamza"},
	{"a mark between stays", 0, LANG_FA, 0, "\u0645\u06CC\u0650\u0654\u0644",
         "2-8>2-6 fa-yeh-hamza"},
	{"nfc", 0, LANG_UND, 0, "\u0628\u0627\u0653", "2-6>2-4 nfc"},
	{"nfc, marks in order", 0, LANG_UND, 0, "\u0628\u0628\u0651\u064E", "2-8>2-8 nfc"},
	{"nfc, then a fold", 0, LANG_FA, 0, "\u0646\u06C1\u0654", "2-6>2-4 nfc fa-heh-hamza"},
	{"a fold, then nfc", 0, LANG_AR, 0, "\u0628\u06CC\u0654\u0628", "2-6>2-4 ar-yeh nfc"},
	{"forms", 0, LANG_UND, 0, "\uFEFB\uFE8D", "0-3>0-4 form, 3-6>4-6 form"},
	{"a form of marks", 0, LANG_UND, 0, "\u0628\uFE7C", "2-5>2-4 form-mark"},
	{"a form by its shape", 0, LANG_UG, 0, "\u0631\uFEE9", "2-5>2-4 ug-heh-form"},
	{"a form, then a fold", 0, LANG_FA, 0, "\uFEEE\uFEED\uFED9",
         "0-3>0-2 form, 3-6>2-4 form, "
         "6-9>4-6 form fa-kaf"},
	{"controls", 0, LANG_UND, 0, "\u200F\u0628\u00AD\u00AD",
         "0-3>0-0 control, 5-7>2-2 control, "
         "7-9>2-2 control"},
	{"a control inside what is composed", 0, LANG_UND, 0, "\u0627\u034F\u0653",
         "0-6>0-2 control nfc"},
	{"tatweel", 0, LANG_UND, 0, "\u0628\u0640\u0640\u0628", "2-4>2-2 tatweel, 4-6>2-2 tatweel"},
	{"tatweel that a fold takes", 0, LANG_CKB, 0, "\u0627\u0647\u0640", "2-6>2-4 ckb-heh-tatweel"},
	{"zwnj", 0, LANG_UND, 0, "\u0631\u200C\u0631", "2-5>2-2 zwnj"},
	{"zwnj, then a fold", 0, LANG_FA, 0, "\u0628\u0647\u200C\u0654", "2-9>2-4 zwnj fa-heh-hamza"},
	{"ill-formed bytes", 0, LANG_UND, 0, "\u0628\xFF\xE2\x80", "2-3>2-5 repair, 3-5>5-8 repair"},
	{"ill-formed bytes dropped", DROP, LANG_UND, 0, "\u0628\xFF\u0628", "2-3>2-2 repair"},
	{"marks", STRIP, LANG_AR, 0, "\u0628\u064E\u0651\u0628", "2-4>2-2 marks, 4-6>2-2 marks"},
	{"ezafe", STRIP, LANG_FA, 0, "\u0646\u06C0", "2-4>2-4 marks"},
	{"ezafe from a fold", STRIP, LANG_FA, 0, "\u0646\u06C2", "2-4>2-4 fa-heh-hamza marks"},
	{"punctuation", PUNCT, LANG_FA, LAFZ_KIND_PUNCT, "\u2026\u060C",
         "0-3>0-3 punct, 3-5>3-4 punct"},
	{"digits", ASCII, LANG_FA, LAFZ_KIND_NUMBER, "\u06F1\u066B\u06F5",
         "0-2>0-1 digits, "
         "4-6>3-4 digits"},
	{"lower case", LOWER, LANG_TR, 0, "I\u0130a", "0-1>0-2 lower, 1-3>2-3 lower"},
	{"lower case, then nfc", LOWER, LANG_UND, 0, "J\u030C", "0-3>0-2 lower nfc"},
	{"zwnj dropped", NO_ZWNJ, LANG_FA, 0, "\u06CC\u200C\u0631", "2-5>2-2 zwnj"},
	{"pieces", 0, LANG_FA, 0, "\u0643 \u0643", "0-2>0-2 fa-kaf, 3-5>3-5 fa-kaf"},
	{"a link", 0, LANG_FA, LAFZ_KIND_URL, "a.b\xFF", "3-4>3-6 repair"},
	{"other script", 0, LANG_UND, 0, "\u0438\u0306\u00AD", "0-4>0-2 nfc"},
	{"profile nfc", NFC, LANG_FA, 0, "\u0643a\u0301\xFF", "2-5>2-4 nfc, 5-6>4-7 repair"},
	{"Hangul", NFC, LANG_UND, 0, "a\u1112\u1161\u11AB", "1-10>1-4 nfc"},
};

static struct norm_request request_of(unsigned options, uint16_t lang, uint8_t kind)
{
	return (struct norm_request){
		.profile = options & NFC ? LAFZ_PROFILE_NFC : LAFZ_PROFILE_STANDARD,
		.on_invalid = options & DROP ? LAFZ_INVALID_DROP : LAFZ_INVALID_REPLACE,
		.lang = lang,
		.kind = kind,
		.script = UCD_SCRIPT_ARAB,
		.options = (uint8_t)(options & 31),
	};
}

START_TEST(table_of_rules)
{
	struct made made = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *const row = &rows[i];
		const struct norm_request request = request_of(row->options, row->lang, row->kind);
		char got[512] = "";
		size_t at = 0;
		make(&made, &request, row->in, strlen(row->in));
		for (size_t k = 0; k < made.edits.n; k++) {
			const struct norm_edit *const e = &made.edits.ptr[k];
			at += (size_t)snprintf(got + at, sizeof got - at, "%s%u-%u>%u-%u %s",
			                       k > 0 ? ", " : "", e->start, e->end, e->out_start,
			                       e->out_end, made.edits.names.ptr + e->rules);
		}
		ck_assert_msg(strcmp(got, row->want) == 0, "%s: expected %s\ngot %s", row->what,
		              row->want, got);
	}
	made_free(&made);
}
END_TEST

/* ---- Random text ---- */

static size_t random_character(struct rng *rng, uint16_t lang, char *out)
{
	static const uint32_t busy[] = {
		0x640,  0x640,  0x200C, 0x200C,  0x200D, 0x200B, 0xAD,  0x34F, 0x61C,  0x64E,
		0x651,  0x650,  0x654,  0x654,   0x655,  0x653,  0x610, 0x670, 0x643,  0x64A,
		0x649,  0x6CC,  0x647,  0x6C0,   0x6C1,  0x6BE,  0x6D5, 0x621, 0x6C2,  0xFEFB,
		0xFE7C, 0xFEE9, 0xFDF2, 0xFC5E,  0x41,   0x49,   0x130, 0x301, 0x323,  0x30C,
		0x4A,   0x2019, 0x2026, 0x60C,   0x661,  0x6F1,  0x31,  0x20,  0x1112, 0x1161,
		0x11A8, 0x915,  0x93C,  0x1F468, 0xFE0F, 0x438,  0x306,
	};
	const uint16_t *alphabet = NULL;
	const size_t n = fold_alphabet(lang, &alphabet);
	const size_t r = rng_below(rng, 16);
	if (r == 0) {
		out[0] = (char)rng_below(rng, 256);
		return 1;
	}
	if (r == 1)
		return utf8_encode(0x600 + (uint32_t)rng_below(rng, 256), out);
	if (r < 6 && n > 0)
		return utf8_encode(alphabet[rng_below(rng, n)], out);
	return utf8_encode(busy[rng_below(rng, COUNT(busy))], out);
}

START_TEST(random_texts)
{
	static const uint8_t kinds[] = {LAFZ_KIND_WORD,    LAFZ_KIND_WORD,   LAFZ_KIND_WORD,
	                                LAFZ_KIND_HASHTAG, LAFZ_KIND_NUMBER, LAFZ_KIND_URL};
	const char *const yeh = "ps-inner-yeh";
	struct lafz_tables *tables = NULL;
	struct made made = {0};
	struct rng rng = {20240604};
	ck_assert_int_eq(tables_switch_on(&tables, NULL, &yeh, 1, &mem_default), LAFZ_OK);
	for (size_t round = 0; round < 200000; round++) {
		char text[16 * UTF8_MAX];
		const uint16_t lang = (uint16_t)rng_below(&rng, LANG_COUNT);
		const size_t n = 1 + rng_below(&rng, 10);
		size_t len = 0;
		for (size_t i = 0; i < n; i++)
			len += random_character(&rng, lang, text + len);
		struct norm_request request = request_of((unsigned)rng_below(&rng, 128), lang,
		                                         kinds[rng_below(&rng, COUNT(kinds))]);
		if (rng_below(&rng, 4) == 0)
			request.options |= NORM_NATIVE_DIGITS;
		if (rng_below(&rng, 2) == 0)
			request.tables = tables;
		make(&made, &request, text, len);
	}
	lafz_tables_close(tables);
	made_free(&made);
}
END_TEST

/* Every character, alone and between letters that have marks. */
START_TEST(all_characters)
{
	struct made made = {0};
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		if (ucd_get(cp)->gc == UCD_GC_CN || ucd_get(cp)->gc == UCD_GC_CS ||
		    ucd_get(cp)->gc == UCD_GC_CO)
			continue;
		char text[32];
		size_t len = utf8_encode(cp, text);
		struct norm_request request = request_of(cp & 31, LANG_FA, LAFZ_KIND_WORD);
		make(&made, &request, text, len);
		request = request_of(NFC, LANG_FA, LAFZ_KIND_WORD);
		make(&made, &request, text, len);
		len = utf8_encode(0x6CC, text);
		len += utf8_encode(0x651, text + len);
		len += utf8_encode(cp, text + len);
		len += utf8_encode(0x64E, text + len);
		len += utf8_encode(0x628, text + len);
		request = request_of(0, LANG_FA, LAFZ_KIND_WORD);
		make(&made, &request, text, len);
	}
	made_free(&made);
}
END_TEST

/* Long rows of one pair: linear, or this test never ends. */
START_TEST(long_rows)
{
	enum { TIMES = 200000 };
	static const uint16_t pairs[][2] = {{0x654, 0x650},  {0x64E, 0x651}, {0x640, 0x64E},
	                                    {0x200C, 0x654}, {0x643, 0x64A}, {0x6CC, 0x654},
	                                    {0xFDF2, 0xAD}};
	char *const text = malloc(3 * (TIMES + 1));
	struct made made = {0};
	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < 2 * COUNT(pairs); i++) {
		size_t len = utf8_encode(0x647, text);
		for (size_t k = 0; k < TIMES; k++)
			len += utf8_encode(pairs[i / 2][k % 2], text + len);
		const struct norm_request request = request_of(i % 2 ? STRIP : 0, LANG_FA, 0);
		made.edits.n = made.out.len = 0;
		const int rc = norm_token(&made.norm, &mem_default, &request, text, len, &made.out,
		                          &made.edits);
		ck_assert_int_ge(rc, 0);
		ck_assert_msg(rc == 0 || !wrong_with(&made, text, len), "pair %zu", i / 2);
	}
	free(text);
	made_free(&made);
}
END_TEST

START_TEST(gaps)
{
	static const char text[] = " \u200F\u200B\u200C\u2067 ";
	const struct norm_request request = {.kind = LAFZ_KIND_SPACE, .options = NORM_DROP_ZWNJ};
	struct made made = {0};
	ck_assert_int_eq(norm_gap(&made.norm, &mem_default, &request, text, strlen(text), &made.out,
	                          &made.edits),
	                 1);
	ck_assert_ptr_null(wrong_with(&made, text, strlen(text)));
	ck_assert_uint_eq(made.edits.n, 3);
	ck_assert_str_eq(made.edits.names.ptr + made.edits.ptr[0].rules, "control");
	ck_assert_str_eq(made.edits.names.ptr + made.edits.ptr[1].rules, "zwnj");
	made_free(&made);
}
END_TEST

/* Whichever allocation fails: nothing is appended. */
START_TEST(out_of_memory)
{
	static const char text[] = "\u0643\u0640\u0627\u200B\u0653\u064A\u06CC\u0651\u0654\xFF";
	const struct norm_request request = request_of(STRIP | PUNCT | LOWER, LANG_FA, 0);
	size_t failed = 0;
	for (size_t n = 1;; n++) {
		struct counter counter = {.fail_at = n, .fails_on = true};
		const struct lafz_allocator mem = helper_allocator(&counter);
		struct made made = {0};
		const int rc = norm_token(&made.norm, &mem, &request, text, strlen(text), &made.out,
		                          &made.edits);
		const bool is_empty = made.out.len == 0 && made.edits.n == 0;
		norm_free(&made.norm, &mem);
		buf_free(&made.out, &mem);
		norm_edits_free(&made.edits, &mem);
		ck_assert_uint_eq(counter.blocks, 0);
		if (rc == 1)
			break;
		ck_assert_int_eq(rc, LAFZ_ERR_MEMORY);
		ck_assert(is_empty);
		failed++;
	}
	ck_assert_uint_gt(failed, 8);
}
END_TEST

/* ---- Streams ---- */

struct document {
	const char *what;
	enum lafz_profile profile;
	enum lafz_invalid on_invalid;
	struct text text;
};

static const struct document documents[] = {
	{"nothing", 0, 0, T("")},
	{"Persian", 0, 0,
         T("\u0643\u062A\u0627\u0628 \u0639\u0644\u064A "
           "\u200F\u0631\u0627\n\u0645\u064A\u200C\u0643\u0646\u062F\u200C.\n\n\u200E \u0643\n")},
	{"mixed", 0, 0,
         T("The cafe\u0301 \uFEFF in \u0643\u0627\u0628\u0644 don\u2019t \u06F1\u06F2 \u061F "
           "I\u0130 \xFF\xC3 a\u200C!\u200F\r\n")},
	{"composed across tokens", LAFZ_PROFILE_NFC, 0,
         T("a\u0301 \u0301b \xFF\u0301\u0323 !\u0338 =\u0338 \u1112\u1161\u11A8")},
	{"ill-formed dropped", LAFZ_PROFILE_NFC, LAFZ_INVALID_DROP,
         T("a\xFF\u0301\xFF\u0323 \xFF\xFF b\u0301\xE2\x80")},
	{"composed, nothing to do", LAFZ_PROFILE_NFC, 0, T("\u00E9 a b")},
	{"as it is", LAFZ_PROFILE_NONE, 0, T("\u0643 e\u0301 \xFF")},
};

struct replay {
	struct buf source, norm; /* what edits make of the source, and the norm of it */
	size_t n;
};

/* Puts edits into the source from start to end and appends the result. */
static void apply(struct buf *out, const struct lafz_edit *edits, size_t n, const char *source,
                  uint64_t start, uint64_t end)
{
	uint64_t at = start;
	for (size_t i = 0; i < n; i++) {
		ck_assert_msg(
			edits[i].start >= at && edits[i].end > edits[i].start && edits[i].end <= end,
			"edit %zu of %zu: %lu-%lu in %lu-%lu", i, n, (unsigned long)edits[i].start,
			(unsigned long)edits[i].end, (unsigned long)start, (unsigned long)end);
		ck_assert(has_good_rules(edits[i].rules));
		ck_assert(helper_equals(edits[i].source, (size_t)(edits[i].end - edits[i].start),
		                        source + edits[i].start,
		                        (size_t)(edits[i].end - edits[i].start)));
		append(out, source + at, (size_t)(edits[i].start - at));
		append(out, edits[i].text, edits[i].text_len);
		at = edits[i].end;
	}
	append(out, source + at, (size_t)(end - at));
}

static void handed_out(struct lafz_stream *stream, struct replay *replay, const struct text *text,
                       const struct lafz_token *token, const struct lafz_batch *batch)
{
	const struct lafz_edit *edits = NULL;
	size_t n = 0;
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_OK);
	replay->n += n;
	if (token) {
		struct buf one = {0};
		apply(&one, edits, n, text->ptr, token->start, token->end);
		ck_assert_msg(helper_equals(one.ptr, one.len, token->norm, token->norm_len),
		              "token %s: %s", helper_show(token->surface, token->surface_len),
		              helper_show(one.ptr, one.len));
		for (size_t i = 0; i < n; i++)
			ck_assert_uint_eq(edits[i].kind, token->kind);
		append(&replay->source, one.ptr, one.len);
		append(&replay->norm, token->norm, token->norm_len);
		buf_free(&one, &mem_default);
		return;
	}
	apply(&replay->source, edits, n, text->ptr, batch->base, batch->base + batch->len);
	append(&replay->norm, batch->norm_text, batch->norm_size);
}

enum ask { TOKENS, WITH_GAPS, BATCHES };

static struct replay replay_of(const struct document *document, enum ask ask, size_t chunk)
{
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	struct replay replay = {{0}, {0}, 0};
	const struct text *const text = &document->text;
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_EDITS | (ask == WITH_GAPS ? LAFZ_WANT_GAPS : 0);
	options.profile = document->profile;
	options.on_invalid = document->on_invalid;
	options.unify_punct = options.lower = 1;
	options.languages[0] = LANG_FA;
	options.n_languages = 1;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	for (size_t at = 0; at <= text->len; at += chunk) {
		const size_t left = text->len - at, len = left < chunk ? left : chunk;
		const struct lafz_token *token = NULL;
		const struct lafz_batch *batch = NULL;
		if (len > 0)
			ck_assert_int_eq(lafz_feed(stream, text->ptr + at, len), LAFZ_OK);
		if (len == left)
			ck_assert_int_eq(lafz_finish(stream), LAFZ_OK);
		int rc = LAFZ_OK;
		for (;;) {
			if (ask == BATCHES)
				rc = lafz_next_batch(stream, &batch);
			else
				rc = lafz_next(stream, &token);
			if (rc != LAFZ_BATCH && rc != LAFZ_TOKEN)
				break;
			handed_out(stream, &replay, text, token, batch);
		}
		ck_assert_int_eq(rc, len == left ? LAFZ_OK : LAFZ_MORE);
		if (len == left)
			break;
	}
	lafz_close(stream);
	return replay;
}

static void replay_free(struct replay *replay)
{
	buf_free(&replay->source, &mem_default);
	buf_free(&replay->norm, &mem_default);
}

START_TEST(streams)
{
	static const size_t chunks[] = {1, 2, 7, 1000};
	for (size_t i = 0; i < COUNT(documents) * COUNT(chunks) * 3; i++) {
		const struct document *const document = &documents[i / 3 / COUNT(chunks)];
		const enum ask ask = (enum ask)(i % 3);
		struct replay replay = replay_of(document, ask, chunks[i / 3 % COUNT(chunks)]);
		struct replay whole = replay_of(document, BATCHES, 1000);
		ck_assert_msg(helper_equals(replay.source.ptr, replay.source.len, replay.norm.ptr,
		                            replay.norm.len),
		              "%s", document->what);
		if (ask != TOKENS) {
			ck_assert_msg(helper_equals(replay.norm.ptr, replay.norm.len,
			                            whole.norm.ptr, whole.norm.len),
			              "%s: gaps and batches give other norms", document->what);
			ck_assert_msg(replay.n == whole.n, "%s: %zu edits, not %zu", document->what,
			              replay.n, whole.n);
		}
		replay_free(&replay);
		replay_free(&whole);
	}
}
END_TEST

/*
 * Random documents, profile nfc: every token, with the stretches that are composed across tokens.
 */
START_TEST(random_documents)
{
	struct rng rng = {20240605};
	for (size_t round = 0; round < 4000; round++) {
		char bytes[64 * HELPER_LONGEST];
		size_t len = 0;
		for (size_t i = 0; i < 24; i++)
			len += rng_below(&rng, 2) ? helper_trouble(&rng, 1, false, bytes + len)
			                          : random_character(&rng, LANG_FA, bytes + len);
		const struct document document = {"random",
		                                  (enum lafz_profile)(round % 2),
		                                  (enum lafz_invalid)(round / 2 % 2),
		                                  {bytes, len}};
		struct replay tokens = replay_of(&document, WITH_GAPS, 5);
		struct replay batches = replay_of(&document, BATCHES, 1000);
		if (!helper_equals(tokens.norm.ptr, tokens.norm.len, batches.norm.ptr,
		                   batches.norm.len) ||
		    !helper_equals(tokens.source.ptr, tokens.source.len, tokens.norm.ptr,
		                   tokens.norm.len) ||
		    !helper_equals(batches.source.ptr, batches.source.len, batches.norm.ptr,
		                   batches.norm.len) ||
		    tokens.n != batches.n)
			ck_abort_msg("round %zu: %s", round, helper_show(bytes, len));
		replay_free(&tokens);
		replay_free(&batches);
	}
}
END_TEST

/* A token, the rest as a batch; the language and the names. */
START_TEST(mixed_use)
{
	static const char text[] = "\u0643 \u200F \u064A";
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	const struct lafz_token *token = NULL;
	const struct lafz_batch *batch = NULL;
	const struct lafz_edit *edits = NULL;
	size_t n = 0;
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_EDITS;
	options.languages[0] = LANG_FA;
	options.n_languages = 1;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	ck_assert_int_eq(lafz_feed(stream, text, strlen(text)), LAFZ_OK);
	ck_assert_int_eq(lafz_finish(stream), LAFZ_OK);
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_TOKEN);
	ck_assert_ptr_nonnull(token->norm);
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_OK);
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(edits[0].rules, "fa-kaf");
	ck_assert_uint_eq(edits[0].lang, LANG_FA);
	ck_assert_int_eq(lafz_next_batch(stream, &batch), LAFZ_BATCH);
	ck_assert_uint_eq(batch->n, 1);
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_OK);
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(edits[0].rules, "control");
	ck_assert_uint_eq(edits[0].kind, LAFZ_KIND_SPACE);
	ck_assert_uint_eq(edits[0].text_len, 0);
	ck_assert_uint_eq(edits[1].start, 7);
	ck_assert_str_eq(edits[1].rules, "fa-yeh");
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_OK);
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_ERR_ORDER);
	ck_assert_ptr_null(edits);
	lafz_close(stream);
}
END_TEST

START_TEST(wrong_time)
{
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	const struct lafz_token *token = NULL;
	const struct lafz_edit *edits = NULL;
	size_t n = 0;
	lafz_options_init(&options, sizeof options);
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	ck_assert_int_eq(lafz_feed(stream, "a\n", 2), LAFZ_OK);
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_TOKEN);
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_ERR_ORDER);
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_ERR_ORDER);
	lafz_close(stream);
	options.want |= LAFZ_WANT_EDITS;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_ERR_ORDER);
	lafz_reset(stream);
	ck_assert_int_eq(lafz_feed(stream, "a\n", 2), LAFZ_OK);
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_TOKEN);
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_OK);
	ck_assert_uint_eq(n, 0);
	lafz_close(stream);
}
END_TEST

/* Whichever allocation of a stream fails: the right status, and nothing is lost. */
START_TEST(stream_out_of_memory)
{
	static const char text[] = "\u0643\u0640 e\u0301 \u200F \u06C1\u0654\xFF\n";
	static const char *const folds[] = {"ps-inner-yeh"};
	for (size_t n = 1;; n++) {
		struct counter counter = {.fail_at = n, .fails_on = true};
		struct lafz_options options;
		struct lafz_stream *stream = NULL;
		const struct lafz_token *token = NULL;
		const struct lafz_edit *edits = NULL;
		size_t n_edits = 0;
		lafz_options_init(&options, sizeof options);
		options.want |= LAFZ_WANT_EDITS | LAFZ_WANT_GAPS;
		options.allocator = helper_allocator(&counter);
		options.folds = folds;
		options.n_folds = 1;
		int rc = lafz_open(&stream, &options);
		if (rc == LAFZ_OK)
			rc = lafz_feed(stream, text, strlen(text));
		while (rc >= 0 && (rc = lafz_next(stream, &token)) == LAFZ_TOKEN) {
			const int got = lafz_edits(stream, &edits, &n_edits);
			rc = got < 0 ? got : rc;
		}
		lafz_close(stream);
		ck_assert_uint_eq(counter.blocks, 0);
		ck_assert_uint_eq(counter.wrong_sizes, 0);
		if (rc >= 0)
			break;
		ck_assert_int_eq(rc, LAFZ_ERR_MEMORY);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		table_of_rules,       random_texts, all_characters,   long_rows, gaps,
		out_of_memory,        streams,      random_documents, mixed_use, wrong_time,
		stream_out_of_memory,
	};
	return helper_run("edits", tests, COUNT(tests));
}
