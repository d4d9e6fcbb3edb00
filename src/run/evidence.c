#include "run/evidence.h"

#include <assert.h>
#include <string.h>

#include "lang.h"

#include "gen/letters.h"

/* Slots of the memo: it begins small, as most documents are, and grows where many words are new. */
#define FIRST_SLOTS 1024u
#define MOST_SLOTS 16384u
#define SLOTS_STEP 4u

#define HARAKAT_PROOF 3 /* Arabic in text of languages that write hardly any */
#define HARAKAT_ALL 60  /* what such a word takes off them: more than a switch there and back */
#define HARAKAT_SOME 12 /* two harakat; in Sindhi, which writes more of them, also three */

#define NONE_BEHIND 8 /* of Arabic script, where the table has no words of other languages */

#define INITIALS_MOST 6  /* letters */
#define INITIALS_SHARE 4 /* a quarter of what a word of these letters would say */

#define ORDER_WEIGHT 10 /* what each of two words takes off Pashto by their order */
#define ORDER_PASHTO 12 /* a word of which Persian is further behind than this is Pashto */

#define LETTERS_ROWS (sizeof letters_rows / sizeof *letters_rows)

static_assert(LETTERS_ROWS <= 32, "rows of letters are bits of a word");
static_assert(sizeof(struct evidence_slot) == 64, "a slot is a cache line");

/* ---- Making ready ---- */

size_t evidence_states(size_t script)
{
	return model_columns(script);
}

static uint16_t lang_of(const char *tag)
{
	const uint16_t lang = *tag ? lafz_lang_id(tag) : (uint16_t)LANG_UND;
	return lang == LAFZ_LANG_NONE ? (uint16_t)LANG_UND : lang;
}

/*
 * True if the row does not name the language. An empty tag is none of them, which is named by the
 * empty list.
 */
static bool is_foreign(size_t row, const char *tag)
{
	const size_t len = strlen(tag);
	const char *const named = letters_rows[row].named;
	if (len == 0)
		return named[1] != '\0';
	for (const char *at = named; *at; at++) {
		if (at[0] == ' ' && strncmp(at + 1, tag, len) == 0 && at[len + 1] == ' ')
			return false;
	}
	return true;
}

int evidence_prepare(struct evidence *evidence, const struct lafz_allocator *mem)
{
	if (evidence->is_ready)
		return LAFZ_OK;
	evidence->slots = mem_alloc_zero(mem, FIRST_SLOTS * sizeof *evidence->slots);
	if (!evidence->slots)
		return LAFZ_ERR_MEMORY;
	evidence->n_slots = FIRST_SLOTS;
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		const size_t n = model_columns(s);
		for (size_t i = 0; i < n; i++) {
			const char *const tag = model_tag(s, i);
			evidence->langs[s][i] = lang_of(tag);
			evidence->used[s] |= (uint32_t)(*tag != '\0') << i;
			for (size_t r = 1; r < LETTERS_ROWS; r++)
				if (letters_rows[r].script == s &&
				    is_foreign(r, i == n - 1 ? "" : tag))
					evidence->penalties[r][i] = letters_rows[r].weight;
		}
	}
	evidence->is_ready = true;
	return LAFZ_OK;
}

void evidence_free(struct evidence *evidence, const struct lafz_allocator *mem)
{
	mem_free(mem, evidence->slots);
	*evidence = (struct evidence){0};
}

/* ---- Scores ---- */

/* Each row once, however many letters of it the word has. */
static void add_letters(const struct evidence *evidence, const struct grams_word *word, int32_t *sums)
{
	uint32_t seen = 1;
	for (size_t i = 0; i < word->n; i++) {
		const uint32_t cp = word->letters[i];
		if (cp < LETTERS_FIRST || cp >= LETTERS_LIMIT)
			continue;
		const uint8_t row = letters_row[cp - LETTERS_FIRST];
		if ((seen >> row) & 1)
			continue;
		seen |= 1u << row;
		for (size_t k = 0; k < EVIDENCE_STATES; k++)
			sums[k] -= evidence->penalties[row][k];
	}
}

/*
 * Pashto, Persian, Urdu and Sorani write one haraka at most in a word, and Arabic more only in
 * verses and the like. So three in a word of Arabic letters prove it. Sindhi writes more, so there
 * they only count.
 */
