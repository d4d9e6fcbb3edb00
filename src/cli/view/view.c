#include "cli/view/view.h"

#include <stdlib.h>
#include <string.h>

#include "cli/fail.h"
#include "cli/view/pager.h"

static int open_against(struct viewer *view, const struct args *args, struct sink *sink)
{
	const char *file = args->gold ? args->gold : args->against;
	if (!file)
		return 0;
	return against_open(&view->against, args->gold ? "gold" : "other", file, args->read_size,
	                    args->max_record, sink);
}

struct viewer *view_open(const struct args *args, struct sink *sink)
{
	struct viewer *view = calloc(1, sizeof *view);
	if (!view) {
		fail_say("out of memory");
		return NULL;
	}
	view->args = args;
	view->rows.width = args->columns;
	view->rows.has_color = args->has_color;
	view->shares.bytes = calloc(lafz_lang_count(), sizeof *view->shares.bytes);
	view->page = args->format == FORMAT_HTML ? view_page_open() : NULL;
	if (!view->shares.bytes || (args->format == FORMAT_HTML && !view->page))
		view_out_of_memory(view);
	if (view->has_failed || open_against(view, args, sink) < 0) {
		view_close(view);
		return NULL;
	}
	return view;
}

void view_out_of_memory(struct viewer *view)
{
	if (!view->has_failed)
		fail_say("out of memory");
	view->has_failed = true;
}

int view_finish(struct viewer *view)
{
	return view->has_failed || (view->against.name && against_finish(&view->against) < 0) ? -1
	                                                                                      : 0;
}

void view_close(struct viewer *view)
{
	if (!view)
		return;
	against_close(&view->against);
	view_page_close(view->page);
	free(view->held.buf);
	free(view->shares.bytes);
	free(view);
}

/* ---- Tokens ---- */

bool view_compare(struct viewer *view, const struct lafz_batch *batch)
{
	if (view->against.name)
		against_batch(&view->against, batch);
	view->has_failed = view->has_failed || view->against.has_failed;
	return !view->has_failed;
}

const char *view_form(const struct viewer *view, const struct lafz_batch *batch, size_t i, size_t *len)
{
	if (view->args->view == VIEW_SURFACE)
		return write_surface(batch, i, len);
	return view->args->view == VIEW_KEY ? write_key(batch, i, len) : write_norm(batch, i, len);
}

bool view_is_edited(const struct lafz_batch *batch, size_t i)
{
	size_t surface_len = 0, norm_len = 0;
	const char *surface = write_surface(batch, i, &surface_len);
	const char *norm = write_norm(batch, i, &norm_len);
	return surface_len != norm_len || memcmp(surface, norm, norm_len) != 0;
}

static bool is_rtl_script(const char *tag)
{
	static const char *const tags[] = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo",
	                                   "Adlm", "Rohg", "Samr", "Mand"};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		if (strcmp(tags[i], tag) == 0)
			return true;
	}
	return false;
}

/* That of the language; of a run without one that of its first letters. */
bool view_is_rtl(const struct lafz_batch *batch, size_t i)
{
	const uint32_t run = batch->run[i];
	if (batch->lang[i] != LAFZ_LANG_UND) {
		const char *tag = lafz_lang_script(batch->lang[i]);
		return tag && is_rtl_script(tag);
	}
	while (i > 0 && batch->run[i - 1] == run && batch->lang[i - 1] == LAFZ_LANG_UND)
		i--;
	for (; i < batch->n && batch->run[i] == run; i++) {
		const char *tag = lafz_script_tag(batch->script[i]);
		if (strcmp(tag, "Zyyy") != 0)
			return is_rtl_script(tag);
	}
	return false;
}

/* ---- Line ends ---- */

size_t view_line_end(const char *text, size_t len)
{
	static const char *const ends[] = {"\r\n", "\n",       "\v",           "\f",
	                                   "\r",   "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const size_t n = strlen(ends[i]);
		if (n <= len && memcmp(text, ends[i], n) == 0)
			return n;
	}
	return 0;
}

bool view_has_line_end(const struct lafz_batch *batch, size_t i)
{
	size_t len = 0;
	const char *gap = write_surface(batch, i, &len);
	for (size_t off = 0; off < len; off++) {
		if (view_line_end(gap + off, len - off) > 0)
			return true;
	}
	return false;
}

/* ---- Shares ---- */

void view_count(struct viewer *view, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n; i++) {
		const uint32_t len = batch->end[i] - batch->start[i];
		if (batch->kind[i] == LAFZ_KIND_SPACE)
			continue;
		view->shares.bytes[batch->lang[i]] += len;
		view->shares.total += len;
	}
}

/* There are a few dozen languages at most. */
size_t view_order(const struct view_shares *shares, uint16_t *out, size_t cap)
{
	size_t n = 0;
	for (uint16_t lang = 0; lang < lafz_lang_count() && n < cap; lang++) {
		if (shares->bytes[lang] == 0)
			continue;
		size_t at = n++;
		for (; at > 0 && shares->bytes[out[at - 1]] < shares->bytes[lang]; at--)
			out[at] = out[at - 1];
		out[at] = lang;
	}
	return n;
}
