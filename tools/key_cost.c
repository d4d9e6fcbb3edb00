/*
 * What the search key costs and whether its laws hold, over word lists (word TAB count a line,
 * compressed by xz if the name ends in .xz). The lists are not part of the project; doc/key.md has
 * the figures and says how they are read.
 *
 * Cost: words with one key are a class. The minority are the tokens that are not the commonest word
 * of their class, and that a search for it finds as well. That counts two spellings of one word and
 * two words alike. Laws: see check_word.
 *
 * Exit 0 done, 1 a law failed or something could not be read or written, 2 wrong use.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "lang.h"
#include "norm/fold.h"
#include "norm/key.h"
#include "norm/norm.h"
#include "norm/places.h"
#include "norm/tables.h"
#include "unicode/nfc.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

#define MOST_PAIRS 1000

struct request {
	bool laws, only_own, letters;
	size_t pairs;
	struct lafz_tables *tables; /* owned; NULL: the built-in ones */
};

/* ---- Lists ---- */

struct text {
	const char *ptr;
	size_t len;
};

struct word {
	struct text text, key;
	uint64_t count;
};

struct list {
	const char *tag;
	struct buf bytes; /* of the file; words point into it, or into norms */
	struct buf norms; /* with --own */
	struct buf keys;
	struct word *words; /* owned */
	size_t n, cap;
};

static void list_free(struct list *list)
{
	buf_free(&list->bytes, &mem_default);
	buf_free(&list->norms, &mem_default);
	buf_free(&list->keys, &mem_default);
	mem_free(&mem_default, list->words);
}

static int append(struct buf *buf, const char *bytes)
{
	return buf_append(buf, &mem_default, bytes, strlen(bytes));
}

/* xz -dc with the name as one word of the shell. */
static int xz_command(struct buf *command, const char *name)
{
	int rc = append(command, "xz -dc -- '");
	for (const char *c = name; rc == 0 && *c; c++)
		rc = *c == '\'' ? append(command, "'\\''") : buf_append(command, &mem_default, c, 1);
	return rc < 0 ? rc : buf_append(command, &mem_default, "'", 2);
}

/* All bytes of a file, through xz if its name says so. */
static bool read_bytes(const char *name, struct buf *out)
{
	const size_t name_len = strlen(name);
	const bool is_xz = name_len > 3 && strcmp(name + name_len - 3, ".xz") == 0;
	struct buf command = {0};
	FILE *file = NULL;
	if (!is_xz)
		file = fopen(name, "rb");
	else if (xz_command(&command, name) == 0)
		file = popen(command.ptr, "r");
	buf_free(&command, &mem_default);
	if (!file)
		return false;
	bool is_good = true;
	while (is_good && !feof(file) && !ferror(file)) {
		is_good = buf_reserve(out, &mem_default, 1 << 16) == 0;
		if (is_good)
			out->len += fread(out->ptr + out->len, 1, 1 << 16, file);
	}
	is_good &= !ferror(file);
	return ((is_xz ? pclose(file) : fclose(file)) == 0) && is_good;
}

static bool add_word(struct list *list, struct text text, uint64_t count)
{
	if (mem_reserve(&mem_default, &list->words, &list->cap, list->n + 1, sizeof *list->words) < 0)
		return false;
	list->words[list->n++] = (struct word){.text = text, .count = count};
	return true;
}

/* Word, tab, digits. */
static bool read_line(struct list *list, const char *line, size_t len)
{
	const char *const tab = memchr(line, '\t', len);
	if (!tab || tab == line || tab + 1 == line + len)
		return false;
	uint64_t count = 0;
	for (const char *c = tab + 1; c < line + len; c++) {
		if (*c < '0' || *c > '9' || count > UINT64_MAX / 100)
			return false;
		count = 10 * count + (uint64_t)(*c - '0');
	}
	return add_word(list, (struct text){line, (size_t)(tab - line)}, count);
}

