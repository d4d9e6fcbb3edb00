#include "cli/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/fail.h"
#include "cli/grow.h"

/* Appends name, or parent/name. */
static bool append(struct folder *folder, const char *parent, const char *name)
{
	/* and the NULL behind it */
	char **names = grow_one(folder->names, folder->n + 1, &folder->cap, sizeof *names);
	if (!names)
		return false;
	folder->names = names;
	const size_t parent_len = strlen(parent), name_len = strlen(name);
	const bool has_slash = parent_len == 0 || parent[parent_len - 1] == '/';
	char *path = malloc(parent_len + name_len + 2);
	if (!path)
		return false;
	memcpy(path, parent, parent_len);
	if (!has_slash)
		path[parent_len] = '/';
	memcpy(path + parent_len + !has_slash, name, name_len + 1);
	folder->names[folder->n++] = path;
	folder->names[folder->n] = NULL;
	return true;
}

/* Sorts a path to where it belongs: files to be read, folders to be looked into; nowhere if it is hidden. */
static bool append_entry(struct folder *files, struct folder *folders, const char *parent,
                         const char *name)
{
	struct stat status;
	if (*name == '.')
		return true;
	if (!append(folders, parent, name))
		return false;
	char *path = folders->names[folders->n - 1];
	bool is_known = lstat(path, &status) == 0;
	if (is_known && S_ISDIR(status.st_mode))
		return true;
	folders->n--;
	bool has_memory = true;
	if (is_known && S_ISLNK(status.st_mode))
		is_known = stat(path, &status) == 0;
	/* What cannot be looked at is read, which says why not; a link to nothing is left out. */
	if (is_known ? S_ISREG(status.st_mode) : errno != ENOENT && errno != ELOOP)
		has_memory = append(files, "", path);
	free(path);
	return has_memory;
}

/* 0, or -1 with a message. A folder that cannot be opened is left for reading, which says why not. */
static int look_into(struct folder *files, struct folder *folders, const char *path)
{
	DIR *dir = opendir(path);
	if (!dir)
		return append(files, "", path) ? 0 : fail_say("out of memory");
	int rc = 0;
	const struct dirent *entry = NULL;
	errno = 0;
	while (rc == 0 && (entry = readdir(dir))) {
		if (!append_entry(files, folders, path, entry->d_name))
			rc = fail_say("out of memory");
		errno = 0;
	}
	if (rc == 0 && errno != 0)
		rc = fail_say("%s: cannot be read: %s", path, strerror(errno));
	closedir(dir);
	return rc;
}

static int compare(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

/* One named folder with all below it. 0, or -1 with a message. */
static int expand(struct folder *files, const char *name)
{
	const size_t first = files->n;
	struct folder folders = {0};
	int rc = append(&folders, "", name) ? 0 : fail_say("out of memory");
	while (rc == 0 && folders.n > 0) {
		char *path = folders.names[--folders.n];
		rc = look_into(files, &folders, path);
		free(path);
	}
	while (folders.n > 0)
		free(folders.names[--folders.n]);
	free(folders.names);
	if (files->n > first)
		qsort(files->names + first, files->n - first, sizeof *files->names, compare);
	return rc;
}

int folder_list(struct folder *folder, char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct stat status;
		const bool is_folder = strcmp(names[i], "-") != 0 && stat(names[i], &status) == 0 &&
		                       S_ISDIR(status.st_mode);
		if (is_folder && expand(folder, names[i]) < 0)
			return -1;
		if (!is_folder && !append(folder, "", names[i]))
			return fail_say("out of memory");
	}
	return 0;
}

void folder_free(struct folder *folder)
{
	for (size_t i = 0; i < folder->n; i++)
		free(folder->names[i]);
	free(folder->names);
	*folder = (struct folder){0};
}
