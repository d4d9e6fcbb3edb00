/*
 * The parts of Lafz by themselves, on a text in memory.
 *
 *	library kernels            the scanner kernels that run here, one a line, slowest first
 *	library scan KERNEL FILE   the scanner alone, over pieces of 64 KiB
 *	library stream TAGS FILE   all stages, norm and sentences, read by batches; TAGS are languages
 *	                           with commas between, or "all"
 *	library documents TAGS FILE   a million documents of about 100 bytes, cut out of FILE
 *	library texts TAGS FILE   the same, read as text
 *
 * Writes one line: bytes, items (atoms, tokens, documents), processor-seconds, cycles, instructions,
 * counted|reckoned (counter.h).
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>

#include "base/mem.h"
#include "counter.h"
#include "scan/scan.h"

#define PIECE 65536u
#define SCANNED 500000000u /* bytes that the scanner is timed on, or a little more */
#define DOCUMENTS 1000000u
#define DOCUMENT 100u /* bytes, up to the end of the character there */

struct text {
	char *ptr; /* owned */
	size_t len;
};

struct work {
	uint64_t bytes, items;
};

static void die(const char *what)
{
	fprintf(stderr, "library: %s\n", what);
	exit(1);
}

static struct text read_file(const char *path)
{
	struct text text = {0};
	FILE *const file = fopen(path, "rb");
	if (!file)
		die("cannot open the file");
	for (size_t cap = 0, n = 1; n > 0; text.len += n) {
		if (text.len == cap) {
			cap = cap ? 2 * cap : 1u << 20;
			text.ptr = realloc(text.ptr, cap);
			if (!text.ptr)
				die("out of memory");
		}
		n = fread(text.ptr + text.len, 1, cap - text.len, file);
	}
	if (ferror(file) || text.len == 0)
		die("cannot read the file, or it is empty");
	fclose(file);
	return text;
}

/* ---- The scanner ---- */

static int list_kernels(void)
{
	for (size_t i = 0; scan_kernel_at(i); i++)
		if (scan_kernel_at(i)->is_usable())
			puts(scan_kernel_at(i)->name);
	return 0;
}

static struct work scan(const char *name, const struct text *text)
{
	const struct scan_kernel *const kernel = scan_kernel_find(name);
	const struct lafz_allocator *const mem = &mem_default;
	struct atoms atoms = {0};
	struct work work = {0};
	if (!kernel)
		die("no such kernel here");
	if (scan_reserve(&atoms, mem, PIECE) < 0)
		die("out of memory");
	while (work.bytes < SCANNED) {
		for (size_t at = 0; at < text->len; at += PIECE) {
			const size_t left = text->len - at;
			const uint32_t len = left < PIECE ? (uint32_t)left : PIECE;
			kernel->scan(text->ptr + at, len, &atoms);
			work.bytes += len;
			work.items += atoms.n;
		}
	}
	scan_free(&atoms, mem);
	return work;
}

/* ---- Streams ---- */

static void set_languages(struct lafz_options *options, const char *tags)
{
	char tag[16];
	if (strcmp(tags, "all") == 0)
		return;
	for (const char *at = tags; *at;) {
		const size_t len = strcspn(at, ",");
		if (len >= sizeof tag || options->n_languages == LAFZ_MAX_LANGUAGES)
			die("bad list of languages");
		memcpy(tag, at, len);
		tag[len] = '\0';
		options->languages[options->n_languages++] = lafz_lang_id(tag);
		at += len + (at[len] == ',');
	}
}

static struct lafz_stream *open_stream(const char *tags)
{
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_NORM | LAFZ_WANT_RUNS | LAFZ_WANT_SENTS;
	options.kernel = getenv("LAFZ_KERNEL");
	set_languages(&options, tags);
	if (lafz_open(&stream, &options) < 0)
		die("lafz_open failed");
	return stream;
}

