/*
 * ICU when it is first needed. The library calls ICU's functions by their names; here the program has
 * functions of these names, which load ICU and pass on. Text in Arabic and Latin script in UTF-8 never
 * asks ICU, and to load it, with the C++ library that it needs, would be half of a short run.
 *
 * Only the program does so: liblafz is linked to ICU as any library would be, and the program is where
 * this file is left out (--enable-linked-icu). As there, the program ends if ICU is missing.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uclean.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/uvernum.h>
#include <unicode/uversion.h>

#include "cli/fail.h"

/* urename.h makes names with ICU's version of those of its functions. */
#define STRING(name) #name
#define NAME(name) STRING(name)
#define LIBRARY "libicuuc.so." NAME(U_ICU_VERSION_MAJOR_NUM)

/* clang-format off */

/* All functions of ICU that are called: GIVES(type, name, parameters, arguments) if they give something back, */
#define ALL_THAT_GIVE(GIVES) \
	GIVES(UConverter *, ucnv_open, (const char *name, UErrorCode *error), (name, error)) \
	GIVES(int, ucnv_compareNames, (const char *name1, const char *name2), (name1, name2)) \
	GIVES(const char *, ucnv_getName, (const UConverter *cnv, UErrorCode *error), (cnv, error)) \
	GIVES(UConverterType, ucnv_getType, (const UConverter *cnv), (cnv)) \
	GIVES(UBreakIterator *, ubrk_open, (UBreakIteratorType type, const char *locale, \
		const UChar *text, int32_t len, UErrorCode *error), (type, locale, text, len, error)) \
	GIVES(int32_t, ubrk_next, (UBreakIterator *iterator), (iterator)) \
	GIVES(UText *, utext_openUTF8, (UText *text, const char *bytes, int64_t len, \
		UErrorCode *error), (text, bytes, len, error)) \
	GIVES(UText *, utext_close, (UText *text), (text)) \
	GIVES(int32_t, u_charName, (UChar32 cp, UCharNameChoice choice, char *out, int32_t cap, \
		UErrorCode *error), (cp, choice, out, cap, error)) \
	GIVES(int32_t, uloc_forLanguageTag, (const char *tag, char *out, int32_t cap, \
		int32_t *parsed, UErrorCode *error), (tag, out, cap, parsed, error)) \
	GIVES(int32_t, uloc_getDisplayName, (const char *locale, const char *in, UChar *out, \
		int32_t cap, UErrorCode *error), (locale, in, out, cap, error)) \
	GIVES(char *, u_strToUTF8, (char *out, int32_t cap, int32_t *len, const UChar *text, \
		int32_t units, UErrorCode *error), (out, cap, len, text, units, error))

/* DOES(name, parameters, arguments) if not. */
#define ALL_THAT_DO(DOES) \
	DOES(ucnv_close, (UConverter *cnv), (cnv)) \
	DOES(ucnv_resetToUnicode, (UConverter *cnv), (cnv)) \
	DOES(ucnv_setToUCallBack, (UConverter *cnv, UConverterToUCallback call, const void *ctx, \
		UConverterToUCallback *old_call, const void **old_ctx, UErrorCode *error), \
		(cnv, call, ctx, old_call, old_ctx, error)) \
	DOES(ucnv_toUnicode, (UConverter *cnv, UChar **to, const UChar *to_end, const char **from, \
		const char *from_end, int32_t *offsets, UBool is_end, UErrorCode *error), \
		(cnv, to, to_end, from, from_end, offsets, is_end, error)) \
	DOES(ucnv_cbToUWriteUChars, (UConverterToUnicodeArgs *args, const UChar *text, \
		int32_t units, int32_t offset, UErrorCode *error), (args, text, units, offset, error)) \
	DOES(UCNV_TO_U_CALLBACK_STOP, (const void *ctx, UConverterToUnicodeArgs *args, \
		const char *bytes, int32_t len, UConverterCallbackReason reason, UErrorCode *error), \
		(ctx, args, bytes, len, reason, error)) \
	DOES(ubrk_close, (UBreakIterator *iterator), (iterator)) \
	DOES(ubrk_setUText, (UBreakIterator *iterator, UText *text, UErrorCode *error), \
		(iterator, text, error)) \
	DOES(u_getVersion, (UVersionInfo version), (version)) \
	DOES(u_getUnicodeVersion, (UVersionInfo version), (version)) \
	DOES(u_versionToString, (const UVersionInfo version, char *out), (version, out))

