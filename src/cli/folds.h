/*
 * What -p FILE and --fold ask for: a user's tables and rules that are off by default.
 */
#ifndef LAFZ_CLI_FOLDS_H
#define LAFZ_CLI_FOLDS_H

#include <lafz.h>

#include "cli/args.h"
#include "cli/fail.h"

struct folds {
	struct lafz_tables *tables; /* owned; NULL: the built-in ones */
	const char **names;         /* owned; the names themselves are those of args */
};

/*
 * Reads the tables and puts both into args->options. EXIT_DONE, or another status with a message.
 * folds_close is legal after all of them, once no stream uses them any more.
 */
enum fail_exit folds_open(struct folds *folds, struct args *args);

void folds_close(struct folds *folds);

#endif
