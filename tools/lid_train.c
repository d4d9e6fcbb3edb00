/*
 * Trains the table of the run stage, src/gen/lid.bin, from lists of words:
 *
 *	lid_train [-a ROWS] [-l ROWS] [-n EXAMPLES] OUT LISTS [OTHER]...
 *
 * LISTS is a folder with <tag>.tsv or <tag>.tsv.xz for each language that lang_list.h calls
 * detected: a word, a tab, how often it was counted. Lists of regions, <tag>-<region>.tsv, are
 * parts of their language. Each OTHER is such a list of a further language; all of them together
 * are the class "none of these" of their script. A language without a list is left out of the
 * table. -a and -l are the rows for Arabic and Latin script, -n the examples for each script, in
 * thousands.
 *
 * The model is linear: the score of a language is the sum of its weights in the rows of a word
 * (src/run/grams.h). Weights are learnt by gradient descent on the probability of the right
 * language of one to four words, with AdaGrad's steps, first as numbers with fractions, then as the
 * 16 levels that are written (the gradient of the rounded is taken for that of the exact). Words
 * are drawn as often as they are counted, or by the root of that; of the latter some are of another
 * language, as names are. A part of the words is respelt the way they come from another keyboard,
 * or without accents. Of Latin script, Urdu and Pashto in Latin letters are further words of none.
 *
 * The same lists give the same bytes: one thread, a fixed seed, and no arithmetic but that of IEEE
 * 754 (compile it with -ffp-contract=off).
 */
#include <errno.h>
#include <glob.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>

#include "lang.h"
#include "run/grams.h"
#include "run/model.h"
#include "unicode/utf8.h"

enum {
	MOST_WORDS = 200000,  /* of a language */
	MOST_OTHER = 1000000, /* of all that are none of them */
	MOST_LINE = 1024,     /* bytes of a line of a list */
	BAG = 4,              /* words of an example, at most */
	ROWS_OF_BAG = BAG * GRAMS_MAX
};

#define LEARNING_RATE 0.25f
#define LAST_RATE 0.02f      /* share of the rate that is left at the end */
#define ROUNDED_FROM 0.5     /* share of the examples after which weights are rounded */
#define RESPELT 0.15         /* share of the words that are respelt */
#define RESPELT_PERSIAN 0.03 /* ... in Arabic script the other way round */
#define NO_WHOLE_WORD 0.25   /* share of the words that are taken for unknown ones */
#define NONE 0.5             /* how often none of them is drawn, a language being 1 */
#define FOREIGN 0.08         /* share of the words drawn by the root that are of another language */
#define LOWEST (-8)          /* what 4 bits hold */
#define HIGHEST 7

/* Share of the words that are drawn by their count, the others by its root. */
static const double counted_share[RUN_SCRIPTS] = {[RUN_ARAB] = 0.5, [RUN_LATN] = 0.6};

