/*
 * -f conllu: what Universal Dependencies reads, without syntax. A line is written when the gap
 * behind its token is known: inside a sentence at once, behind its last token up to the first line
 * end, whichever batch that comes in. What lies between lines of text goes to the token that
 * follows.
 */
#include "cli/write.h"

#include "cli/fail.h"
#include "cli/repair.h"

#define GAP_MOST 65536                         /* bytes kept of white space that has no end */
#define NOTHING_ELSE "\t_\t_\t_\t_\t_\t_\t_\t" /* LEMMA to DEPS */

/* ---- Bytes ---- */

static void add(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	if (!bytes_append(out, text, len))
		writer->conllu.is_out_of_memory = true;
}

static void add_string(struct writer *writer, struct bytes *out, const char *string)
{
	add(writer, out, string, strlen(string));
}

static void add_decimal(struct writer *writer, struct bytes *out, struct put_high *high,
                        uint64_t number)
{
	char digits[PUT_DECIMAL_ROOM];
	add(writer, out, digits, (size_t)(put_decimal(digits, high, number) - digits));
}

/* Appends text in NFC. */
static void add_nfc(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	size_t n = 0;
	if (len > SIZE_MAX / 4 || !bytes_reserve(out, 3 * len) ||
	    lafz_nfc(text, len, out->ptr + out->len, 3 * len, &n) < 0)
		writer->conllu.is_out_of_memory = true;
	else
		out->len += n;
}

/* What str.isspace of Python finds outside ASCII: the official validator is written in it. */
static bool is_wide_space(uint32_t cp)
{
	return cp == 0x85 || cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) ||
	       cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F);
}

/* ---- Escapes ---- */

/* The letter behind the backslash, 0 if a character has none. */
static char letter_of(uint32_t cp)
{
	switch (cp) {
	case ' ':
		return 's';
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '|':
		return 'p';
	case '\\':
		return '\\';
	default:
		return '\0';
	}
}

static void add_code(struct writer *writer, struct bytes *out, uint32_t cp)
{
	static const char hex[] = "0123456789ABCDEF";
	char code[10] = {'\\', cp > 0xFFFF ? 'U' : 'u'};
	const unsigned n = cp > 0xFFFF ? 8 : 4;
	for (unsigned i = 0; i < n; i++)
		code[2 + i] = hex[(cp >> (4 * (n - 1 - i))) & 15];
	add(writer, out, code, 2 + n);
}

/* Appends what a character is written as in MISC if it may not stand for itself. */
static void add_escape(struct writer *writer, struct bytes *out, uint32_t cp)
{
	const char letter = letter_of(cp);
	const char escape[2] = {'\\', letter};
	if (cp == REPAIR_NOTHING)
		add_string(writer, out, REPAIR_MARK);
	else if (letter)
		add(writer, out, escape, sizeof escape);
	else
		add_code(writer, out, cp);
}

/* Appends a value of MISC; with all_codes everything outside ASCII as \uXXXX. */
static void add_escaped(struct writer *writer, struct bytes *out, const char *text, size_t len,
                        bool all_codes)
{
	size_t from = 0; /* what is written as it is and was not appended yet */
	for (size_t at = 0, n = 1; at < len; at += n) {
		uint32_t cp = (unsigned char)text[at];
		n = 1;
		if (cp >= 0x80)
			cp = repair_read(text + at, len - at, &n);
		if (cp < 0x80 ? cp > ' ' && cp != '|' && cp != '\\' && cp != 0x7F
		              : !all_codes && cp != REPAIR_NOTHING && !is_control(cp) &&
		                        !is_wide_space(cp))
			continue;
		add(writer, out, text + from, at - from);
		add_escape(writer, out, cp);
		from = at + n;
	}
	add(writer, out, text + from, len - from);
}