static bool list_read(struct list *list, const char *name)
{
	if (!read_bytes(name, &list->bytes)) {
		fprintf(stderr, "key_cost: cannot read %s\n", name);
		return false;
	}
	const char *const bytes = list->bytes.ptr;
	size_t number = 1;
	for (size_t off = 0; off < list->bytes.len; number++) {
		const char *const end = memchr(bytes + off, '\n', list->bytes.len - off);
		const size_t len = end ? (size_t)(end - bytes) - off : list->bytes.len - off;
		if (!read_line(list, bytes + off, len)) {
			fprintf(stderr, "key_cost: %s: line %zu is not word, tab, count\n", name,
			        number);
			return false;
		}
		off += len + 1;
	}
	return true;
}

static struct text text_of(const struct buf *buf)
{
	return (struct text){buf->len > 0 ? buf->ptr : "", buf->len};
}

static int compare_text(struct text a, struct text b)
{
	const int rc = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
	return rc != 0 ? rc : (a.len > b.len) - (a.len < b.len);
}

static bool is_same(struct text a, struct text b)
{
	return compare_text(a, b) == 0;
}

/* ---- Norm and key of a word ---- */

static uint8_t script_of(struct text text)
{
	for (size_t off = 0; off < text.len;) {
		const struct utf8 c = utf8_decode(text.ptr + off, text.len - off);
		if (places_is_letter(c.cp))
			return ucd_get(c.cp)->script;
		off += c.len;
	}
	return UCD_SCRIPT_ZYYY;
}

static struct norm_request word_in(const struct lafz_tables *tables, uint16_t lang,
                                   unsigned options, struct text word)
{
	return (struct norm_request){.profile = LAFZ_PROFILE_STANDARD,
	                             .lang = lang,
	                             .kind = LAFZ_KIND_WORD,
	                             .script = script_of(word),
	                             .options = (uint8_t)options,
	                             .tables = tables};
}

/* The key; out is emptied first. Negative: failed. */
static int key_of(struct norm *norm, struct text word, struct buf *out)
{
	out->len = 0;
	return key_token(norm, &mem_default, word.ptr, word.len, out);
}

/* ---- Costs ---- */

struct pair {
	struct text word, commonest, key;
	uint64_t count;
};

struct cost {
	uint64_t types, tokens, merged_types, merged_tokens, minority;
	struct pair *pairs; /* owned */
	size_t n_pairs, cap;
};

static int by_text(const void *a, const void *b)
{
	return compare_text(((const struct word *)a)->text, ((const struct word *)b)->text);
}

/* Classes together, the commonest word first. */
static int by_key(const void *a, const void *b)
{
	const struct word *const x = a, *const y = b;
	const int rc = compare_text(x->key, y->key);
	if (rc != 0)
		return rc;
	return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
	                            : compare_text(x->text, y->text);
}

static int by_count(const void *a, const void *b)
{
	const struct pair *const x = a, *const y = b;
	return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
	                            : compare_text(x->word, y->word);
}

static bool is_own(uint16_t lang, struct text word)
{
	const uint16_t *alphabet = NULL;
	const size_t n = fold_alphabet(lang, &alphabet);
	for (size_t off = 0; off < word.len;) {
		const struct utf8 c = utf8_decode(word.ptr + off, word.len - off);
		size_t i = 0;
		while (i < n && alphabet[i] != c.cp)
			i++;
		if (i == n && places_is_letter(c.cp))
			return false;
		off += c.len;
	}
	return true;
}

/* Norms instead of words, and only those in the language's own letters. */
static bool take_own(struct list *list, const struct lafz_tables *tables, struct norm *norm)
{
	const uint16_t lang = lafz_lang_id(list->tag);
	size_t room = 0;
	for (size_t i = 0; i < list->n; i++)
		room += 4 * list->words[i].text.len; /* norms need less, so they stay put */
	if (buf_reserve(&list->norms, &mem_default, room + 1) < 0)
		return false;
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++) {
		struct word word = list->words[i];
		const size_t begin = list->norms.len;
		const struct norm_request request = word_in(tables, lang, 0, word.text);
		const int rc = norm_token(norm, &mem_default, &request, word.text.ptr,
		                          word.text.len, &list->norms, NULL);
		if (rc < 0)
			return false;
		if (rc > 0)
			word.text = (struct text){list->norms.ptr + begin, list->norms.len - begin};
		if (is_own(lang, word.text))
			list->words[n++] = word;
	}
	list->n = n;
	return true;
}

