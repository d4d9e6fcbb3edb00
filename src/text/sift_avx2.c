/*
 * sift_wide for AVX2.
 */
#include "norm/calm_avx2.h"

#define SIFT_LOOKS_FIRST 1
#include "text/sift_wide.h"

/* All are left to calm_char. */
static inline uint64_t sift_inner(const struct wide *wide, const char *s, struct sift_before *before)
{
	(void)wide;
	(void)s;
	(void)before;
	return 0;
}

void sift_avx2(const struct sift_text *text, const struct sift_bits *bits)
{
	const struct wide wide = calm_begin(text->sieve);
	sift_wide(&wide, text, bits);
}
