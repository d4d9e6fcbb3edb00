#include "window/detect.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unicode/ucsdet.h>
#include <unicode/uvernum.h>

#include <lafz.h>

#include "unicode/utf8.h"
#include "window/convert.h"

/* urename.h makes names with ICU's version of those of its functions. */
#define STRING(name) #name
#define NAME(name) STRING(name)
#define LIBRARY "libicui18n.so." NAME(U_ICU_VERSION_MAJOR_NUM)

#define BEFORE 64 /* bytes shown to the detector before the first that is not ASCII */
#define MOST 8000 /* bytes that it looks at */

struct calls {
	UCharsetDetector *(*open)(UErrorCode *);
	void (*close)(UCharsetDetector *);
	void (*set_text)(UCharsetDetector *, const char *, int32_t, UErrorCode *);
	const UCharsetMatch **(*detect_all)(UCharsetDetector *, int32_t *, UErrorCode *);
	const char *(*name_of)(const UCharsetMatch *, UErrorCode *);
};

/* ISO C has no way from a pointer to an object to one to a function; POSIX has them alike. */
static bool find(void *library, const char *name, void *call, size_t size)
{
	void *found = dlsym(library, name);
	memcpy(call, &found, size);
	return found;
}

#define FIND(member, name) find(library, NAME(name), &calls->member, sizeof calls->member)

static bool find_calls(struct calls *calls, void *library)
{
	return FIND(open, ucsdet_open) && FIND(close, ucsdet_close) &&
	       FIND(set_text, ucsdet_setText) && FIND(detect_all, ucsdet_detectAll) &&
	       FIND(name_of, ucsdet_getName);
}

int detect_open(struct detect *detect)
{
	struct calls calls;
	/* It stays in memory: unloaded it would leave its tables behind, each time anew. */
	detect->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (detect->library && find_calls(&calls, detect->library))
		return LAFZ_OK;
	detect_close(detect);
	return LAFZ_ERR_OPTION;
}

void detect_close(struct detect *detect)
{
	if (detect->library)
		(void)dlclose(detect->library);
	detect->library = NULL;
}

/* ---- What needs no guess ---- */

/* The name for a byte order mark; NULL if there is none. UTF-32 first: its mark begins as that of UTF-16. */
static const char *find_mark(const char *text, size_t len)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *name;
	} marks[] = {
		{"\xEF\xBB\xBF", 3, "UTF-8"}, {"\xFF\xFE\0\0", 4, "UTF-32"}, {"\0\0\xFE\xFF", 4, "UTF-32"},
		{"\xFF\xFE", 2, "UTF-16"},    {"\xFE\xFF", 2, "UTF-16"},
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (len >= marks[i].len && memcmp(text, marks[i].bytes, marks[i].len) == 0)
			return marks[i].name;
	}
	return NULL;
}

/* Well-formed, but for a character that is cut off at the end of what was looked at. */
static bool is_utf8(const char *text, size_t len, bool is_whole)
{
	for (size_t off = 0; off < len;) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		if (c.status == UTF8_CUT)
			return !is_whole;
		if (c.status != UTF8_CHAR)
			return false;
		off += c.len;
	}
	return true;
}

/* ---- What does ---- */

static bool begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

/* In no encoding but UTF-16 and UTF-32 has text a NUL, and in those spaces and line ends have one. */
static bool is_possible(const char *name, bool has_nul)
{
	return has_nul == (begins(name, "UTF-16") || begins(name, "UTF-32")) && !begins(name, "UTF-8");
}

/*
 * 80 to 9F are letters and quotes in windows-1256, as in keheh and gaf, and controls in ISO 8859-6, for
 * which the detector takes Urdu.
 */
static bool has_c1(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (((unsigned char)text[i] & 0xE0) == 0x80)
			return true;
	}
	return false;
}

/*
 * The best of the detector's answers in which all bytes have a character (most letters of windows-1256
 * look like Hebrew to it, but ain to kaf have none in windows-1255); UTF-8 if there is none.
 */
static int guess(const struct calls *calls, UCharsetDetector *detector, const char *text, size_t len,
                 char name[DETECT_NAME])
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t n = 0;
	const bool has_nul = memchr(text, 0, len);
	calls->set_text(detector, text, (int32_t)len, &error);
	const UCharsetMatch **matches = calls->detect_all(detector, &n, &error);
	if (error == U_MEMORY_ALLOCATION_ERROR)
		return LAFZ_ERR_MEMORY;
	snprintf(name, DETECT_NAME, "UTF-8");
	for (int32_t i = 0; U_SUCCESS(error) && i < n; i++) {
		const char *found = calls->name_of(matches[i], &error);
		if (U_FAILURE(error) || strlen(found) >= DETECT_NAME || !is_possible(found, has_nul))
			continue;
		if (strcmp(found, "ISO-8859-6") == 0 && has_c1(text, len))
			found = "windows-1256";
		if (!convert_can(found, text, len))
			continue;
		snprintf(name, DETECT_NAME, "%s", found);
		break;
	}
	return LAFZ_OK;
}

/* The detector looks only at the beginning, where there may be nothing but ASCII. */
static size_t find_start(const char *text, size_t len)
{
	size_t at = 0;
	while (at < len && (unsigned char)text[at] < 0x80 && text[at] != 0)
		at++;
	/* A multiple of the units of UTF-16 and UTF-32. */
	return at < MOST / 2 || at == len ? 0 : (at - BEFORE) & ~(size_t)3;
}

int detect_name(const struct detect *detect, const char *text, size_t len, bool is_whole,
                char name[DETECT_NAME])
{
	const char *mark = find_mark(text, len);
	const bool has_nul = len > 0 && memchr(text, 0, len);
	snprintf(name, DETECT_NAME, "%s", mark ? mark : "UTF-8");
	if (mark || (!has_nul && is_utf8(text, len, is_whole)))
		return LAFZ_OK;
	struct calls calls;
	UErrorCode error = U_ZERO_ERROR;
	if (!find_calls(&calls, detect->library))
		return LAFZ_OK;
	UCharsetDetector *detector = calls.open(&error);
	if (U_FAILURE(error) || !detector)
		return LAFZ_ERR_MEMORY;
	const size_t start = find_start(text, len);
	const int rc = guess(&calls, detector, text + start, len - start, name);
	calls.close(detector);
	return rc;
}
