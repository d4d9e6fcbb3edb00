#include "batch/batch.h"

void batch_begin(struct batch *batch)
{
	batch->tokens.n = 0;
	batch->n_segments = 0;
	batch->has_cuts = false;
	batch->n_known = 0;
}

int batch_reserve(struct batch *batch, const struct lafz_allocator *mem, size_t n)
{
	return mem_reserve(mem, &batch->segments, &batch->segments_cap, n, sizeof *batch->segments);
}

void batch_free(struct batch *batch, const struct lafz_allocator *mem)
{
	mem_free(mem, batch->segments);
	tokens_free(&batch->tokens, mem);
	tokens_free(&batch->with_gaps, mem);
	buf_free(&batch->norm.buf, mem);
	buf_free(&batch->key.buf, mem);
	buf_free(&batch->changed, mem);
	norm_free(&batch->work, mem);
	mem_free(mem, batch->cuts);
	mem_free(mem, batch->edits);
	norm_edits_free(&batch->edits_of_one, mem);
	*batch = (struct batch){0};
}
