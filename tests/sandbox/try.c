/*
 * Enters the filter's sandbox with an input and an output, and tries what must not work there, and
 * what must. The arguments: the input, the output, a file that is neither. 77: there is no sandbox here.
 */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/sandbox.h"

static int n_wrong;

/* The last call has failed for one of two reasons. */
static void refused(const char *what, long answer, int one, int other)
{
	if (answer < 0 && (errno == one || errno == other))
		return;
	printf("FAILED: %s: %ld, %s\n", what, answer, answer < 0 ? strerror(errno) : "it works");
	n_wrong++;
}

static void works(const char *what, bool is_well)
{
	if (is_well)
		return;
	printf("FAILED: %s: %s\n", what, strerror(errno));
	n_wrong++;
}

static void *nothing(void *ctx)
{
	return ctx;
}

static bool can_write(const char *path)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	const bool is_well = fd >= 0 && write(fd, "x", 1) == 1;
	close(fd);
	return is_well;
}

static void try_files(const char *in, const char *out, const char *other)
{
	char moved[4096];
	(void)snprintf(moved, sizeof moved, "%s.moved", out);
	works("reading the input", open(in, O_RDONLY) >= 0);
	works("writing the output", can_write(out));
	works("renaming it", rename(out, moved) == 0 && rename(moved, out) == 0);
	works("removing it", unlink(out) == 0);
	refused("reading another file", open(other, O_RDONLY), EACCES, EACCES);
	refused("writing another file", open(other, O_WRONLY), EACCES, EACCES);
	refused("writing the input", open(in, O_WRONLY), EACCES, EACCES);
	refused("removing another file", unlink(other), EACCES, EACCES);
	refused("listing the root", open("/", O_RDONLY | O_DIRECTORY), EACCES, EACCES);
	refused("reading what all may read", open("/etc/passwd", O_RDONLY), EACCES, EACCES);
	refused("making a folder", mkdir(moved, 0700), EPERM, EACCES);
	refused("making a link", symlink(other, moved), EPERM, EACCES);
	refused("changing the owner", chown(in, 0, 0), EPERM, EPERM);
}

static void try_calls(void)
{
	char *const no_words[] = {NULL};
	pthread_t thread;
	void *const page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	works("memory", page != MAP_FAILED);
	refused("memory that is run", mprotect(page, 4096, PROT_READ | PROT_EXEC), EPERM, EPERM);
	refused("new memory that is run",
	        syscall(SYS_mmap, NULL, 4096, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), EPERM, EPERM);
	refused("socket", socket(AF_INET, SOCK_STREAM, 0), EPERM, EPERM);
	refused("socket of files", socket(AF_UNIX, SOCK_STREAM, 0), EPERM, EPERM);
	refused("execve", execve("/bin/true", no_words, no_words), EPERM, EACCES);
	refused("fork", syscall(SYS_clone, 17, 0, 0, 0, 0), EPERM, EPERM);
	refused("ptrace", ptrace(PTRACE_TRACEME, 0, 0, 0), EPERM, EPERM);
	refused("a signal to others", syscall(SYS_kill, getppid(), 0), EPERM, EPERM);
	refused("another root", syscall(SYS_chroot, "/"), EPERM, EPERM);
	refused("mounting", syscall(SYS_mount, "none", "/", "tmpfs", 0, NULL), EPERM, EPERM);
	works("a thread", pthread_create(&thread, NULL, nothing, NULL) == 0 &&
	                          pthread_join(thread, NULL) == 0);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	struct args args = {.files = argv + 1, .n_files = 1, .out = argv[2], .sandbox = true};
	if (sandbox_enter(&args) < 0)
		return 77;
	try_files(argv[1], argv[2], argv[3]);
	try_calls();
	printf("%d wrong\n", n_wrong);
	return n_wrong > 0;
}
