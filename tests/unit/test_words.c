/*
 * The words of a token: what is split and what is not, the case of what it expands to, and the laws
 * of lafz_words over any text: words that are parts of a token rebuild it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"

struct row {
	const char *label; /* of lafz-rules(7); plain: no rule */
	const char *lang, *token;
	const char *words; /* with a bar between; NULL: it is one word */
};

static const struct row rows[] = {
	/* contractions are parts of the token */
	{"contraction", "en", "don't", "do|n't"},
	{"contraction", "en", "Don\u2019t", "Do|n\u2019t"},
	{"contraction", "en", "DON'T", "DO|N'T"},
	{"contraction", "en", "can't", "ca|n't"},
	{"contraction", "en", "won\u2019t", "wo|n\u2019t"},
	{"contraction", "en", "it's", "it|'s"},
	{"contraction", "en", "I'm", "I|'m"},
	{"contraction", "en", "they\u2019ve", "they|\u2019ve"},
	{"contraction", "en", "you're", "you|'re"},
	{"contraction", "en", "we'll", "we|'ll"},
	{"contraction", "en", "she'd", "she|'d"},
	{"contraction", "en", "Britain\u2019s", "Britain|\u2019s"},
	{"contraction", "en", "O'Brien's", "O'Brien|'s"},
	{"contraction", "en", "I'd've", "I|'d|'ve"},
	{"contraction", "en", "wouldn't've", "would|n't|'ve"},
	{"contraction", "en", "\u00C9mile's", "\u00C9mile|'s"},
	{"contraction", "en", "don\u00B4t", "do|n\u00B4t"},
	{"contraction", "en", "It`s", "It|`s"},
	{"contraction", "en", "'`s", NULL},
	/* written together */
	{"written-together", "en", "cannot", "can|not"},
	{"written-together", "en", "Cannot", "Can|not"},
	{"written-together", "en", "gonna", "gon|na"},
	{"written-together", "en", "dunno", "du|n|no"},
	{"written-together", "en", "dont", "do|nt"},
	{"written-together", "en", "Im", "I|m"},
	/* one word */
	{"plain", "en", "do", NULL},
	{"plain", "en", "its", NULL},
	{"plain", "en", "your", NULL},
	{"plain", "en", "O'Brien", NULL},
	{"plain", "en", "o\u2019clock", NULL},
	{"plain", "en", "n't", NULL},
	{"plain", "en", "'s", NULL},
	{"plain", "en", "''s", NULL},
	{"plain", "en", "cannots", NULL},
	{"plain", "en", "du", NULL},
	{"plain", "en", "im\u00E9", NULL},
	/* prepositions and articles */
	{"preposition-article", "fr", "du", "de|le"},
	{"preposition-article", "fr", "Du", "De|le"},
	{"preposition-article", "fr", "DU", "DE|LE"},
	{"plain", "fr", "dU", NULL},
	{"preposition-article", "fr", "des", "de|les"},
	{"preposition-article", "fr", "au", "\u00E0|le"},
	{"preposition-article", "fr", "Aux", "\u00C0|les"},
	{"preposition-article", "fr", "AUX", "\u00C0|LES"},
	{"preposition-article", "fr", "auxquelles", "\u00E0|lesquelles"},
	{"preposition-article", "fr", "Duquel", "De|lequel"},
	{"plain", "fr", "de", NULL},
	{"plain", "fr", "d\u00FB", NULL},
	{"plain", "fr", "don't", NULL},
	{"preposition-article", "it", "del", "di|il"},
	{"preposition-article", "it", "Nella", "In|la"},
	{"preposition-article", "it", "SUGLI", "SU|GLI"},
	{"preposition-article", "it", "dell'", "di|l'"},
	{"preposition-article", "it", "Dell\u2019", "Di|l\u2019"},
	{"preposition-article", "it", "DELL'", "DI|L'"},
	{"preposition-article", "it", "dell\u00B4", "di|l\u00B4"},
	{"plain", "it", "dell", NULL},
	{"preposition-article", "it", "col", "con|il"},
	{"plain", "it", "collo", NULL},
	{"plain", "it", "farsi", NULL},
	{"preposition-article", "es", "del", "de|el"},
	{"preposition-article", "es", "DEL", "DE|EL"},
	{"preposition-article", "es", "Al", "A|el"},
	{"plain", "es", "darle", NULL},
	{"preposition-article", "de", "zum", "zu|dem"},
	{"preposition-article", "de", "Zum", "Zu|dem"},
	{"preposition-article", "de", "ZUM", "ZU|DEM"},
	{"preposition-article", "de", "zur", "zu|der"},
	{"preposition-article", "de", "im", "in|dem"},
	{"preposition-article", "de", "am", "an|dem"},
	{"preposition-article", "de", "beim", "bei|dem"},
	{"preposition-article", "de", "ins", "in|das"},
	{"preposition-article", "de", "f\u00FCrs", "f\u00FCr|das"},
	{"preposition-article", "de", "fu\u0308rs", "f\u00FCr|das"},
	{"preposition-article", "de", "F\u00DCRS", "F\u00DCR|DAS"},
	{"preposition-article", "de", "\u00DCbers", "\u00DCber|das"},
	{"preposition-article", "de", "\u00DCBERS", "\u00DCBER|DAS"},
	{"plain", "de", "zumindest", NULL},
	/* languages without a list */
	{"plain", "und", "don't", NULL},
	{"plain", "nl", "zum", NULL},
	{"plain", "pt", "do", NULL},
	{"plain", "fa", "del", NULL},
};

