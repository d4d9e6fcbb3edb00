/*
 * Reads tables of folds from a user's text (src/norm/FORMAT.md). Every line is looked at once; the
 * first that is not as it must be ends the work with its number and a fixed text.
 */
#include "norm/tables.h"

#include <string.h>

#include "base/mem.h"
#include "lang.h"
#include "norm/forms.h"
#include "norm/places.h"
#include "unicode/nfc.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

#define MOST_FIELDS 6
#define ZWJ 0x200Du
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- Fields and code points ---- */

/* Bytes of a line. */
struct field {
	const char *ptr;
	size_t len;
};

struct reader {
	struct lafz_tables *tables;
	struct given *given; /* of the language that was named last; NULL: none yet */
	uint16_t lang;
	bool is_named[LANG_COUNT];
	size_t line;
	size_t row_lines[TABLES_MOST_ROWS];
	struct lafz_tables_error error;
};

static int refuse(struct reader *reader, const char *text)
{
	reader->error = (struct lafz_tables_error){reader->line, text};
	return LAFZ_ERR_TABLES;
}

static bool is_text(struct field field, const char *text)
{
	return field.len == strlen(text) && memcmp(field.ptr, text, field.len) == 0;
}

/*
 * Takes what stands before the first separator from *rest; false if rest was empty and nothing is
 * left.
 */
static bool take(struct field *rest, char separator, struct field *part)
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

/*
 * Reads code points split by separator, most at most; *n gets their count. A fixed text of what is
 * wrong, or NULL.
 */
static const char *read_cps(struct field field, char separator, size_t most, uint16_t *cps, size_t *n)
{
	struct field part;
	*n = 0;
	while (take(&field, separator, &part)) {
		if (*n == most)
			return "too many code points";
		if (!read_cp(part, &cps[*n]))
			return "a code point that is not four hex digits";
		if (!may_stand(cps[(*n)++]))
			return "a code point that no word holds";
	}
	return NULL;
}

/* ---- Contexts ---- */

struct term {
	const char *name;
	uint16_t bits;
};

static const struct term places[] = {
	{"any", 0},
	{"first", FOLD_FIRST},
	{"last", FOLD_LAST},
	{"alone", FOLD_FIRST | FOLD_LAST},
	{"inner", FOLD_NOT_FIRST | FOLD_NOT_LAST},
	{"not-first", FOLD_NOT_FIRST},
	{"not-last", FOLD_NOT_LAST},
	{"not-alone", FOLD_NOT_ALONE},
	{"no-marks", FOLD_NO_MARKS},
};

static const struct term sets[] = {
	{"after", FOLD_AFTER},
	{"not-after", FOLD_NOT_AFTER},
	{"before", FOLD_BEFORE},
	{"word-has", FOLD_WORD_HAS},
};

static const struct term *find_term(const struct term *terms, size_t n, struct field name)
{
	for (size_t i = 0; i < n; i++) {
		if (is_text(name, terms[i].name))
			return &terms[i];
	}
	return NULL;
}

/* Appends a list with its length to the pool; *at gets its place. */
static int add_to_pool(struct reader *reader, const uint16_t *list, size_t n, uint16_t *at)
{
	struct given *const given = reader->given;
	if (given->n_pool + n + 1 > TABLES_MOST_POOL)
		return refuse(reader, "the sets of this language are too long together");
	const int rc = mem_reserve(&reader->tables->mem, &given->pool, &given->pool_cap,
	                           given->n_pool + n + 1, sizeof *given->pool);
	if (rc < 0)
		return rc;
	*at = (uint16_t)given->n_pool;
	given->pool[given->n_pool++] = (uint16_t)n;
	memcpy(given->pool + given->n_pool, list, n * sizeof *list);
	given->n_pool += n;
	return LAFZ_OK;
}

static int read_set(struct reader *reader, struct fold_row *row, const struct term *term,
                    struct field value)
{
	uint16_t cps[TABLES_MOST_SET];
	size_t n = 0;
	if (row->set != 0)
		return refuse(reader, "a row can have one set");
	const char *const wrong = read_cps(value, ' ', COUNT(cps), cps, &n);
	if (wrong)
		return refuse(reader, wrong);
	row->context |= term->bits;
	return add_to_pool(reader, cps, n, &row->set);
}

static int read_endings(struct reader *reader, struct fold_row *row, struct field value)
{
	uint16_t list[TABLES_MOST_SET * (FOLD_ENDING + 1)];
	size_t n = 0, n_endings = 0;
	struct field ending;
	if (row->ends != 0)
		return refuse(reader, "a context stands twice");
	while (take(&value, ' ', &ending)) {
		size_t letters = 0;
		if (n_endings++ == TABLES_MOST_SET)
			return refuse(reader, "too many endings");
		const char *const wrong = read_cps(ending, '+', FOLD_ENDING, list + n + 1, &letters);
		if (wrong)
			return refuse(reader, wrong);
		list[n] = (uint16_t)letters;
		n += letters + 1;
	}
	row->context |= FOLD_NOT_ENDING;
	return add_to_pool(reader, list, n, &row->ends);
}

