/*
 * The system calls that the sandbox leaves: a list, which libseccomp makes a filter of.
 */
#ifndef LAFZ_CLI_SANDBOX_CALLS_H
#define LAFZ_CLI_SANDBOX_CALLS_H

/* 0, or -1 with a message. */
int sandbox_calls(void);

#endif
