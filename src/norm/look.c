#include "norm/look.h"

#include <string.h>

#include "norm/optional.h"
#include "unicode/invisible.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

#define MOST_MARKS 8 /* in a row that are sorted in place */

static bool begins_letter(const uint8_t *hints, const unsigned char *s, size_t len)
{
	return len >= 2 && s[0] >= 0xD8 && s[0] <= 0xDB &&
	       (hints[fold_number(s)] & FOLD_HINT_LETTER);
}

/* One of U+00A1 to U+00BF, guillemets among them, but the soft hyphen: nothing makes another character of it. */
static bool is_latin_sign(const unsigned char *s, size_t len)
{
	return len >= 2 && s[0] == 0xC2 && s[1] > 0xA0 && s[1] <= 0xBF && s[1] != 0xAD;
}

#define HEH 0x0647
#define HAMZA_ABOVE 0x0654
#define HEH_HAMZA "\xD9\x87\xD9\x94"
#define HEH_HAMZA_LEN (sizeof HEH_HAMZA - 1)

/* Whether a text of so many bytes ends with a heh and the hamza above it whose place this is. */
static bool is_last_hamza(const unsigned char *s, size_t i, size_t len)
{
	return i + 2 == len && len >= HEH_HAMZA_LEN && memcmp(s + len - HEH_HAMZA_LEN, HEH_HAMZA, HEH_HAMZA_LEN) == 0;
}

/* Whether a text begins with ZWNJ. */
static bool begins_joiner(const unsigned char *s, size_t len)
{
	return len >= INVISIBLE_LEN && invisible_is_zwnj((const char *)s);
}

/* What a row makes of the letter and ZWNJ that a text begins with; 0: they are none, or there is no such row. */
static uint32_t joined_at(const struct fold_table *table, const unsigned char *s, size_t len)
{
	if (len < 2 || s[0] < 0xD8 || s[0] > 0xDB || !begins_joiner(s + 2, len - 2))
		return 0;
	return fold_joined(table, 0x600u + fold_number(s));
}

/* Bytes of a letter that changes at most where it is the last one, and of the ZWNJ behind it that makes another one of it; 0: the long way will tell. */
static size_t last_len(const struct fold_table *table, const unsigned char *s, size_t len)
{
	if (table->is_given)
		return 0;
	if (len == 2 || begins_letter(table->hints, s + 2, len - 2))
		return 2;
	return joined_at(table, s, len) != 0 ? 2 + INVISIBLE_LEN : 0;
}

enum look look_at(const struct fold_table *table, const char *text, size_t len)
{
	const uint8_t *const hints = table->hints;
	const unsigned char *const s = (const unsigned char *)text;
	enum look found = LOOK_SETTLED;
	uint8_t mark = 0; /* combining class of the character before */
	bool joins = false, is_letter = false, in_order = true, is_idle = false;
	bool is_mixed = false, has_places = false, is_joined = false;
	for (size_t i = 0; i < len;) {
		const unsigned char lead = s[i];
		const bool is_arab = lead >= 0xD8 && lead <= 0xDB;
		if (is_arab || (lead >= 0xC3 && lead <= 0xCB)) {
			if (i + 1 == len || (s[i + 1] & 0xC0) != 0x80)
				return LOOK_HARD;
			const size_t index = fold_number(s + i);
			const uint8_t hint = is_arab ? hints[index] : 0;
			const uint8_t ccc = is_arab ? ucd_arab_ccc[index] : 0;
			const size_t last = hint & FOLD_HINT_LAST && !(hint & FOLD_HINT_PLACE) ? last_len(table, s + i, len - i) : 0;
			if (last > 0) {
				const bool is_last = last == len - i;
				is_joined |= is_last || last > 2;
				mark = 0;
				joins = last == 2 && (hint & FOLD_HINT_JOINS) != 0;
				is_letter = last == 2;
				i += last;
				continue;
			}
			if (hint & FOLD_HINT_LOOK && !(hint & FOLD_HINT_PLACE))
				return is_last_hamza(s, i, len) && found == LOOK_SETTLED && in_order && !is_idle && !is_joined
				               ? LOOK_HAMZA
				               : LOOK_HARD;
			in_order &= ccc == 0 || ccc >= mark;
			if (hint & (FOLD_HINT_SIMPLE | FOLD_HINT_PLACE))
				found = LOOK_SIMPLE;
			has_places |= (hint & FOLD_HINT_PLACE) != 0;
			is_mixed |= !is_arab;
			mark = ccc;
			joins = ccc > 0 ? joins : (hint & FOLD_HINT_JOINS) != 0;
			is_letter = (hint & FOLD_HINT_LETTER) != 0;
			i += 2;
		} else if (lead < 0x80 || is_latin_sign(s + i, len - i)) {
			mark = 0;
			joins = is_letter = false;
			is_mixed = true;
			i += lead < 0x80 ? 1 : 2;
		} else if (lead == 0xE2 && i + 2 < len && s[i + 1] == 0x80) {
			const unsigned char tail = s[i + 2];
			const bool is_last = i + 3 == len;
			if (tail == 0x8C && (is_last || begins_letter(hints, s + i + 3, len - i - 3)) &&
			    (is_letter || (joins && !is_last)))
				is_idle |= is_last || !joins;
			else if (tail < 0x90 || tail > 0xA7)
				return LOOK_HARD;
			mark = 0;
			joins = is_letter = false;
			i += 3;
		} else {
			return LOOK_HARD;
		}
	}
	if ((has_places || is_joined) && is_mixed)
		return LOOK_HARD;
	if (is_joined)
		return in_order && !is_idle ? LOOK_JOINED : LOOK_HARD;
	if (is_idle)
		return found == LOOK_SETTLED && in_order ? LOOK_IDLE : LOOK_HARD;
	if (in_order)
		return found;
	return found == LOOK_SETTLED ? LOOK_MARKS : LOOK_HARD;
}

