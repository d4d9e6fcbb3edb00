#include "cli/folds.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/bytes.h"
#include "cli/stop.h"

/* More than the library takes; it then says so itself. */
#define FILE_MOST ((size_t)2 << 20)
#define READ_SIZE ((size_t)65536)

static enum fail_exit no_memory(void)
{
	fail_say("out of memory");
	return EXIT_TROUBLE;
}

/* Appends the file to *text, up to FILE_MOST bytes. 0, or -1 with errno set. */
static int read_all(int fd, struct bytes *text)
{
	while (text->len < FILE_MOST) {
		if (!bytes_reserve(text, READ_SIZE)) {
			errno = ENOMEM;
			return -1;
		}
		const ssize_t n = read(fd, text->ptr + text->len, READ_SIZE);
		if (n == 0)
			return 0;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			stop_wait(fd);
		else if (n < 0 && errno != EINTR)
			return -1;
		if (stop_signal())
			return -1;
		if (n > 0)
			text->len += (size_t)n;
	}
	return 0;
}

static enum fail_exit parse(struct folds *folds, const char *name, const struct bytes *text)
{
	struct lafz_tables_error error = {0};
	const char *ptr = text->ptr ? text->ptr : "";
	const int rc = lafz_tables_read(&folds->tables, ptr, text->len, NULL, &error);
	if (rc == LAFZ_OK)
		return EXIT_DONE;
	if (rc == LAFZ_ERR_MEMORY)
		return no_memory();
	if (error.line > 0)
		fail_say("%s: line %zu: %s", name, error.line, error.text);
	else
		fail_say("%s: %s", name, error.text ? error.text : lafz_strerror(rc));
	return EXIT_USE;
}

/*
 * A word that names neither a profile nor a file is wrong use, since it is most likely a profile's
 * name misspelt.
 */
static enum fail_exit cannot_read(const char *name)
{
	if (errno != ENOENT && errno != ENOTDIR && errno != EISDIR) {
		fail_say("%s: cannot be read: %s", name, strerror(errno));
		return EXIT_TROUBLE;
	}
	fail_use("--profile: '%s' is none of: none, nfc, standard, and as a file: %s", name,
	         strerror(errno));
	return EXIT_USE;
}

static enum fail_exit read_tables(struct folds *folds, const char *name)
{
	struct bytes text = {0};
	const int fd = open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	const int rc = fd < 0 ? -1 : read_all(fd, &text);
	const enum fail_exit status = rc < 0 ? cannot_read(name) : parse(folds, name, &text);
	if (fd >= 0)
		close(fd);
	bytes_free(&text);
	return status;
}

/* The library does not say which name it does not know, so each is tried alone. */
static enum fail_exit try_name(const struct args *args, const char *name)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.tables = args->options.tables;
	options.folds = &name;
	options.n_folds = 1;
	struct lafz_stream *stream = NULL;
	const int rc = lafz_open(&stream, &options);
	lafz_close(stream);
	if (rc == LAFZ_ERR_MEMORY)
		return no_memory();
	if (rc < 0)
		fail_use("--fold: there is no rule '%s' in the tables", name);
	return rc < 0 ? EXIT_USE : EXIT_DONE;
}

static enum fail_exit name_rules(struct folds *folds, struct args *args)
{
	size_t n = 0;
	/* Each name has a byte and its NUL at least. */
	folds->names = calloc(args->folds.len / 2 + 1, sizeof *folds->names);
	if (!folds->names)
		return no_memory();
	for (size_t off = 0; off < args->folds.len; n++) {
		const char *name = args->folds.ptr + off;
		const enum fail_exit status = try_name(args, name);
		if (status != EXIT_DONE)
			return status;
		folds->names[n] = name;
		off += strlen(name) + 1;
	}
	args->options.folds = folds->names;
	args->options.n_folds = (uint32_t)n;
	return EXIT_DONE;
}

enum fail_exit folds_open(struct folds *folds, struct args *args)
{
	*folds = (struct folds){0};
	if (args->tables) {
		const enum fail_exit status = read_tables(folds, args->tables);
		if (status != EXIT_DONE)
			return status;
		args->options.tables = folds->tables;
	}
	return args->folds.len > 0 ? name_rules(folds, args) : EXIT_DONE;
}

void folds_close(struct folds *folds)
{
	lafz_tables_close(folds->tables);
	free(folds->names);
	*folds = (struct folds){0};
}
