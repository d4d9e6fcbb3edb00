/*
 * The page of a report: a section a chart, each with its table.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fail.h"
#include "cli/repair.h"
#include "cli/view/chart.h"
#include "cli/view/page.h"
#include "cli/view/report.h"

#define ROWS_MOST 200 /* before they are sorted */
#define SHOWN_MOST 30 /* of a chart, then */
#define LABEL_CAP 160 /* bytes of a label */
#define LANGS_MOST 12 /* languages whose words are shown */

/* Rows with their labels, for one chart after the other. */
struct labels {
	struct chart_row rows[ROWS_MOST];
	char text[ROWS_MOST][2][LABEL_CAP];
	size_t n;
};

/* At most LABEL_CAP bytes with the NUL, cut between characters. */
static void copy_label(char out[LABEL_CAP], const char *label)
{
	snprintf(out, LABEL_CAP, "%s", label);
	out[repair_good(out, strlen(out))] = '\0';
}

static void add(struct labels *labels, const char *label, const char *more, uint64_t count,
                uint16_t lang)
{
	if (labels->n == ROWS_MOST)
		return;
	const size_t i = labels->n++;
	copy_label(labels->text[i][0], label);
	copy_label(labels->text[i][1], more ? more : "");
	labels->rows[i] = (struct chart_row){labels->text[i][0], labels->text[i][1], count, lang};
}

/* Leaves the most frequent ones. */
static void sort(struct labels *labels)
{
	qsort(labels->rows, labels->n, sizeof labels->rows[0], chart_most_first);
	if (labels->n > SHOWN_MOST)
		labels->n = SHOWN_MOST;
}

static void clear(struct labels *labels)
{
	labels->n = 0;
}

/* ---- The head ---- */

static void put_title(char *out, size_t cap, const struct args *args)
{
	if (args->n_files == 0 || strcmp(args->files[0], "-") == 0)
		snprintf(out, cap, "standard input");
	else
		snprintf(out, cap, "%s", args->files[0]);
	const size_t len = strlen(out);
	if (args->n_files > 1)
		snprintf(out + len, cap - len, " and %zu more", args->n_files - 1);
}

static void put_numbers(struct sink *sink, const struct stats *stats)
{
	struct stats_sum sums[STATS_SUMS];
	stats_sums(stats, sums);
	sink_string(sink, "<dl class=\"sums\">\n");
	for (size_t i = 0; i < STATS_SUMS; i++) {
		sink_string(sink, "<div><dt>");
		sink_string(sink, sums[i].name);
		sink_string(sink, "</dt><dd>");
		chart_count(sink, sums[i].count);
		sink_string(sink, "</dd></div>\n");
	}
	sink_string(sink, "</dl>\n");
}

/* ---- Languages ---- */

enum of { OF_BYTES, OF_TOKENS, OF_DOCUMENTS };

static uint64_t count_of(const struct report *report, const struct stats_lang *row, enum of of)
{
	if (of == OF_DOCUMENTS)
		return report->documents[lafz_lang_id(row->tag)];
	return of == OF_BYTES ? row->bytes : row->tokens;
}

static void put_langs(struct sink *sink, const struct report *report, const struct stats *stats,
                      struct labels *labels, enum of of)
{
	static const char *const titles[] = {"Languages by bytes", "Languages by tokens",
	                                     "Languages by documents"};
	static const char *const heads[] = {"bytes", "tokens", "documents"};
	static const char *const notes[] = {
		"Bytes of tokens in runs of each language.", NULL,
		"A document counts for the language that most bytes of its tokens are in."};
	uint64_t total = 0;
	clear(labels);
	for (size_t i = 0; i < stats->n_langs; i++) {
		const struct stats_lang *row = &stats->langs[i];
		const uint16_t lang = lafz_lang_id(row->tag);
		const uint64_t count = count_of(report, row, of);
		char name[LABEL_CAP];
		(void)lafz_lang_name(lang, name, sizeof name);
		total += count;
		if (count > 0)
			add(labels, row->tag, name, count, lang);
	}
	const struct chart chart = {titles[of], {"language", "name", heads[of]},
	                            notes[of],  labels->rows,
	                            labels->n,  total};
	if (labels->n > 0)
		chart_bars(sink, &chart);
}

static void put_kinds(struct sink *sink, const struct stats *stats, struct labels *labels)
{
	clear(labels);
	for (uint8_t kind = 0; kind < STATS_KINDS; kind++) {
		if (stats->kinds[kind] > 0)
			add(labels, lafz_kind_name(kind), NULL, stats->kinds[kind], CHART_LANG_NONE);
	}
	const struct chart chart = {
		"Kinds of tokens", {"kind", NULL, "tokens"}, NULL, labels->rows, labels->n,
		stats->tokens};
	if (labels->n > 0)
		chart_bars(sink, &chart);
}