static void add_harakat(const struct evidence *evidence, const struct grams_word *word, int32_t *sums)
{
	if (!word->is_arabic || word->harakat < 2)
		return;
	const int32_t weight = word->harakat >= HARAKAT_PROOF ? HARAKAT_ALL : HARAKAT_SOME;
	for (size_t k = 0; k < EVIDENCE_STATES; k++) {
		const uint16_t lang = evidence->langs[RUN_ARAB][k];
		if (lang != LANG_AR)
			sums[k] -= lang == LANG_SD ? HARAKAT_SOME : weight;
	}
}

/* None of them is a little behind the best of them, before the letters speak. */
static void add_none(const struct evidence *evidence, int32_t *sums)
{
	const size_t none = model_columns(RUN_ARAB) - 1;
	int32_t top = INT32_MIN;
	for (size_t k = 0; k < none; k++)
		if (((evidence->used[RUN_ARAB] >> k) & 1) && sums[k] > top)
			top = sums[k];
	sums[none] = top - NONE_BEHIND;
}

static uint8_t behind_of(int32_t top, int32_t sum)
{
	const int64_t behind = (int64_t)top - sum;
	return (uint8_t)(behind > EVIDENCE_MAX ? EVIDENCE_MAX : behind);
}

static void set_word(const struct evidence *evidence, size_t script, const int32_t *sums,
                     struct evidence_word *word)
{
	const uint32_t used = evidence->used[script];
	const size_t n = model_columns(script);
	int32_t top = INT32_MIN, next = INT32_MIN;
	for (size_t k = 0; k < n; k++) {
		if (!((used >> k) & 1))
			continue;
		if (sums[k] > top) {
			next = top;
			top = sums[k];
			word->best = (uint8_t)k;
		} else if (sums[k] > next) {
			next = sums[k];
		}
	}
	word->lead = behind_of(top, next);
	memset(word->behind, EVIDENCE_MAX, sizeof word->behind);
	for (size_t k = 0; k < n; k++)
		if ((used >> k) & 1)
			word->behind[k] = behind_of(top, sums[k]);
}

/* Initials of a name (UNICEF) say little of the language around them. */
static void weaken_initials(const struct grams_word *word, int32_t *sums)
{
	if (!word->is_upper || word->n < 2 || word->n > INITIALS_MOST)
		return;
	for (size_t k = 0; k < EVIDENCE_STATES; k++)
		sums[k] /= INITIALS_SHARE;
}

static bool is_head(const struct grams_word *word)
{
	for (size_t i = 0; i < sizeof letters_heads / sizeof *letters_heads; i++) {
		const size_t cap = sizeof letters_heads[i] / sizeof letters_heads[i][0];
		size_t n = 0;
		while (n < cap && n < word->n && letters_heads[i][n] == word->letters[n])
			n++;
		if (n == word->n && n < cap && letters_heads[i][n] == 0)
			return true;
	}
	return false;
}

static size_t state_of(const struct evidence *evidence, size_t script, uint16_t lang)
{
	size_t state = 0;
	while (state + 1 < model_columns(script) && evidence->langs[script][state] != lang)
		state++;
	return state;
}

static void take_off(const struct evidence *evidence, size_t state, struct evidence_word *word)
{
	int32_t sums[EVIDENCE_STATES];
	for (size_t k = 0; k < EVIDENCE_STATES; k++)
		sums[k] = -(int32_t)word->behind[k] - (k == state ? ORDER_WEIGHT : 0);
	set_word(evidence, RUN_ARAB, sums, word);
}

void evidence_order(const struct evidence *evidence, struct evidence_word *head,
                    struct evidence_word *next)
{
	const size_t ps = state_of(evidence, RUN_ARAB, LANG_PS);
	const size_t fa = state_of(evidence, RUN_ARAB, LANG_FA);
	if (next->behind[fa] > next->behind[ps] + ORDER_PASHTO)
		return;
	take_off(evidence, ps, head);
	take_off(evidence, ps, next);
}

static void weigh(const struct evidence *evidence, size_t script, const char *text, size_t len,
                  struct evidence_word *out)
{
	struct grams_word word;
	int32_t sums[MODEL_COLUMNS];
	grams_read(text, len, &word);
	model_word(script, &word, sums);
	weaken_initials(&word, sums);
	if (script == RUN_ARAB) {
		add_none(evidence, sums);
		add_harakat(evidence, &word, sums);
	}
	add_letters(evidence, &word, sums);
	out->is_head = script == RUN_ARAB && is_head(&word);
	set_word(evidence, script, sums, out);
}

