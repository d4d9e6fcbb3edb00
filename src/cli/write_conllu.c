/*
 * -f conllu: what Universal Dependencies reads, without syntax. A line is written when the gap
 * behind its token is known: inside a sentence at once, behind its last token up to the first line
 * end, whichever batch that comes in. What lies between lines of text goes to the token that
 * follows.
 */
#include "cli/write.h"

#include "cli/conllu_out.h"
#include "cli/fail.h"
#include "cli/repair.h"

#define GAP_MOST 65536                         /* bytes kept of white space that has no end */
#define NOTHING_ELSE "\t_\t_\t_\t_\t_\t_\t_\t" /* LEMMA to DEPS */

/* ---- Gaps ---- */

/* The gap of the batch in front of token i. */
static const char *gap_before(const struct lafz_batch *batch, size_t i, size_t *len)
{
	const uint32_t start = i > 0 ? batch->end[i - 1] : 0;
	*len = (i < batch->n ? batch->start[i] : batch->len) - start;
	return batch->text + start;
}

/* Ends the line of a token: what lies behind it, then the lines of its words. */
static void close_line(struct writer *writer, const char *gap, size_t len, bool is_joined)
{
	struct write_conllu *conllu = &writer->conllu;
	if (is_joined)
		conllu_out_string(writer, &conllu->line, "|SpaceAfter=No");
	else if (len > 0 && !(len == 1 && *gap == ' ')) {
		conllu_out_string(writer, &conllu->line, "|SpacesAfter=");
		conllu_out_escaped(writer, &conllu->line, gap, len, true);
	}
	sink_put(writer->sink, conllu->line.ptr, conllu->line.len);
	sink_byte(writer->sink, '\n');
	if (conllu->words.len > 0)
		sink_put(writer->sink, conllu->words.ptr, conllu->words.len);
}

/* Ends the line that waits, and its sentence. */
static void close_sentence(struct writer *writer, bool is_joined)
{
	struct write_conllu *conllu = &writer->conllu;
	close_line(writer, conllu->gap.ptr, conllu->gap.len, is_joined);
	sink_byte(writer->sink, '\n');
	conllu->gap.len = 0;
	conllu->is_waiting = false;
}

/* The bytes up to the first line end, and with it; all of them if there is none. */
static size_t line_of(const char *gap, size_t len, bool *has_end)
{
	*has_end = true;
	for (size_t i = 0; i < len; i++) {
		const char *at = gap + i;
		const size_t left = len - i;
		if (left >= 2 && memcmp(at, "\r\n", 2) == 0)
			return i + 2;
		if (*at >= '\n' && *at <= '\r')
			return i + 1;
		if (left >= 2 && memcmp(at, "\xC2\x85", 2) == 0)
			return i + 2;
		if (left >= 3 &&
		    (memcmp(at, "\xE2\x80\xA8", 3) == 0 || memcmp(at, "\xE2\x80\xA9", 3) == 0))
			return i + 3;
	}
	*has_end = false;
	return len;
}

static void keep_gap(struct writer *writer, struct bytes *out, const char *gap, size_t len)
{
	const size_t room = GAP_MOST - out->len;
	conllu_out_bytes(writer, out, gap, len < room ? len : room);
}

/* A gap behind a sentence, or a part of it. */
static void take_gap(struct writer *writer, const char *gap, size_t len)
{
	struct write_conllu *conllu = &writer->conllu;
	if (conllu->is_waiting) {
		bool has_end = false;
		const size_t n = line_of(gap, len, &has_end);
		keep_gap(writer, &conllu->gap, gap, n);
		gap += n;
		len -= n;
		if (has_end)
			close_sentence(writer, false);
	}
	keep_gap(writer, &conllu->before, gap, len);
}

/* ---- Sentences ---- */

static void write_name_line(struct writer *writer, const char *key)
{
	struct bytes *name = &writer->conllu.scratch;
	name->len = 0;
	conllu_out_nfc(writer, name, writer->doc.ptr, writer->doc.len);
	sink_string(writer->sink, key);
	put_tsv(writer->sink, name->ptr, name->len);
	sink_byte(writer->sink, '\n');
}

/* Makes what the ids of the document's sentences have before their number. */
static void make_id(struct writer *writer)
{
	struct write_conllu *conllu = &writer->conllu;
	conllu->id.len = 0;
	conllu->scratch.len = 0;
	conllu_out_nfc(writer, &conllu->scratch, writer->doc.ptr, writer->doc.len);
	conllu_out_id(writer, &conllu->id, conllu->scratch.ptr, conllu->scratch.len);
	conllu_out_string(writer, &conllu->id, ":");
}

