/*
 * Window, scanner and segments together, driven as the stream drives them: which bytes each
 * segment has and what is said of it, for every way to cut the text into chunks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "scan/scan.h"
#include "segment/segment.h"
#include "unicode/ucd.h"
#include "window/window.h"

#define MOST_CHUNK 64

/* ---- Driving the three stages ---- */

/*
 * The segments of a text in words: bytes, then a letter for each thing that is true of it, one
 * segment after another.
 */
struct result {
	char *text; /* owned */
	size_t len, cap;
	uint64_t end; /* of the last segment */
};

static void add_to(struct result *result, const char *word)
{
	const size_t n = strlen(word);
	while (result->len + n + 1 > result->cap) {
		result->cap = result->cap < 64 ? 64 : 2 * result->cap;
		result->text = (char *)realloc(result->text, result->cap);
		ck_assert_ptr_nonnull(result->text);
	}
	memcpy(result->text + result->len, word, n + 1);
	result->len += n;
}

struct machine {
	struct window window;
	struct atoms atoms;
	struct segmenter segmenter;
	const struct text *text;
	struct result result;
	size_t most_lines; /* asked of segmenter_lines at once before each segment; 0: it is not asked */
};

/*
 * One segment: its bytes are those of the text, it goes on where the last one ended, its atoms
 * cover it. S begins its line, E ends it, C cut inside a word, B blank, P ends a paragraph.
 */
static void add_segment(struct machine *m, const struct segment *s)
{
	const uint32_t len = s->end - s->start;
	const char *doc = m->text->ptr + s->doc_start;
	char word[64];
	if (s->doc_start != m->result.end || s->doc_start + len > m->text->len ||
	    memcmp(doc, s->text + s->start, len) != 0)
		ck_abort_msg("segment at %zu: %s", (size_t)s->doc_start,
		             helper_show(s->text + s->start, len));
	ck_assert_uint_lt(s->atom_first, s->atom_end);
	ck_assert_uint_eq(s->atoms->off[s->atom_first], s->start);
	ck_assert_uint_eq(s->atoms->off[s->atom_end], s->end);
	m->result.end += len;
	snprintf(word, sizeof word, "%s%u%s%s%s%s%s", m->result.len > 0 ? " " : "", (unsigned)len,
	         s->is_line_start ? "S" : "", s->is_line_end ? "E" : "", s->is_cut ? "C" : "",
	         s->is_blank ? "B" : "", s->ends_paragraph ? "P" : "");
	add_to(&m->result, word);
}

enum { MOST_LINES = 3 };

/* All segments of the region that are closed; how many. */
static size_t add_segments(struct machine *m)
{
	struct segment segments[MOST_LINES];
	for (size_t n = 0;;) {
		const size_t lines = segmenter_lines(&m->segmenter, segments, m->most_lines);
		ck_assert_uint_le(lines, m->most_lines);
		for (size_t i = 0; i < lines; i++)
			add_segment(m, &segments[i]);
		n += lines;
		if (!segmenter_next(&m->segmenter, segments))
			return n;
		add_segment(m, segments);
		n++;
	}
}

/* All segments that can be told now; what window_region answered last. */
static int drain(struct machine *m)
{
	for (;;) {
		struct window_region region;
		const int rc = window_region(&m->window, &mem_default, WINDOW_REGION, &region);
		if (rc != LAFZ_TOKEN)
			return rc;
		ck_assert_uint_gt(region.len, 0);
		ck_assert_uint_le(region.len, m->window.limit);
		ck_assert_int_eq(scan_reserve(&m->atoms, &mem_default, region.len), LAFZ_OK);
		scan_plain(region.text, region.len, &m->atoms);
		sets_plain(&m->atoms);
		segmenter_region(&m->segmenter, region.text, region.len, region.is_last,
		                 m->window.offset, &m->atoms);
		if (add_segments(m) > 0) {
			window_consume(&m->window, segmenter_used(&m->segmenter));
			continue;
		}
		ck_assert_msg(!region.is_last && !region.is_full, "no progress at %zu",
		              (size_t)m->window.offset);
		ck_assert_int_eq(window_keep(&m->window, &mem_default, &region), LAFZ_OK);
	}
}

/*
 * The segments of a text that comes in two chunks and then ones of a fixed size. The caller frees
 * the result.
 */
