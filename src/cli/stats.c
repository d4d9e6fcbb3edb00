#include "cli/stats.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/fail.h"
#include "cli/put_stats.h"
#include "cli/repair.h"
#include "cli/write.h"

/* ---- Time ---- */

static uint64_t now(void)
{
	struct timespec time = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

void stats_begin(struct stats *stats)
{
	stats->began = now();
}

double stats_seconds(const struct stats *stats)
{
	return (double)(now() - stats->began) / 1e9;
}

/* ---- Counting ---- */

static void begin(struct writer *writer)
{
	struct stats *stats = writer->stats;
	stats->documents++;
	stats->end_char = 0;
	stats->last_sent = 0;
	if (!stats->langs)
		stats->langs = calloc(lafz_lang_count(), sizeof *stats->langs);
	if (!stats->langs)
		stats->is_out_of_memory = true;
}

static uint64_t count_ill_formed(const char *text, size_t len)
{
	uint64_t count = 0;
	for (size_t off = 0; off < len;) {
		size_t n = 0;
		count += repair_look(text + off, len - off, &n) != REPAIR_GOOD;
		off += n;
	}
	return count;
}

static void count_token(struct stats *stats, const struct lafz_batch *batch, size_t i)
{
	const uint16_t lang = batch->lang[i];
	const uint8_t kind = batch->kind[i];
	size_t len = 0;
	const char *text = write_surface(batch, i, &len);
	if (batch->flags[i] & LAFZ_FLAG_REPAIRED)
		stats->repairs += count_ill_formed(text, len);
	if (kind >= STATS_KINDS)
		return;
	stats->tokens++;
	stats->kinds[kind]++;
	stats->langs[lang].tokens++;
	stats->langs[lang].bytes += len;
	const uint64_t sent = batch->sent_base + batch->sent[i] + 1;
	if (sent != stats->last_sent)
		stats->sentences++;
	stats->last_sent = sent;
	if (kind != LAFZ_KIND_WORD)
		return;
	text = write_norm(batch, i, &len);
	confusions_count(stats->confusions, lafz_lang_tag(lang), text, len);
}

/* An edit by several rules counts for each of them, under its first code point. */
static void count_edit(struct stats *stats, const struct lafz_edit *edit)
{
	size_t n = 0;
	const uint32_t cp = repair_read(edit->source, edit->source_len, &n);
	stats->edits++;
	stats->langs[edit->lang].edits++;
	for (const char *rule = edit->rules; *rule;) {
		const size_t len = strcspn(rule, " ");
		if (!tally_add(&stats->tally, edit->lang, rule, len, cp))
			stats->is_out_of_memory = true;
		rule += len;
		rule += *rule == ' ';
	}
}

static void count_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct stats *stats = writer->stats;
	if (stats->is_out_of_memory)
		return;
	for (size_t i = 0; i < batch->n; i++)
		count_token(stats, batch, i);
	for (size_t i = 0; i < writer->n_edits; i++)
		count_edit(stats, &writer->edits[i]);
	stats->bytes += batch->len;
	/* With gaps asked for, the last token ends where the batch ends. */
	if (batch->n == 0)
		return;
	const uint64_t end_char = batch->cbase + batch->cend[batch->n - 1];
	stats->characters += end_char - stats->end_char;
	stats->end_char = end_char;
}

/* Most bytes first, then by tag. */
static int compare(const void *left, const void *right)
{
	const struct stats_lang *one = left, *other = right;
	if (one->bytes != other->bytes)
		return one->bytes < other->bytes ? 1 : -1;
	return strcmp(one->tag, other->tag);
}

/* Leaves the languages that were met, in the order they are shown in. */
static void sort_langs(struct stats *stats)
{
	struct stats_lang *langs = stats->langs;
	for (uint16_t lang = 0; langs && lang < lafz_lang_count(); lang++) {
		langs[lang].tag = lafz_lang_tag(lang);
		if (langs[lang].tokens > 0 || langs[lang].edits > 0)
			langs[stats->n_langs++] = langs[lang];
	}
	if (stats->n_langs > 0)
		qsort(langs, stats->n_langs, sizeof *langs, compare);
}

int stats_sort(struct stats *stats)
{
	if (stats->is_out_of_memory)
		return fail_say("out of memory");
	tally_sort(&stats->tally);
	sort_langs(stats);
	return 0;
}

int stats_write(struct stats *stats, struct sink *sink, bool is_json)
{
	if (stats_sort(stats) < 0)
		return -1;
	if (is_json)
		put_stats_json(sink, stats);
	else
		put_stats_table(sink, stats);
	return 0;
}

static void merge_langs(struct stats *stats, const struct stats *more)
{
	if (!more->langs)
		return;
	if (!stats->langs)
		stats->langs = calloc(lafz_lang_count(), sizeof *stats->langs);
	if (!stats->langs) {
		stats->is_out_of_memory = true;
		return;
	}
	for (uint16_t lang = 0; lang < lafz_lang_count(); lang++) {
		stats->langs[lang].bytes += more->langs[lang].bytes;
		stats->langs[lang].tokens += more->langs[lang].tokens;
		stats->langs[lang].edits += more->langs[lang].edits;
	}
}

void stats_merge(struct stats *stats, const struct stats *more)
{
	stats->documents += more->documents;
	stats->bytes += more->bytes;
	stats->characters += more->characters;
	stats->sentences += more->sentences;
	stats->tokens += more->tokens;
	stats->repairs += more->repairs;
	stats->edits += more->edits;
	for (size_t i = 0; i < STATS_KINDS; i++)
		stats->kinds[i] += more->kinds[i];
	for (size_t i = 0; i < CONFUSIONS_MOST; i++)
		stats->confusions[i] += more->confusions[i];
	merge_langs(stats, more);
	if (more->is_out_of_memory || !tally_merge(&stats->tally, &more->tally))
		stats->is_out_of_memory = true;
}

void stats_free(struct stats *stats)
{
	free(stats->langs);
	tally_free(&stats->tally);
	*stats = (struct stats){0};
}

const struct format_kind write_stats = {
	.want = LAFZ_WANT_NORM | LAFZ_WANT_CHARS | LAFZ_WANT_RUNS | LAFZ_WANT_SENTS |
                LAFZ_WANT_GAPS | LAFZ_WANT_EDITS,
	.begin = begin,
	.batch = count_batch,
};

void stats_sums(const struct stats *stats, struct stats_sum sums[STATS_SUMS])
{
	size_t n = 0;
	sums[n++] = (struct stats_sum){"documents", stats->documents};
	sums[n++] = (struct stats_sum){"bytes", stats->bytes};
	sums[n++] = (struct stats_sum){"characters", stats->characters};
	sums[n++] = (struct stats_sum){"sentences", stats->sentences};
	sums[n++] = (struct stats_sum){"tokens", stats->tokens};
	sums[n++] = (struct stats_sum){"repairs", stats->repairs};
	sums[n] = (struct stats_sum){"edits", stats->edits};
}
