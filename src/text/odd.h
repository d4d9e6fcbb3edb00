/*
 * White space that is more than one space between two tokens, and control characters: what the lines that are copied do not hold.
 */
#ifndef LAFZ_TEXT_ODD_H
#define LAFZ_TEXT_ODD_H

#include <stdint.h>

/*
 * The first byte of text, len bytes long, from one on that is a control character, but for a CR LF that ends something, or a space
 * behind white space, or a line end behind another one; len if there is none. A line begins at the byte at.
 */
typedef uint32_t odd_function(const char *text, uint32_t len, uint32_t at);

/* odd_find is the reference; both give the same. */
odd_function odd_find, odd_find_avx2;

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
odd_function *odd_choose(const char *kernel);

#endif
