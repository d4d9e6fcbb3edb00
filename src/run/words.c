#include "run/words.h"

#include "scan/wide_choice.h"

const uint8_t words_costs[RUN_SCRIPTS][PLACES] = {
	[RUN_ARAB] = {24, 18, 16, 13, 8},
	[RUN_LATN] = {40, 36, 33, 28, 18},
};

const struct words_kernel *words_find_kernel(const char *kernel)
{
	return AVX512_CHOOSE(kernel, &words_avx512, &words_avx2, &words_plain);
}
