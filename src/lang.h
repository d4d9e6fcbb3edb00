/*
 * Language ids: the rows of lang_list.h, in its order.
 */
#ifndef LAFZ_LANG_H
#define LAFZ_LANG_H

#include <stdint.h>

#include "gen/ucd_enums.h"
#include "lang_list.h"

enum lang {
#define LANG_ENUM(name, tag, script, support) LANG_##name,
	LANG_LIST(LANG_ENUM)
#undef LANG_ENUM
		LANG_COUNT
};

/* The script a language is told by. */
uint8_t lang_script(uint16_t lang);

#endif
