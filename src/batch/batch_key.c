#include "batch/batch.h"
#include "norm/key.h"

static int key_one_token(struct batch *batch, const struct batch_request *request, size_t i)
{
	const struct tokens *t = &batch->tokens;
	const uint32_t start = t->start[i], end = t->end[i];
	batch->changed.len = 0;
	const int rc = key_token(&batch->work, request->mem, request->text + start, end - start,
	                         &batch->changed);
	t->key_off[i] = copy_place(&batch->key, start);
	t->key_len[i] = rc > 0 ? (uint32_t)batch->changed.len : end - start;
	return rc <= 0 ? rc
	               : copy_change(&batch->key, request->mem, request->text, start, end,
	                             &batch->changed);
}

int batch_key(struct batch *batch, const struct batch_request *request)
{
	copy_reset(&batch->key);
	size_t i = 0;
	for (size_t s = 0; s < batch->n_segments; s++) {
		struct batch_segment *segment = &batch->segments[s];
		for (; i < segment->token_end; i++) {
			const int rc = key_one_token(batch, request, i);
			if (rc < 0)
				return rc;
		}
		segment->key_end = copy_place(&batch->key, segment->end);
	}
	return copy_finish(&batch->key, request->mem, request->text, request->len);
}
