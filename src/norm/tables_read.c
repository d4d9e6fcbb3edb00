/*
 * Reads tables of folds from a user's text (src/norm/FORMAT.md). Every line is looked at once; the
 * first that is not as it must be ends the work with its number and a fixed text.
 */
#include "norm/tables.h"

#include <string.h>

#include "base/mem.h"
#include "norm/forms.h"
#include "norm/places.h"
#include "norm/tables_reader.h"
#include "unicode/nfc.h"
#include "unicode/utf8.h"

#define MOST_FIELDS 6

/* ---- Rows ---- */

/* NFC leaves the code points as they are. */
static bool is_composed(const uint16_t *cps, size_t n)
{
	uint32_t all[FOLD_MOST * NFC_PARTS], scratch[FOLD_MOST * NFC_PARTS];
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		m += nfc_parts(cps[i], all + m);
	nfc_order(all, m, scratch);
	if (nfc_join(all, m) != (ptrdiff_t)n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (all[i] != cps[i])
			return false;
	}
	return true;
}

static int read_source(struct reader *reader, struct fold_row *row, struct field field)
{
	size_t n = 0;
	const char *const wrong = field_cps(field, ' ', FOLD_MOST, row->from, &n);
	if (wrong)
		return reader_refuse(reader, wrong);
	row->n_from = (uint8_t)n;
	for (size_t i = 0; i < n && n > 1; i++) {
		if (forms_is_form(row->from[i]))
			return reader_refuse(reader,
			                     "a presentation form that is not the whole source");
	}
	if (n > 1 && places_is_mark(row->from[0]))
		return reader_refuse(reader, "a source of several that begins with a mark");
	if (!is_composed(row->from, n))
		return reader_refuse(reader,
		                     "a source that is not composed (NFC) and so never met");
	return LAFZ_OK;
}

static int read_target(struct reader *reader, struct fold_row *row, struct field field)
{
	size_t n = 0;
	if (field_is(field, "-"))
		return LAFZ_OK;
	if (field_is(field, "=")) {
		memcpy(row->to, row->from, sizeof row->to);
		row->n_to = row->n_from;
		return LAFZ_OK;
	}
	const char *const wrong = field_cps(field, ' ', FOLD_MOST, row->to, &n);
	if (wrong)
		return reader_refuse(reader, wrong);
	row->n_to = (uint8_t)n;
	for (size_t i = 0; i < n; i++) {
		if (forms_is_form(row->to[i]))
			return reader_refuse(reader, "a target with a presentation form");
	}
	if (!is_composed(row->to, n))
		return reader_refuse(reader, "a target that is not composed (NFC)");
	return LAFZ_OK;
}