/* One entry a word. */
static void join_same(struct list *list)
{
	size_t n = 0;
	if (list->n > 0)
		qsort(list->words, list->n, sizeof *list->words, by_text);
	for (size_t i = 0; i < list->n; i++) {
		if (n > 0 && is_same(list->words[n - 1].text, list->words[i].text))
			list->words[n - 1].count += list->words[i].count;
		else
			list->words[n++] = list->words[i];
	}
	list->n = n;
}

static bool take_keys(struct list *list, struct norm *norm)
{
	struct buf *const keys = &list->keys;
	for (size_t i = 0; i < list->n; i++) {
		const struct text word = list->words[i].text;
		const size_t begin = keys->len;
		if (key_token(norm, &mem_default, word.ptr, word.len, keys) < 0)
			return false;
		list->words[i].key.len = keys->len - begin;
	}
	size_t off = 0;
	for (size_t i = 0; i < list->n; i++) {
		list->words[i].key.ptr = keys->ptr + off;
		off += list->words[i].key.len;
	}
	return true;
}

static bool add_class(struct cost *cost, const struct word *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		cost->types++;
		cost->tokens += words[i].count;
		if (n == 1)
			continue;
		cost->merged_types++;
		cost->merged_tokens += words[i].count;
		if (i == 0)
			continue;
		cost->minority += words[i].count;
		if (mem_reserve(&mem_default, &cost->pairs, &cost->cap, cost->n_pairs + 1,
		                sizeof *cost->pairs) < 0)
			return false;
		cost->pairs[cost->n_pairs++] = (struct pair){words[i].text, words[0].text,
		                                             words[0].key, words[i].count};
	}
	return true;
}

/* ---- Costs by letter ---- */

#define LENGTHS 0    /* no letter: words or key differ in length */
#define SEVERAL 1    /* more than one */
#define MOST_SUMS 64 /* letters of the key that join something are about thirty */

struct sum {
	uint32_t letter; /* of the key */
	uint64_t count;
};

/* The letter of the key that stands where the two words differ. */
static uint32_t joined_letter(const struct pair *pair)
{
	const struct text texts[] = {pair->word, pair->commonest, pair->key};
	size_t off[3] = {0};
	uint32_t letter = LENGTHS;
	while (off[0] < texts[0].len && off[1] < texts[1].len && off[2] < texts[2].len) {
		uint32_t cps[3];
		for (size_t i = 0; i < 3; i++) {
			const struct utf8 c = utf8_decode(texts[i].ptr + off[i],
			                                  texts[i].len - off[i]);
			cps[i] = c.cp;
			off[i] += c.len;
		}
		if (cps[0] != cps[1])
			letter = letter == LENGTHS || letter == cps[2] ? cps[2] : SEVERAL;
	}
	for (size_t i = 0; i < 3; i++) {
		if (off[i] < texts[i].len)
			return LENGTHS;
	}
	return letter;
}

static int by_sum(const void *a, const void *b)
{
	const struct sum *const x = a, *const y = b;
	return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
	                            : (x->letter > y->letter) - (x->letter < y->letter);
}

static double percent(uint64_t part, uint64_t whole)
{
	return whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;
}

static void print_cost(const char *tag, const struct cost *cost, size_t most_pairs)
{
	printf("%s\t%llu\t%.1f\t%.1f\t%.3f\n", tag, (unsigned long long)cost->types,
	       percent(cost->merged_types, cost->types), percent(cost->merged_tokens, cost->tokens),
	       percent(cost->minority, cost->tokens));
	for (size_t i = 0; i < cost->n_pairs && i < most_pairs; i++) {
		const struct pair *const pair = &cost->pairs[i];
		printf("\t%.4f\t%.*s\t%.*s\n", percent(pair->count, cost->tokens),
		       (int)pair->word.len, pair->word.ptr, (int)pair->commonest.len,
		       pair->commonest.ptr);
	}
}

