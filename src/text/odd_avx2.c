#define ODD_WIDE 32
#include "text/odd_wide.h"

uint32_t odd_find_avx2(const char *text, uint32_t len, uint32_t at)
{
	return odd_find_wide(text, len, at);
}
