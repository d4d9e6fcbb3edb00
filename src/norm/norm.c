#include "norm/norm.h"

#include "norm/fold.h"
#include "norm/forms.h"
#include "norm/places.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/*
 * The folds act again as long as marks came to another letter after them. Each time takes out at least one ZWNJ that
 * stood between marks; two rounds have always been enough, and the bound keeps it linear.
 */
#define MOST_ROUNDS 4

/* ---- Code points and bytes ---- */

/*
 * Twice the bytes are enough for all that follows: a presentation form (3 bytes) makes at most 4 code points, also
 * decomposed; others decompose to at most 3 from 2 bytes and to 4 from more.
 */
int norm_decode(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
                enum lafz_invalid on_invalid, size_t *n)
{
	size_t room = 0;
	if (!size_mul(len, 2, &room))
		return LAFZ_ERR_MEMORY;
	int rc = mem_reserve(mem, &norm->cps, &norm->cap, room, sizeof *norm->cps);
	if (rc == LAFZ_OK)
		rc = mem_reserve(mem, &norm->alt, &norm->alt_cap, room, sizeof *norm->alt);
	if (rc < 0)
		return rc;
	*n = 0;
	for (size_t off = 0; off < len;) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		if (c.status == UTF8_CHAR || on_invalid != LAFZ_INVALID_DROP)
			norm->cps[(*n)++] = c.cp;
		off += c.len;
	}
	return LAFZ_OK;
}

int norm_encode(const struct lafz_allocator *mem, const uint32_t *cps, size_t n, struct buf *out)
{
	size_t room = 0;
	if (!size_mul(n, UTF8_MAX, &room))
		return LAFZ_ERR_MEMORY;
	const int rc = buf_reserve(out, mem, room);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		out->len += utf8_encode(cps[i], out->ptr + out->len);
	return LAFZ_OK;
}

bool norm_piece(const char *text, size_t text_len, size_t *len)
{
	struct utf8 c = utf8_decode(text, text_len);
	const bool is_space = places_is_space(c.cp);
	size_t off = 0;
	while (off < text_len && places_is_space(c.cp) == is_space) {
		off += c.len;
		c = utf8_decode(text + off, text_len - off);
	}
	*len = off;
	return is_space;
}

static void swap(struct norm *norm)
{
	uint32_t *const cps = norm->cps;
	const size_t cap = norm->cap;
	norm->cps = norm->alt;
	norm->cap = norm->alt_cap;
	norm->alt = cps;
	norm->alt_cap = cap;
}

static ptrdiff_t compose(struct norm *norm, const struct lafz_allocator *mem, size_t n)
{
	if (nfc_is_composed(norm->cps, n))
		return (ptrdiff_t)n;
	return nfc_compose(&norm->nfc, mem, norm->cps, n, norm->cap);
}

/* What was appended from begin on is the result, unless it is the source. */
static int finish(const char *text, size_t len, struct buf *out, size_t begin)
{
	if (out->len - begin != len || (len > 0 && memcmp(out->ptr + begin, text, len) != 0))
		return 1;
	out->len = begin;
	return 0;
}

void norm_free(struct norm *norm, const struct lafz_allocator *mem)
{
	mem_free(mem, norm->cps);
	mem_free(mem, norm->alt);
	nfc_free(&norm->nfc, mem);
	*norm = (struct norm){0};
}

/* ---- NFC ---- */

/* Well-formed and composed as it is. */
static bool is_composed(const char *text, size_t len)
{
	uint8_t before = 0;
	for (size_t off = 0; off < len;) {
		if ((unsigned char)text[off] < 0x80) {
			before = 0;
			off++;
			continue;
		}
		const struct utf8 c = utf8_decode(text + off, len - off);
		const uint8_t ccc = ucd_get(c.cp)->ccc;
		if (c.status != UTF8_CHAR || (ccc > 0 && ccc < before) || !nfc_is_quick(c.cp))
			return false;
		before = ccc;
		off += c.len;
	}
	return true;
}

int norm_nfc(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
             enum lafz_invalid on_invalid, struct buf *out)
{
	if (is_composed(text, len))
		return 0;
	size_t n = 0;
	int rc = norm_decode(norm, mem, text, len, on_invalid, &n);
	if (rc < 0)
		return rc;
	const ptrdiff_t left = compose(norm, mem, n);
	if (left < 0)
		return (int)left;
	const size_t begin = out->len;
	rc = norm_encode(mem, norm->cps, (size_t)left, out);
	return rc < 0 ? rc : finish(text, len, out, begin);
}

