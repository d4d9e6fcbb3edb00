#include "cli/arrow_kept.h"

#include <assert.h>
#include <stdlib.h>

/* Rows of one batch. */
struct part {
	size_t n, doc_len;
	uint64_t base, cbase, par_base, sent_base, run_base;
};

static void append(struct write_arrow *arrow, struct bytes *out, const void *bytes, size_t n)
{
	if (!bytes_append(out, bytes, n))
		arrow->is_out_of_memory = true;
}

static void append_end(struct write_arrow *arrow, struct arrow_text *text)
{
	const int32_t end = (int32_t)text->values.len;
	append(arrow, &text->ends, &end, sizeof end);
}

static void clear_text(struct write_arrow *arrow, struct arrow_text *text)
{
	text->values.len = text->ends.len = 0;
	append_end(arrow, text);
}

void arrow_clear(struct write_arrow *arrow)
{
	arrow->parts.len = arrow->docs.len = arrow->doc_len = arrow->n_rows = 0;
	for (size_t i = 0; i < N_COLUMNS; i++)
		arrow->numbers[i].len = 0;
	clear_text(arrow, &arrow->surface);
	clear_text(arrow, &arrow->norm);
	clear_text(arrow, &arrow->key);
	arrow->norms_are_surfaces = true;
}

/* ---- Keeping texts ---- */

typedef void put_function_of(struct arrow_room *room, const struct arrow_rows *rows);

/* Appends the texts of rows, len bytes in all at most. */
static void keep_texts(struct write_arrow *arrow, struct arrow_text *text, const struct arrow_rows *rows, size_t len,
                       put_function_of *put)
{
	if (!bytes_reserve(&text->values, len + ARROW_MARGIN) ||
	    !bytes_reserve(&text->ends, rows->n * sizeof(int32_t))) {
		arrow->is_out_of_memory = true;
		return;
	}
	struct arrow_room room = {
		.values = text->values.ptr + text->values.len,
		.ends = text->ends.ptr + text->ends.len,
		.before = text->values.len,
	};
	put(&room, rows);
	assert(room.len <= len);
	text->values.len += room.len;
	text->ends.len += rows->n * sizeof(int32_t);
}

/* From here on norms are kept. */
static void begin_norms(struct write_arrow *arrow)
{
	if (!arrow->norms_are_surfaces)
		return;
	arrow->norms_are_surfaces = false;
	arrow->norm.ends.len = 0;
	append(arrow, &arrow->norm.values, arrow->surface.values.ptr, arrow->surface.values.len);
	append(arrow, &arrow->norm.ends, arrow->surface.ends.ptr, arrow->surface.ends.len);
}

static void keep_repaired(struct write_arrow *arrow, struct arrow_text *text, const char *bytes, size_t len)
{
	if (!bytes_append_repaired(&text->values, bytes, len))
		arrow->is_out_of_memory = true;
	append_end(arrow, text);
}

/* Of a row that holds ill-formed bytes. */
static void keep_repaired_texts(struct write_arrow *arrow, const struct lafz_batch *batch, size_t i)
{
	size_t len = 0;
	begin_norms(arrow);
	const char *text = write_surface(batch, i, &len);
	keep_repaired(arrow, &arrow->surface, text, len);
	text = write_norm(batch, i, &len);
	keep_repaired(arrow, &arrow->norm, text, len);
	text = write_key(batch, i, &len);
	keep_repaired(arrow, &arrow->key, text, len);
}

static void keep_all_texts(struct writer *writer, const struct arrow_rows *rows, const struct arrow_sums *sums)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct arrow_loops *const loops = arrow_loops_of(writer);
	if (!loops->are_surfaces(rows))
		begin_norms(arrow);
	keep_texts(arrow, &arrow->surface, rows, sums->surface, loops->surfaces);
	if (!arrow->norms_are_surfaces)
		keep_texts(arrow, &arrow->norm, rows, sums->norm, loops->norms);
	keep_texts(arrow, &arrow->key, rows, sums->key, loops->keys);
}

/* ---- Keeping numbers ---- */

static void keep_part(struct writer *writer, const struct lafz_batch *batch, size_t n)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct part part = {
		.n = n,
		.doc_len = writer->doc.len,
		.base = batch->base,
		.cbase = batch->cbase,
		.par_base = batch->par_base,
		.sent_base = batch->sent_base,
		.run_base = batch->run_base,
	};
	append(arrow, &arrow->parts, &part, sizeof part);
	append(arrow, &arrow->docs, writer->doc.ptr, writer->doc.len);
	arrow->doc_len += n * writer->doc.len;
}

