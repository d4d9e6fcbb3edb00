#include "cli/grow.h"

#include <stdint.h>
#include <stdlib.h>

void *grow_one(void *rows, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return rows;
	const size_t more = *cap > 0 ? 2 * *cap : 64;
	void *grown = more <= SIZE_MAX / 2 / size ? realloc(rows, more * size) : NULL;
	if (grown)
		*cap = more;
	return grown;
}
