#include "run/evidence.h"

#include <assert.h>
#include <string.h>

#include "lang.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

#include "gen/evidence.h"

static_assert(EVIDENCE_COLUMNS == EVIDENCE_STATES,
              "the generator and the stage count the same states");

#define KEY_MAX                                                                                    \
	32 /* letters of a word that are looked up; longer words have letter evidence alone */
#define SCORE_MIN (-160) /* no single word weighs more than a proof */
#define HARAKAT_PROOF 3  /* Arabic in text of languages that write hardly any */
#define HARAKAT_ALL 120  /* what such a word takes off them: more than a switch there and back */
#define HARAKAT_SOME 24  /* two harakat; in Sindhi, which writes more of them, also three */

static_assert(KEY_MAX >= EVIDENCE_MAX_WORD && KEY_MAX >= EVIDENCE_MAX_PREFIX &&
                      KEY_MAX >= EVIDENCE_MAX_SUFFIX && KEY_MAX >= EVIDENCE_MAX_PAIR,
              "every form fits");

/* The columns of the tables, in the generator's order. */
static const uint16_t arab_langs[] = {LANG_PS, LANG_FA, LANG_AR,  LANG_UR,
                                      LANG_UG, LANG_SD, LANG_CKB, LANG_UND};
static const uint16_t latn_langs[] = {LANG_EN, LANG_UND};
enum { STATE_PS, STATE_FA, STATE_AR, STATE_UR, STATE_UG, STATE_SD, STATE_CKB, STATE_NONE };

/* A word as it is looked up: without marks, tatweel and controls, Latin in lower case. */
struct key {
	uint32_t cp[KEY_MAX];
	uint32_t typed[KEY_MAX]; /* the same in the letters of a neighbour's keyboard */
	size_t n;                /* KEY_MAX + 1: too long */
	size_t harakat;
	bool is_arabic; /* no letter that Arabic lacks */
};

size_t evidence_states(uint8_t script)
{
	return script == UCD_SCRIPT_ARAB ? sizeof arab_langs / sizeof *arab_langs
	                                 : sizeof latn_langs / sizeof *latn_langs;
}

uint16_t evidence_lang(uint8_t script, size_t state)
{
	return script == UCD_SCRIPT_ARAB ? arab_langs[state] : latn_langs[state];
}

/* ---- The key ---- */

static bool is_haraka(uint32_t cp)
{
	return (cp >= 0x064B && cp <= 0x0652) || cp == 0x0670;
}

/* Letters of Arabic proper: hamza to ghain, feh to yeh, alef wasla. */
static bool is_arabic_letter(uint32_t cp)
{
	return (cp >= 0x0621 && cp <= 0x063A) || (cp >= 0x0641 && cp <= 0x064A) || cp == 0x0671;
}

/*
 * The letters that Unicode composes of a letter and a madda or hamza, so that decomposed text is
 * read alike. 0: none.
 */
static uint32_t compose(uint32_t letter, uint32_t mark)
{
	static const struct {
		uint16_t letter, mark, composed;
	} pairs[] = {
		{0x0627, 0x0653, 0x0622}, {0x0627, 0x0654, 0x0623}, {0x0627, 0x0655, 0x0625},
		{0x0648, 0x0654, 0x0624}, {0x064A, 0x0654, 0x0626}, {0x06C1, 0x0654, 0x06C2},
		{0x06D2, 0x0654, 0x06D3}, {0x06D5, 0x0654, 0x06C0},
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (pairs[i].letter == letter && pairs[i].mark == mark)
			return pairs[i].composed;
	}
	return 0;
}

/* Lower case for the letters that the tables hold; U+0130, dotted I, stays what it is. */
static uint32_t lower(uint32_t cp)
{
	if ((cp >= 'A' && cp <= 'Z') || (cp >= 0x00C0 && cp <= 0x00DE && cp != 0x00D7))
		return cp + 0x20;
	if ((cp >= 0x0100 && cp <= 0x0137) || (cp >= 0x014A && cp <= 0x0177))
		return cp == 0x0130 || cp == 0x0131 ? cp : cp | 1;
	if ((cp >= 0x0139 && cp <= 0x0148) || (cp >= 0x0179 && cp <= 0x017E))
		return cp + (cp & 1);
	if (cp == 0x018F)
		return 0x0259;
	if (cp == 0x2019)
		return '\'';
	return cp;
}