/* Places in a text, or what they stand for. */
static void keep_places(struct write_arrow *arrow, size_t column, const uint32_t *places, size_t n, const uint32_t *source_at)
{
	struct bytes *const out = &arrow->numbers[column];
	if (!source_at) {
		append(arrow, out, places, n * sizeof *places);
		return;
	}
	for (size_t i = 0; i < n; i++)
		append(arrow, out, &source_at[places[i]], sizeof *source_at);
}

void arrow_keep(struct writer *writer, const struct arrow_rows *rows, const struct arrow_sums *sums)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct lafz_batch *const batch = rows->batch;
	const size_t i = rows->first, n = rows->n;
	struct bytes *const numbers = arrow->numbers;
	keep_part(writer, batch, n);
	keep_places(arrow, COLUMN_START, batch->start + i, n, batch->source_at);
	keep_places(arrow, COLUMN_END, batch->end + i, n, batch->source_at);
	append(arrow, &numbers[COLUMN_CSTART], batch->cstart + i, n * sizeof *batch->cstart);
	append(arrow, &numbers[COLUMN_CEND], batch->cend + i, n * sizeof *batch->cend);
	append(arrow, &numbers[COLUMN_PAR], batch->par + i, n * sizeof *batch->par);
	append(arrow, &numbers[COLUMN_SENT], batch->sent + i, n * sizeof *batch->sent);
	append(arrow, &numbers[COLUMN_RUN], batch->run + i, n * sizeof *batch->run);
	append(arrow, &numbers[COLUMN_KIND], batch->kind + i, n * sizeof *batch->kind);
	append(arrow, &numbers[COLUMN_SCRIPT], batch->script + i, n * sizeof *batch->script);
	append(arrow, &numbers[COLUMN_LANG], batch->lang + i, n * sizeof *batch->lang);
	append(arrow, &numbers[COLUMN_FLAGS], batch->flags + i, n * sizeof *batch->flags);
	append(arrow, &numbers[COLUMN_CONFIDENCE], batch->confidence + i, n * sizeof *batch->confidence);
	if (batch->flags[i] & LAFZ_FLAG_REPAIRED)
		keep_repaired_texts(arrow, batch, i);
	else
		keep_all_texts(writer, rows, sums);
	arrow->n_rows += n;
}

/* ---- Names ---- */

static const char *lang_name(uint16_t lang)
{
	const char *const tag = lafz_lang_tag(lang);
	return tag ? tag : "und";
}

static const uint16_t *langs_of(const struct write_arrow *arrow)
{
	return (const uint16_t *)(const void *)arrow->numbers[COLUMN_LANG].ptr;
}

/* The first row from i on with another language than that one. Neighbours mostly have the same. */
static size_t lang_end(const struct write_arrow *arrow, size_t i)
{
	const uint16_t *const langs = langs_of(arrow);
	const size_t n = arrow->n_rows;
	const uint16_t lang = langs[i];
	const uint64_t four_of_it = lang * UINT64_C(0x0001000100010001);
	for (; n - i >= 4; i += 4) {
		uint64_t four;
		memcpy(&four, langs + i, sizeof four);
		if (four != four_of_it)
			break;
	}
	while (i < n && langs[i] == lang)
		i++;
	return i;
}

static size_t lang_len(const struct write_arrow *arrow)
{
	size_t len = 0;
	for (size_t i = 0, end = 0; i < arrow->n_rows; i = end) {
		end = lang_end(arrow, i);
		len += (end - i) * strlen(lang_name(langs_of(arrow)[i]));
	}
	return len;
}

static size_t kind_len(const struct writer *writer, const struct write_arrow *arrow)
{
	const char *const kinds = arrow->numbers[COLUMN_KIND].ptr;
	size_t len = 0;
	for (size_t i = 0; i < arrow->n_rows; i++)
		len += writer->kinds[(unsigned char)kinds[i] % WRITE_KINDS].len;
	return len;
}

