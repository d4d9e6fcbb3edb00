#include "norm/calm.h"

#include "scan/wide_choice.h"
#include "unicode/ascii.h"
#include "unicode/ucd.h"

static uint8_t kind_of(uint8_t calm, uint8_t hints)
{
	return (uint8_t)((calm == FOLD_CALM ? CALM_QUIET : 0) | (calm == FOLD_CALM_MARK ? CALM_MARK : 0) |
	                 (hints & FOLD_HINT_JOINS ? CALM_JOINS : 0) | (hints & FOLD_HINT_LETTER ? CALM_LETTER : 0) |
	                 (hints & FOLD_HINT_SIMPLE ? CALM_CHANGES : 0));
}

void calm_sieve_make(struct calm_sieve *sieve, const struct fold_table *table)
{
	*sieve = (struct calm_sieve){.table = table};
	for (unsigned first = 0; first < 4; first++) {
		for (unsigned second = 0; second < 64; second++) {
			const uint8_t calm = table->calm[first << 8 | 0x80 | second];
			const uint8_t bit = (uint8_t)(1u << ((second >> 4) | (first & 1) << 2));
			if (calm == FOLD_CALM)
				sieve->quiet[first >> 1][second & 15] |= bit;
			else if (calm == FOLD_CALM_MARK)
				sieve->marks[first >> 1][second & 15] |= bit;
			const unsigned place = first << 6 | second;
			sieve->kinds[place] = kind_of(calm, table->hints[place]);
			if (!(sieve->kinds[place] & CALM_CHANGES))
				continue;
			sieve->changes[first >> 1][second & 15] |= bit;
			sieve->becomes[place] = (uint8_t)fold_simple(table, 0x600 + place);
		}
	}
}

calm_function *calm_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, calm_avx512, calm_avx2, calm_len);
}

/* Whether a mark, calm by the table, begins at s. */
static bool is_mark(const uint8_t *calm, const unsigned char *s)
{
	const uint32_t pair = fold_pair(s);
	return pair < FOLD_PAIRS && calm[pair] == FOLD_CALM_MARK;
}

/* The combining class of the character of U+0600 to U+06FF at s. */
static inline uint8_t class_at(const unsigned char *s)
{
	return ucd_arab_ccc[fold_number(s)];
}

/* Whether there was room to note a place: among those of its block, which may be noted before. */
static bool note(struct calm_noted *list, size_t i)
{
	if (!list || list->n == CALM_NOTED)
		return false;
	size_t n = list->n++;
	for (; n > 0 && list->at[n - 1] > i; n--)
		list->at[n] = list->at[n - 1];
	list->at[n] = (uint32_t)i;
	return true;
}

/*
 * Whether the mark at i is calm. Marks in a row of which each stands right for the one before stand right; two that
 * do not are noted.
 */
static bool is_calm_mark(const uint8_t *calm, const unsigned char *s, size_t i,
                         struct calm_noted *list)
{
	if (i < 2 || !is_mark(calm, s + i - 2))
		return true;
	const bool has_third = i >= 4 && is_mark(calm, s + i - 4);
	if (class_at(s + i - 2) <= class_at(s + i) &&
	    (!has_third || class_at(s + i - 4) <= class_at(s + i - 2)))
		return true;
	return !has_third && note(list, i);
}

bool calm_is_letter(const char *text, size_t at)
{
	return class_at((const unsigned char *)text + at) == 0;
}

bool calm_is_turned(const char *text, size_t at)
{
	const unsigned char *const s = (const unsigned char *)text + at;
	return class_at(s - 2) > class_at(s);
}

void calm_noted_keep(struct calm_noted *list, const char *text, size_t end)
{
	size_t n = 0;
	for (size_t k = 0; k < list->n; k++) {
		const uint32_t at = list->at[k];
		list->at[n] = at;
		n += at < end && (calm_is_letter(text, at) || calm_is_turned(text, at));
	}
	list->n = n;
}

/* The hints for the two bytes at s; 0: they are not of U+0600 to U+06FF. */
static uint8_t hints_at(const struct fold_table *table, const unsigned char *s)
{
	const uint32_t pair = fold_pair(s);
	return pair < FOLD_PAIRS && (pair & 0xC0) == 0x80
	               ? table->hints[fold_number(s)]
	               : 0;
}

/* Whether the ZWNJ at i stands between two letters of which the first joins, so that it stays. */
static bool is_inner_zwnj(const struct fold_table *table, const unsigned char *s, size_t i, size_t len)
{
	return i >= 2 && len - i >= 5 && (hints_at(table, s + i - 2) & FOLD_HINT_JOINS) &&
	       (hints_at(table, s + i + 3) & FOLD_HINT_LETTER);
}

