/*
 * A document as text: lafz_next_text, in chunks and by any kernel, against the tokens of lafz_next_batch in thorough mode put
 * together as lafz.h says, and the paragraphs of its pieces against theirs. Options are those with which plain lines are copied,
 * unless the input asks for others.
 *
 * The first four bytes are the language, which is guessed from 224 on (from 248 on: among some), kernel and chunks, other options,
 * and the seed of chunks; the rest is the document.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "stream.h"
#include "unicode/utf8.h"

struct setting {
	struct lafz_options options;
	const char *kernel;
	unsigned chunks;
	uint64_t seed;
};

static const char *kernel_of(unsigned number)
{
	size_t n = 0;
	int usable = 0;
	const char *names[16];
	for (size_t i = 0; lafz_kernel(i, &usable) && n < COUNT(names); i++) {
		if (usable)
			names[n++] = lafz_kernel(i, NULL);
	}
	return names[number % n];
}

/* Options of other ways than the short one, one at a time. */
static void set_other(struct lafz_options *options, unsigned other)
{
	options->on_invalid = (enum lafz_invalid)(other % 3);
	options->max_segment = other & 64 ? LAFZ_MIN_SEGMENT + other : 0;
	options->max_token = (other & 63) == 40 ? LAFZ_MIN_TOKEN : 0;
	options->unwrap = (other & 63) == 41;
	options->strip_marks = (other & 63) == 42;
	options->rules = (other & 63) == 43 ? LAFZ_RULES_UAX29 : LAFZ_RULES_DEFAULT;
	options->profile = (other & 63) == 44 ? LAFZ_PROFILE_NFC : LAFZ_PROFILE_STANDARD;
	options->want |= other & 128 ? LAFZ_WANT_ALL | LAFZ_WANT_GAPS : 0u;
}

static void set_languages(struct lafz_options *options, unsigned byte)
{
	const uint32_t n = byte < 224 ? 1 : byte < 248 ? 0 : byte - 246;
	for (uint32_t i = 0; i < n; i++)
		options->languages[i] = (uint16_t)((byte + 5 * i) % lafz_lang_count());
	options->n_languages = n;
}

static struct setting read_setting(struct text *input)
{
	struct setting setting = {.kernel = NULL};
	struct lafz_options *const options = &setting.options;
	lafz_options_init(options, sizeof *options);
	options->want = LAFZ_WANT_NORM | LAFZ_WANT_SENTS;
	set_languages(options, input_byte(input));
	const unsigned byte = input_byte(input);
	setting.kernel = kernel_of(byte % 8);
	setting.chunks = byte / 8;
	set_other(options, input_byte(input));
	setting.seed = input_byte(input);
	return setting;
}

/* ---- From batches ---- */

struct wanted {
	struct buf text;
	struct buf pars; /* a uint64_t for each line that is not empty */
	uint64_t sent;   /* of the line that is open */
	uint64_t last_par;
	int status;
	uint64_t error_offset;
};

static size_t n_lines(const struct wanted *wanted)
{
	return wanted->pars.len / sizeof(uint64_t);
}

static uint64_t par_at(const struct wanted *wanted, size_t i)
{
	uint64_t par = 0;
	memcpy(&par, wanted->pars.ptr + i * sizeof par, sizeof par);
	return par;
}

static void add_norm(struct buf *out, const char *norm, size_t len)
{
	while (len > 0) {
		const struct utf8 c = utf8_decode(norm, len);
		if (c.status == UTF8_CHAR)
			fuzz_add(out, norm, c.len);
		else
			fuzz_add(out, "\xEF\xBF\xBD", 3);
		norm += c.len;
		len -= c.len;
	}
}

static void add_batch(struct wanted *wanted, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n; i++) {
		const uint64_t par = batch->par_base + batch->par[i], sent = batch->sent_base + batch->sent[i];
		const size_t n = n_lines(wanted);
		if (batch->kind[i] == LAFZ_KIND_SPACE)
			continue;
		wanted->last_par = par;
		if (batch->norm_len[i] == 0)
			continue;
		if (n > 0 && sent == wanted->sent) {
			fuzz_add(&wanted->text, " ", 1);
		} else {
			if (n > 0)
				fuzz_add(&wanted->text, "\n\n", par_at(wanted, n - 1) == par ? 1 : 2);
			fuzz_add(&wanted->pars, &par, sizeof par);
		}
		wanted->sent = sent;
		add_norm(&wanted->text, batch->norm_text + batch->norm_off[i], batch->norm_len[i]);
	}
}

static int add_batches(struct lafz_stream *stream, struct wanted *wanted)
{
	const struct lafz_batch *batch = NULL;
	int rc = LAFZ_OK;
	while ((rc = lafz_next_batch(stream, &batch)) == LAFZ_BATCH)
		add_batch(wanted, batch);
	return rc;
}

