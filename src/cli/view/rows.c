#include "cli/view/rows.h"

#include <stdio.h>

#include <lafz.h>

#include "cli/view/glyph.h"

#define GUTTER 4           /* columns for the tag and a space; a longer tag takes more */
#define RLI "\xE2\x81\xA7" /* U+2067 RIGHT-TO-LEFT ISOLATE */
#define LRI "\xE2\x81\xA6" /* U+2066 LEFT-TO-RIGHT ISOLATE */
#define PDI "\xE2\x81\xA9" /* U+2069 POP DIRECTIONAL ISOLATE */

/*
 * Of the 256 colours those that have a contrast of 4 to 1 or more with both black and white, so that
 * they can be read on any background. Tags stand beside them for who cannot tell two apart.
 */
unsigned rows_color(uint16_t lang)
{
	static const unsigned char colors[] = {133, 27, 130, 28, 64, 131, 99, 162};
	return lang == LAFZ_LANG_UND ? 0 : lang == lafz_lang_id("en") ? 30 : colors[lang % 8];
}

/* ---- Parts of a row ---- */

static void put_code(const struct rows *rows, const char *code)
{
	if (!rows->has_color)
		return;
	sink_string(rows->out, "\033[");
	sink_string(rows->out, code);
	sink_byte(rows->out, 'm');
}

static void put_color(const struct rows *rows)
{
	char code[16];
	const unsigned color = rows_color(rows->lang);
	if (color == 0)
		return;
	snprintf(code, sizeof code, "38;5;%u", color);
	put_code(rows, code);
}

static const char *tag_of(uint16_t lang)
{
	const char *tag = lafz_lang_tag(lang);
	return tag ? tag : "und";
}

static void open_row(struct rows *rows)
{
	const char *tag = tag_of(rows->lang);
	put_color(rows);
	sink_string(rows->out, tag);
	put_code(rows, "0");
	rows->col = strlen(tag);
	do {
		sink_byte(rows->out, ' ');
		rows->col++;
	} while (rows->col < GUTTER);
	if (rows->is_base_rtl)
		sink_string(rows->out, RLI);
	rows->is_open = rows->is_line_begun = true;
	rows->must_label = false;
	rows->spaces = 0;
}

static void close_run(struct rows *rows)
{
	if (!rows->is_run_open)
		return;
	put_code(rows, "0");
	sink_string(rows->out, PDI);
	rows->is_run_open = false;
}

static void close_row(struct rows *rows)
{
	close_run(rows);
	if (rows->is_base_rtl)
		sink_string(rows->out, PDI);
	sink_byte(rows->out, '\n');
	rows->is_open = false;
	rows->spaces = 0;
	rows->must_label = false;
}

static void put_spaces(struct rows *rows)
{
	rows->col += rows->spaces;
	for (; rows->spaces > 0; rows->spaces--)
		sink_byte(rows->out, ' ');
}

/* In U+2039 and U+203A. */
static void put_label(struct rows *rows)
{
	const char *tag = tag_of(rows->lang);
	close_run(rows);
	put_spaces(rows);
	put_color(rows);
	sink_string(rows->out, "\xE2\x80\xB9");
	sink_string(rows->out, tag);
	sink_string(rows->out, "\xE2\x80\xBA");
	put_code(rows, "0");
	rows->col += strlen(tag) + 2;
	rows->spaces = 1;
	rows->must_label = false;
}

static void open_run(struct rows *rows)
{
	if (rows->is_run_open)
		return;
	sink_string(rows->out, rows->is_rtl ? RLI : LRI);
	put_color(rows);
	rows->is_run_open = true;
}

/*
 * Makes a place for so many columns, in a new row if they do not fit into this one and it has
 * anything in it.
 */
