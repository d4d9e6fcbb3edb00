/*
 * SIGINT, SIGTERM and SIGHUP. The first one only sets a mark, so that whole lines are written and a
 * file begun with -o is removed; then the filter dies of it. A second one ends the filter at once:
 * it may be stuck in a write.
 */
#ifndef LAFZ_CLI_STOP_H
#define LAFZ_CLI_STOP_H

/* Signals that were ignored when the filter began stay ignored. */
void stop_install(void);

/* The signal that came, or 0. */
int stop_signal(void);

/* Waits until fd can be read or a signal has come, also one that came just before. */
void stop_wait(int fd);

/* Ends the process by this signal, as if it had never been caught. */
void stop_die(int signal_number);

#endif
