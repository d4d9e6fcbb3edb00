/*
 * lafz view in a terminal: the lines of the text, each run in the colour of its language with its
 * tag in front, edits underlined, differences from another output behind the token in braces. A
 * document begins with its name and a legend, so its first megabyte is held back until then.
 */
#include "cli/view/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/view/glyph.h"

#define HELD_MOST ((size_t)1 << 20)
#define LANGS_MOST 64

/* ---- The legend ---- */

struct legend {
	struct sink *sink;
	const struct viewer *view;
	size_t col;
};

/* An item of so many columns, in a new row if need be. */
static void place_item(struct legend *legend, size_t width)
{
	if (legend->col > 0 && legend->col + 3 + width > legend->view->rows.width) {
		sink_byte(legend->sink, '\n');
		legend->col = 0;
	}
	if (legend->col > 0) {
		sink_string(legend->sink, "   ");
		legend->col += 3;
	}
	legend->col += width;
}

static void put_code(struct legend *legend, const char *code)
{
	if (!legend->view->rows.has_color)
		return;
	sink_string(legend->sink, "\033[");
	sink_string(legend->sink, code);
	sink_byte(legend->sink, 'm');
}

static void put_lang(struct legend *legend, uint16_t lang)
{
	char name[128], share[32], code[16];
	const struct view_shares *shares = &legend->view->shares;
	const char *tag = lafz_lang_tag(lang);
	const unsigned color = rows_color(lang);
	(void)lafz_lang_name(lang, name, sizeof name);
	snprintf(share, sizeof share, " %.1f %%",
	         100 * (double)shares->bytes[lang] / (double)shares->total);
	place_item(legend, strlen(tag) + 2 + 1 + strlen(name) + strlen(share));
	snprintf(code, sizeof code, "38;5;%u", color);
	if (color > 0)
		put_code(legend, code);
	sink_string(legend->sink, "\xE2\x80\xB9");
	sink_string(legend->sink, tag);
	sink_string(legend->sink, "\xE2\x80\xBA ");
	sink_string(legend->sink, name);
	put_code(legend, "0");
	sink_string(legend->sink, share);
}

static void put_mark(struct legend *legend, bool is_seen, const char *mark, const char *meaning)
{
	if (!is_seen)
		return;
	place_item(legend, glyph_width(mark, strlen(mark), false, 40) + 1 + strlen(meaning));
	sink_string(legend->sink, mark);
	sink_byte(legend->sink, ' ');
	sink_string(legend->sink, meaning);
}

static void put_edit_mark(struct legend *legend)
{
	const bool has_color = legend->view->rows.has_color;
	if (!legend->view->has_edits)
		return;
	place_item(legend,
	           strlen(has_color ? "underlined: its norm differs" : "_word_ its norm differs"));
	put_code(legend, "4");
	sink_string(legend->sink, has_color ? "underlined" : "_word_");
	put_code(legend, "0");
	sink_string(legend->sink, has_color ? ": its norm differs" : " its norm differs");
}

static void put_legend(const struct viewer *view, struct sink *sink)
{
	struct legend legend = {.sink = sink, .view = view};
	const unsigned seen = view->rows.seen;
	uint16_t langs[LANGS_MOST];
	const size_t n = view_order(&view->shares, langs, LANGS_MOST);
	for (size_t i = 0; i < n; i++)
		put_lang(&legend, langs[i]);
	if (legend.col > 0)
		sink_byte(sink, '\n');
	legend.col = 0;
	put_edit_mark(&legend);
	put_mark(&legend, view->has_borders, "\xE2\x94\x82", "tokens that touch");
	put_mark(&legend, seen & GLYPH_ZWNJ, "\xC2\xA6", "ZWNJ");
	put_mark(&legend, seen & GLYPH_NO_BREAK, "\xE2\x8D\xBD", "no-break or other space");
	put_mark(&legend, seen & GLYPH_SPACE, "\xE2\x90\xA3", "space in a token");
	put_mark(&legend, seen & GLYPH_TAB, "\xE2\x87\xA5", "tab");
	put_mark(&legend, seen & GLYPH_CONTROL, "\xE2\x90\x80", "control character");
	put_mark(&legend, seen & GLYPH_INVISIBLE, "\xE2\x80\xB9NAME\xE2\x80\xBA",
	         "invisible character");
	put_mark(&legend, seen & GLYPH_BYTES,
	         "\xE2\x80\xB9"
	         "FF\xE2\x80\xBA",
	         "bytes that are not UTF-8");
	if (legend.col > 0)
		sink_byte(sink, '\n');
}