static _Noreturn void fail(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("lid_train: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(EXIT_FAILURE);
}

static void *allocate(size_t n, size_t size)
{
	void *const ptr = calloc(n, size);
	if (!ptr)
		fail("out of memory");
	return ptr;
}

/* ---- Chance ---- */

/* xorshift64. */
struct chance {
	uint64_t state;
};

static uint64_t chance_next(struct chance *chance)
{
	chance->state ^= chance->state << 13;
	chance->state ^= chance->state >> 7;
	chance->state ^= chance->state << 17;
	return chance->state;
}

/* 0 to 1, 1 left out. */
static double chance_share(struct chance *chance)
{
	return (double)(chance_next(chance) >> 11) * 0x1p-53;
}

static size_t chance_below(struct chance *chance, size_t n)
{
	return (size_t)(chance_next(chance) >> 33) % n;
}

/* ---- Words ---- */

struct word {
	struct grams_word as_is;
	struct grams_word plain; /* Latin: without accents */
};

/* ---- Romanised words ---- */

/*
 * What a letter of Urdu or Pashto becomes where people write them in Latin letters without a rule:
 * one of these, split by spaces, at random. There are no lists of such words, so they are made.
 */
static const struct {
	uint16_t letter;
	const char *first, *inner, *last;
} roman[] = {
	{0x0622, "aa a", "a", "a aa"},
	{0x0627, "a i u", "a aa", "a"},
	{0x0628, "b", "b", "b"},
	{0x067E, "p", "p", "p"},
	{0x062A, "t", "t", "t"},
	{0x067C, "t", "t", "t"},
	{0x0679, "t", "t", "t"},
	{0x062B, "s", "s", "s"},
	{0x062C, "j", "j", "j"},
	{0x0686, "ch", "ch", "ch"},
	{0x0681, "z dz", "z dz", "z"},
	{0x0685, "ts s", "ts s", "ts"},
	{0x062D, "h", "h", "h"},
	{0x062E, "kh", "kh", "kh"},
	{0x062F, "d", "d", "d"},
	{0x0689, "d", "d", "d"},
	{0x0688, "d", "d", "d"},
	{0x0630, "z", "z", "z"},
	{0x0631, "r", "r", "r"},
	{0x0693, "r", "r", "r"},
	{0x0691, "r", "r", "r"},
	{0x0632, "z", "z", "z"},
	{0x0698, "zh", "zh", "zh"},
	{0x0696, "g zh", "g zh", "g"},
	{0x0633, "s", "s", "s"},
	{0x0634, "sh", "sh", "sh"},
	{0x069A, "sh kh x", "sh kh", "sh"},
	{0x0635, "s", "s", "s"},
	{0x0636, "z", "z", "z"},
	{0x0637, "t", "t", "t"},
	{0x0638, "z", "z", "z"},
	{0x0639, "a", "a", "a"},
	{0x063A, "gh", "gh", "gh"},
	{0x0641, "f", "f", "f"},
	{0x0642, "q", "q", "q"},
	{0x06A9, "k", "k", "k"},
	{0x0643, "k", "k", "k"},
	{0x06AB, "g", "g", "g"},
	{0x06AF, "g", "g", "g"},
	{0x0644, "l", "l", "l"},
	{0x0645, "m", "m", "m"},
	{0x0646, "n", "n", "n"},
	{0x06BC, "n", "n", "n"},
	{0x06BA, "n", "n", "n"},
	{0x0648, "w o u", "o u w", "o u w"},
	{0x0647, "h", "h", "a h e"},
	{0x06C1, "h", "h", "h a eh"},
	{0x06BE, "h", "h", "h"},
	{0x06CC, "y i", "i e ai ei y", "i ai ay y"},
	{0x064A, "y i", "i e ai y", "i y"},
	{0x06D0, "e", "e", "e"},
	{0x06CD, "e", "ai e", "ai ay"},
	{0x0626, "y", "y i", "ai i"},
	{0x06D2, "e", "e ai", "e ay ai"},
	{0x0621, "", "", ""},
};

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* One of the choices in a list that is split by spaces. */
static size_t choose(const char *list, struct chance *chance, const char **choice)
{
	size_t n = 1;
	for (const char *at = list; *at; at++)
		n += *at == ' ';
	for (size_t skip = chance_below(chance, n); skip > 0; skip--)
		list = strchr(list, ' ') + 1;
	*choice = list;
	return strcspn(list, " ");
}

/* False if the word has a letter that has no row. Between consonants a vowel is guessed. */
static bool romanise(const struct grams_word *word, struct chance *chance, struct grams_word *out)
{
	static const char guesses[] = "aaaaiu";
	char text[GRAMS_LETTERS * 4];
	size_t len = 0;
	for (size_t i = 0; i < word->n; i++) {
		const char *choice = NULL;
		size_t n = 0;
		for (size_t k = 0; k < sizeof roman / sizeof *roman && !choice; k++) {
			if (roman[k].letter == word->letters[i])
				n = choose(i == 0            ? roman[k].first
				           : i + 1 < word->n ? roman[k].inner
				                             : roman[k].last,
				           chance, &choice);
		}
		if (!choice)
			return false;
		const bool is_bare = len > 0 && n > 0 && !is_vowel(text[len - 1]) &&
		                     !is_vowel(*choice) && word->letters[i] != 0x06BE;
		if (is_bare && (i == 1 || chance_share(chance) < 0.6))
			text[len++] = guesses[chance_below(chance, sizeof guesses - 1)];
		memcpy(text + len, choice, n);
		len += n;
	}
	grams_read(text, len, out);
	return out->n > 0;
}

/* Words of a language, and the shares of all words up to each one. */
struct words {
	struct word *ptr;       /* owned */
	double *counted, *flat; /* owned */
	size_t n, cap;
};

static void add_line(struct words *words, char *line, enum run_script script)
{
	char *const tab = strchr(line, '\t');
	if (!tab || words->n == words->cap)
		return;
	struct word *const word = &words->ptr[words->n];
	const size_t len = (size_t)(tab - line);
	grams_read(line, len, &word->as_is);
	if (word->as_is.n == 0)
		return;
	word->plain = word->as_is;
	if (script == RUN_LATN) {
		char key[MOST_LINE];
		const size_t key_len = lafz_key(line, len, key, sizeof key);
		grams_read(key, key_len < sizeof key ? key_len : sizeof key, &word->plain);
		for (size_t i = 0; i < word->plain.n; i++)
			if (word->plain.letters[i] == 0x0259)
				word->plain.letters[i] = 'e';
	}
	const double count = strtod(tab + 1, NULL);
	words->counted[words->n] = count;
	words->flat[words->n] = sqrt(count);
	words->n++;
}

static FILE *open_list(const char *path)
{
	const size_t len = strlen(path);
	if (len < 3 || strcmp(path + len - 3, ".xz") != 0)
		return fopen(path, "r");
	char command[4096];
	if (strchr(path, '\'') || len > sizeof command - 32)
		return NULL;
	snprintf(command, sizeof command, "xz -dc '%s'", path);
	return popen(command, "r");
}

/* The script of a list: that of its first word. */
static enum run_script script_of_list(const char *path)
{
	FILE *const file = open_list(path);
	char line[MOST_LINE] = "";
	if (!file || !fgets(line, sizeof line, file))
		fail("%s: %s", path, file ? "empty" : strerror(errno));
	const size_t len = strlen(path);
	if (strcmp(path + len - (len < 3 ? len : 3), ".xz") != 0)
		fclose(file);
	else
		pclose(file);
	const struct utf8 c = utf8_decode(line, strlen(line));
	return c.cp >= 0x0600 && c.cp < 0x0900 ? RUN_ARAB : RUN_LATN;
}

static void make_shares(struct words *words, size_t first, double part)
{
	double counted = 0, flat = 0;
	for (size_t i = first; i < words->n; i++) {
		counted += words->counted[i];
		flat += words->flat[i];
	}
	for (size_t i = first; i < words->n; i++) {
		words->counted[i] *= part / counted;
		words->flat[i] *= part / flat;
	}
}

/*
 * Adds the list to words. Counts are made shares of the list, so that lists of different sizes are
 * equal parts.
 */
static void read_list(struct words *words, const char *path, enum run_script script)
{
	FILE *const file = open_list(path);
	if (!file)
		fail("%s: %s", path, strerror(errno));
	char line[MOST_LINE];
	const size_t first = words->n;
	while (fgets(line, sizeof line, file))
		add_line(words, line, script);
	const size_t len = strlen(path);
	if (strcmp(path + len - (len < 3 ? len : 3), ".xz") != 0)
		fclose(file);
	else if (pclose(file) != 0)
		fail("%s: xz failed", path);
	make_shares(words, first, 1.0);
}

static void begin_words(struct words *words, size_t cap)
{
	words->ptr = allocate(cap, sizeof *words->ptr);
	words->counted = allocate(cap, sizeof *words->counted);
	words->flat = allocate(cap, sizeof *words->flat);
	words->n = 0;
	words->cap = cap;
}

static void sum_up(struct words *words)
{
	for (size_t i = 1; i < words->n; i++) {
		words->counted[i] += words->counted[i - 1];
		words->flat[i] += words->flat[i - 1];
	}
}

static void free_words(struct words *words)
{
	free(words->ptr);
	free(words->counted);
	free(words->flat);
}

/* All lists of a language. */
static void read_language(struct words *words, const char *folder, const char *tag,
                          enum run_script script)
{
	static const char *const names[] = {"%s/%s.tsv", "%s/%s.tsv.xz", "%s/%s-*.tsv",
	                                    "%s/%s-*.tsv.xz"};
	begin_words(words, MOST_WORDS);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char pattern[4096];
		glob_t found;
		snprintf(pattern, sizeof pattern, names[i], folder, tag);
		if (glob(pattern, 0, NULL, &found) != 0)
			continue;
		for (size_t k = 0; k < found.gl_pathc; k++)
			read_list(words, found.gl_pathv[k], script);
		globfree(&found);
	}
	sum_up(words);
}

