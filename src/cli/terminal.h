/*
 * What may reach a terminal: everything but control characters, which could move the cursor or
 * worse. Each of them, C0 other than LF and TAB, DEL and C1, becomes one U+FFFD, and so does each
 * ill-formed subpart, because terminals differ in what they take for C1. A CR before an LF stays.
 */
#ifndef LAFZ_CLI_TERMINAL_H
#define LAFZ_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes len bytes of text to out, which has room for 3 * len, and returns how many were written.
 * What cannot be judged yet, a cut character or a last CR, is left over unless is_last; *used is
 * how much was taken.
 */
size_t terminal_clean(char *out, const char *text, size_t len, bool is_last, size_t *used);

/* Whether a line on this file descriptor can be erased and drawn anew: a terminal that knows EL. */
bool terminal_can_redraw(int fd);

#endif