static char *segments_of(const struct text *text, size_t first, size_t chunk, uint32_t max_segment,
                         bool by_paragraph, size_t most_lines)
{
	struct machine m = {.text = text, .most_lines = most_lines};
	m.segmenter = (struct segmenter){.max_segment = max_segment, .by_paragraph = by_paragraph};
	window_init(&m.window, max_segment, by_paragraph);
	add_to(&m.result, "");
	for (size_t off = 0, n = first; off < text->len; off += n, n = chunk) {
		n = n < text->len - off ? n : text->len - off;
		/* each chunk in a block of its own that is gone afterwards */
		char *const lent = (char *)malloc(n > 0 ? n : 1);
		ck_assert_ptr_nonnull(lent);
		memcpy(lent, text->ptr + off, n);
		ck_assert_int_eq(window_feed(&m.window, lent, n), LAFZ_OK);
		ck_assert_int_eq(drain(&m), LAFZ_MORE);
		free(lent);
	}
	m.window.is_finished = true;
	ck_assert_int_eq(drain(&m), LAFZ_OK);
	ck_assert_int_eq(drain(&m), LAFZ_OK);
	ck_assert_uint_eq(m.result.end, text->len);
	window_free(&m.window, &mem_default);
	scan_free(&m.atoms, &mem_default);
	return m.result.text;
}

static void expect(const char *description, const struct text *text, size_t first, size_t chunk,
                   uint32_t max_segment, bool by_paragraph, const char *expected)
{
	for (size_t lines = 0; lines <= MOST_LINES; lines++) {
		char *const actual =
			segments_of(text, first, chunk, max_segment, by_paragraph, lines);
		ck_assert_msg(strcmp(expected, actual) == 0,
		              "%s, chunks %zu and %zu, %zu lines at once: %s\nexpected %s\nactual   %s",
		              description, first, chunk, lines, helper_show(text->ptr, text->len),
		              expected, actual);
		free(actual);
	}
}

/* Whole, at every chunk size, and in two chunks cut at every place. */
static void expect_always(const char *description, const struct text *text, uint32_t max_segment,
                          bool by_paragraph, const char *expected)
{
	expect(description, text, text->len, text->len, max_segment, by_paragraph, expected);
	for (size_t chunk = 1; chunk <= MOST_CHUNK; chunk++)
		expect(description, text, chunk, chunk, max_segment, by_paragraph, expected);
	for (size_t first = 0; first <= text->len; first++)
		expect(description, text, first, text->len, max_segment, by_paragraph, expected);
}

/* ---- The table ---- */

/* Rows of bytes; the names are what they take. */
#define A10 "aaaaaaaaaa"
#define A60 A10 A10 A10 A10 A10 A10
#define A61 A60 "a"
#define A62 A60 "aa"
#define A63 A60 "aaa"
#define A64 A60 "aaaa"
#define SPACES10 "          "
#define SPACES64 SPACES10 SPACES10 SPACES10 SPACES10 SPACES10 SPACES10 "    "
/* 2 bytes */
#define BEH "\u0628"
#define BEH10 BEH BEH BEH BEH BEH BEH BEH BEH BEH BEH
#define ACUTE10 "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
/* 8 bytes */
#define FLAG "\U0001F1E6\U0001F1EB"
#define FLAG8 FLAG FLAG FLAG FLAG FLAG FLAG FLAG FLAG
/* 11 bytes */
#define FARMER "\U0001F469\u200D\U0001F33E"

struct row {
	const char *description;
	struct text text;
	uint32_t max_segment; /* 0: 64 */
	bool by_paragraph;
	const char *segments;
};

