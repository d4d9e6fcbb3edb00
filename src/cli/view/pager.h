/*
 * Output to a terminal goes through a pager: the one LAFZ_PAGER or PAGER names, or less, which ends
 * by itself when all fits on one screen. None if the name is empty or "cat".
 */
#ifndef LAFZ_CLI_VIEW_PAGER_H
#define LAFZ_CLI_VIEW_PAGER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct pager {
	pid_t pid; /* 0: there is none */
};

/* Begins a pager if standard output is a terminal, and makes standard output lead to it. */
void pager_begin(struct pager *pager);

/* Waits until it has ended. Standard output must be closed. */
void pager_end(struct pager *pager);

/* Whether to colour, by --color auto: standard output is a terminal and NO_COLOR is not set. */
bool pager_wants_color(void);

/* Columns: COLUMNS, else those of the terminal that is standard output, else 80. */
size_t pager_width(void);

#endif
