/*
 * Codes of marks of punctuation, so that rules can tell the commonest by one byte: those of ASCII have their own, these
 * stand for others. Also what some of ASCII stand for beside themselves.
 */
#ifndef LAFZ_SCAN_SIGNS_H
#define LAFZ_SCAN_SIGNS_H

#include <stdint.h>

/* tools/gen_scan.py has the same numbers. */
enum sign {
	SIGN_NONE = 0,
	SIGN_STOP = '!',          /* U+061F, U+06D4, U+2026 */
	SIGN_OTHER = '#',         /* known to the kernels, but none of the others here */
	SIGN_ARABIC_COMMA = 0x90, /* U+060C */
	SIGN_SPACED = 0x91,       /* U+061B, U+2013, U+2014 */
	SIGN_QUOTE = 0x92,        /* U+00AB, U+00BB, U+201C, U+201D */
	SIGN_OPENING = 0x93,      /* U+2018 */
	SIGN_APOSTROPHE = 0x94,   /* U+2019 */
};

/* Of a mark that is not ASCII and lies at s, well-formed. */
uint8_t sign_of(const unsigned char *s);

#endif
