/*
 * key_plain for AVX2, 32 bytes at a time: most letters stay as they are and are copied, those that become others are written
 * over them one by one.
 */
#include "norm/key.h"
#include "norm/pairs_avx2.h"

/* Bytes of ASCII in lower case; others stay. */
static inline __m256i lower(__m256i bytes)
{
	const __m256i from = _mm256_cmpgt_epi8(bytes, pairs_all('A' - 1));
	const __m256i capitals = _mm256_andnot_si256(_mm256_cmpgt_epi8(bytes, pairs_all('Z')), from);
	return _mm256_add_epi8(bytes, _mm256_and_si256(capitals, pairs_all('a' - 'A')));
}

/*
 * Writes over the letters at stops of a block what they become. Returns the bytes up to the first that is not plain, or that ends in
 * the next block; 32: there is none.
 */
static inline size_t change(const char *text, char *out, uint32_t stops, bool *is_plain)
{
	while (stops != 0) {
		const size_t at = (size_t)__builtin_ctz(stops);
		*is_plain = key_pair(text + at, out + at);
		if (!*is_plain || at == 31)
			return at;
		stops &= ~(3u << at);
	}
	return 32;
}

size_t key_plain_avx2(const char *text, size_t len, char *out)
{
	const __m256i same[2] = {pairs_row(key_same[0]), pairs_row(key_same[1])};
	uint32_t tail = 0; /* the block begins with the second byte of a letter that stays */
	size_t i = 0;
	while (len - i > 32) {
		const __m256i bytes = pairs_load(text + i);
		_mm256_storeu_si256((__m256i *)(out + i), lower(bytes));
		const uint32_t beyond = pairs_bits(bytes);
		if (beyond == 0) {
			i += 32;
			continue;
		}
		const uint32_t stay = pairs_bits(pairs_in(same, text + i));
		const uint32_t stops = beyond & ~(stay | stay << 1 | tail);
		bool is_plain = true;
		const size_t done = change(text + i, out + i, stops, &is_plain);
		i += done;
		if (!is_plain)
			return i;
		tail = done == 32 ? stay >> 31 : 0;
	}
	i -= tail;
	return i + key_plain(text + i, len - i, out + i);
}
