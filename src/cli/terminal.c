#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/repair.h"

/* n bytes of text are one well-formed character. */
static bool is_control(const char *text, size_t n)
{
	const unsigned char first = (unsigned char)text[0];
	if (n == 1)
		return (first < 0x20 && first != '\n' && first != '\t') || first == 0x7F;
	return n == 2 && first == 0xC2 && (unsigned char)text[1] <= 0x9F;
}

size_t terminal_clean(char *out, const char *text, size_t len, bool is_last, size_t *used)
{
	char *dst = out;
	size_t off = 0;
	while (off < len) {
		size_t n = 0;
		const enum repair_answer answer = repair_look(text + off, len - off, &n);
		const bool is_last_cr = text[off] == '\r' && off + 1 == len;
		if (!is_last && (answer == REPAIR_CUT || is_last_cr))
			break;
		const bool is_line_end = text[off] == '\r' && off + 1 < len && text[off + 1] == '\n';
		if (answer == REPAIR_GOOD && (is_line_end || !is_control(text + off, n))) {
			memcpy(dst, text + off, n);
			dst += n;
		} else {
			memcpy(dst, REPAIR_MARK, REPAIR_MARK_LEN);
			dst += REPAIR_MARK_LEN;
		}
		off += n;
	}
	*used = off;
	return (size_t)(dst - out);
}

bool terminal_can_redraw(int fd)
{
	const char *type = getenv("TERM");
	return isatty(fd) && type && *type && strcmp(type, "dumb") != 0;
}