static void write_sent_id(struct writer *writer, uint64_t sent)
{
	struct write_conllu *conllu = &writer->conllu;
	sink_string(writer->sink, "# sent_id = ");
	sink_put(writer->sink, conllu->id.ptr, conllu->id.len);
	char *dst = sink_room(writer->sink, PUT_DECIMAL_ROOM);
	sink_take(writer->sink, put_decimal(dst, &writer->others_high, sent));
	sink_byte(writer->sink, '\n');
}

/* The text of the sentence: its forms, each gap one space. parts gets a byte a token. */
static void write_sentence_text(struct writer *writer, const struct lafz_batch *batch, size_t i,
                                size_t end)
{
	struct write_conllu *conllu = &writer->conllu;
	struct bytes *text = &conllu->text;
	size_t previous = 0;
	text->len = 0;
	conllu->parts.len = 0;
	for (const size_t first = i; i < end; i++) {
		size_t gap_len = 0, len = 0;
		(void)gap_before(batch, i, &gap_len);
		if (i > first && gap_len > 0)
			conllu_out_string(writer, text, " ");
		const size_t form = text->len;
		const char *surface = write_surface(batch, i, &len);
		conllu_out_form(writer, text, surface, len);
		const bool is_parted = i > first && gap_len == 0 &&
		                       conllu_out_must_part(writer, text, previous, form);
		previous = form;
		if (is_parted) {
			text->len = form;
			conllu_out_string(writer, text, " ");
			previous = text->len;
			conllu_out_form(writer, text, surface, len);
		}
		conllu_out_bytes(writer, &conllu->parts, is_parted ? "1" : "0", 1);
	}
	sink_string(writer->sink, "# text = ");
	sink_put(writer->sink, text->ptr, text->len);
	sink_byte(writer->sink, '\n');
}

static void open_sentence(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end)
{
	struct write_conllu *conllu = &writer->conllu;
	const uint64_t par = batch->par_base + batch->par[i];
	if (conllu->is_new)
		write_name_line(writer, "# newdoc id = ");
	if (conllu->is_new || par != writer->par)
		sink_string(writer->sink, "# newpar\n");
	conllu->is_new = false;
	writer->par = par;
	write_sent_id(writer, batch->sent_base + batch->sent[i]);
	write_sentence_text(writer, batch, i, end);
}

/* ---- Tokens ---- */

static void add_ranges(struct writer *writer, struct bytes *out, uint64_t cstart, uint64_t cend,
                       uint64_t start, uint64_t end)
{
	conllu_out_string(writer, out, "TokenRange=");
	conllu_out_decimal(writer, out, &writer->offsets.chars, cstart);
	conllu_out_string(writer, out, ":");
	conllu_out_decimal(writer, out, &writer->offsets.chars, cend);
	conllu_out_string(writer, out, "|ByteRange=");
	conllu_out_decimal(writer, out, &writer->offsets.bytes, start);
	conllu_out_string(writer, out, ":");
	conllu_out_decimal(writer, out, &writer->offsets.bytes, end);
}

static void add_misc(struct writer *writer, const struct lafz_batch *batch, size_t i, bool is_own_form)
{
	struct bytes *line = &writer->conllu.line;
	char tag[sizeof writer->lang.block.text];
	size_t len = 0;
	const char *text;
	conllu_out_string(writer, line, "Lang=");
	conllu_out_bytes(writer, line, tag, (size_t)(write_lang(writer, tag, batch->lang[i]) - tag));
	text = write_norm(batch, i, &len);
	conllu_out_attribute(writer, line, "|Norm=", text, len);
	text = write_key(batch, i, &len);
	conllu_out_attribute(writer, line, "|Key=", text, len);
	conllu_out_string(writer, line, "|Kind=");
	conllu_out_string(writer, line, lafz_kind_name(batch->kind[i]));
	if (!is_own_form) {
		text = write_surface(batch, i, &len);
		conllu_out_attribute(writer, line, "|Surface=", text, len);
	}
	conllu_out_string(writer, line, "|");
	add_ranges(writer, line, batch->cbase + batch->cstart[i], batch->cbase + batch->cend[i],
	           write_offset(batch, batch->start[i]), write_offset(batch, batch->end[i]));
	if (writer->conllu.before.len > 0) {
		conllu_out_string(writer, line, "|SpacesBefore=");
		conllu_out_escaped(writer, line, writer->conllu.before.ptr,
		                   writer->conllu.before.len, true);
		writer->conllu.before.len = 0;
	}
}

static uint64_t count_chars(const char *text, size_t len)
{
	uint64_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xC0) != 0x80;
	return n;
}