/* ---- Documents ---- */

static void put_title(struct writer *writer)
{
	struct viewer *view = writer->view;
	struct sink *sink = writer->sink;
	if (view->n_documents > 1)
		sink_byte(sink, '\n');
	if (view->rows.has_color)
		sink_string(sink, "\033[1m");
	for (size_t off = 0; off < writer->doc.len;) {
		struct glyph glyph;
		off += glyph_make(&glyph, writer->doc.ptr + off, writer->doc.len - off, false);
		if (glyph.sort == GLYPH_SPACE)
			sink_byte(sink, ' ');
		else
			sink_put(sink, glyph.text, glyph.len);
	}
	sink_string(sink, view->rows.has_color ? "\033[0m\n" : "\n");
}

static void begin(struct writer *writer)
{
	struct viewer *view = writer->view;
	view->n_documents++;
	view->shares.total = 0;
	view->rows.is_open = view->rows.is_run_open = view->rows.is_line_begun = false;
	memset(view->shares.bytes, 0, lafz_lang_count() * sizeof *view->shares.bytes);
	view->has_edits = view->has_borders = false;
	view->is_line_new = true;
	view->is_holding = sink_open_memory(&view->held) == 0;
	if (!view->is_holding)
		view_out_of_memory(view);
	view->rows.out = &view->held;
	view->rows.seen = 0;
	if (view->against.name)
		against_begin(&view->against, writer->doc.ptr, writer->doc.len);
}

/* The legend and what was held back. */
static void release(struct writer *writer)
{
	struct viewer *view = writer->view;
	if (!view->is_holding)
		return;
	if (view->held.has_failed)
		view_out_of_memory(view);
	put_title(writer);
	put_legend(view, writer->sink);
	sink_byte(writer->sink, '\n');
	sink_pass(writer->sink, &view->held);
	free(view->held.buf);
	view->held = (struct sink){.fd = -1};
	view->is_holding = false;
	view->rows.out = writer->sink;
}

/* ---- Tokens ---- */

/* {kind: number; lang: fa}: what the other one has. */
static void put_note(struct viewer *view, const struct against_note *note)
{
	const struct against *against = &view->against;
	struct bytes text = {0};
	bool is_well = bytes_append(&text, "{", 1);
	for (size_t i = 0; is_well && i < COMPARE_COUNT; i++) {
		if (!(note->what >> i & 1))
			continue;
		const char *name = compare_name(1u << i);
		is_well = (text.len == 1 || bytes_append(&text, "; ", 2)) &&
		          bytes_append(&text, name, strlen(name)) && bytes_append(&text, ": ", 2) &&
		          bytes_append(&text, against->values.ptr + note->values[i], note->lens[i]);
	}
	if (is_well && bytes_append(&text, "}", 1))
		rows_text(&view->rows, text.ptr, text.len, ROWS_NOTE, false);
	else
		view_out_of_memory(view);
	bytes_free(&text);
}

static void put_token(struct viewer *view, const struct lafz_batch *batch, size_t i,
                      const struct against_note *note)
{
	size_t len = 0;
	const char *form = view_form(view, batch, i, &len);
	const bool is_edited = view_is_edited(batch, i);
	const bool touches = i > 0 && batch->kind[i - 1] != LAFZ_KIND_SPACE && !view->is_line_new;
	const bool is_rtl = view_is_rtl(batch, i);
	if (view->is_line_new)
		view->rows.is_base_rtl = is_rtl;
	view->is_line_new = false;
	rows_run(&view->rows, batch->lang[i], is_rtl);
	view->has_edits = view->has_edits || is_edited;
	view->has_borders = view->has_borders || touches;
	rows_text(&view->rows, form, len,
	          (is_edited ? ROWS_EDITED : 0u) | (note ? ROWS_DIFFERENT : 0u) |
	                  (touches ? ROWS_TOUCHING : 0u),
	          batch->kind[i] == LAFZ_KIND_EMOJI);
}