static void print_letters(const struct cost *cost)
{
	struct sum sums[MOST_SUMS] = {{SEVERAL, 0}, {LENGTHS, 0}};
	size_t n = 2;
	for (size_t i = 0; i < cost->n_pairs; i++) {
		const uint32_t letter = joined_letter(&cost->pairs[i]);
		size_t k = 0;
		while (k < n && sums[k].letter != letter)
			k++;
		if (k == n && n == MOST_SUMS)
			k = 0;
		else if (k == n)
			sums[n++].letter = letter;
		sums[k].count += cost->pairs[i].count;
	}
	qsort(sums, n, sizeof *sums, by_sum);
	for (size_t i = 0; i < n; i++) {
		const double share = percent(sums[i].count, cost->tokens);
		if (sums[i].letter == LENGTHS)
			printf("\t%.4f\tlengths\n", share);
		else if (sums[i].letter == SEVERAL)
			printf("\t%.4f\tseveral\n", share);
		else
			printf("\t%.4f\t%04X\n", share, (unsigned)sums[i].letter);
	}
}

static bool measure(struct list *list, const struct request *request)
{
	struct norm norm = {0};
	struct cost cost = {0};
	bool is_good = !request->only_own || take_own(list, request->tables, &norm);
	if (is_good)
		join_same(list);
	is_good = is_good && take_keys(list, &norm);
	if (is_good && list->n > 0)
		qsort(list->words, list->n, sizeof *list->words, by_key);
	for (size_t i = 0, n = 0; is_good && i < list->n; i += n) {
		for (n = 1; i + n < list->n; n++) {
			if (!is_same(list->words[i].key, list->words[i + n].key))
				break;
		}
		is_good = add_class(&cost, list->words + i, n);
	}
	if (is_good && cost.n_pairs > 0)
		qsort(cost.pairs, cost.n_pairs, sizeof *cost.pairs, by_count);
	if (is_good)
		print_cost(list->tag, &cost, request->pairs);
	if (is_good && request->letters)
		print_letters(&cost);
	if (!is_good)
		fprintf(stderr, "key_cost: no memory\n");
	mem_free(&mem_default, cost.pairs);
	norm_free(&norm, &mem_default);
	return is_good;
}

/* ---- Laws ---- */

/* The languages with folds, one without, and one whose lower case is its own. */
static const uint16_t law_langs[] = {LANG_PS, LANG_FA,  LANG_AR, LANG_UR, LANG_UG,
                                     LANG_SD, LANG_CKB, LANG_EN, LANG_TR};

static const char law_header[] = "#law\tlang\toptions\tword\texpected\tgot\n";

struct laws {
	struct norm norm;
	struct nfc nfc;
	struct buf key, other_key, folded, folded_again, decomposed;
	const struct lafz_tables *tables;
	uint32_t *cps; /* owned */
	size_t cap;
	uint64_t words, checks, failures;
	bool is_broken; /* a function failed */
};

static void laws_free(struct laws *laws)
{
	norm_free(&laws->norm, &mem_default);
	nfc_free(&laws->nfc, &mem_default);
	buf_free(&laws->key, &mem_default);
	buf_free(&laws->other_key, &mem_default);
	buf_free(&laws->folded, &mem_default);
	buf_free(&laws->folded_again, &mem_default);
	buf_free(&laws->decomposed, &mem_default);
	mem_free(&mem_default, laws->cps);
}

static void print_code_points(struct text text)
{
	for (size_t off = 0; off < text.len;) {
		const struct utf8 c = utf8_decode(text.ptr + off, text.len - off);
		printf(off > 0 ? " %04X" : "%04X", (unsigned)c.cp);
		off += c.len;
	}
}

