/*
 * A sum over strings (FNV-1a of 64 bits), by which two runs are told apart.
 */
#ifndef LAFZ_CLI_SUM_H
#define LAFZ_CLI_SUM_H

#include <stdint.h>

#define SUM_BEGIN UINT64_C(0xCBF29CE484222325)

/* Adds a string with the NUL at its end. */
static inline uint64_t sum_string(uint64_t sum, const char *text)
{
	do
		sum = (sum ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
	while (*text++);
	return sum;
}

#endif
