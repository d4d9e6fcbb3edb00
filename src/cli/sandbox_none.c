#include "cli/sandbox.h"

#include "cli/fail.h"

int sandbox_enter(const struct args *args)
{
	(void)args;
	return fail_use("--sandbox: this program was built without it (it needs Linux and libseccomp)");
}
