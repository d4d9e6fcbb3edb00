#include "cli/arrow_kept.h"

#include <assert.h>
#include <stdlib.h>

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
	struct arrow_text *const texts[] = {&arrow->doc, &arrow->surface, &arrow->norm, &arrow->key, &arrow->kind, &arrow->script, &arrow->lang};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		clear_text(arrow, texts[i]);
	for (size_t i = 0; i < N_COLUMNS; i++)
		arrow->numbers[i].len = 0;
	arrow->n_rows = 0;
	arrow->norms_are_surfaces = true;
}

/* ---- Keeping texts ---- */

typedef void put_function_of(struct arrow_room *room, const struct arrow_rows *rows);

/* Room for n texts more, len bytes in all at most. False: there is no memory. */
static bool begin_texts(struct write_arrow *arrow, struct arrow_text *text, size_t n, size_t len, struct arrow_room *room)
{
	if (!bytes_reserve(&text->values, len + ARROW_MARGIN) || !bytes_reserve(&text->ends, n * sizeof(int32_t))) {
		arrow->is_out_of_memory = true;
		return false;
	}
	*room = (struct arrow_room){
		.values = text->values.ptr + text->values.len,
		.ends = text->ends.ptr + text->ends.len,
		.before = text->values.len,
	};
	return true;
}

static void end_texts(struct arrow_text *text, size_t n, size_t len)
{
	text->values.len += len;
	text->ends.len += n * sizeof(int32_t);
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

/* Appends surfaces or keys of rows, len bytes in all at most. */
static void keep_texts(struct write_arrow *arrow, struct arrow_text *text, const struct arrow_rows *rows, size_t len,
                       put_function_of *put)
{
	struct arrow_room room;
	if (!begin_texts(arrow, text, rows->n, len, &room))
		return;
	put(&room, rows);
	assert(room.len <= len);
	end_texts(text, rows->n, room.len);
}

/* Appends surfaces, and norms if they are kept. */
static void keep_surfaces(struct write_arrow *arrow, const struct arrow_loops *loops, const struct arrow_rows *rows,
                          const struct arrow_sums *sums)
{
	struct arrow_room surface, norm;
	if (arrow->norms_are_surfaces) {
		keep_texts(arrow, &arrow->surface, rows, sums->surface, loops->surfaces);
		return;
	}
	if (!begin_texts(arrow, &arrow->surface, rows->n, sums->surface, &surface) ||
	    !begin_texts(arrow, &arrow->norm, rows->n, sums->norm, &norm))
		return;
	loops->both(&surface, &norm, rows);
	assert(surface.len <= sums->surface && norm.len <= sums->norm);
	end_texts(&arrow->surface, rows->n, surface.len);
	end_texts(&arrow->norm, rows->n, norm.len);
}

static void keep_all_texts(struct writer *writer, const struct arrow_rows *rows, const struct arrow_sums *sums)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct arrow_loops *const loops = arrow_loops_of(writer);
	if (!loops->are_surfaces(rows))
		begin_norms(arrow);
	keep_surfaces(arrow, loops, rows, sums);
	keep_texts(arrow, &arrow->key, rows, sums->key, loops->keys);
}

/* ---- Keeping names ---- */

/* The same text n times; a short one many times in one step. ARROW_MARGIN bytes are written behind it. */
static void repeat(char *dst, const char *text, size_t len, size_t n)
{
	char step[ARROW_MARGIN] = {0};
	char *const end = dst + n * len;
	if (len == 0)
		return;
	if (len > sizeof step) {
		for (; dst < end; dst += len)
			memcpy(dst, text, len);
		return;
	}
	const size_t n_step = sizeof step / len;
	for (size_t k = 0; k < n_step; k++)
		memcpy(step + k * len, text, len);
	for (; dst < end; dst += n_step * len)
		memcpy(dst, step, sizeof step);
}

/* Rows whose names are kept. */
static size_t count_rows(const struct arrow_text *text)
{
	return text->ends.len / sizeof(int32_t) - 1;
}

