/*
 * Each byte, 32 times. The vector kernels take their constants from here: compilers that know a
 * constant build it anew for each block, in three instructions, two of them slow.
 */
#ifndef LAFZ_SCAN_BYTES_H
#define LAFZ_SCAN_BYTES_H

#include <stdint.h>

extern const uint8_t scan_bytes[256][32];

#endif
