/*
 * The keys of a batch. They are written side by side with what lies between the tokens, so that they need no text of
 * their own; most of the text becomes its key by tables, without a look at its tokens.
 */
#include "batch/batch.h"

/* Where the source and its copy stand. */
struct job {
	struct batch *batch;
	const struct batch_request *request;
	size_t token, segment; /* to be done next */
};

/* From here on the copy lies so many bytes (modulo 2^32) behind the source. */
static uint32_t shift_of(const struct job *job)
{
	return copy_place(&job->batch->key, 0);
}

/* Places the ends of segments up to the byte at, before which nothing changes its length any more. */
static void end_segments(struct job *job, uint32_t at)
{
	struct batch *const batch = job->batch;
	while (job->segment < batch->n_segments && batch->segments[job->segment].end <= at) {
		struct batch_segment *const segment = &batch->segments[job->segment++];
		segment->key_end = segment->end + shift_of(job);
	}
}

/* Room for the rest of the source. One byte more: an empty copy has an address too. */
static int make_room(struct job *job)
{
	const uint32_t rest = job->request->len - job->batch->key.source_at;
	return buf_reserve(&job->batch->key.buf, job->request->mem, (size_t)rest + 1);
}

/* The tokens that are plain, and what lies between them. */
static int key_stretch(struct job *job)
{
	struct batch *const batch = job->batch;
	const struct tokens *const t = &batch->tokens;
	struct copy *const copy = &batch->key;
	const struct tokens_views views = {t->key_off, t->key_len};
	const int rc = make_room(job);
	if (rc < 0)
		return rc;
	const uint32_t at = copy->source_at;
	const size_t plain = job->request->key_plain(job->request->text + at, job->request->len - at,
	                                            copy->buf.ptr + copy->buf.len);
	const size_t first = job->token;
	job->token = tokens_view(t, first, t->n, at + (uint32_t)plain, shift_of(job), &views);
	if (job->token == first)
		return LAFZ_OK;
	const uint32_t end = t->end[job->token - 1];
	end_segments(job, end);
	copy->buf.len += end - at;
	copy->source_at = end;
	return LAFZ_OK;
}

/* The gap before the next token as it is, and the key of the token. */
static int key_one_token(struct job *job)
{
	struct batch *const batch = job->batch;
	const struct tokens *const t = &batch->tokens;
	const char *const text = job->request->text;
	const size_t i = job->token++;
	struct copy *const copy = &batch->key;
	const uint32_t start = t->start[i], at = copy->source_at;
	end_segments(job, start);
	int rc = buf_append(&copy->buf, job->request->mem, text + at, start - at);
	if (rc < 0)
		return rc;
	t->key_off[i] = (uint32_t)copy->buf.len;
	rc = key_token(&batch->work, job->request->mem, text + start, t->end[i] - start, &copy->buf);
	t->key_len[i] = (uint32_t)copy->buf.len - t->key_off[i];
	copy->source_at = t->end[i];
	return rc;
}

/* The rest of the text. If nothing has changed at all, the keys are views of the source. */
static int finish(struct job *job)
{
	struct copy *const copy = &job->batch->key;
	const char *const text = job->request->text;
	const uint32_t at = copy->source_at, len = job->request->len;
	end_segments(job, len);
	const int rc = make_room(job);
	if (rc < 0)
		return rc;
	memcpy(copy->buf.ptr + copy->buf.len, text + at, len - at);
	copy->buf.len += len - at;
	copy->source_at = len;
	copy->has_changes = copy->buf.len != len || memcmp(copy->buf.ptr, text, len) != 0;
	return LAFZ_OK;
}

int batch_key(struct batch *batch, const struct batch_request *request)
{
	struct job job = {.batch = batch, .request = request};
	int rc = LAFZ_OK;
	copy_reset(&batch->key);
	while (job.token < batch->tokens.n && rc == LAFZ_OK) {
		if (!batch->work.is_thorough)
			rc = key_stretch(&job);
		if (rc == LAFZ_OK && job.token < batch->tokens.n)
			rc = key_one_token(&job);
	}
	return rc < 0 ? rc : finish(&job);
}
