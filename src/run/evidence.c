#include "run/evidence.h"

#include <assert.h>
#include <string.h>

#include "lang.h"

#include "gen/letters.h"

#define HARAKAT_PROOF 3 /* Arabic in text of languages that write hardly any */
#define HARAKAT_ALL 60  /* what such a word takes off them: more than a switch there and back */
#define HARAKAT_SOME 12 /* two harakat; in Sindhi, which writes more of them, also three */

#define NONE_BEHIND 8 /* of Arabic script, where the table has no words of other languages */

#define INITIALS_MOST 6  /* letters */
#define INITIALS_SHARE 4 /* a quarter of what a word of these letters would say */

#define ORDER_WEIGHT 12 /* what each of two words takes off Pashto by their order */
#define ORDER_PASHTO 12 /* a word of which Persian is further behind than this is Pashto */

#define UNUSED (-(1 << 14)) /* far below what any word can come to */

static const int16_t word_most[RUN_SCRIPTS] = {[RUN_ARAB] = 28, [RUN_LATN] = 60};

#define LETTERS_ROWS (sizeof letters_rows / sizeof *letters_rows)

static_assert(MODEL_COLUMNS == STATES, "a column of the table is a state");
static_assert(LETTERS_ROWS <= 32, "rows of letters are bits of a word");
static_assert(sizeof(struct evidence_word) == MEMO_VALUE, "the memo keeps the scores of a word");

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
	if (memo_prepare(&evidence->memo, mem) < 0)
		return LAFZ_ERR_MEMORY;
	assert(model_columns(RUN_ARAB) <= EVIDENCE_HEAD);
	reader_prepare(&evidence->reader);
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		const size_t n = model_columns(s);
		for (size_t i = 0; i < STATES; i++)
			evidence->unused[s][i] = UNUSED;
		for (size_t i = 0; i < n; i++) {
			const char *const tag = model_tag(s, i);
			evidence->langs[s][i] = lang_of(tag);
			evidence->used[s] |= (uint32_t)(*tag != '\0') << i;
			evidence->unused[s][i] = *tag ? 0 : UNUSED;
			for (size_t r = 1; r < LETTERS_ROWS; r++)
				if (letters_rows[r].script == s &&
				    is_foreign(r, i == n - 1 ? "" : tag))
					evidence->penalties[r][i] = letters_rows[r].weight;
		}
	}
	for (size_t i = 0; i < STATES; i++) {
		const uint16_t lang = evidence->langs[RUN_ARAB][i];
		evidence->harakat[0][i] = lang == LANG_AR ? 0 : HARAKAT_SOME;
		evidence->harakat[1][i] = lang == LANG_AR ? 0
		                                          : (lang == LANG_SD ? HARAKAT_SOME : HARAKAT_ALL);
	}
	evidence->is_ready = true;
	return LAFZ_OK;
}

void evidence_free(struct evidence *evidence, const struct lafz_allocator *mem)
{
	memo_free(&evidence->memo, mem);
	*evidence = (struct evidence){0};
}

/* ---- Scores ---- */

static void take_off(struct states *sums, const int16_t penalties[STATES])
{
	const struct states off = states_load(penalties);
	sums->half[0] -= off.half[0];
	sums->half[1] -= off.half[1];
}

/* Each row once, however many letters of it the word has. Row 0 takes nothing off. */
static void add_letters(const struct evidence *evidence, uint32_t rows, struct states *sums)
{
	for (rows &= ~1u; rows; rows &= rows - 1)
		take_off(sums, evidence->penalties[__builtin_ctz(rows)]);
}

/*
 * Pashto, Persian, Urdu and Sorani write one haraka at most in a word, and Arabic more only in
 * verses and the like. So three in a word of Arabic letters prove it. Sindhi writes more, so there
 * they only count.
 */
static void add_harakat(const struct evidence *evidence, const struct reading *word,
                        struct states *sums)
{
	if (word->harakat >= 2 && word->is_arabic)
		take_off(sums, evidence->harakat[word->harakat >= HARAKAT_PROOF]);
}

/* The greatest sum of the states that are used. */
static int16_t top_of(const struct evidence *evidence, size_t script, const struct states *sums)
{
	const struct states unused = states_load(evidence->unused[script]);
	const struct states used = {{sums->half[0] + unused.half[0], sums->half[1] + unused.half[1]}};
	return states_greatest(&used);
}

/* None of them is a little behind the best of them, before the letters speak. */
static void add_none(const struct evidence *evidence, struct states *sums)
{
	const size_t none = model_columns(RUN_ARAB) - 1;
	states_set(sums, none, UNUSED);
	states_set(sums, none, (int16_t)(top_of(evidence, RUN_ARAB, sums) - NONE_BEHIND));
}

