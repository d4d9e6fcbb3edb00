#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unicode/utf8.h"

static FILE *open_table(const char *name)
{
	const char *folder = getenv("abs_top_srcdir");
	char path[1024];
	snprintf(path, sizeof path, "%s/tests/unit/%s", folder ? folder : ".", name);
	return fopen(path, "r");
}

/* Splits a line at its tabs. False unless it has all columns and no more. */
static bool split_row(struct table_row *row, size_t n_columns)
{
	char *at = row->line;
	at[strcspn(at, "\n")] = '\0';
	for (size_t i = 0; i < n_columns; i++) {
		row->columns[i] = at;
		char *const tab = strchr(at, '\t');
		if (!tab)
			return i + 1 == n_columns;
		*tab = '\0';
		at = tab + 1;
	}
	return false;
}

static bool add_row(struct table *table, const char *line, size_t line_no, size_t n_columns)
{
	const size_t n = (size_t)table->n;
	struct table_row *const rows = realloc(table->rows, (n + 1) * sizeof *rows);
	if (!rows)
		return false;
	table->rows = rows;
	rows[n] = (struct table_row){.line = strdup(line), .line_no = line_no};
	table->n += rows[n].line != NULL;
	return rows[n].line && split_row(&rows[n], n_columns);
}

bool table_read(struct table *table, const char *name, size_t n_columns)
{
	char line[TABLE_MOST_BYTES];
	FILE *const file = open_table(name);
	bool is_good = file != NULL;
	for (size_t line_no = 1; is_good && fgets(line, sizeof line, file); line_no++) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		is_good = add_row(table, line, line_no, n_columns);
		if (!is_good)
			fprintf(stderr, "%s, line %zu: bad row\n", name, line_no);
	}
	if (file)
		fclose(file);
	if (is_good && table->n > 0)
		return true;
	fprintf(stderr, "cannot read %s\n", name);
	return false;
}

void table_free(struct table *table)
{
	for (int i = 0; i < table->n; i++)
		free(table->rows[i].line);
	free(table->rows);
	*table = (struct table){0};
}

size_t table_unescape(const char *text, char *out)
{
	size_t len = 0;
	while (*text) {
		const int digits = strncmp(text, "\\x", 2) == 0   ? 2
		                   : strncmp(text, "\\u", 2) == 0 ? 4
		                   : strncmp(text, "\\U", 2) == 0 ? 8
		                                                  : 0;
		if (digits == 0) {
			out[len++] = *text++;
			continue;
		}
		char number[9] = "";
		memcpy(number, text + 2, (size_t)digits);
		const unsigned long value = strtoul(number, NULL, 16);
		if (digits == 2)
			out[len++] = (char)value;
		else
			len += utf8_encode((uint32_t)value, out + len);
		text += 2 + digits;
	}
	out[len] = '\0';
	return len;
}

const char *table_escape(const char *text, char *out, size_t cap)
{
	size_t at = 0;
	out[0] = '\0';
	for (const size_t len = strlen(text); *text && at + 11 < cap;) {
		const struct utf8 c = utf8_decode(text, len);
		const unsigned cp = (unsigned)c.cp;
		if (c.status != UTF8_CHAR)
			at += (size_t)snprintf(out + at, cap - at, "\\x%02X", (unsigned char)*text);
		else if (cp >= ' ' && cp < 0x7F)
			at += (size_t)snprintf(out + at, cap - at, "%c", (char)cp);
		else
			at += (size_t)snprintf(out + at, cap - at,
			                       cp > 0xFFFF ? "\\U%08X" : "\\u%04X", cp);
		text += c.status == UTF8_CHAR ? c.len : 1;
	}
	return out;
}
