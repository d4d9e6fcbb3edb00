/*
 * Names of languages and characters, and versions of libraries. The only file that names ICU's
 * locales and its names of characters.
 */
#include <stdio.h>
#include <string.h>

#include <lafz.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

#include "lang.h"
#include "unicode/nfc.h"

enum { NAME_UNITS = 128, NAME_BYTES = 3 * NAME_UNITS + 1 };

/* Copies a string of len bytes and a NUL into cap bytes, cut if need be; returns len. */
static size_t hand_out(const char *text, size_t len, char *out, size_t cap)
{
	if (cap > 0) {
		const size_t n = len < cap ? len : cap - 1;
		memcpy(out, text, n);
		out[n] = '\0';
	}
	return len;
}

size_t lafz_lang_name(uint16_t lang, char *out, size_t cap)
{
	const char *tag = lafz_lang_tag(lang);
	if (!tag)
		return 0;
	UErrorCode error = U_ZERO_ERROR;
	char locale[ULOC_FULLNAME_CAPACITY];
	UChar name[NAME_UNITS];
	char utf8[NAME_BYTES];
	int32_t len = 0;
	uloc_forLanguageTag(tag, locale, sizeof locale, NULL, &error);
	const int32_t units = uloc_getDisplayName(locale, "en", name, NAME_UNITS, &error);
	u_strToUTF8(utf8, NAME_BYTES, &len, name, units, &error);
	if (lang == LANG_UND) /* no language for ICU, so it has no name there */
		return hand_out("undetermined", strlen("undetermined"), out, cap);
	if (U_FAILURE(error) || len <= 0)
		return hand_out(tag, strlen(tag), out, cap);
	return hand_out(utf8, (size_t)len, out, cap);
}

size_t lafz_char_name(uint32_t cp, char *out, size_t cap)
{
	UErrorCode error = U_ZERO_ERROR;
	char name[NAME_BYTES];
	if (cp > 0x10FFFF)
		return 0;
	const int32_t len = u_charName((UChar32)cp, U_EXTENDED_CHAR_NAME, name, sizeof name, &error);
	return U_FAILURE(error) || len <= 0 ? 0 : hand_out(name, (size_t)len, out, cap);
}

size_t lafz_library_versions(char *out, size_t cap)
{
	UVersionInfo icu, unicode;
	char icu_text[U_MAX_VERSION_STRING_LENGTH], unicode_text[U_MAX_VERSION_STRING_LENGTH],
		line[256];
	u_getVersion(icu);
	u_getUnicodeVersion(unicode);
	u_versionToString(icu, icu_text);
	u_versionToString(unicode, unicode_text);
	const int len = snprintf(line, sizeof line, "ICU %s (Unicode %s), utf8proc %s (Unicode %s)",
	                         icu_text, unicode_text, nfc_library_version(),
	                         nfc_unicode_version());
	return len < 0 ? 0
	               : hand_out(line, (size_t)len < sizeof line ? (size_t)len : sizeof line - 1,
	                          out, cap);
}
