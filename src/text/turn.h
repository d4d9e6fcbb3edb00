/*
 * Two marks of Arabic script on one letter that norm puts the other way round, where text is copied without its tokens.
 */
#ifndef LAFZ_TEXT_TURN_H
#define LAFZ_TEXT_TURN_H

#include <string.h>

/* The marks on both sides of a place, two bytes each, change places. */
static inline void text_turn(char *at)
{
	char before[2], behind[2];
	memcpy(before, at - 2, 2);
	memcpy(behind, at, 2);
	memcpy(at - 2, behind, 2);
	memcpy(at, before, 2);
}

#endif
