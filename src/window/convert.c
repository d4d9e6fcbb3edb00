#include "window/convert.h"

#include <stdio.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

#include "window/detect.h"

#define BAD_UNIT 0xDFFF /* a low surrogate alone, which no converter makes of good bytes */
#define BAD_BYTE '\xFF'
#define MARK 0xFEFFu /* U+FEFF as byte order mark */
#define UNITS 32     /* UTF-16 units that one byte can give; more are fetched in turn */

struct convert {
	UConverter *icu; /* NULL: bytes are UTF-8 and go through as they are */
	bool is_auto, is_known; /* is_known: what the document is in */
	struct detect detect;   /* owned; auto */
	struct buf sample;      /* owned; auto: the beginning of the document until it is known */
	char name[DETECT_NAME]; /* auto, if it is known */
	bool has_table;
	uint32_t table[256];
	size_t mark_len; /* UTF-16 and UTF-32 with a byte order mark, which ICU takes away: its bytes */
	char head[4]; /* the first bytes of the document */
	size_t head_len;
	bool has_text;     /* something has come out */
	uint32_t waiting;  /* bytes of the source since then */
	uint32_t lead;     /* a high surrogate that waits for its partner, or 0 */
	uint32_t lead_len; /* how many bytes were waiting when it came */
	/* What the last byte has shown to be ill-formed: how long each sequence is. */
	uint32_t bad_lens[UNITS];
	size_t n_bad;
	struct buf text;  /* owned: what came out of the last call */
	uint32_t *lens;   /* owned: for each byte of UTF-8 the bytes of the source it begins with */
	size_t lens_first, lens_end, lens_cap;
	uint64_t off; /* in the source: where the first of them begins */
};

/* ---- Opening ---- */

static void on_bad(const void *ctx, UConverterToUnicodeArgs *args, const char *bytes, int32_t len,
                   UConverterCallbackReason reason, UErrorCode *error)
{
	struct convert *convert = (struct convert *)ctx;
	(void)bytes;
	if (reason > UCNV_IRREGULAR)
		return;
	if (convert->n_bad < UNITS)
		convert->bad_lens[convert->n_bad++] = (uint32_t)len;
	const UChar unit = BAD_UNIT;
	*error = U_ZERO_ERROR;
	ucnv_cbToUWriteUChars(args, &unit, 1, 0, error);
}

/* False if a byte gives more than one unit, or none. */
static bool make_table(struct convert *convert)
{
	const UConverterType type = ucnv_getType(convert->icu);
	if (type != UCNV_SBCS && type != UCNV_LATIN_1 && type != UCNV_US_ASCII)
		return false;
	for (unsigned i = 0; i < 256; i++) {
		const char byte = (char)i;
		const char *from = &byte;
		UChar units[UNITS];
		UChar *to = units;
		UErrorCode error = U_ZERO_ERROR;
		ucnv_resetToUnicode(convert->icu);
		ucnv_toUnicode(convert->icu, &to, units + UNITS, &from, &byte + 1, NULL, true,
		               &error);
		if (U_FAILURE(error) || to != units + 1)
			return false;
		convert->table[i] = units[0];
	}
	return true;
}

/* LAFZ_OK, LAFZ_ERR_MEMORY, or LAFZ_ERR_OPTION if ICU does not know the encoding. */
static int open_icu(struct convert *convert, const char *encoding)
{
	UErrorCode error = U_ZERO_ERROR;
	convert->icu = ucnv_open(encoding, &error);
	if (U_SUCCESS(error) && convert->icu && *encoding)
		ucnv_setToUCallBack(convert->icu, on_bad, convert, NULL, NULL, &error);
	if (U_FAILURE(error) || !convert->icu || !*encoding)
		return error == U_MEMORY_ALLOCATION_ERROR ? LAFZ_ERR_MEMORY : LAFZ_ERR_OPTION;
	convert->has_table = make_table(convert);
	const UConverterType type = ucnv_getType(convert->icu);
	convert->mark_len = type == UCNV_UTF16 ? 2 : type == UCNV_UTF32 ? 4 : 0;
	return LAFZ_OK;
}

static void close_icu(struct convert *convert)
{
	if (convert->icu)
		ucnv_close(convert->icu);
	convert->icu = NULL;
	convert->has_table = false;
	convert->mark_len = 0;
}

