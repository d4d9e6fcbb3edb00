#include "cli/lines.h"

#include <string.h>

#include "cli/fail.h"

/* Takes the next n bytes of what was read. */
static char *take(struct lines *lines, size_t n)
{
	char *taken = lines->rest;
	lines->rest += n;
	lines->rest_len -= n;
	lines->next += n;
	return taken;
}

/* Of a line that is too long nothing is kept. */
enum lines_answer lines_next(struct lines *lines, char **line, size_t *len)
{
	bool is_long = false;
	lines->line.len = 0;
	lines->start = lines->next;
	lines->number++;
	for (;;) {
		if (lines->rest_len == 0) {
			const int rc = source_read(lines->source, &lines->rest, &lines->rest_len);
			if (rc < 0)
				return LINES_FAILED;
			if (rc == 0)
				break;
		}
		const char *end = memchr(lines->rest, '\n', lines->rest_len);
		const size_t n = end ? (size_t)(end - lines->rest) : lines->rest_len;
		char *piece = take(lines, end ? n + 1 : n);
		is_long = is_long || n > lines->max - lines->line.len;
		if (end && lines->line.len == 0 && !is_long) {
			*line = piece;
			*len = n;
			return LINES_WHOLE;
		}
		if (!is_long && !bytes_append(&lines->line, piece, n))
			return (enum lines_answer)fail_say("out of memory");
		if (end)
			break;
	}
	if (lines->next == lines->start)
		return LINES_END;
	*line = lines->line.ptr;
	*len = lines->line.len;
	return is_long ? LINES_TOO_LONG : LINES_WHOLE;
}

size_t lines_mark(const struct lines *lines, const char *line, size_t len)
{
	const bool is_marked = lines->start == 0 && len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0;
	return is_marked ? 3 : 0;
}

void lines_free(struct lines *lines)
{
	bytes_free(&lines->line);
}
