/*
 * lafz view as a page. The text is written in parts of a few kilobytes, each as JSON in a script
 * element that runs nothing; the page's program makes elements of those parts that are near what is
 * seen. So a page is as much a stream as the text, and opens at once however long it is. What is
 * known only at the end (shares, names of characters, counts) stands behind the text.
 *
 * A part is {"b":start,"c":cstart,"p":par,"s":sent,"i":[0,…]} and its items, behind the 0, are: a
 * string, what lies between two tokens; {"r":run,"l":tag,"c":confidence}, a run begins; {"s":sent}
 * or {"s":sent,"p":par}, a sentence begins; {"d":{…}}, another output has tokens here; and a token:
 * [kind,surface] or [kind,surface,{…}] with what is not as it mostly is: f flags, n norm, k key, s
 * script, b bytes, x bytes in hex digits, e edits, d what another output has. Both of these last
 * also {}: as the token before.
 */
#include "cli/view/view.h"

#include <stdlib.h>
#include <string.h>

#include "cli/view/page.h"
#include "cli/view/page_sums.h"

#define PART_BYTES 2048 /* of text: then the next line end ends the part */
#define PART_MOST 6144  /* then the next gap does */

/* What is written of a part; the numbers are those of the token before. */
struct view_page {
	struct sink part;  /* its items; owned */
	bool is_open;      /* a part */
	bool is_begun;     /* the page */
	bool is_continued; /* the part before ended inside a line */
	size_t len;        /* bytes of the part so far */
	uint64_t n_notes;  /* of the part */
	uint64_t run, sent, par;
	uint64_t byte, cp; /* how far the document is written */
	struct page_sums sums;
};

struct view_page *view_page_open(void)
{
	struct view_page *page = calloc(1, sizeof *page);
	if (page && (sink_open_memory(&page->part) < 0 || !page_sums_open(&page->sums))) {
		view_page_close(page);
		return NULL;
	}
	return page;
}

void view_page_close(struct view_page *page)
{
	if (!page)
		return;
	free(page->part.buf);
	page_sums_close(&page->sums);
	free(page);
}

/* ---- Parts ---- */

static void put_named(struct sink *sink, const char *before, uint64_t number)
{
	sink_string(sink, before);
	page_number(sink, number);
}

static struct sink *open_part(struct view_page *page)
{
	struct sink *part = &page->part;
	if (page->is_open)
		return part;
	part->len = 0;
	page->is_open = true;
	page->len = 0;
	page->n_notes = 0;
	page->run = UINT64_MAX; /* each part says what run it begins in */
	put_named(part, "{\"b\":", page->byte);
	put_named(part, ",\"c\":", page->cp);
	put_named(part, ",\"p\":", page->par);
	put_named(part, ",\"s\":", page->sent);
	sink_string(part, ",\"i\":[0");
	return part;
}

/* data-n: about how much there is to be seen; data-d: how many differences. */
static void close_part(struct writer *writer, bool is_line_end)
{
	struct view_page *page = writer->view->page;
	struct sink *sink = writer->sink;
	if (!page->is_open)
		return;
	sink_string(&page->part, "]}");
	if (page->part.has_failed)
		view_out_of_memory(writer->view);
	put_named(sink,
	          page->is_continued ? "<div class=\"part on\" data-n=\""
	                             : "<div class=\"part\" data-n=\"",
	          page->len);
	if (page->n_notes > 0)
		put_named(sink, "\" data-d=\"", page->n_notes);
	sink_string(sink, "\"><script type=\"application/json\">");
	sink_pass(sink, &page->part);
	sink_string(sink, "</script></div>\n");
	page->is_open = false;
	page->is_continued = !is_line_end;
}

/* ---- What else is known of a token ---- */

/* Inside the object of what is not as it mostly is, which begins with the first. */
struct rest {
	struct sink *part;
	bool is_open;
};