static void put_gap(struct viewer *view, const struct lafz_batch *batch, size_t i)
{
	size_t len = 0;
	const char *gap = write_surface(batch, i, &len);
	size_t start = 0;
	for (size_t off = 0; off < len;) {
		const size_t n = view_line_end(gap + off, len - off);
		if (n > 0) {
			rows_gap(&view->rows, gap + start, off - start);
			rows_end(&view->rows);
			view->is_line_new = true;
			start = off + n;
		}
		off += n > 0 ? n : 1;
	}
	rows_gap(&view->rows, gap + start, len - start);
}

static void put_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct viewer *view = writer->view;
	const struct against *against = &view->against;
	size_t k = 0;
	if (!view_compare(view, batch))
		return;
	view_count(view, batch);
	for (size_t i = 0; i < batch->n; i++) {
		const struct against_note *note = k < against->n ? &against->notes[k] : NULL;
		for (; note && note->n == 0 && note->first <= i; k++) {
			put_note(view, note);
			note = k + 1 < against->n ? &against->notes[k + 1] : NULL;
		}
		if (batch->kind[i] == LAFZ_KIND_SPACE)
			put_gap(view, batch, i);
		else
			put_token(view, batch, i, note && i >= note->first ? note : NULL);
		if (note && note->n > 0 && i + 1 == note->first + note->n) {
			put_note(view, note);
			k++;
		}
	}
	for (; k < against->n; k++)
		put_note(view, &against->notes[k]);
	if (view->is_holding && view->held.len > HELD_MOST)
		release(writer);
}

/* ---- The end ---- */

static void put_counts(struct writer *writer)
{
	const struct against *against = &writer->view->against;
	const struct compare_counts *counts = &against->counts;
	struct sink *sink = writer->sink;
	char line[160];
	const double sum = (double)(counts->tokens[0] + counts->tokens[1]);
	snprintf(line, sizeof line,
	         "\ntokens: %" PRIu64 " here, %" PRIu64 " in %s, %" PRIu64
	         " with the same borders (F1 %.2f %%)\n",
	         counts->tokens[0], counts->tokens[1], against->name, counts->same,
	         sum > 0 ? 200 * (double)counts->same / sum : 100);
	sink_string(sink, line);
	snprintf(line, sizeof line,
	         "documents: %" PRIu64 " in both, %" PRIu64 " only here, %" PRIu64 " only in %s\n",
	         counts->documents, counts->missing[0], counts->missing[1], against->name);
	sink_string(sink, line);
	for (unsigned i = 0; i < COMPARE_COUNT; i++) {
		if (counts->by[i] == 0)
			continue;
		snprintf(line, sizeof line, "  %s: %" PRIu64 "\n", compare_name(1u << i),
		         counts->by[i]);
		sink_string(sink, line);
	}
}

/* Of a document that was longer than what was held back, the shares are known only now. */
static void end(struct writer *writer)
{
	struct viewer *view = writer->view;
	const bool is_long = !view->is_holding;
	if (view->against.name)
		against_end(&view->against);
	for (size_t k = 0; k < view->against.n; k++)
		put_note(view, &view->against.notes[k]);
	if (view->rows.is_open)
		rows_end(&view->rows);
	release(writer);
	if (is_long)
		put_legend(view, writer->sink);
}

static void tail(struct writer *writer)
{
	if (writer->view->against.name)
		put_counts(writer);
}

const struct format_kind view_text = {
	.want = LAFZ_WANT_ALL | LAFZ_WANT_GAPS,
	.begin = begin,
	.batch = put_batch,
	.end = end,
	.tail = tail,
};
