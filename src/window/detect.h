/*
 * Which encoding a document is in, guessed from its first bytes: a byte order mark, else UTF-8 if they
 * are well-formed UTF-8, else what ICU's detector takes them for. No other file names that detector.
 * It lives in a library of ICU that nothing else needs, so it is loaded when it is first asked for.
 */
#ifndef LAFZ_WINDOW_DETECT_H
#define LAFZ_WINDOW_DETECT_H

#include <stdbool.h>
#include <stddef.h>

#define DETECT_LEN 65536 /* bytes that are looked at */
#define DETECT_NAME 32   /* room for a name with its NUL */

struct detect {
	void *library; /* owned; NULL: closed */
};

/* LAFZ_OK, or LAFZ_ERR_OPTION if the library cannot be loaded. */
int detect_open(struct detect *detect);

/* A zeroed struct is legal. */
void detect_close(struct detect *detect);

/*
 * Sets name to ICU's name for the encoding of len bytes. is_whole: they are not cut off. LAFZ_OK or
 * LAFZ_ERR_MEMORY.
 */
int detect_name(const struct detect *detect, const char *text, size_t len, bool is_whole,
                char name[DETECT_NAME]);

#endif
