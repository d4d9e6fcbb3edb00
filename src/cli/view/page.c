#include "cli/view/page.h"

#include <string.h>

#include "cli/put.h"
#include "cli/repair.h"
#include "gen/page.h"

const struct page_file page_style = {page_css, PAGE_CSS_HASH};
const struct page_file page_program = {page_js, PAGE_JS_HASH};
const struct page_file report_style = {report_css, REPORT_CSS_HASH};

/* ---- Text ---- */

static const char *entity_of(char byte)
{
	const bool is_control = (unsigned char)byte < 0x20 && byte != '\n' && byte != '\t';
	return is_control ? REPAIR_MARK : put_entity(byte);
}

void page_text(struct sink *sink, const char *text, size_t len)
{
	size_t start = 0;
	for (size_t i = 0; i < len; i++) {
		const char *entity = entity_of(text[i]);
		if (!entity)
			continue;
		sink_put(sink, text + start, i - start);
		sink_string(sink, entity);
		start = i + 1;
	}
	sink_put(sink, text + start, len - start);
}

/* Without a less-than sign there is neither an end of the element nor a comment. */
void page_string(struct sink *sink, const char *text, size_t len)
{
	while (len > 0) {
		const char *less = memchr(text, '<', len);
		const size_t n = less ? (size_t)(less - text) : len;
		put_json(sink, text, n);
		if (less)
			sink_string(sink, "\\u003c");
		text += less ? n + 1 : n;
		len -= less ? n + 1 : n;
	}
}

void page_number(struct sink *sink, uint64_t number)
{
	struct put_high none = {0};
	char *dst = sink_room(sink, PUT_DECIMAL_ROOM);
	sink_take(sink, put_decimal(dst, &none, number));
}

void page_quoted(struct sink *sink, const char *text)
{
	sink_byte(sink, '"');
	page_string(sink, text, strlen(text));
	sink_byte(sink, '"');
}

/* ---- The frame ---- */

static void put_lines(struct sink *sink, const struct page_file *file)
{
	for (size_t i = 0; file->lines[i]; i++)
		sink_string(sink, file->lines[i]);
}

static void put_policy(struct sink *sink, const struct page_file *style,
                       const struct page_file *program)
{
	sink_string(sink,
	            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	            "base-uri 'none'; form-action 'none'; style-src '");
	sink_string(sink, style->hash);
	sink_string(sink, "'");
	if (program) {
		sink_string(sink, "; script-src '");
		sink_string(sink, program->hash);
		sink_string(sink, "'");
	}
	sink_string(sink, "\">\n");
}

void page_head(struct sink *sink, const char *title, size_t len, const struct page_file *style,
               const struct page_file *program)
{
	sink_string(sink,
	            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
	put_policy(sink, style, program);
	sink_string(sink,
	            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	            "<meta name=\"color-scheme\" content=\"light dark\">\n"
	            "<meta name=\"referrer\" content=\"no-referrer\">\n"
	            "<meta name=\"generator\" content=\"lafz\">\n<title>");
	page_text(sink, title, len);
	sink_string(sink, "</title>\n<style>");
	put_lines(sink, style);
	sink_string(sink, "</style>\n</head>\n<body>\n");
}

void page_tail(struct sink *sink, const struct page_file *program)
{
	if (program) {
		sink_string(sink, "<script>");
		put_lines(sink, program);
		sink_string(sink, "</script>\n");
	}
	sink_string(sink, "</body>\n</html>\n");
}
