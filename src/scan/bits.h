/*
 * Which bits of a byte are set, from the lowest up; behind them 0. For packing eight bytes, of which some are left out, by a shuffle.
 */
#ifndef LAFZ_SCAN_BITS_H
#define LAFZ_SCAN_BITS_H

#include <stdint.h>

extern const uint8_t (*const scan_bits_of)[8];

#endif
