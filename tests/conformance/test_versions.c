/*
 * Prints the Unicode versions of ICU, utf8proc and our tables, and compares the tables with both
 * for every code point that the oldest of the three has assigned. Where ICU has our version, all
 * must be equal. A newer or older one may know other values for old characters; what Lafz writes
 * for Arabic and Latin text must not hang on that, so letters and marks of those scripts are
 * compared always.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <utf8proc.h>

#include "unicode/ucd.h"

enum { MOST_PRINTED = 10 };

/* Our values in ICU's. */
static const int32_t categories[UCD_GC_COUNT] = {
	[UCD_GC_CN] = U_UNASSIGNED,
	[UCD_GC_CC] = U_CONTROL_CHAR,
	[UCD_GC_CF] = U_FORMAT_CHAR,
	[UCD_GC_CO] = U_PRIVATE_USE_CHAR,
	[UCD_GC_CS] = U_SURROGATE,
	[UCD_GC_LL] = U_LOWERCASE_LETTER,
	[UCD_GC_LM] = U_MODIFIER_LETTER,
	[UCD_GC_LO] = U_OTHER_LETTER,
	[UCD_GC_LT] = U_TITLECASE_LETTER,
	[UCD_GC_LU] = U_UPPERCASE_LETTER,
	[UCD_GC_MC] = U_COMBINING_SPACING_MARK,
	[UCD_GC_ME] = U_ENCLOSING_MARK,
	[UCD_GC_MN] = U_NON_SPACING_MARK,
	[UCD_GC_ND] = U_DECIMAL_DIGIT_NUMBER,
	[UCD_GC_NL] = U_LETTER_NUMBER,
	[UCD_GC_NO] = U_OTHER_NUMBER,
	[UCD_GC_PC] = U_CONNECTOR_PUNCTUATION,
	[UCD_GC_PD] = U_DASH_PUNCTUATION,
	[UCD_GC_PE] = U_END_PUNCTUATION,
	[UCD_GC_PF] = U_FINAL_PUNCTUATION,
	[UCD_GC_PI] = U_INITIAL_PUNCTUATION,
	[UCD_GC_PO] = U_OTHER_PUNCTUATION,
	[UCD_GC_PS] = U_START_PUNCTUATION,
	[UCD_GC_SC] = U_CURRENCY_SYMBOL,
	[UCD_GC_SK] = U_MODIFIER_SYMBOL,
	[UCD_GC_SM] = U_MATH_SYMBOL,
	[UCD_GC_SO] = U_OTHER_SYMBOL,
	[UCD_GC_ZL] = U_LINE_SEPARATOR,
	[UCD_GC_ZP] = U_PARAGRAPH_SEPARATOR,
	[UCD_GC_ZS] = U_SPACE_SEPARATOR,
};

static const int32_t word_breaks[UCD_WB_COUNT] = {
	[UCD_WB_OTHER] = U_WB_OTHER,
	[UCD_WB_ALETTER] = U_WB_ALETTER,
	[UCD_WB_HEBREW_LETTER] = U_WB_HEBREW_LETTER,
	[UCD_WB_KATAKANA] = U_WB_KATAKANA,
	[UCD_WB_NUMERIC] = U_WB_NUMERIC,
	[UCD_WB_EXTENDNUMLET] = U_WB_EXTENDNUMLET,
	[UCD_WB_MIDLETTER] = U_WB_MIDLETTER,
	[UCD_WB_MIDNUM] = U_WB_MIDNUM,
	[UCD_WB_MIDNUMLET] = U_WB_MIDNUMLET,
	[UCD_WB_SINGLE_QUOTE] = U_WB_SINGLE_QUOTE,
	[UCD_WB_DOUBLE_QUOTE] = U_WB_DOUBLE_QUOTE,
	[UCD_WB_REGIONAL_INDICATOR] = U_WB_REGIONAL_INDICATOR,
	[UCD_WB_EXTEND] = U_WB_EXTEND,
	[UCD_WB_FORMAT] = U_WB_FORMAT,
	[UCD_WB_ZWJ] = U_WB_ZWJ,
	[UCD_WB_WSEGSPACE] = U_WB_WSEGSPACE,
	[UCD_WB_CR] = U_WB_CR,
	[UCD_WB_LF] = U_WB_LF,
	[UCD_WB_NEWLINE] = U_WB_NEWLINE,
};

static const int32_t sentence_breaks[UCD_SB_COUNT] = {
	[UCD_SB_OTHER] = U_SB_OTHER,
	[UCD_SB_CR] = U_SB_CR,
	[UCD_SB_LF] = U_SB_LF,
	[UCD_SB_EXTEND] = U_SB_EXTEND,
	[UCD_SB_SEP] = U_SB_SEP,
	[UCD_SB_FORMAT] = U_SB_FORMAT,
	[UCD_SB_SP] = U_SB_SP,
	[UCD_SB_LOWER] = U_SB_LOWER,
	[UCD_SB_UPPER] = U_SB_UPPER,
	[UCD_SB_OLETTER] = U_SB_OLETTER,
	[UCD_SB_NUMERIC] = U_SB_NUMERIC,
	[UCD_SB_ATERM] = U_SB_ATERM,
	[UCD_SB_SCONTINUE] = U_SB_SCONTINUE,
	[UCD_SB_STERM] = U_SB_STERM,
	[UCD_SB_CLOSE] = U_SB_CLOSE,
};

