#include "cli/json.h"

#include <stdio.h>
#include <string.h>

bool json_is_blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
			return false;
	}
	return true;
}

/* The code unit of an escape \uXXXX; 0, which is none of interest, if there is no such escape. */
static unsigned unit_at(const char *text, size_t len)
{
	if (len < 6 || text[0] != '\\' || text[1] != 'u')
		return 0;
	unsigned unit = 0;
	for (size_t i = 2; i < 6; i++) {
		const char digit = text[i];
		unsigned value = 0;
		if (digit >= '0' && digit <= '9')
			value = (unsigned)(digit - '0');
		else if (digit >= 'a' && digit <= 'f')
			value = (unsigned)(digit - 'a') + 10;
		else if (digit >= 'A' && digit <= 'F')
			value = (unsigned)(digit - 'A') + 10;
		else
			return 0;
		unit = unit * 16 + value;
	}
	return unit;
}

static bool is_high(unsigned unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(unsigned unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

/*
 * Turns each escape of a surrogate without its partner into \ufffd, in place and of the same
 * length. YAJL makes a question mark, ill-formed bytes or a wrong character of it.
 */
static void mend(char *line, size_t len)
{
	size_t off = 0;
	while (off < len) {
		const char *slash = memchr(line + off, '\\', len - off);
		if (!slash)
			return;
		off = (size_t)(slash - line);
		const unsigned unit = unit_at(line + off, len - off);
		if (!is_high(unit) && !is_low(unit)) {
			off += 2;
			continue;
		}
		const bool has_partner = is_high(unit) &&
		                         is_low(unit_at(line + off + 6, len - off - 6));
		if (!has_partner)
			memcpy(line + off + 2, "fffd", 4);
		off += has_partner ? 12 : 6;
	}
}

static void copy_error(yajl_handle handle, char *out, size_t cap)
{
	unsigned char *words = yajl_get_error(handle, 0, NULL, 0);
	const char *text = words ? (const char *)words : "parse error";
	snprintf(out, cap, "%.*s", (int)strcspn(text, ".\n"), text);
	if (words)
		yajl_free_error(handle, words);
}

enum json_answer json_parse(char *line, size_t len, const yajl_callbacks *callbacks, void *ctx,
                            yajl_handle *handle, char *error, size_t cap)
{
	mend(line, len);
	*handle = yajl_alloc(callbacks, NULL, ctx);
	if (!*handle)
		return JSON_NO_MEMORY;
	yajl_config(*handle, yajl_dont_validate_strings, 1);
	yajl_status status = yajl_parse(*handle, (const unsigned char *)line, len);
	if (status == yajl_status_ok)
		status = yajl_complete_parse(*handle);
	if (status == yajl_status_error)
		copy_error(*handle, error, cap);
	yajl_free(*handle);
	*handle = NULL;
	if (status == yajl_status_client_canceled)
		return JSON_STOPPED;
	return status == yajl_status_ok ? JSON_WHOLE : JSON_BROKEN;
}

bool json_append_string(struct bytes *out, const char *text, size_t len)
{
	char escape[8];
	bool has_memory = bytes_append(out, "\"", 1);
	while (has_memory && len > 0) {
		size_t n = 0;
		while (n < len && (unsigned char)text[n] >= 0x20 && text[n] != '"' && text[n] != '\\')
			n++;
		has_memory = bytes_append_repaired(out, text, n);
		if (has_memory && n < len) {
			const unsigned char byte = (unsigned char)text[n++];
			const int escape_len = byte < 0x20 ? snprintf(escape, sizeof escape,
			                                              "\\u%04x", byte)
			                                   : snprintf(escape, sizeof escape, "\\%c",
			                                              byte);
			has_memory = bytes_append(out, escape, (size_t)escape_len);
		}
		text += n;
		len -= n;
	}
	return has_memory && bytes_append(out, "\"", 1);
}
