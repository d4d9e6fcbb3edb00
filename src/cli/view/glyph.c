#include "cli/view/glyph.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/repair.h"

struct range {
	uint32_t first, last;
};

/*
 * Zero columns: marks that stand on the letter before. By script, not by the table of categories:
 * the scripts Lafz works for, and the common ones of others. Elsewhere a row may be too short.
 */
static const struct range marks[] = {
	{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},
	{0x05C4, 0x05C5}, {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
	{0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0711, 0x0711},
	{0x0730, 0x074A}, {0x07A6, 0x07B0}, {0x0898, 0x089F}, {0x08CA, 0x08E1}, {0x08E3, 0x0902},
	{0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},
	{0x0E47, 0x0E4E}, {0x1AB0, 0x1ACE}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20F0}, {0x302A, 0x302D},
	{0x3099, 0x309A}, {0xFE20, 0xFE2F},
};

/* Two columns: East Asian Width W and F, and emoji, in large blocks. */
static const struct range wides[] = {
	{0x1100, 0x115E},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},
	{0x2648, 0x2653},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x2728, 0x2728},
	{0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},   {0x2E80, 0x303E},
	{0x3041, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
	{0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
	{0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

/* Join the parts of an emoji: ZWJ, variation selectors, skin tones, tags. */
static const struct range joiners[] = {
	{0x200D, 0x200D}, {0xFE0E, 0xFE0F}, {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F}};

static const struct range spaces[] = {{0x00A0, 0x00A0}, {0x1680, 0x1680}, {0x2000, 0x200A},
                                      {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};

/* Nothing is seen of these, or they turn the direction of others. Format and ignorable characters. */
static const struct range invisibles[] = {
	{0x0080, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F}, {0x061C, 0x061C},
	{0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F}, {0x200B, 0x200F},
	{0x2028, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164}, {0xFE00, 0xFE0F},
	{0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3},
	{0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

static const struct {
	uint32_t cp;
	const char *name;
} names[] = {
	{0x0085, "NEL"},  {0x00AD, "SHY"},  {0x034F, "CGJ"},  {0x061C, "ALM"}, {0x180E, "MVS"},
	{0x200B, "ZWSP"}, {0x200D, "ZWJ"},  {0x200E, "LRM"},  {0x200F, "RLM"}, {0x2028, "LS"},
	{0x2029, "PS"},   {0x202A, "LRE"},  {0x202B, "RLE"},  {0x202C, "PDF"}, {0x202D, "LRO"},
	{0x202E, "RLO"},  {0x2060, "WJ"},   {0x2066, "LRI"},  {0x2067, "RLI"}, {0x2068, "FSI"},
	{0x2069, "PDI"},  {0xFE0E, "VS15"}, {0xFE0F, "VS16"}, {0xFEFF, "BOM"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_in(uint32_t cp, const struct range *ranges, size_t n)
{
	for (size_t i = 0; i < n && ranges[i].first <= cp; i++) {
		if (cp <= ranges[i].last)
			return true;
	}
	return false;
}

static void set(struct glyph *glyph, enum glyph_sort sort, const char *text, size_t width)
{
	glyph->sort = sort;
	glyph->width = width;
	glyph->len = strlen(text);
	memcpy(glyph->text, text, glyph->len);
}

/* In U+2039 and U+203A, single angle quotes. */
static void set_named(struct glyph *glyph, enum glyph_sort sort, const char *name)
{
	char text[GLYPH_CAP];
	snprintf(text, sizeof text, "\xE2\x80\xB9%s\xE2\x80\xBA", name);
	set(glyph, sort, text, strlen(name) + 2);
}

static void set_bytes(struct glyph *glyph, const char *text, size_t n)
{
	static const char digits[] = "0123456789ABCDEF";
	char name[16] = "";
	for (size_t i = 0; i < n && i < 4; i++) {
		name[2 * i] = digits[(unsigned char)text[i] >> 4];
		name[2 * i + 1] = digits[(unsigned char)text[i] & 15];
	}
	set_named(glyph, GLYPH_BYTES, name);
}

static void set_invisible(struct glyph *glyph, uint32_t cp)
{
	char number[16];
	for (size_t i = 0; i < COUNT(names); i++) {
		if (names[i].cp == cp) {
			set_named(glyph, GLYPH_INVISIBLE, names[i].name);
			return;
		}
	}
	snprintf(number, sizeof number, "U+%04" PRIX32, cp);
	set_named(glyph, GLYPH_INVISIBLE, number);
}

/* The pictures of control characters, U+2400 on. */
static void set_control(struct glyph *glyph, uint32_t cp)
{
	const char picture[] = {'\xE2', '\x90', (char)(0x80 + (cp == 0x7F ? 0x21 : cp)), '\0'};
	set(glyph, GLYPH_CONTROL, picture, 1);
}

static size_t width_of(uint32_t cp)
{
	if (cp < 0x0300)
		return 1;
	if (is_in(cp, marks, COUNT(marks)))
		return 0;
	return is_in(cp, wides, COUNT(wides)) ? 2 : 1;
}

static void set_itself(struct glyph *glyph, const char *text, size_t n, size_t width)
{
	glyph->sort = GLYPH_ITSELF;
	glyph->width = width;
	glyph->len = n;
	memcpy(glyph->text, text, n);
}

size_t glyph_make(struct glyph *glyph, const char *text, size_t len, bool is_emoji)
{
	size_t n = 0;
	const uint32_t cp = repair_read(text, len, &n);
	if (cp == REPAIR_NOTHING)
		set_bytes(glyph, text, n);
	else if (is_emoji && is_in(cp, joiners, COUNT(joiners)))
		set_itself(glyph, text, n, 0);
	else if (cp == ' ')
		set(glyph, GLYPH_SPACE, "\xE2\x90\xA3", 1); /* U+2423 OPEN BOX */
	else if (cp == '\t')
		set(glyph, GLYPH_TAB, "\xE2\x87\xA5", 1); /* U+21E5, to a bar */
	else if (cp < 0x20 || cp == 0x7F)
		set_control(glyph, cp);
	else if (cp == 0x200C)
		set(glyph, GLYPH_ZWNJ, "\xC2\xA6", 1); /* U+00A6 BROKEN BAR */
	else if (cp >= 0x80 && is_in(cp, spaces, COUNT(spaces)))
		set(glyph, GLYPH_NO_BREAK, "\xE2\x8D\xBD", 1); /* U+237D SHOULDERED OPEN BOX */
	else if (cp >= 0x80 && is_in(cp, invisibles, COUNT(invisibles)))
		set_invisible(glyph, cp);
	else
		set_itself(glyph, text, n, width_of(cp));
	return n;
}

size_t glyph_width(const char *text, size_t len, bool is_emoji, size_t most)
{
	size_t width = 0;
	for (size_t off = 0; off < len && width <= most;) {
		struct glyph glyph;
		off += glyph_make(&glyph, text + off, len - off, is_emoji);
		width += glyph.width;
	}
	return width;
}