static void make_wanted(const struct lafz_options *options, const struct text *doc, struct wanted *wanted)
{
	struct lafz_stream *stream = NULL;
	MUST(lafz_open(&stream, options) == LAFZ_OK, "lafz_open failed");
	stream_be_thorough(stream);
	MUST(lafz_feed(stream, doc->ptr, doc->len) == LAFZ_OK, "lafz_feed failed");
	wanted->status = add_batches(stream, wanted);
	if (wanted->status == LAFZ_MORE) {
		MUST(lafz_finish(stream) == LAFZ_OK, "lafz_finish failed");
		wanted->status = add_batches(stream, wanted);
	}
	if (n_lines(wanted) > 0)
		fuzz_add(&wanted->text, "\n", 1);
	(void)lafz_error(stream, &wanted->error_offset);
	lafz_close(stream);
}

/* ---- By lafz_next_text ---- */

struct got {
	struct buf text;
	size_t lines; /* that are not empty */
	bool is_odd;  /* the paragraphs of a piece are not those of its lines */
};

static void take_piece(struct got *got, const struct lafz_text *piece, const struct wanted *wanted)
{
	const size_t first = got->lines;
	MUST(piece->len > 0 && piece->text[piece->len - 1] == '\n', "a piece that is no row of lines");
	for (size_t i = 1; i < piece->len; i++)
		got->lines += piece->text[i] == '\n' && piece->text[i - 1] != '\n';
	fuzz_add(&got->text, piece->text, piece->len);
	if (got->lines == first || got->lines > n_lines(wanted)) {
		got->is_odd = true;
		return;
	}
	const uint64_t next = got->lines < n_lines(wanted) ? par_at(wanted, got->lines) : wanted->last_par;
	if (piece->first_par != par_at(wanted, first) || piece->last_par != par_at(wanted, got->lines - 1) ||
	    piece->par < piece->last_par || piece->par > next)
		got->is_odd = true;
}

static int take_pieces(struct lafz_stream *stream, struct got *got, const struct wanted *wanted)
{
	const struct lafz_text *piece = NULL;
	int rc = LAFZ_OK;
	while ((rc = lafz_next_text(stream, &piece)) == LAFZ_TEXT)
		take_piece(got, piece, wanted);
	return rc;
}

static size_t chunk_size(const struct setting *setting, uint64_t *state)
{
	switch (setting->chunks % 4) {
	case 0:
	case 1:
		return SIZE_MAX;
	case 2:
		return (size_t)(fuzz_random(state) % 8);
	default:
		return (size_t)(fuzz_random(state) % 400);
	}
}

static int read_document(struct lafz_stream *stream, const struct setting *setting, const struct text *doc,
                         struct got *got, const struct wanted *wanted)
{
	uint64_t state = setting->seed;
	int rc = LAFZ_MORE;
	for (size_t off = 0; rc == LAFZ_MORE && off < doc->len;) {
		size_t len = chunk_size(setting, &state);
		len = len < doc->len - off ? len : doc->len - off;
		char *const chunk = fuzz_copy(doc->ptr + off, len);
		MUST(lafz_feed(stream, chunk, len) == LAFZ_OK, "lafz_feed failed");
		rc = take_pieces(stream, got, wanted);
		free(chunk);
		off += len;
	}
	if (rc == LAFZ_MORE) {
		MUST(lafz_finish(stream) == LAFZ_OK, "lafz_finish failed");
		rc = take_pieces(stream, got, wanted);
	}
	return rc;
}

static void drop_got(struct got *got)
{
	fuzz_drop(&got->text);
	*got = (struct got){.lines = 0};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text doc = {(const char *)bytes, len};
	struct setting setting = read_setting(&doc);
	struct wanted wanted = {.sent = 0};
	struct got got = {.lines = 0};
	struct lafz_stream *stream = NULL;
	uint64_t error_offset = 0;
	make_wanted(&setting.options, &doc, &wanted);
	setting.options.kernel = setting.kernel;
	MUST(lafz_open(&stream, &setting.options) == LAFZ_OK, "lafz_open failed");
	if (setting.chunks & 4) {
		(void)read_document(stream, &setting, &doc, &got, &wanted);
		drop_got(&got);
		lafz_reset(stream);
	}
	const int rc = read_document(stream, &setting, &doc, &got, &wanted);
	fuzz_same("the text of batches, and the text", &wanted.text, &got.text);
	MUST(!got.is_odd, "the paragraphs of a piece are not those of its lines");
	MUST(rc == wanted.status, "status %d, not %d", rc, wanted.status);
	(void)lafz_error(stream, &error_offset);
	MUST(error_offset == wanted.error_offset, "offset of the failure");
	lafz_close(stream);
	drop_got(&got);
	fuzz_drop(&wanted.text);
	fuzz_drop(&wanted.pars);
	return 0;
}
