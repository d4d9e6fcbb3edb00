/*
 * The arguments behind the tokenizer's name in CREATE VIRTUAL TABLE, as FTS5 hands them over: names
 * and values in turn. README.md beside this file is their manual. What is wrong with them goes to
 * SQLite's log, since FTS5 passes no message on.
 */
#ifndef LAFZ_SQLITE_ARGUMENTS_H
#define LAFZ_SQLITE_ARGUMENTS_H

#include <stdbool.h>

#include <lafz.h>

/* What stands in the index for a token. */
enum view { VIEW_KEY, VIEW_NORM, VIEW_SURFACE };

struct arguments {
	enum view view;
	bool has_synonyms; /* documents have the key too, or the norm where the view is the key */
	struct lafz_options options; /* all but allocator */
};

/*
 * Reads n arguments. Returns SQLITE_OK or SQLITE_ERROR. A rules_version that is not the library's is
 * no failure: a warning in SQLite's log says so.
 */
int arguments_read(struct arguments *out, const char *const *args, int n);

#endif
