#include "norm/key.h"

#include "gen/key.h"
#include "norm/fold.h"
#include "norm/forms.h"
#include "norm/places.h"
#include "scan/wide_choice.h"
#include "unicode/ascii.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

#define KEYCAP 0x20E3u
#define NOT_SIGN 0x00ACu
#define DECIMAL_SEPARATOR 0x066Bu
#define THOUSANDS_SEPARATOR 0x066Cu

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool is_arab_letter(uint32_t cp)
{
	return places_is_letter(cp) && ucd_get(cp)->script == UCD_SCRIPT_ARAB;
}

/* ---- The steps, in their order ---- */

bool key_drops_mark(uint32_t cp)
{
	if (cp >> 8 == 6)
		return key_arab[cp & 255] == 0 && places_is_mark(cp);
	for (size_t i = 0; i < sizeof key_marks / sizeof *key_marks; i++) {
		if (cp >= key_marks[i].first && cp <= key_marks[i].last)
			return true;
	}
	return false;
}

/* Invisible wherever it stands; ZWJ and the last two variation selectors may be parts of an emoji. */
static bool is_invisible(uint32_t cp)
{
	return (ucd_get(cp)->flags & UCD_CONTROL) || cp == PLACES_ZWNJ ||
	       (cp >= 0xFE00 && cp <= 0xFE0D);
}

static bool is_emoji_part(uint32_t cp)
{
	return cp == 0x200D || cp == 0xFE0E || cp == 0xFE0F || (cp >= 0xE0020 && cp <= 0xE007F);
}

/* Presentation forms to letters; invisible characters dropped. */
static size_t take_letters(const uint32_t *in, size_t n, uint32_t *out)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		const uint16_t *letters = NULL;
		const size_t count = forms_letters(in[i], &letters);
		for (size_t k = 0; k < count; k++)
			out[m++] = letters[k];
		if (count == 0 && !is_invisible(in[i]))
			out[m++] = in[i];
	}
	return m;
}

/* What a variation selector, ZWJ or tag may stand behind. */
enum emoji_base {
	BASE_NONE,
	BASE_EMOJI,
	BASE_KEYCAP /* a digit, # or *: only before U+20E3 */
};

static enum emoji_base emoji_base(uint32_t cp)
{
	const uint32_t mapped = cp >> 8 == 6 ? key_arab[cp & 255] : cp;
	if (is_digit(mapped) || mapped == '#' || mapped == '*')
		return BASE_KEYCAP;
	return ucd_get(cp)->flags & UCD_EMOJI ? BASE_EMOJI : BASE_NONE;
}

/* Parts of emoji sequences stay in them and go elsewhere. Marks that will be dropped are not there already. */
static size_t drop_emoji_parts(uint32_t *cps, size_t n)
{
	size_t m = 0;
	enum emoji_base base = BASE_NONE;
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = cps[i];
		if (is_emoji_part(cp)) {
			size_t next = i + 1;
			while (base == BASE_KEYCAP && next < n && key_drops_mark(cps[next]))
				next++;
			if (base == BASE_NONE ||
			    (base == BASE_KEYCAP && (next == n || cps[next] != KEYCAP)))
				continue;
		} else if (!key_drops_mark(cp)) {
			base = emoji_base(cp);
		}
		cps[m++] = cp;
	}
	return m;
}

static size_t decompose(const uint32_t *in, size_t n, uint32_t *out)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		if (in[i] < 0xC0) {
			out[m++] = in[i];
			continue;
		}
		uint32_t parts[NFC_PARTS];
		const size_t count = nfc_parts(in[i], parts);
		for (size_t k = 0; k < count; k++)
			out[m++] = parts[k];
	}
	return m;
}

static bool is_in(const uint16_t *list, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i] == cp)
			return true;
	}
	return false;
}

