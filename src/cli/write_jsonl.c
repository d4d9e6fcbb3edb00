/*
 * -f jsonl: a sentence a line. With --gaps the gaps stand among the tokens of the sentence they are
 * numbered with; then a line of white space alone is a line of its own here too, because how many
 * segments a batch holds must not show.
 */
#include "cli/clean.h"
#include "cli/write.h"
#include "cli/write_rows.h"

#define ESCAPED_SHORT 64 /* bytes of a value that is escaped in place: one less than this */
#define FIXED_ROOM 1024  /* everything between two strings of a token, or of a sentence */

static void head(struct writer *writer)
{
	if (writer->args->compact)
		write_compact_head(writer);
	else
		write_prepare(writer, "\",\"kind\":\"", "\",\"script\":\"");
}

/* The beginning of a sentence's line. */
static void begin(struct writer *writer)
{
	struct put_block *block = &writer->doc_block;
	const struct bytes *doc = &writer->doc;
	writer->has_line = false;
	block->len = 0;
	write_compact_begin(writer);
	if (doc->len > WRITE_DOC)
		return;
	char *dst = PUT_LITERAL(block->text, "{\"doc\":\"");
	dst = put_copy_json(dst, doc->ptr, doc->len);
	put_block_end(block, PUT_LITERAL(dst, "\",\"par\":"));
}

static char *open_line(struct writer *writer)
{
	struct sink *sink = writer->sink;
	if (writer->doc_block.len > 0)
		return put_block(sink_room(sink, WRITE_ROOM), &writer->doc_block);
	sink_string(sink, "{\"doc\":\"");
	put_json(sink, writer->doc.ptr, writer->doc.len);
	return PUT_LITERAL(sink_room(sink, WRITE_ROOM), "\",\"par\":");
}

static void open_sentence(struct writer *writer, uint64_t par, uint64_t sent, const uint64_t span[4])
{
	char *dst = open_line(writer);
	dst = put_decimal(dst, &writer->others_high, par);
	dst = PUT_LITERAL(dst, ",\"sent\":");
	dst = put_decimal(dst, &writer->sent_high, sent);
	dst = PUT_LITERAL(dst, ",\"start\":");
	dst = put_decimal(dst, &writer->offsets.bytes, span[0]);
	dst = PUT_LITERAL(dst, ",\"end\":");
	dst = put_decimal(dst, &writer->offsets.bytes, span[1]);
	dst = PUT_LITERAL(dst, ",\"cstart\":");
	dst = put_decimal(dst, &writer->offsets.chars, span[2]);
	dst = PUT_LITERAL(dst, ",\"cend\":");
	dst = put_decimal(dst, &writer->offsets.chars, span[3]);
	sink_take(writer->sink, PUT_LITERAL(dst, ",\"tokens\":"));
	writer->has_line = true;
}

void write_jsonl_open(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end)
{
	const uint64_t span[4] = {
		write_offset(batch, batch->start[i]), write_offset(batch, batch->end[end - 1]),
		batch->cbase + batch->cstart[i], batch->cbase + batch->cend[end - 1]};
	open_sentence(writer, batch->par_base + batch->par[i], batch->sent_base + batch->sent[i], span);
}

/* The number of the run in the text of token i, if nothing else must be changed there. */
static bool renumber(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct write_same *same = &writer->same;
	char number[PUT_DECIMAL_ROOM];
	if (same->run_len == 0 || same->lang != batch->lang[i] || same->confidence != write_confidence_bits(batch, i))
		return false;
	const char *const end = put_decimal(number, &writer->run_high, batch->run_base + batch->run[i]);
	if ((size_t)(end - number) != same->run_len)
		return false;
	memcpy(same->back.text + same->run_at, number, same->run_len);
	same->run = batch->run[i];
	return true;
}

/* Everything between script and flags, of which there are none. */
static void make_same(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct write_same *same = &writer->same;
	if (renumber(writer, batch, i))
		return;
	write_same_set(same, batch, i);
	char *dst = PUT_LITERAL(same->back.text, "\",\"lang\":\"");
	dst = write_lang(writer, dst, batch->lang[i]);
	dst = PUT_LITERAL(dst, "\",\"run\":");
	same->run_at = (size_t)(dst - same->back.text);
	dst = put_decimal(dst, &writer->run_high, batch->run_base + batch->run[i]);
	same->run_len = (size_t)(dst - same->back.text) - same->run_at;
	dst = PUT_LITERAL(dst, ",\"confidence\":");
	dst = put_confidence(dst, batch->confidence[i]);
	dst = PUT_LITERAL(dst, ",\"flags\":");
	same->flags_at = (size_t)(dst - same->back.text);
	put_block_end(&same->back, PUT_LITERAL(dst, "[]"));
}

