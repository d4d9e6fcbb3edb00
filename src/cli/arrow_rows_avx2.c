#define ARROW_LOOPS arrow_loops_avx2
#include "cli/arrow_rows_loop.h"