/* ---- The steps of the profile standard ---- */

static bool is_control(uint32_t cp)
{
	return (ucd_get(cp)->flags & UCD_CONTROL) != 0;
}

static size_t drop_controls(uint32_t *cps, size_t n)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		if (!is_control(cps[i]))
			cps[m++] = cps[i];
	}
	return m;
}

/* Which steps have something to do. */
struct work {
	bool forms, controls, joiners;
};

static struct work find_work(const uint32_t *cps, size_t n)
{
	struct work work = {false, false, false};
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = cps[i];
		work.forms |= cp >= 0xFB50 && cp <= 0xFEFC;
		work.joiners |= cp == PLACES_TATWEEL || cp == PLACES_ZWNJ;
		work.controls |= is_control(cp);
	}
	return work;
}

/*
 * Presentation forms to letters, those of the language's own rows by their joining shape. Spacing forms
 * of marks stay where no letter or tatweel is before them: their bare marks would go to what stands before the word.
 */
static size_t expand_forms(struct norm *norm, const struct fold_table *table, size_t n)
{
	size_t m = 0;
	bool has_base = false;
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = norm->cps[i];
		const uint16_t *letters = NULL;
		size_t count = forms_letters(cp, &letters);
		if (!forms_is_mark(cp))
			has_base = has_base || count > 0 || places_is_letter(cp) || cp == PLACES_TATWEEL;
		else if (!has_base)
			count = 0;
		if (count == 0) {
			norm->alt[m++] = cp;
			continue;
		}
		const struct fold_row *const row = fold_form(table, cp);
		if (row) {
			letters = row->to;
			count = row->n_to;
		}
		for (size_t k = 0; k < count; k++)
			norm->alt[m++] = letters[k];
	}
	swap(norm);
	return m;
}

static size_t apply(struct norm *norm, const struct fold_table *table, enum fold_phase phase, size_t n)
{
	if (table->begins[phase] == table->begins[phase + 1])
		return n;
	const size_t m = fold_apply(table, phase, norm->cps, n, norm->alt);
	swap(norm);
	return m;
}

static bool joins_left(uint32_t cp)
{
	const uint8_t joining = ucd_get(cp)->joining;
	return joining == UCD_JOINING_D || joining == UCD_JOINING_L || joining == UCD_JOINING_C;
}

/* A ZWNJ has nothing to do first, last, doubled, or after a letter that does not join to the next. Marks are ignored. */
static size_t drop_idle_zwnj(uint32_t *cps, size_t n)
{
	size_t end = n; /* behind the last character that is neither mark nor ZWNJ */
	while (end > 0 && (places_is_mark(cps[end - 1]) || cps[end - 1] == PLACES_ZWNJ))
		end--;
	size_t m = 0;
	uint32_t before = 0; /* the last character that is no mark; 0: none */
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = cps[i];
		const bool idle = i >= end || before == 0 || before == PLACES_ZWNJ ||
		                  (places_is_letter(before) && !joins_left(before));
		if (cp == PLACES_ZWNJ && idle)
			continue;
		if (!places_is_mark(cp))
			before = cp;
		cps[m++] = cp;
	}
	return m;
}

/* One round of tatweel, folds, ZWNJ and NFC on a composed word. Returns the new count or a failure. */
static ptrdiff_t fold_round(struct norm *norm, const struct lafz_allocator *mem,
                            const struct fold_table *table, size_t n, bool joiners, bool *again)
{
	size_t m = n;
	if (joiners) {
		m = apply(norm, table, FOLD_JOINER, n);
		m = places_drop_tatweel(norm->cps, m, true);
		/* Marks that stood behind a tatweel have come to a letter. */
		const ptrdiff_t left = compose(norm, mem, m);
		if (left < 0)
			return left;
		m = (size_t)left;
	}
	m = apply(norm, table, FOLD_LETTER, m);
	m = apply(norm, table, FOLD_SEQUENCE, m);
	const size_t with_zwnj = m;
	if (joiners)
		m = drop_idle_zwnj(norm->cps, m);
	*again = m < with_zwnj || !nfc_is_composed(norm->cps, m);
	return compose(norm, mem, m);
}

