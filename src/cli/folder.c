#include "cli/folder.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/fail.h"

/* Appends name, or parent/name. */
static bool append(struct folder *folder, const char *parent, const char *name)
{
	if (folder->cap - folder->n < 2) {
		const size_t cap = folder->cap ? 2 * folder->cap : 64;
		char **grown = realloc(folder->names, cap * sizeof *grown);
		if (!grown)
			return false;
		folder->names = grown;
		folder->cap = cap;
	}
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

/* Sorts a path to where it belongs: files to be read, folders to be looked into. */
static bool append_entry(struct folder *files, struct folder *folders, const char *parent,
                         const char *name)
{
	struct stat status;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return true;
	if (!append(folders, parent, name))
		return false;
	char *path = folders->names[folders->n - 1];
	const bool is_there = lstat(path, &status) == 0;
	if (is_there && S_ISDIR(status.st_mode))
		return true;
	folders->n--;
	bool has_memory = true;
	if (is_there && S_ISLNK(status.st_mode) && stat(path, &status) < 0)
		status.st_mode = 0;
	if (is_there && S_ISREG(status.st_mode))
		has_memory = append(files, "", path);
	free(path);
	return has_memory;
}

static bool look_into(struct folder *files, struct folder *folders, const char *path)
{
	DIR *dir = opendir(path);
	if (!dir)
		return append(files, "", path);
	bool has_memory = true;
	const struct dirent *entry = NULL;
	while (has_memory && (entry = readdir(dir)))
		has_memory = append_entry(files, folders, path, entry->d_name);
	closedir(dir);
	return has_memory;
}

static int compare(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

/* One named folder with all below it. */
static bool expand(struct folder *files, const char *name)
{
	const size_t first = files->n;
	struct folder folders = {0};
	bool has_memory = append(&folders, "", name);
	while (has_memory && folders.n > 0) {
		char *path = folders.names[--folders.n];
		has_memory = look_into(files, &folders, path);
		free(path);
	}
	while (folders.n > 0)
		free(folders.names[--folders.n]);
	free(folders.names);
	if (files->n > first)
		qsort(files->names + first, files->n - first, sizeof *files->names, compare);
	return has_memory;
}

int folder_list(struct folder *folder, char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct stat status;
		const bool is_folder = strcmp(names[i], "-") != 0 && stat(names[i], &status) == 0 &&
		                       S_ISDIR(status.st_mode);
		if (is_folder ? !expand(folder, names[i]) : !append(folder, "", names[i]))
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