static void put_key(struct rest *rest, const char *name)
{
	sink_string(rest->part, rest->is_open ? ",\"" : ",{\"");
	sink_string(rest->part, name);
	sink_string(rest->part, "\":");
	rest->is_open = true;
}

/* A text of the token that is not its surface. */
static void put_form(struct rest *rest, struct page_sums *sums, const char *name,
                     const struct lafz_batch *batch, size_t i, const char *form, size_t form_len)
{
	size_t len = 0;
	const char *surface = write_surface(batch, i, &len);
	if (len == form_len && memcmp(surface, form, len) == 0)
		return;
	page_sums_see(sums, form, form_len);
	put_key(rest, name);
	sink_byte(rest->part, '"');
	write_value(rest->part, form, form_len, batch->flags[i], page_string);
	sink_byte(rest->part, '"');
}

/* Kinds with letters have the script of their language. */
static const char *usual_script(const struct lafz_batch *batch, size_t i)
{
	switch (batch->kind[i]) {
	case LAFZ_KIND_WORD:
	case LAFZ_KIND_URL:
	case LAFZ_KIND_EMAIL:
	case LAFZ_KIND_MENTION:
	case LAFZ_KIND_HASHTAG:
		return lafz_lang_script(batch->lang[i]);
	default:
		return "Zyyy";
	}
}

static void put_hex(struct sink *sink, const char *text, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";
	const size_t most = len < 64 ? len : 64;
	sink_byte(sink, '"');
	for (size_t i = 0; i < most; i++) {
		sink_byte(sink, digits[(unsigned char)text[i] >> 4]);
		sink_byte(sink, digits[(unsigned char)text[i] & 15]);
	}
	sink_string(sink, most < len ? "\xE2\x80\xA6\"" : "\"");
}

static void put_edit(struct sink *part, const struct lafz_edit *edit, uint64_t start)
{
	put_named(part, "[", edit->start - start);
	put_named(part, ",", edit->end - start);
	sink_string(part, ",\"");
	put_repaired(part, edit->source, edit->source_len, page_string);
	sink_string(part, "\",\"");
	page_string(part, edit->text, edit->text_len);
	sink_string(part, "\",");
	page_quoted(part, edit->rules);
	sink_byte(part, ']');
}

/* [start, end, source, text, rules] for each edit; offsets from the token's beginning. */
static void put_edits(struct rest *rest, struct writer *writer, const struct lafz_batch *batch,
                      size_t i)
{
	const uint64_t start = write_offset(batch, batch->start[i]);
	const uint64_t end = write_offset(batch, batch->end[i]);
	bool is_open = false;
	for (; writer->n_edits > 0 && writer->edits->start < end; writer->edits++, writer->n_edits--) {
		if (writer->edits->start < start) /* in a gap */
			continue;
		if (is_open)
			sink_byte(rest->part, ',');
		else
			put_key(rest, "e");
		if (!is_open)
			sink_byte(rest->part, '[');
		put_edit(rest->part, writer->edits, start);
		writer->view->page->sums.n_edits++;
		is_open = true;
	}
	if (is_open)
		sink_byte(rest->part, ']');
}

/* {"kind":"word",…}: what the other output has. */
static void put_note(struct viewer *view, const struct against_note *note)
{
	struct sink *part = &view->page->part;
	const char *comma = "{\"";
	view->page->n_notes++;
	for (unsigned i = 0; i < COMPARE_COUNT; i++) {
		if (!(note->what >> i & 1))
			continue;
		sink_string(part, comma);
		sink_string(part, compare_name(1u << i));
		sink_string(part, "\":\"");
		page_string(part, view->against.values.ptr + note->values[i], note->lens[i]);
		sink_byte(part, '"');
		comma = ",\"";
	}
	sink_byte(part, '}');
}