/* The combining class of the mark of U+0600 to U+06FF at s; 0: it is none. */
static uint8_t mark_class(const unsigned char *s)
{
	const uint32_t pair = fold_pair(s);
	return pair < FOLD_PAIRS ? ucd_arab_ccc[(pair >> 2 & 0xC0) | (pair & 0x3F)] : 0;
}

int look_order_marks(const struct lafz_allocator *mem, const char *text, size_t len, struct buf *out)
{
	const size_t begin = out->len;
	const int rc = buf_append(out, mem, text, len);
	if (rc < 0)
		return rc;
	unsigned char *const s = (unsigned char *)out->ptr + begin;
	size_t row = 0; /* bytes of marks before i */
	for (size_t i = 0; i + 1 < len; i += row > 0 ? 2 : 1) {
		const uint8_t ccc = mark_class(s + i);
		row = ccc > 0 ? row + 2 : 0;
		if (row > 2 * MOST_MARKS) {
			out->len = begin;
			return 0;
		}
		const unsigned char mark[2] = {s[i], s[i + 1]};
		size_t at = i, left = row;
		for (; left > 2 && mark_class(s + at - 2) > ccc; at -= 2, left -= 2)
			memcpy(s + at, s + at - 2, 2);
		memcpy(s + at, mark, 2);
	}
	return 1;
}

int look_drop_idle(const struct lafz_allocator *mem, const uint8_t *hints, const char *text, size_t len,
                   struct buf *out)
{
	const unsigned char *const s = (const unsigned char *)text;
	const int rc = buf_reserve(out, mem, len);
	if (rc < 0)
		return rc;
	char *dst = out->ptr + out->len;
	bool joins = false;
	for (size_t i = 0, n = 1; i < len; i += n) {
		const uint32_t pair = len - i >= 2 ? fold_pair(s + i) : FOLD_PAIRS;
		const bool is_arab = pair < FOLD_PAIRS;
		const uint8_t hint = is_arab ? hints[fold_number(s + i)] : 0;
		const bool is_zwnj = begins_joiner(s + i, len - i);
		const bool is_idle = is_zwnj && (i + 3 == len || !joins);
		n = is_idle ? 3 : 1 + is_arab;
		memcpy(dst, text + i, is_idle ? 0 : n);
		dst += is_idle ? 0 : n;
		joins = hint & FOLD_HINT_MARK ? joins : (hint & FOLD_HINT_JOINS) != 0;
	}
	out->len = (size_t)(dst - out->ptr);
	return LAFZ_OK;
}

uint32_t look_joined_hamza(const struct fold_table *table)
{
	uint32_t joined = 0;
	for (size_t i = table->begins[FOLD_JOINER]; i < table->begins[FOLD_PHASES]; i++) {
		const struct fold_row *const row = &table->rows[i];
		if (row->from[row->n_from - 1] != HAMZA_ABOVE || (row->n_from == 2 && row->from[0] != HEH))
			continue;
		if (row->n_from != 2 || row->context != 0 || row->n_to != 1 || row->to[0] >> 8 != 6 || joined != 0)
			return 0;
		joined = row->to[0];
	}
	return joined;
}

int look_join_hamza(const struct lafz_allocator *mem, const struct fold_table *table, const char *text, size_t len,
                    struct buf *out)
{
	const uint32_t joined = table->is_given ? 0 : look_joined_hamza(table);
	if (joined == 0)
		return 0;
	const int rc = buf_append(out, mem, text, len - 2);
	if (rc < 0)
		return rc;
	utf8_encode(joined, out->ptr + out->len - 2);
	return 1;
}

/* The first and the last letter of a word of which all are in Arabic script, by offset. */
static struct fold_place place_of(const uint8_t *hints, const unsigned char *s, size_t len)
{
	struct fold_place place = {0};
	while (place.first < len && !begins_letter(hints, s + place.first, len - place.first))
		place.first++;
	for (place.last = len; place.last > place.first && !begins_letter(hints, s + place.last, len - place.last);)
		place.last--;
	return place;
}

