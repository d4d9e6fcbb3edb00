#include "cli/jobs_form.h"

#include <stdio.h>
#include <string.h>

/* A digit stands for one or more of them. */
struct row {
	const char *name; /* as short_name makes it */
	struct form form;
	bool is_marked; /* a byte order mark decides on is_big */
};

static const struct row rows[] = {
	{"utf8", {.unit = 1, .is_utf8 = true}, false},
	{"utf16", {.unit = 2, .is_big = true}, true},
	{"utf16be", {.unit = 2, .is_big = true}, false},
	{"utf16le", {.unit = 2}, false},
	{"utf32", {.unit = 4, .is_big = true}, true},
	{"utf32be", {.unit = 4, .is_big = true}, false},
	{"utf32le", {.unit = 4}, false},
	{"windows125#", {.unit = 1}, false},
	{"cp125#", {.unit = 1}, false},
	{"iso8859#", {.unit = 1}, false},
	{"latin1", {.unit = 1}, false},
	{"koi8r", {.unit = 1}, false},
	{"koi8u", {.unit = 1}, false},
};

/* As ICU compares names: case, hyphens, underscores and spaces do not count. */
static bool short_name(const char *name, char out[FORM_NAME])
{
	size_t n = 0;
	for (; *name; name++) {
		if (*name == '-' || *name == '_' || *name == ' ')
			continue;
		if (n + 1 == FORM_NAME)
			return false;
		out[n++] = (char)(*name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name);
	}
	out[n] = '\0';
	return true;
}

static bool is_row(const char *row, const char *name)
{
	const size_t len = strcspn(row, "#");
	if (strncmp(row, name, len) != 0)
		return false;
	if (row[len] == '\0')
		return name[len] == '\0';
	const size_t n_digits = strspn(name + len, "0123456789");
	return n_digits > 0 && name[len + n_digits] == '\0';
}

/* Text has one unit at least. */
static void find_mark(struct form *form, const char *text)
{
	static const char marks[2][4] = {{'\xFF', '\xFE', 0, 0}, {0, 0, '\xFE', '\xFF'}};
	for (size_t i = 0; i < 2; i++) {
		const char *mark = i == 0 ? marks[0] : marks[1] + 4 - form->unit;
		if (memcmp(text, mark, form->unit) != 0)
			continue;
		memcpy(form->mark, mark, form->unit);
		form->mark_len = form->unit;
		form->is_big = i == 1;
	}
}

void form_find(struct form *form, const char *encoding, const char *text, size_t len)
{
	char name[FORM_NAME];
	*form = (struct form){0};
	if (!short_name(encoding ? encoding : "UTF-8", name))
		return;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!is_row(rows[i].name, name))
			continue;
		if (rows[i].is_marked && len < rows[i].form.unit)
			return;
		*form = rows[i].form;
		if (rows[i].is_marked)
			find_mark(form, text);
		return;
	}
}

uint32_t form_unit(const struct form *form, const char *text, size_t at)
{
	uint32_t unit = 0;
	for (size_t i = 0; i < form->unit; i++) {
		const size_t place = form->is_big ? at + i : at + form->unit - 1 - i;
		unit = unit << 8 | (unsigned char)text[place];
	}
	return unit;
}
