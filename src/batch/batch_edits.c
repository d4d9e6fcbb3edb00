#include "batch/batch_parts.h"

bool batch_wants_edits(const struct batch_request *request)
{
	return (request->options->want & LAFZ_WANT_EDITS) != 0;
}

struct norm_edits *batch_edits_for(struct batch *batch, const struct batch_request *request)
{
	batch->edits_of_one.n = 0;
	return batch_wants_edits(request) ? &batch->edits_of_one : NULL;
}

static int add_edit(struct batch *batch, const struct batch_request *request, struct batch_edit edit)
{
	const int rc = mem_reserve(request->mem, &batch->edits, &batch->edits_cap,
	                           batch->n_edits + 1, sizeof *batch->edits);
	if (rc == LAFZ_OK)
		batch->edits[batch->n_edits++] = edit;
	return rc;
}

int batch_take_edits(struct batch *batch, const struct batch_request *request, uint32_t start,
                     uint32_t place, const struct norm_request *like, uint8_t kind)
{
	int rc = LAFZ_OK;
	for (size_t i = 0; i < batch->edits_of_one.n && rc == LAFZ_OK; i++) {
		const struct norm_edit *const e = &batch->edits_of_one.ptr[i];
		rc = add_edit(batch, request,
		              (struct batch_edit){
				      .start = start + e->start,
				      .end = start + e->end,
				      .norm_off = place + e->out_start,
				      .norm_len = e->out_end - e->out_start,
				      .rules = e->rules,
				      .lang = like->lang,
				      .kind = kind,
			      });
	}
	return rc;
}
