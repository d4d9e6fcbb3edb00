#include "cli/warc.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/fail.h"

/* What happened to a part of a record. */
enum part { PART_FAILED = -1, PART_END = 0, PART_WHOLE = 1, PART_BROKEN = 2 };

static enum part blame(struct warc *warc, const char *why)
{
	snprintf(warc->error, sizeof warc->error, "%s", why);
	return PART_BROKEN;
}

static enum part no_memory(void)
{
	return (enum part)fail_say("out of memory");
}

/* A line without its CR. Ends and long lines are told by PART_END and PART_BROKEN. */
static enum part read_line(struct warc *warc, char **line, size_t *len)
{
	switch (lines_next(&warc->lines, line, len)) {
	case LINES_FAILED:
		return PART_FAILED;
	case LINES_END:
		return PART_END;
	case LINES_CUT:
		return blame(warc, warc->lines.source->error);
	case LINES_TOO_LONG:
		return blame(warc, "longer than --max-record");
	case LINES_WHOLE:
		break;
	}
	if (*len > 0 && (*line)[*len - 1] == '\r')
		(*len)--;
	return PART_WHOLE;
}

static bool is_version(const char *line, size_t len)
{
	return len >= 6 && memcmp(line, "WARC/", 5) == 0 && (line[5] == '0' || line[5] == '1');
}

/* Finds the first line of a record; behind a broken record, whatever stands before it. */
static enum part find_version(struct warc *warc)
{
	warc->start = warc->version_at;
	while (!warc->has_version) {
		char *line = NULL;
		size_t len = 0;
		const enum part part = read_line(warc, &line, &len);
		warc->start = warc->lines.start;
		const bool is_cut = warc->lines.source->error[0];
		if (part == PART_BROKEN && warc->is_lost && !is_cut)
			continue;
		if (part != PART_WHOLE)
			return part;
		const size_t skip = lines_mark(&warc->lines, line, len);
		warc->has_version = is_version(line + skip, len - skip);
		if (!warc->has_version && len > skip && !warc->is_lost)
			return blame(warc, "expected WARC/ and a version");
	}
	warc->has_version = warc->is_lost = false;
	return PART_WHOLE;
}

static bool has_name(const char *line, size_t len, const char *name)
{
	return len == strlen(name) && strncasecmp(line, name, len) == 0;
}

static bool set(struct bytes *bytes, const char *text, size_t len)
{
	bytes->len = 0;
	return bytes_append(bytes, text, len);
}

/* Only digits, and less than 2^63. */
static bool read_number(const char *text, size_t len, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < len; i++) {
		const unsigned char digit = (unsigned char)text[i];
		if (digit < '0' || digit > '9' || *number > (INT64_MAX - 9) / 10)
			return false;
		*number = *number * 10 + (uint64_t)(digit - '0');
	}
	return len > 0;
}

/* A line "name: value"; names that are not wanted are passed over. */
static enum part read_field(struct warc *warc, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	if (!colon)
		return PART_WHOLE;
	const size_t name_len = (size_t)(colon - line);
	size_t at = name_len + 1;
	while (at < len && (line[at] == ' ' || line[at] == '\t'))
		at++;
	while (len > at && (line[len - 1] == ' ' || line[len - 1] == '\t'))
		len--;
	const char *value = line + at;
	const size_t value_len = len - at;
	bool has_memory = true;
	if (has_name(line, name_len, "Content-Length"))
		warc->has_len = read_number(value, value_len, &warc->len);
	else if (has_name(line, name_len, "WARC-Type"))
		has_memory = set(&warc->type, value, value_len);
	else if (has_name(line, name_len, "Content-Type"))
		has_memory = set(&warc->media, value, value_len);
	else if (has_name(line, name_len, "WARC-Record-ID"))
		has_memory = set(&warc->id, value, value_len);
	else if (has_name(line, name_len, "WARC-Target-URI"))
		has_memory = set(&warc->uri, value, value_len);
	else if (has_name(line, name_len, "WARC-Date"))
		has_memory = set(&warc->date, value, value_len);
	return has_memory ? PART_WHOLE : no_memory();
}

