/*
 * Signals. The first SIGINT, SIGTERM or SIGHUP only sets a mark, so that whole lines are written and a
 * file begun with -o is removed; then the filter dies of it. A second one ends the filter at once: it
 * may be stuck in a write. SIGUSR1 sets a mark for a line of progress.
 */
#ifndef LAFZ_CLI_STOP_H
#define LAFZ_CLI_STOP_H

#include <stdbool.h>

/* Signals that were ignored when the filter began stay ignored. */
void stop_install(void);

/* The same for SIGUSR1, which ends a program that has not called this; so it is called before all else. */
void stop_install_asked(void);

/* From here on SIGUSR1 is ignored: there will be no progress to tell of. */
void stop_ignore_asked(void);

/* Whether SIGUSR1 has come since the last call. */
bool stop_asked(void);

/* The signal that came, or 0. */
int stop_signal(void);

/*
 * Waits until fd can be read or one of these signals has come, also one that came just before. False:
 * it cannot wait for that fd.
 */
bool stop_wait(int fd);

/* Ends the process by this signal, as if it had never been caught. */
void stop_die(int signal_number);

#endif