static const struct word *draw(const struct words *words, bool is_flat, struct chance *chance)
{
	const double *const sums = is_flat ? words->flat : words->counted;
	const double at = chance_share(chance) * sums[words->n - 1];
	size_t low = 0, high = words->n - 1;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (sums[middle] > at)
			high = middle;
		else
			low = middle + 1;
	}
	return &words->ptr[low];
}

/* ---- Other keyboards ---- */

struct respelling {
	uint16_t from, to;
};

/* Letters that an Arabic keyboard lacks, and the ones typed for them. */
static const struct respelling arabic_keys[] = {
	{0x06CC, 0x064A}, {0x06D0, 0x064A}, {0x06CD, 0x064A}, {0x06CE, 0x064A}, {0x06A9, 0x0643},
	{0x06AA, 0x0643}, {0x06AB, 0x06AF}, {0x06C1, 0x0647}, {0x06BE, 0x0647}, {0x06D5, 0x0647},
	{0x06C0, 0x0647}, {0x06C6, 0x0648}, {0x06B5, 0x0644}, {0x0695, 0x0631},
};

/* The same of a Persian one, and what stands for a letter with a mark on it. */
static const struct respelling persian_keys[] = {
	{0x064A, 0x06CC}, {0x0649, 0x06CC}, {0x06D0, 0x06CC}, {0x06CD, 0x06CC}, {0x0643, 0x06A9},
	{0x06AA, 0x06A9}, {0x06AB, 0x06AF}, {0x0629, 0x0647}, {0x06C1, 0x0647}, {0x06BE, 0x0647},
	{0x06D5, 0x0647}, {0x0623, 0x0627}, {0x0625, 0x0627}, {0x06C0, 0x0647},
};

