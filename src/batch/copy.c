#include "batch/copy.h"

#include <string.h>

void copy_reset(struct copy *copy)
{
	copy->buf.len = 0;
	copy->source_at = 0;
	copy->has_changes = false;
}

int copy_change(struct copy *copy, const struct lafz_allocator *mem, const char *text,
                uint32_t start, uint32_t end, const char *bytes, size_t n)
{
	int rc = buf_append(&copy->buf, mem, text + copy->source_at, start - copy->source_at);
	if (rc == LAFZ_OK)
		rc = buf_append(&copy->buf, mem, bytes, n);
	copy->source_at = end;
	copy->has_changes = true;
	return rc;
}

int copy_turn(struct copy *copy, const struct lafz_allocator *mem, const char *text,
              const uint32_t *at, size_t n)
{
	if (n == 0)
		return LAFZ_OK;
	const uint32_t end = at[n - 1] + 2;
	const size_t shift = copy->buf.len - copy->source_at; /* modulo 2^64 */
	const int rc = buf_append(&copy->buf, mem, text + copy->source_at, end - copy->source_at);
	if (rc < 0)
		return rc;
	for (size_t k = 0; k < n; k++) {
		char *const both = copy->buf.ptr + (at[k] + shift) - 2;
		char turned[4] = {both[2], both[3], both[0], both[1]};
		memcpy(both, turned, sizeof turned);
	}
	copy->source_at = end;
	copy->has_changes = true;
	return LAFZ_OK;
}

int copy_letters(struct copy *copy, const struct lafz_allocator *mem, const char *text, const struct batch_change *changes, size_t n)
{
	if (n == 0)
		return LAFZ_OK;
	const uint32_t end = changes[n - 1].at + COPY_LETTER;
	const size_t shift = copy->buf.len - copy->source_at; /* modulo 2^64 */
	const int rc = buf_append(&copy->buf, mem, text + copy->source_at, end - copy->source_at);
	if (rc < 0)
		return rc;
	for (size_t k = 0; k < n; k++)
		memcpy(copy->buf.ptr + (changes[k].at + shift), changes[k].to, COPY_LETTER);
	copy->source_at = end;
	copy->has_changes = true;
	return LAFZ_OK;
}

int copy_finish(struct copy *copy, const struct lafz_allocator *mem, const char *text, uint32_t len)
{
	if (!copy->has_changes)
		return LAFZ_OK;
	/* One byte more: an empty copy has an address too, NULL is for what was not asked for. */
	const size_t rest = len - copy->source_at;
	const int rc = buf_reserve(&copy->buf, mem, rest + 1);
	if (rc < 0)
		return rc;
	return buf_append(&copy->buf, mem, text + copy->source_at, rest);
}
