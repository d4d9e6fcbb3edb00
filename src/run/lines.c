#include "run/lines.h"

#include "run/lines_atoms.h"
#include "run/lines_bytes.h"
#include "run/lines_loop.h"
#include "run/words_loop.h"
#include "scan/wide_choice.h"

int lines_plain(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
               struct pieces *pieces)
{
	return run_lines(stage, mem, segments, pieces);
}

int lines_atoms_plain(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                      struct run_atoms *atoms, struct run_line *lines, size_t *s)
{
	return run_atom_lines(stage, mem, segments, atoms, lines, s);
}

int lines_bytes_plain(struct run_stage *stage, const struct lafz_allocator *mem, struct run_bytes *bytes, size_t end,
                      struct run_line *lines, size_t *at)
{
	return run_byte_lines(stage, mem, bytes, end, lines, at);
}

const struct words_kernel words_plain = WORDS_KERNEL;

lines_function *lines_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, lines_avx512, lines_avx2, lines_plain);
}

lines_atoms_function *lines_atoms_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, lines_atoms_avx512, lines_atoms_avx2, lines_atoms_plain);
}

lines_bytes_function *lines_bytes_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, lines_bytes_avx512, lines_bytes_avx2, lines_bytes_plain);
}