/* What a law is checked on: the word as it is in the list, and how it was normalised. */
struct law_case {
	const char *law;
	struct text word;
	uint16_t lang;
	unsigned options;
};

static void expect(struct laws *laws, const struct law_case *what, struct text want, struct text got)
{
	laws->checks++;
	if (is_same(want, got))
		return;
	laws->failures++;
	printf("%s\t%s\t%u\t", what->law, lafz_lang_tag(what->lang), what->options);
	print_code_points(what->word);
	putchar('\t');
	print_code_points(want);
	putchar('\t');
	print_code_points(got);
	putchar('\n');
}

/* The key of text is laws->key. */
static void expect_key(struct laws *laws, const struct law_case *what, struct text text)
{
	if (key_of(&laws->norm, text, &laws->other_key) < 0)
		laws->is_broken = true;
	else
		expect(laws, what, text_of(&laws->key), text_of(&laws->other_key));
}

static void expect_decomposed(struct laws *laws, struct text word)
{
	const struct law_case what = {"key-of-nfd", word, LANG_UND, 0};
	size_t n = 0;
	if (mem_reserve(&mem_default, &laws->cps, &laws->cap, NFC_PARTS * word.len,
	                sizeof *laws->cps) < 0) {
		laws->is_broken = true;
		return;
	}
	for (size_t off = 0; off < word.len; n++) {
		const struct utf8 c = utf8_decode(word.ptr + off, word.len - off);
		laws->cps[n] = c.cp;
		off += c.len;
	}
	const ptrdiff_t left = nfc_decompose(&laws->nfc, &mem_default, laws->cps, n, laws->cap);
	laws->decomposed.len = 0;
	if (left < 0 || norm_encode(&mem_default, laws->cps, (size_t)left, &laws->decomposed) < 0)
		laws->is_broken = true;
	else
		expect_key(laws, &what, text_of(&laws->decomposed));
}

/* A norm that is the word itself has the word's key and norm: checked without a second look. */
static void expect_norm(struct laws *laws, struct norm_request *request, struct text word)
{
	struct law_case what = {"key-of-norm", word, request->lang, request->options};
	laws->folded.len = laws->folded_again.len = 0;
	int rc = norm_token(&laws->norm, &mem_default, request, word.ptr, word.len, &laws->folded,
	                    NULL);
	if (rc == 0)
		laws->checks += 2;
	if (rc > 0) {
		const struct text folded = text_of(&laws->folded);
		expect_key(laws, &what, folded);
		what.law = "norm-of-norm";
		request->script = script_of(folded);
		rc = norm_token(&laws->norm, &mem_default, request, folded.ptr, folded.len,
		                &laws->folded_again, NULL);
		if (rc >= 0)
			expect(laws, &what, folded, rc > 0 ? text_of(&laws->folded_again) : folded);
	}
	laws->is_broken |= rc < 0;
}

/*
  * For a word x: key(key(x)), key(NFD(x)) and key(norm(x)) are key(x), and norm(norm(x)) is norm(x),
 * in every language of law_langs and with every combination of the options of the profile standard:
 * 3 * 2 * 2 * 2 * 2.
 */
static void check_word(struct laws *laws, struct text word)
{
	static const unsigned digits[] = {0, NORM_ASCII_DIGITS, NORM_NATIVE_DIGITS};
	const struct law_case again = {"key-of-key", word, LANG_UND, 0};
	laws->words++;
	if (key_of(&laws->norm, word, &laws->key) < 0) {
		laws->is_broken = true;
		return;
	}
	expect_key(laws, &again, text_of(&laws->key));
	expect_decomposed(laws, word);
	for (size_t i = 0; i < sizeof law_langs / sizeof *law_langs; i++) {
		for (unsigned options = 0; options < NORM_ASCII_DIGITS; options++) {
			for (size_t k = 0; k < sizeof digits / sizeof *digits; k++) {
				struct norm_request request = word_in(laws->tables, law_langs[i],
				                                      options | digits[k], word);
				expect_norm(laws, &request, word);
			}
		}
	}
}