static enum part read_header(struct warc *warc)
{
	warc->id.len = warc->uri.len = warc->date.len = warc->type.len = warc->media.len = 0;
	warc->has_len = false;
	for (;;) {
		char *line = NULL;
		size_t len = 0;
		enum part part = read_line(warc, &line, &len);
		if (part == PART_END)
			return blame(warc, "cut off in its header");
		if (part == PART_WHOLE && len == 0)
			break;
		if (part == PART_WHOLE)
			part = read_field(warc, line, len);
		if (part != PART_WHOLE)
			return part;
	}
	return warc->has_len ? PART_WHOLE : blame(warc, "it has no Content-Length that is a number");
}

static bool is_equal(const struct bytes *bytes, const char *text)
{
	return bytes->len == strlen(text) && strncasecmp(bytes->ptr, text, bytes->len) == 0;
}

/* text/plain may be followed by parameters. */
static bool is_plain(const struct bytes *media)
{
	const size_t len = strlen("text/plain");
	if (media->len < len || strncasecmp(media->ptr, "text/plain", len) != 0)
		return false;
	return media->len == len || strchr("; \t", media->ptr[len]);
}

static bool is_wanted(const struct warc *warc)
{
	return (is_equal(&warc->type, "conversion") || is_equal(&warc->type, "resource")) &&
	       is_plain(&warc->media);
}

static enum part read_body(struct warc *warc, struct bytes *text)
{
	switch (lines_take(&warc->lines, warc->len, text)) {
	case LINES_FAILED:
		return PART_FAILED;
	case LINES_CUT:
		return blame(warc, warc->lines.source->error);
	case LINES_END:
		return blame(warc, "shorter than its Content-Length");
	default:
		return PART_WHOLE;
	}
}

/*
 * Two line ends follow a body. One is enough if a record stands behind it, and none at the end of
 * the file; anything else means that the length is wrong.
 */
static enum part read_end(struct warc *warc)
{
	for (int i = 0; i < 2; i++) {
		char *line = NULL;
		size_t len = 0;
		const enum part part = read_line(warc, &line, &len);
		if (part == PART_FAILED)
			return part;
		if (part == PART_END)
			return PART_WHOLE;
		if (part == PART_BROKEN && warc->lines.source->error[0]) {
			warc->lines.is_cut = false; /* the next record is the broken one */
			return PART_WHOLE;
		}
		if (part == PART_WHOLE && len == 0)
			continue;
		warc->has_version = part == PART_WHOLE && is_version(line, len);
		warc->version_at = warc->lines.start;
		if (i == 0 || !warc->has_version)
			return blame(warc, "its Content-Length is wrong");
		return PART_WHOLE;
	}
	return PART_WHOLE;
}

static enum part read_record(struct warc *warc)
{
	enum part part = find_version(warc);
	if (part == PART_END)
		return part;
	warc->number++;
	if (part == PART_WHOLE)
		part = read_header(warc);
	if (part != PART_WHOLE)
		return part;
	warc->text.len = 0;
	const bool is_kept = is_wanted(warc) && warc->len <= warc->lines.max;
	part = read_body(warc, is_kept ? &warc->text : NULL);
	if (part == PART_WHOLE)
		part = read_end(warc);
	if (part == PART_WHOLE && is_wanted(warc) && !is_kept) {
		(void)blame(warc, "longer than --max-record");
		return PART_BROKEN;
	}
	return part;
}

enum warc_answer warc_next(struct warc *warc)
{
	switch (read_record(warc)) {
	case PART_FAILED:
		return WARC_FAILED;
	case PART_END:
		return WARC_END;
	case PART_BROKEN:
		/* after a record that is only too long the next one stands right behind it */
		warc->is_lost = true;
		return WARC_BROKEN;
	case PART_WHOLE:
		break;
	}
	return is_wanted(warc) ? WARC_RECORD : WARC_OTHER;
}

bool warc_is_info(const struct warc *warc)
{
	return is_equal(&warc->type, "warcinfo");
}

void warc_free(struct warc *warc)
{
	lines_free(&warc->lines);
	bytes_free(&warc->text);
	bytes_free(&warc->id);
	bytes_free(&warc->uri);
	bytes_free(&warc->date);
	bytes_free(&warc->type);
	bytes_free(&warc->media);
}