static bool is_ascii(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* Whether text stands in NFC; it has a place in out behind what is there. */
static bool is_nfc(struct writer *writer, struct bytes *scratch, const char *text, size_t len)
{
	scratch->len = 0;
	add_nfc(writer, scratch, text, len);
	return scratch->len == len && memcmp(scratch->ptr, text, len) == 0;
}

/*
 * Appends a bar and an attribute. All of the file must be NFC, so a value that is not is written in
 * codes; that may be because of the equals sign before it (U+0338 makes U+2260 of it).
 */
static void add_attribute(struct writer *writer, struct bytes *out, const char *name,
                          const char *value, size_t len)
{
	add_string(writer, out, name);
	const size_t start = out->len;
	add_escaped(writer, out, value, len, false);
	if (writer->conllu.is_out_of_memory || is_ascii(out->ptr + start, out->len - start))
		return;
	if (is_nfc(writer, &writer->conllu.scratch, out->ptr + start - 1, out->len - start + 1))
		return;
	out->len = start;
	add_escaped(writer, out, value, len, true);
}

/* ---- Forms ---- */

/*
 * A form must not begin or end with white space or hold two of them in a row, nor a control: those
 * are shown by the symbols for them (U+2400 on).
 */
static void add_visible(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	bool was_space = true;
	for (size_t at = 0, n = 0; at < len; at += n) {
		const uint32_t cp = repair_read(text + at, len - at, &n);
		const bool is_space = cp == ' ' || is_wide_space(cp);
		char symbol[3] = {'\xE2', '\x90', '\x80'};
		if (cp < 0x20 || cp == 0x7F) {
			symbol[2] = (char)(0x80 + (cp == 0x7F ? 0x21 : cp));
			add(writer, out, symbol, sizeof symbol);
		} else if (is_space && (was_space || at + n == len)) {
			symbol[2] = '\xA0';
			add(writer, out, symbol, sizeof symbol);
		} else {
			add(writer, out, text + at, n);
		}
		was_space = is_space;
	}
}

/* Whether all is visible ASCII, as most forms are in Latin script. */
static bool is_plain(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] >= 0x7F)
			return false;
	return true;
}

static void add_form(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	struct bytes *scratch = &writer->conllu.scratch;
	if (is_plain(text, len)) {
		add(writer, out, text, len);
		return;
	}
	scratch->len = 0;
	add_nfc(writer, scratch, text, len);
	add_visible(writer, out, scratch->ptr, scratch->len);
}

/*
 * Whether a form would become another one right behind the form before it, NFC knowing nothing of
 * tokens: then a space stands between them in the text. previous has form behind it.
 */
static bool must_part(struct writer *writer, const struct bytes *text, size_t previous, size_t form)
{
	if (writer->conllu.is_out_of_memory || (unsigned char)text->ptr[form] < 0xCC)
		return false;
	return !is_nfc(writer, &writer->conllu.scratch, text->ptr + previous, text->len - previous);
}

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
		add_string(writer, &conllu->line, "|SpaceAfter=No");
	else if (len > 0 && !(len == 1 && *gap == ' ')) {
		add_string(writer, &conllu->line, "|SpacesAfter=");
		add_escaped(writer, &conllu->line, gap, len, true);
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
	add(writer, out, gap, len < room ? len : room);
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

/* Appends text with what may not stand in an id as %XX: white space, controls, / and %. */
static void add_id(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t at = 0, n = 0; at < len; at += n) {
		const uint32_t cp = repair_read(text + at, len - at, &n);
		if (cp != ' ' && cp != '/' && cp != '%' && !is_control(cp) && !is_wide_space(cp)) {
			add(writer, out, text + at, n);
			continue;
		}
		for (size_t i = at; i < at + n; i++) {
			const unsigned char byte = (unsigned char)text[i];
			const char code[3] = {'%', hex[byte >> 4], hex[byte & 15]};
			add(writer, out, code, sizeof code);
		}
	}
}

