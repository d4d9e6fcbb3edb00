#include "batch/batch.h"

void batch_begin(struct batch *batch)
{
	batch->tokens.n = 0;
	batch->n_segments = 0;
}

int batch_end_segment(struct batch *batch, const struct lafz_allocator *mem,
                      struct batch_segment segment)
{
	if (batch->n_segments == batch->segments_cap) {
		const int rc = mem_reserve(mem, &batch->segments, &batch->segments_cap,
		                           batch->n_segments + 1, sizeof *batch->segments);
		if (rc < 0)
			return rc;
	}
	segment.token_end = batch->tokens.n;
	batch->segments[batch->n_segments++] = segment;
	return LAFZ_OK;
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
	mem_free(mem, batch->edits);
	norm_edits_free(&batch->edits_of_one, mem);
	*batch = (struct batch){0};
}