static bool check_laws(const struct list *list, const struct lafz_tables *tables)
{
	struct laws laws = {.tables = tables};
	for (size_t i = 0; i < list->n && !laws.is_broken; i++)
		check_word(&laws, list->words[i].text);
	printf("%s\t%llu words\t%llu checks\t%llu failures\n", list->tag,
	       (unsigned long long)laws.words, (unsigned long long)laws.checks,
	       (unsigned long long)laws.failures);
	if (laws.is_broken)
		fprintf(stderr, "key_cost: norm or key failed\n");
	const bool is_good = !laws.is_broken && laws.failures == 0;
	laws_free(&laws);
	return is_good;
}

/* ---- The program ---- */

static int wrong_use(void)
{
	fputs("usage: key_cost [--own] [--fold NAME] [--letters] [--pairs N] TAG=FILE...\n"
	      "       key_cost --laws [--fold NAME] TAG=FILE...\n"
	      "\n"
	      "FILE: word TAB count a line; NAME.xz is read through xz.\n"
	      "--own        norms (profile standard, language TAG) in TAG's own letters only\n"
	      "--fold NAME  a rule of the folds that is off by default acts in norms\n"
	      "--letters    minority by the letter of the key in which the two words differ\n"
	      "--pairs N    the costliest pairs (10): rarer word, commonest word of its class\n"
	      "--laws       check the laws of key and norm on every word instead\n",
	      stderr);
	return 2;
}

/* argument is TAG=FILE and is cut in two. */
static int run(const struct request *request, char *argument)
{
	struct list list = {.tag = argument};
	char *const equals = strchr(argument, '=');
	if (!equals)
		return wrong_use();
	*equals = '\0';
	const uint16_t *alphabet = NULL;
	if (request->only_own && fold_alphabet(lafz_lang_id(list.tag), &alphabet) == 0) {
		fprintf(stderr, "key_cost: no letters are known of %s\n", list.tag);
		return 2;
	}
	bool is_good = list_read(&list, equals + 1);
	if (is_good)
		is_good = request->laws ? check_laws(&list, request->tables)
		                        : measure(&list, request);
	list_free(&list);
	return is_good ? 0 : 1;
}

/* Reads the options; *next gets the first argument behind them. 0, or what to exit with. */
static int read_options(struct request *request, int argc, char **argv, int *next)
{
	const char *fold = NULL;
	int i = 1;
	for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
		if (strcmp(argv[i], "--laws") == 0) {
			request->laws = true;
		} else if (strcmp(argv[i], "--own") == 0) {
			request->only_own = true;
		} else if (strcmp(argv[i], "--letters") == 0) {
			request->letters = true;
		} else if (strcmp(argv[i], "--fold") == 0 && i + 1 < argc) {
			fold = argv[++i];
		} else if (strcmp(argv[i], "--pairs") == 0 && i + 1 < argc) {
			char *end = NULL;
			request->pairs = strtoul(argv[++i], &end, 10);
			if (*end || end == argv[i] || request->pairs > MOST_PAIRS)
				return wrong_use();
		} else {
			return wrong_use();
		}
	}
	*next = i;
	if (i == argc || (request->laws && request->only_own))
		return wrong_use();
	if (fold && tables_switch_on(&request->tables, NULL, &fold, 1, &mem_default) < 0) {
		fprintf(stderr, "key_cost: no rule %s\n", fold);
		return 2;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct request request = {.pairs = 10};
	int next = 0;
	int rc = read_options(&request, argc, argv, &next);
	if (rc != 0)
		return rc;
	fputs(request.laws ? law_header : "#tag\ttypes\ttypes%\ttokens%\tminority%\n", stdout);
	for (int i = next; i < argc && rc != 2; i++) {
		const int got = run(&request, argv[i]);
		rc = got > rc ? got : rc;
	}
	lafz_tables_close(request.tables);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "key_cost: cannot write\n");
		return 1;
	}
	return rc;
}
