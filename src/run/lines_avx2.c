/*
 * The loop over lines for AVX2: what the plain one says in pairs of vectors is one vector here.
 */
#include "run/lines_loop.h"

int lines_avx2(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
               struct pieces *pieces)
{
	return run_lines(stage, mem, segments, pieces);
}
