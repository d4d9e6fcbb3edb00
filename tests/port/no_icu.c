/*
 * To be preloaded: every function of ICU and utf8proc that Lafz calls for text ends the process. The names of ICU's have its
 * version in them, which the compiler is told.
 */
#include <stdlib.h>
#include <unistd.h>

static void end(void)
{
	static const char text[] = "ICU or utf8proc was asked\n";
	(void)!write(2, text, sizeof text - 1);
	_exit(99);
}

#define PASTE(name, version) name##_##version
#define VERSIONED(name, version) PASTE(name, version)
#define ICU(name)                                                                                  \
	void VERSIONED(name, ICU_VERSION)(void);                                                   \
	void VERSIONED(name, ICU_VERSION)(void)                                                    \
	{                                                                                          \
		end();                                                                             \
	}
#define OTHER(name)                                                                                \
	void name(void);                                                                           \
	void name(void)                                                                            \
	{                                                                                          \
		end();                                                                             \
	}

ICU(ubrk_open)
ICU(ubrk_next)
ICU(ubrk_setUText)
ICU(utext_openUTF8)
ICU(ucnv_open)
ICU(ucnv_toUnicode)
ICU(uloc_getDisplayName)
ICU(u_strToUTF8)
#ifdef WITH_UTF8PROC
OTHER(utf8proc_decompose_char)
OTHER(utf8proc_normalize_utf32)
#endif