/* Takes one term from the context: a name, or a name and a set in braces. */
static bool take_term(struct field *rest, struct field *name, struct field *value)
{
	size_t i = 0;
	*value = (struct field){NULL, 0};
	while (i < rest->len && rest->ptr[i] != ' ' && rest->ptr[i] != ':')
		i++;
	*name = (struct field){rest->ptr, i};
	if (i < rest->len && rest->ptr[i] == ':') {
		if (i + 1 == rest->len || rest->ptr[i + 1] != '{')
			return false;
		const char *const begin = rest->ptr + i + 2;
		const size_t left = rest->len - (i + 2);
		const char *const end = left > 0 ? memchr(begin, '}', left) : NULL;
		if (!end)
			return false;
		*value = (struct field){begin, (size_t)(end - begin)};
		i = (size_t)(end - rest->ptr) + 1;
	}
	/* One space and another term, or nothing. */
	if (i < rest->len && (rest->ptr[i] != ' ' || i + 1 == rest->len))
		return false;
	const size_t used = i < rest->len ? i + 1 : i;
	rest->ptr += used;
	rest->len -= used;
	return true;
}

static bool is_of_program(struct field name)
{
	return is_text(name, "beside-letters") || is_text(name, "between-letters") ||
	       is_text(name, "between-digits") || is_text(name, "not-after-emoji");
}

static int read_term(struct reader *reader, struct fold_row *row, struct field name,
                     struct field value, bool is_only)
{
	const struct term *const place = find_term(places, COUNT(places), name);
	const struct term *const set = find_term(sets, COUNT(sets), name);
	const bool is_ending = is_text(name, "not-ending");
	if (is_of_program(name))
		return refuse(reader, "a context that only the program's own rows have");
	if (!place && !set && !is_ending)
		return refuse(reader, "an unknown context");
	if (place ? value.ptr != NULL : value.ptr == NULL)
		return refuse(reader,
		              "a context with a set where none belongs, or without its set");
	if (set)
		return read_set(reader, row, set, value);
	if (is_ending)
		return read_endings(reader, row, value);
	if (place->bits == 0 && !is_only)
		return refuse(reader, "the context any beside others");
	if (place->bits != 0 && (row->context & place->bits) == place->bits)
		return refuse(reader, "a context stands twice");
	row->context |= place->bits;
	return LAFZ_OK;
}

/* What the code of the folds relies on: see fold.c. */
static int check_context(struct reader *reader, const struct fold_row *row)
{
	const unsigned c = row->context;
	if (((c & FOLD_FIRST) && (c & FOLD_NOT_FIRST)) || ((c & FOLD_LAST) && (c & FOLD_NOT_LAST)) ||
	    ((c & FOLD_NOT_ALONE) && (c & FOLD_FIRST) && (c & FOLD_LAST)))
		return refuse(reader, "contexts that cannot hold together");
	if ((c & (FOLD_WORD_HAS | FOLD_NO_MARKS)) && !(c & (FOLD_FIRST | FOLD_LAST)))
		return refuse(reader, "word-has and no-marks need first, last or alone");
	if ((c & FOLD_NOT_ENDING) && (!(c & FOLD_LAST) || row->n_from > 1))
		return refuse(reader, "not-ending needs last or alone, and a source of one letter");
	if (forms_is_form(row->from[0]) && c != 0)
		return refuse(reader, "a presentation form can only have the context any");
	return LAFZ_OK;
}

static int read_context(struct reader *reader, struct fold_row *row, struct field field)
{
	struct field rest = field, name, value;
	bool is_only = true;
	do {
		if (!take_term(&rest, &name, &value))
			return refuse(reader, "a context that is not written as it must be");
		const int rc = read_term(reader, row, name, value, is_only && rest.len == 0);
		if (rc < 0)
			return rc;
		is_only = false;
	} while (rest.len > 0);
	return check_context(reader, row);
}

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
	const char *const wrong = read_cps(field, ' ', FOLD_MOST, row->from, &n);
	if (wrong)
		return refuse(reader, wrong);
	row->n_from = (uint8_t)n;
	for (size_t i = 0; i < n && n > 1; i++) {
		if (forms_is_form(row->from[i]))
			return refuse(reader, "a presentation form that is not the whole source");
	}
	if (n > 1 && places_is_mark(row->from[0]))
		return refuse(reader, "a source of several that begins with a mark");
	if (!is_composed(row->from, n))
		return refuse(reader, "a source that is not composed (NFC) and so never met");
	return LAFZ_OK;
}

