#include "arrow.h"

#include <string.h>

#define VIEW_SIZE 16   /* bytes of a view */
#define VIEW_INLINE 12 /* the longest text that stands in its view */

bool texts_open(struct texts *texts, const struct ArrowSchema *schema, const struct ArrowArray *array)
{
	static const struct {
		const char *format;
		enum texts_layout layout;
		bool is_binary;
	} formats[] = {
		{"u", TEXTS_SMALL, false}, {"U", TEXTS_LARGE, false}, {"vu", TEXTS_VIEWS, false},
		{"z", TEXTS_SMALL, true},  {"Z", TEXTS_LARGE, true},  {"vz", TEXTS_VIEWS, true},
	};
	if (schema->dictionary)
		return false;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (strcmp(schema->format, formats[i].format) != 0)
			continue;
		*texts = (struct texts){array, formats[i].layout, formats[i].is_binary};
		return true;
	}
	return false;
}

static bool is_null(const struct ArrowArray *array, int64_t at)
{
	const uint8_t *const valid = array->n_buffers > 0 ? array->buffers[0] : NULL;
	return valid && array->null_count != 0 && !(valid[at / 8] >> (at % 8) & 1);
}

/* A view: the length, then the text itself, or four bytes of it, the number of its buffer, and where it begins there. */
static const char *view_get(const struct ArrowArray *array, int64_t at, size_t *len)
{
	const char *const view = (const char *)array->buffers[1] + at * VIEW_SIZE;
	int32_t fields[VIEW_SIZE / 4];
	memcpy(fields, view, sizeof fields);
	*len = (size_t)fields[0];
	if (*len <= VIEW_INLINE)
		return view + 4;
	return (const char *)array->buffers[2 + fields[2]] + fields[3];
}

bool texts_get(const struct texts *texts, int64_t i, const char **ptr, size_t *len)
{
	const struct ArrowArray *const array = texts->array;
	const int64_t at = array->offset + i;
	if (is_null(array, at))
		return false;
	if (texts->layout == TEXTS_VIEWS) {
		*ptr = view_get(array, at, len);
		return true;
	}
	int64_t start, end;
	if (texts->layout == TEXTS_SMALL) {
		const int32_t *const offsets = array->buffers[1];
		start = offsets[at];
		end = offsets[at + 1];
	} else {
		const int64_t *const offsets = array->buffers[1];
		start = offsets[at];
		end = offsets[at + 1];
	}
	*len = (size_t)(end - start);
	/* an array of empty texts may have no bytes at all */
	*ptr = *len ? (const char *)array->buffers[2] + start : "";
	return true;
}
