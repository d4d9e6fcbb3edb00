#include "run/words.h"

#include "scan/wide_choice.h"

const uint8_t words_costs[RUN_SCRIPTS][PLACES] = {
	[RUN_ARAB] = {24, 18, 16, 13, 8},
	[RUN_LATN] = {40, 36, 33, 28, 18},
};

words_function *words_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, words_find_avx512, words_find_avx2, words_find_plain);
}
