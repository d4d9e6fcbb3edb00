#include "cli/split.h"

#include <stdlib.h>

#include "cli/fail.h"
#include "cli/selection.h"
#include "cli/sink.h"

struct split_file {
	struct writer writer; /* its names owned */
	struct sink sink;
	char *path;        /* owned */
	bool has_document; /* the writer has begun the document that is read */
};

/* ---- Files ---- */

static struct split_file *open_file(struct split *split, const struct format_kind *kind, uint16_t lang)
{
	struct split_file *file = calloc(1, sizeof *file);
	if (!file) {
		fail_say("out of memory");
		return NULL;
	}
	split->files[lang] = file;
	file->sink.fd = -1;
	file->writer.sink = &file->sink;
	file->writer.args = split->args;
	file->path = selection_path(split->args->out, lafz_lang_tag(lang));
	if (!file->path) {
		fail_say("out of memory");
		return NULL;
	}
	if (sink_open(&file->sink, file->path) < 0)
		return NULL;
	if (kind->head)
		kind->head(&file->writer);
	return file;
}

/* The file of a language, in which the document of writer has begun; NULL with a message. */
static struct split_file *file_of(struct split *split, const struct format_kind *kind,
                                  const struct writer *writer, uint16_t lang)
{
	struct split_file *file = split->files[lang];
	if (!file)
		file = open_file(split, kind, lang);
	if (!file || file->has_document)
		return file;
	file->writer.doc.len = 0;
	if (!write_document(&file->writer, writer->doc.ptr, writer->doc.len, writer->is_record)) {
		fail_say("out of memory");
		return NULL;
	}
	file->has_document = true;
	if (kind->begin)
		kind->begin(&file->writer);
	return file;
}

/* ---- Languages ---- */

/* Whether token i belongs to the same whole as the one before. */
static bool is_joined(const struct split *split, const struct lafz_batch *batch, size_t i)
{
	if (split->args->command == COMMAND_RUNS)
		return batch->run[i] == batch->run[i - 1];
	return batch->sent[i] == batch->sent[i - 1];
}

/* The language of most bytes of the tokens from i to end. */
static uint16_t heaviest(struct split *split, const struct lafz_batch *batch, size_t i, size_t end)
{
	for (size_t k = i; k < end; k++)
		split->weights[batch->lang[k]] = 0;
	for (size_t k = i; k < end; k++)
		split->weights[batch->lang[k]] += batch->end[k] - batch->start[k];
	uint16_t lang = batch->lang[i];
	for (size_t k = i; k < end; k++) {
		if (split->weights[batch->lang[k]] > split->weights[lang])
			lang = batch->lang[k];
	}
	return lang;
}

/* Sets split->langs. */
static void decide(struct split *split, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n;) {
		size_t end = i + 1;
		while (end < batch->n && is_joined(split, batch, end))
			end++;
		const uint16_t lang = heaviest(split, batch, i, end);
		while (i < end)
			split->langs[i++] = lang;
	}
}

static bool reserve(struct split *split, size_t n)
{
	const size_t count = lafz_lang_count();
	if (!split->files)
		split->files = calloc(count, sizeof(struct split_file *));
	if (!split->weights)
		split->weights = calloc(count, sizeof *split->weights);
	if (n > split->cap) {
		free(split->langs);
		split->langs = calloc(n, sizeof *split->langs);
		split->cap = split->langs ? n : 0;
	}
	return split->files && split->weights && n <= split->cap;
}

/* ---- Documents ---- */

static struct split_file *next_file(const struct split *split, uint16_t *lang)
{
	const uint16_t count = split->files ? lafz_lang_count() : 0;
	while (*lang < count) {
		struct split_file *file = split->files[(*lang)++];
		if (file)
			return file;
	}
	return NULL;
}

void split_begin(struct split *split)
{
	struct split_file *file = NULL;
	for (uint16_t lang = 0; (file = next_file(split, &lang));)
		file->has_document = false;
}

/* The tokens of one language. */
static int write_lang_of(struct split *split, const struct format_kind *kind,
                         const struct writer *writer, const struct lafz_batch *batch, uint16_t lang)
{
	if (!pick_begin(&split->pick, batch->n))
		return fail_say("out of memory");
	for (size_t i = 0; i < batch->n; i++) {
		if (split->langs[i] == lang)
			pick_add(&split->pick, i);
	}
	if (split->pick.n == 0)
		return 0;
	struct split_file *file = file_of(split, kind, writer, lang);
	if (!file)
		return -1;
	file->writer.edits = writer->edits;
	file->writer.n_edits = writer->n_edits;
	kind->batch(&file->writer, pick_batch(&split->pick, batch));
	return file->sink.has_failed ? -1 : 0;
}

/* File by file, in the order they come in; weights marks those that are still to be written. */
static int write_langs(struct split *split, const struct format_kind *kind,
                       const struct writer *writer, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n; i++)
		split->weights[split->langs[i]] = 1;
	for (size_t i = 0; i < batch->n; i++) {
		const uint16_t lang = split->langs[i];
		if (split->weights[lang] == 0)
			continue;
		split->weights[lang] = 0;
		if (write_lang_of(split, kind, writer, batch, lang) < 0)
			return -1;
	}
	return 0;
}

int split_batch(struct split *split, const struct format_kind *kind, const struct writer *writer,
                const struct lafz_batch *batch)
{
	int rc = 0;
	if (!reserve(split, batch->n))
		rc = fail_say("out of memory");
	if (rc == 0) {
		decide(split, batch);
		rc = write_langs(split, kind, writer, batch);
	}
	split->has_failed = split->has_failed || rc < 0;
	return rc;
}

void split_end(struct split *split, const struct format_kind *kind)
{
	struct split_file *file = NULL;
	for (uint16_t lang = 0; (file = next_file(split, &lang));) {
		if (file->has_document && kind->end)
			kind->end(&file->writer);
		file->has_document = false;
	}
}

/* ---- The end ---- */

/* A full disk is mostly found before the first file has got its name. */
static int flush_all(const struct split *split)
{
	struct split_file *file = NULL;
	int rc = 0;
	for (uint16_t lang = 0; (file = next_file(split, &lang));) {
		if (file->sink.buf && sink_flush(&file->sink) < 0)
			rc = -1;
	}
	return rc;
}

int split_close(struct split *split, bool is_whole)
{
	struct split_file *file = NULL;
	int rc = is_whole ? flush_all(split) : 0;
	for (uint16_t lang = 0; (file = next_file(split, &lang));) {
		/* after one that failed the others are not kept either */
		if (sink_close(&file->sink, is_whole && rc == 0) < 0)
			rc = -1;
		write_free(&file->writer);
		free(file->path);
		free(file);
	}
	free(split->files);
	free(split->weights);
	free(split->langs);
	pick_free(&split->pick);
	*split = (struct split){.args = split->args};
	return rc;
}
