#include "cli/value.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fail.h"

int value_word(const char *option, const char *value, const struct value_word *words, int *out)
{
	char list[160] = "";
	size_t len = 0;
	for (const struct value_word *word = words; word->name; word++) {
		if (strcmp(word->name, value) == 0) {
			*out = word->number;
			return 0;
		}
		const char *comma = len > 0 ? ", " : "";
		const int n = snprintf(list + len, sizeof list - len, "%s%s", comma, word->name);
		if (n > 0 && (size_t)n < sizeof list - len)
			len += (size_t)n;
	}
	return fail_use("%s: '%s' is none of: %s", option, value, list);
}

static int shift_of(const char *suffix)
{
	if (strcmp(suffix, "") == 0)
		return 0;
	if (strcmp(suffix, "K") == 0)
		return 10;
	if (strcmp(suffix, "M") == 0)
		return 20;
	return strcmp(suffix, "G") == 0 ? 30 : -1;
}

int value_size(const char *option, const char *value, size_t low, size_t high, size_t *out)
{
	/* 11 digits and a shift of 30 fit in 64 bits with room to spare. */
	const size_t n_digits = strspn(value, "0123456789");
	const int shift = shift_of(value + n_digits);
	if (n_digits == 0 || n_digits > 11 || shift < 0)
		return fail_use("%s: '%s' is not a size in bytes (such as 4096, 64K or 2M)", option,
		                value);
	uint64_t size = 0;
	for (size_t i = 0; i < n_digits; i++)
		size = size * 10 + (uint64_t)(value[i] - '0');
	if (size > UINT64_MAX >> shift || size << shift < low || size << shift > high)
		return fail_use("%s: '%s' is not between %zu and %zu", option, value, low, high);
	*out = (size_t)(size << shift);
	return 0;
}

int value_number(const char *option, const char *value, size_t low, size_t high, size_t *out)
{
	const size_t n = strspn(value, "0123456789");
	if (n == 0 || value[n] != '\0')
		return fail_use("%s: '%s' is not a number", option, value);
	return value_size(option, value, low, high, out);
}

int value_count(const char *option, const char *value, uint64_t *out)
{
	const size_t n = strspn(value, "0123456789");
	uint64_t number = 0;
	for (size_t i = 0; i < n && n <= 18; i++)
		number = number * 10 + (uint64_t)(value[i] - '0');
	if (number == 0 || n > 18 || value[n] != '\0')
		return fail_use("%s: '%s' is not a number from 1 on", option, value);
	*out = number;
	return 0;
}

int value_fraction(const char *option, const char *value, float *out)
{
	/* strtod alone would also take "nan" and "0x1p-1". */
	char *end = NULL;
	const bool is_plain = *value != '\0' && value[strspn(value, "0123456789.")] == '\0';
	const double number = is_plain ? strtod(value, &end) : -1;
	if (!is_plain || end == value || *end != '\0' || number > 1)
		return fail_use("%s: '%s' is not a number from 0 to 1", option, value);
	*out = (float)number;
	return 0;
}

int value_languages(const char *option, const char *value, struct lafz_options *options)
{
	options->n_languages = 0;
	for (const char *tag = value;; tag++) {
		const size_t len = strcspn(tag, ",");
		char name[64];
		uint16_t lang = LAFZ_LANG_NONE;
		if (len > 0 && len < sizeof name) {
			memcpy(name, tag, len);
			name[len] = '\0';
			lang = lafz_lang_id(name);
		}
		if (lang == LAFZ_LANG_NONE || lang == LAFZ_LANG_UND)
			return value_no_language(option, tag, len);
		if (options->n_languages == LAFZ_MAX_LANGUAGES)
			return fail_use("%s: more than %d languages", option, LAFZ_MAX_LANGUAGES);
		options->languages[options->n_languages++] = lang;
		tag += len;
		if (*tag == '\0')
			return 0;
	}
}

int value_names(const char *option, const char *value, struct bytes *out)
{
	for (const char *name = value;; name++) {
		const size_t len = strcspn(name, ",");
		if (len == 0)
			return fail_use("%s: a name is empty", option);
		if (!bytes_append(out, name, len) || !bytes_append(out, "", 1))
			return fail_memory();
		name += len;
		if (*name == '\0')
			return 0;
	}
}
