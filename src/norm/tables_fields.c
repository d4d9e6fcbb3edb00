/*
 * The fields of a line of a user's tables, and the code points in them.
 */
#include <string.h>

#include "norm/places.h"
#include "norm/tables_reader.h"
#include "unicode/ucd.h"

#define ZWJ 0x200Du

int reader_refuse(struct reader *reader, const char *text)
{
	reader->error = (struct lafz_tables_error){reader->line, text};
	return LAFZ_ERR_TABLES;
}

bool field_is(struct field field, const char *text)
{
	return field.len == strlen(text) && memcmp(field.ptr, text, field.len) == 0;
}

bool field_take(struct field *rest, char separator, struct field *part)
{
	if (!rest->ptr)
		return false;
	const char *const end = rest->len > 0 ? memchr(rest->ptr, separator, rest->len) : NULL;
	*part = *rest;
	if (!end) {
		*rest = (struct field){NULL, 0};
		return true;
	}
	part->len = (size_t)(end - rest->ptr);
	rest->ptr = end + 1;
	rest->len -= part->len + 1;
	return true;
}

/*
 * Letters, marks, numbers, punctuation and symbols, and the two joiners: what a word may hold when
 * the folds begin.
 */
static bool may_stand(uint32_t cp)
{
	const uint8_t gc = ucd_get(cp)->gc;
	switch (gc) {
	case UCD_GC_CC:
	case UCD_GC_CN:
	case UCD_GC_CO:
	case UCD_GC_CS:
	case UCD_GC_ZL:
	case UCD_GC_ZP:
	case UCD_GC_ZS:
		return false;
	case UCD_GC_CF:
		return cp == PLACES_ZWNJ || cp == ZWJ;
	default:
		return true;
	}
}

/* One code point of the Basic Multilingual Plane in four hex digits. */
static bool read_cp(struct field field, uint16_t *cp)
{
	uint32_t value = 0;
	if (field.len != 4)
		return false;
	for (size_t i = 0; i < field.len; i++) {
		const char c = field.ptr[i];
		uint32_t digit = 0;
		if (c >= '0' && c <= '9')
			digit = (uint32_t)(c - '0');
		else if (c >= 'A' && c <= 'F')
			digit = (uint32_t)(c - 'A') + 10;
		else if (c >= 'a' && c <= 'f')
			digit = (uint32_t)(c - 'a') + 10;
		else
			return false;
		value = value << 4 | digit;
	}
	*cp = (uint16_t)value;
	return true;
}

const char *field_cps(struct field field, char separator, size_t most, uint16_t *cps, size_t *n)
{
	struct field part;
	*n = 0;
	while (field_take(&field, separator, &part)) {
		if (*n == most)
			return "too many code points";
		if (!read_cp(part, &cps[*n]))
			return "a code point that is not four hex digits";
		if (!may_stand(cps[(*n)++]))
			return "a code point that no word holds";
	}
	return NULL;
}