static const int32_t grapheme_breaks[UCD_GCB_COUNT] = {
	[UCD_GCB_OTHER] = U_GCB_OTHER,
	[UCD_GCB_CR] = U_GCB_CR,
	[UCD_GCB_LF] = U_GCB_LF,
	[UCD_GCB_CONTROL] = U_GCB_CONTROL,
	[UCD_GCB_EXTEND] = U_GCB_EXTEND,
	[UCD_GCB_ZWJ] = U_GCB_ZWJ,
	[UCD_GCB_REGIONAL_INDICATOR] = U_GCB_REGIONAL_INDICATOR,
	[UCD_GCB_PREPEND] = U_GCB_PREPEND,
	[UCD_GCB_SPACINGMARK] = U_GCB_SPACING_MARK,
	[UCD_GCB_L] = U_GCB_L,
	[UCD_GCB_V] = U_GCB_V,
	[UCD_GCB_T] = U_GCB_T,
	[UCD_GCB_LV] = U_GCB_LV,
	[UCD_GCB_LVT] = U_GCB_LVT,
};

static const int32_t joining_types[UCD_JOINING_COUNT] = {
	[UCD_JOINING_U] = U_JT_NON_JOINING,   [UCD_JOINING_C] = U_JT_JOIN_CAUSING,
	[UCD_JOINING_D] = U_JT_DUAL_JOINING,  [UCD_JOINING_L] = U_JT_LEFT_JOINING,
	[UCD_JOINING_R] = U_JT_RIGHT_JOINING, [UCD_JOINING_T] = U_JT_TRANSPARENT,
};

enum property {
	SCRIPT,
	CATEGORY,
	WORD_BREAK,
	SENTENCE_BREAK,
	GRAPHEME_BREAK,
	JOINING_TYPE,
	COMBINING_CLASS,
	WHITE_SPACE,
	UPPERCASE,
	LOWERCASE,
	IGNORABLE,
	ALPHABETIC,
	PICTOGRAPHIC,
	EMOJI,
	EMOJI_PRESENTATION,
	PROPERTIES
};

static const char *const names[PROPERTIES] = {
	"script",
	"general category",
	"word break",
	"sentence break",
	"grapheme break",
	"joining type",
	"combining class",
	"white space",
	"uppercase",
	"lowercase",
	"default ignorable",
	"alphabetic",
	"extended pictographic",
	"emoji",
	"emoji presentation",
};

static int32_t scripts[UCD_SCRIPT_COUNT]; /* ours in ICU's; filled by main */

static void our_values(UChar32 cp, int32_t out[PROPERTIES])
{
	const struct ucd_row *const row = ucd_get((uint32_t)cp);
	out[SCRIPT] = scripts[row->script];
	out[CATEGORY] = categories[row->gc];
	out[WORD_BREAK] = word_breaks[row->wb];
	out[SENTENCE_BREAK] = sentence_breaks[row->sb];
	out[GRAPHEME_BREAK] = grapheme_breaks[row->gcb];
	out[JOINING_TYPE] = joining_types[row->joining];
	out[COMBINING_CLASS] = row->ccc;
	out[WHITE_SPACE] = (row->flags & UCD_WHITE_SPACE) != 0;
	out[UPPERCASE] = (row->flags & UCD_UPPER) != 0;
	out[LOWERCASE] = (row->flags & UCD_LOWER) != 0;
	out[IGNORABLE] = (row->flags & UCD_IGNORABLE) != 0;
	out[ALPHABETIC] = (row->flags & UCD_ALPHABETIC) != 0;
	out[PICTOGRAPHIC] = (row->flags & UCD_EXTPICT) != 0;
	out[EMOJI] = (row->flags & UCD_EMOJI) != 0;
	out[EMOJI_PRESENTATION] = (row->flags & UCD_EMOJI_PRESENTATION) != 0;
}