/* ---- The memo ---- */

/* The first n bytes, at most 8, at text; text + 8 may be read. What is behind them reads as 0. */
static uint64_t first_bytes(const char *text, size_t n)
{
	uint64_t bytes;
	memcpy(&bytes, text, sizeof bytes);
	if (n >= 8)
		return bytes;
	const size_t shift = 64 - 8 * n;
	if (n == 0)
		return 0;
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? bytes << shift >> shift
	                                                 : bytes >> shift << shift;
}

/* The first 16 bytes of a word, and its place in the table. */
struct place {
	uint64_t bytes[2];
	struct evidence_slot *slot;
};

static void find_place(const struct evidence *evidence, const char *text, size_t len, size_t room,
                       struct place *place)
{
	char near_end[16] = {0};
	if (room < sizeof near_end) {
		memcpy(near_end, text, len < sizeof near_end ? len : sizeof near_end);
		text = near_end;
	}
	place->bytes[0] = first_bytes(text, len);
	place->bytes[1] = first_bytes(text + 8, len < 8 ? 0 : len - 8);
	uint64_t hash = (place->bytes[0] ^ len) * 0x9E3779B97F4A7C15u;
	hash = (hash ^ (hash >> 32) ^ place->bytes[1]) * 0xBF58476D1CE4E5B9u;
	place->slot = &evidence->slots[(hash >> 40) & (evidence->n_slots - 1)];
}

static bool is_in(const struct place *place, size_t script, const char *text, size_t len)
{
	const struct evidence_slot *const slot = place->slot;
	uint64_t bytes[2];
	memcpy(bytes, slot->text, sizeof bytes);
	return slot->len == len && slot->script == script && bytes[0] == place->bytes[0] &&
	       bytes[1] == place->bytes[1] &&
	       (len <= sizeof bytes ||
	        memcmp(slot->text + sizeof bytes, text + sizeof bytes, len - sizeof bytes) == 0);
}

void evidence_grow(struct evidence *evidence, const struct lafz_allocator *mem)
{
	if (evidence->n_new < evidence->n_slots || evidence->n_slots == MOST_SLOTS)
		return;
	const struct evidence old = *evidence;
	const size_t n = (size_t)old.n_slots * SLOTS_STEP;
	struct evidence_slot *const slots = mem_alloc_zero(mem, n * sizeof *slots);
	if (!slots)
		return;
	evidence->slots = slots;
	evidence->n_slots = (uint32_t)n;
	evidence->n_new = 0;
	for (size_t i = 0; i < old.n_slots; i++) {
		const struct evidence_slot *const slot = &old.slots[i];
		struct place place;
		if (slot->len == 0)
			continue;
		find_place(evidence, slot->text, slot->len, sizeof slot->text, &place);
		*place.slot = *slot;
	}
	mem_free(mem, old.slots);
}

const struct evidence_word *evidence_word(struct evidence *evidence, size_t script,
                                          const char *text, size_t len, size_t room)
{
	struct place place;
	find_place(evidence, text, len, room, &place);
	struct evidence_slot *const slot = place.slot;
	const bool is_short = len <= sizeof slot->text;
	if (is_short && !evidence->is_uncached && is_in(&place, script, text, len))
		return &slot->word;
	/* A word that is too long takes the place too, but cannot be found there. */
	*slot = (struct evidence_slot){.script = (uint8_t)script};
	if (is_short) {
		slot->len = (uint8_t)len;
		memcpy(slot->text, text, len);
	}
	evidence->n_new++;
	weigh(evidence, script, text, len, &slot->word);
	return &slot->word;
}

/* ---- Confidence ---- */

float evidence_probability(int64_t lead)
{
	/* Thousandths, for each four units of lead; e to the lead, which is taken for half as sure. */
	static const uint16_t thousandths[] = {
		500, 622, 731, 818, 881, 924, 953, 971, 982, 989, 993, 996, 998, 998, 999,
	};
	const int64_t n = (int64_t)(sizeof thousandths / sizeof *thousandths);
	const int64_t at = lead < 0 ? 0 : lead / 4;
	return (float)thousandths[at < n ? at : n - 1] / 1000.0f;
}