static void make_place(struct rows *rows, size_t width)
{
	const size_t label = rows->must_label ? strlen(tag_of(rows->lang)) + 3 : 0;
	if (rows->is_open && rows->col + rows->spaces + label + width > rows->width &&
	    rows->col > GUTTER)
		close_row(rows);
	if (!rows->is_open)
		open_row(rows);
	if (rows->must_label)
		put_label(rows);
	put_spaces(rows);
	open_run(rows);
}

static void put_border(struct rows *rows)
{
	put_code(rows, "2");
	sink_string(rows->out, "\xE2\x94\x82"); /* U+2502, a thin bar */
	put_code(rows, "22");
	rows->col++;
}

static void open_style(const struct rows *rows, unsigned style)
{
	if (style & ROWS_EDITED)
		put_code(rows, "4");
	if (style & ROWS_DIFFERENT)
		put_code(rows, "7");
	if (style & ROWS_NOTE)
		put_code(rows, "39;1");
}

static void close_style(const struct rows *rows, unsigned style)
{
	if (!(style & (ROWS_EDITED | ROWS_DIFFERENT | ROWS_NOTE)))
		return;
	put_code(rows, "0");
	put_color(rows);
}

/* Those that are no sign of themselves are dim. */
static void put_glyph(struct rows *rows, const struct glyph *glyph)
{
	if (glyph->sort != GLYPH_ITSELF)
		put_code(rows, "2");
	sink_put(rows->out, glyph->text, glyph->len);
	if (glyph->sort != GLYPH_ITSELF)
		put_code(rows, "22");
	rows->col += glyph->width;
	rows->seen |= (unsigned)glyph->sort;
}

/* ---- What is put ---- */

void rows_run(struct rows *rows, uint16_t lang, bool is_rtl)
{
	if (rows->lang == lang && rows->is_rtl == is_rtl)
		return;
	close_run(rows);
	rows->must_label = rows->is_open && (rows->must_label || rows->lang != lang);
	rows->lang = lang;
	rows->is_rtl = is_rtl;
}

void rows_text(struct rows *rows, const char *text, size_t len, unsigned style, bool is_emoji)
{
	const bool has_lines = (style & ROWS_EDITED) && !rows->has_color;
	const size_t more = (has_lines ? 2u : 0u) + (style & ROWS_TOUCHING ? 1u : 0u);
	make_place(rows, glyph_width(text, len, is_emoji, rows->width) + more);
	if (style & ROWS_TOUCHING)
		put_border(rows);
	open_style(rows, style);
	if (has_lines)
		sink_byte(rows->out, '_');
	for (size_t off = 0; off < len;) {
		struct glyph glyph;
		off += glyph_make(&glyph, text + off, len - off, is_emoji);
		if ((style & ROWS_NOTE) && glyph.sort == GLYPH_SPACE)
			glyph = (struct glyph){GLYPH_ITSELF, 1, 1, " "};
		if (rows->col + glyph.width > rows->width && rows->col > GUTTER) {
			close_style(rows, style);
			close_row(rows);
			make_place(rows, 0);
			open_style(rows, style);
		}
		put_glyph(rows, &glyph);
	}
	if (has_lines)
		sink_byte(rows->out, '_');
	rows->col += has_lines ? 2 : 0;
	close_style(rows, style);
}

void rows_gap(struct rows *rows, const char *text, size_t len)
{
	for (size_t off = 0; off < len;) {
		struct glyph glyph;
		off += glyph_make(&glyph, text + off, len - off, false);
		if (glyph.sort == GLYPH_SPACE) {
			rows->spaces += rows->is_open && rows->spaces < rows->width;
			continue;
		}
		make_place(rows, glyph.width);
		put_glyph(rows, &glyph);
		if (glyph.sort == GLYPH_TAB || glyph.sort == GLYPH_NO_BREAK)
			rows->spaces = glyph.sort == GLYPH_TAB;
	}
}

void rows_end(struct rows *rows)
{
	if (rows->is_open)
		close_row(rows);
	else if (!rows->is_line_begun)
		sink_byte(rows->out, '\n');
	rows->is_line_begun = false;
}
