/*
 * -f tsv: a header line, then a token a line.
 */
#include "cli/clean.h"
#include "cli/write.h"
#include "cli/write_rows.h"

static void head(struct writer *writer)
{
	write_prepare(writer, "", "\t");
	write_group_prepare(&writer->group);
	sink_string(writer->sink, "#start\tend\tcstart\tcend\tsent\trun\tlang\tscript\tkind\t");
	sink_string(writer->sink, "surface\tnorm\tkey\tpar\tflags\tconfidence\tdoc\n");
}

static inline char *number(char *dst, struct put_high *cache, uint64_t value)
{
	dst = put_decimal(dst, cache, value);
	*dst = '\t';
	return dst + 1;
}

/* The name of the document and the end of a line. */
static void begin(struct writer *writer)
{
	struct put_block *block = &writer->doc_block;
	char *end = block->text;
	if (writer->doc.len <= WRITE_DOC) {
		end = put_copy_tsv(end, writer->doc.ptr, writer->doc.len);
		*end++ = '\n';
	}
	put_block_end(block, end);
	write_group_doc(&writer->group);
}

/* sent, run and lang; and par, flags (none), confidence, and doc unless it is long. */
void write_tsv_same(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct write_same *same = &writer->same;
	const bool has_back = same->back.len > 0 && same->par == batch->par[i] &&
	                      same->confidence == write_confidence_bits(batch, i);
	write_same_set(same, batch, i);
	char *dst = same->front.text;
	dst = number(dst, &writer->sent_high, batch->sent_base + batch->sent[i]);
	dst = number(dst, &writer->run_high, batch->run_base + batch->run[i]);
	dst = write_lang(writer, dst, batch->lang[i]);
	*dst++ = '\t';
	put_block_end(&same->front, dst);
	if (has_back)
		return;
	dst = number(same->back.text, &writer->others_high, batch->par_base + batch->par[i]);
	same->flags_at = (size_t)(dst - same->back.text);
	dst = PUT_LITERAL(dst, "-\t");
	dst = put_confidence(dst, batch->confidence[i]);
	*dst++ = '\t';
	memcpy(dst, writer->doc_block.text, writer->doc_block.len);
	put_block_end(&same->back, dst + writer->doc_block.len);
}

const struct put_front_texts write_tsv_front = {
	{{"", 0}, {"\t", 1}, {"\t", 1}, {"\t", 1}, {"\t", 1}},
};

/* Surface, norm and key if nothing has to be escaped; else NULL. */
static inline char *copy_values(char *dst, const struct lafz_batch *batch, size_t i, put_copy *copy)
{
	put_bytes found = {0};
	size_t len = 0;
	const char *text = write_surface(batch, i, &len);
	dst = copy(dst, text, len, put_special_tsv, &found);
	*dst++ = '\t';
	text = write_norm(batch, i, &len);
	dst = copy(dst, text, len, put_special_tsv, &found);
	*dst++ = '\t';
	text = write_key(batch, i, &len);
	dst = copy(dst, text, len, put_special_tsv, &found);
	*dst++ = '\t';
	return put_any(found) ? NULL : dst;
}

static void value(struct sink *sink, const char *text, size_t len, uint16_t flags)
{
	write_value(sink, text, len, flags, put_tsv);
	sink_byte(sink, '\t');
}

/* The same if they can be copied at all. One branch for all three, as they are mostly as long. */
static char *plain_values(char *dst, const struct lafz_batch *batch, size_t i, bool is_inner)
{
	const uint32_t longest = write_longest(batch, i);
	if (longest >= WRITE_SHORT || (batch->flags[i] & LAFZ_FLAG_REPAIRED))
		return NULL;
	if (longest >= PUT_STEP)
		return is_inner ? copy_values(dst, batch, i, put_plain) : NULL;
	return is_inner ? copy_values(dst, batch, i, put_step) : copy_values(dst, batch, i, put_edge);
}

