#include "cli/selection.h"

#include <stdlib.h>
#include <string.h>

#include "cli/fail.h"
#include "cli/repair.h"
#include "cli/value.h"

#define SHOWN 64 /* bytes of a wrong value in a message */

static int shown(size_t len)
{
	return (int)(len < SHOWN ? len : SHOWN);
}

/* ---- Languages ---- */

static uint16_t find_lang(const char *tag, size_t len)
{
	char name[64];
	if (len == 0 || len >= sizeof name)
		return LAFZ_LANG_NONE;
	memcpy(name, tag, len);
	name[len] = '\0';
	return lafz_lang_id(name);
}

/* und may be asked for too: what no language is known of. */
int selection_langs(struct selection *selection, const char *value)
{
	struct bytes *langs = &selection->langs;
	const size_t count = lafz_lang_count();
	if (!bytes_reserve(langs, count))
		return fail_memory();
	if (langs->len == 0)
		memset(langs->ptr, 0, count);
	langs->len = count;
	for (const char *tag = value;; tag++) {
		const size_t len = strcspn(tag, ",");
		const uint16_t lang = find_lang(tag, len);
		if (lang == LAFZ_LANG_NONE)
			return value_no_language("--only-lang", tag, len);
		langs->ptr[lang] = 1;
		tag += len;
		if (*tag == '\0')
			return 0;
	}
}

/* ---- Kinds ---- */

/* SELECTION_KINDS if there is no such kind. */
static uint8_t find_kind(const char *name, size_t len)
{
	uint8_t kind = 0;
	for (; kind < SELECTION_KINDS; kind++) {
		const char *known = lafz_kind_name(kind);
		if (strlen(known) == len && memcmp(known, name, len) == 0)
			break;
	}
	return kind;
}

static int refuse_kind(const char *option, const char *name, size_t len)
{
	return fail_use("%s: '%.*s' is no kind of token (word, number, punct, symbol, emoji, url, "
	                "email, mention, hashtag, time, date, other)",
	                option, shown(len), name);
}

int selection_kinds(const char *option, const char *value, uint32_t *kinds)
{
	for (const char *name = value;; name++) {
		const size_t len = strcspn(name, ",");
		const uint8_t kind = find_kind(name, len);
		if (kind == SELECTION_KINDS)
			return refuse_kind(option, name, len);
		*kinds |= UINT32_C(1) << kind;
		name += len;
		if (*name == '\0')
			return 0;
	}
}

int selection_drop(struct selection *selection, const char *value)
{
	return selection_kinds("--drop-kind", value, &selection->dropped);
}

/* White space or a control in a mask would make two tokens or two lines of one. */
static bool is_mask(const char *mask, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char byte = (unsigned char)mask[i];
		if (byte <= ' ' || byte == 0x7F)
			return false;
	}
	return len > 0 && len <= SELECTION_MASK && repair_good(mask, len) == len;
}

int selection_mask(struct selection *selection, const char *value)
{
	const size_t len = strcspn(value, "=");
	const uint8_t kind = find_kind(value, len);
	if (value[len] == '\0')
		return fail_use("--mask-kind: '%.*s' is not KIND=MASK", shown(len), value);
	if (kind == SELECTION_KINDS)
		return refuse_kind("--mask-kind", value, len);
	const char *mask = value + len + 1;
	if (!is_mask(mask, strlen(mask)))
		return fail_use("--mask-kind: a mask is 1 to %d bytes of UTF-8 without white space",
		                SELECTION_MASK);
	selection->masks[kind] = mask;
	selection->has_masks = true;
	return 0;
}

/* ---- All ---- */

bool selection_is_on(const struct selection *selection)
{
	return selection->langs.len > 0 || selection->min_confidence > 0 ||
	       selection->dropped != 0 || selection->has_masks;
}

bool selection_is_pattern(const char *pattern)
{
	const char *place = strstr(pattern, "%s");
	return place && !strstr(place + 2, "%s");
}

char *selection_path(const char *pattern, const char *tag)
{
	const char *place = strstr(pattern, "%s");
	const size_t before = (size_t)(place - pattern);
	const size_t tag_len = strlen(tag);
	const size_t behind = strlen(place + 2) + 1;
	char *path = malloc(before + tag_len + behind);
	if (!path)
		return NULL;
	memcpy(path, pattern, before);
	memcpy(path + before, tag, tag_len);
	memcpy(path + before + tag_len, place + 2, behind);
	return path;
}

void selection_free(struct selection *selection)
{
	bytes_free(&selection->langs);
}