const struct put_front_texts write_jsonl_front = {
	{{"{\"start\":", 9}, {",\"end\":", 7}, {",\"cstart\":", 10}, {",\"cend\":", 8}, {",\"surface\":\"", 12}},
};

/* Surface, norm and key if nothing has to be escaped; else NULL. */
static inline char *copy_values(char *dst, const struct lafz_batch *batch, size_t i, put_copy *copy)
{
	put_bytes found = {0};
	size_t len = 0;
	const char *text = write_surface(batch, i, &len);
	dst = copy(dst, text, len, put_special_json, &found);
	dst = PUT_LITERAL(dst, "\",\"norm\":\"");
	text = write_norm(batch, i, &len);
	dst = copy(dst, text, len, put_special_json, &found);
	dst = PUT_LITERAL(dst, "\",\"key\":\"");
	text = write_key(batch, i, &len);
	dst = copy(dst, text, len, put_special_json, &found);
	return put_any(found) ? NULL : dst;
}

/* The same if they can be copied at all. One branch for all three, as they are mostly as long. */
static char *plain_values(char *dst, const struct lafz_batch *batch, size_t i, bool is_inner)
{
	const uint32_t longest = write_longest(batch, i);
	if (longest >= WRITE_SHORT || (batch->flags[i] & LAFZ_FLAG_REPAIRED))
		return NULL;
	if (longest >= PUT_STEP)
		return is_inner ? copy_values(dst, batch, i, put_plain) : NULL;
	return is_inner ? copy_values(dst, batch, i, put_step) : copy_values(dst, batch, i, put_edge);
}

/* The same of values that are short, but must be escaped. */
static char *escaped_values(char *dst, const struct lafz_batch *batch, size_t i)
{
	size_t len = 0;
	const char *text = write_surface(batch, i, &len);
	dst = PUT_LITERAL(put_copy_json(dst, text, len), "\",\"norm\":\"");
	text = write_norm(batch, i, &len);
	dst = PUT_LITERAL(put_copy_json(dst, text, len), "\",\"key\":\"");
	text = write_key(batch, i, &len);
	return put_copy_json(dst, text, len);
}

/* The same of any values. */
static char *all_values(struct sink *sink, char *dst, const struct lafz_batch *batch, size_t i)
{
	const uint16_t flags = batch->flags[i];
	size_t len = 0;
	if (write_longest(batch, i) < ESCAPED_SHORT && !(flags & LAFZ_FLAG_REPAIRED))
		return escaped_values(dst, batch, i);
	sink_take(sink, dst);
	const char *text = write_surface(batch, i, &len);
	write_value(sink, text, len, flags, put_json);
	sink_string(sink, "\",\"norm\":\"");
	text = write_norm(batch, i, &len);
	write_value(sink, text, len, flags, put_json);
	sink_string(sink, "\",\"key\":\"");
	text = write_key(batch, i, &len);
	write_value(sink, text, len, flags, put_json);
	return sink_room(sink, WRITE_ROOM);
}

static char *behind_key(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i)
{
	dst = write_kind(writer, dst, batch->kind[i]);
	dst = write_script(writer, dst, batch->script[i]);
	return jsonl_behind_script(writer, dst, batch->flags[i]);
}

static void write_edit(struct writer *writer, const struct lafz_edit *edit)
{
	struct sink *sink = writer->sink;
	char *dst = sink_room(sink, FIXED_ROOM);
	dst = PUT_LITERAL(dst, "{\"start\":");
	dst = put_decimal(dst, &writer->offsets.bytes, edit->start);
	dst = PUT_LITERAL(dst, ",\"end\":");
	dst = put_decimal(dst, &writer->offsets.bytes, edit->end);
	dst = PUT_LITERAL(dst, ",\"source\":\"");
	sink_take(sink, dst);
	put_repaired(sink, edit->source, edit->source_len, put_json);
	sink_string(sink, "\",\"text\":\"");
	put_json(sink, edit->text, edit->text_len);
	sink_string(sink, "\",\"rules\":");
	write_rules_json(sink, edit->rules);
	sink_byte(sink, '}');
}

/*
 * The edits that begin in token i. Those before it that were not written lie in gaps. No edit
 * crosses the border of a token.
 */
