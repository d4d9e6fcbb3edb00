#include "cli/borders.h"

size_t borders_find(const uint32_t *numbers, size_t n, uint32_t *out)
{
	size_t count = 1;
	out[0] = 0;
	for (size_t i = 1; i < n; i++) {
		out[count] = (uint32_t)i;
		count += numbers[i] != numbers[i - 1];
	}
	out[count] = (uint32_t)n;
	return count;
}
