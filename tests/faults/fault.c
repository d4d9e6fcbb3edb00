/*
 * A library to be preloaded (LD_PRELOAD) that lets one call of the C library fail: the n-th
 * allocation, the n-th read, and so on. Which one says the environment:
 *
 *   LAFZ_FAULT         in the program lafz: CALL:N:WHAT, or CALL:N+:WHAT for the n-th and all that follow. CALL is a
 *                      name of the list below. WHAT is the number of an error; or "short": one byte
 *                      is read or written where more were asked for; or "end" (pread): nothing
 *                      is there any more; or "usr1": the call does what it does always, but
 *                      SIGUSR1 comes right before it.
 *   LAFZ_FAULT_COUNTS  a file that is written at the end: a line "CALL NUMBER" for each name
 *
 * A program can also ask for it, see fault.h. Writing to standard error never fails: messages are
 * what the tests look at. Memory is counted with whoever asks for it, the C library, ICU and the
 * libraries that are loaded later among them; other calls are counted where the program or a
 * library makes them, not inside the C library.
 */
#define _GNU_SOURCE

#include "fault.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define CALLS(CALL)                                                                                \
	CALL(malloc)                                                                               \
	CALL(read)                                                                                 \
	CALL(pread)                                                                                \
	CALL(write)                                                                                \
	CALL(open)                                                                                 \
	CALL(close)                                                                                \
	CALL(stat)                                                                                 \
	CALL(fchmod)                                                                               \
	CALL(fsync)                                                                                \
	CALL(rename)                                                                               \
	CALL(unlink)                                                                               \
	CALL(opendir)                                                                              \
	CALL(readdir)                                                                              \
	CALL(poll)                                                                                 \
	CALL(dlopen)                                                                               \
	CALL(pthread_create)

#define MEMBER(name) CALL_##name,
enum call { CALLS(MEMBER) CALL_COUNT };

#define NAME(name) #name,
static const char *const names[] = {CALLS(NAME)};

/* ---- What fails ---- */

#define END (-1) /* instead of an error: nothing more is there */

static struct {
	enum call call;
	long at; /* 0: nothing fails */
	bool goes_on;
	int error;    /* 0: short; END */
	bool is_usr1; /* nothing fails, but the signal comes */
} fault;

static atomic_long counts[CALL_COUNT];
static atomic_long live;

void fault_set(long at, int goes_on)
{
	fault.call = CALL_malloc;
	fault.goes_on = goes_on != 0;
	fault.error = ENOMEM;
	atomic_store(&counts[CALL_malloc], 0);
	fault.at = at;
}

long fault_count(void)
{
	return atomic_load(&counts[CALL_malloc]);
}

long fault_live(void)
{
	return atomic_load(&live);
}

/* Counts a call. Whether it is to fail; then errno is set, to 0 for a short one. */
static bool fails(enum call call)
{
	const long n = atomic_fetch_add(&counts[call], 1) + 1;
	if (fault.at == 0 || fault.call != call ||
	    (n != fault.at && !(fault.goes_on && n > fault.at)))
		return false;
	if (fault.is_usr1) {
		raise(SIGUSR1);
		return false;
	}
	errno = fault.error;
	return true;
}

/* Nothing here allocates: it may run before the first allocation of the process. */
__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("LAFZ_FAULT");
	/* Not in a program that runs it, such as valgrind. */
	if (!text || strcmp(program_invocation_short_name, "lafz") != 0)
		return;
	const size_t len = strcspn(text, ":");
	for (unsigned call = 0; call < CALL_COUNT; call++) {
		if (strlen(names[call]) == len && strncmp(names[call], text, len) == 0) {
			char *end = NULL;
			fault.call = (enum call)call;
			fault.at = strtol(text + len + 1, &end, 10);
			fault.goes_on = *end == '+';
			end += fault.goes_on;
			fault.is_usr1 = strcmp(end, ":usr1") == 0;
			fault.error = strcmp(end, ":short") == 0 ? 0 : atoi(end + 1);
			if (strcmp(end, ":end") == 0)
				fault.error = END;
			return;
		}
	}
	abort();
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("LAFZ_FAULT_COUNTS");
	const int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path,
	                                   O_WRONLY | O_CREAT | O_TRUNC, 0600)
	                    : -1;
	for (unsigned call = 0; fd >= 0 && call < CALL_COUNT; call++) {
		char line[64];
		const int len = snprintf(line, sizeof line, "%s %ld\n", names[call],
		                         atomic_load(&counts[call]));
		(void)!syscall(SYS_write, fd, line, (size_t)len);
	}
}

/* next is the function of this name in the libraries behind this one. ISO C has no such cast. */
#define NEXT(name)                                                                                 \
	static __typeof__(name) *next;                                                             \
	if (!next) {                                                                               \
		void *const found = dlsym(RTLD_NEXT, #name);                                       \
		memcpy(&next, &found, sizeof next);                                                \
	}

/* ---- Memory ---- */

/* dlsym itself may allocate; the GNU C library has names that need no looking up. */
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *ptr, size_t n);
extern void *__libc_memalign(size_t align, size_t n);
extern void __libc_free(void *ptr);

static void *got(void *ptr)
{
	if (ptr)
		atomic_fetch_add(&live, 1);
	return ptr;
}