/* A yeh with a hamza somewhere among its marks; what stands between them does not matter, the key drops it. */
static bool is_yeh_hamza(const uint32_t *cps, size_t n)
{
	if (!is_in(key_yehs, sizeof key_yehs / sizeof *key_yehs, cps[0]))
		return false;
	for (size_t i = 1; i < n && places_is_mark(cps[i]); i++) {
		if (is_in(key_hamzas, sizeof key_hamzas / sizeof *key_hamzas, cps[i]))
			return true;
	}
	return false;
}

static uint32_t by_place(uint32_t cp, bool is_first)
{
	for (size_t i = 0; is_first && i < sizeof key_first / sizeof *key_first; i++) {
		if (key_first[i].from == cp)
			return key_first[i].to;
	}
	for (size_t i = 0; !is_first && i < sizeof key_later / sizeof *key_later; i++) {
		if (key_later[i].from == cp)
			return key_later[i].to;
	}
	return cp;
}

/* by_place may change it. */
static bool is_letter_by_place(uint32_t cp)
{
	return by_place(cp, true) != cp || by_place(cp, false) != cp;
}

/* Writes what cp becomes wherever it stands, and returns how many code points that are. */
static size_t by_table(uint32_t cp, uint32_t *out)
{
	out[0] = cp;
	if (cp >= 'A' && cp <= 'Z')
		out[0] = cp + 32;
	if (cp < 0x80)
		return 1;
	if (cp >> 8 == 6) {
		out[0] = key_arab[cp & 255];
		return 1;
	}
	size_t low = 0, high = sizeof key_folds / sizeof *key_folds;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (key_folds[middle].from < cp)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == sizeof key_folds / sizeof *key_folds || key_folds[low].from != cp)
		return 1;
	size_t n = 0;
	for (; n < KEY_LONGEST && key_folds[low].to[n] != 0; n++)
		out[n] = key_folds[low].to[n];
	return n;
}

/* Marks dropped, letters and signs folded; in is decomposed. */
static size_t fold_letters(const uint32_t *in, size_t n, uint32_t *out)
{
	size_t m = 0;
	bool has_letter = false, on_latin = false;
	for (size_t i = 0; i < n; i++) {
		const uint8_t gc = ucd_get(in[i])->gc;
		if (gc == UCD_GC_MN || gc == UCD_GC_MC || gc == UCD_GC_ME) {
			if (!key_drops_mark(in[i]) && !(on_latin && gc == UCD_GC_MN))
				out[m++] = in[i];
			continue;
		}
		on_latin = ucd_get(in[i])->script == UCD_SCRIPT_LATN;
		const uint32_t cp = by_place(is_yeh_hamza(in + i, n - i) ? KEY_YEH_HAMZA : in[i],
		                             !has_letter);
		has_letter |= places_is_letter(cp);
		m += by_table(cp, out + m);
	}
	return m;
}

/* Separators of numbers, and the old half-space. Digits are ASCII by now. */
static size_t fold_separators(uint32_t *cps, size_t n)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t cp = cps[i];
		const bool inside = m > 0 && i + 1 < n;
		if (cp == DECIMAL_SEPARATOR || cp == THOUSANDS_SEPARATOR) {
			if (inside && is_digit(cps[m - 1]) && is_digit(cps[i + 1])) {
				if (cp == THOUSANDS_SEPARATOR)
					continue;
				cp = '.';
			}
		} else if (cp == NOT_SIGN && inside && is_arab_letter(cps[m - 1]) &&
		           is_arab_letter(cps[i + 1])) {
			continue;
		}
		cps[m++] = cp;
	}
	return m;
}

/* An ezafe typed as a hamza behind a last heh; several of them too, or the key of a key would lose one more. */
static size_t drop_last_hamza(uint32_t *cps, size_t n)
{
	size_t last = n;
	while (last > 0 && !places_is_letter(cps[last - 1]))
		last--;
	size_t heh = last;
	while (heh > 0 && (cps[heh - 1] == KEY_LAST_HAMZA || places_is_mark(cps[heh - 1])))
		heh--;
	if (heh == 0 || heh == last || cps[heh - 1] != KEY_HEH)
		return n;
	size_t m = heh;
	for (size_t i = heh; i < n; i++) {
		if (cps[i] != KEY_LAST_HAMZA)
			cps[m++] = cps[i];
	}
	return m;
}

