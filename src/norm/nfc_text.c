/*
 * lafz_nfc: any text composed canonically, by the steps of the profile nfc.
 */
#include <lafz.h>

#include "base/buf.h"
#include "norm/norm.h"

int lafz_nfc(const char *text, size_t len, char *out, size_t cap, size_t *out_len)
{
	struct norm norm = {0};
	struct buf composed = {0};
	int rc = norm_nfc(&norm, &mem_default, text, len, LAFZ_INVALID_REPLACE, &composed, NULL);
	const char *result = rc > 0 ? composed.ptr : text;
	*out_len = 0;
	if (rc >= 0) {
		*out_len = rc > 0 ? composed.len : len;
		if (*out_len > 0 && *out_len <= cap)
			memcpy(out, result, *out_len);
		rc = LAFZ_OK;
	}
	buf_free(&composed, &mem_default);
	norm_free(&norm, &mem_default);
	return rc;
}
