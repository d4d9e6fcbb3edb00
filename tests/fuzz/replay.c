/*
 * The main function of a fuzzer without a fuzzing engine: tries the inputs that are named, so that any
 * compiler can replay what was found. A file is one input; a file named *.pack has many, each behind a
 * line with its length (tests/fuzz/pack.py writes it), gzip or not; a folder is all files in it. Says
 * how many there were, and how many for each name.
 *
 * usage: fuzz_NAME FILE|FOLDER...
 */
#include "fuzz.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <zlib.h>

#define LONGEST ((size_t)1 << 24) /* bytes of an input */

static void *need(void *ptr)
{
	MUST(ptr, "out of memory");
	return ptr;
}

/* The whole file, unpacked if it is gzip. */
static char *read_file(const char *name, size_t *len)
{
	size_t cap = 65536;
	char *text = need(malloc(cap));
	gzFile file = gzopen(name, "rb");
	MUST(file, "%s: cannot be opened", name);
	*len = 0;
	for (;;) {
		const int n = gzread(file, text + *len, (unsigned)(cap - *len));
		MUST(n >= 0, "%s: cannot be read", name);
		if (n == 0)
			break;
		*len += (size_t)n;
		if (*len == cap) {
			cap *= 2;
			text = need(realloc(text, cap));
		}
	}
	gzclose(file);
	return text;
}

/* The bytes are copied, so that a read beside them is seen. */
static void try_input(const char *text, size_t len)
{
	char *copy = fuzz_copy(text, len);
	(void)LLVMFuzzerTestOneInput((const uint8_t *)copy, len);
	free(copy);
}

static size_t try_pack(const char *name, const char *text, size_t len)
{
	size_t n = 0, off = 0;
	while (off < len) {
		char *end = NULL;
		const char *line_end = memchr(text + off, '\n', len - off);
		MUST(line_end, "%s: no line with a length at %zu", name, off);
		const unsigned long long size = strtoull(text + off, &end, 10);
		off = (size_t)(line_end - text) + 1;
		MUST(end == line_end && size <= LONGEST && size <= len - off,
		     "%s: a wrong length before %zu", name, off);
		try_input(text + off, (size_t)size);
		off += (size_t)size;
		n++;
	}
	return n;
}

static bool ends_with(const char *name, const char *end)
{
	const size_t len = strlen(name), n = strlen(end);
	return len >= n && strcmp(name + len - n, end) == 0;
}

static size_t try_file(const char *name)
{
	size_t len = 0, n = 1;
	char *text = read_file(name, &len);
	if (ends_with(name, ".pack") || ends_with(name, ".pack.gz"))
		n = try_pack(name, text, len);
	else
		try_input(text, len);
	free(text);
	return n;
}

static size_t try_folder(const char *name)
{
	size_t n = 0;
	DIR *folder = opendir(name);
	MUST(folder, "%s: cannot be opened", name);
	for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
		char path[4096];
		struct stat status;
		const int size = snprintf(path, sizeof path, "%s/%s", name, entry->d_name);
		MUST(size > 0 && (size_t)size < sizeof path, "%s: the name is too long", name);
		if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
			n += try_file(path);
	}
	closedir(folder);
	return n;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct stat status;
		MUST(stat(argv[i], &status) == 0, "%s: is not there", argv[i]);
		const size_t n = S_ISDIR(status.st_mode) ? try_folder(argv[i]) : try_file(argv[i]);
		printf("%s: %zu inputs\n", argv[i], n);
		MUST(n > 0, "%s: there are none", argv[i]);
	}
	return argc > 1 ? EXIT_SUCCESS : 2;
}
