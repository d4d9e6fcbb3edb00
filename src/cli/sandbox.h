/*
 * --sandbox: from here on the process can open nothing but what its arguments name, and ask the kernel
 * for nothing but what reading, working and writing need. Entered once, before the first byte of
 * input is read and before there is a thread.
 *
 * Landlock (Linux 5.13) is for files: the named inputs can be read; in the folders of -o and --map,
 * and for `count` in that of temporary files, files can be made, read, replaced and removed. A
 * system call filter is for the rest: no sockets, no programs, no processes, no memory that is made
 * executable. A call that is not in the list fails with EPERM.
 */
#ifndef LAFZ_CLI_SANDBOX_H
#define LAFZ_CLI_SANDBOX_H

#include "cli/args.h"

/* 0, or -1 with a message, if the system has none or not all of it; then the process must end. */
int sandbox_enter(const struct args *args);

#endif