static void respell(struct grams_word *word, const struct respelling *keys, size_t n_keys)
{
	for (size_t i = 0; i < word->n; i++) {
		for (size_t k = 0; k < n_keys; k++) {
			if (word->letters[i] != keys[k].from)
				continue;
			word->letters[i] = keys[k].to;
			break;
		}
	}
}

/* A last Persian yeh comes from an Arabic keyboard as yeh or as alef maksura. */
static void type_arabic(struct grams_word *word, struct chance *chance)
{
	const bool is_maksura = word->letters[word->n - 1] == 0x06CC && chance_next(chance) >> 63;
	respell(word, arabic_keys, sizeof arabic_keys / sizeof *arabic_keys);
	if (is_maksura)
		word->letters[word->n - 1] = 0x0649;
}

static struct grams_word type_word(const struct word *word, enum run_script script,
                                   struct chance *chance)
{
	struct grams_word typed = word->as_is;
	const double share = chance_share(chance);
	if (script == RUN_LATN)
		return share < RESPELT ? word->plain : typed;
	if (share < RESPELT)
		type_arabic(&typed, chance);
	else if (share < RESPELT + RESPELT_PERSIAN)
		respell(&typed, persian_keys, sizeof persian_keys / sizeof *persian_keys);
	return typed;
}

/* ---- Learning ---- */

struct learner {
	enum run_script script;
	size_t n_columns;
	uint32_t n_rows;
	struct grams_layout layout;
	char tags[MODEL_COLUMNS][MODEL_TAG];
	struct words words[MODEL_COLUMNS];
	bool is_used[MODEL_COLUMNS];
	/* Weights of a row in nats, n_columns of them, and as many sums of squared gradients. */
	float *rows;
	struct chance chance;
};

struct example {
	size_t column; /* the right one */
	uint32_t rows[ROWS_OF_BAG];
	size_t n;
};

static float *row_at(const struct learner *learner, uint32_t row)
{
	return learner->rows + (size_t)row * 2 * learner->n_columns;
}

static size_t draw_column(struct learner *learner)
{
	for (;;) {
		const size_t column = chance_below(&learner->chance, learner->n_columns);
		if (!learner->is_used[column])
			continue;
		if (column + 1 < learner->n_columns || chance_share(&learner->chance) < NONE)
			return column;
	}
}

/*
 * A word as it stands in text of a language. The rarer ones are names as often as not, which say
 * little of the language around them: so some come from any of the lists.
 */
static const struct word *draw_word(struct learner *learner, size_t column)
{
	struct chance *const chance = &learner->chance;
	const bool is_flat = chance_share(chance) >= counted_share[learner->script];
	const size_t from = is_flat && chance_share(chance) < FOREIGN ? draw_column(learner) : column;
	return draw(&learner->words[from], is_flat, chance);
}

