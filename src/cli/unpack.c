#include "cli/unpack.h"

#include <stdlib.h>

#include "cli/load.h"
#include "cli/unpack_formats.h"

struct unpack {
	const struct unpack_kind *kind;
	struct pull pull;
	void *state; /* owned */
	struct unpack_ends ends;
	bool is_inside; /* of a stream */
	bool is_full;   /* the last step had no room for more */
	bool has_ended; /* a stream has, before */
};

static const struct unpack_kind *kind_of(enum unpack_format format)
{
	switch (format) {
	case UNPACK_BZIP2:
		return &unpack_bzip2;
	case UNPACK_XZ:
		return &unpack_xz;
	case UNPACK_ZSTD:
		return &unpack_zstd;
	default:
		return &unpack_lz4;
	}
}

int unpack_open(struct unpack **out, enum unpack_format format, const struct pull *pull,
                const char **error)
{
	struct unpack *unpack = calloc(1, sizeof *unpack);
	*out = unpack;
	*error = "out of memory";
	if (!unpack)
		return -1;
	*unpack = (struct unpack){.kind = kind_of(format), .pull = *pull};
	void *library = load_library();
	*error = "it is compressed, and " LOAD_NAME " cannot be loaded to read it";
	if (!library)
		return -1;
	*error = "out of memory";
	unpack->state = calloc(1, unpack->kind->size);
	if (!unpack->state)
		return -1;
	const enum unpack_opened opened = unpack->kind->open(unpack->state, library);
	if (opened == UNPACK_NOT_THERE)
		*error = unpack->kind->none;
	return opened == UNPACK_OPEN ? 0 : -1;
}

/* As pull.read. At the end of the file a decoder that wants to know is told so. */
static int fill(struct unpack *unpack)
{
	struct unpack_ends *ends = &unpack->ends;
	char *chunk = NULL;
	const int rc = unpack->pull.read(unpack->pull.ctx, &chunk, &ends->in_len);
	ends->in = chunk;
	if (rc > 0 || rc < 0)
		return rc;
	ends->in_len = 0;
	ends->is_last = true;
	return unpack->kind->knows_last;
}

/* One step. False: *error says why there is no other. One that moves nothing tells nothing. */
static bool go_on(struct unpack *unpack, const char **error)
{
	const struct unpack_kind *kind = unpack->kind;
	const struct unpack_ends before = unpack->ends;
	const struct unpack_ends *ends = &unpack->ends;
	const enum unpack_step step = kind->step(unpack->state, &unpack->ends);
	unpack->is_full = ends->out_len == 0;
	if (step == UNPACK_BROKEN)
		*error = unpack->is_inside || !unpack->has_ended ? kind->broken : kind->other;
	if (step == UNPACK_TOO_LARGE)
		*error = "the compressed data ask for more memory than a decoder gets";
	if (step == UNPACK_NO_MEMORY)
		*error = "out of memory";
	if (step != UNPACK_MORE && step != UNPACK_END)
		return false;
	if (step == UNPACK_END || ends->in_len != before.in_len || ends->out_len != before.out_len)
		unpack->is_inside = step == UNPACK_MORE;
	unpack->has_ended = unpack->has_ended || step == UNPACK_END;
	return true;
}

/* What was decoded is handed out before more is read. */
int unpack_read(struct unpack *unpack, char *out, size_t cap, size_t *len, const char **error)
{
	struct unpack_ends *ends = &unpack->ends;
	ends->out = out;
	ends->out_len = cap;
	while (ends->out_len == cap) {
		if (ends->in_len == 0 && !unpack->is_full) {
			const int rc = ends->is_last ? 0 : fill(unpack);
			if (rc < 0)
				return -1;
			if (rc == 0) {
				*error = unpack->is_inside ? unpack->kind->cut : NULL;
				return 0;
			}
		}
		if (!go_on(unpack, error))
			break;
	}
	*len = cap - ends->out_len;
	return *len > 0;
}

void unpack_close(struct unpack *unpack)
{
	if (!unpack)
		return;
	if (unpack->state)
		unpack->kind->close(unpack->state);
	free(unpack->state);
	free(unpack);
}
