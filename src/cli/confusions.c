#include "cli/confusions.h"

#include <stdbool.h>
#include <string.h>

#include "cli/repair.h"

/* A new row goes to the end: doc/output.md promises their order. CONFUSIONS_MOST is the limit. */
const struct confusion confusions[] = {
	/* ARABIC LETTER YEH typed for E, which Arabic keyboards do not have */
	{"ps-last-yeh", "ps", CONFUSION_LAST, {0x064A}, {0x06D0}},
	/* GAF, the Persian one, for KAF WITH RING; both are in use */
	{"ps-gaf", "ps", CONFUSION_ANY, {0x06AF}, {0x06AB}},
	/* YEH BARREE, as Urdu has it, for E or FARSI YEH */
	{"ps-yeh-barree", "ps", CONFUSION_ANY, {0x06D2}, {0x06D0, 0x06CC}},
	/* HEH for AE, where no other letter of the word proves that it is Sorani spelling */
	{"ckb-last-heh", "ckb", CONFUSION_LAST, {0x0647}, {0x06D5}},
	/* LAM and ALEF WITH HAMZA ABOVE, a look-alike, for LAM WITH SMALL V */
	{"ckb-lam-alef", "ckb", CONFUSION_ANY, {0x0644, 0x0623}, {0x06B5}},
	/* KAF, the Arabic one, for KEHEH or SWASH KAF, two letters of Sindhi */
	{"sd-kaf", "sd", CONFUSION_ANY, {0x0643}, {0x06AA, 0x06A9}},
	/* HEH for AE or HEH DOACHASHMEE, two letters of Uyghur */
	{"ug-heh", "ug", CONFUSION_ANY, {0x0647}, {0x06D5, 0x06BE}},
	/* FARSI YEH, which inside a word looks like ALEF MAKSURA and like YEH of Uyghur */
	{"ug-inner-yeh", "ug", CONFUSION_INNER, {0x06CC}, {0x0649, 0x064A}},
	/* HEH, which inside a word may mean HEH GOAL or HEH DOACHASHMEE */
	{"ur-inner-heh", "ur", CONFUSION_INNER, {0x0647}, {0x06C1, 0x06BE}},
	/* FARSI YEH, which at the end looks like ALEF MAKSURA but may mean YEH */
	{"ar-last-yeh", "ar", CONFUSION_LAST, {0x06CC}, {0x064A, 0x0649}},
	{.name = NULL},
};

const char *confusions_place(enum confusion_place place)
{
	static const char *const names[] = {
		[CONFUSION_ANY] = "any",
		[CONFUSION_LAST] = "last",
		[CONFUSION_INNER] = "inner",
	};
	return names[place];
}

/* Not a letter, for places: tatweel, Arabic marks, ZWNJ and ZWJ. */
static bool is_passed_over(uint32_t cp)
{
	return cp == 0x0640 || (cp >= 0x0610 && cp <= 0x061A) || (cp >= 0x064B && cp <= 0x065F) ||
	       cp == 0x0670 || (cp >= 0x06D6 && cp <= 0x06ED && cp != 0x06DD && cp != 0x06DE) ||
	       cp == 0x200C || cp == 0x200D;
}

/* The letters behind and before the one that is looked at; 0: none. */
struct letters {
	uint32_t before, at, behind;
};

static bool fits(const struct confusion *row, const struct letters *letters)
{
	if (letters->at != row->cps[0] || (row->cps[1] && letters->behind != row->cps[1]))
		return false;
	if (row->place == CONFUSION_LAST)
		return letters->behind == 0;
	return row->place == CONFUSION_ANY || (letters->before != 0 && letters->behind != 0);
}

static void count_letter(uint64_t counts[CONFUSIONS_MOST], const char *tag,
                         const struct letters *letters)
{
	for (size_t i = 0; confusions[i].name; i++)
		counts[i] += strcmp(confusions[i].lang, tag) == 0 && fits(&confusions[i], letters);
}

static bool has_rows(const char *tag)
{
	for (const struct confusion *row = confusions; row->name; row++) {
		if (strcmp(row->lang, tag) == 0)
			return true;
	}
	return false;
}

void confusions_count(uint64_t counts[CONFUSIONS_MOST], const char *tag, const char *norm, size_t len)
{
	struct letters letters = {0};
	if (!has_rows(tag))
		return;
	for (size_t off = 0; off < len;) {
		size_t n = 0;
		const uint32_t cp = repair_read(norm + off, len - off, &n);
		off += n;
		if (is_passed_over(cp))
			continue;
		letters = (struct letters){letters.at, letters.behind, cp};
		count_letter(counts, tag, &letters);
	}
	letters = (struct letters){letters.at, letters.behind, 0};
	count_letter(counts, tag, &letters);
}