static ptrdiff_t compose(uint32_t *cps, size_t n, uint32_t *scratch)
{
	if (nfc_is_composed(cps, n))
		return (ptrdiff_t)n;
	nfc_order(cps, n, scratch);
	return nfc_join(cps, n);
}

ptrdiff_t key_piece(uint32_t *cps, size_t n, uint32_t *work)
{
	if (n > 0 && (places_is_space(cps[0]) || places_is_other_script(cps, n))) {
		const size_t m = decompose(cps, n, work);
		memcpy(cps, work, m * sizeof *cps);
		nfc_order(cps, m, work);
		return nfc_join(cps, m);
	}
	size_t m = take_letters(cps, n, work);
	m = places_drop_tatweel(work, m, false, NULL);
	m = drop_emoji_parts(work, m);
	const size_t parts = decompose(work, m, cps);
	nfc_order(cps, parts, work);
	memcpy(work, cps, parts * sizeof *cps);
	m = fold_letters(work, parts, cps);
	m = fold_separators(cps, m);
	m = drop_last_hamza(cps, m);
	if (m == 0) {
		/* Nothing but marks that would be dropped. */
		memcpy(cps, work, parts * sizeof *cps);
		m = parts;
	}
	return compose(cps, m, work);
}

/* ---- Bytes, for the common case ---- */

/* What two bytes become, as they lie in memory; 0: they are not plain. */
static inline uint16_t plain_pair(uint32_t pair)
{
	uint16_t to = 0;
	if (pair < FOLD_PAIRS)
		memcpy(&to, key_pairs[pair], sizeof to);
	return to;
}

/* Kept apart from key_plain, which is hot for letters. */
__attribute__((noinline)) static size_t plain_ascii(const char *text, size_t len, char *out)
{
	return ascii_lower_all(text, len, out);
}

size_t key_plain(const char *text, size_t len, char *out)
{
	const unsigned char *const s = (const unsigned char *)text;
	size_t i = 0;
	while (i < len) {
		uint32_t first = 0, second = 0;
		if (len - i >= 4 && fold_two_pairs(s + i, &first, &second)) {
			const uint16_t two[] = {plain_pair(first), plain_pair(second)};
			memcpy(out + i, two, sizeof two);
			if (two[0] == 0)
				break;
			i += two[1] != 0 ? 4 : 2;
			continue;
		}
		if (s[i] == ' ') {
			out[i++] = ' ';
			continue;
		}
		if (s[i] < 0x80) {
			i += plain_ascii(text + i, len - i, out + i);
			continue;
		}
		const uint16_t to = len - i >= 2 ? plain_pair(fold_pair(s + i)) : 0;
		if (to == 0)
			break;
		memcpy(out + i, &to, sizeof to);
		i += 2;
	}
	return i;
}

const uint8_t (*const key_same)[16] = key_same_rows;

const struct key_wide_tables key_wide_tables = {
	key_wide_first, key_wide_last, key_wide_latin_first, key_wide_latin_last, key_wide_punct,
};

bool key_wide_place(const char *text, bool is_first, char out[2])
{
	const unsigned char *const s = (const unsigned char *)text;
	const uint32_t cp = (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
	uint32_t before = 0;
	if (cp == KEY_LAST_HAMZA && !is_first) {
		const uint16_t pair = plain_pair(fold_pair(s - 2));
		memcpy(out, &pair, sizeof pair);
		before = utf8_decode(out, 2).cp;
		if (pair == 0 || before == KEY_HEH)
			return false;
	}
	utf8_encode(by_place(cp, is_first), out);
	return true;
}

key_wide_function *key_wide_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, key_wide_avx512, key_wide_avx2, (key_wide_function *)NULL);
}