/*
 * Whether the same name for n rows more is there already, for it was that of these rows in a record batch before. Else notes that it
 * will be.
 */
static bool is_there(struct arrow_text *text, const char *name, size_t len, size_t n)
{
	const size_t first = count_rows(text), end = first + n;
	const bool is_same = text->n_filled > 0 && text->name_len == len &&
	                     (len == 0 || memcmp(text->values.ptr, name, len) == 0);
	if (is_same && text->n_filled >= end)
		return true;
	if (first == 0) {
		text->name_len = len;
		text->n_filled = n;
	} else if (text->n_filled >= first) {
		text->n_filled = is_same ? end : first;
	}
	return false;
}

/* The same name for n rows. */
static void keep_name(struct writer *writer, struct arrow_text *text, const char *name, size_t len, size_t n)
{
	struct arrow_room room;
	if (!begin_texts(writer->arrow, text, n, n * len, &room))
		return;
	if (!is_there(text, name, len, n)) {
		arrow_loops_of(writer)->ends(room.ends, n, room.before, len);
		repeat(room.values, name, len, n);
	}
	end_texts(text, n, n * len);
}

/* The first of n languages from i on that is another one than that. Neighbours mostly have the same. */
static size_t lang_end(const uint16_t *langs, size_t i, size_t n)
{
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

static void keep_langs(struct writer *writer, const uint16_t *langs, size_t n)
{
	for (size_t i = 0, end = 0; i < n; i = end) {
		const char *const tag = lafz_lang_tag(langs[i]), *const name = tag ? tag : "und";
		end = lang_end(langs, i, n);
		keep_name(writer, &writer->arrow->lang, name, strlen(name), end - i);
	}
}

static void keep_kinds(struct writer *writer, const uint8_t *kinds, size_t n)
{
	struct arrow_text *const text = &writer->arrow->kind;
	struct arrow_room room;
	if (!begin_texts(writer->arrow, text, n, n * ARROW_NAME_MOST, &room))
		return;
	arrow_loops_of(writer)->kinds(&room, writer, kinds, n);
	end_texts(text, n, room.len);
}

static void keep_scripts(struct writer *writer, const uint8_t *scripts, size_t n)
{
	struct arrow_text *const text = &writer->arrow->script;
	const struct arrow_loops *const loops = arrow_loops_of(writer);
	struct arrow_room room;
	if (!begin_texts(writer->arrow, text, n, n * WRITE_SCRIPT, &room))
		return;
	const size_t end = count_rows(text) + n;
	if (text->n_filled < end) { /* all names have one length */
		loops->ends(room.ends, n, room.before, WRITE_SCRIPT);
		text->n_filled = end;
	}
	loops->scripts(room.values, writer, scripts, n);
	end_texts(text, n, n * WRITE_SCRIPT);
}

/* ---- Keeping numbers ---- */

/* A place for n bytes more of a column; NULL: there is no memory. */
static char *room_in(struct write_arrow *arrow, size_t column, size_t n)
{
	struct bytes *const out = &arrow->numbers[column];
	if (!bytes_reserve(out, n)) {
		arrow->is_out_of_memory = true;
		return NULL;
	}
	out->len += n;
	return out->ptr + out->len - n;
}

/* Places in a text, or what they stand for. */
static void keep_places(struct writer *writer, size_t column, const uint32_t *places, size_t n, uint64_t base,
                        const uint32_t *source_at)
{
	char *const dst = room_in(writer->arrow, column, n * sizeof(uint64_t));
	if (!dst)
		return;
	if (!source_at) {
		arrow_loops_of(writer)->u64(dst, places, n, base);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const uint64_t value = base + source_at[places[i]];
		memcpy(dst + i * sizeof value, &value, sizeof value);
	}
}

static void keep_numbers(struct writer *writer, size_t column, const uint32_t *numbers, size_t n, uint64_t base)
{
	char *const dst = room_in(writer->arrow, column, n * sizeof *numbers);
	if (dst)
		arrow_loops_of(writer)->u32(dst, numbers, n, base);
}

void arrow_keep(struct writer *writer, const struct arrow_rows *rows, const struct arrow_sums *sums)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct lafz_batch *const batch = rows->batch;
	const size_t i = rows->first, n = rows->n;
	struct bytes *const numbers = arrow->numbers;
	keep_name(writer, &arrow->doc, writer->doc.ptr, writer->doc.len, n);
	keep_places(writer, COLUMN_START, batch->start + i, n, batch->base, batch->source_at);
	keep_places(writer, COLUMN_END, batch->end + i, n, batch->base, batch->source_at);
	keep_places(writer, COLUMN_CSTART, batch->cstart + i, n, batch->cbase, NULL);
	keep_places(writer, COLUMN_CEND, batch->cend + i, n, batch->cbase, NULL);
	keep_numbers(writer, COLUMN_PAR, batch->par + i, n, batch->par_base);
	keep_numbers(writer, COLUMN_SENT, batch->sent + i, n, batch->sent_base);
	keep_numbers(writer, COLUMN_RUN, batch->run + i, n, batch->run_base);
	keep_kinds(writer, batch->kind + i, n);
	keep_scripts(writer, batch->script + i, n);
	keep_langs(writer, batch->lang + i, n);
	append(arrow, &numbers[COLUMN_FLAGS], batch->flags + i, n * sizeof *batch->flags);
	append(arrow, &numbers[COLUMN_CONFIDENCE], batch->confidence + i, n * sizeof *batch->confidence);
	if (batch->flags[i] & LAFZ_FLAG_REPAIRED)
		keep_repaired_texts(arrow, batch, i);
	else
		keep_all_texts(writer, rows, sums);
	arrow->n_rows += n;
}