static const struct row rows[] = {
	/* line ends */
	{.description = "nothing", .text = T(""), .segments = ""},
	{.description = "one line without an end", .text = T("ab c"), .segments = "4SE"},
	{.description = "one line with an end", .text = T("ab c\n"), .segments = "5SE"},
	{.description = "LF", .text = T("a\nb\n"), .segments = "2SE 2SE"},
	{.description = "CRLF is one end", .text = T("a\r\nb\r\n"), .segments = "3SE 3SE"},
	{.description = "CR", .text = T("a\rb\r"), .segments = "2SE 2SE"},
	{.description = "VT and FF", .text = T("a\vb\fc"), .segments = "2SE 2SE 1SE"},
	{.description = "U+0085",
         .text = T("a\xC2\x85"
                   "b"),
         .segments = "3SE 1SE"},
	{.description = "U+2028", .text = T("a\u2028b"), .segments = "4SE 1SE"},
	{.description = "U+2029 ends a paragraph", .text = T("a\u2029b"), .segments = "4SEP 1SE"},
	{.description = "LF CR are two ends", .text = T("a\n\rb"), .segments = "2SE 1SEBP 1SE"},
	{.description = "CR CRLF", .text = T("a\r\r\nb"), .segments = "2SE 2SEBP 1SE"},
	{.description = "CR at the end", .text = T("a\r"), .segments = "2SE"},
	{.description = "CRLF at the end", .text = T("a\r\n"), .segments = "3SE"},
	{.description = "CR alone", .text = T("\r"), .segments = "1SEBP"},
	{.description = "all kinds in a row",
         .text = T("a\n\r\n\r\v\f\xC2\x85\u2028\u2029"
                   "b"),
         .segments = "2SE 2SEBP 1SEBP 1SEBP 1SEBP 2SEBP 3SEBP 3SEBP 1SE"},
	/* blank lines */
	{.description = "an empty line", .text = T("a\n\nb"), .segments = "2SE 1SEBP 1SE"},
	{.description = "a line of white space",
         .text = T("a\n \t\u00A0\u3000\nb"),
         .segments = "2SE 8SEBP 1SE"},
	{.description = "white space before the end of the document",
         .text = T("a\n  "),
         .segments = "2SE 2SEB"},
	{.description = "empty lines first", .text = T("\n\na"), .segments = "1SEBP 1SEBP 1SE"},
	{.description = "an invisible control is content",
         .text = T("a\n\u200F\nb"),
         .segments = "2SE 4SE 1SE"},
	{.description = "an ill-formed byte is content",
         .text = T("a\n\xFF\nb"),
         .segments = "2SE 2SE 1SE"},
	{.description = "a NUL is content", .text = T("a\n\0\nb"), .segments = "2SE 2SE 1SE"},
	/* paragraphs */
	{.description = "two paragraphs",
         .text = T("a\nb\n\nc\nd"),
         .by_paragraph = true,
         .segments = "5SEP 3SE"},
	{.description = "a line of spaces between paragraphs",
         .text = T("a\nb\n \t\nc\n"),
         .by_paragraph = true,
         .segments = "7SEP 2SE"},
	{.description = "wider white space between paragraphs",
         .text = T("a\n\u00A0\nc\n"),
         .by_paragraph = true,
         .segments = "5SEP 2SE"},
	{.description = "paragraphs with CRLF",
         .text = T("a\r\nb\r\n\r\nc"),
         .by_paragraph = true,
         .segments = "8SEP 1SE"},
	{.description = "paragraphs with CR",
         .text = T("a\rb\r\rc"),
         .by_paragraph = true,
         .segments = "5SEP 1SE"},
	{.description = "U+2029 in a paragraph",
         .text = T("a\nb\u2029"
                   "c\n\n"),
         .by_paragraph = true,
         .segments = "6SEP 3SEP"},
	{.description = "blank lines one after the other",
         .text = T("a\n\n\n\nb"),
         .by_paragraph = true,
         .segments = "3SEP 1SEBP 1SEBP 1SE"},
	{.description = "blank lines first",
         .text = T("\n \na"),
         .by_paragraph = true,
         .segments = "1SEBP 2SEBP 1SE"},
	{.description = "a blank line of other ends",
         .text = T("a\v\fb\u2028\u2028"
                   "c"),
         .by_paragraph = true,
         .segments = "3SEP 7SEP 1SE"},
	/* the limit, on both sides */
	{.description = "64 bytes and the end of the document", .text = T(A64), .segments = "64SE"},
	{.description = "64 bytes and LF", .text = T(A64 "\n"), .segments = "65SE"},
	{.description = "64 bytes and CRLF", .text = T(A64 "\r\nb"), .segments = "66SE 1SE"},
	{.description = "64 bytes and U+2029", .text = T(A64 "\u2029"), .segments = "67SEP"},
	{.description = "64 bytes and two LF", .text = T(A64 "\n\n"), .segments = "65SE 1SEBP"},
	{.description = "65 bytes", .text = T(A64 "a"), .segments = "64SC 1E"},
	{.description = "65 bytes and LF", .text = T(A64 "a\n"), .segments = "64SC 2E"},
	{.description = "65 bytes and CRLF", .text = T(A64 "a\r\n"), .segments = "64SC 3E"},
	{.description = "128 bytes", .text = T(A64 A64), .segments = "64SC 64E"},
	{.description = "129 bytes", .text = T(A64 A64 "a\n"), .segments = "64SC 64C 2E"},
	{.description = "64 bytes, then lines",
         .text = T(A64 "\n" A64 "\na"),
         .segments = "65SE 65SE 1SE"},
	{.description = "a larger limit",
	 .text = T(A64 A10 "\n"),
	 .max_segment = 74,
	 .segments = "75SE"},
	{.description = "a larger limit, one less",
         .text = T(A64 A10 "\n"),
         .max_segment = 73,
         .segments = "73SC 2E"},
	{.description = "a paragraph of 64 bytes",
         .text = T(A10 "\n" A10 "\n" A10 A10 A10 A10 "a\n\nb"),
         .by_paragraph = true,
         .segments = "65SEP 1SE"},
	{.description = "a paragraph of 65 bytes",
         .text = T(A10 "\n" A10 "\n" A10 A10 A10 A10 "aa\n\nb"),
         .by_paragraph = true,
         .segments = "22S 44EP 1SE"},
	{.description = "a paragraph of 64 bytes and CRLF",
         .text = T(A10 "\r\n" A10 A10 A10 A10 A10 "\r\n\r\nb"),
         .by_paragraph = true,
         .segments = "66SEP 1SE"},
	/* cut behind a full stop before white space */
	{.description = "cut behind a full stop",
         .text = T("one two. three four " A60),
         .segments = "8S 12 60E"},
	{.description = "the last full stop counts",
         .text = T("one. two. three " A60),
         .segments = "9S 7 60E"},
	{.description = "a full stop without white space behind it does not count",
         .text = T("one two.three " A60),
         .segments = "14S 60E"},
	{.description = "! and ?", .text = T("one! two " A60), .segments = "4S 5 60E"},
	{.description = "?", .text = T("one? two " A60), .segments = "4S 5 60E"},
	{.description = "U+061F", .text = T(BEH "\u061F " BEH " " A62), .segments = "4S 4 62E"},
	{.description = "U+06D4", .text = T(BEH "\u06D4 " BEH " " A62), .segments = "4S 4 62E"},
	{.description = "U+2026", .text = T("one\u2026 two " A60), .segments = "6S 5 60E"},
	{.description = "a full stop in quotes does not end its piece",
         .text = T("one.\u201D two " A60),
         .segments = "12S 60E"},
	{.description = "a full stop first", .text = T(". " A64), .segments = "1S 1B 64E"},
	{.description = "the full stop is the byte before the last",
         .text = T(A62 ". " A10),
         .segments = "63S 11E"},
	{.description = "the full stop is the last byte that fits",
         .text = T(A63 ". " A10),
         .segments = "64S 11E"},
	{.description = "the full stop does not fit",
         .text = T("b " A62 ". " A10),
         .segments = "2S 63 11E"},
	{.description = "a full stop before a line end inside a paragraph",
         .text = T("one two.\nthree four " A60),
         .by_paragraph = true,
         .segments = "8S 12 60E"},
	/* cut behind white space */
	{.description = "cut behind the last white space",
         .text = T("one two " A60),
         .segments = "8S 60E"},
	{.description = "white space of many bytes",
         .text = T("one two\u3000\u00A0" A60),
         .segments = "12S 60E"},
	{.description = "the white space is the last byte that fits",
         .text = T(A63 " " A10),
         .segments = "64S 10E"},
	{.description = "white space does not fit", .text = T(A64 " " A10), .segments = "64SC 11E"},
	{.description = "cut behind a line end inside a paragraph",
         .text = T("one two\n" A60),
         .by_paragraph = true,
         .segments = "8S 60E"},
	{.description = "64 bytes of white space", .text = T(SPACES64 "\n"), .segments = "65SEBP"},
	/* cut at a cluster border */
	{.description = "cut between two letters of two bytes",
         .text = T("a" BEH10 BEH10 BEH10 BEH10),
         .segments = "63SC 18E"},
	{.description = "cut between two characters of four bytes",
         .text = T("a\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600"
                   "\U0001F600\U0001F600\U0001F600"
                   "\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600"),
         .segments = "61SC 8E"},
	{.description = "marks stay with their letter",
         .text = T(A62 "b\u0301"
                       "c"),
         .segments = "62SC 4E"},
	{.description = "marks that fit",
         .text = T(A61 "b\u0301"
                       "c"),
         .segments = "64SC 1E"},
	{.description = "ZWJ stays with what is beside it",
         .text = T(A60 FARMER),
         .segments = "60SC 11E"},
	{.description = "a combining sequence longer than the limit",
         .text = T("e" ACUTE10 ACUTE10 ACUTE10 ACUTE10),
         .segments = "63SC 18E"},
	{.description = "a combining sequence longer than the limit behind a letter",
         .text = T("ae" ACUTE10 ACUTE10 ACUTE10 ACUTE10),
         .segments = "1SC 63C 18E"},
	{.description = "a flag stays whole", .text = T(A60 FLAG "b"), .segments = "60SC 9E"},
	{.description = "a flag that fits",
         .text = T(A10 A10 A10 A10 A10 "aaaaaa" FLAG "b"),
         .segments = "64SC 1E"},
	{.description = "a row of flags longer than the limit",
         .text = T(FLAG8 FLAG),
         .segments = "64SC 8E"},
	{.description = "a row of flags longer than a limit that is no multiple of a flag",
         .text = T(FLAG8 FLAG),
         .max_segment = 68,
         .segments = "64SC 8E"},
	{.description = "Hangul syllables of jamo",
         .text = T(A60 "\u1100\u1161\u11A8"
                       "b"),
         .segments = "60SC 10E"},
	{.description = "ill-formed bytes are cut between",
         .text = T(A63 "\xFF\xFF\xFF\n"),
         .segments = "64SC 3E"},
	{.description = "an ill-formed sequence stays whole",
         .text = T(A63 "\xF0\x9F\x98z\n"),
         .segments = "63SC 5E"},
	{.description = "NUL as far as the limit", .text = T(A63 "\0\0"), .segments = "64SC 1E"},
	{.description = "U+0085 behind 64 bytes",
         .text = T(A64 "\xC2\x85" A10),
         .segments = "66SE 10SE"},
	/* what a line that was cut remembers */
	{.description = "the rest of a cut line is blank",
         .text = T(A64 "  \nb"),
         .segments = "64SC 3EB 1SE"},
	{.description = "the rest of a cut paragraph's line is blank",
         .text = T(A64 "  \nb\n\nc"),
         .by_paragraph = true,
         .segments = "64SC 6EP 1SE"},
	{.description = "the rest of a cut paragraph's line is blank and the document ends",
         .text = T(A64 "  \n"),
         .by_paragraph = true,
         .segments = "64SC 3EB"},
	{.description = "the rest of a cut paragraph's line is an end alone",
         .text = T(A63 " \nb\n\nc"),
         .by_paragraph = true,
         .segments = "64S 4EP 1SE"},
	{.description = "a paragraph cut behind a line end, then a blank line",
         .text = T(A62 "\n" A10 "\n\nb"),
         .by_paragraph = true,
         .segments = "63S 12EP 1SE"},
	{.description = "blank pieces of a long blank line",
         .text = T(SPACES64 "   \nb"),
         .segments = "64SCB 4EBP 1SE"},
	{.description = "content behind a long piece of white space",
         .text = T(SPACES64 "   b\nc"),
         .segments = "64SCB 5E 1SE"},
};

