/*
 * What norm, or the copy of a line, has otherwise than the text: so many bytes from a place on become others.
 */
#ifndef LAFZ_BATCH_CHANGE_H
#define LAFZ_BATCH_CHANGE_H

#include <stdint.h>

struct batch_change {
	uint32_t at;
	uint8_t n_from, n_to;
	char to[2];
};

#endif