/* The same of any values. */
static char *all_values(struct sink *sink, char *dst, const struct lafz_batch *batch, size_t i)
{
	const uint16_t flags = batch->flags[i];
	size_t len = 0;
	sink_take(sink, dst);
	const char *text = write_surface(batch, i, &len);
	value(sink, text, len, flags);
	text = write_norm(batch, i, &len);
	value(sink, text, len, flags);
	text = write_key(batch, i, &len);
	value(sink, text, len, flags);
	return sink_room(sink, WRITE_ROOM);
}

static char *write_one(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i,
                       bool is_inner)
{
	struct sink *sink = writer->sink;
	dst = put_front_any(dst, &writer->front, &write_tsv_front, &writer->offsets, batch, i, '\t');
	dst = put_block(dst, &writer->same.front);
	dst = tsv_behind_lang(writer, dst, batch->kind[i], batch->script[i]);
	char *end = plain_values(dst, batch, i, is_inner);
	if (!end)
		end = all_values(sink, dst, batch, i);
	dst = tsv_behind_key(writer, end, batch->flags[i]);
	if (writer->doc_block.len > 0)
		return dst;
	sink_take(sink, dst);
	put_tsv(sink, writer->doc.ptr, writer->doc.len);
	sink_byte(sink, '\n');
	return sink_room(sink, WRITE_ROOM);
}

static char *write_narrow(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t *at, size_t end)
{
	return tsv_rows(writer, dst, batch, at, end, false);
}

static char *write_wide(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t *at, size_t end)
{
	return tsv_rows(writer, dst, batch, at, end, true);
}

/* The fastest one for a batch. */
static write_tsv_rows *rows_of(const struct writer *writer, const struct lafz_batch *batch)
{
	return WRITE_AVX2_CHOOSE(writer, write_tsv_rows_avx2, write_is_wide(batch) ? write_wide : write_narrow);
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct sink *const sink = writer->sink;
	const size_t n_inner = write_count_inner(batch);
	const bool has_doc = writer->doc_block.len > 0, has_gaps = writer->args->gaps;
	write_tsv_rows *const rows = rows_of(writer, batch);
	write_group_rows *const groups = has_doc && !batch->source_at ? write_group_find(writer) : NULL;
	struct clean clean;
	char *dst = sink_room(sink, WRITE_ROOM);
	clean_begin(&clean, batch, writer->args, WRITE_AVX2_CHOOSE(writer, put_find_tsv_avx2, put_find_tsv));
	put_front_batch(&writer->front, batch);
	write_group_batch(&writer->group);
	writer->same.back.len = 0; /* its numbers have other bases than those of this batch */
	size_t stretch = 0;
	for (size_t i = 0; i < batch->n;) {
		if (i == stretch)
			stretch = has_gaps ? write_stretch(writer, batch, i, batch->n, n_inner).end : batch->n;
		dst = sink_more(sink, dst, WRITE_ROOM);
		const size_t first = i, dirty = clean_end(&clean);
		size_t end = i + write_count_room(sink, dst);
		end = end < stretch ? end : stretch;
		end = end < n_inner ? end : n_inner;
		end = end < dirty ? end : dirty;
		if (i < end && groups)
			dst = groups(writer, dst, batch, &i, end);
		if (i > first)
			continue;
		if (writer->same.back.len == 0 || !write_is_same(&writer->same, batch, i))
			write_tsv_same(writer, batch, i);
		/* what a group cannot have but for its values is not looked for */
		const bool is_tail = !groups || batch->n - i < WRITE_GROUP_MOST;
		if (i < end && is_tail && has_doc && writer->front.is_usable && writer->same.front.len <= 2 * PUT_STEP)
			dst = rows(writer, dst, batch, &i, end);
		if (i > first)
			continue;
		dst = write_one(writer, dst, batch, i, i < n_inner);
		if (i == dirty)
			clean_behind(&clean, i);
		i++;
	}
	sink_take(sink, dst);
}

const struct format_kind write_tsv = {
	.want = LAFZ_WANT_ALL,
	.may_cut = true,
	.n_blocks = 2,
	.head = head,
	.begin = begin,
	.batch = write_batch,
};
