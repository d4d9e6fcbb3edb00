#include "run/evidence.h"

#include <assert.h>
#include <string.h>

#include "lang.h"
#include "run/weigh.h"

#include "gen/letters.h"

#define HARAKAT_ALL 60  /* what three harakat, which prove Arabic, take off others: more than a switch there and back */
#define HARAKAT_SOME 12 /* two harakat; in Sindhi, which writes more of them, also three */

#define ORDER_WEIGHT 12 /* what each of two words takes off Pashto by their order */
#define ORDER_PASHTO 12 /* a word of which Persian is further behind than this is Pashto */

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
			evidence->unused[s][i] = UINT16_MAX;
		for (size_t i = 0; i < n; i++) {
			const char *const tag = model_tag(s, i);
			evidence->langs[s][i] = lang_of(tag);
			evidence->used[s] |= (uint32_t)(*tag != '\0') << i;
			evidence->unused[s][i] = *tag ? 0 : UINT16_MAX;
			for (size_t r = 1; r < LETTERS_ROWS; r++)
				if (letters_rows[r].script == s &&
				    is_foreign(r, i == n - 1 ? "" : tag))
					evidence->penalties[r][i] = letters_rows[r].weight;
		}
	}
	for (size_t i = 0; i < STATES; i++) {
		const uint16_t lang = evidence->langs[RUN_ARAB][i];
		evidence->harakat[1][i] = lang == LANG_AR ? 0 : HARAKAT_SOME;
		evidence->harakat[2][i] = lang == LANG_AR ? 0
		                                          : (lang == LANG_SD ? HARAKAT_SOME : HARAKAT_ALL);
	}
	evidence->is_none[model_columns(RUN_ARAB) - 1] = UINT16_MAX;
	evidence->is_ready = true;
	return LAFZ_OK;
}

void evidence_free(struct evidence *evidence, const struct lafz_allocator *mem)
{
	memo_free(&evidence->memo, mem);
	*evidence = (struct evidence){0};
}

/* ---- Scores ---- */

static size_t state_of(const struct evidence *evidence, size_t script, uint16_t lang)
{
	size_t state = 0;
	while (state + 1 < model_columns(script) && evidence->langs[script][state] != lang)
		state++;
	return state;
}

static void lower(const struct evidence *evidence, size_t state, struct evidence_word *word)
{
	const vectors_pairs unused = vectors_load(evidence->unused[RUN_ARAB]);
	uint16_t behind[STATES];
	vectors_store(behind, vectors_of_bytes(vectors_load_bytes(word->behind)));
	behind[state] = (uint16_t)(behind[state] + ORDER_WEIGHT);
	const vectors_pairs all = weigh_from_best(vectors_load(behind), unused) | unused;
	vectors_store_bytes(word->behind, vectors_low_bytes(vectors_min(all, weigh_same(EVIDENCE_MAX))));
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

static void weigh_one(const struct evidence *evidence, size_t script, const struct reading *word,
                      struct evidence_word *out)
{
	const struct grams_symbols *const symbols = &word->word;
	struct states sums;
	(evidence->model ? evidence->model : model_words)(script, &symbols, 1, &sums);
	vectors_store_bytes(out->behind, weigh(evidence, script, word, &sums));
}

static const struct evidence_word *weigh_text(struct evidence *evidence, size_t script, const char *text,
                                              size_t len, struct evidence_word *out)
{
	struct reading word;
	const bool is_read = script == RUN_LATN && len <= GRAMS_LETTERS &&
	                     reader_read_quick(&evidence->reader, script, (const uint8_t *)text, len, &word);
	if (!is_read)
		reader_read(&evidence->reader, script, text, len, &word);
	weigh_one(evidence, script, &word, out);
	return out;
}

const struct evidence_word *evidence_find_long(struct evidence *evidence, size_t script, const struct memo_long *word,
                                               const char *text, size_t len)
{
	bool is_new;
	struct evidence_word *const found = memo_get_long(&evidence->memo, word, &is_new);
	return is_new ? weigh_text(evidence, script, text, len, found) : found;
}

const struct evidence_word *evidence_find(struct evidence *evidence, size_t script,
                                          const char *text, size_t len)
{
	if (len > MEMO_LONGEST || evidence->is_uncached)
		return weigh_text(evidence, script, text, len, &evidence->word);
	const struct memo_key key = memo_key(script, text, len);
	if (memo_is_key(key)) {
		const void *const found = memo_get(&evidence->memo, key);
		if (found)
			return found;
		struct evidence_word *const out = memo_add(&evidence->memo, key);
		struct reading reading;
		evidence_read(evidence, script, key, text, len, &reading);
		weigh_one(evidence, script, &reading, out);
		return out;
	}
	char copy[MEMO_READ] = {0};
	memcpy(copy, text, len);
	const struct memo_long word = memo_ask_for_long(&evidence->memo, script, copy, len);
	return evidence_find_long(evidence, script, &word, text, len);
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