static int read_target(struct reader *reader, struct fold_row *row, struct field field)
{
	size_t n = 0;
	if (is_text(field, "-"))
		return LAFZ_OK;
	if (is_text(field, "=")) {
		memcpy(row->to, row->from, sizeof row->to);
		row->n_to = row->n_from;
		return LAFZ_OK;
	}
	const char *const wrong = read_cps(field, ' ', FOLD_MOST, row->to, &n);
	if (wrong)
		return refuse(reader, wrong);
	row->n_to = (uint8_t)n;
	for (size_t i = 0; i < n; i++) {
		if (forms_is_form(row->to[i]))
			return refuse(reader, "a target with a presentation form");
	}
	if (!is_composed(row->to, n))
		return refuse(reader, "a target that is not composed (NFC)");
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
		return refuse(reader,
		              "a name that is not a letter and then up to 30 of a-z, 0-9 and -");
	for (size_t i = 0; i < given->n_names; i++) {
		if (is_text(name, given->names[i])) {
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
	while (take(&field, ',', &flag)) {
		if (is_text(flag, "force")) {
			*is_forced = true;
		} else if (is_text(flag, "off")) {
			row->context |= FOLD_OFF;
		} else if (flag.len >= 5 && memcmp(flag.ptr, "name=", 5) == 0) {
			if (is_named)
				return refuse(reader, "a row with two names");
			is_named = true;
			const int rc = add_name(reader, row,
			                        (struct field){flag.ptr + 5, flag.len - 5});
			if (rc < 0)
				return rc;
		} else if (is_text(flag, "code")) {
			return refuse(reader,
			              "the flag code, which only the program's own rows have");
		} else if (!is_text(flag, "-")) {
			return refuse(reader, "an unknown flag");
		}
	}
	return is_named ? LAFZ_OK : refuse(reader, "a row without a name");
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
		return refuse(reader, "more than 255 rows of one language");
	int rc = read_source(reader, &row, fields[0]);
	if (rc == LAFZ_OK)
		rc = read_context(reader, &row, fields[1]);
	if (rc == LAFZ_OK)
		rc = read_target(reader, &row, fields[2]);
	if (rc == LAFZ_OK)
		rc = read_flags(reader, &row, fields[3], &is_forced);
	if (rc < 0)
		return rc;
	if (fields[4].len == 0 || is_text(fields[4], "-"))
		return refuse(reader, "a row without a reason");
	if (is_own(reader->lang, &row) && !is_same(&row) && !is_forced)
		return refuse(
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
			return refuse(reader, "a target that a row of this language changes again");
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
		return refuse(reader, "an unknown language");
	if (lang == LANG_UND)
		return refuse(reader, "und has no folds of its own");
	if (reader->is_named[lang])
		return refuse(reader, "a language that was named before");
	reader->is_named[lang] = true;
	reader->lang = lang;
	reader->given = tables_add(reader->tables, lang);
	if (!reader->given)
		return LAFZ_ERR_MEMORY;
	/* Place 0 of the pool is the empty list. */
	uint16_t at = 0;
	return add_to_pool(reader, &at, 0, &at);
}

/* ---- Lines ---- */

static int read_line(struct reader *reader, struct field line)
{
	struct field fields[MOST_FIELDS], rest = line;
	size_t n = 0;
	if (line.len > 0 && line.ptr[line.len - 1] == '\r')
		rest.len = --line.len;
	if (line.len > TABLES_MOST_LINE)
		return refuse(reader, "a line of more than 4096 bytes");
	if (line.len == 0 || line.ptr[0] == '#')
		return LAFZ_OK;
	while (n < MOST_FIELDS && take(&rest, '\t', &fields[n]))
		n++;
	if (n > 0 && is_text(fields[0], "language")) {
		if (n != 2 || rest.ptr)
			return refuse(reader, "a line that names a language has two fields");
		return begin_language(reader, fields[1]);
	}
	if (n < 5 || rest.ptr)
		return refuse(reader, "not five or six fields with one tab between two of them");
	if (!reader->given)
		return refuse(reader, "a row before a line that names a language");
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
		return refuse(reader, "more than 1,048,576 bytes");
	if (rest.len >= 3 && memcmp(rest.ptr, "\xEF\xBB\xBF", 3) == 0)
		rest = (struct field){rest.ptr + 3, rest.len - 3};
	while (take(&rest, '\n', &line)) {
		reader->line++;
		if (!is_well_formed(line))
			return refuse(reader, "bytes that are not UTF-8");
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
