/*
 * A document as text: lafz_next_text, in chunks and by any kernel, against the tokens of lafz_next_batch in thorough mode put
 * together as lafz.h says (text_model.h), and the paragraphs of its pieces against theirs. Options are those with which plain
 * lines are copied, unless the input asks for others.
 *
 * The first four bytes are the language, which is guessed from 224 on (from 248 on: among some), kernel and chunks, other options,
 * and the seed of chunks; the rest is the document.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "stream.h"
#include "../text_model.h"

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
	static const char *const folds[] = {"ps-inner-yeh"};
	const unsigned one = other & 63;
	options->on_invalid = (enum lafz_invalid)(other % 3);
	options->max_segment = other & 64 ? LAFZ_MIN_SEGMENT + other : 0;
	options->max_token = one == 40 ? LAFZ_MIN_TOKEN : 0;
	options->unwrap = one == 41;
	options->strip_marks = one == 42;
	options->rules = one == 43 ? LAFZ_RULES_UAX29 : one == 52 ? LAFZ_RULES_SEARCH : LAFZ_RULES_DEFAULT;
	options->profile = one == 44 ? LAFZ_PROFILE_NFC : one == 53 ? LAFZ_PROFILE_NONE : LAFZ_PROFILE_STANDARD;
	options->lower = one == 45;
	options->unify_punct = one == 46;
	options->drop_zwnj = one == 47;
	options->digits = one == 48 || one == 49 ? (enum lafz_digits)(one - 47) : (enum lafz_digits)0;
	options->folds = folds;
	options->n_folds = one == 50;
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

/* ---- Both ways ---- */

static void read_batches(const struct lafz_options *options, const struct text *doc, struct text_model *wanted)
{
	struct lafz_stream *stream = NULL;
	MUST(lafz_open(&stream, options) == LAFZ_OK, "lafz_open failed");
	stream_be_thorough(stream);
	text_model_read(wanted, stream, doc->ptr, doc->len);
	lafz_close(stream);
}

struct got {
	struct buf text;
	size_t lines;    /* that are not empty */
	const char *odd; /* what is wrong with a piece */
};

static int take_pieces(struct lafz_stream *stream, struct got *got, const struct text_model *wanted)
{
	const struct lafz_text *piece = NULL;
	int rc = LAFZ_OK;
	while ((rc = lafz_next_text(stream, &piece)) == LAFZ_TEXT) {
		const char *const odd = text_model_take(wanted, piece, &got->text, &got->lines);
		got->odd = got->odd ? got->odd : odd;
	}
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
                         struct got *got, const struct text_model *wanted)
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
	struct text_model wanted = {.sent = 0};
	struct got got = {.lines = 0};
	struct lafz_stream *stream = NULL;
	uint64_t error_offset = 0;
	read_batches(&setting.options, &doc, &wanted);
	setting.options.kernel = setting.kernel;
	MUST(lafz_open(&stream, &setting.options) == LAFZ_OK, "lafz_open failed");
	stream_tell_lines(stream);
	if (setting.chunks & 4) {
		(void)read_document(stream, &setting, &doc, &got, &wanted);
		drop_got(&got);
		lafz_reset(stream);
	}
	const int rc = read_document(stream, &setting, &doc, &got, &wanted);
	fuzz_same("the text of batches, and the text", &wanted.text, &got.text);
	MUST(!got.odd, "%s", got.odd);
	MUST(rc == wanted.status, "status %d, not %d", rc, wanted.status);
	(void)lafz_error(stream, &error_offset);
	MUST(error_offset == wanted.error_offset, "offset of the failure");
	lafz_close(stream);
	drop_got(&got);
	text_model_free(&wanted);
	return 0;
}
