/*
 * utf8proc on standard input: the form NFKC_Casefold, then words as rows of letters, marks and
 * digits inside grapheme clusters, one a line. It has no word rules; this is the nearest it offers.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "blocks.h"

/* U+FDFA becomes 18 characters: the most that NFKC_Casefold makes of one. */
#define NORM_MOST (18 * BLOCK_MOST)

#define OPTIONS                                                                                    \
	(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE)

/* utf8proc refuses a text for one bad byte: text without them, in *clean, U+FFFD for each. */
static size_t mend(const char *block, size_t len, char *clean)
{
	size_t n = 0;
	for (size_t off = 0; off < len;) {
		utf8proc_int32_t cp = 0;
		utf8proc_ssize_t got = utf8proc_iterate((const utf8proc_uint8_t *)block + off,
		                                        (utf8proc_ssize_t)(len - off), &cp);
		if (got < 0) {
			n += (size_t)utf8proc_encode_char(0xFFFD, (utf8proc_uint8_t *)clean + n);
			off++;
			continue;
		}
		memcpy(clean + n, block + off, (size_t)got);
		n += (size_t)got;
		off += (size_t)got;
	}
	return n;
}

static bool is_of_word(utf8proc_int32_t cp)
{
	const utf8proc_category_t category = utf8proc_category(cp);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ND) ||
	       category == UTF8PROC_CATEGORY_PC;
}

static void put_words(struct blocks *blocks, const utf8proc_int32_t *norm, size_t n)
{
	static char word[4 * NORM_MOST];
	size_t len = 0;
	utf8proc_int32_t state = 0;
	for (size_t i = 0; i < n; i++) {
		const bool is_inside = len > 0 && i > 0 &&
		                       !utf8proc_grapheme_break_stateful(norm[i - 1], norm[i],
		                                                         &state);
		if (is_inside || is_of_word(norm[i])) {
			len += (size_t)utf8proc_encode_char(norm[i], (utf8proc_uint8_t *)word + len);
			continue;
		}
		if (len > 0)
			blocks_put(blocks, word, len);
		len = 0;
	}
	if (len > 0)
		blocks_put(blocks, word, len);
}

int main(void)
{
	static struct blocks blocks;
	static char clean[3 * BLOCK_MOST];
	static utf8proc_int32_t norm[NORM_MOST];
	const char *block = NULL;
	for (size_t len; (len = blocks_next(&blocks, &block)) > 0;) {
		const size_t n_clean = mend(block, len, clean);
		utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)clean,
		                                        (utf8proc_ssize_t)n_clean, norm, NORM_MOST,
		                                        (utf8proc_option_t)OPTIONS);
		if (n >= 0)
			n = utf8proc_normalize_utf32(norm, n, (utf8proc_option_t)OPTIONS);
		if (n < 0) {
			fprintf(stderr, "peer_utf8proc: %s\n", utf8proc_errmsg(n));
			return 1;
		}
		put_words(&blocks, norm, (size_t)n);
	}
	blocks_flush(&blocks);
	return 0;
}
