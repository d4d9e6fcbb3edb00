/*
 * lafz runs: a line for each run, as tsv or as jsonl. Its text is the source from its first token
 * to its last.
 */
#include "cli/write.h"

#define FIXED_ROOM 1024 /* everything before the text */

struct run {
	size_t first, last; /* its tokens */
	bool is_repaired;   /* one of them is */
	const char *script; /* of its first word; of the first token with letters if it has no word */
};

static void head(struct writer *writer)
{
	sink_string(writer->sink,
	            "#start\tend\tcstart\tcend\tscript\tlang\tconfidence\ttext\tdoc\n");
}

/* Zyyy (common) and Zinh (inherited): no letters. */
static bool has_letters(const char *script)
{
	return strcmp(script, "Zyyy") != 0 && strcmp(script, "Zinh") != 0;
}

static struct run run_at(const struct lafz_batch *batch, size_t first)
{
	struct run run = {.first = first, .last = first, .script = "Zyyy"};
	bool has_word = false;
	for (size_t i = first; i < batch->n && batch->run[i] == batch->run[first]; i++) {
		run.last = i;
		run.is_repaired = run.is_repaired || (batch->flags[i] & LAFZ_FLAG_REPAIRED);
		/* links, mentions and tags say nothing of a run that has words */
		const bool is_word = batch->kind[i] == LAFZ_KIND_WORD;
		if (!has_word && (is_word || !has_letters(run.script)))
			run.script = lafz_script_tag(batch->script[i]);
		has_word = has_word || is_word;
	}
	if (!has_letters(run.script))
		run.script = "Zyyy";
	return run;
}

static void put_text(struct writer *writer, const struct lafz_batch *batch, const struct run *run,
                     put_function *put)
{
	const uint32_t start = batch->start[run->first];
	const size_t len = batch->end[run->last] - start;
	write_value(writer->sink, batch->text + start, len,
	            run->is_repaired ? LAFZ_FLAG_REPAIRED : 0, put);
}

static char *number(char *dst, struct put_high *cache, uint64_t value, const char *behind)
{
	return put_name(put_decimal(dst, cache, value), behind);
}

static void run_tsv(struct writer *writer, const struct lafz_batch *batch, const struct run *run)
{
	struct sink *sink = writer->sink;
	char *dst = sink_room(sink, FIXED_ROOM);
	dst = number(dst, &writer->offsets.bytes, write_offset(batch, batch->start[run->first]), "\t");
	dst = number(dst, &writer->offsets.bytes, write_offset(batch, batch->end[run->last]), "\t");
	dst = number(dst, &writer->offsets.chars, batch->cbase + batch->cstart[run->first], "\t");
	dst = number(dst, &writer->offsets.chars, batch->cbase + batch->cend[run->last], "\t");
	dst = put_name(dst, run->script);
	*dst++ = '\t';
	dst = write_lang(writer, dst, batch->lang[run->first]);
	*dst++ = '\t';
	dst = put_confidence(dst, batch->confidence[run->first]);
	*dst++ = '\t';
	sink_take(sink, dst);
	put_text(writer, batch, run, put_tsv);
	sink_byte(sink, '\t');
	put_tsv(sink, writer->doc.ptr, writer->doc.len);
	sink_byte(sink, '\n');
}

static void run_json(struct writer *writer, const struct lafz_batch *batch, const struct run *run)
{
	struct sink *sink = writer->sink;
	char *dst = sink_room(sink, FIXED_ROOM);
	dst = PUT_LITERAL(dst, "{\"start\":");
	dst = number(dst, &writer->offsets.bytes, write_offset(batch, batch->start[run->first]), ",\"end\":");
	dst = number(dst, &writer->offsets.bytes, write_offset(batch, batch->end[run->last]), ",\"cstart\":");
	dst = number(dst, &writer->offsets.chars, batch->cbase + batch->cstart[run->first],
	             ",\"cend\":");
	dst = number(dst, &writer->offsets.chars, batch->cbase + batch->cend[run->last],
	             ",\"script\":\"");
	dst = put_name(dst, run->script);
	dst = PUT_LITERAL(dst, "\",\"lang\":\"");
	dst = write_lang(writer, dst, batch->lang[run->first]);
	dst = PUT_LITERAL(dst, "\",\"confidence\":");
	dst = put_confidence(dst, batch->confidence[run->first]);
	dst = PUT_LITERAL(dst, ",\"text\":\"");
	sink_take(sink, dst);
	put_text(writer, batch, run, put_json);
	sink_string(sink, "\",\"doc\":\"");
	put_json(sink, writer->doc.ptr, writer->doc.len);
	sink_string(sink, "\"}\n");
}

static void batch_tsv(struct writer *writer, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n;) {
		const struct run run = run_at(batch, i);
		run_tsv(writer, batch, &run);
		i = run.last + 1;
	}
}

static void batch_json(struct writer *writer, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n;) {
		const struct run run = run_at(batch, i);
		run_json(writer, batch, &run);
		i = run.last + 1;
	}
}

const struct format_kind write_runs_tsv = {
	.want = LAFZ_WANT_CHARS | LAFZ_WANT_RUNS,
	.head = head,
	.batch = batch_tsv,
};

const struct format_kind write_runs_jsonl = {
	.want = LAFZ_WANT_CHARS | LAFZ_WANT_RUNS,
	.batch = batch_json,
};