/* ---- Lengths ---- */

struct lengths {
	const char *title, *head, *unit;
	const uint64_t *counts;
	size_t step, n; /* of the columns; what is longer is one more */
};

static uint64_t sum_of(const uint64_t *counts, size_t from, size_t to)
{
	uint64_t sum = 0;
	for (size_t i = from; i < to; i++)
		sum += counts[i];
	return sum;
}

/* The smallest length that half of them do not exceed. */
static size_t median_of(const uint64_t *counts, uint64_t total)
{
	uint64_t sum = 0;
	for (size_t i = 0; i <= REPORT_LENGTHS; i++) {
		sum += counts[i];
		if (2 * sum >= total)
			return i;
	}
	return REPORT_LENGTHS;
}

static void put_lengths(struct sink *sink, const struct lengths *lengths, struct labels *labels)
{
	const uint64_t total = sum_of(lengths->counts, 0, REPORT_LENGTHS + 1);
	char label[64], note[128];
	double mean = 0;
	if (total == 0)
		return;
	clear(labels);
	for (size_t i = 0; i <= REPORT_LENGTHS; i++)
		mean += (double)i * (double)lengths->counts[i] / (double)total;
	for (size_t i = 0; i < lengths->n; i++) {
		const size_t from = 1 + i * lengths->step, to = from + lengths->step;
		if (lengths->step == 1)
			snprintf(label, sizeof label, "%zu", from);
		else
			snprintf(label, sizeof label, "%zu\xE2\x80\x93%zu", from, to - 1);
		add(labels, label, NULL, sum_of(lengths->counts, from, to), CHART_LANG_NONE);
	}
	const size_t rest = 1 + lengths->n * lengths->step;
	snprintf(label, sizeof label, "%zu+", rest);
	add(labels, label, NULL, sum_of(lengths->counts, rest, REPORT_LENGTHS + 1), CHART_LANG_NONE);
	snprintf(note, sizeof note, "Half of them have at most %zu %s; the mean is %.2f.",
	         median_of(lengths->counts, total), lengths->unit, mean);
	const struct chart chart = {lengths->title, {lengths->unit, NULL, lengths->head},
	                            note,           labels->rows,
	                            labels->n,      total};
	chart_columns(sink, &chart);
}

/* ---- Words ---- */

static void put_words(struct sink *sink, const struct report *report, const struct stats *stats,
                      struct labels *labels)
{
	for (size_t k = 0, shown = 0; k < stats->n_langs && shown < LANGS_MOST; k++) {
		const uint16_t lang = lafz_lang_id(stats->langs[k].tag);
		const struct report_words *words = &report->words[lang];
		char name[96], title[160], note[160];
		if (words->n == 0)
			continue;
		shown++;
		clear(labels);
		for (size_t i = 0; i < words->n; i++)
			add(labels, words->forms[i].ptr, NULL, words->counts[i], lang);
		(void)lafz_lang_name(lang, name, sizeof name);
		snprintf(title, sizeof title, "Most frequent words: %s", name);
		snprintf(note, sizeof note,
		         "%" PRIu64 " words, %" PRIu64 " different norms. The counts are exact.",
		         words->n_tokens, words->n_forms);
		const struct chart chart = {title,     {"word", NULL, "count"}, note, labels->rows,
		                            labels->n, words->n_tokens};
		chart_bars(sink, &chart);
	}
}

/* ---- What was changed, and what was not ---- */

/* By rule alone: the rows of the tally are by language and code point too. */
static void put_rules(struct sink *sink, const struct stats *stats, struct labels *labels)
{
	const struct bytes *names = &stats->tally.names;
	uint64_t total = 0;
	clear(labels);
	for (size_t off = 0; off < names->len; off += strlen(names->ptr + off) + 1) {
		uint64_t count = 0;
		for (size_t i = 0; i < stats->tally.n; i++) {
			if (stats->tally.rows[i].rule == off)
				count += stats->tally.rows[i].count;
		}
		total += count;
		add(labels, names->ptr + off, NULL, count, CHART_LANG_NONE);
	}
	sort(labels);
	const struct chart chart = {"Edits by rule",
	                            {"rule", NULL, "edits"},
	                            "An edit that several rules have made counts for each of them; "
	                            "lafz-rules(7) says what "
	                            "they do.",
	                            labels->rows,
	                            labels->n,
	                            total};
	if (labels->n > 0)
		chart_bars(sink, &chart);
}

