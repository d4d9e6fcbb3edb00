#define _GNU_SOURCE /* O_PATH, syscall */

#include "cli/sandbox_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/fail.h"

/*
 * What can be forbidden, by version of Landlock: the numbers of linux/landlock.h, which may be older
 * than the kernel.
 */
#define WRITE_FILE (UINT64_C(1) << 1)
#define READ_FILE (UINT64_C(1) << 2)
#define REMOVE_FILE (UINT64_C(1) << 5)
#define MAKE_REG (UINT64_C(1) << 8)
#define TRUNCATE (UINT64_C(1) << 14)
#define FILES_1 ((UINT64_C(1) << 13) - 1) /* all up to making symbolic links */
#define FILES_2 ((UINT64_C(1) << 14) - 1) /* and moving to another folder */
#define FILES_3 ((UINT64_C(1) << 15) - 1) /* and truncating */
#define FILES_5 ((UINT64_C(1) << 16) - 1) /* and ioctl on devices */
#define NET_4 UINT64_C(3)                 /* TCP: bind, connect */
#define SCOPED_6 UINT64_C(3)              /* abstract sockets and signals of others */
#define OUTPUT (WRITE_FILE | READ_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE)

#define CREATE_VERSION 1u
#define RULE_PATH 1

struct ruleset {
	uint64_t files, net, scoped;
};

struct path_rule {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));

struct rules {
	int fd;
	struct ruleset set; /* what is forbidden where no rule allows it */
};

static int refused(const char *what)
{
	return fail_use("--sandbox: %s: %s", what, strerror(errno));
}

static int create(struct rules *rules)
{
	const long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, CREATE_VERSION);
	size_t size = sizeof(uint64_t);
	if (version < 1)
		return refused("this kernel has no Landlock, or it is switched off");
	rules->set.files = version >= 5   ? FILES_5
	                   : version >= 3 ? FILES_3
	                   : version >= 2 ? FILES_2
	                                  : FILES_1;
	if (version >= 4) {
		rules->set.net = NET_4;
		size += sizeof(uint64_t);
	}
	if (version >= 6) {
		rules->set.scoped = SCOPED_6;
		size += sizeof(uint64_t);
	}
	rules->fd = (int)syscall(SYS_landlock_create_ruleset, &rules->set, size, 0u);
	return rules->fd < 0 ? refused("Landlock cannot be set up") : 0;
}

/*
 * What cannot be opened now will not be opened later either, and is told of then. A folder is only
 * allowed as one.
 */
static int allow(const struct rules *rules, const char *path, uint64_t allowed, bool is_folder)
{
	const int fd = open(path, O_PATH | O_CLOEXEC);
	struct stat status;
	if (fd < 0)
		return 0;
	int rc = 0;
	if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode) == is_folder) {
		const struct path_rule rule = {.allowed = allowed & rules->set.files, .fd = fd};
		if (syscall(SYS_landlock_add_rule, rules->fd, RULE_PATH, &rule, 0u) != 0)
			rc = refused(path);
	}
	close(fd);
	return rc;
}

/* The folder of a file to be written; with a place to be filled in the name, that of what stands before it. */
static int allow_folder(const struct rules *rules, const char *path)
{
	char *real = realpath(path, NULL);
	char *folder = real ? real : strdup(path);
	if (!folder)
		return fail_memory();
	if (!real)
		folder[strcspn(folder, "%")] = '\0';
	char *slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	const int rc = allow(rules, slash ? folder : ".", OUTPUT, true);
	free(folder);
	return rc;
}

static int allow_output(const struct rules *rules, const char *path)
{
	struct stat status;
	if (!path)
		return 0;
	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
		return allow(rules, path, WRITE_FILE, false);
	return allow_folder(rules, path);
}

static int allow_all(const struct rules *rules, const struct args *args)
{
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < args->n_files; i++)
		rc = allow(rules, args->files[i], READ_FILE, false);
	if (rc == 0 && args->tables)
		rc = allow(rules, args->tables, READ_FILE, false);
	if (rc == 0)
		rc = allow_output(rules, args->out);
	if (rc == 0)
		rc = allow_output(rules, args->map);
	if (rc < 0 || args->command != COMMAND_COUNT)
		return rc;
	const char *folder = getenv("TMPDIR");
	return allow(rules, folder && *folder ? folder : "/tmp", OUTPUT, true);
}

int sandbox_files(const struct args *args)
{
	struct rules rules = {.fd = -1};
	if (create(&rules) < 0)
		return -1;
	int rc = allow_all(&rules, args);
	/* Without this only a superuser may restrict itself. */
	if (rc == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		rc = refused("privileges cannot be given up");
	if (rc == 0 && syscall(SYS_landlock_restrict_self, rules.fd, 0u) != 0)
		rc = refused("Landlock cannot be entered");
	close(rules.fd);
	return rc;
}
