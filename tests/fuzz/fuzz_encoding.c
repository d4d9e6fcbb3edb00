/*
 * A document in another encoding, in one piece and in chunks: the same tokens, whose offsets cover the
 * source, and whose text is UTF-8 but for a byte FF where the source is ill-formed.
 *
 * The first four bytes are the encoding, the options and the chunks, the rest is the document.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

struct encoding {
	const char *name;
	bool has_shifts; /* bytes that make no character: at the end they belong to no token */
};

static const struct encoding encodings[] = {
	{"utf-8", false},        {"windows-1256", false}, {"iso-8859-6", false},
	{"utf-16", false},       {"utf-16le", false},     {"utf-16be", false},
	{"utf-32", false},       {"utf-32le", false},     {"utf-7", true},
	{"windows-1252", false}, {"iso-8859-1", false},   {"windows-1254", false},
	{"ibm864", false},       {"ibm420", false},       {"gb18030", false},
	{"shift_jis", false},    {"iso-2022-jp", true},   {"iso-2022-kr", true},
	{"euc-kr", false},       {"big5", false},         {"hz", true},
	{"scsu", true},          {"bocu-1", true},        {"cesu-8", false},
	{"x-mac-arabic", false}, {"us-ascii", false},     {"IMAP-mailbox-name", true},
	{"iso-2022-cn", true},   {"lmbcs-1", true},       {"iscii,version=0", true},
};

struct reading {
	const struct lafz_options *options;
	bool has_shifts;
	struct text doc;
	uint64_t seed;
	uint64_t last; /* where the last token ended */
	struct buf said;
	int status;
};

/* Of UTF-8 nothing is converted. */
static void check_surface(const struct reading *reading, const struct lafz_token *token)
{
	if (strcmp(reading->options->encoding, "utf-8") == 0)
		return;
	for (size_t i = 0; i < token->surface_len;) {
		size_t n = 0;
		if (token->surface[i] == (char)0xFF) {
			MUST(token->flags & LAFZ_FLAG_REPAIRED, "a byte FF without the flag");
			i++;
			continue;
		}
		while (i + n < token->surface_len && token->surface[i + n] != (char)0xFF)
			n++;
		fuzz_utf8("surface", token->surface + i, n);
		i += n;
	}
}

static void add_token(struct reading *reading, const struct lafz_token *token)
{
	const uint64_t numbers[9] = {token->start, token->end,   token->cstart,
	                             token->cend,  token->par,   token->sent,
	                             token->run,   token->flags, token->kind};
	MUST(token->start == reading->last, "a hole or an overlap at %llu",
	     (unsigned long long)token->start);
	MUST(token->end >= token->start && token->end <= reading->doc.len,
	     "a token beyond the end");
	/* one byte may stand for two characters, but not in these */
	MUST(token->end > token->start || reading->has_shifts, "a token without bytes at %llu",
	     (unsigned long long)token->start);
	MUST(token->cend > token->cstart, "a token without characters");
	reading->last = token->end;
	check_surface(reading, token);
	if (reading->options->profile != LAFZ_PROFILE_NONE)
		fuzz_utf8("norm", token->norm, token->norm_len);
	fuzz_utf8("key", token->key, token->key_len);
	fuzz_add(&reading->said, numbers, sizeof numbers);
	fuzz_add(&reading->said, token->surface, token->surface_len);
	fuzz_add(&reading->said, token->norm, token->norm_len);
	fuzz_add(&reading->said, token->key, token->key_len);
}

static int drain(struct lafz_stream *stream, struct reading *reading)
{
	const struct lafz_token *token = NULL;
	int rc = 0;
	while ((rc = lafz_next(stream, &token)) == LAFZ_TOKEN)
		add_token(reading, token);
	return rc;
}

static void read_document(struct reading *reading)
{
	struct lafz_stream *stream = NULL;
	uint64_t state = reading->seed;
	reading->status = lafz_open(&stream, reading->options);
	MUST(reading->status == LAFZ_OK || reading->status == LAFZ_ERR_OPTION, "lafz_open failed");
	/* an ICU without this converter */
	if (reading->status == LAFZ_ERR_OPTION)
		return;
	size_t off = 0;
	int rc = LAFZ_MORE;
	while (rc == LAFZ_MORE && off < reading->doc.len) {
		size_t len = reading->seed == 0 ? reading->doc.len
		                                : (size_t)(fuzz_random(&state) % 7);
		len = len < reading->doc.len - off ? len : reading->doc.len - off;
		char *chunk = fuzz_copy(reading->doc.ptr + off, len);
		MUST(lafz_feed(stream, chunk, len) == LAFZ_OK, "lafz_feed failed");
		rc = drain(stream, reading);
		free(chunk);
		off += len;
	}
	if (rc == LAFZ_MORE) {
		MUST(lafz_finish(stream) == LAFZ_OK, "lafz_finish failed");
		rc = drain(stream, reading);
	}
	reading->status = rc;
	if (rc == LAFZ_OK && !reading->has_shifts)
		MUST(reading->last == reading->doc.len, "nothing covers the end");
	lafz_close(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {(const char *)bytes, len};
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	const struct encoding *encoding = &encodings[input_byte(&input) % COUNT(encodings)];
	options.encoding = encoding->name;
	const unsigned byte = input_byte(&input);
	options.rules = (enum lafz_rules)(byte % 3);
	options.profile = (enum lafz_profile)(byte / 3 % 3);
	options.on_invalid = (enum lafz_invalid)(byte / 9 % 3);
	options.unwrap = byte >> 7;
	options.want |= LAFZ_WANT_GAPS;
	const unsigned segment = input_byte(&input);
	options.max_segment = segment > 0 ? LAFZ_MIN_SEGMENT + segment - 1 : 0;
	const uint64_t seed = 1 + input_byte(&input);
	const struct reading whole_of = {
		.options = &options, .has_shifts = encoding->has_shifts, .doc = input};
	struct reading whole = whole_of, parts = whole_of;
	parts.seed = seed;
	read_document(&whole);
	read_document(&parts);
	MUST(whole.status == parts.status, "status %d in chunks, not %d", parts.status, whole.status);
	fuzz_same("in chunks", &whole.said, &parts.said);
	fuzz_drop(&whole.said);
	fuzz_drop(&parts.said);
	return 0;
}