/* What can be read after what was fed; the number of tokens. */
static uint64_t drain(struct lafz_stream *stream)
{
	const struct lafz_batch *batch = NULL;
	uint64_t tokens = 0;
	int rc = 0;
	while ((rc = lafz_next_batch(stream, &batch)) == LAFZ_BATCH)
		tokens += batch->n;
	if (rc < 0)
		die(lafz_strerror(rc));
	return tokens;
}

static uint64_t feed(struct lafz_stream *stream, const char *bytes, size_t len)
{
	if (lafz_feed(stream, bytes, len) < 0)
		die("lafz_feed failed");
	return drain(stream);
}

static uint64_t finish(struct lafz_stream *stream)
{
	if (lafz_finish(stream) < 0)
		die("lafz_finish failed");
	return drain(stream);
}

static struct work stream_text(struct lafz_stream *stream, const struct text *text)
{
	struct work work = {.bytes = text->len};
	for (size_t at = 0; at < text->len; at += PIECE) {
		const size_t left = text->len - at;
		work.items += feed(stream, text->ptr + at, left < PIECE ? left : PIECE);
	}
	work.items += finish(stream);
	return work;
}

/* Where the document that begins at the offset ends: behind a whole character. */
static size_t document_end(const struct text *text, size_t at)
{
	size_t end = at + DOCUMENT;
	while (end < text->len && ((unsigned char)text->ptr[end] & 0xC0) == 0x80)
		end++;
	return end < text->len ? end : text->len;
}

/* The same as text; its bytes. */
static uint64_t finish_text(struct lafz_stream *stream)
{
	const struct lafz_text *out = NULL;
	uint64_t bytes = 0;
	int rc = lafz_finish(stream);
	while (rc >= LAFZ_OK && (rc = lafz_next_text(stream, &out)) == LAFZ_TEXT)
		bytes += out->len;
	if (rc < 0)
		die(lafz_strerror(rc));
	return bytes;
}

static struct work stream_documents(struct lafz_stream *stream, const struct text *text, bool as_text)
{
	struct work work = {.items = DOCUMENTS};
	size_t at = 0;
	for (size_t i = 0; i < DOCUMENTS; i++) {
		const size_t end = document_end(text, at);
		lafz_reset(stream);
		/* All is lent, so that one batch has the whole document. */
		if (lafz_feed(stream, text->ptr + at, end - at) < 0)
			die("lafz_feed failed");
		if (as_text)
			finish_text(stream);
		else
			finish(stream);
		work.bytes += end - at;
		at = end < text->len ? end : 0;
	}
	return work;
}

static void report(const struct work *work, const struct cost *cost)
{
	printf("%" PRIu64 " %" PRIu64 " %.6f %" PRIu64 " %" PRIu64 " %s\n", work->bytes,
	       work->items, cost->seconds, cost->cycles, cost->instructions,
	       cost->is_counted ? "counted" : "reckoned");
}

int main(int argc, char **argv)
{
	const char *const job = argc > 1 ? argv[1] : "";
	const bool is_scan = strcmp(job, "scan") == 0, is_stream = strcmp(job, "stream") == 0;
	const bool is_text = strcmp(job, "texts") == 0;
	struct counter counter;
	struct work work;
	if (argc == 2 && strcmp(job, "kernels") == 0)
		return list_kernels();
	if (argc != 4 || (!is_scan && !is_stream && !is_text && strcmp(job, "documents") != 0)) {
		fprintf(stderr, "usage: library kernels | scan KERNEL FILE | stream TAGS FILE | "
		                "documents TAGS FILE | texts TAGS FILE\n");
		return 2;
	}
	const struct text text = read_file(argv[3]);
	struct lafz_stream *const stream = is_scan ? NULL : open_stream(argv[2]);
	counter_open(&counter, false);
	counter_start(&counter);
	if (is_scan)
		work = scan(argv[2], &text);
	else
		work = is_stream ? stream_text(stream, &text) : stream_documents(stream, &text, is_text);
	const struct cost cost = counter_stop(&counter, -1);
	report(&work, &cost);
	lafz_close(stream);
	free(text.ptr);
	return 0;
}
