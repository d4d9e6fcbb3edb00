/*
 * For what is done beside the scanner and has a version for AVX2, or for AVX-512 too: whether the processor that runs a scanner's kernel, given
 * by its name, runs that version too. Where it is not compiled, its name is not looked at.
 */
#ifndef LAFZ_SCAN_WIDE_CHOICE_H
#define LAFZ_SCAN_WIDE_CHOICE_H

#include <stdbool.h>
#include <string.h>

/* What runs the kernel avx512 runs AVX2 as well. */
static inline bool wide_choice_has_avx2(const char *kernel)
{
	return strcmp(kernel, "avx2") == 0 || strcmp(kernel, "avx512") == 0;
}

#ifdef LAFZ_KERNEL_AVX2
#define AVX2_CHOOSE(kernel, fast, plain) (wide_choice_has_avx2(kernel) ? (fast) : (plain))
#else
#define AVX2_CHOOSE(kernel, fast, plain) ((void)(kernel), (plain))
#endif

/* For what has a version for AVX-512 as well. A plain one that is NULL has to have the type of the others. */
#ifdef LAFZ_KERNEL_AVX512
#define AVX512_CHOOSE(kernel, fastest, fast, plain) \
	(strcmp(kernel, "avx512") == 0 ? (fastest) : AVX2_CHOOSE(kernel, fast, plain))
#else
#define AVX512_CHOOSE(kernel, fastest, fast, plain) AVX2_CHOOSE(kernel, fast, plain)
#endif

#endif