static struct lafz_token token_of(const char *lang, const char *text, size_t len)
{
	return (struct lafz_token){
		.surface = text, .surface_len = len, .lang = lafz_lang_id(lang), .confidence = 1};
}

START_TEST(lists)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];
		const struct lafz_token token = token_of(row->lang, row->token, strlen(row->token));
		struct lafz_word words[LAFZ_MAX_WORDS];
		char got[128] = "";
		const size_t n = lafz_words(&token, words);
		for (size_t k = 0; k < n; k++)
			snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s",
			         k > 0 ? "|" : "", (int)words[k].len, words[k].form);
		ck_assert_msg(strcmp(got, row->words ? row->words : "") == 0,
		              "%s %s: expected %s, actual %s", row->lang, row->token,
		              row->words ? row->words : "one word", got);
	}
}
END_TEST

START_TEST(spans)
{
	struct lafz_word words[LAFZ_MAX_WORDS];
	struct lafz_token token = token_of("en", "don\u2019t", 7);
	ck_assert_uint_eq(lafz_words(&token, words), 2);
	ck_assert_uint_eq(words[0].start, 0);
	ck_assert_uint_eq(words[0].end, 2);
	ck_assert_uint_eq(words[1].start, 2);
	ck_assert_uint_eq(words[1].end, 7);
	token = token_of("it", "dell'", 5);
	ck_assert_uint_eq(lafz_words(&token, words), 2);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_uint_eq(words[i].start, 0);
		ck_assert_uint_eq(words[i].end, 5);
	}
}
END_TEST

START_TEST(words_alone)
{
	struct lafz_word words[LAFZ_MAX_WORDS];
	for (uint8_t kind = 0; kind <= LAFZ_KIND_SPACE; kind++) {
		struct lafz_token token = token_of("en", "don't", 5);
		token.kind = kind;
		ck_assert_uint_eq(lafz_words(&token, words), kind == LAFZ_KIND_WORD ? 2 : 0);
	}
}
END_TEST

/* Parts lie one behind the other and are the whole; what expands has the whole each time. */
static void check_laws(const struct lafz_token *token)
{
	struct lafz_word words[LAFZ_MAX_WORDS];
	const size_t n = lafz_words(token, words);
	size_t at = 0;
	if (n == 0)
		return;
	if (n < 2 || n > LAFZ_MAX_WORDS)
		ck_abort_msg("%zu words", n);
	const bool is_expanded = words[0].end == token->surface_len;
	for (size_t i = 0; i < n; i++) {
		const struct lafz_word *word = &words[i];
		const char *what = helper_show(token->surface, token->surface_len);
		if (word->len == 0)
			ck_abort_msg("%s: an empty word", what);
		if (is_expanded) {
			if (word->start != 0 || word->end != token->surface_len)
				ck_abort_msg("%s: spans", what);
			continue;
		}
		if (word->start != at || word->end - word->start != word->len ||
		    word->form != token->surface + at)
			ck_abort_msg("%s: word %zu is no part", what, i);
		at = word->end;
	}
	if (!is_expanded && at != token->surface_len)
		ck_abort_msg("the parts end at %zu of %zu", at, token->surface_len);
}

/* Rows of bits of words and of trouble, in memory of their own length. */
START_TEST(any_text)
{
	static const char *const bits[] = {"n",  "'",   "\u2019", "t",       "'s",      "n't",
	                                   "I",  "du",  "L",      "ll",      "u\u0308", "\u00DC",
	                                   "rs", "can", "not",    "\xE2\x80"};
	static const char *const langs[] = {"en", "fr", "it", "es", "de"};
	struct rng rng = {1};
	for (size_t round = 0; round < 200000; round++) {
		char text[16 * HELPER_LONGEST];
		size_t len = 0;
		for (size_t n = rng_below(&rng, 6) + 1; n > 0; n--) {
			if (rng_below(&rng, 8) == 0) {
				len += helper_trouble(&rng, 1, false, text + len);
				continue;
			}
			const char *bit = bits[rng_below(&rng, COUNT(bits))];
			memcpy(text + len, bit, strlen(bit));
			len += strlen(bit);
		}
		char *copy = malloc(len); /* so that a sanitizer sees what is read outside */
		if (!copy)
			ck_abort_msg("no memory");
		memcpy(copy, text, len);
		const struct lafz_token token = token_of(langs[rng_below(&rng, COUNT(langs))], copy,
		                                         len);
		check_laws(&token);
		free(copy);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {lists, spans, words_alone, any_text};
	return helper_run("words", tests, COUNT(tests));
}
