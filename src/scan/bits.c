#include "scan/bits.h"

#include <stddef.h>

#include "gen/scan_tables.h"

const uint8_t (*const scan_bits_of)[8] = scan_bits;