static void put_rest(struct writer *writer, const struct lafz_batch *batch, size_t i,
                     const struct against_note *note)
{
	struct viewer *view = writer->view;
	struct page_sums *sums = &view->page->sums;
	struct rest rest = {.part = &view->page->part};
	const uint16_t flags = batch->flags[i];
	const char *script = lafz_script_tag(batch->script[i]);
	size_t len = 0;
	if (flags) {
		put_key(&rest, "f");
		page_number(rest.part, flags);
	}
	const char *norm = write_norm(batch, i, &len);
	put_form(&rest, sums, "n", batch, i, norm, len);
	const char *key = write_key(batch, i, &len);
	put_form(&rest, sums, "k", batch, i, key, len);
	if (strcmp(script, usual_script(batch, i)) != 0) {
		put_key(&rest, "s");
		page_quoted(rest.part, script);
	}
	const char *surface = write_surface(batch, i, &len);
	if (batch->source_at || (flags & LAFZ_FLAG_REPAIRED)) {
		put_key(&rest, "b");
		page_number(rest.part, write_offset(batch, batch->end[i]) -
		                               write_offset(batch, batch->start[i]));
	}
	if (flags & LAFZ_FLAG_REPAIRED) {
		put_key(&rest, "x");
		put_hex(rest.part, surface, len);
	}
	put_edits(&rest, writer, batch, i);
	if (note) {
		put_key(&rest, "d");
		if (note->first == i)
			put_note(view, note);
		else
			sink_string(rest.part, "{}");
	}
	if (rest.is_open)
		sink_byte(rest.part, '}');
}

/* ---- Items ---- */

static void put_run(struct view_page *page, const struct lafz_batch *batch, size_t i)
{
	struct sink *part = &page->part;
	const uint64_t run = batch->run_base + batch->run[i];
	if (run == page->run)
		return;
	page->run = run;
	put_named(part, ",{\"r\":", run);
	sink_string(part, ",\"l\":");
	page_quoted(part, lafz_lang_tag(batch->lang[i]));
	if (view_is_rtl(batch, i))
		sink_string(part, ",\"d\":1");
	sink_string(part, ",\"c\":");
	sink_take(part, put_confidence(sink_room(part, 8), batch->confidence[i]));
	sink_byte(part, '}');
}

static void put_sentence(struct view_page *page, const struct lafz_batch *batch, size_t i)
{
	const uint64_t sent = batch->sent_base + batch->sent[i];
	const uint64_t par = batch->par_base + batch->par[i];
	if (sent == page->sent && par == page->par)
		return;
	put_named(&page->part, ",{\"s\":", sent);
	put_named(&page->part, ",\"p\":", par);
	sink_byte(&page->part, '}');
	page->sent = sent;
	page->par = par;
}

static void put_token(struct writer *writer, const struct lafz_batch *batch, size_t i,
                      const struct against_note *note)
{
	struct view_page *page = writer->view->page;
	struct sink *part = open_part(page);
	size_t len = 0;
	const char *surface = write_surface(batch, i, &len);
	put_run(page, batch, i);
	put_sentence(page, batch, i);
	put_named(part, ",[", batch->kind[i]);
	sink_string(part, ",\"");
	write_value(part, surface, len, batch->flags[i], page_string);
	sink_byte(part, '"');
	put_rest(writer, batch, i, note);
	sink_byte(part, ']');
	page_sums_token(&page->sums, batch, i);
	page->len += len;
}

/* In another encoding a gap has other lengths than its text: {"g":text,"b":bytes}. */
static void put_gap(struct view_page *page, const struct lafz_batch *batch, size_t i)
{
	struct sink *part = open_part(page);
	size_t len = 0;
	const char *gap = write_surface(batch, i, &len);
	sink_string(part, batch->source_at ? ",{\"g\":\"" : ",\"");
	put_repaired(part, gap, len, page_string);
	sink_byte(part, '"');
	if (batch->source_at) {
		put_named(part, ",\"b\":",
		          write_offset(batch, batch->end[i]) - write_offset(batch, batch->start[i]));
		sink_byte(part, '}');
	}
	page->len += len;
}