static void icu_values(UChar32 cp, int32_t out[PROPERTIES])
{
	/* Private use and what has no script at all is Common for us. */
	const int32_t script = u_getIntPropertyValue(cp, UCHAR_SCRIPT);
	out[SCRIPT] = script == USCRIPT_UNKNOWN ? USCRIPT_COMMON : script;
	out[CATEGORY] = (int32_t)u_charType(cp);
	out[WORD_BREAK] = u_getIntPropertyValue(cp, UCHAR_WORD_BREAK);
	out[SENTENCE_BREAK] = u_getIntPropertyValue(cp, UCHAR_SENTENCE_BREAK);
	out[GRAPHEME_BREAK] = u_getIntPropertyValue(cp, UCHAR_GRAPHEME_CLUSTER_BREAK);
	out[JOINING_TYPE] = u_getIntPropertyValue(cp, UCHAR_JOINING_TYPE);
	out[COMBINING_CLASS] = u_getCombiningClass(cp);
	out[WHITE_SPACE] = u_isUWhiteSpace(cp);
	/*
	 * For us a titlecase letter is upper case, and only letters are lower case: the flag upper
	 * goes by that.
	 */
	out[UPPERCASE] = u_isUUppercase(cp) || u_charType(cp) == U_TITLECASE_LETTER;
	out[LOWERCASE] = u_isULowercase(cp) && u_charType(cp) == U_LOWERCASE_LETTER;
	out[IGNORABLE] = u_hasBinaryProperty(cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
	out[ALPHABETIC] = u_isUAlphabetic(cp);
	out[PICTOGRAPHIC] = u_hasBinaryProperty(cp, UCHAR_EXTENDED_PICTOGRAPHIC);
	out[EMOJI] = u_hasBinaryProperty(cp, UCHAR_EMOJI);
	out[EMOJI_PRESENTATION] = u_hasBinaryProperty(cp, UCHAR_EMOJI_PRESENTATION);
}

struct version {
	unsigned major, minor;
};

static int compare_versions(struct version a, struct version b)
{
	if (a.major != b.major)
		return a.major < b.major ? -1 : 1;
	return a.minor < b.minor ? -1 : a.minor > b.minor;
}

static struct version read_version(const char *text)
{
	struct version version = {0, 0};
	sscanf(text, "%u.%u", &version.major, &version.minor);
	return version;
}

static bool is_assigned(UChar32 cp, struct version version)
{
	UVersionInfo age;
	u_charAge(cp, age);
	return age[0] > 0 && compare_versions((struct version){age[0], age[1]}, version) <= 0;
}

static bool is_arabic_or_latin(UChar32 cp)
{
	const uint8_t script = ucd_get((uint32_t)cp)->script;
	return script == UCD_SCRIPT_ARAB || script == UCD_SCRIPT_LATN || script == UCD_SCRIPT_ZINH;
}

/* Differences by property: those that are failures, and those that another version may have. */
struct tally {
	unsigned long failed[PROPERTIES], other[PROPERTIES];
};

static void note(struct tally *tally, enum property property, UChar32 cp, int32_t ours,
                 int32_t theirs, const char *who, bool is_same_version)
{
	if (ours == theirs)
		return;
	const bool is_failure = is_same_version || is_arabic_or_latin(cp);
	unsigned long *const counts = is_failure ? tally->failed : tally->other;
	if (++counts[property] <= MOST_PRINTED)
		printf("U+%04lX %s: ours %ld, %s %ld%s\n", (unsigned long)cp, names[property],
		       (long)ours, who, (long)theirs, is_failure ? "" : " (another version)");
}

/* Prints what was found; the number of failures. */
static unsigned long report(const char *who, const struct tally *tally, unsigned long n)
{
	unsigned long failed = 0, other = 0;
	for (size_t i = 0; i < PROPERTIES; i++) {
		failed += tally->failed[i];
		other += tally->other[i];
	}
	printf("%s: %lu code points, %lu failures, %lu differences of another version\n", who, n,
	       failed, other);
	return failed;
}

int main(void)
{
	const struct version ours = read_version(UCD_VERSION);
	const struct version icu = read_version(U_UNICODE_VERSION);
	const struct version utf8proc = read_version(utf8proc_unicode_version());
	UVersionInfo linked;
	u_getUnicodeVersion(linked);
	const struct version icu_linked = {linked[0], linked[1]};
	struct version oldest = compare_versions(icu_linked, ours) < 0 ? icu_linked : ours;
	oldest = compare_versions(utf8proc, oldest) < 0 ? utf8proc : oldest;
	printf("Unicode versions: tables %s, ICU %s (Unicode %u.%u, compiled with %u.%u), utf8proc "
	       "%s (Unicode %s)\n",
	       UCD_VERSION, U_ICU_VERSION, icu_linked.major, icu_linked.minor, icu.major, icu.minor,
	       utf8proc_version(), utf8proc_unicode_version());

	for (size_t i = 0; i < UCD_SCRIPT_COUNT; i++)
		scripts[i] = u_getPropertyValueEnum(UCHAR_SCRIPT, ucd_script_tag((uint8_t)i));

	struct tally with_icu = {{0}, {0}}, with_utf8proc = {{0}, {0}};
	unsigned long n = 0;
	for (UChar32 cp = 0; cp <= UCHAR_MAX_VALUE; cp++) {
		if (!is_assigned(cp, oldest))
			continue;
		int32_t own[PROPERTIES], theirs[PROPERTIES];
		our_values(cp, own);
		icu_values(cp, theirs);
		n++;
		for (size_t i = 0; i < PROPERTIES; i++)
			note(&with_icu, (enum property)i, cp, own[i], theirs[i], "ICU",
			     compare_versions(icu_linked, ours) == 0);
		const utf8proc_property_t *const row = utf8proc_get_property(cp);
		note(&with_utf8proc, COMBINING_CLASS, cp, own[COMBINING_CLASS],
		     row->combining_class, "utf8proc", compare_versions(utf8proc, ours) == 0);
	}
	const unsigned long failed = report("ICU", &with_icu, n) +
	                             report("utf8proc (combining class)", &with_utf8proc, n);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
