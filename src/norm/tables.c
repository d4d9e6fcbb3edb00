#include "norm/tables.h"

#include <string.h>

#include "base/mem.h"

const struct fold_table *tables_find(const struct lafz_tables *tables, uint16_t lang)
{
	return tables && lang < LANG_COUNT ? tables->by_lang[lang] : fold_table(lang);
}

struct lafz_tables *tables_make(const struct lafz_tables *base, const struct lafz_allocator *mem)
{
	struct lafz_tables *const tables = mem_alloc_zero(mem, sizeof *tables);
	if (!tables)
		return NULL;
	tables->mem = *mem;
	for (uint16_t lang = 0; lang < LANG_COUNT; lang++)
		tables->by_lang[lang] = tables_find(base, lang);
	return tables;
}

struct given *tables_add(struct lafz_tables *tables, uint16_t lang)
{
	struct given *const given = mem_alloc_zero(&tables->mem, sizeof *given);
	if (!given)
		return NULL;
	given->next = tables->given;
	tables->given = given;
	tables->by_lang[lang] = &given->table;
	return given;
}

void lafz_tables_close(struct lafz_tables *tables)
{
	if (!tables)
		return;
	const struct lafz_allocator mem = tables->mem;
	struct given *given = tables->given;
	while (given) {
		struct given *const next = given->next;
		mem_free(&mem, given->rows);
		mem_free(&mem, given->pool);
		mem_free(&mem, given->names);
		mem_free(&mem, given);
		given = next;
	}
	mem_free(&mem, tables);
}

/* ---- Rules switched on by name ---- */

static bool has_name(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
}

static bool is_known(const struct lafz_tables *tables, const char *name)
{
	for (uint16_t lang = 0; lang < LANG_COUNT; lang++) {
		const struct fold_table *const table = tables->by_lang[lang];
		for (size_t i = 0; i < table->begins[FOLD_PHASES]; i++) {
			if (strcmp(fold_name(table, &table->rows[i]), name) == 0)
				return true;
		}
	}
	return false;
}

static bool is_switched(const struct fold_table *table, const char *const *names, size_t n)
{
	for (size_t i = 0; i < table->begins[FOLD_PHASES]; i++) {
		if ((table->rows[i].context & FOLD_OFF) &&
		    has_name(names, n, fold_name(table, &table->rows[i])))
			return true;
	}
	return false;
}

/* A language's table with its rows switched on. Pool and names stay those of the old one. */
static int switch_rows(struct lafz_tables *tables, uint16_t lang, const char *const *names, size_t n)
{
	const struct fold_table *const old = tables->by_lang[lang];
	struct given *const given = tables_add(tables, lang);
	if (!given)
		return LAFZ_ERR_MEMORY;
	given->table = *old;
	given->n_rows = old->begins[FOLD_PHASES];
	const int rc = mem_reserve(&tables->mem, &given->rows, &given->rows_cap, given->n_rows,
	                           sizeof *given->rows);
	if (rc < 0)
		return rc;
	memcpy(given->rows, old->rows, given->n_rows * sizeof *given->rows);
	for (size_t i = 0; i < given->n_rows; i++) {
		if (has_name(names, n, fold_name(old, &given->rows[i])))
			given->rows[i].context &= (uint16_t)~FOLD_OFF;
	}
	given->table.rows = given->rows;
	fold_hints_of(&given->table, given->hints, given->calm);
	return LAFZ_OK;
}

int tables_switch_on(struct lafz_tables **out, const struct lafz_tables *base,
                     const char *const *names, size_t n, const struct lafz_allocator *mem)
{
	*out = NULL;
	struct lafz_tables *const tables = tables_make(base, mem);
	if (!tables)
		return LAFZ_ERR_MEMORY;
	int rc = LAFZ_OK;
	for (size_t i = 0; i < n && rc == LAFZ_OK; i++) {
		if (!names[i] || !is_known(tables, names[i]))
			rc = LAFZ_ERR_OPTION;
	}
	for (uint16_t lang = 0; lang < LANG_COUNT && rc == LAFZ_OK; lang++) {
		if (is_switched(tables->by_lang[lang], names, n))
			rc = switch_rows(tables, lang, names, n);
	}
	if (rc < 0) {
		lafz_tables_close(tables);
		return rc;
	}
	*out = tables;
	return LAFZ_OK;
}
