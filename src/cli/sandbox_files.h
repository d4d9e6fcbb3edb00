/*
 * The files that the sandbox leaves: by Landlock, whose three system calls the C library does not
 * have. What is open already stays as it is.
 */
#ifndef LAFZ_CLI_SANDBOX_FILES_H
#define LAFZ_CLI_SANDBOX_FILES_H

#include "cli/args.h"

/* 0, or -1 with a message. */
int sandbox_files(const struct args *args);

#endif
