#define _GNU_SOURCE /* CLONE_THREAD */

#include "cli/sandbox_calls.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>

#include <seccomp.h>

#include "cli/fail.h"

/* By name: some exist on some systems only, and which of several a C library uses is its affair. */
static const char *const allowed[] = {
	/* files; Landlock says which */
	"open", "openat", "close", "read", "readv", "pread64", "write", "writev", "pwrite64",
	"lseek", "_llseek", "fstat", "fstat64", "stat", "stat64", "lstat", "lstat64", "newfstatat",
	"fstatat64", "statx", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
	"getcwd", "rename", "renameat", "renameat2", "unlink", "unlinkat", "fchmod", "fcntl",
	"fcntl64", "fsync", "fdatasync", "ftruncate", "ftruncate64", "fadvise64", "fadvise64_64",
	"arm_fadvise64_64", "getdents64",
	/* waiting */
	"poll", "ppoll", "ppoll_time64", "select", "_newselect", "pselect6", "pselect6_time64",
	"restart_syscall", "sched_yield", "clock_gettime", "clock_gettime64", "clock_nanosleep",
	"clock_nanosleep_time64", "nanosleep", "gettimeofday", "time",
	/* memory; executable memory is not made, see below */
	"brk", "munmap", "mremap", "madvise", "getrandom", "sysinfo",
	/* threads; processes are not made, see below */
	"futex", "futex_time64", "set_robust_list", "rseq", "gettid", "getpid",
	"sched_getaffinity", "set_tid_address", "membarrier", "wait4", /* for the pager */
	/* signals and the end */
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "sigaltstack", "tgkill",
	"exit", "exit_group",
};

/* Those that are allowed for certain arguments. */
static bool add_special(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	const struct scmp_arg_cmp a_thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
	const struct scmp_arg_cmp only_ask = SCMP_A2(SCMP_CMP_EQ, 0, 0);
	/* Its arguments lie in memory, where a filter cannot look. The C library then asks for clone. */
	return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, a_thread) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap2), 1, no_code) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, only_ask) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
	                        SCMP_A1(SCMP_CMP_EQ, TCGETS, 0)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
	                        SCMP_A1(SCMP_CMP_EQ, TIOCGWINSZ, 0)) == 0;
}

static bool add_all(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
		const int number = seccomp_syscall_resolve_name(allowed[i]);
		/* Negative: one that only other processors have; libseccomp finds out. */
		if (number != __NR_SCMP_ERROR &&
		    seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0) != 0)
			return false;
	}
	return add_special(filter);
}

int sandbox_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc = filter ? 0 : -ENOMEM;
	if (rc == 0 && !add_all(filter))
		rc = -ENOMEM;
	/* There are no other threads yet; if a library has made one, it comes in too. */
	if (rc == 0)
		rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	if (rc == 0)
		rc = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return rc == 0 ? 0
	               : fail_use("--sandbox: this kernel has no filter of system calls: %s",
	                          strerror(-rc));
}
