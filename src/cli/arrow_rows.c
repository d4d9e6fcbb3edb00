#define ARROW_LOOPS arrow_loops_plain
#include "cli/arrow_rows_loop.h"