/* The line of a word of token i; one that is a part of its surface has a place of its own. */
static void add_word(struct writer *writer, const struct lafz_batch *batch, size_t i,
                     const struct lafz_word *word, uint64_t id)
{
	struct bytes *out = &writer->conllu.words;
	const char *surface = batch->text + batch->start[i];
	const size_t len = batch->end[i] - batch->start[i];
	conllu_out_decimal(writer, out, &writer->others_high, id);
	conllu_out_string(writer, out, "\t");
	conllu_out_form(writer, out, word->form, word->len);
	conllu_out_string(writer, out, NOTHING_ELSE);
	if (word->end - word->start == len) {
		conllu_out_string(writer, out, "_\n");
		return;
	}
	const uint32_t start = batch->start[i];
	const uint64_t cstart = batch->cbase + batch->cstart[i] + count_chars(surface, word->start);
	add_ranges(writer, out, cstart,
	           cstart + count_chars(surface + word->start, word->end - word->start),
	           write_offset(batch, start + word->start), write_offset(batch, start + word->end));
	conllu_out_string(writer, out, "\n");
}

/* Makes the lines of token i but for what lies behind it. Returns the id of the next word. */
static uint64_t make_line(struct writer *writer, const struct lafz_batch *batch, size_t i, uint64_t id)
{
	struct write_conllu *conllu = &writer->conllu;
	struct lafz_word words[LAFZ_MAX_WORDS];
	const struct lafz_token token = write_token(batch, i);
	const size_t n = writer->args->mwt ? lafz_words(&token, words) : 0;
	conllu->line.len = 0;
	conllu->words.len = 0;
	conllu_out_decimal(writer, &conllu->line, &writer->others_high, id);
	if (n > 0) {
		conllu_out_string(writer, &conllu->line, "-");
		conllu_out_decimal(writer, &conllu->line, &writer->others_high, id + n - 1);
	}
	conllu_out_string(writer, &conllu->line, "\t");
	size_t len = 0;
	const size_t form = conllu->line.len;
	const char *surface = write_surface(batch, i, &len);
	conllu_out_form(writer, &conllu->line, surface, len);
	const bool is_own_form = repair_is_same(conllu->line.ptr + form, conllu->line.len - form,
	                                        surface, len);
	conllu_out_string(writer, &conllu->line, NOTHING_ELSE);
	add_misc(writer, batch, i, is_own_form);
	for (size_t k = 0; k < n; k++)
		add_word(writer, batch, i, &words[k], id + k);
	return id + (n > 0 ? n : 1);
}

static size_t sentence_end(const struct lafz_batch *batch, size_t i)
{
	const uint32_t sent = batch->sent[i];
	while (i < batch->n && batch->sent[i] == sent)
		i++;
	return i;
}

static void write_sentence(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end)
{
	struct write_conllu *conllu = &writer->conllu;
	uint64_t id = 1;
	open_sentence(writer, batch, i, end);
	for (const size_t first = i; i < end; i++) {
		size_t len = 0;
		id = make_line(writer, batch, i, id);
		if (i + 1 == end)
			break;
		const char *gap = gap_before(batch, i + 1, &len);
		const bool is_parted = conllu->parts.len > i + 1 - first &&
		                       conllu->parts.ptr[i + 1 - first] == '1';
		close_line(writer, gap, len, len == 0 && !is_parted);
	}
	conllu->is_waiting = true;
}

static void begin(struct writer *writer)
{
	struct write_conllu *conllu = &writer->conllu;
	conllu->is_new = true;
	conllu->is_waiting = false;
	conllu->gap.len = conllu->before.len = 0;
	make_id(writer);
}

/* What is thrown away from here on is as good as not written: the work ends. */
static void check_memory(struct writer *writer)
{
	if (!writer->conllu.is_out_of_memory || writer->sink->has_failed)
		return;
	fail_say("out of memory");
	writer->sink->has_failed = true;
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	size_t len = 0;
	const char *gap = NULL;
	for (size_t i = 0, end = 0; i < batch->n; i = end) {
		gap = gap_before(batch, i, &len);
		take_gap(writer, gap, len);
		if (writer->conllu.is_waiting)
			close_sentence(writer, writer->conllu.gap.len == 0);
		end = sentence_end(batch, i);
		write_sentence(writer, batch, i, end);
	}
	gap = gap_before(batch, batch->n, &len);
	take_gap(writer, gap, len);
	check_memory(writer);
}

/* Behind the last token nothing stands, which no reader takes for the next document right there. */
static void end_document(struct writer *writer)
{
	if (writer->conllu.is_waiting)
		close_sentence(writer, false);
	check_memory(writer);
}

void write_conllu_free(struct write_conllu *conllu)
{
	bytes_free(&conllu->line);
	bytes_free(&conllu->words);
	bytes_free(&conllu->text);
	bytes_free(&conllu->id);
	bytes_free(&conllu->parts);
	bytes_free(&conllu->gap);
	bytes_free(&conllu->before);
	bytes_free(&conllu->scratch);
}

const struct format_kind write_conllu = {
	.want = LAFZ_WANT_ALL,
	.begin = begin,
	.batch = write_batch,
	.end = end_document,
};
