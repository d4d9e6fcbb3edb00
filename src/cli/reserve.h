/*
 * Memory for ICU when there is none left. In the code for scripts that need a dictionary ICU (seen in
 * 72) takes a failed allocation for "no dictionary", so that words would not be split, or asks for it
 * without end. So ICU gets its memory from a reserve then, and whoever has called the library looks
 * whether it was needed. Only a program may do so: the functions are set for the whole process.
 */
#ifndef LAFZ_CLI_RESERVE_H
#define LAFZ_CLI_RESERVE_H

#include <stdbool.h>

/* Before anything else is asked of ICU. */
void reserve_install(void);

/* Whether an allocation of ICU has failed: what was made since then is not to be trusted. */
bool reserve_is_touched(void);

#endif
