/*
 * The loop over lines for AVX2: what the plain one says in pairs of vectors is one vector here.
 */
#include "run/lines_atoms.h"
#include "run/lines_bytes.h"
#include "run/lines_loop.h"
#include "run/words_loop.h"

int lines_avx2(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
               struct pieces *pieces)
{
	return run_lines(stage, mem, segments, pieces);
}

int lines_atoms_avx2(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                     struct run_atoms *atoms, struct run_line *lines, size_t *s)
{
	return run_atom_lines(stage, mem, segments, atoms, lines, s);
}

int lines_bytes_avx2(struct run_stage *stage, const struct lafz_allocator *mem, struct run_bytes *bytes, size_t end,
                     struct run_line *lines, size_t *at)
{
	return run_byte_lines(stage, mem, bytes, end, lines, at);
}

const struct words_kernel words_avx2 = WORDS_KERNEL;
