#include "cli/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/terminal.h"

/* Standard error is the last resort: if it cannot be written, there is nobody left to tell. */
static void write_all(const char *text, size_t len)
{
	while (len > 0) {
		const ssize_t n = write(STDERR_FILENO, text, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

/* C0, DEL, and C1 as UTF-8 has it (C2 80 to C2 9F). */
static void hide_controls(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char byte = (unsigned char)text[i];
		const unsigned char next = i + 1 < len ? (unsigned char)text[i + 1] : 0;
		if (byte == 0xC2 && next >= 0x80 && next <= 0x9F)
			text[i] = text[i + 1] = '?';
		else if (byte < 0x20 || byte == 0x7F)
			text[i] = '?';
	}
}

/*
 * One write for the whole message, so that the messages of several processes do not mix. A line of
 * progress that stands there is written over.
 */
static void say(const char *format, va_list values, const char *tail)
{
	va_list copy;
	va_copy(copy, values);
	const int len = vsnprintf(NULL, 0, format, copy);
	va_end(copy);
	const char *erase = terminal_can_redraw(STDERR_FILENO) ? "\033[K" : "";
	const size_t head_len = strlen("lafz: "), erase_len = strlen(erase), tail_len = strlen(tail);
	const size_t text_len = len < 0 ? 0 : (size_t)len;
	char *line = malloc(head_len + text_len + erase_len + tail_len + 1);
	if (!line) {
		write_all("lafz: out of memory\n", strlen("lafz: out of memory\n"));
		return;
	}
	memcpy(line, "lafz: ", head_len);
	vsnprintf(line + head_len, text_len + 1, format, values);
	hide_controls(line + head_len, text_len);
	memcpy(line + head_len + text_len, erase, erase_len);
	memcpy(line + head_len + text_len + erase_len, tail, tail_len);
	write_all(line, head_len + text_len + erase_len + tail_len);
	free(line);
}

int fail_say(const char *format, ...)
{
	va_list values;
	va_start(values, format);
	say(format, values, "\n");
	va_end(values);
	return -1;
}

int fail_use(const char *format, ...)
{
	va_list values;
	va_start(values, format);
	say(format, values, "\nTry 'lafz --help'.\n");
	va_end(values);
	return -1;
}