static void write_edits(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	const uint64_t start = write_offset(batch, batch->start[i]);
	const uint64_t end = write_offset(batch, batch->end[i]);
	const char *comma = "";
	sink_string(writer->sink, ",\"edits\":[");
	while (writer->n_edits > 0 && writer->edits->start < end) {
		if (writer->edits->start >= start) {
			sink_string(writer->sink, comma);
			write_edit(writer, writer->edits);
			comma = ",";
		}
		writer->edits++;
		writer->n_edits--;
	}
	sink_byte(writer->sink, ']');
}

/* What a number, date or time says; null where that is not sure. */
static void write_value_of(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	char value[LAFZ_VALUE_ROOM];
	const struct lafz_token token = write_token(batch, i);
	if (lafz_value(&token, value) == 0) {
		sink_string(writer->sink, ",\"value\":null");
		return;
	}
	sink_string(writer->sink, ",\"value\":\"");
	sink_string(writer->sink, value);
	sink_byte(writer->sink, '"');
}

/* The words of a token; none if it is one word. */
static void write_words(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct lafz_word words[LAFZ_MAX_WORDS];
	const struct lafz_token token = write_token(batch, i);
	const size_t n = lafz_words(&token, words);
	sink_string(writer->sink, ",\"words\":[");
	for (size_t k = 0; k < n; k++) {
		sink_string(writer->sink, k > 0 ? ",\"" : "\"");
		put_json(writer->sink, words[k].form, words[k].len);
		sink_byte(writer->sink, '"');
	}
	sink_byte(writer->sink, ']');
}

void write_jsonl_asked(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	if (writer->args->value)
		write_value_of(writer, batch, i);
	if (writer->args->mwt)
		write_words(writer, batch, i);
	if (writer->args->explain)
		write_edits(writer, batch, i);
}

static bool is_asked(const struct args *args)
{
	return args->value || args->mwt || args->explain;
}

/* before is the bracket that opens the array, or a comma. */
static char *write_one(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i,
                       char before, bool is_inner)
{
	struct sink *sink = writer->sink;
	*dst++ = before;
	dst = put_front_any(dst, &writer->front, &write_jsonl_front, &writer->offsets, batch, i, ',');
	char *end = plain_values(dst, batch, i, is_inner);
	if (!end)
		end = all_values(sink, dst, batch, i);
	dst = behind_key(writer, end, batch, i);
	if (is_asked(writer->args)) {
		sink_take(sink, dst);
		write_jsonl_asked(writer, batch, i);
		dst = sink_room(sink, WRITE_ROOM);
	}
	*dst++ = '}';
	return dst;
}

/* U+000A to U+000D, U+0085, U+2028, U+2029: CRLF counts as two, which does not matter here. */
static size_t count_line_ends(const char *text, size_t len, bool *has_paragraph_end)
{
	size_t n = 0;
	*has_paragraph_end = false;
	for (size_t i = 0; i < len; i++) {
		const bool has_three = len - i >= 3;
		if (text[i] == '\n' && !(i > 0 && text[i - 1] == '\r'))
			n++;
		else if (text[i] == '\v' || text[i] == '\f' || text[i] == '\r')
			n++;
		else if (len - i >= 2 && memcmp(text + i, "\xC2\x85", 2) == 0)
			n++;
		else if (has_three && memcmp(text + i, "\xE2\x80\xA8", 3) == 0)
			n++;
		else if (has_three && memcmp(text + i, "\xE2\x80\xA9", 3) == 0)
			*has_paragraph_end = true;
	}
	return n;
}

/*
 * Whether a segment ends behind gap i, as far as it can be seen: behind a line end; with --unwrap
 * behind an empty line. starts_line says that only gaps stand before it in the line of output.
 */
static bool ends_segment(const struct writer *writer, const struct lafz_batch *batch, size_t i,
                         bool starts_line)
{
	size_t len = 0;
	const char *gap = write_surface(batch, i, &len);
	bool has_paragraph_end = false;
	const size_t n = count_line_ends(gap, len, &has_paragraph_end);
	if (has_paragraph_end || (n > 0 && starts_line))
		return true;
	return n > (writer->args->options.unwrap ? 1 : 0);
}

/* Where a line of output ends: the first token that is not in the sentence of token i. */
static size_t group_end(const struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	const uint32_t sent = batch->sent[i];
	bool has_token = false;
	if (!writer->args->gaps) {
		while (i < batch->n && batch->sent[i] == sent)
			i++;
		return i;
	}
	while (i < batch->n && batch->sent[i] == sent) {
		const bool is_gap = batch->kind[i] == LAFZ_KIND_SPACE;
		if (is_gap && ends_segment(writer, batch, i, !has_token))
			return i + 1;
		has_token = has_token || !is_gap;
		i++;
	}
	return i;
}

