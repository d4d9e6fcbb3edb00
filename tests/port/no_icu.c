/*
 * Ends the process when ICU or utf8proc is asked. To be preloaded, with the functions that the program takes from
 * them, which no_icu.sh lists; or, with AT_LOAD, to be loaded in the place of ICU: then to load it is enough.
 */
#include <stdlib.h>
#include <unistd.h>

static void end(void)
{
	static const char text[] = "ICU or utf8proc was asked\n";
	(void)!write(2, text, sizeof text - 1);
	_exit(99);
}

#ifdef AT_LOAD
__attribute__((constructor)) static void begin(void)
{
	end();
}
#else
#define ENDS(name)                                                                                 \
	void name(void);                                                                           \
	void name(void)                                                                            \
	{                                                                                          \
		end();                                                                             \
	}

#include "functions.h" /* ENDS(name) for each */
#endif
