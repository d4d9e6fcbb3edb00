#include "norm/places.h"

#include "norm/forms.h"

struct places places_find(const uint32_t *cps, size_t n)
{
	struct places found = {n, n};
	for (size_t i = 0; i < n; i++) {
		if (!places_is_letter(cps[i]))
			continue;
		if (found.first == n)
			found.first = i;
		found.last = i;
	}
	return found;
}

/* A letter that is none of the spacing forms of marks, which norm leaves where they begin a word. */
static bool is_real_letter(uint32_t cp)
{
	return places_is_letter(cp) && !forms_is_mark(cp);
}

bool places_is_other_script(const uint32_t *cps, size_t n)
{
	bool other = false;
	for (size_t i = 0; i < n; i++) {
		if (!is_real_letter(cps[i]))
			continue;
		const uint8_t script = ucd_get(cps[i])->script;
		if (script == UCD_SCRIPT_ARAB || script == UCD_SCRIPT_LATN)
			return false;
		other |= script != UCD_SCRIPT_ZYYY && script != UCD_SCRIPT_ZINH;
	}
	return other;
}

size_t places_drop_tatweel(uint32_t *cps, size_t n, bool keep_seat, struct trace *trace)
{
	bool after_letter = false;
	size_t m = 0;
	size_t next = 0; /* the first character from i on that is neither tatweel nor passed over */
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = cps[i];
		if (cp != PLACES_TATWEEL) {
			if (!places_is_passed(cp))
				after_letter = is_real_letter(cp);
			trace_keep(trace, m, i);
			cps[m++] = cp;
			continue;
		}
		if (next < i)
			next = i;
		while (next < n && (cps[next] == PLACES_TATWEEL || places_is_passed(cps[next])))
			next++;
		const bool before_letter = next < n && is_real_letter(cps[next]);
		const bool is_seat = !after_letter && i + 1 < n && places_is_mark(cps[i + 1]);
		if ((after_letter || before_letter) && !(keep_seat && is_seat)) {
			trace_drop(trace, i, TRACE_TATWEEL);
			continue;
		}
		trace_keep(trace, m, i);
		cps[m++] = cp;
	}
	return m;
}