START_TEST(table_of_texts)
{
	for (size_t r = 0; r < COUNT(rows); r++) {
		const struct row *row = &rows[r];
		const uint32_t max_segment = row->max_segment ? row->max_segment : 64;
		expect_always(row->description, &row->text, max_segment, row->by_paragraph,
		              row->segments);
	}
}
END_TEST

/* ---- CRLF across every border ---- */

START_TEST(crlf_across_every_border)
{
	/* n letters, CRLF, n letters: every place of the pair near every limit */
	for (size_t n = 0; n <= 132; n = n == 4 ? 58 : n == 68 ? 124 : n + 1) {
		char text[400], expected[64];
		memset(text, 'a', sizeof text);
		memcpy(text + n, "\r\n", 2);
		const struct text t = {text, 2 * n + 2};
		char *const whole = segments_of(&t, t.len, t.len, 64, false, 0);
		/* no segment begins with the LF */
		const size_t full = n > 64 ? (n - 1) / 64 : 0;
		snprintf(expected, sizeof expected, "%s%s", full > 0 ? "64SC " : "",
		         full > 1 ? "64C " : "");
		const size_t len = strlen(expected);
		snprintf(expected + len, sizeof expected - len, "%zu%s%s", n - 64 * full + 2,
		         full > 0 ? "E" : "SE", n == 0 ? "BP" : "");
		ck_assert_msg(strncmp(whole, expected, strlen(expected)) == 0,
		              "%zu letters: expected %s, actual %s", n, expected, whole);
		expect("CRLF", &t, n + 1, t.len, 64, false, whole);
		for (size_t chunk = 1; chunk <= MOST_CHUNK; chunk++)
			expect("CRLF", &t, chunk, chunk, 64, false, whole);
		free(whole);
	}
}
END_TEST

