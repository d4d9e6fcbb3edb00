#include "cli/view/chart.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <lafz.h>

#include "cli/view/page.h"

/* In units of the picture, which is scaled. */
enum {
	WIDTH = 480,
	ROW = 24,
	LABEL = 130, /* of a bar */
	BAR = WIDTH - LABEL - 70,
	HEIGHT = 180, /* of columns */
	FOOT = 22
};

static void put(struct sink *sink, const char *text)
{
	sink_string(sink, text);
}

static void put_text(struct sink *sink, const char *text)
{
	page_text(sink, text, strlen(text));
}

int chart_most_first(const void *one, const void *other)
{
	const struct chart_row *left = one, *right = other;
	if (left->count != right->count)
		return left->count < right->count ? 1 : -1;
	return strcmp(left->label, right->label);
}

/* U+202F NARROW NO-BREAK SPACE */
void chart_count(struct sink *sink, uint64_t count)
{
	char digits[32];
	const int len = snprintf(digits, sizeof digits, "%" PRIu64, count);
	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			put(sink, "\xE2\x80\xAF");
		sink_byte(sink, digits[i]);
	}
}

static void put_percent(struct sink *sink, uint64_t count, uint64_t total)
{
	char share[32];
	snprintf(share, sizeof share, "%.2f", 100 * (double)count / (double)total);
	put(sink, share);
}

static uint64_t most_of(const struct chart *chart)
{
	uint64_t most = 1;
	for (size_t i = 0; i < chart->n; i++)
		most = chart->rows[i].count > most ? chart->rows[i].count : most;
	return most;
}

/* ---- Patterns ---- */

void chart_patterns(struct sink *sink)
{
	put(sink,
	    "<svg class=\"patterns\" aria-hidden=\"true\"><defs>"
	    "<pattern id=\"p0\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"></pattern>"
	    "<pattern id=\"p1\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
	    "<path d=\"M3 0V6\"></path></pattern>"
	    "<pattern id=\"p2\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
	    "<path d=\"M-1 7L7 -1M-1 1L1 -1M5 7L7 5\"></path></pattern>"
	    "<pattern id=\"p3\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
	    "<circle cx=\"3\" cy=\"3\" r=\"1.2\"></circle></pattern>"
	    "</defs></svg>\n");
}

/* A field in the colour and pattern of its language, the same as on the page of lafz view. */
static void put_field(struct sink *sink, uint16_t lang, const char *place)
{
	static const unsigned char turns[] = {3, 0, 1, 2};
	char text[32];
	const bool is_none = lang == CHART_LANG_NONE;
	const bool is_plain = is_none || lang == LAFZ_LANG_UND;
	if (is_plain)
		snprintf(text, sizeof text, "<rect class=\"%s\" ", is_none ? "cn" : "cu");
	else
		snprintf(text, sizeof text, "<rect class=\"c%u\" ", lang % 8u);
	put(sink, text);
	put(sink, place);
	put(sink, "></rect>");
	if (is_plain)
		return;
	snprintf(text, sizeof text, "<rect fill=\"url(#p%u)\" ", (lang + turns[lang / 8 % 4]) % 4u);
	put(sink, text);
	put(sink, place);
	put(sink, "></rect>");
}

/* ---- Parts ---- */

static void open_chart(struct sink *sink, const struct chart *chart)
{
	put(sink, "<section>\n<h2>");
	put_text(sink, chart->title);
	put(sink, "</h2>\n");
	if (chart->note) {
		put(sink, "<p class=\"note\">");
		put_text(sink, chart->note);
		put(sink, "</p>\n");
	}
	put(sink, "<div class=\"pair\">\n");
}

static void open_svg(struct sink *sink, const struct chart *chart, size_t height)
{
	char text[96];
	snprintf(text, sizeof text,
	         "<svg class=\"chart\" viewBox=\"0 0 %d %zu\" role=\"img\" aria-label=\"", WIDTH,
	         height);
	put(sink, text);
	put_text(sink, chart->title);
	put(sink, "; the numbers are in the table\">\n");
}

static void put_head(struct sink *sink, const struct chart *chart)
{
	put(sink, "<table>\n<thead><tr>");
	for (size_t i = 0; i < 3; i++) {
		if (!chart->head[i])
			continue;
		put(sink, i == 2 ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
		put_text(sink, chart->head[i]);
		put(sink, "</th>");
	}
	put(sink, chart->total > 0 ? "<th scope=\"col\" class=\"n\">%</th></tr></thead>\n<tbody>\n"
	                           : "</tr></thead>\n<tbody>\n");
}

static void put_table(struct sink *sink, const struct chart *chart)
{
	put_head(sink, chart);
	for (size_t i = 0; i < chart->n; i++) {
		const struct chart_row *row = &chart->rows[i];
		put(sink, "<tr><th scope=\"row\"><bdi>");
		put_text(sink, row->label);
		put(sink, "</bdi></th>");
		if (chart->head[1]) {
			put(sink, "<td><bdi>");
			put_text(sink, row->more ? row->more : "");
			put(sink, "</bdi></td>");
		}
		put(sink, "<td class=\"n\">");
		chart_count(sink, row->count);
		if (chart->total > 0) {
			put(sink, "</td><td class=\"n\">");
			put_percent(sink, row->count, chart->total);
		}
		put(sink, "</td></tr>\n");
	}
	put(sink, "</tbody>\n</table>\n</div>\n</section>\n");
}

/* ---- Charts ---- */

void chart_bars(struct sink *sink, const struct chart *chart)
{
	const uint64_t most = most_of(chart);
	open_chart(sink, chart);
	open_svg(sink, chart, chart->n * ROW);
	for (size_t i = 0; i < chart->n; i++) {
		const struct chart_row *row = &chart->rows[i];
		const double len = (double)row->count / (double)most * BAR;
		char place[96];
		snprintf(place, sizeof place, "<text class=\"l\" x=\"%d\" y=\"%zu\">", LABEL - 8,
		         i * ROW + 16);
		put(sink, place);
		put_text(sink, row->label);
		put(sink, "</text>");
		snprintf(place, sizeof place, "x=\"%d\" y=\"%zu\" width=\"%.1f\" height=\"%d\"",
		         LABEL, i * ROW + 3, len > 1 || row->count == 0 ? len : 1, ROW - 6);
		put_field(sink, row->lang, place);
		snprintf(place, sizeof place, "<text x=\"%.1f\" y=\"%zu\">", LABEL + len + 6,
		         i * ROW + 16);
		put(sink, place);
		chart_count(sink, row->count);
		put(sink, "</text>\n");
	}
	put(sink, "</svg>\n");
	put_table(sink, chart);
}

void chart_columns(struct sink *sink, const struct chart *chart)
{
	const uint64_t most = most_of(chart);
	const double step = (double)WIDTH / (double)(chart->n > 0 ? chart->n : 1);
	open_chart(sink, chart);
	open_svg(sink, chart, HEIGHT + FOOT);
	for (size_t i = 0; i < chart->n; i++) {
		const struct chart_row *row = &chart->rows[i];
		const double len = (double)row->count / (double)most * (HEIGHT - 6);
		char place[112];
		snprintf(place, sizeof place, "x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"",
		         (double)i * step + 1, HEIGHT - len, step - 2, len);
		put_field(sink, row->lang, place);
		snprintf(place, sizeof place, "<text class=\"m\" x=\"%.1f\" y=\"%d\">",
		         ((double)i + 0.5) * step, HEIGHT + 15);
		put(sink, place);
		put_text(sink, row->label);
		put(sink, "</text>\n");
	}
	put(sink, "</svg>\n");
	put_table(sink, chart);
}
