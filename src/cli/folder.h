/*
 * -r: in place of each folder the files in it and below it.
 */
#ifndef LAFZ_CLI_FOLDER_H
#define LAFZ_CLI_FOLDER_H

#include <stddef.h>

/* Zeroed at first. */
struct folder {
	char **names; /* owned, and so are the strings; the last one is NULL */
	size_t n, cap;
};

/*
 * Lists n names with their folders expanded: the paths of a folder's regular files, sorted bytewise.
 * A link to a file counts as one, a link to a folder is left out unless it is named itself, and so
 * is what has a name with a full stop first: what the filter keeps beside its outputs, .git, .DS_Store. A
 * folder that cannot be read stands for itself, so that whoever reads it says why. 0, or -1 with a
 * message.
 */
int folder_list(struct folder *folder, char *const *names, size_t n);

void folder_free(struct folder *folder);

#endif
