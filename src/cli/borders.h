/*
 * Where a column of a batch changes: the first tokens of sentences, or of runs. Asked token by token, each is a branch that cannot be
 * foreseen; here they are looked for 32 tokens at a time with AVX2.
 */
#ifndef LAFZ_CLI_BORDERS_H
#define LAFZ_CLI_BORDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Writes 0, each place below n whose number is another one than that before it, and n. Returns how many stretches these are, n being 1
 * at least. out has room for n + 1.
 */
typedef size_t borders_function(const uint32_t *numbers, size_t n, uint32_t *out);

borders_function borders_find, borders_find_avx2;

static inline borders_function *borders_choose(bool has_avx2)
{
#ifdef LAFZ_KERNEL_AVX2
	if (has_avx2)
		return borders_find_avx2;
#endif
	(void)has_avx2;
	return borders_find;
}

#endif
