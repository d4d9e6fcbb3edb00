/*
 * calm_wide for AVX-512.
 */
#include "norm/calm_avx512.h"

#include "norm/calm_wide.h"

size_t calm_avx512(const struct fold_table *table, const struct calm_sieve *sieve, const char *text,
                   size_t len, size_t room, struct calm_noted *list)
{
	const struct wide wide = calm_begin(sieve);
	return calm_wide(&wide, table, text, len, room, list);
}
