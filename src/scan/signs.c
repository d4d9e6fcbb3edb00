#include "scan/signs.h"

static uint8_t sign_of_general(unsigned char last)
{
	switch (last) {
	case 0x93: /* dashes */
	case 0x94:
		return SIGN_SPACED;
	case 0x98:
		return SIGN_OPENING;
	case 0x99:
		return SIGN_APOSTROPHE;
	case 0x9C:
	case 0x9D:
		return SIGN_QUOTE;
	case 0xA6:
		return SIGN_STOP;
	default:
		return SIGN_NONE;
	}
}

static uint8_t sign_of_arabic(unsigned char last)
{
	switch (last) {
	case 0x8C:
		return SIGN_ARABIC_COMMA;
	case 0x9B:
		return SIGN_SPACED;
	case 0x9F:
		return SIGN_STOP;
	default:
		return SIGN_NONE;
	}
}

uint8_t sign_of(const unsigned char *s)
{
	switch (s[0]) {
	case 0xC2: /* guillemets */
		return s[1] == 0xAB || s[1] == 0xBB ? SIGN_QUOTE : SIGN_NONE;
	case 0xD8:
		return sign_of_arabic(s[1]);
	case 0xDB: /* the Urdu full stop */
		return s[1] == 0x94 ? SIGN_STOP : SIGN_NONE;
	case 0xE2:
		return s[1] == 0x80 ? sign_of_general(s[2]) : SIGN_NONE;
	default:
		return SIGN_NONE;
	}
}
