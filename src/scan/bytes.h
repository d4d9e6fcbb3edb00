/*
 * Constants of the vector kernels. They lie in a file of their own because compilers that know a
 * constant may build it anew for each block, in three instructions, two of them slow.
 */
#ifndef LAFZ_SCAN_BYTES_H
#define LAFZ_SCAN_BYTES_H

#include <stdint.h>

/* Each byte, 32 times. */
extern const uint8_t scan_bytes[256][32];

/* One bit a byte, a different one in each of eight. */
extern const uint8_t scan_bit_of_byte[32];

/* 0, 8, 16 ... 56, each eight times. */
extern const uint32_t scan_eighths[8][8];

#endif