/* The most frequent ones, by language, rule and code point. */
static void put_letters(struct sink *sink, const struct stats *stats, struct labels *labels)
{
	clear(labels);
	for (size_t i = 0; i < stats->tally.n && i < 20; i++) {
		const struct tally_row *row = &stats->tally.rows[i];
		char label[64] = "ill-formed", more[LABEL_CAP], name[96] = "";
		if (row->cp != REPAIR_NOTHING) {
			snprintf(label, sizeof label, "U+%04" PRIX32, row->cp);
			(void)lafz_char_name(row->cp, name, sizeof name);
		}
		snprintf(more, sizeof more, "%s, %s %s", lafz_lang_tag(row->lang),
		         stats->tally.names.ptr + row->rule, name);
		add(labels, label, more, row->count, row->lang);
	}
	const struct chart chart = {"Edits by letter",
	                            {"code point", "language, rule, name", "edits"},
	                            "The twenty most frequent ones; lafz stats -f json has all.",
	                            labels->rows,
	                            labels->n,
	                            0};
	if (labels->n > 0)
		chart_bars(sink, &chart);
}

static int put_points(char *out, size_t cap, const uint32_t cps[2], const char *between)
{
	if (cps[1])
		return snprintf(out, cap, "U+%04" PRIX32 "%sU+%04" PRIX32, cps[0], between, cps[1]);
	return snprintf(out, cap, "U+%04" PRIX32, cps[0]);
}

static void put_confusions(struct sink *sink, const struct stats *stats, struct labels *labels)
{
	clear(labels);
	for (size_t i = 0; confusions[i].name; i++) {
		char more[LABEL_CAP], found[40], meant[40];
		if (stats->confusions[i] == 0)
			continue;
		(void)put_points(found, sizeof found, confusions[i].cps, " ");
		(void)put_points(meant, sizeof meant, confusions[i].instead_of, " or ");
		snprintf(more, sizeof more, "%s, perhaps for %s", found, meant);
		add(labels, confusions[i].name, more, stats->confusions[i],
		    lafz_lang_id(confusions[i].lang));
	}
	sort(labels);
	const struct chart chart = {"Likely confusions",
	                            {"name", "letters", "found"},
	                            "Letters that may stand for others and were not edited: both "
	                            "belong to the language, or "
	                            "the right one depends on the word.",
	                            labels->rows,
	                            labels->n,
	                            0};
	if (labels->n > 0)
		chart_bars(sink, &chart);
}

static void put_repairs(struct sink *sink, const struct stats *stats)
{
	sink_string(sink, "<section>\n<h2>Repairs</h2>\n<p class=\"note\">");
	chart_count(sink, stats->repairs);
	sink_string(sink,
	            " ill-formed sequences of bytes (maximal subparts; each became U+FFFD unless "
	            "another choice was made).</p>\n</section>\n");
}

/* ---- The whole ---- */

static void put_page(struct sink *sink, const struct report *report, const struct stats *stats,
                     struct labels *labels)
{
	const struct lengths words = {"Lengths of words",   "words", "characters",
	                              report->word_lengths, 1,       20};
	const struct lengths sentences = {"Lengths of sentences",   "sentences", "tokens",
	                                  report->sentence_lengths, 5,           12};
	char title[512];
	put_title(title, sizeof title, report->args);
	page_head(sink, title, strlen(title), &report_style, NULL);
	chart_patterns(sink);
	sink_string(sink, "<header>\n<h1><bdi>");
	page_text(sink, title, strlen(title));
	sink_string(sink, "</bdi></h1>\n");
	put_numbers(sink, stats);
	sink_string(sink, "</header>\n<main>\n");
	put_langs(sink, report, stats, labels, OF_BYTES);
	put_langs(sink, report, stats, labels, OF_TOKENS);
	put_langs(sink, report, stats, labels, OF_DOCUMENTS);
	put_kinds(sink, stats, labels);
	put_lengths(sink, &words, labels);
	put_lengths(sink, &sentences, labels);
	put_rules(sink, stats, labels);
	put_letters(sink, stats, labels);
	put_confusions(sink, stats, labels);
	put_repairs(sink, stats);
	put_words(sink, report, stats, labels);
	sink_string(sink, "</main>\n<footer>lafz ");
	sink_string(sink, lafz_version());
	sink_string(sink, "; ");
	sink_string(sink, lafz_rules_version());
	sink_string(sink, "</footer>\n");
	page_tail(sink, NULL);
}

int report_write(struct report *report, struct stats *stats, struct sink *sink)
{
	if (report->has_failed || stats_sort(stats) < 0 || report_take_words(report) < 0)
		return -1;
	struct labels *labels = calloc(1, sizeof *labels);
	if (!labels)
		return fail_say("out of memory");
	put_page(sink, report, stats, labels);
	free(labels);
	return 0;
}