/* One to four words of a language. The rows are asked for ahead of their use: most are far away. */
static void make_example(struct learner *learner, size_t column, struct example *example)
{
	struct chance *const chance = &learner->chance;
	const size_t n_words = chance_next(chance) >> 63 ? 1 : 1 + chance_below(chance, BAG);
	example->column = column;
	example->n = 0;
	for (size_t i = 0; i < n_words; i++) {
		const struct word *const word = draw_word(learner, column);
		const struct grams_word typed = type_word(word, learner->script, chance);
		uint32_t *const rows = example->rows + example->n;
		struct grams_symbols symbols;
		grams_symbols(&typed, &symbols);
		size_t n_rows = grams_rows(learner->layout, &symbols, rows);
		if (chance_share(chance) < NO_WHOLE_WORD) {
			/* The whole word has the first two rows. */
			rows[0] = rows[n_rows - 1];
			rows[1] = rows[n_rows - 2];
			n_rows -= 2;
		}
		example->n += n_rows;
	}
	for (size_t i = 0; i < example->n; i++) {
		const char *const row = (const char *)row_at(learner, example->rows[i]);
		for (size_t off = 0; off < 2 * learner->n_columns * sizeof(float); off += 64)
			__builtin_prefetch(row + off);
	}
}

/* e to the x for x <= 0, near enough, and the same on every machine. */
static float exponential(float x)
{
	float y = 1.0f + x / 1024.0f;
	if (y < 0.0f)
		return 0.0f;
	for (int i = 0; i < 10; i++)
		y *= y;
	return y;
}

static float rounded(float weight)
{
	const int level = (int)(weight * MODEL_NAT - LOWEST + 0.5f);
	return (float)(level + LOWEST) / MODEL_NAT;
}

/*
 * Loops over eight columns at a time, which a compiler makes one or two vectors of.
 */
static void add_scores(const struct learner *learner, const struct example *example,
                       float scores[MODEL_COLUMNS])
{
	for (size_t i = 0; i < example->n; i++) {
		const float *const row = row_at(learner, example->rows[i]);
		for (size_t k = 0; k < learner->n_columns; k += 8)
			for (size_t j = k; j < k + 8; j++)
				scores[j] += row[j];
	}
}

static void add_rounded_scores(const struct learner *learner, const struct example *example,
                               float scores[MODEL_COLUMNS])
{
	for (size_t i = 0; i < example->n; i++) {
		const float *const row = row_at(learner, example->rows[i]);
		for (size_t k = 0; k < learner->n_columns; k += 8)
			for (size_t j = k; j < k + 8; j++)
				scores[j] += rounded(row[j]);
	}
}

/* Scores become what each column is to be lowered by. Returns the right column's probability. */
static float set_gradient(const struct learner *learner, size_t column, float scores[MODEL_COLUMNS])
{
	float top = scores[column], sum = 0.0f;
	for (size_t k = 0; k < learner->n_columns; k++)
		if (learner->is_used[k] && scores[k] > top)
			top = scores[k];
	for (size_t k = 0; k < learner->n_columns; k++) {
		scores[k] = learner->is_used[k] ? exponential(scores[k] - top) : 0.0f;
		sum += scores[k];
	}
	for (size_t k = 0; k < learner->n_columns; k++)
		scores[k] /= sum;
	const float probability = scores[column];
	scores[column] -= 1.0f;
	return probability;
}

static void lower_weights(struct learner *learner, const struct example *example,
                          const float gradient[MODEL_COLUMNS], float rate)
{
	const float lowest = (float)LOWEST / MODEL_NAT, highest = (float)HIGHEST / MODEL_NAT;
	for (size_t i = 0; i < example->n; i++) {
		float *const weights = row_at(learner, example->rows[i]);
		float *const squares = weights + learner->n_columns;
		for (size_t k = 0; k < learner->n_columns; k += 8) {
			for (size_t j = k; j < k + 8; j++) {
				squares[j] += gradient[j] * gradient[j];
				float w = weights[j] - rate * gradient[j] / sqrtf(squares[j] + 1.0f);
				w = w < lowest ? lowest : w;
				weights[j] = w > highest ? highest : w;
			}
		}
	}
}

