#include "norm/forms.h"

#include "gen/forms.h"
#include "unicode/ucd.h"

_Static_assert(FORMS_LONGEST >= FORM_LONGEST, "room for the letters of a form");

size_t forms_letters(uint32_t cp, const uint16_t **letters)
{
	size_t i = 0;
	if (cp >= 0xFB50 && cp <= 0xFDFF)
		i = cp - 0xFB50;
	else if (cp >= 0xFE70 && cp <= 0xFEFC)
		i = 0xFDFF - 0xFB50 + 1 + (cp - 0xFE70);
	else if (cp >= 0xFB00 && cp <= 0xFB06)
		i = 0xFDFF - 0xFB50 + 1 + 0xFEFC - 0xFE70 + 1 + (cp - 0xFB00);
	else
		return 0;
	*letters = form_letters + (form_index[i] >> 3);
	return form_index[i] & 7u;
}

bool forms_is_mark(uint32_t cp)
{
	const uint16_t *letters = NULL;
	return forms_letters(cp, &letters) > 0 && ucd_get(letters[0])->gc == UCD_GC_MN;
}