/* The same text n times; a short one many times in one step. ARROW_MARGIN bytes are written behind it. */
static char *repeat(char *dst, const char *text, size_t len, size_t n)
{
	char step[ARROW_MARGIN] = {0};
	char *const end = dst + n * len;
	if (len == 0)
		return dst;
	if (len > sizeof step) {
		for (; dst < end; dst += len)
			memcpy(dst, text, len);
		return end;
	}
	const size_t n_step = sizeof step / len;
	for (size_t k = 0; k < n_step; k++)
		memcpy(step + k * len, text, len);
	for (; dst < end; dst += n_step * len)
		memcpy(dst, step, sizeof step);
	return end;
}

/* ---- Writing ---- */

/* The lengths of all columns, and room for the longest. False: there is no memory. */
static bool prepare(struct writer *writer, struct arrow_lens lens[N_COLUMNS])
{
	struct write_arrow *const arrow = writer->arrow;
	const size_t n = arrow->n_rows, ends = (n + 1) * sizeof(int32_t);
	const size_t norm_len = arrow_norm_len(arrow);
	for (size_t i = 0; i < N_COLUMNS; i++)
		lens[i] = (struct arrow_lens){0, arrow->numbers[i].len};
	for (size_t i = COLUMN_START; i <= COLUMN_CEND; i++)
		lens[i].values = n * sizeof(uint64_t);
	lens[COLUMN_DOC] = (struct arrow_lens){ends, arrow->doc_len};
	lens[COLUMN_SURFACE] = (struct arrow_lens){ends, arrow->surface.values.len};
	lens[COLUMN_NORM] = (struct arrow_lens){ends, norm_len};
	lens[COLUMN_KEY] = (struct arrow_lens){ends, arrow->key.values.len};
	lens[COLUMN_KIND] = (struct arrow_lens){ends, kind_len(writer, arrow)};
	lens[COLUMN_SCRIPT] = (struct arrow_lens){ends, n * WRITE_SCRIPT};
	lens[COLUMN_LANG] = (struct arrow_lens){ends, lang_len(arrow)};
	const size_t names = n * ARROW_NAME_MOST; /* more than numbers have */
	const size_t most = arrow->doc_len > names ? arrow->doc_len : names;
	arrow->stage.len = arrow->stage_ends.len = 0;
	return bytes_reserve(&arrow->stage, most + ARROW_MARGIN) && bytes_reserve(&arrow->stage_ends, ends);
}

static const struct part *parts_of(const struct write_arrow *arrow)
{
	return (const struct part *)(const void *)arrow->parts.ptr;
}

static size_t count_parts(const struct write_arrow *arrow)
{
	return arrow->parts.len / sizeof(struct part);
}

static uint64_t base_of(const struct part *part, size_t column)
{
	switch (column) {
	case COLUMN_PAR:
		return part->par_base;
	case COLUMN_SENT:
		return part->sent_base;
	case COLUMN_RUN:
		return part->run_base;
	case COLUMN_START:
	case COLUMN_END:
		return part->base;
	default:
		return part->cbase;
	}
}

static void write_numbers(struct writer *writer, size_t column, size_t size)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct arrow_loops *const loops = arrow_loops_of(writer);
	const uint32_t *const numbers = (const uint32_t *)(const void *)arrow->numbers[column].ptr;
	const struct part *const parts = parts_of(arrow);
	size_t done = 0;
	for (size_t i = 0; i < count_parts(arrow); done += parts[i++].n) {
		char *const dst = arrow->stage.ptr + done * size;
		(size == sizeof(uint64_t) ? loops->u64 : loops->u32)(dst, numbers + done, parts[i].n, base_of(&parts[i], column));
	}
	arrow_buffer(writer->sink, arrow->stage.ptr, done * size);
}

/* Ends, of which the first is 0, and values. */
static void write_texts(struct writer *writer, const char *ends, const char *values, size_t len)
{
	arrow_buffer(writer->sink, ends, (writer->arrow->n_rows + 1) * sizeof(int32_t));
	arrow_buffer(writer->sink, values, len);
}

static void write_kept_texts(struct writer *writer, const struct arrow_text *text)
{
	write_texts(writer, text->ends.ptr, text->values.ptr, text->values.len);
}

/* Where the ends of names go, behind the first one. */
static char *begin_ends(struct write_arrow *arrow)
{
	memset(arrow->stage_ends.ptr, 0, sizeof(int32_t));
	return arrow->stage_ends.ptr + sizeof(int32_t);
}