/* ---- Loading ---- */

#define GIVES_MEMBER(type, name, parameters, arguments) type (*name) parameters;
#define DOES_MEMBER(name, parameters, arguments) void (*name) parameters;

/* Static: ICU's functions have no argument in which it could be handed on. Written once, by load. */
static struct calls {
	ALL_THAT_GIVE(GIVES_MEMBER)
	ALL_THAT_DO(DOES_MEMBER)
} calls;

/* clang-format on */

/* What u_setMemoryFunctions was told. */
static struct {
	const void *ctx;
	UMemAllocFn *allocate;
	UMemReallocFn *resize;
	UMemFreeFn *release;
} memory;

static pthread_once_t is_loaded = PTHREAD_ONCE_INIT;

/* ISO C has no way from a pointer to an object to one to a function; POSIX has them alike. */
static bool find(void *library, const char *name, void *call, size_t size)
{
	void *found = dlsym(library, name);
	memcpy(call, &found, size);
	return found;
}

#define FOUND(name) &&find(library, NAME(name), &calls.name, sizeof calls.name)
#define GIVES_FOUND(type, name, parameters, arguments) FOUND(name)
#define DOES_FOUND(name, parameters, arguments) FOUND(name)

static bool find_all(void *library)
{
	return library ALL_THAT_GIVE(GIVES_FOUND) ALL_THAT_DO(DOES_FOUND);
}

/* Before any other call: what ICU has got from its own functions ours could not give back. */
static bool set_memory(void *library)
{
	UErrorCode error = U_ZERO_ERROR;
	void (*set)(const void *, UMemAllocFn *, UMemReallocFn *, UMemFreeFn *, UErrorCode *);
	if (!find(library, NAME(u_setMemoryFunctions), &set, sizeof set))
		return false;
	set(memory.ctx, memory.allocate, memory.resize, memory.release, &error);
	return U_SUCCESS(error);
}

static void load(void)
{
	void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
	if (library && find_all(library) && set_memory(library))
		return;
	const char *why = dlerror();
	(void)fail_say("ICU cannot be loaded: %s", why ? why : LIBRARY);
	_exit(EXIT_TROUBLE);
}

static const struct calls *icu(void)
{
	(void)pthread_once(&is_loaded, load);
	return &calls;
}

/* ---- The functions ---- */

/* Hidden, as no other library should find them: ICU's calls of its own functions stay its own. */
#pragma GCC visibility push(hidden)

#define GIVES_CALL(type, name, parameters, arguments)                                              \
	type name parameters                                                                       \
	{                                                                                          \
		return icu()->name arguments;                                                      \
	}
#define DOES_CALL(name, parameters, arguments)                                                     \
	void name parameters                                                                       \
	{                                                                                          \
		icu()->name arguments;                                                             \
	}

ALL_THAT_GIVE(GIVES_CALL)
ALL_THAT_DO(DOES_CALL)

/* Called at the start (reserve.c), and nothing to load ICU for. */
void u_setMemoryFunctions(const void *ctx, UMemAllocFn *allocate, UMemReallocFn *resize,
                          UMemFreeFn *release, UErrorCode *error)
{
	memory.ctx = ctx;
	memory.allocate = allocate;
	memory.resize = resize;
	memory.release = release;
	*error = U_ZERO_ERROR;
}

#pragma GCC visibility pop