static uint32_t typed(uint32_t cp)
{
	for (size_t i = 0; i < sizeof evidence_typed / sizeof *evidence_typed; i++) {
		if (evidence_typed[i][0] == cp)
			return evidence_typed[i][1];
	}
	return cp;
}

/* ---- Letters ---- */

struct letters {
	uint64_t seen[(EVIDENCE_PENALTIES + 63) / 64]; /* rows that have been taken off */
	int32_t scores[EVIDENCE_STATES];
};

static void take_off(struct letters *letters, uint8_t row)
{
	const uint64_t bit = (uint64_t)1 << (row & 63);
	if (row == 0 || (letters->seen[row >> 6] & bit))
		return;
	letters->seen[row >> 6] |= bit;
	for (size_t i = 0; i < EVIDENCE_STATES; i++)
		letters->scores[i] -= evidence_penalty[row][i];
}

/* One letter of a word; before is the letter that came before it, 0 if it is the first. */
static void add_letter(struct letters *letters, uint32_t before, uint32_t cp)
{
	if (before && before < EVIDENCE_LETTER_LIMIT && cp != 0x200C)
		take_off(letters, evidence_letter[evidence_letter_of[before]][1]);
	if (cp >= EVIDENCE_LETTER_LIMIT)
		return;
	const uint8_t *const rows = evidence_letter[evidence_letter_of[cp]];
	take_off(letters, rows[0]);
	if (!before)
		take_off(letters, rows[2]);
}

/* The letter cp, composed with the mark that follows at text + *off, if it can be. */
static uint32_t whole_letter(uint32_t cp, const char *text, size_t len, size_t *off)
{
	const struct utf8 mark = utf8_decode(text + *off, len - *off);
	const uint32_t composed = mark.status == UTF8_CHAR ? compose(cp, mark.cp) : 0;
	if (!composed)
		return lower(cp);
	*off += mark.len;
	return composed;
}

/* Reads a word once: its key, and what its letters say. */
static void read_word(const char *text, size_t len, struct key *key, struct letters *letters)
{
	uint32_t before = 0;
	key->n = key->harakat = 0;
	key->is_arabic = true;
	for (size_t off = 0; off < len;) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		off += c.len;
		const uint8_t gc = ucd_get(c.cp)->gc;
		if (gc == UCD_GC_MN && c.cp < EVIDENCE_LETTER_LIMIT)
			take_off(letters, evidence_letter[evidence_letter_of[c.cp]][0]);
		key->harakat += is_haraka(c.cp);
		if (c.status != UTF8_CHAR || gc == UCD_GC_MN || c.cp == 0x0640 ||
		    (gc == UCD_GC_CF && c.cp != 0x200C))
			continue;
		const uint32_t cp = whole_letter(c.cp, text, len, &off);
		add_letter(letters, before, cp);
		key->is_arabic = key->is_arabic && is_arabic_letter(cp);
		before = cp;
		if (key->n < KEY_MAX) {
			key->cp[key->n] = cp;
			key->typed[key->n] = typed(cp);
		}
		key->n += key->n <= KEY_MAX;
	}
}

/* ---- Words and affixes ---- */

/*
 * The same as hash_of in tools/gen_evidence.py: FNV-1a over code points; of a suffix from its end.
 */
static uint32_t hash_of(uint32_t kind, const uint32_t *form, size_t n)
{
	const bool is_reversed = kind == EVIDENCE_SUFFIX || kind == EVIDENCE_TYPED_SUFFIX;
	uint32_t value = 0x811C9DC5u ^ kind;
	for (size_t i = 0; i < n; i++)
		value = (value ^ form[is_reversed ? n - 1 - i : i]) * 0x01000193u;
	return value ^ (value >> 15);
}

static bool is_form(const struct evidence_form *slot, uint32_t kind, const uint32_t *form, size_t n)
{
	if ((slot->kind & ~EVIDENCE_OPENS) != kind || slot->len != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (evidence_pool[slot->off + i] != form[i])
			return false;
	}
	return true;
}

/* The entry of a form, NULL if it has no row. */
static const struct evidence_form *find(uint32_t kind, const uint32_t *form, size_t n)
{
	uint32_t at = hash_of(kind, form, n);
	for (;; at++) {
		const struct evidence_form *const slot = &evidence_forms[at % EVIDENCE_SLOTS];
		if (slot->len == 0)
			return NULL;
		if (is_form(slot, kind, form, n))
			return slot;
	}
}

