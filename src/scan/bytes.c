#include "scan/bytes.h"

#define TIMES_4(b) b, b, b, b
#define TIMES_8(b) TIMES_4(b), TIMES_4(b)
#define TIMES_16(b) TIMES_8(b), TIMES_8(b)
#define ROW(b)                                                                                     \
	{                                                                                          \
		TIMES_16(b), TIMES_16(b)                                                           \
	}
#define ROWS_4(b) ROW(b), ROW((b) + 1), ROW((b) + 2), ROW((b) + 3)
#define ROWS_16(b) ROWS_4(b), ROWS_4((b) + 4), ROWS_4((b) + 8), ROWS_4((b) + 12)
#define ROWS_64(b) ROWS_16(b), ROWS_16((b) + 16), ROWS_16((b) + 32), ROWS_16((b) + 48)

const uint8_t scan_bytes[256][32] = {ROWS_64(0), ROWS_64(64), ROWS_64(128), ROWS_64(192)};

const uint8_t scan_bit_of_byte[32] = {
	1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128,
	1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128,
};

const uint32_t scan_eighths[8][8] = {
	{TIMES_8(0)},  {TIMES_8(8)},  {TIMES_8(16)}, {TIMES_8(24)},
	{TIMES_8(32)}, {TIMES_8(40)}, {TIMES_8(48)}, {TIMES_8(56)},
};
