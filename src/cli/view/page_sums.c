#include "cli/view/page_sums.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/repair.h"
#include "cli/view/page.h"
#include "cli/view/view.h"

#define CODE_POINTS 0x110000

bool page_sums_open(struct page_sums *sums)
{
	sums->langs = calloc(lafz_lang_count(), sizeof *sums->langs);
	sums->seen = calloc(CODE_POINTS / 32, sizeof *sums->seen);
	return sums->langs && sums->seen;
}

void page_sums_close(struct page_sums *sums)
{
	free(sums->langs);
	free(sums->seen);
	*sums = (struct page_sums){0};
}

void page_sums_see(struct page_sums *sums, const char *text, size_t len)
{
	for (size_t off = 0; off < len;) {
		size_t n = 0;
		uint32_t cp = repair_read(text + off, len - off, &n);
		off += n;
		if (cp == REPAIR_NOTHING)
			cp = 0xFFFD;
		sums->seen[cp / 32] |= 1u << cp % 32;
	}
}

void page_sums_token(struct page_sums *sums, const struct lafz_batch *batch, size_t i)
{
	const uint32_t len = batch->end[i] - batch->start[i];
	sums->langs[batch->lang[i]].bytes += len;
	sums->langs[batch->lang[i]].tokens++;
	if (batch->kind[i] < PAGE_KINDS)
		sums->kinds[batch->kind[i]]++;
	sums->n_edited += view_is_edited(batch, i);
	page_sums_see(sums, batch->text + batch->start[i], len);
}

/* ---- Writing ---- */

static void put_field(struct sink *sink, const char *name, uint64_t number)
{
	sink_string(sink, ",\"");
	sink_string(sink, name);
	sink_string(sink, "\":");
	page_number(sink, number);
}

/* Those that were met, by id. */
static void put_langs(struct sink *sink, const struct page_sums *sums)
{
	const char *comma = "";
	sink_string(sink, ",\"langs\":{");
	for (uint16_t lang = 0; lang < lafz_lang_count(); lang++) {
		char name[128];
		if (sums->langs[lang].tokens == 0)
			continue;
		(void)lafz_lang_name(lang, name, sizeof name);
		sink_string(sink, comma);
		page_quoted(sink, lafz_lang_tag(lang));
		sink_string(sink, ":{\"name\":");
		page_quoted(sink, name);
		sink_string(sink, ",\"script\":");
		page_quoted(sink, lafz_lang_script(lang));
		put_field(sink, "id", lang);
		put_field(sink, "bytes", sums->langs[lang].bytes);
		put_field(sink, "tokens", sums->langs[lang].tokens);
		sink_byte(sink, '}');
		comma = ",";
	}
	sink_byte(sink, '}');
}

/* All of them, in the order of their numbers. */
static void put_kinds(struct sink *sink, const struct page_sums *sums)
{
	sink_string(sink, ",\"kinds\":[");
	for (uint8_t kind = 0; kind < PAGE_KINDS; kind++) {
		sink_string(sink, kind > 0 ? ",[" : "[");
		page_quoted(sink, lafz_kind_name(kind));
		sink_byte(sink, ',');
		page_number(sink, sums->kinds[kind]);
		sink_byte(sink, ']');
	}
	sink_string(sink, "],\"flags\":[");
	for (unsigned bit = 1; lafz_flag_name((uint16_t)bit); bit <<= 1) {
		sink_string(sink, bit > 1 ? "," : "");
		page_quoted(sink, lafz_flag_name((uint16_t)bit));
	}
	sink_byte(sink, ']');
}

static void put_names(struct sink *sink, const struct page_sums *sums)
{
	const char *comma = "";
	sink_string(sink, ",\n\"names\":{");
	for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
		char name[256] = "", number[16];
		if (!(sums->seen[cp / 32] >> cp % 32 & 1))
			continue;
		(void)lafz_char_name(cp, name, sizeof name);
		snprintf(number, sizeof number, "%04X", (unsigned)cp);
		sink_string(sink, comma);
		page_quoted(sink, number);
		sink_byte(sink, ':');
		page_quoted(sink, name);
		comma = ",\n";
	}
	sink_byte(sink, '}');
}

static void put_against(struct sink *sink, const struct against *against)
{
	const struct compare_counts *counts = &against->counts;
	const char *comma = "";
	sink_string(sink, ",\"against\":{\"name\":");
	page_quoted(sink, against->name);
	put_field(sink, "here", counts->tokens[0]);
	put_field(sink, "there", counts->tokens[1]);
	put_field(sink, "same", counts->same);
	put_field(sink, "documents", counts->documents);
	put_field(sink, "only_here", counts->missing[0]);
	put_field(sink, "only_there", counts->missing[1]);
	sink_string(sink, ",\"by\":{");
	for (unsigned i = 0; i < COMPARE_COUNT; i++, comma = ",") {
		sink_string(sink, comma);
		page_quoted(sink, compare_name(1u << i));
		sink_byte(sink, ':');
		page_number(sink, counts->by[i]);
	}
	sink_string(sink, "}}");
}

void page_sums_put(struct sink *sink, const struct page_sums *sums, const struct against *against)
{
	sink_string(sink, "{\"version\":");
	page_quoted(sink, lafz_version());
	put_field(sink, "edits", sums->n_edits);
	put_field(sink, "edited", sums->n_edited);
	put_langs(sink, sums);
	put_kinds(sink, sums);
	if (against->name)
		put_against(sink, against);
	put_names(sink, sums);
	sink_byte(sink, '}');
}