static bool is_name(struct field name)
{
	if (name.len == 0 || name.len >= FOLD_NAME || name.ptr[0] < 'a' || name.ptr[0] > 'z')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.ptr[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return true;
}

/*
 * The number of a rule's name, which is new or was used by a row before. There are not more names
 * than rows.
 */
static int add_name(struct reader *reader, struct fold_row *row, struct field name)
{
	struct given *const given = reader->given;
	if (!is_name(name))
		return reader_refuse(
			reader, "a name that is not a letter and then up to 30 of a-z, 0-9 and -");
	for (size_t i = 0; i < given->n_names; i++) {
		if (field_is(name, given->names[i])) {
			row->name = (uint8_t)i;
			return LAFZ_OK;
		}
	}
	const int rc = mem_reserve(&reader->tables->mem, &given->names, &given->names_cap,
	                           given->n_names + 1, sizeof *given->names);
	if (rc < 0)
		return rc;
	memset(given->names[given->n_names], 0, FOLD_NAME);
	memcpy(given->names[given->n_names], name.ptr, name.len);
	row->name = (uint8_t)given->n_names++;
	return LAFZ_OK;
}

static int read_flags(struct reader *reader, struct fold_row *row, struct field field, bool *is_forced)
{
	struct field flag;
	bool is_named = false;
	while (field_take(&field, ',', &flag)) {
		if (field_is(flag, "force")) {
			*is_forced = true;
		} else if (field_is(flag, "off")) {
			row->context |= FOLD_OFF;
		} else if (flag.len >= 5 && memcmp(flag.ptr, "name=", 5) == 0) {
			if (is_named)
				return reader_refuse(reader, "a row with two names");
			is_named = true;
			const int rc = add_name(reader, row,
			                        (struct field){flag.ptr + 5, flag.len - 5});
			if (rc < 0)
				return rc;
		} else if (field_is(flag, "code")) {
			return reader_refuse(
				reader, "the flag code, which only the program's own rows have");
		} else if (!field_is(flag, "-")) {
			return reader_refuse(reader, "an unknown flag");
		}
	}
	return is_named ? LAFZ_OK : reader_refuse(reader, "a row without a name");
}

static bool is_same(const struct fold_row *row)
{
	return row->n_from == row->n_to && memcmp(row->from, row->to, sizeof row->from) == 0;
}

/* All of the source are letters of the language itself. */
static bool is_own(uint16_t lang, const struct fold_row *row)
{
	const uint16_t *alphabet = NULL;
	const size_t n = fold_alphabet(lang, &alphabet);
	for (size_t i = 0; i < row->n_from; i++) {
		size_t k = 0;
		while (k < n && alphabet[k] != row->from[i])
			k++;
		if (k == n)
			return false;
	}
	return true;
}

static int read_row(struct reader *reader, const struct field *fields)
{
	struct given *const given = reader->given;
	struct fold_row row = {.n_from = 0};
	bool is_forced = false;
	if (given->n_rows == TABLES_MOST_ROWS)
		return reader_refuse(reader, "more than 255 rows of one language");
	int rc = read_source(reader, &row, fields[0]);
	if (rc == LAFZ_OK)
		rc = reader_context(reader, &row, fields[1]);
	if (rc == LAFZ_OK)
		rc = read_target(reader, &row, fields[2]);
	if (rc == LAFZ_OK)
		rc = read_flags(reader, &row, fields[3], &is_forced);
	if (rc < 0)
		return rc;
	if (fields[4].len == 0 || field_is(fields[4], "-"))
		return reader_refuse(reader, "a row without a reason");
	if (is_own(reader->lang, &row) && !is_same(&row) && !is_forced)
		return reader_refuse(
			reader,
			"a row that changes the language's own letters without the flag force");
	rc = mem_reserve(&reader->tables->mem, &given->rows, &given->rows_cap, given->n_rows + 1,
	                 sizeof *given->rows);
	if (rc < 0)
		return rc;
	reader->row_lines[given->n_rows] = reader->line;
	given->rows[given->n_rows++] = row;
	return LAFZ_OK;
}

/* ---- Languages ---- */

static bool holds(const uint16_t *cps, size_t n, uint16_t cp)
{
	for (size_t i = 0; i < n; i++) {
		if (cps[i] == cp)
			return true;
	}
	return false;
}

/* What the row makes, another one (or itself) changes when the text is folded again. */
static bool is_undone(const struct given *given, const struct fold_row *row)
{
	const enum fold_phase phase = fold_phase(row->from, row->n_from);
	for (size_t k = 0; k < given->n_rows; k++) {
		const struct fold_row *const other = &given->rows[k];
		if (is_same(other) || fold_phase(other->from, other->n_from) > phase)
			continue;
		for (size_t i = 0; i < row->n_to; i++) {
			if (holds(other->from, other->n_from, row->to[i]))
				return true;
		}
	}
	return false;
}

/* Puts the rows in the order of their phases, those of one phase as they were. */
static int sort_rows(struct reader *reader)
{
	struct given *const given = reader->given;
	struct fold_row *sorted = NULL;
	size_t cap = 0, n = 0;
	const int rc = mem_reserve(&reader->tables->mem, &sorted, &cap, given->n_rows + 1,
	                           sizeof *sorted);
	if (rc < 0)
		return rc;
	for (enum fold_phase phase = FOLD_FORM; phase < FOLD_PHASES; phase++) {
		given->table.begins[phase] = (uint8_t)n;
		for (size_t i = 0; i < given->n_rows; i++) {
			if (fold_phase(given->rows[i].from, given->rows[i].n_from) == phase)
				sorted[n++] = given->rows[i];
		}
	}
	given->table.begins[FOLD_PHASES] = (uint8_t)n;
	mem_free(&reader->tables->mem, given->rows);
	given->rows = sorted;
	given->rows_cap = cap;
	return LAFZ_OK;
}

/* The language that was named last has all its rows. */
static int end_language(struct reader *reader)
{
	struct given *const given = reader->given;
	if (!given)
		return LAFZ_OK;
	for (size_t i = 0; i < given->n_rows; i++) {
		reader->line = reader->row_lines[i];
		if (!is_same(&given->rows[i]) && is_undone(given, &given->rows[i]))
			return reader_refuse(reader,
			                     "a target that a row of this language changes again");
	}
	const int rc = sort_rows(reader);
	if (rc < 0)
		return rc;
	given->table.rows = given->rows;
	given->table.pool = given->pool;
	given->table.names = (const char(*)[FOLD_NAME])given->names;
	given->table.is_given = true;
	fold_hints_of(&given->table, given->hints, given->calm);
	return LAFZ_OK;
}

static uint16_t find_language(struct field tag)
{
	char name[16];
	if (tag.len == 0 || tag.len >= sizeof name || memchr(tag.ptr, '\0', tag.len))
		return LAFZ_LANG_NONE;
	memcpy(name, tag.ptr, tag.len);
	name[tag.len] = '\0';
	return lafz_lang_id(name);
}

static int begin_language(struct reader *reader, struct field tag)
{
	const size_t line = reader->line;
	const int rc = end_language(reader);
	if (rc < 0)
		return rc;
	reader->line = line;
	const uint16_t lang = find_language(tag);
	if (lang == LAFZ_LANG_NONE)
		return reader_refuse(reader, "an unknown language");
	if (lang == LANG_UND)
		return reader_refuse(reader, "und has no folds of its own");
	if (reader->is_named[lang])
		return reader_refuse(reader, "a language that was named before");
	reader->is_named[lang] = true;
	reader->lang = lang;
	reader->given = tables_add(reader->tables, lang);
	if (!reader->given)
		return LAFZ_ERR_MEMORY;
	/* Place 0 of the pool is the empty list. */
	uint16_t at = 0;
	return reader_add_to_pool(reader, &at, 0, &at);
}

/* ---- Lines ---- */

static int read_line(struct reader *reader, struct field line)
{
	struct field fields[MOST_FIELDS], rest = line;
	size_t n = 0;
	if (line.len > 0 && line.ptr[line.len - 1] == '\r')
		rest.len = --line.len;
	if (line.len > TABLES_MOST_LINE)
		return reader_refuse(reader, "a line of more than 4096 bytes");
	if (line.len == 0 || line.ptr[0] == '#')
		return LAFZ_OK;
	while (n < MOST_FIELDS && field_take(&rest, '\t', &fields[n]))
		n++;
	if (n > 0 && field_is(fields[0], "language")) {
		if (n != 2 || rest.ptr)
			return reader_refuse(reader, "a line that names a language has two fields");
		return begin_language(reader, fields[1]);
	}
	if (n < 5 || rest.ptr)
		return reader_refuse(reader,
		                     "not five or six fields with one tab between two of them");
	if (!reader->given)
		return reader_refuse(reader, "a row before a line that names a language");
	return read_row(reader, fields);
}

static bool is_well_formed(struct field line)
{
	for (size_t off = 0; off < line.len;) {
		const struct utf8 c = utf8_decode(line.ptr + off, line.len - off);
		if (c.status != UTF8_CHAR)
			return false;
		off += c.len;
	}
	return true;
}

static int read_lines(struct reader *reader, struct field rest)
{
	struct field line;
	if (rest.len > TABLES_MOST_BYTES)
		return reader_refuse(reader, "more than 1,048,576 bytes");
	if (rest.len >= 3 && memcmp(rest.ptr, "\xEF\xBB\xBF", 3) == 0)
		rest = (struct field){rest.ptr + 3, rest.len - 3};
	while (field_take(&rest, '\n', &line)) {
		reader->line++;
		if (!is_well_formed(line))
			return reader_refuse(reader, "bytes that are not UTF-8");
		const int rc = read_line(reader, line);
		if (rc < 0)
			return rc;
	}
	return end_language(reader);
}

int lafz_tables_read(struct lafz_tables **out, const char *text, size_t len,
                     const struct lafz_allocator *allocator, struct lafz_tables_error *error)
{
	struct reader reader = {.tables = tables_make(NULL, allocator ? allocator : &mem_default)};
	*out = NULL;
	if (error)
		*error = (struct lafz_tables_error){0, lafz_strerror(LAFZ_OK)};
	if (!reader.tables)
		return LAFZ_ERR_MEMORY;
	const int rc = read_lines(&reader, (struct field){len > 0 ? text : NULL, len});
	if (rc < 0) {
		lafz_tables_close(reader.tables);
		if (error && rc == LAFZ_ERR_TABLES)
			*error = reader.error;
		return rc;
	}
	*out = reader.tables;
	return LAFZ_OK;
}
