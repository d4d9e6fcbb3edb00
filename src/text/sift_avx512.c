/*
 * sift_wide for AVX-512.
 */
#include "norm/calm_avx512.h"

#define SIFT_LOOKS_FIRST 0
#include "text/sift_wide.h"

/* Those near the end of the block are left to calm_char. */
static inline uint64_t sift_inner(const struct wide *wide, const char *s, struct sift_before *before)
{
	const uint64_t joins = calm_joins(wide, s);
	const uint64_t inner = calm_zwnj(s) & (joins << 2 | before->joins) & calm_letters(wide, s) >> 3;
	before->joins = joins >> 62;
	return inner;
}

void sift_avx512(const struct sift_text *text, const struct sift_bits *bits)
{
	const struct wide wide = calm_begin(text->sieve);
	sift_wide(&wide, text, bits);
}