int convert_open(struct convert **out, const char *encoding, const struct lafz_allocator *mem)
{
	*out = NULL;
	if (!encoding || ucnv_compareNames(encoding, "UTF-8") == 0)
		return LAFZ_OK;
	struct convert *convert = mem_alloc_zero(mem, sizeof *convert);
	if (!convert)
		return LAFZ_ERR_MEMORY;
	convert->is_auto = strcmp(encoding, "auto") == 0;
	const int rc = convert->is_auto ? detect_open(&convert->detect) : open_icu(convert, encoding);
	if (rc < 0) {
		convert_close(convert, mem);
		return rc;
	}
	convert_reset(convert);
	*out = convert;
	return LAFZ_OK;
}

void convert_close(struct convert *convert, const struct lafz_allocator *mem)
{
	if (!convert)
		return;
	close_icu(convert);
	detect_close(&convert->detect);
	buf_free(&convert->sample, mem);
	buf_free(&convert->text, mem);
	mem_free(mem, convert->lens);
	mem_free(mem, convert);
}

void convert_reset(struct convert *convert)
{
	if (convert->icu)
		ucnv_resetToUnicode(convert->icu);
	convert->is_known = !convert->is_auto;
	convert->sample.len = 0;
	convert->head_len = 0;
	convert->has_text = false;
	convert->waiting = 0;
	convert->lead = 0;
	convert->text.len = 0;
	convert->lens_first = convert->lens_end = 0;
	convert->off = 0;
}

/* ---- Converting ---- */

static size_t encode(uint32_t cp, char out[4])
{
	if (U_IS_SURROGATE(cp)) {
		out[0] = BAD_BYTE;
		return 1;
	}
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	const size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	for (size_t i = len; i-- > 1; cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3F));
	out[0] = (char)(len == 2 ? 0xC0 | cp : len == 3 ? 0xE0 | cp : 0xF0 | cp);
	return len;
}

/* A character that was made from source_len bytes. */
static int put(struct convert *convert, const struct lafz_allocator *mem, uint32_t cp,
               uint32_t source_len)
{
	char bytes[4];
	const size_t len = encode(cp, bytes);
	int rc = buf_append(&convert->text, mem, bytes, len);
	if (rc == LAFZ_OK)
		rc = mem_reserve(mem, &convert->lens, &convert->lens_cap, convert->lens_end + len,
		                 sizeof *convert->lens);
	if (rc < 0)
		return rc;
	convert->lens[convert->lens_end++] = source_len;
	for (size_t i = 1; i < len; i++)
		convert->lens[convert->lens_end++] = 0;
	return LAFZ_OK;
}

static bool has_mark(const struct convert *convert)
{
	const char *head = convert->head;
	if (convert->mark_len == 0 || convert->head_len < convert->mark_len)
		return false;
	if (convert->mark_len == 2)
		return memcmp(head, "\xFE\xFF", 2) == 0 || memcmp(head, "\xFF\xFE", 2) == 0;
	return memcmp(head, "\0\0\xFE\xFF", 4) == 0 || memcmp(head, "\xFF\xFE\0\0", 4) == 0;
}

/* Before the first character: the mark that ICU has taken away. */
static int begin(struct convert *convert, const struct lafz_allocator *mem)
{
	convert->has_text = true;
	if (!has_mark(convert) || convert->waiting < convert->mark_len)
		return LAFZ_OK;
	convert->waiting -= (uint32_t)convert->mark_len;
	return put(convert, mem, MARK, (uint32_t)convert->mark_len);
}

/* A character made from the first len bytes that wait, those of a mark not counted. */
static int take(struct convert *convert, const struct lafz_allocator *mem, uint32_t cp, uint32_t len)
{
	int rc = convert->has_text ? LAFZ_OK : begin(convert, mem);
	len = len < convert->waiting ? len : convert->waiting;
	if (rc == LAFZ_OK)
		rc = put(convert, mem, cp, len);
	convert->waiting -= len;
	return rc;
}

/* A high surrogate without its partner. */
static int take_lead(struct convert *convert, const struct lafz_allocator *mem)
{
	const uint32_t lead = convert->lead;
	convert->lead = 0;
	return take(convert, mem, lead, convert->lead_len);
}

