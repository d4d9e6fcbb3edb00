#include "text_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unicode/utf8.h"

void text_model_add(struct buf *out, const char *text, size_t len)
{
	if (len == 0 || buf_append(out, &mem_default, text, len) == LAFZ_OK)
		return;
	fputs("out of memory\n", stderr);
	abort();
}

void text_model_free(struct text_model *model)
{
	buf_free(&model->text, &mem_default);
	buf_free(&model->pars, &mem_default);
}

static size_t n_lines(const struct text_model *model)
{
	return model->pars.len / sizeof(uint64_t);
}

static uint64_t par_at(const struct text_model *model, size_t i)
{
	uint64_t par = 0;
	memcpy(&par, model->pars.ptr + i * sizeof par, sizeof par);
	return par;
}

/* ---- From batches ---- */

/* Of a repaired token, what is ill-formed is U+FFFD. test_utf8 looks at the decoder. */
static void add_norm(struct buf *out, const char *norm, size_t len, bool is_repaired)
{
	while (is_repaired && len > 0) {
		const struct utf8 c = utf8_decode(norm, len);
		if (c.status == UTF8_CHAR)
			text_model_add(out, norm, c.len);
		else
			text_model_add(out, "\xEF\xBF\xBD", 3);
		norm += c.len;
		len -= c.len;
	}
	text_model_add(out, norm, len);
}

static void add_batch(struct text_model *model, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n; i++) {
		const uint64_t par = batch->par_base + batch->par[i], sent = batch->sent_base + batch->sent[i];
		const size_t n = n_lines(model);
		if (batch->kind[i] == LAFZ_KIND_SPACE)
			continue;
		model->last_par = par;
		if (batch->norm_len[i] == 0) {
			model->lacks_norms = true;
			continue;
		}
		if (n > 0 && sent == model->sent) {
			text_model_add(&model->text, " ", 1);
		} else {
			if (n > 0)
				text_model_add(&model->text, "\n\n", par_at(model, n - 1) == par ? 1 : 2);
			text_model_add(&model->pars, (const char *)&par, sizeof par);
		}
		model->sent = sent;
		add_norm(&model->text, batch->norm_text + batch->norm_off[i], batch->norm_len[i],
		         batch->flags[i] & LAFZ_FLAG_REPAIRED);
	}
}

static int add_batches(struct text_model *model, struct lafz_stream *stream)
{
	const struct lafz_batch *batch = NULL;
	int rc = LAFZ_OK;
	while ((rc = lafz_next_batch(stream, &batch)) == LAFZ_BATCH)
		add_batch(model, batch);
	return rc;
}

void text_model_read(struct text_model *model, struct lafz_stream *stream, const char *text, size_t len)
{
	model->text.len = model->pars.len = 0;
	model->last_par = 0;
	model->lacks_norms = false;
	model->status = lafz_feed(stream, text, len);
	if (model->status == LAFZ_OK)
		model->status = add_batches(model, stream);
	if (model->status == LAFZ_MORE)
		model->status = lafz_finish(stream);
	if (model->status == LAFZ_OK)
		model->status = add_batches(model, stream);
	if (n_lines(model) > 0)
		text_model_add(&model->text, "\n", 1);
	(void)lafz_error(stream, &model->error_offset);
}

/* ---- By lafz_next_text ---- */

const char *text_model_take(const struct text_model *model, const struct lafz_text *piece, struct buf *got, size_t *lines)
{
	const size_t first = *lines;
	if (piece->len == 0 || piece->text[piece->len - 1] != '\n' ||
	    (piece->len > 1 && piece->text[piece->len - 2] == '\n'))
		return "a piece does not end with a line";
	for (size_t i = 1; i < piece->len; i++)
		*lines += piece->text[i] == '\n' && piece->text[i - 1] != '\n';
	text_model_add(got, piece->text, piece->len);
	if (*lines == first || *lines > n_lines(model))
		return "a piece has no line, or too many";
	if (piece->first_par != par_at(model, first) || piece->last_par != par_at(model, *lines - 1))
		return "the paragraphs of a piece";
	const uint64_t next = *lines < n_lines(model) ? par_at(model, *lines) : model->last_par;
	if (piece->par < piece->last_par || piece->par > next ||
	    (!model->lacks_norms && piece->par != piece->last_par))
		return "the paragraph of the last token read";
	return NULL;
}