static void write_docs(struct writer *writer)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct part *const parts = parts_of(arrow);
	const char *doc = arrow->docs.ptr;
	char *ends = begin_ends(arrow), *dst = arrow->stage.ptr;
	for (size_t i = 0; i < count_parts(arrow); i++) {
		const size_t n = parts[i].n, len = parts[i].doc_len;
		arrow_loops_of(writer)->ends(ends, n, (size_t)(dst - arrow->stage.ptr), len);
		dst = repeat(dst, doc, len, n);
		doc += len;
		ends += n * sizeof(int32_t);
	}
	write_texts(writer, arrow->stage_ends.ptr, arrow->stage.ptr, arrow->doc_len);
}

static void write_langs(struct writer *writer)
{
	struct write_arrow *const arrow = writer->arrow;
	char *const ends = begin_ends(arrow), *dst = arrow->stage.ptr;
	for (size_t i = 0, end = 0; i < arrow->n_rows; i = end) {
		end = lang_end(arrow, i);
		const char *const name = lang_name(langs_of(arrow)[i]);
		const size_t len = strlen(name);
		arrow_loops_of(writer)->ends(ends + i * sizeof(int32_t), end - i, (size_t)(dst - arrow->stage.ptr), len);
		dst = repeat(dst, name, len, end - i);
	}
	write_texts(writer, arrow->stage_ends.ptr, arrow->stage.ptr, (size_t)(dst - arrow->stage.ptr));
}

static void write_kinds(struct writer *writer)
{
	struct write_arrow *const arrow = writer->arrow;
	struct arrow_room room = {.values = arrow->stage.ptr, .ends = begin_ends(arrow)};
	arrow_loops_of(writer)->kinds(&room, writer, (const uint8_t *)arrow->numbers[COLUMN_KIND].ptr, arrow->n_rows);
	write_texts(writer, arrow->stage_ends.ptr, arrow->stage.ptr, room.len);
}

static void write_scripts(struct writer *writer)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct arrow_loops *const loops = arrow_loops_of(writer);
	loops->ends(begin_ends(arrow), arrow->n_rows, 0, WRITE_SCRIPT);
	loops->scripts(arrow->stage.ptr, writer, (const uint8_t *)arrow->numbers[COLUMN_SCRIPT].ptr, arrow->n_rows);
	write_texts(writer, arrow->stage_ends.ptr, arrow->stage.ptr, arrow->n_rows * WRITE_SCRIPT);
}

static void write_as_kept(struct writer *writer, size_t column)
{
	const struct bytes *const numbers = &writer->arrow->numbers[column];
	arrow_buffer(writer->sink, numbers->ptr, numbers->len);
}

bool arrow_write(struct writer *writer, const struct arrow_field *fields)
{
	struct write_arrow *const arrow = writer->arrow;
	struct arrow_lens lens[N_COLUMNS];
	if (arrow->is_out_of_memory || !prepare(writer, lens) ||
	    !arrow_batch(writer->sink, fields, lens, N_COLUMNS, arrow->n_rows))
		return false;
	write_docs(writer);
	for (size_t i = COLUMN_PAR; i <= COLUMN_RUN; i++)
		write_numbers(writer, i, sizeof(uint32_t));
	for (size_t i = COLUMN_START; i <= COLUMN_CEND; i++)
		write_numbers(writer, i, sizeof(uint64_t));
	write_kept_texts(writer, &arrow->surface);
	write_kept_texts(writer, arrow->norms_are_surfaces ? &arrow->surface : &arrow->norm);
	write_kept_texts(writer, &arrow->key);
	write_kinds(writer);
	write_scripts(writer);
	write_langs(writer);
	write_as_kept(writer, COLUMN_FLAGS);
	write_as_kept(writer, COLUMN_CONFIDENCE);
	return true;
}

/* ---- The end ---- */

static void free_text(struct arrow_text *text)
{
	bytes_free(&text->values);
	bytes_free(&text->ends);
}

void write_arrow_free(struct write_arrow *arrow)
{
	if (!arrow)
		return;
	for (size_t i = 0; i < N_COLUMNS; i++)
		bytes_free(&arrow->numbers[i]);
	free_text(&arrow->surface);
	free_text(&arrow->norm);
	free_text(&arrow->key);
	bytes_free(&arrow->parts);
	bytes_free(&arrow->docs);
	bytes_free(&arrow->stage);
	bytes_free(&arrow->stage_ends);
	free(arrow);
}