/* How far the units of one call are taken. */
struct bad_state {
	size_t bad;     /* ill-formed sequences among them */
	int32_t n_left; /* units that follow */
};

/*
 * How many of the bytes that wait a unit is made from. What is ill-formed gets its own bytes, since the
 * converter may hold more of them by then, and what follows it in the same call one at least.
 */
static uint32_t share(const struct convert *convert, const struct bad_state *state, bool is_bad)
{
	if (convert->n_bad == 0 || (!is_bad && state->n_left == 0))
		return convert->waiting;
	return is_bad ? convert->bad_lens[state->bad] : 1;
}

/* Some converters (UTF-7, SCSU, CESU-8) give the two units of a pair one after the other. */
static int put_units(struct convert *convert, const struct lafz_allocator *mem, const UChar *units,
                     int32_t n)
{
	struct bad_state state = {0};
	for (int32_t i = 0; i < n; i++) {
		uint32_t cp = units[i];
		int rc = LAFZ_OK;
		const bool is_bad = cp == BAD_UNIT && state.bad < convert->n_bad;
		state.n_left = n - 1 - i;
		if (convert->lead && U16_IS_TRAIL(cp) && !is_bad) {
			cp = (uint32_t)U16_GET_SUPPLEMENTARY(convert->lead, cp);
			convert->lead = 0;
		} else if (convert->lead) {
			rc = take_lead(convert, mem);
		}
		const uint32_t len = share(convert, &state, is_bad);
		state.bad += is_bad;
		if (U16_IS_LEAD(cp)) {
			convert->lead = cp;
			convert->lead_len = len;
		} else if (rc == LAFZ_OK) {
			rc = take(convert, mem, cp, len);
		}
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

/* Hands ICU len bytes, at most one, and takes all that comes out. */
static int convert_one(struct convert *convert, const struct lafz_allocator *mem, const char *byte,
                       size_t len, bool is_end)
{
	const char *from = byte;
	UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
	convert->n_bad = 0;
	while (error == U_BUFFER_OVERFLOW_ERROR) {
		UChar units[UNITS];
		UChar *to = units;
		error = U_ZERO_ERROR;
		ucnv_toUnicode(convert->icu, &to, units + UNITS, &from, byte + len, NULL, is_end,
		               &error);
		if (error == U_MEMORY_ALLOCATION_ERROR)
			return LAFZ_ERR_MEMORY;
		if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR)
			return LAFZ_ERR_UNICODE;
		const int rc = put_units(convert, mem, units, (int32_t)(to - units));
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

static int convert_slowly(struct convert *convert, const struct lafz_allocator *mem,
                          const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (convert->head_len < sizeof convert->head)
			convert->head[convert->head_len++] = bytes[i];
		convert->waiting++;
		const int rc = convert_one(convert, mem, bytes + i, 1, false);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

static int convert_by_table(struct convert *convert, const struct lafz_allocator *mem,
                            const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const int rc = put(convert, mem, convert->table[(unsigned char)bytes[i]], 1);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

static int pass(struct convert *convert, const struct lafz_allocator *mem, const char *bytes, size_t len)
{
	int rc = buf_append(&convert->text, mem, bytes, len);
	if (rc == LAFZ_OK)
		rc = mem_reserve(mem, &convert->lens, &convert->lens_cap, convert->lens_end + len,
		                 sizeof *convert->lens);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < len; i++)
		convert->lens[convert->lens_end++] = 1;
	return LAFZ_OK;
}

static int convert_piece(struct convert *convert, const struct lafz_allocator *mem, const char *bytes,
                         size_t len)
{
	if (!convert->icu)
		return pass(convert, mem, bytes, len);
	return convert->has_table ? convert_by_table(convert, mem, bytes, len)
	                          : convert_slowly(convert, mem, bytes, len);
}

/* Opens what the name says; one that ICU knows only to detect it is read as UTF-8. */
static int open_named(struct convert *convert, const char *name)
{
	const bool is_same = convert->icu && strcmp(convert->name, name) == 0;
	if (!is_same) {
		close_icu(convert);
		snprintf(convert->name, sizeof convert->name, "%s", name);
	}
	const int rc = is_same || strcmp(name, "UTF-8") == 0 ? LAFZ_OK : open_icu(convert, name);
	if (rc != LAFZ_ERR_OPTION)
		return rc;
	close_icu(convert);
	snprintf(convert->name, sizeof convert->name, "UTF-8");
	return LAFZ_OK;
}

/* Takes what is still wanted to know the encoding. Then all of it is converted. */
static int look(struct convert *convert, const struct lafz_allocator *mem, const char **bytes,
                size_t *len, bool is_end)
{
	char name[DETECT_NAME];
	const size_t room = DETECT_LEN - convert->sample.len;
	const size_t n = *len < room ? *len : room;
	int rc = buf_append(&convert->sample, mem, *bytes, n);
	if (rc < 0)
		return rc;
	if (n > 0) /* at the end there are no bytes, not even a pointer */
		*bytes += n;
	*len -= n;
	const bool is_whole = is_end && *len == 0;
	if (n < room && !is_whole)
		return LAFZ_OK;
	const struct buf *sample = &convert->sample;
	rc = detect_name(&convert->detect, sample->ptr, sample->len, is_whole, name);
	if (rc == LAFZ_OK)
		rc = open_named(convert, name);
	if (rc < 0)
		return rc;
	convert->is_known = true;
	return convert_piece(convert, mem, sample->ptr, sample->len);
}

/* At the end: a character that is cut off, half a pair, and a mark with nothing behind it. */
static int convert_end(struct convert *convert, const struct lafz_allocator *mem)
{
	const char nothing = 0;
	int rc = convert_one(convert, mem, &nothing, 0, true);
	if (rc == LAFZ_OK && convert->lead)
		rc = take_lead(convert, mem);
	if (rc == LAFZ_OK && !convert->has_text)
		rc = begin(convert, mem);
	return rc;
}

int convert_bytes(struct convert *convert, const struct lafz_allocator *mem, const char *bytes,
                  size_t len, bool is_end, const char **text, size_t *text_len)
{
	const size_t n = convert->lens_end - convert->lens_first;
	if (convert->lens_first > 0)
		memmove(convert->lens, convert->lens + convert->lens_first,
		        n * sizeof *convert->lens);
	convert->lens_first = 0;
	convert->lens_end = n;
	convert->text.len = 0;
	int rc = convert->is_known ? LAFZ_OK : look(convert, mem, &bytes, &len, is_end);
	if (rc == LAFZ_OK && convert->is_known)
		rc = convert_piece(convert, mem, bytes, len);
	if (rc == LAFZ_OK && is_end && convert->icu && !convert->has_table)
		rc = convert_end(convert, mem);
	*text = convert->text.ptr;
	*text_len = convert->text.len;
	return rc;
}

bool convert_can(const char *encoding, const char *text, size_t len)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *icu = ucnv_open(encoding, &error);
	if (U_FAILURE(error))
		return false;
	ucnv_setToUCallBack(icu, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
	const char *from = text, *end = text + len;
	do {
		UChar units[1024];
		UChar *to = units;
		error = error == U_BUFFER_OVERFLOW_ERROR ? U_ZERO_ERROR : error;
		ucnv_toUnicode(icu, &to, units + 1024, &from, end, NULL, false, &error);
	} while (error == U_BUFFER_OVERFLOW_ERROR);
	ucnv_close(icu);
	return U_SUCCESS(error);
}

const char *convert_name(const struct convert *convert)
{
	UErrorCode error = U_ZERO_ERROR;
	if (!convert->is_known)
		return NULL;
	return convert->is_auto ? convert->name : ucnv_getName(convert->icu, &error);
}

/* ---- The way back ---- */

uint64_t convert_source(const struct convert *convert, size_t n)
{
	uint64_t off = convert->off;
	for (size_t i = 0; i < n && convert->lens_first + i < convert->lens_end; i++)
		off += convert->lens[convert->lens_first + i];
	return off;
}

/* A place inside a character is its end. */
void convert_offsets(const struct convert *convert, size_t len, uint32_t *offsets)
{
	offsets[0] = 0;
	for (size_t i = 0; i < len; i++)
		offsets[i + 1] = offsets[i] + convert->lens[convert->lens_first + i];
}

void convert_drop(struct convert *convert, size_t n)
{
	convert->off = convert_source(convert, n);
	convert->lens_first += n;
}