/* ---- Random texts ---- */

/* What holds of the segments of any text, read from their words. */
static void check_limits(const struct text *text, uint32_t max_segment, const char *segments)
{
	size_t off = 0;
	bool is_inside = false;
	for (const char *s = segments; *s;) {
		char *rest = NULL;
		const size_t len = strtoul(s, &rest, 10);
		const size_t n_letters = strcspn(rest, " ");
		const bool is_start = memchr(rest, 'S', n_letters),
			   is_end = memchr(rest, 'E', n_letters);
		const bool is_cut = memchr(rest, 'C', n_letters),
			   is_par = memchr(rest, 'P', n_letters);
		size_t content = len;
		for (size_t at = 0; is_end && at < len;) {
			const struct model c = helper_decode(text->ptr + off + at, len - at);
			const uint8_t cls = c.is_char ? ucd_get(c.cp)->atom
			                              : (uint8_t)UCD_ATOM_ILLFORMED;
			const bool is_last = at + c.len == len;
			if (is_last &&
			    (cls == UCD_ATOM_LF || cls == UCD_ATOM_CR || cls == UCD_ATOM_NEWLINE))
				content = cls == UCD_ATOM_LF && at > 0 &&
				                          text->ptr[off + at - 1] == '\r'
				                  ? at - 1
				                  : at;
			at += c.len;
		}
		const char *bytes = text->ptr + off;
		if (len == 0 || content > max_segment || is_start == is_inside ||
		    (is_cut && is_end) || (is_par && !is_end))
			ck_abort_msg("%s\nsegments %s\n%zu: %s", helper_show(text->ptr, text->len),
			             segments, off, helper_show(bytes, len));
		is_inside = !is_end;
		off += len;
		s = rest + n_letters;
		s += *s == ' ';
	}
	ck_assert_uint_eq(off, text->len);
	ck_assert_msg(!is_inside, "the last segment ends with the document: %s", segments);
}