/* A piece of a word or hashtag, decoded in norm->cps. Returns the new count or a failure. */
static ptrdiff_t fold_piece(struct norm *norm, const struct lafz_allocator *mem,
                            const struct fold_table *table, size_t n)
{
	const struct work work = find_work(norm->cps, n);
	size_t m = n;
	if (work.forms)
		m = expand_forms(norm, table, m);
	if (work.controls)
		m = drop_controls(norm->cps, m);
	ptrdiff_t left = compose(norm, mem, m);
	bool again = true;
	for (int round = 0; again && left > 0 && round < MOST_ROUNDS; round++)
		left = fold_round(norm, mem, table, (size_t)left, work.joiners, &again);
	return left;
}

/*
 * Mends, drops controls, composes; with a table, for words and hashtags, folds. Text in other scripts keeps its
 * controls: ZWJ and soft hyphens mean something there.
 */
static int by_pieces(struct norm *norm, const struct lafz_allocator *mem,
                     enum lafz_invalid on_invalid, const struct fold_table *table, const char *text,
                     size_t len, struct buf *out)
{
	for (size_t off = 0, piece = 0; off < len; off += piece) {
		const bool is_space = norm_piece(text + off, len - off, &piece);
		size_t n = 0;
		int rc = norm_decode(norm, mem, text + off, piece, on_invalid, &n);
		if (rc < 0)
			return rc;
		ptrdiff_t left = 0;
		if (is_space || places_is_other_script(norm->cps, n))
			left = compose(norm, mem, n);
		else if (table)
			left = fold_piece(norm, mem, table, n);
		else
			left = compose(norm, mem, drop_controls(norm->cps, n));
		if (left < 0)
			return (int)left;
		size_t m = (size_t)left;
		if (m == 0) {
			/* Nothing but invisible characters: they stay, so that no norm is empty. */
			rc = norm_decode(norm, mem, text + off, piece, on_invalid, &m);
			if (rc < 0)
				return rc;
		}
		rc = norm_encode(mem, norm->cps, m, out);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

/* Nothing is changed but ill-formed bytes. */
static int mend(struct norm *norm, const struct lafz_allocator *mem, enum lafz_invalid on_invalid,
                const char *text, size_t len, struct buf *out)
{
	size_t n = 0;
	const int rc = norm_decode(norm, mem, text, len, on_invalid, &n);
	return rc < 0 ? rc : norm_encode(mem, norm->cps, n, out);
}

/* ---- Tokens ---- */

/* What a short look at the bytes of a token says. */
enum look {
	LOOK_SETTLED, /* nothing can change */
	LOOK_SIMPLE,  /* nothing but letters with FOLD_HINT_SIMPLE */
	LOOK_HARD     /* the long way will tell */
};

static bool begins_letter(const uint8_t *hints, const unsigned char *s, size_t len)
{
	return len >= 2 && s[0] >= 0xD8 && s[0] <= 0xDB &&
	       (hints[(size_t)(s[0] & 3) << 6 | (s[1] & 0x3Fu)] & FOLD_HINT_LETTER);
}

/*
 * Knows ASCII, Latin letters below U+0300, U+0600 to U+06FF by the table's hints, general punctuation, and ZWNJ
 * between two letters where the first joins.
 */
static enum look look_at(const uint8_t *hints, const char *text, size_t len)
{
	const unsigned char *const s = (const unsigned char *)text;
	enum look found = LOOK_SETTLED;
	uint8_t mark = 0; /* combining class of the character before */
	bool joins = false;
	for (size_t i = 0; i < len;) {
		const unsigned char lead = s[i];
		const bool is_arab = lead >= 0xD8 && lead <= 0xDB;
		if (is_arab || (lead >= 0xC3 && lead <= 0xCB)) {
			if (i + 1 == len || (s[i + 1] & 0xC0) != 0x80)
				return LOOK_HARD;
			const size_t index = (size_t)(lead & 3) << 6 | (s[i + 1] & 0x3Fu);
			const uint8_t hint = is_arab ? hints[index] : 0;
			const uint8_t ccc = hint & FOLD_HINT_MARK
			                            ? ucd_get(0x600 + (uint32_t)index)->ccc
			                            : 0;
			if ((hint & FOLD_HINT_LOOK) || (ccc > 0 && ccc < mark))
				return LOOK_HARD;
			if (hint & FOLD_HINT_SIMPLE)
				found = LOOK_SIMPLE;
			mark = ccc;
			joins = ccc > 0 ? joins : (hint & FOLD_HINT_JOINS) != 0;
			i += 2;
		} else if (lead < 0x80) {
			mark = 0;
			joins = false;
			i++;
		} else if (lead == 0xE2 && i + 2 < len && s[i + 1] == 0x80) {
			const unsigned char tail = s[i + 2];
			const bool is_zwnj = tail == 0x8C && joins &&
			                     begins_letter(hints, s + i + 3, len - i - 3);
			if (!is_zwnj && (tail < 0x90 || tail > 0xA7))
				return LOOK_HARD;
			mark = 0;
			joins = false;
			i += 3;
		} else {
			return LOOK_HARD;
		}
	}
	return found;
}

/* The norm of a word that is LOOK_SIMPLE: as long as the source. */
static int fold_simply(const struct lafz_allocator *mem, const struct fold_table *table,
                       const char *text, size_t len, struct buf *out)
{
	const int rc = buf_append(out, mem, text, len);
	if (rc < 0)
		return rc;
	unsigned char *const s = (unsigned char *)out->ptr + out->len - len;
	for (size_t i = 0; i + 1 < len; i++) {
		if (s[i] < 0xD8 || s[i] > 0xDB)
			continue;
		const uint32_t index = (uint32_t)(s[i] & 3) << 6 | (s[i + 1] & 0x3Fu);
		if (table->hints[index] & FOLD_HINT_SIMPLE)
			utf8_encode(fold_simple(table, 0x600 + index), (char *)s + i);
		i++;
	}
	return LAFZ_OK;
}

static bool is_folded_script(uint8_t script)
{
	return script == UCD_SCRIPT_ARAB || script == UCD_SCRIPT_LATN ||
	       script == UCD_SCRIPT_ZYYY || script == UCD_SCRIPT_ZINH;
}

static int standard(struct norm *norm, const struct lafz_allocator *mem,
                    const struct norm_request *request, const char *text, size_t len, struct buf *out)
{
	const uint16_t lang = request->kind == LAFZ_KIND_WORD ? request->lang : LAFZ_LANG_UND;
	const struct fold_table *const table = fold_table(lang);
	const enum look look = look_at(table->hints, text, len);
	if (look == LOOK_SETTLED)
		return 0;
	const size_t begin = out->len;
	int rc = LAFZ_OK;
	switch (request->kind) {
	case LAFZ_KIND_WORD:
	case LAFZ_KIND_HASHTAG:
		if (!is_folded_script(request->script))
			return norm_nfc(norm, mem, text, len, request->on_invalid, out);
		if (look == LOOK_SIMPLE)
			rc = fold_simply(mem, table, text, len, out);
		else
			rc = by_pieces(norm, mem, request->on_invalid, table, text, len, out);
		break;
	case LAFZ_KIND_URL:
	case LAFZ_KIND_EMAIL:
	case LAFZ_KIND_EMOJI:
		rc = mend(norm, mem, request->on_invalid, text, len, out);
		break;
	default:
		rc = by_pieces(norm, mem, request->on_invalid, NULL, text, len, out);
		break;
	}
	if (rc < 0) {
		out->len = begin;
		return rc;
	}
	return finish(text, len, out, begin);
}

int norm_token(struct norm *norm, const struct lafz_allocator *mem,
               const struct norm_request *request, const char *text, size_t len, struct buf *out)
{
	switch (request->profile) {
	case LAFZ_PROFILE_STANDARD:
		return standard(norm, mem, request, text, len, out);
	case LAFZ_PROFILE_NFC:
		return norm_nfc(norm, mem, text, len, request->on_invalid, out);
	default:
		return 0;
	}
}

int norm_gap(struct norm *norm, const struct lafz_allocator *mem,
             const struct norm_request *request, const char *text, size_t len, struct buf *out)
{
	(void)norm;
	if (request->profile != LAFZ_PROFILE_STANDARD)
		return 0;
	size_t kept = 0; /* bytes from here on are not looked at yet */
	const size_t begin = out->len;
	for (size_t off = 0; off < len;) {
		if ((unsigned char)text[off] < 0x80) {
			off++;
			continue;
		}
		const struct utf8 c = utf8_decode(text + off, len - off);
		if (c.status == UTF8_CHAR && is_control(c.cp) && c.cp != 0x200B) {
			const int rc = buf_append(out, mem, text + kept, off - kept);
			if (rc < 0) {
				out->len = begin;
				return rc;
			}
			kept = off + c.len;
		}
		off += c.len;
	}
	if (kept == 0)
		return 0;
	const int rc = buf_append(out, mem, text + kept, len - kept);
	if (rc < 0) {
		out->len = begin;
		return rc;
	}
	return 1;
}
