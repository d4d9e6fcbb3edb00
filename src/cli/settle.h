/*
 * The command line as a whole, once it has been read: whether its options go together, and what those say that
 * were not given.
 */
#ifndef LAFZ_CLI_SETTLE_H
#define LAFZ_CLI_SETTLE_H

#include "cli/args.h"

/* 0, or -1 with a message. */
int settle(struct args *args);

#endif