static void compare_chunks(struct rng *rng, size_t n_chars, bool well_formed_only)
{
	char bytes[100 * HELPER_LONGEST];
	const struct text text = {bytes, helper_trouble(rng, n_chars, well_formed_only, bytes)};
	const bool by_paragraph = rng_below(rng, 2) == 0;
	const uint32_t max_segment = 64 + (uint32_t)rng_below(rng, 16);
	char *const whole = segments_of(&text, text.len, text.len, max_segment, by_paragraph, 0);
	check_limits(&text, max_segment, whole);
	for (size_t chunk = 1; chunk <= MOST_CHUNK; chunk = chunk < 8 ? chunk + 1 : chunk * 2 - 1)
		expect("random text", &text, chunk, chunk, max_segment, by_paragraph, whole);
	for (size_t i = 0; i < 8; i++)
		expect("random text", &text, rng_below(rng, text.len + 1), 1 + rng_below(rng, 200),
		       max_segment, by_paragraph, whole);
	free(whole);
}

START_TEST(random_texts)
{
	struct rng rng = {7};
	for (size_t i = 0; i < 200; i++)
		compare_chunks(&rng, rng_below(&rng, 100), i % 2 == 0);
}
END_TEST

/* Few characters, so that limits, blank lines and cuts meet often. */
START_TEST(random_texts_of_few_characters)
{
	static const struct text few[] = {
		T("a"),      T("aaaaaaaaaaaaaaaaaaaa"),
		T("."),      T(" "),
		T(" "),      T("\n"),
		T("\r"),     T("\r\n"),
		T("\u2029"), T("\u0301"),
		T("\u3000"), T("\U0001F1E6"),
		T("\xFF"),   T("\xE2\x80"),
		T("\u06D4"),
	};
	struct rng rng = {8};
	for (size_t i = 0; i < 300; i++) {
		char bytes[60 * 20];
		struct text text = {bytes, 0};
		for (size_t n = rng_below(&rng, 60); n > 0; n--) {
			const struct text *t = &few[rng_below(&rng, COUNT(few))];
			memcpy(bytes + text.len, t->ptr, t->len);
			text.len += t->len;
		}
		const bool by_paragraph = i % 2 == 0;
		char *const whole = segments_of(&text, text.len, text.len, 64, by_paragraph, 0);
		check_limits(&text, 64, whole);
		for (size_t k = 0; k < 10; k++) {
			const size_t chunk = 1 + rng_below(&rng, MOST_CHUNK);
			expect("random text", &text, 1 + rng_below(&rng, 70), chunk, 64,
			       by_paragraph, whole);
		}
		free(whole);
	}
}
END_TEST

