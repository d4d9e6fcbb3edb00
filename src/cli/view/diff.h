/*
 * lafz diff: where two outputs of -f jsonl differ. Both are read side by side, a few lines at a
 * time.
 */
#ifndef LAFZ_CLI_VIEW_DIFF_H
#define LAFZ_CLI_VIEW_DIFF_H

#include "cli/args.h"
#include "cli/fail.h"
#include "cli/sink.h"

/* Writes the differences and their counts. The status to end with. */
enum fail_exit diff_files(const struct args *args, struct sink *sink);

#endif