static void put_item(struct writer *writer, const struct lafz_batch *batch, size_t i,
                     const struct against_note *note)
{
	struct view_page *page = writer->view->page;
	const bool is_gap = batch->kind[i] == LAFZ_KIND_SPACE;
	if (is_gap)
		put_gap(page, batch, i);
	else
		put_token(writer, batch, i, note);
	page->byte = write_offset(batch, batch->end[i]);
	page->cp = batch->cbase + batch->cend[i];
	const bool is_line_end = is_gap && view_has_line_end(batch, i);
	if ((page->len > PART_BYTES && is_line_end) || (page->len > PART_MOST && is_gap) ||
	    page->len > 4 * PART_MOST)
		close_part(writer, is_line_end);
}

static void put_lone_note(struct viewer *view, const struct against_note *note)
{
	sink_string(open_part(view->page), ",{\"d\":");
	put_note(view, note);
	sink_byte(&view->page->part, '}');
}

static void put_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct viewer *view = writer->view;
	const struct against *against = &view->against;
	size_t k = 0;
	if (!view_compare(view, batch))
		return;
	for (size_t i = 0; i < batch->n; i++) {
		for (; k < against->n && against->notes[k].n == 0 && against->notes[k].first <= i; k++)
			put_lone_note(view, &against->notes[k]);
		const struct against_note *note = k < against->n ? &against->notes[k] : NULL;
		put_item(writer, batch, i, note && i >= note->first ? note : NULL);
		k += note && i + 1 == note->first + note->n;
	}
	for (; k < against->n; k++)
		put_lone_note(view, &against->notes[k]);
}

/* ---- Documents ---- */

static void begin(struct writer *writer)
{
	struct viewer *view = writer->view;
	struct view_page *page = view->page;
	if (!page->is_begun) {
		page_head(writer->sink, writer->doc.ptr, writer->doc.len, &page_style, &page_program);
		sink_string(writer->sink, "<main id=\"text\">\n");
	}
	page->is_begun = true;
	page->is_continued = false;
	page->byte = page->cp = page->sent = page->par = 0;
	sink_string(writer->sink, "<section class=\"doc\"><h2 dir=\"auto\">");
	page_text(writer->sink, writer->doc.ptr, writer->doc.len);
	sink_string(writer->sink, "</h2>\n");
	if (view->against.name)
		against_begin(&view->against, writer->doc.ptr, writer->doc.len);
}

static void end(struct writer *writer)
{
	struct viewer *view = writer->view;
	if (view->against.name)
		against_end(&view->against);
	for (size_t k = 0; k < view->against.n; k++)
		put_lone_note(view, &view->against.notes[k]);
	close_part(writer, true);
	sink_string(writer->sink, "</section>\n");
}

static void tail(struct writer *writer)
{
	struct viewer *view = writer->view;
	struct sink *sink = writer->sink;
	if (!view->page->is_begun) {
		page_head(sink, "lafz", 4, &page_style, &page_program);
		sink_string(sink, "<main id=\"text\">\n");
	}
	sink_string(sink, "</main>\n<noscript>The text is in this page as data; a browser shows it "
	                  "with JavaScript switched on.</noscript>\n"
	                  "<script type=\"application/json\" id=\"lafz\" data-view=\"");
	sink_string(sink, view->args->view == VIEW_KEY    ? "key"
	                  : view->args->view == VIEW_NORM ? "norm"
	                                                  : "surface");
	sink_string(sink, "\">");
	page_sums_put(sink, &view->page->sums, &view->against);
	sink_string(sink, "</script>\n");
	page_tail(sink, &page_program);
}

const struct format_kind view_html = {
	.want = LAFZ_WANT_ALL | LAFZ_WANT_GAPS | LAFZ_WANT_EDITS,
	.begin = begin,
	.batch = put_batch,
	.end = end,
	.tail = tail,
};