static void write_name_line(struct writer *writer, const char *key)
{
	struct bytes *name = &writer->conllu.scratch;
	name->len = 0;
	add_nfc(writer, name, writer->doc.ptr, writer->doc.len);
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
	add_nfc(writer, &conllu->scratch, writer->doc.ptr, writer->doc.len);
	add_id(writer, &conllu->id, conllu->scratch.ptr, conllu->scratch.len);
	add_string(writer, &conllu->id, ":");
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
			add_string(writer, text, " ");
		const size_t form = text->len;
		const char *surface = write_surface(batch, i, &len);
		add_form(writer, text, surface, len);
		const bool is_parted = i > first && gap_len == 0 &&
		                       must_part(writer, text, previous, form);
		previous = form;
		if (is_parted) {
			text->len = form;
			add_string(writer, text, " ");
			previous = text->len;
			add_form(writer, text, surface, len);
		}
		add(writer, &conllu->parts, is_parted ? "1" : "0", 1);
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
	add_string(writer, out, "TokenRange=");
	add_decimal(writer, out, &writer->offsets.chars, cstart);
	add_string(writer, out, ":");
	add_decimal(writer, out, &writer->offsets.chars, cend);
	add_string(writer, out, "|ByteRange=");
	add_decimal(writer, out, &writer->offsets.bytes, start);
	add_string(writer, out, ":");
	add_decimal(writer, out, &writer->offsets.bytes, end);
}

static void add_misc(struct writer *writer, const struct lafz_batch *batch, size_t i, bool is_own_form)
{
	struct bytes *line = &writer->conllu.line;
	char tag[sizeof writer->lang.block.text];
	size_t len = 0;
	const char *text;
	add_string(writer, line, "Lang=");
	add(writer, line, tag, (size_t)(write_lang(writer, tag, batch->lang[i]) - tag));
	text = write_norm(batch, i, &len);
	add_attribute(writer, line, "|Norm=", text, len);
	text = write_key(batch, i, &len);
	add_attribute(writer, line, "|Key=", text, len);
	add_string(writer, line, "|Kind=");
	add_string(writer, line, lafz_kind_name(batch->kind[i]));
	if (!is_own_form) {
		text = write_surface(batch, i, &len);
		add_attribute(writer, line, "|Surface=", text, len);
	}
	add_string(writer, line, "|");
	add_ranges(writer, line, batch->cbase + batch->cstart[i], batch->cbase + batch->cend[i],
	           write_offset(batch, batch->start[i]), write_offset(batch, batch->end[i]));
	if (writer->conllu.before.len > 0) {
		add_string(writer, line, "|SpacesBefore=");
		add_escaped(writer, line, writer->conllu.before.ptr, writer->conllu.before.len, true);
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
	add_decimal(writer, out, &writer->others_high, id);
	add_string(writer, out, "\t");
	add_form(writer, out, word->form, word->len);
	add_string(writer, out, NOTHING_ELSE);
	if (word->end - word->start == len) {
		add_string(writer, out, "_\n");
		return;
	}
	const uint32_t start = batch->start[i];
	const uint64_t cstart = batch->cbase + batch->cstart[i] + count_chars(surface, word->start);
	add_ranges(writer, out, cstart,
	           cstart + count_chars(surface + word->start, word->end - word->start),
	           write_offset(batch, start + word->start), write_offset(batch, start + word->end));
	add_string(writer, out, "\n");
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
	add_decimal(writer, &conllu->line, &writer->others_high, id);
	if (n > 0) {
		add_string(writer, &conllu->line, "-");
		add_decimal(writer, &conllu->line, &writer->others_high, id + n - 1);
	}
	add_string(writer, &conllu->line, "\t");
	size_t len = 0;
	const size_t form = conllu->line.len;
	const char *surface = write_surface(batch, i, &len);
	add_form(writer, &conllu->line, surface, len);
	const bool is_own_form = repair_is_same(conllu->line.ptr + form, conllu->line.len - form,
	                                    surface, len);
	add_string(writer, &conllu->line, NOTHING_ELSE);
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
