/*
 * To be preloaded: the functions of ICU or utf8proc that the program asks for end the process. no_icu.sh lists them.
 */
#include <stdlib.h>
#include <unistd.h>

static void end(void)
{
	static const char text[] = "ICU or utf8proc was asked\n";
	(void)!write(2, text, sizeof text - 1);
	_exit(99);
}

#define ENDS(name)                                                                                 \
	void name(void);                                                                           \
	void name(void)                                                                            \
	{                                                                                          \
		end();                                                                             \
	}

#include "functions.h" /* ENDS(name) for each */