static void learn(struct learner *learner, size_t n_examples)
{
	struct example examples[2];
	size_t n_told = 0;
	double told = 0;
	make_example(learner, draw_column(learner), &examples[0]);
	for (size_t e = 0; e < n_examples; e++) {
		const struct example *const example = &examples[e % 2];
		make_example(learner, draw_column(learner), &examples[(e + 1) % 2]);
		const double share = (double)e / (double)n_examples;
		float scores[MODEL_COLUMNS] = {0};
		if (share < ROUNDED_FROM)
			add_scores(learner, example, scores);
		else
			add_rounded_scores(learner, example, scores);
		told += (double)set_gradient(learner, example->column, scores);
		lower_weights(learner, example, scores,
		              LEARNING_RATE * (1.0f - (1.0f - LAST_RATE) * (float)share));
		if (++n_told == 1000000 || e + 1 == n_examples) {
			fprintf(stderr, "%zu thousand examples, probability %.4f\n", (e + 1) / 1000,
			        told / (double)n_told);
			told = 0;
			n_told = 0;
		}
	}
}

/* ---- The file ---- */

static unsigned char *put_u32(unsigned char *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		*at++ = (unsigned char)(value >> (8 * i));
	return at;
}

static size_t rows_size(const struct learner *learner)
{
	return learner->n_rows * (learner->n_columns / 2);
}

static void put_table(const struct learner *learner, unsigned char *file, size_t i, size_t off)
{
	unsigned char *at = file + sizeof(struct model_head) + i * sizeof(struct model_table);
	memcpy(at, learner->script == RUN_ARAB ? "Arab" : "Latn", 4);
	at = put_u32(at + 4, (uint32_t)learner->n_columns);
	at = put_u32(at, learner->n_rows);
	at = put_u32(at, (uint32_t)off);
	memcpy(at, learner->tags, sizeof learner->tags);
	unsigned char *row = file + off;
	for (uint32_t r = 0; r < learner->n_rows; r++) {
		const float *const weights = row_at(learner, r);
		for (size_t k = 0; k < learner->n_columns; k += 2) {
			const int low = (int)(rounded(weights[k]) * MODEL_NAT) - LOWEST;
			const int high = (int)(rounded(weights[k + 1]) * MODEL_NAT) - LOWEST;
			*row++ = (unsigned char)(low | high << 4);
		}
	}
}

static void write_file(const struct learner learners[RUN_SCRIPTS], const char *path)
{
	const size_t heads = sizeof(struct model_head) + RUN_SCRIPTS * sizeof(struct model_table);
	const size_t first = (heads + GRAMS_LINE - 1) / GRAMS_LINE * GRAMS_LINE;
	size_t size = first;
	for (size_t i = 0; i < RUN_SCRIPTS; i++)
		size += rows_size(&learners[i]);
	unsigned char *const file = allocate(size, 1);
	for (size_t i = 0, off = first; i < RUN_SCRIPTS; off += rows_size(&learners[i]), i++)
		put_table(&learners[i], file, i, off);
	memcpy(file, MODEL_MAGIC, sizeof MODEL_MAGIC);
	const uint64_t sum = model_sum(file + sizeof(struct model_head),
	                               size - sizeof(struct model_head));
	unsigned char *at = put_u32(file + offsetof(struct model_head, version), MODEL_VERSION);
	at = put_u32(at, (uint32_t)size);
	at = put_u32(at, (uint32_t)sum);
	put_u32(at, (uint32_t)(sum >> 32));
	FILE *const out = fopen(path, "wb");
	if (!out || fwrite(file, 1, size, out) != size || fclose(out) != 0)
		fail("%s: %s", path, strerror(errno));
	free(file);
}

/* ---- All of it ---- */

#define ROMANISED_PART 5.0 /* lists that a romanised one stands for */

/* The words of a language in Arabic script, romanised twice over, are further ones of none. */
static void add_romanised(struct words *none, const char *folder, const char *tag)
{
	struct words words;
	struct chance chance = {88172645463325252u};
	read_language(&words, folder, tag, RUN_ARAB);
	const size_t first = none->n;
	for (size_t i = 0; i < 2 * words.n && none->n < none->cap; i++) {
		const size_t k = i / 2;
		struct word *const word = &none->ptr[none->n];
		if (!romanise(&words.ptr[k].as_is, &chance, &word->as_is))
			continue;
		word->plain = word->as_is;
		none->counted[none->n] = words.counted[k] - (k ? words.counted[k - 1] : 0);
		none->flat[none->n] = words.flat[k] - (k ? words.flat[k - 1] : 0);
		none->n++;
	}
	make_shares(none, first, ROMANISED_PART);
	free_words(&words);
}

