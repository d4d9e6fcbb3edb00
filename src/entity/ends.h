/*
 * Where the pieces of segments end: the pieces before an atom are counted by the atoms that pieces begin with. Included once more with
 * AVX2 for the instruction that counts bits.
 */
#ifndef LAFZ_ENTITY_ENDS_H
#define LAFZ_ENTITY_ENDS_H

#include "base/bits.h"
#include "entity/entity.h"

/* Sets n of the blocks, and piece_end of the segments, which end in them. */
static inline void ends_of_segments(struct entity_block *blocks, size_t n_blocks,
                                    const struct segments *segments)
{
	uint32_t n = 0;
	for (size_t k = 0; k < n_blocks; k++) {
		blocks[k].n = n;
		n += bits_count(blocks[k].begins);
	}
	for (size_t s = 0; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		const size_t end = segment->atom_end;
		const struct entity_block *const block = &blocks[end / 64];
		segment->piece_end = block->n + bits_count(block->begins & (((uint64_t)1 << end % 64) - 1));
	}
}

/* The same. */
void ends_avx2(struct entity_block *blocks, size_t n_blocks, const struct segments *segments);

#endif
