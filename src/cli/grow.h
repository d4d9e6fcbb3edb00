/*
 * Arrays that grow row by row.
 */
#ifndef LAFZ_CLI_GROW_H
#define LAFZ_CLI_GROW_H

#include <stddef.h>

/*
 * rows, or what it has become, with room for one row of size bytes behind n; *cap rows fit into it. NULL if there is
 * no memory; then rows are as before.
 */
void *grow_one(void *rows, size_t n, size_t *cap, size_t size);

#endif