struct row {
	const char *tag;
	uint8_t script;
	unsigned support;
};

static const struct row languages[] = {
#define LANGUAGE(name, tag, script, support) {tag, UCD_SCRIPT_##script, support},
	LANG_LIST(LANGUAGE)
#undef LANGUAGE
};

static void read_columns(struct learner *learner, const char *folder, char **others,
                         size_t n_others)
{
	const uint8_t script = learner->script == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	const size_t last = learner->n_columns - 1;
	size_t n = 0, n_used = 0;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		if (languages[i].script != script || !(languages[i].support & LAFZ_LANG_DETECTED))
			continue;
		if (n == last || strlen(languages[i].tag) >= MODEL_TAG)
			fail("%s: more languages than columns", languages[i].tag);
		strcpy(learner->tags[n], languages[i].tag);
		read_language(&learner->words[n], folder, languages[i].tag, learner->script);
		n++;
	}
	strcpy(learner->tags[last], "und");
	begin_words(&learner->words[last], MOST_OTHER);
	for (size_t i = 0; i < n_others; i++)
		if (script_of_list(others[i]) == learner->script)
			read_list(&learner->words[last], others[i], learner->script);
	for (size_t i = 0; learner->script == RUN_LATN && n_others > 0 && i < 2; i++)
		add_romanised(&learner->words[last], folder, i == 0 ? "ur" : "ps");
	sum_up(&learner->words[last]);
	for (size_t k = 0; k <= last; k++)
		n_used += learner->is_used[k] = learner->words[k].n > 0;
	if (n_used == 0)
		fail("%s has no list in %s script", folder,
		     script == UCD_SCRIPT_ARAB ? "Arabic" : "Latin");
}

static void train(struct learner *learner, size_t n_examples)
{
	learner->rows = allocate((size_t)learner->n_rows * 2 * learner->n_columns,
	                         sizeof *learner->rows);
	learner->chance = (struct chance){88172645463325252u};
	learn(learner, n_examples);
}

/* Rows behind those of whole lines are left out. */
static void set_layout(struct learner *learner)
{
	learner->layout = grams_layout_of(learner->n_rows, learner->n_columns);
	learner->n_rows = GRAMS_PAIRS + (learner->layout.n_lines << learner->layout.line_bits);
	if (!grams_layout_is_sound(learner->layout, learner->n_rows))
		fail("rows of less than a line, or more than %u", GRAMS_MOST_LINES);
}

static uint32_t number_of(const char *text)
{
	char *end;
	const unsigned long number = strtoul(text, &end, 10);
	if (*end || number == 0 || number > 1u << 24)
		fail("no number of rows or examples: %s", text);
	return (uint32_t)number;
}

int main(int argc, char **argv)
{
	static struct learner learners[RUN_SCRIPTS] = {
		{.script = RUN_ARAB, .n_columns = 8, .n_rows = 246992},
		{.script = RUN_LATN, .n_columns = 16, .n_rows = 126296},
	};
	size_t n_examples[RUN_SCRIPTS] = {[RUN_ARAB] = 8000000, [RUN_LATN] = 36000000};
	int at = 1;
	for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
		const uint32_t number = number_of(argv[at + 1]);
		if (strcmp(argv[at], "-a") == 0)
			learners[RUN_ARAB].n_rows = number;
		else if (strcmp(argv[at], "-l") == 0)
			learners[RUN_LATN].n_rows = number;
		else if (strcmp(argv[at], "-n") == 0)
			n_examples[RUN_ARAB] = n_examples[RUN_LATN] = (size_t)number * 1000;
		else
			fail("no such option: %s", argv[at]);
	}
	if (argc - at < 2)
		fail("usage: lid_train [-a ROWS] [-l ROWS] [-n EXAMPLES] OUT LISTS [OTHER]...");
	for (size_t i = 0; i < RUN_SCRIPTS; i++) {
		set_layout(&learners[i]);
		read_columns(&learners[i], argv[at + 1], argv + at + 2, (size_t)(argc - at - 2));
		train(&learners[i], n_examples[i]);
	}
	write_file(learners, argv[at]);
	for (size_t i = 0; i < RUN_SCRIPTS; i++) {
		for (size_t k = 0; k < learners[i].n_columns; k++)
			free_words(&learners[i].words[k]);
		free(learners[i].rows);
	}
	return EXIT_SUCCESS;
}