/* ---- The window's own promises ---- */

START_TEST(window_borrows_what_it_can)
{
	struct window window = {0};
	struct window_region region;
	static const char chunk[] = "one\ntwo\nthr";
	window_init(&window, 64, false);
	ck_assert_int_eq(window_feed(&window, chunk, sizeof chunk - 1), LAFZ_OK);
	ck_assert_int_eq(window_region(&window, &mem_default, WINDOW_REGION, &region), LAFZ_TOKEN);
	ck_assert_msg(region.text == chunk && region.len == 8,
	              "the region lies in the caller's memory");
	window_consume(&window, 8);
	ck_assert_int_eq(window_region(&window, &mem_default, WINDOW_REGION, &region), LAFZ_MORE);
	ck_assert_msg(window.tail.len == 3, "only the tail is copied: expected 3 bytes, actual %zu",
	              window.tail.len);
	ck_assert_int_eq(window_feed(&window, "ee\nfour\n", 8), LAFZ_OK);
	ck_assert_int_eq(window_region(&window, &mem_default, WINDOW_REGION, &region), LAFZ_TOKEN);
	ck_assert_msg(helper_equals(region.text, region.len, "three\n", 6),
	              "expected three, LF; actual %s", helper_show(region.text, region.len));
	window_consume(&window, region.len);
	ck_assert_int_eq(window_region(&window, &mem_default, WINDOW_REGION, &region), LAFZ_TOKEN);
	ck_assert_uint_eq(region.len, 5);
	ck_assert_uint_eq(window.offset, 14);
	window_free(&window, &mem_default);
}
END_TEST

START_TEST(window_limits_the_document)
{
	struct window window = {0};
	window_init(&window, 64, false);
	window.offset = INT64_MAX - 10;
	ck_assert_int_eq(window_feed(&window, "0123456789a", 11), LAFZ_ERR_LIMIT);
	ck_assert_int_eq(window_feed(&window, "0123456789", 10), LAFZ_OK);
	window_reset(&window);
	if (SIZE_MAX > INT64_MAX)
		ck_assert_int_eq(window_feed(&window, "a", SIZE_MAX), LAFZ_ERR_LIMIT);
	window_free(&window, &mem_default);
}
END_TEST

START_TEST(window_fails_without_memory)
{
	struct counter counter = {.fail_at = 1};
	const struct lafz_allocator mem = helper_allocator(&counter);
	struct window window = {0};
	struct window_region region;
	window_init(&window, 64, false);
	ck_assert_int_eq(window_feed(&window, "ab", 2), LAFZ_OK);
	ck_assert_int_eq(window_region(&window, &mem, WINDOW_REGION, &region), LAFZ_ERR_MEMORY);
	ck_assert_int_eq(window_region(&window, &mem, WINDOW_REGION, &region), LAFZ_MORE);
	ck_assert_uint_eq(window.tail.len, 2);
	window_free(&window, &mem);
	ck_assert_uint_eq(counter.blocks, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		table_of_texts,
		crlf_across_every_border,
		random_texts,
		random_texts_of_few_characters,
		window_borrows_what_it_can,
		window_limits_the_document,
		window_fails_without_memory,
	};
	return helper_run("segment", tests, COUNT(tests));
}
