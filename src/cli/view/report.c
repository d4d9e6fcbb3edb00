#include "cli/view/report.h"

#include <stdlib.h>
#include <string.h>

#include "cli/count.h"
#include "cli/fail.h"
#include "cli/stop.h"

static int out_of_memory(struct report *report)
{
	if (!report->has_failed)
		fail_say("out of memory");
	report->has_failed = true;
	return -1;
}

struct report *report_open(const struct args *args)
{
	struct report *report = calloc(1, sizeof *report);
	if (!report) {
		fail_say("out of memory");
		return NULL;
	}
	const size_t n = lafz_lang_count();
	report->args = args;
	report->counts.memory = args->count.memory;
	report->counts.order = counts_by_form;
	report->documents = calloc(n, sizeof *report->documents);
	report->bytes = calloc(n, sizeof *report->bytes);
	report->words = calloc(n, sizeof *report->words);
	if (report->documents && report->bytes && report->words)
		return report;
	(void)out_of_memory(report);
	report_close(report);
	return NULL;
}

void report_close(struct report *report)
{
	if (!report)
		return;
	for (size_t lang = 0; report->words && lang < lafz_lang_count(); lang++) {
		for (size_t i = 0; i < REPORT_WORDS; i++)
			bytes_free(&report->words[lang].forms[i]);
	}
	counts_free(&report->counts);
	bytes_free(&report->form);
	free(report->documents);
	free(report->bytes);
	free(report->words);
	free(report);
}

/* ---- Counting ---- */

static void begin(struct writer *writer)
{
	write_stats.begin(writer);
	memset(writer->report->bytes, 0, lafz_lang_count() * sizeof *writer->report->bytes);
}

static size_t shorter(uint64_t len)
{
	return len < REPORT_LENGTHS ? (size_t)len : REPORT_LENGTHS;
}

/* A word is counted by its norm, without regard to ill-formed bytes, of which words have none. */
static int count_word(struct report *report, const struct lafz_batch *batch, size_t i)
{
	size_t len = 0;
	const char *form = write_norm(batch, i, &len);
	report->word_lengths[shorter(batch->cend[i] - batch->cstart[i])]++;
	report->form.len = 0;
	if (len == 0)
		return 0;
	if (!bytes_append_repaired(&report->form, form, len))
		return out_of_memory(report);
	const struct spill_row row = {.count = 1,
	                              .form = report->form.ptr,
	                              .len = (uint32_t)report->form.len,
	                              .lang = batch->lang[i]};
	return counts_add(&report->counts, &row);
}

/* Sentences never cross a batch, which holds whole segments. */
static void count_sentence(struct report *report, uint64_t *n_tokens)
{
	if (*n_tokens > 0)
		report->sentence_lengths[shorter(*n_tokens)]++;
	*n_tokens = 0;
}

static void count_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct report *report = writer->report;
	uint64_t n_tokens = 0;
	uint32_t sent = 0;
	write_stats.batch(writer, batch);
	for (size_t i = 0; !report->has_failed && i < batch->n; i++) {
		if (batch->kind[i] == LAFZ_KIND_SPACE)
			continue;
		if (batch->sent[i] != sent)
			count_sentence(report, &n_tokens);
		sent = batch->sent[i];
		n_tokens++;
		report->bytes[batch->lang[i]] += batch->end[i] - batch->start[i];
		if (batch->kind[i] == LAFZ_KIND_WORD && count_word(report, batch, i) < 0)
			report->has_failed = true;
	}
	count_sentence(report, &n_tokens);
}

/* A document without tokens is in no language. */
static void end(struct writer *writer)
{
	struct report *report = writer->report;
	uint16_t main_lang = LAFZ_LANG_UND;
	for (uint16_t lang = 0; lang < lafz_lang_count(); lang++) {
		if (report->bytes[lang] > report->bytes[main_lang])
			main_lang = lang;
	}
	report->documents[main_lang] += report->bytes[main_lang] > 0;
}

/* ---- Words ---- */

static int take_word(void *ctx, const struct spill_row *row)
{
	struct report *report = ctx;
	struct report_words *words = &report->words[row->lang];
	words->n_tokens += row->count;
	words->n_forms++;
	if (words->n < REPORT_WORDS) {
		struct bytes *form = &words->forms[words->n];
		words->counts[words->n++] = row->count;
		if (!bytes_append(form, row->form, row->len) || !bytes_append(form, "", 1))
			return out_of_memory(report);
	}
	return stop_signal() ? -1 : 0;
}

int report_take_words(struct report *report)
{
	return count_take(&report->counts, take_word, report);
}

const struct format_kind report_html = {
	.want = LAFZ_WANT_NORM | LAFZ_WANT_CHARS | LAFZ_WANT_RUNS | LAFZ_WANT_SENTS |
                LAFZ_WANT_GAPS | LAFZ_WANT_EDITS,
	.begin = begin,
	.batch = count_batch,
	.end = end,
};
