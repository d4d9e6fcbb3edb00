/*
 * Messages to standard error and the exit statuses they go with. Control characters in a message
 * (they come from file names and records) are shown as question marks, so that none reaches a
 * terminal.
 */
#ifndef LAFZ_CLI_FAIL_H
#define LAFZ_CLI_FAIL_H

enum fail_exit {
	EXIT_DONE = 0,
	EXIT_TROUBLE = 1, /* input or output failed, or there is no memory */
	EXIT_USE = 2,     /* wrong use */
	EXIT_SKIPPED = 3, /* done, but records were skipped */
	EXIT_DIFFERENT = 4 /* verify has found a difference */
};

#if defined(__GNUC__)
#define FAIL_PRINTF __attribute__((format(printf, 1, 2)))
#else
#define FAIL_PRINTF
#endif

/* Writes "lafz: ", the text and a line end. Returns -1. */
int fail_say(const char *format, ...) FAIL_PRINTF;

/* The same for wrong use: a pointer to --help follows. Returns -1. */
int fail_use(const char *format, ...) FAIL_PRINTF;

/* Says that there is no memory. Returns FAIL_MEMORY. */
#define FAIL_MEMORY (-2)
int fail_memory(void);

#endif
