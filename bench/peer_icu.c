/*
 * ICU on standard input.
 *
 *	peer_icu chain   the work of `lafz -f text` as ICU does it: converter, normaliser NFKC_CF, word
 *	                 iterator, UTF-8 again; the words that hold letters or digits, one a line
 *	peer_icu words   the word iterator alone; only the conversion to UTF-16 goes before it
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "blocks.h"

/* U+FDFA becomes 18 characters: the most that NFKC_CF makes of one. */
#define NORM_MOST (18 * BLOCK_MOST)

struct icu {
	struct blocks blocks;
	UConverter *converter;
	const UNormalizer2 *normalizer;
	UBreakIterator *words;
	UChar source[BLOCK_MOST + 1], norm[NORM_MOST + 1];
	char word[3 * NORM_MOST];
};

static void must(UErrorCode status, const char *what)
{
	if (U_SUCCESS(status))
		return;
	fprintf(stderr, "peer_icu: %s: %s\n", what, u_errorName(status));
	exit(1);
}

static int32_t convert(struct icu *icu, const char *block, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar *target = icu->source;
	ucnv_toUnicode(icu->converter, &target, icu->source + BLOCK_MOST, &block, block + len, NULL,
	               0, &status);
	must(status, "converter");
	return (int32_t)(target - icu->source);
}

static void put_word(struct icu *icu, int32_t from, int32_t to)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t len = 0;
	u_strToUTF8WithSub(icu->word, sizeof icu->word, &len, icu->norm + from, to - from, 0xFFFD,
	                   NULL, &status);
	must(status, "UTF-8");
	blocks_put(&icu->blocks, icu->word, (size_t)len);
}

static void chain(struct icu *icu, const char *block, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	const int32_t n = convert(icu, block, len);
	const int32_t n_norm = unorm2_normalize(icu->normalizer, icu->source, n, icu->norm,
	                                        NORM_MOST, &status);
	ubrk_setText(icu->words, icu->norm, n_norm, &status);
	must(status, "normaliser or iterator");
	int32_t from = ubrk_first(icu->words);
	for (int32_t to; (to = ubrk_next(icu->words)) != UBRK_DONE; from = to)
		if (ubrk_getRuleStatus(icu->words) >= UBRK_WORD_NONE_LIMIT)
			put_word(icu, from, to);
}

static size_t count_words(struct icu *icu, const char *block, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	ubrk_setText(icu->words, icu->source, convert(icu, block, len), &status);
	must(status, "iterator");
	size_t n = 0;
	ubrk_first(icu->words);
	while (ubrk_next(icu->words) != UBRK_DONE)
		n += ubrk_getRuleStatus(icu->words) >= UBRK_WORD_NONE_LIMIT;
	return n;
}

int main(int argc, char **argv)
{
	static struct icu icu;
	UErrorCode status = U_ZERO_ERROR;
	const char *block = NULL;
	size_t n = 0;
	if (argc != 2 || (strcmp(argv[1], "chain") != 0 && strcmp(argv[1], "words") != 0)) {
		fprintf(stderr, "usage: peer_icu chain|words\n");
		return 2;
	}
	const int is_chain = argv[1][0] == 'c';
	icu.converter = ucnv_open("UTF-8", &status);
	icu.normalizer = unorm2_getNFKCCasefoldInstance(&status);
	icu.words = ubrk_open(UBRK_WORD, "root", NULL, 0, &status);
	must(status, "opening");
	for (size_t len; (len = blocks_next(&icu.blocks, &block)) > 0;) {
		if (is_chain)
			chain(&icu, block, len);
		else
			n += count_words(&icu, block, len);
	}
	blocks_flush(&icu.blocks);
	if (!is_chain)
		printf("%zu\n", n);
	ubrk_close(icu.words);
	ucnv_close(icu.converter);
	return 0;
}
