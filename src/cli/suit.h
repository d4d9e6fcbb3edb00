/*
 * Which option goes with which command and format. What would be of no use is refused, so that nobody takes a
 * result for what was asked for.
 */
#ifndef LAFZ_CLI_SUIT_H
#define LAFZ_CLI_SUIT_H

#include "cli/args.h"

/* Whether all options that were given go with the command and its format, which are settled. 0, or -1 with a message. */
int suit(const struct args *args);

#endif
