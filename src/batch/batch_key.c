/*
 * The keys of a batch. They are written side by side with what lies between the tokens, so that they need no text of
 * their own; most of the text becomes its key by tables, without a look at its tokens.
 */
#include "batch/batch.h"

/* Where the source and its copy stand. */
struct job {
	struct batch *batch;
	const struct batch_request *request;
	size_t token; /* to be done next */
};

/* Room for the rest of the source, and for what is written over its end; so an empty copy has an address too. */
static int make_room(struct job *job)
{
	const uint32_t rest = job->request->len - job->batch->key.source_at;
	return buf_reserve(&job->batch->key.buf, job->request->mem, (size_t)rest + KEY_WIDE_ROOM);
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
	const size_t plain = key_plain(job->request->text + at, job->request->len - at, copy->buf.ptr + copy->buf.len);
	const size_t first = job->token;
	job->token = tokens_view(t, first, t->n, at + (uint32_t)plain, copy_place(copy, 0), &views);
	if (job->token == first)
		return LAFZ_OK;
	const uint32_t end = t->end[job->token - 1];
	copy->buf.len += end - at;
	copy->source_at = end;
	return LAFZ_OK;
}

/* The same where letters become shorter ones, and marks are dropped. */
static int key_wide_stretch(struct job *job)
{
	const struct tokens *const t = &job->batch->tokens;
	struct copy *const copy = &job->batch->key;
	const struct key_tokens tokens = {t->start, t->end, t->key_off, t->key_len, t->n};
	const int rc = make_room(job);
	if (rc < 0)
		return rc;
	struct key_progress place = {copy->source_at, (uint32_t)copy->buf.len, job->token};
	job->request->key_wide(&place, &tokens, job->request->text, job->request->len, copy->buf.ptr);
	job->token = place.token;
	copy->source_at = place.at;
	copy->buf.len = place.out;
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
	int rc = buf_append(&copy->buf, job->request->mem, text + at, start - at);
	if (rc < 0)
		return rc;
	t->key_off[i] = (uint32_t)copy->buf.len;
	rc = key_token(&batch->work, job->request->mem, text + start, t->end[i] - start, &copy->buf);
	t->key_len[i] = (uint32_t)copy->buf.len - t->key_off[i];
	copy->source_at = t->end[i];
	return rc;
}

/* Where the ends of segments lie, which are in gaps or at the ends of tokens. */
static void end_segments(const struct job *job)
{
	const struct tokens *const t = &job->batch->tokens;
	for (size_t s = 0; s < job->batch->n_segments; s++) {
		struct batch_segment *const segment = &job->batch->segments[s];
		const size_t n = segment->token_end;
		segment->key_end = segment->end;
		if (n > 0)
			segment->key_end += t->key_off[n - 1] + t->key_len[n - 1] - t->end[n - 1];
	}
}

/* The rest of the text. If nothing has changed at all, the keys are views of the source. */
static int finish(struct job *job)
{
	struct copy *const copy = &job->batch->key;
	const char *const text = job->request->text;
	const uint32_t at = copy->source_at, len = job->request->len;
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
			rc = request->key_wide ? key_wide_stretch(&job) : key_stretch(&job);
		if (rc == LAFZ_OK && job.token < batch->tokens.n)
			rc = key_one_token(&job);
	}
	if (rc < 0)
		return rc;
	if (request->options->want & LAFZ_WANT_GAPS)
		end_segments(&job);
	return finish(&job);
}