/* ---- Writing ---- */

static struct sink_part part_of(const struct bytes *bytes)
{
	return (struct sink_part){bytes->ptr, bytes->len};
}

static struct arrow_column column_of(const struct arrow_text *text)
{
	return (struct arrow_column){part_of(&text->ends), part_of(&text->values)};
}

bool arrow_write(struct writer *writer, const struct arrow_field *fields)
{
	struct write_arrow *const arrow = writer->arrow;
	struct arrow_column columns[N_COLUMNS];
	if (arrow->is_out_of_memory)
		return false;
	for (size_t i = 0; i < N_COLUMNS; i++)
		columns[i] = (struct arrow_column){.values = part_of(&arrow->numbers[i])};
	columns[COLUMN_DOC] = column_of(&arrow->doc);
	columns[COLUMN_SURFACE] = column_of(&arrow->surface);
	columns[COLUMN_NORM] = column_of(arrow->norms_are_surfaces ? &arrow->surface : &arrow->norm);
	columns[COLUMN_KEY] = column_of(&arrow->key);
	columns[COLUMN_KIND] = column_of(&arrow->kind);
	columns[COLUMN_SCRIPT] = column_of(&arrow->script);
	columns[COLUMN_LANG] = column_of(&arrow->lang);
	return arrow_batch(writer->sink, fields, columns, N_COLUMNS, arrow->n_rows);
}

/* More than the metadata of a record batch have. */
#define METADATA_MOST 4096

uint64_t write_arrow_kept(const struct write_arrow *arrow)
{
	if (!arrow)
		return 0;
	const struct arrow_text *const texts[] = {&arrow->doc, &arrow->surface, &arrow->norm, &arrow->key,
	                                          &arrow->kind, &arrow->script, &arrow->lang, &arrow->surface};
	uint64_t len = METADATA_MOST;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		len += texts[i]->values.len + texts[i]->ends.len;
	for (size_t i = 0; i < N_COLUMNS; i++)
		len += arrow->numbers[i].len;
	return len;
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
	free_text(&arrow->doc);
	free_text(&arrow->kind);
	free_text(&arrow->script);
	free_text(&arrow->lang);
	free_text(&arrow->surface);
	free_text(&arrow->norm);
	free_text(&arrow->key);
	free(arrow);
}
