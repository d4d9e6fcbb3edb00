#include "text/odd.h"

#include "scan/avx2_choice.h"

#define ODD_WIDE 16
#include "text/odd_wide.h"

uint32_t odd_find(const char *text, uint32_t len, uint32_t at)
{
	return odd_find_wide(text, len, at);
}

odd_function *odd_choose(const char *kernel)
{
	return AVX2_CHOOSE(kernel, odd_find_avx2, odd_find);
}