/* Whether the letter at i changes at most where it is the last one, and is not. */
static bool is_before_letter(const struct fold_table *table, const unsigned char *s, size_t i, size_t len)
{
	return len - i >= 4 && (hints_at(table, s + i) & FOLD_HINT_LAST) && (hints_at(table, s + i + 2) & FOLD_HINT_LETTER);
}

/* Whether the bytes beside the letter at i say where it stands in its word: letters are in the same word, white space in none. */
static bool is_placed(const struct fold_table *table, const unsigned char *s, size_t i, size_t len)
{
	const bool is_behind = i >= 2 && (calm_is_space(s[i - 1]) || hints_at(table, s + i - 2) & FOLD_HINT_LETTER);
	const bool is_before = len - i >= 4 && (calm_is_space(s[i + 2]) || hints_at(table, s + i + 2) & FOLD_HINT_LETTER);
	return is_behind && is_before;
}

/* The same as calm_char for a character that is no quiet one by the table. */
static size_t other_char(const struct fold_table *table, const unsigned char *s, size_t i,
                         size_t len, struct calm_noted *list)
{
	if (len - i < 2)
		return 0;
	if (s[i] >= 0xC3 && s[i] <= 0xCB)
		return (s[i + 1] & 0xC0) == 0x80 ? 2 : 0;
	if (s[i] == 0xE2 && len - i >= 3 && s[i + 1] == 0x80) {
		const bool is_punct = s[i + 2] >= 0x90 && s[i + 2] <= 0xA7; /* U+2010 to U+2027 */
		return is_punct || (s[i + 2] == 0x8C && is_inner_zwnj(table, s, i, len)) ? 3 : 0;
	}
	if (is_mark(table->calm, s + i))
		return is_calm_mark(table->calm, s, i, list) ? 2 : 0;
	if (is_before_letter(table, s, i, len))
		return 2;
	const uint8_t hints = hints_at(table, s + i);
	const bool changes = hints & FOLD_HINT_SIMPLE || (hints & FOLD_HINT_PLACE && is_placed(table, s, i, len));
	return changes && note(list, i) ? 2 : 0;
}

size_t calm_char(const struct fold_table *table, const char *text, size_t i, size_t len,
                 struct calm_noted *list)
{
	const unsigned char *const s = (const unsigned char *)text;
	const uint32_t pair = len - i >= 2 ? fold_pair(s + i) : FOLD_PAIRS;
	return pair < FOLD_PAIRS && table->calm[pair] == FOLD_CALM
	               ? 2
	               : other_char(table, s, i, len, list);
}

/* calm_len for the last few bytes: each is looked at before it is read. */
static size_t calm_rest(const struct fold_table *table, const unsigned char *s, size_t i,
                        size_t len, struct calm_noted *list)
{
	const uint8_t *const calm = table->calm;
	while (i < len) {
		const uint32_t pair = len - i >= 2 ? fold_pair(s + i) : FOLD_PAIRS;
		size_t n = 1;
		if (pair < FOLD_PAIRS && calm[pair] == FOLD_CALM)
			n = 2;
		else if (s[i] >= 0x80)
			n = other_char(table, s, i, len, list);
		if (n == 0)
			break;
		i += n;
	}
	return i;
}

size_t calm_len(const struct fold_table *table, const struct calm_sieve *sieve, const char *text,
                size_t len, size_t room, struct calm_noted *list)
{
	(void)sieve;
	(void)room;
	size_t i = 0;
	const unsigned char *const s = (const unsigned char *)text;
	const uint8_t *const calm = table->calm;
	const size_t last = len >= 8 ? len - 8 : 0; /* from here on eight bytes are not read */
	while (i < last) {
		uint32_t first = 0, second = 0;
		if (s[i] < 0x80) {
			i++;
			while (i < last && !(ascii_load(text + i) & ASCII_HIGH))
				i += 8;
			continue;
		}
		if (fold_two_pairs(s + i, &first, &second) &&
		    (calm[first] | calm[second]) == FOLD_CALM) {
			i += 4;
			continue;
		}
		first = fold_pair(s + i);
		const bool is_letter = first < FOLD_PAIRS && calm[first] == FOLD_CALM;
		const size_t n = is_letter ? 2 : other_char(table, s, i, len, list);
		if (n == 0)
			return i;
		i += n;
	}
	return calm_rest(table, s, i, len, list);
}