static void set_word(const struct evidence *evidence, size_t script, const struct states *sums,
                     struct evidence_word *word)
{
	const struct states unused = states_load(evidence->unused[script]);
	const int16_t top = top_of(evidence, script, sums);
	struct states behind;
	for (size_t i = 0; i < 2; i++)
		behind.half[i] = states_min(top - sums->half[i] - unused.half[i],
		                            states_same(EVIDENCE_MAX));
	states_put_bytes(&behind, word->behind);
}

/* Initials of a name (UNICEF) say little of the language around them. */
static void weaken_initials(const struct reading *word, struct states *sums)
{
	const size_t n = word->word.n - 2; /* without its borders */
	if (!word->is_upper || n < 2 || n > INITIALS_MOST)
		return;
	sums->half[0] /= INITIALS_SHARE;
	sums->half[1] /= INITIALS_SHARE;
}

static size_t state_of(const struct evidence *evidence, size_t script, uint16_t lang)
{
	size_t state = 0;
	while (state + 1 < model_columns(script) && evidence->langs[script][state] != lang)
		state++;
	return state;
}

static void lower(const struct evidence *evidence, size_t state, struct evidence_word *word)
{
	struct states sums;
	for (size_t k = 0; k < STATES; k++)
		states_set(&sums, k, (int16_t)(-word->behind[k] - (k == state ? ORDER_WEIGHT : 0)));
	set_word(evidence, RUN_ARAB, &sums, word);
}

void evidence_order(const struct evidence *evidence, struct evidence_word *head,
                    struct evidence_word *next)
{
	const size_t ps = state_of(evidence, RUN_ARAB, LANG_PS);
	const size_t fa = state_of(evidence, RUN_ARAB, LANG_FA);
	const uint8_t is_next_head = next->behind[EVIDENCE_HEAD];
	if (next->behind[fa] > next->behind[ps] + ORDER_PASHTO)
		return;
	lower(evidence, ps, head);
	lower(evidence, ps, next);
	next->behind[EVIDENCE_HEAD] = is_next_head;
}

/*
 * Without letters that prove it a word says so much and no more: any text has names, and they look
 * like words of another language.
 */
static void bound(const struct evidence *evidence, size_t script, struct states *sums)
{
	const int16_t top = top_of(evidence, script, sums);
	const states_half least = states_same((int16_t)(top - word_most[script]));
	sums->half[0] = states_max(sums->half[0], least);
	sums->half[1] = states_max(sums->half[1], least);
}

static void weigh(const struct evidence *evidence, size_t script, const struct reading *word,
                  struct evidence_word *out)
{
	struct states sums;
	(evidence->model ? evidence->model : model_word)(script, &word->word, &sums);
	weaken_initials(word, &sums);
	bound(evidence, script, &sums);
	if (script == RUN_ARAB) {
		add_none(evidence, &sums);
		add_harakat(evidence, word, &sums);
	}
	add_letters(evidence, word->rows, &sums);
	set_word(evidence, script, &sums, out);
	if (script == RUN_ARAB)
		out->behind[EVIDENCE_HEAD] = word->is_head;
}

static const struct evidence_word *weigh_text(struct evidence *evidence, size_t script, const char *text,
                                              size_t len, struct evidence_word *out)
{
	struct reading word;
	reader_read(&evidence->reader, script, text, len, &word);
	weigh(evidence, script, &word, out);
	return out;
}

const struct evidence_word *evidence_add(struct evidence *evidence, size_t script, struct memo_key key,
                                         const char *text, size_t len)
{
	struct evidence_word *const out = memo_add(&evidence->memo, key);
	uint8_t letters[sizeof key];
	struct reading word;
	memcpy(letters, &key, sizeof letters);
	if (!reader_read_quick(&evidence->reader, script, letters, memo_key_len(script, len), &word))
		return weigh_text(evidence, script, text, len, out);
	weigh(evidence, script, &word, out);
	return out;
}

const struct evidence_word *evidence_find(struct evidence *evidence, size_t script,
                                          const char *text, size_t len)
{
	bool is_new;
	if (len > MEMO_LONGEST || evidence->is_uncached)
		return weigh_text(evidence, script, text, len, &evidence->word);
	const struct memo_key key = memo_key(script, text, len);
	if (memo_is_key(key)) {
		const void *const found = memo_get(&evidence->memo, key);
		return found ? found : evidence_add(evidence, script, key, text, len);
	}
	struct evidence_word *const word = memo_find_long(&evidence->memo, script, text, len, &is_new);
	return is_new ? weigh_text(evidence, script, text, len, word) : word;
}

/* ---- What there is ---- */

unsigned lafz_lang_evidence(uint16_t lang)
{
	if (!(lafz_lang_support(lang) & LAFZ_LANG_DETECTED))
		return 0;
	const char *const tag = lafz_lang_tag(lang);
	unsigned evidence = LAFZ_EVIDENCE_WORDS;
	for (size_t r = 1; r < LETTERS_ROWS; r++)
		if (!is_foreign(r, tag))
			evidence |= LAFZ_EVIDENCE_LETTERS;
	return lang == LANG_AR ? evidence | LAFZ_EVIDENCE_HARAKAT : evidence;
}