static void add_scores(int32_t *scores, const struct evidence_form *found)
{
	for (size_t i = 0; found && i < EVIDENCE_STATES; i++)
		scores[i] += evidence_scores[found->scores][i];
}

/*
 * The longest prefix and suffix of a word that have rows; an affix leaves a letter of the word at
 * least.
 */
static void add_affixes(const struct key *key, int32_t *scores)
{
	const struct evidence_form *found = NULL;
	const size_t longest = key->n - 1;
	for (size_t n = longest < EVIDENCE_MAX_PREFIX ? longest : EVIDENCE_MAX_PREFIX;
	     n > 0 && !found; n--) {
		found = find(EVIDENCE_PREFIX, key->cp, n);
		if (!found)
			found = find(EVIDENCE_TYPED_PREFIX, key->typed, n);
	}
	add_scores(scores, found);
	found = NULL;
	for (size_t n = longest < EVIDENCE_MAX_SUFFIX ? longest : EVIDENCE_MAX_SUFFIX;
	     n > 0 && !found; n--) {
		found = find(EVIDENCE_SUFFIX, key->cp + key->n - n, n);
		if (!found)
			found = find(EVIDENCE_TYPED_SUFFIX, key->typed + key->n - n, n);
	}
	add_scores(scores, found);
}

/* True if the word begins a pair. */
static bool add_forms(const struct key *key, int32_t *scores)
{
	if (key->n == 0 || key->n > KEY_MAX)
		return false;
	const struct evidence_form *found = find(EVIDENCE_WORD, key->cp, key->n);
	if (!found)
		found = find(EVIDENCE_TYPED_WORD, key->typed, key->n);
	if (!found) {
		add_affixes(key, scores);
		return false;
	}
	add_scores(scores, found);
	return (found->kind & EVIDENCE_OPENS) != 0;
}

/*
 * Harakat: Pashto, Persian, Urdu and Sorani write one at most in a word, and Arabic only in verses
 * and the like. So three in a word of Arabic letters prove it. Sindhi writes more, so there they
 * only count.
 */
static void add_harakat(const struct key *key, int32_t *scores)
{
	if (!key->is_arabic || key->harakat < 2)
		return;
	const int32_t weight = key->harakat >= HARAKAT_PROOF ? HARAKAT_ALL : HARAKAT_SOME;
	scores[STATE_PS] -= weight;
	scores[STATE_FA] -= weight;
	scores[STATE_UR] -= weight;
	scores[STATE_UG] -= weight;
	scores[STATE_CKB] -= weight;
	scores[STATE_SD] -= HARAKAT_SOME;
	scores[STATE_NONE] -= weight;
}

static int16_t clamp(int32_t score)
{
	return (int16_t)(score < SCORE_MIN ? SCORE_MIN : score);
}

bool evidence_word(uint8_t script, const char *text, size_t len, int16_t scores[EVIDENCE_STATES])
{
	struct key key;
	struct letters letters = {0};
	read_word(text, len, &key, &letters);
	const bool opens = add_forms(&key, letters.scores);
	if (script == UCD_SCRIPT_ARAB)
		add_harakat(&key, letters.scores);
	for (size_t i = 0; i < EVIDENCE_STATES; i++)
		scores[i] = clamp(letters.scores[i]);
	return opens;
}

bool evidence_pair(const char *first, size_t first_len, const char *second, size_t second_len,
                   int16_t scores[EVIDENCE_STATES])
{
	struct key pair, next;
	struct letters letters = {0};
	read_word(first, first_len, &pair, &letters);
	read_word(second, second_len, &next, &letters);
	if (pair.n + 1 + next.n > EVIDENCE_MAX_PAIR)
		return false;
	pair.typed[pair.n] = ' ';
	memcpy(pair.typed + pair.n + 1, next.typed, next.n * sizeof *next.typed);
	const struct evidence_form *const found = find(EVIDENCE_TYPED_PAIR, pair.typed,
	                                               pair.n + 1 + next.n);
	for (size_t i = 0; found && i < EVIDENCE_STATES; i++)
		scores[i] = evidence_scores[found->scores][i];
	return found != NULL;
}

float evidence_probability(int64_t lead)
{
	const int64_t n = (int64_t)(sizeof evidence_confidence / sizeof *evidence_confidence);
	const int64_t at = lead < 0 ? 0 : lead < n ? lead : n - 1;
	return (float)evidence_confidence[at] / 1000.0f;
}
