#include "cli/sandbox.h"

#include <lafz.h>

#include "cli/load.h"
#include "cli/sandbox_calls.h"
#include "cli/sandbox_files.h"

int sandbox_enter(const struct args *args)
{
	/* Later they could not be loaded: libraries are files, and their code is executable memory. */
	(void)load_library();
	(void)lafz_library_versions(NULL, 0); /* asks ICU, which loads it */
	return sandbox_files(args) < 0 || sandbox_calls() < 0 ? -1 : 0;
}