/* Letters with FOLD_HINT_SIMPLE or FOLD_HINT_PLACE become what they do. */
static void fold_letters(const struct fold_table *table, unsigned char *s, size_t len)
{
	struct fold_place place = place_of(table->hints, s, len);
	for (size_t i = 0; i + 1 < len; i++) {
		if (s[i] < 0xD8 || s[i] > 0xDB)
			continue;
		const uint32_t index = fold_number(s + i);
		const uint8_t hint = table->hints[index];
		uint32_t cp = 0x600 + index;
		place.at = i;
		if (hint & FOLD_HINT_PLACE)
			cp = fold_by_place(table, cp, &place);
		else if (hint & FOLD_HINT_SIMPLE)
			cp = fold_simple(table, cp);
		if (hint & (FOLD_HINT_PLACE | FOLD_HINT_SIMPLE))
			utf8_encode(cp, (char *)s + i);
		place.before = hint & FOLD_HINT_LETTER ? cp : place.before;
		i++;
	}
}

int look_fold(const struct lafz_allocator *mem, const struct fold_table *table,
                       const char *text, size_t len, struct buf *out)
{
	const int rc = buf_append(out, mem, text, len);
	if (rc == LAFZ_OK)
		fold_letters(table, (unsigned char *)out->ptr + out->len - len, len);
	return rc;
}

/* Writes a text with letters for those that ZWNJ is behind. Returns its length. */
static size_t join_letters(const struct fold_table *table, const unsigned char *s, size_t len, unsigned char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < len;) {
		const uint32_t joined = joined_at(table, s + i, len - i);
		if (joined != 0) {
			n += utf8_encode(joined, (char *)out + n);
			i += 2 + INVISIBLE_LEN;
		} else {
			out[n++] = s[i++];
		}
	}
	return n;
}

int look_join(struct norm *norm, const struct lafz_allocator *mem, const struct fold_table *table, const char *text, size_t len,
              struct buf *out)
{
	int rc = buf_reserve(out, mem, len);
	if (rc < 0)
		return rc;
	unsigned char *const s = (unsigned char *)out->ptr + out->len;
	const size_t n = join_letters(table, (const unsigned char *)text, len, s);
	fold_letters(table, s, n);
	out->len += n;
	size_t n_cps = 0;
	if (!begins_letter(table->hints, s + n - 2, 2) || !(table->hints[fold_number(s + n - 2)] & FOLD_HINT_LAST))
		return LAFZ_OK;
	rc = norm_decode(norm, mem, (const char *)s, n, LAFZ_INVALID_REPLACE, &n_cps);
	if (rc == LAFZ_OK)
		utf8_encode(fold_last(table, norm->cps, n_cps), (char *)s + n - 2);
	return rc;
}

/* Whether an option may act on a text that look_at knows. */
static bool may_act(const struct norm_request *request, const uint8_t *hints, const char *text, size_t len)
{
	const unsigned char *const s = (const unsigned char *)text;
	const bool digits = (request->options & (NORM_ASCII_DIGITS | NORM_NATIVE_DIGITS)) != 0;
	for (size_t i = 0; i < len; i++) {
		const unsigned char lead = s[i];
		if (lead >= 'A' && lead <= 'Z' && (request->options & NORM_LOWER))
			return true;
		if (lead >= '0' && lead <= '9' && (request->options & NORM_NATIVE_DIGITS))
			return true;
		if (lead >= 0xC3 && lead <= 0xCB && (request->options & NORM_LOWER))
			return true;
		if (lead == 0xC2)
			return true;
		if (lead == 0xE2 &&
		    ((request->options & NORM_UNIFY_PUNCT) || (request->options & NORM_DROP_ZWNJ)))
			return true;
		if (lead < 0xD8 || lead > 0xDB || i + 1 == len)
			continue;
		const uint32_t index = fold_number(s + i);
		if ((request->options & NORM_STRIP_MARKS) &&
		    ((hints[index] & FOLD_HINT_MARK) || index == 0xC0))
			return true;
		if (digits && (index >> 4 == 6 || index >> 4 == 15)) /* U+0660 and U+06F0 on */
			return true;
		if ((request->options & NORM_UNIFY_PUNCT) && optional_is_punct(0x600 + index))
			return true;
	}
	return false;
}

enum look look_again(const struct norm_request *request, const struct fold_table *table,
                            enum look look, const char *text, size_t len)
{
	if (table->is_wide)
		return LOOK_HARD;
	/* A letter may become U+06C0, which is a matter of marks again. */
	if (look == LOOK_SIMPLE && (request->options & NORM_STRIP_MARKS))
		return LOOK_HARD;
	if (look == LOOK_JOINED && request->options != 0)
		return LOOK_HARD;
	if (look != LOOK_HARD && request->options != 0 && may_act(request, table->hints, text, len))
		return LOOK_HARD;
	return look;
}
