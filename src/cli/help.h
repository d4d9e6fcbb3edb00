/* What --help says. */
#ifndef LAFZ_CLI_HELP_H
#define LAFZ_CLI_HELP_H

#include <stddef.h>

/* The text of --help in parts, from 0 on; NULL behind the last. */
const char *help_part(size_t part);

#endif