void *malloc(size_t n)
{
	return fails(CALL_malloc) ? NULL : got(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
	return fails(CALL_malloc) ? NULL : got(__libc_calloc(n, size));
}

void *realloc(void *ptr, size_t n)
{
	if (!ptr)
		return malloc(n);
	return fails(CALL_malloc) ? NULL : __libc_realloc(ptr, n);
}

void *aligned_alloc(size_t align, size_t n)
{
	return fails(CALL_malloc) ? NULL : got(__libc_memalign(align, n));
}

int posix_memalign(void **out, size_t align, size_t n)
{
	void *const ptr = aligned_alloc(align, n);
	if (!ptr)
		return ENOMEM;
	*out = ptr;
	return 0;
}

void free(void *ptr)
{
	if (!ptr)
		return;
	atomic_fetch_sub(&live, 1);
	__libc_free(ptr);
}

/* ---- Files ---- */

ssize_t read(int fd, void *buf, size_t n)
{
	if (fails(CALL_read)) {
		if (errno != 0)
			return -1;
		n = n > 1 ? 1 : n;
	}
	return syscall(SYS_read, fd, buf, n);
}

ssize_t pread(int fd, void *buf, size_t n, off_t off)
{
	if (fails(CALL_pread)) {
		if (errno == END)
			return 0;
		if (errno != 0)
			return -1;
		n = n > 1 ? 1 : n;
	}
	return syscall(SYS_pread64, fd, buf, n, off);
}

ssize_t write(int fd, const void *buf, size_t n)
{
	if (fd != STDERR_FILENO && fails(CALL_write)) {
		if (errno != 0)
			return -1;
		n = n > 1 ? 1 : n;
	}
	return syscall(SYS_write, fd, buf, n);
}

/* Counted as writes. A short one is a byte of the first text that has some. */
ssize_t writev(int fd, const struct iovec *texts, int n)
{
	if (fd != STDERR_FILENO && fails(CALL_write)) {
		if (errno != 0)
			return -1;
		for (int i = 0; i < n; i++)
			if (texts[i].iov_len > 0)
				return syscall(SYS_write, fd, texts[i].iov_base, (size_t)1);
	}
	return syscall(SYS_writev, fd, texts, n);
}

static int open_at(int folder, const char *path, int flags, unsigned mode)
{
	if (fails(CALL_open))
		return -1;
	return (int)syscall(SYS_openat, folder, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list values;
	va_start(values, flags);
	const unsigned mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE
	                              ? va_arg(values, unsigned)
	                              : 0;
	va_end(values);
	return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
	va_list values;
	va_start(values, flags);
	const unsigned mode = flags & O_CREAT ? va_arg(values, unsigned) : 0;
	va_end(values);
	return open_at(folder, path, flags, mode);
}

/* What open becomes under _FORTIFY_SOURCE. */
int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
	return open_at(AT_FDCWD, path, flags, 0);
}

int mkostemp(char *path, int flags)
{
	NEXT(mkostemp)
	return fails(CALL_open) ? -1 : next(path, flags);
}

int mkstemp(char *path)
{
	return mkostemp(path, 0);
}

FILE *fopen(const char *path, const char *mode)
{
	NEXT(fopen)
	return fails(CALL_open) ? NULL : next(path, mode);
}

/* The file is closed all the same: so it is where close fails. */
int fclose(FILE *file)
{
	NEXT(fclose)
	const bool is_to_fail = fails(CALL_close);
	const int rc = next(file);
	if (!is_to_fail)
		return rc;
	errno = fault.error;
	return EOF;
}

int close(int fd)
{
	const bool is_to_fail = fails(CALL_close);
	const long rc = syscall(SYS_close, fd);
	if (!is_to_fail)
		return (int)rc;
	errno = fault.error;
	return -1;
}

int stat(const char *path, struct stat *status)
{
	NEXT(stat)
	return fails(CALL_stat) ? -1 : next(path, status);
}

int lstat(const char *path, struct stat *status)
{
	NEXT(lstat)
	return fails(CALL_stat) ? -1 : next(path, status);
}

int fstat(int fd, struct stat *status)
{
	NEXT(fstat)
	return fails(CALL_stat) ? -1 : next(fd, status);
}

int access(const char *path, int mode)
{
	return fails(CALL_stat) ? -1 : (int)syscall(SYS_faccessat, AT_FDCWD, path, mode);
}

char *realpath(const char *path, char *out)
{
	NEXT(realpath)
	return fails(CALL_stat) ? NULL : next(path, out);
}

int fchmod(int fd, mode_t mode)
{
	return fails(CALL_fchmod) ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int fsync(int fd)
{
	return fails(CALL_fsync) ? -1 : (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to)
{
	NEXT(rename)
	return fails(CALL_rename) ? -1 : next(from, to);
}

int unlink(const char *path)
{
	return fails(CALL_unlink) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

DIR *opendir(const char *path)
{
	NEXT(opendir)
	return fails(CALL_opendir) ? NULL : next(path);
}

struct dirent *readdir(DIR *dir)
{
	NEXT(readdir)
	return fails(CALL_readdir) ? NULL : next(dir);
}

/* ---- The rest ---- */

int poll(struct pollfd *fds, nfds_t n, int timeout)
{
	NEXT(poll)
	return fails(CALL_poll) ? -1 : next(fds, n, timeout);
}

void *dlopen(const char *name, int flags)
{
	NEXT(dlopen)
	return fails(CALL_dlopen) ? NULL : next(name, flags);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *), void *ctx)
{
	NEXT(pthread_create)
	return fails(CALL_pthread_create) ? EAGAIN : next(thread, attr, run, ctx);
}
