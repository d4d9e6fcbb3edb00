#include "cli/bytes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/repair.h"

bool bytes_reserve(struct bytes *bytes, size_t more)
{
	if (more <= bytes->cap - bytes->len)
		return true;
	if (more > SIZE_MAX / 4 - bytes->len)
		return false;
	size_t cap = bytes->cap < 256 ? 256 : bytes->cap;
	while (cap - bytes->len < more)
		cap *= 2;
	char *grown = realloc(bytes->ptr, cap);
	if (!grown)
		return false;
	bytes->ptr = grown;
	bytes->cap = cap;
	return true;
}

bool bytes_append(struct bytes *bytes, const char *text, size_t n)
{
	if (!bytes_reserve(bytes, n))
		return false;
	if (n > 0)
		memcpy(bytes->ptr + bytes->len, text, n);
	bytes->len += n;
	return true;
}

bool bytes_append_repaired(struct bytes *bytes, const char *text, size_t len)
{
	while (len > 0) {
		size_t n = repair_good(text, len);
		if (!bytes_append(bytes, text, n))
			return false;
		text += n;
		len -= n;
		if (len == 0)
			return true;
		(void)repair_look(text, len, &n);
		if (!bytes_append(bytes, REPAIR_MARK, REPAIR_MARK_LEN))
			return false;
		text += n;
		len -= n;
	}
	return true;
}

void bytes_free(struct bytes *bytes)
{
	free(bytes->ptr);
	*bytes = (struct bytes){0};
}
