/*
 * lafz verify ORIGINAL NORMALISED MAP: whether the original is the normalised text with the edits
 * of the map taken back, and the normalised text the original with them made. The three are read
 * side by side, so memory does not grow with their length.
 */
#ifndef LAFZ_CLI_VERIFY_H
#define LAFZ_CLI_VERIFY_H

#include "cli/args.h"
#include "cli/fail.h"
#include "cli/sink.h"

/* EXIT_DONE, EXIT_DIFFERENT or EXIT_TROUBLE, the last two with a message. */
enum fail_exit verify_files(const struct args *args, struct sink *sink);

#endif
