#include "entity/ends.h"

void ends_avx2(struct entity_block *blocks, size_t n_blocks, const struct segments *segments)
{
	ends_of_segments(blocks, n_blocks, segments);
}
