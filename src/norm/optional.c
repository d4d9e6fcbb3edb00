#include "norm/optional.h"

#include "gen/lower.h"
#include "gen/punct.h"
#include "lang.h"
#include "norm/forms.h"
#include "norm/key.h"
#include "norm/places.h"
#include "unicode/ucd.h"

#define HEH 0x0647u
#define HEH_EZAFE 0x06C0u /* heh with yeh above, as Unicode calls it */
#define HEH_GOAL 0x06C1u
#define AE 0x06D5u
#define HAMZA_ABOVE 0x0654u
#define DOTLESS_I 0x0131u

_Static_assert(OPTIONAL_PUNCT >= PUNCT_LONGEST, "room for what one mark becomes");

/* ---- Marks ---- */

/*
 * The mark makes another letter of its base (Unicode composes them), or stands on a yeh, where it
 * may do so by a fold.
 */
static bool makes_letter(uint32_t base, uint32_t mark)
{
	switch (base) {
	case 0x0627: /* alef */
		return mark >= 0x0653 && mark <= 0x0655;
	case 0x0649: /* alef maksura */
	case 0x064A: /* yeh */
	case 0x06CC: /* Farsi yeh */
		return mark == 0x0654 || mark == 0x0655;
	case 0x0648: /* waw */
	case HEH_GOAL:
	case 0x06D2: /* yeh barree */
		return mark == 0x0654;
	default:
		return false;
	}
}

static bool has_content(const uint32_t *cps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!places_is_passed(cps[i]) && !forms_is_mark(cps[i]))
			return true;
	}
	return false;
}

void optional_ezafe(uint32_t *cps, size_t n, struct trace *trace)
{
	for (size_t i = 0; i < n; i++) {
		if (cps[i] != HEH_EZAFE)
			continue;
		cps[i] = HEH;
		trace_drop(trace, i, TRACE_MARKS);
	}
}

size_t optional_marks(uint32_t *cps, size_t n, struct trace *trace)
{
	if (!has_content(cps, n))
		return n;
	optional_ezafe(cps, n, trace);
	size_t m = 0;
	uint32_t base = 0; /* the letter the marks stand on; 0: none, or it has its mark already */
	size_t at = 0;     /* where it stands */
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = cps[i];
		if (key_drops_mark(cp)) {
			if (base == AE && cp == HAMZA_ABOVE) {
				/* U+06C0 once the marks between are gone. */
				cps[at] = HEH;
				trace_drop(trace, at, TRACE_MARKS);
				base = 0;
			}
			if (!makes_letter(base, cp)) {
				trace_drop(trace, i, TRACE_MARKS);
				continue;
			}
			base = 0;
		} else if (cp != PLACES_TATWEEL && !places_is_passed(cp)) {
			base = cp;
			at = m;
		} else if (base == HEH_GOAL) {
			/* They may stay apart, and a fold may change the letter then. */
			base = 0;
		}
		trace_keep(trace, m, i);
		cps[m++] = cp;
	}
	return m;
}

/* ---- Punctuation and digits ---- */

/* What a mark becomes, filled up with 0; NULL if it stays. */
static const uint16_t *ascii_of(uint32_t cp)
{
	size_t low = 0, high = sizeof punct_rows / sizeof *punct_rows;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (punct_rows[middle].from == cp)
			return punct_rows[middle].to;
		if (punct_rows[middle].from < cp)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool optional_is_punct(uint32_t cp)
{
	return ascii_of(cp) != NULL;
}

size_t optional_punct(const uint32_t *in, size_t n, uint32_t *out, struct trace *trace)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		const uint16_t *const to = in[i] < 0x80 ? NULL : ascii_of(in[i]);
		size_t k = 0;
		do {
			if (trace)
				trace->alt_at[m] = trace->at[i];
			out[m++] = to ? to[k] : in[i];
			k++;
		} while (to && k < PUNCT_LONGEST && to[k] != 0);
		if (to)
			trace_drop(trace, i, TRACE_PUNCT);
	}
	return m;
}

uint32_t optional_zero(uint16_t lang)
{
	switch (lang) {
	case LANG_UND:
		return 0;
	case LANG_PS:
	case LANG_FA:
		return 0x06F0;
	case LANG_AR:
	case LANG_CKB:
		return 0x0660;
	default:
		return '0';
	}
}

void optional_digits(uint32_t *cps, size_t n, uint32_t zero, struct trace *trace)
{
	static const uint32_t zeros[] = {'0', 0x0660, 0x06F0};
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < sizeof zeros / sizeof *zeros; k++) {
			if (zeros[k] == zero || cps[i] < zeros[k] || cps[i] > zeros[k] + 9)
				continue;
			cps[i] = zero + (cps[i] - zeros[k]);
			trace_drop(trace, i, TRACE_DIGITS);
			break;
		}
	}
}

/* ---- Lower case ---- */

static uint32_t lower_of(uint32_t cp, bool is_turkish)
{
	if (cp == 'I' && is_turkish)
		return DOTLESS_I;
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 'a' - 'A' : cp;
	size_t low = 0, high = sizeof lower_rows / sizeof *lower_rows;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (lower_rows[middle][0] == cp)
			return lower_rows[middle][1];
		if (lower_rows[middle][0] < cp)
			low = middle + 1;
		else
			high = middle;
	}
	return cp;
}

void optional_lower(uint32_t *cps, size_t n, bool is_turkish, struct trace *trace)
{
	for (size_t i = 0; i < n; i++) {
		const uint32_t lower = lower_of(cps[i], is_turkish);
		if (lower == cps[i])
			continue;
		cps[i] = lower;
		trace_drop(trace, i, TRACE_LOWER);
	}
}