size_t key_fast(const char *text, size_t len, char *out)
{
	const unsigned char *const s = (const unsigned char *)text;
	size_t m = 0;
	uint32_t before = 0;
	for (size_t i = 0; i < len;) {
		const unsigned char lead = s[i];
		if (lead < 0x80) {
			if (lead == ' ' || (lead >= '\t' && lead <= '\r'))
				return KEY_NOT_FAST;
			before = lead >= 'A' && lead <= 'Z' ? lead + 32u : lead;
			out[m++] = (char)before;
			i++;
			continue;
		}
		if (lead == 0xE2 && i + 2 < len && s[i + 1] == 0x80) {
			uint32_t to[KEY_LONGEST];
			if (s[i + 2] != 0x8C && (s[i + 2] < 0x90 || s[i + 2] > 0xA7))
				return KEY_NOT_FAST;
			const size_t n = s[i + 2] == 0x8C
			                         ? 0
			                         : by_table(0x2000 + (s[i + 2] & 0x3Fu), to);
			for (size_t k = 0; k < n; k++) {
				m += utf8_encode(to[k], out + m);
				before = to[k];
			}
			i += 3;
			continue;
		}
		if (i + 1 == len || (s[i + 1] & 0xC0) != 0x80)
			return KEY_NOT_FAST;
		if (lead >= 0xC3 && lead <= 0xC5) {
			const uint16_t *const
				to = key_latin[(size_t)(lead - 0xC3) << 6 | (s[i + 1] & 0x3Fu)];
			if (to[0] == 0)
				return KEY_NOT_FAST;
			m += utf8_encode(to[0], out + m);
			if (to[1] != 0)
				m += utf8_encode(to[1], out + m);
			before = to[0];
			i += 2;
			continue;
		}
		const uint32_t pair = fold_pair(s + i);
		if (pair >= FOLD_PAIRS)
			return KEY_NOT_FAST;
		const size_t index = fold_number(s + i);
		uint32_t cp = key_arab[index];
		i += 2;
		if (key_pairs[pair][0] != 0) {
			memcpy(out + m, key_pairs[pair], 2);
			m += 2;
			before = cp;
			continue;
		}
		if (key_by_place[index] && (cp != KEY_LAST_HAMZA || before == KEY_HEH)) {
			/* first of all, or behind a letter: other neighbours are for the long way */
			const bool is_first = i == 2;
			cp = by_place(cp, is_first);
			if (!is_letter_by_place(key_arab[index]) ||
			    (!is_first && (before == 0 || !places_is_letter(before))))
				return KEY_NOT_FAST;
		}
		if (cp == 0)
			continue;
		before = cp;
		m += utf8_encode(cp, out + m);
	}
	/* Marks alone are not dropped: a key is not empty. */
	return m == 0 && len > 0 ? KEY_NOT_FAST : m;
}

/* ---- Tokens ---- */

static int key_slow(struct norm *norm, const struct lafz_allocator *mem, const char *text,
                    size_t len, struct buf *out)
{
	for (size_t off = 0, piece = 0; off < len; off += piece) {
		norm_piece(text + off, len - off, &piece);
		size_t n = 0;
		int rc = norm_decode(norm, mem, text + off, piece, LAFZ_INVALID_REPLACE, &n);
		if (rc < 0)
			return rc;
		const ptrdiff_t left = key_piece(norm->cps, n, norm->alt);
		if (left < 0)
			return (int)left;
		rc = norm_encode(mem, norm->cps, (size_t)left, out);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

int key_token(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
              struct buf *out)
{
	const size_t begin = out->len;
	int rc = buf_reserve(out, mem, len);
	if (rc < 0)
		return rc;
	const size_t fast = len > 0 && !norm->is_thorough ? key_fast(text, len, out->ptr + begin)
	                                                  : KEY_NOT_FAST;
	if (fast != KEY_NOT_FAST)
		out->len += fast;
	else
		rc = key_slow(norm, mem, text, len, out);
	if (rc < 0)
		out->len = begin;
	return rc;
}