/* Behind the tokens: what the record has beside its text. */
static void write_fields(struct writer *writer)
{
	sink_string(writer->sink, ",\"fields\":");
	sink_put(writer->sink, writer->fields->ptr, writer->fields->len);
}

/* The end of a sentence's line, behind the array. */
void write_jsonl_close(struct writer *writer)
{
	if (writer->fields)
		write_fields(writer);
	sink_string(writer->sink, "}\n");
}

/* Whether the texts that make_same has made are right for token i. */
static bool is_same(const struct write_same *same, const struct lafz_batch *batch, size_t i)
{
	return same->run == batch->run[i] && same->lang == batch->lang[i] &&
	       same->confidence == write_confidence_bits(batch, i);
}

static char *write_narrow(struct writer *writer, char *dst, const struct lafz_batch *batch, char before, size_t *at,
                          size_t end)
{
	return jsonl_rows(writer, dst, batch, before, at, end, false);
}

static char *write_wide(struct writer *writer, char *dst, const struct lafz_batch *batch, char before, size_t *at,
                        size_t end)
{
	return jsonl_rows(writer, dst, batch, before, at, end, true);
}

/* The fastest one for a batch. */
static write_jsonl_rows *rows_of(const struct writer *writer, const struct lafz_batch *batch)
{
	return WRITE_AVX2_CHOOSE(writer, write_jsonl_rows_avx2, write_is_wide(batch) ? write_wide : write_narrow);
}

/* The tokens from i to end, as an array. */
static void write_tokens(struct writer *writer, const struct lafz_batch *batch, size_t i,
                         size_t end, size_t n_inner, struct clean *clean)
{
	struct sink *sink = writer->sink;
	const bool is_more = is_asked(writer->args);
	write_jsonl_rows *const rows = rows_of(writer, batch);
	struct write_stretch stretch = {.end = i};
	char *dst = sink_room(sink, WRITE_ROOM);
	for (char before = '['; i < end; before = ',') {
		if (i == stretch.end) {
			stretch = write_stretch(writer, batch, i, end, n_inner);
			/* The first token's numbers have other bases than those of the batch before. */
			if (i == 0 || !is_same(&writer->same, batch, i))
				make_same(writer, batch, i);
		}
		dst = sink_more(sink, dst, WRITE_ROOM);
		const size_t first = i, dirty = clean_end(clean);
		size_t last = i + write_count_room(sink, dst);
		last = last < stretch.inner ? last : stretch.inner;
		last = last < dirty ? last : dirty;
		if (i < last && !is_more && writer->front.is_usable)
			dst = rows(writer, dst, batch, before, &i, put_front_end(&writer->front, batch, i, last));
		if (i > first)
			continue;
		dst = write_one(writer, dst, batch, i, before, i < n_inner);
		if (i == dirty)
			clean_behind(clean, i);
		i++;
	}
	dst = sink_more(sink, dst, WRITE_ROOM);
	if (!writer->fields) {
		sink_take(sink, PUT_LITERAL(dst, "]}\n"));
		return;
	}
	*dst++ = ']';
	sink_take(sink, dst);
	write_jsonl_close(writer);
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	const size_t n_inner = write_count_inner(batch);
	struct clean clean;
	clean_begin(&clean, batch, writer->args, WRITE_AVX2_CHOOSE(writer, put_find_json_avx2, put_find_json));
	put_front_batch(&writer->front, batch);
	if (writer->args->compact && !writer->args->gaps) {
		write_compact_batch(writer, batch, &clean);
		return;
	}
	for (size_t i = 0; i < batch->n;) {
		const size_t end = group_end(writer, batch, i);
		if (writer->args->compact) {
			write_compact_line(writer, batch, i, end, &clean);
		} else {
			write_jsonl_open(writer, batch, i, end);
			write_tokens(writer, batch, i, end, n_inner, &clean);
		}
		i = end;
	}
}

/* A record without tokens has a line all the same, so that none is missed. */
static void end_document(struct writer *writer)
{
	const uint64_t nothing[4] = {0};
	if (writer->has_line || !writer->is_record || writer->is_cut)
		return;
	open_sentence(writer, 0, 0, nothing);
	sink_string(writer->sink, "[]");
	write_jsonl_close(writer);
}

const struct format_kind write_jsonl = {
	.want = LAFZ_WANT_ALL,
	.may_cut = true,
	.head = head,
	.begin = begin,
	.batch = write_batch,
	.end = end_document,
};
