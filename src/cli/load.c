#include "cli/load.h"

#include <dlfcn.h>
#include <string.h>

void *load_library(void)
{
	return dlopen(LOAD_NAME, RTLD_NOW | RTLD_LOCAL);
}

/* ISO C has no way from a pointer to an object to one to a function; POSIX has them alike. */
bool load_call(void *library, const char *name, void *call, size_t size)
{
	void *found = dlsym(library, name);
	memcpy(call, &found, size);
	return found;
}
