#include "cli/view/pager.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WIDTH_DEFAULT 80
#define WIDTH_MOST 1000

/* Nobody has asked for less, so it may be missing. */
static const char *command(void)
{
	const char *name = getenv("LAFZ_PAGER");
	if (!name)
		name = getenv("PAGER");
	return name ? name : "command -v less >/dev/null && exec less || exec cat";
}

/*
 * The child: reads the pipe. LESS and LV: quit if it all fits on one screen, let colours through, and
 * leave what was shown on the screen.
 */
static void run_pager(const int pipes[2], const char *name)
{
	const char *const arguments[] = {"sh", "-c", name, NULL};
	signal(SIGINT, SIG_DFL);
	if (dup2(pipes[0], STDIN_FILENO) < 0)
		_exit(127);
	close(pipes[0]);
	close(pipes[1]);
	(void)setenv("LESS", "FRX", 0);
	(void)setenv("LESSCHARSET", "utf-8", 0);
	(void)setenv("LV", "-c", 0);
	(void)execv("/bin/sh", (char *const *)arguments);
	_exit(127);
}

void pager_begin(struct pager *pager)
{
	int pipes[2];
	const char *name = command();
	pager->pid = 0;
	if (!isatty(STDOUT_FILENO) || *name == '\0' || strcmp(name, "cat") == 0 || pipe(pipes) < 0)
		return;
	const pid_t pid = fork();
	if (pid == 0)
		run_pager(pipes, name);
	if (pid > 0 && dup2(pipes[1], STDOUT_FILENO) >= 0)
		pager->pid = pid;
	close(pipes[0]);
	close(pipes[1]);
}

void pager_end(struct pager *pager)
{
	if (pager->pid == 0)
		return;
	while (waitpid(pager->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	pager->pid = 0;
}

bool pager_wants_color(void)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	return isatty(STDOUT_FILENO) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static size_t columns_set(void)
{
	const char *text = getenv("COLUMNS");
	size_t width = 0;
	for (; text && *text >= '0' && *text <= '9' && width <= WIDTH_MOST; text++)
		width = width * 10 + (size_t)(*text - '0');
	return text && *text == '\0' ? width : 0;
}

size_t pager_width(void)
{
	struct winsize size = {0};
	size_t width = columns_set();
	if (width == 0 && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
	if (width == 0)
		width = WIDTH_DEFAULT;
	return width > WIDTH_MOST ? WIDTH_MOST : width;
}
