/*
 * The loop over lines for AVX-512: as for AVX2, but that the numbers of words are found sixteen at a time, and keys by masks instead of
 * by what lies in memory.
 */
#include "run/lines_atoms.h"
#include "run/lines_bytes.h"
#include "run/lines_loop.h"
#include "run/words_loop.h"

int lines_avx512(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                 struct pieces *pieces)
{
	return run_lines(stage, mem, segments, pieces);
}

int lines_atoms_avx512(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                     struct run_atoms *atoms, struct run_line *lines, size_t *s)
{
	return run_atom_lines(stage, mem, segments, atoms, lines, s);
}

int lines_bytes_avx512(struct run_stage *stage, const struct lafz_allocator *mem, struct run_bytes *bytes, size_t end,
                       struct run_line *lines, size_t *at)
{
	return run_byte_lines(stage, mem, bytes, end, lines, at);
}

const struct words_kernel words_avx512 = WORDS_KERNEL;
