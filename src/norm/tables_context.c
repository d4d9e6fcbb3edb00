/*
 * The contexts of a row of a user's tables: where its fold applies.
 */
#include <string.h>

#include "base/mem.h"
#include "norm/forms.h"
#include "norm/tables_reader.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

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
		if (field_is(name, terms[i].name))
			return &terms[i];
	}
	return NULL;
}

int reader_add_to_pool(struct reader *reader, const uint16_t *list, size_t n, uint16_t *at)
{
	struct given *const given = reader->given;
	if (given->n_pool + n + 1 > TABLES_MOST_POOL)
		return reader_refuse(reader, "the sets of this language are too long together");
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
		return reader_refuse(reader, "a row can have one set");
	const char *const wrong = field_cps(value, ' ', COUNT(cps), cps, &n);
	if (wrong)
		return reader_refuse(reader, wrong);
	row->context |= term->bits;
	return reader_add_to_pool(reader, cps, n, &row->set);
}

static int read_endings(struct reader *reader, struct fold_row *row, struct field value)
{
	uint16_t list[TABLES_MOST_SET * (FOLD_ENDING + 1)];
	size_t n = 0, n_endings = 0;
	struct field ending;
	if (row->ends != 0)
		return reader_refuse(reader, "a context stands twice");
	while (field_take(&value, ' ', &ending)) {
		size_t letters = 0;
		if (n_endings++ == TABLES_MOST_SET)
			return reader_refuse(reader, "too many endings");
		const char *const wrong = field_cps(ending, '+', FOLD_ENDING, list + n + 1, &letters);
		if (wrong)
			return reader_refuse(reader, wrong);
		list[n] = (uint16_t)letters;
		n += letters + 1;
	}
	row->context |= FOLD_NOT_ENDING;
	return reader_add_to_pool(reader, list, n, &row->ends);
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
	return field_is(name, "beside-letters") || field_is(name, "between-letters") ||
	       field_is(name, "between-digits") || field_is(name, "not-after-emoji");
}

static int read_term(struct reader *reader, struct fold_row *row, struct field name,
                     struct field value, bool is_only)
{
	const struct term *const place = find_term(places, COUNT(places), name);
	const struct term *const set = find_term(sets, COUNT(sets), name);
	const bool is_ending = field_is(name, "not-ending");
	if (is_of_program(name))
		return reader_refuse(reader, "a context that only the program's own rows have");
	if (!place && !set && !is_ending)
		return reader_refuse(reader, "an unknown context");
	if (place ? value.ptr != NULL : value.ptr == NULL)
		return reader_refuse(reader,
		                     "a context with a set where none belongs, or without its set");
	if (set)
		return read_set(reader, row, set, value);
	if (is_ending)
		return read_endings(reader, row, value);
	if (place->bits == 0 && !is_only)
		return reader_refuse(reader, "the context any beside others");
	if (place->bits != 0 && (row->context & place->bits) == place->bits)
		return reader_refuse(reader, "a context stands twice");
	row->context |= place->bits;
	return LAFZ_OK;
}

/* What the code of the folds relies on: see fold.c. */
static int check_context(struct reader *reader, const struct fold_row *row)
{
	const unsigned c = row->context;
	if (((c & FOLD_FIRST) && (c & FOLD_NOT_FIRST)) || ((c & FOLD_LAST) && (c & FOLD_NOT_LAST)) ||
	    ((c & FOLD_NOT_ALONE) && (c & FOLD_FIRST) && (c & FOLD_LAST)))
		return reader_refuse(reader, "contexts that cannot hold together");
	if ((c & (FOLD_WORD_HAS | FOLD_NO_MARKS)) && !(c & (FOLD_FIRST | FOLD_LAST)))
		return reader_refuse(reader, "word-has and no-marks need first, last or alone");
	if ((c & FOLD_NOT_ENDING) && (!(c & FOLD_LAST) || row->n_from > 1))
		return reader_refuse(reader,
		                     "not-ending needs last or alone, and a source of one letter");
	if (forms_is_form(row->from[0]) && c != 0)
		return reader_refuse(reader, "a presentation form can only have the context any");
	return LAFZ_OK;
}

int reader_context(struct reader *reader, struct fold_row *row, struct field field)
{
	struct field rest = field, name, value;
	bool is_only = true;
	do {
		if (!take_term(&rest, &name, &value))
			return reader_refuse(reader, "a context that is not written as it must be");
		const int rc = read_term(reader, row, name, value, is_only && rest.len == 0);
		if (rc < 0)
			return rc;
		is_only = false;
	} while (rest.len > 0);
	return check_context(reader, row);
}
