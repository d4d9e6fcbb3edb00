/*
 * easy_wide for AVX2.
 */
#include "text/easy.h"
#include "text/easy_avx2.h"
#include "unicode/ucd.h"

struct easy_wide {
	__m256i letters[2], marks[2], joins[2], signs[2], changed[2]; /* of the sieve */
	__m256i ascii, common_ends, common_follows; /* by the lower half of a byte */
	__m256i elided[2];
	const struct easy_sieve *sieve;
	bool has_contractions, has_more, joins_hyphens, has_elision, elides_qu, asks_hyphens, goes_on_small;
	bool asks_commas;
};

struct easy_seen {
	uint64_t letters, marks, joins, stops, commas, spaces, ends, full, hyphens, quotes;
	uint64_t asked; /* letters that become others, commas of ASCII and colons */
};

/* Of the one character of ASCII but letters that a byte may be by its lower half, what a table says. */
static inline __m256i easy_halves(const struct easy_sieve *sieve, const uint8_t *table)
{
	uint8_t row[16];
	for (size_t i = 0; i < sizeof row; i++)
		row[i] = sieve->ascii[i] < 0x80 ? table[sieve->ascii[i]] : 0;
	return pairs_row(row);
}

static inline struct easy_wide easy_begin(const struct easy_sieve *sieve)
{
	return (struct easy_wide){
		{pairs_row(sieve->letters[0]), pairs_row(sieve->letters[1])},
		{pairs_row(sieve->marks[0]), pairs_row(sieve->marks[1])},
		{pairs_row(sieve->joins[0]), pairs_row(sieve->joins[1])},
		{pairs_row(sieve->signs[0]), pairs_row(sieve->signs[1])},
		{pairs_row(sieve->changed[0]), pairs_row(sieve->changed[1])},
		pairs_row(sieve->ascii),
		easy_halves(sieve, sieve->common_ends),
		easy_halves(sieve, sieve->common_follows),
		{pairs_row(sieve->elided_letters[0]), pairs_row(sieve->elided_letters[1])},
		sieve,
		sieve->has_contractions,
		sieve->has_more,
		sieve->joins_hyphens,
		sieve->has_elision,
		sieve->elides_qu,
		sieve->asks_hyphens,
		sieve->goes_on_small,
		sieve->asks_commas,
	};
}

static inline uint64_t easy_small_letters(const char *s)
{
	return calm_from(s, 'a', 'z' - 'a');
}

/* Hyphens, quotes and semicolons, by the lower half of a byte. */
static inline __m256i easy_are_more(__m256i bytes)
{
	static const uint8_t marks[16] = {0xFF, [2] = '"', [11] = ';', [13] = '-'};
	return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(pairs_row(marks), bytes), bytes);
}

/* Commas and, in Arabic script, colons that are asked of. */
static inline __m256i easy_are_commas(__m256i bytes)
{
	static const uint8_t marks[16] = {0xFF, [10] = ':', [12] = ','};
	return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(pairs_row(marks), bytes), bytes);
}

__attribute__((always_inline)) static inline struct easy_seen easy_ascii(const struct easy_wide *wide, const char *s)
{
	struct easy_seen seen = {
		.joins = wide->has_contractions ? calm_equal(s, '\'') : 0,
		.stops = calm_bits(easy_are_stops(pairs_load(s)), easy_are_stops(pairs_load(s + 32))),
		.commas = calm_equal(s, ','),
		.spaces = calm_equal(s, ' '),
		.ends = calm_equal(s, '\n'),
		.full = calm_equal(s, '.'),
		.hyphens = wide->joins_hyphens ? calm_equal(s, '-') : 0,
	};
	/* mostly there are none */
	if (wide->has_more && calm_bits(easy_are_more(pairs_load(s)), easy_are_more(pairs_load(s + 32))) != 0) {
		seen.commas |= calm_equal(s, ';');
		seen.hyphens = calm_equal(s, '-');
		seen.quotes = calm_equal(s, '"');
	}
	return seen;
}

__attribute__((always_inline)) static inline struct easy_seen easy_look(const struct easy_wide *wide, const char *s)
{
	const uint64_t signs = easy_in(wide->signs, s);
	const uint64_t commas = signs & (calm_equal(s + 1, 0x8C) | calm_equal(s + 1, 0x9B));
	struct easy_seen seen = easy_ascii(wide, s);
	seen.commas = calm_bits(easy_are_commas(pairs_load(s)), easy_are_commas(pairs_load(s + 32)));
	seen.asked = seen.commas;
	seen.letters = easy_in(wide->letters, s);
	seen.marks = easy_in(wide->marks, s);
	seen.joins = easy_in(wide->joins, s);
	seen.commas |= commas;
	seen.stops |= signs & ~commas;
	/* mostly there are none */
	if ((calm_from(s, 0xD8, 3) & ~(seen.letters | seen.marks | signs)) != 0) {
		const uint64_t changed = easy_in(wide->changed, s);
		seen.asked |= changed;
		seen.letters |= changed;
		seen.joins |= changed;
	}
	return seen;
}

/* Mostly there are few. */
static inline uint32_t *easy_write(uint64_t bits, uint32_t add, uint32_t *out)
{
	uint32_t *const end = out + _mm_popcnt_u64(bits);
	do {
		for (size_t k = 0; k < 2; k++, bits = _blsr_u64(bits))
			*out++ = add + (uint32_t)_tzcnt_u64(bits);
	} while (out < end);
	return end;
}

/* 80 where they are. */
static inline __m256i are_elided(const struct easy_wide *wide, __m256i bytes)
{
	/* what 10 says is moved to where a blend looks for it */
	return _mm256_blendv_epi8(_mm256_shuffle_epi8(wide->elided[0], bytes), _mm256_shuffle_epi8(wide->elided[1], bytes),
	                          _mm256_slli_epi16(bytes, 3));
}

static inline uint64_t easy_elided(const struct easy_wide *wide, const char *s)
{
	return calm_bits(are_elided(wide, pairs_load(s)), are_elided(wide, pairs_load(s + 32)));
}

/* Of 32 bytes of a common block. */
struct half {
	__m256i letters, ends, follows; /* which are letters; bits of enum easy_common_end */
};

static inline struct half half_of(const struct easy_wide *wide, const char *s)
{
	const __m256i bytes = pairs_load(s), letters = easy_are_letters(bytes);
	const __m256i own = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(wide->ascii, bytes), bytes);
	const __m256i ends = _mm256_and_si256(_mm256_shuffle_epi8(wide->common_ends, bytes), own);
	const __m256i follows = _mm256_and_si256(_mm256_shuffle_epi8(wide->common_follows, bytes), own);
	const __m256i of_letters = pairs_all(EASY_ENDS_WORD | EASY_ENDS_INNER | EASY_ENDS_SPACE | EASY_ENDS_LINE);
	return (struct half){
		letters,
		_mm256_or_si256(ends, _mm256_and_si256(letters, pairs_all(EASY_ENDS_LETTER))),
		_mm256_or_si256(follows, _mm256_and_si256(letters, of_letters)),
	};
}

/* FF where D stands behind x. */
static inline __m256i are_smiles(const char *s)
{
	const __m256i behind = _mm256_or_si256(pairs_load(s - 1), pairs_all(0x20));
	return _mm256_and_si256(_mm256_cmpeq_epi8(pairs_load(s), pairs_all('D')), _mm256_cmpeq_epi8(behind, pairs_all('x')));
}

/* FF where a byte stands behind none that it may stand behind; the ends before the 32 bytes are those of ends_before, which end there. */
static inline __m256i half_bad(const struct half *half, __m256i ends_before, const char *s)
{
	const __m256i behind = _mm256_alignr_epi8(half->ends, _mm256_permute2x128_si256(ends_before, half->ends, 0x21), 15);
	const __m256i both = _mm256_and_si256(half->follows, behind);
	return _mm256_or_si256(_mm256_cmpeq_epi8(both, _mm256_setzero_si256()), are_smiles(s));
}

/* Bytes that have one of some bits. */
static inline uint64_t half_with(const struct half halves[2], uint8_t bits)
{
	const __m256i all = pairs_all(bits), none = _mm256_setzero_si256();
	return ~calm_bits(_mm256_cmpeq_epi8(_mm256_and_si256(halves[0].ends, all), none),
	                  _mm256_cmpeq_epi8(_mm256_and_si256(halves[1].ends, all), none));
}

static inline struct easy_common easy_common(const struct easy_wide *wide, const char *s)
{
	const struct half halves[2] = {half_of(wide, s), half_of(wide, s + 32)};
	const uint8_t last = wide->sieve->common_ends[(unsigned char)s[-1]];
	const uint64_t letters = calm_bits(halves[0].letters, halves[1].letters);
	const uint64_t ends = half_with(halves, EASY_ENDS_LINE), full = half_with(halves, EASY_ENDS_FULL);
	return (struct easy_common){
		.bad = calm_bits(half_bad(&halves[0], _mm256_set1_epi8((char)last), s), half_bad(&halves[1], halves[0].ends, s + 32)),
		.letters = letters,
		.inner = half_with(halves, EASY_ENDS_INNER),
		.ends = ends,
		.edits = half_with(halves, EASY_ENDS_MARK) & (letters << 1 | ((last & EASY_ENDS_WORD) != 0)),
		.asked = ends & (full << 1 | ((last & EASY_ENDS_FULL) != 0)),
	};
}

#include "text/easy_wide.h"

/* ---- Latin script ---- */

static inline uint64_t easy_kept(const char *s)
{
	return (calm_equal(s, 'o') & calm_equal(s + 1, 'n')) | (calm_equal(s, 'e') & calm_equal(s + 3, '-'));
}

static inline uint64_t easy_qu(const char *s)
{
	return (calm_equal(s, 'q') | calm_equal(s, 'Q')) & calm_equal(s + 1, 'u');
}

static inline struct easy_latin_block easy_latin_block(const struct easy_wide *wide, const char *s, struct easy_before *before,
                                                       struct easy_bits *bits)
{
	const uint64_t white_before = before->spaces | before->line_end;
	struct easy_more more;
	const struct easy_seen now = easy_ascii(wide, s);
	struct easy_block block = easy_letters(wide, s, &now, before, false, &more);
	const uint64_t inner = block.inner, inner_bytes = block.inner_bytes, questions = now.stops & ~now.full;
	const uint64_t going_on = now.spaces & (questions << 1 | before->questions);
	block.inner |= now.hyphens;
	block.inner_bytes |= now.hyphens;
	easy_put(&block, before, false, bits);
	bits->words &= ~now.hyphens;
	before->full = now.full >> 63;
	before->line_end = now.ends >> 63;
	before->questions = questions >> 63;
	return (struct easy_latin_block){
		.letters = block.words,
		.ascii = block.ascii,
		.inner = inner,
		.inner_bytes = inner_bytes,
		.hyphens = now.hyphens,
		.behind_white = (now.spaces | now.ends) << 1 | white_before,
		.going_on = going_on,
		.asked = block.asked,
	};
}

#include "text/easy_latin.h"

/* Of what stands behind ZWNJ, or behind the letter that may change where it is last, what is bad and what is asked of. */
struct asked {
	uint64_t bad, asked;
};

/*
 * ZWNJ stands between a letter that joins and another one; what is not so is asked of. How often it comes is not foreseen.
 */
__attribute__((always_inline)) static inline uint64_t ask_zwnj(const struct easy_seen *now, uint64_t zwnj, const struct easy_before *before)
{
	return (zwnj & ~(now->joins << 2 | before->joins)) | ((zwnj << 3 | before->zwnj) & ~now->letters);
}

/* The letter that may change where it is last: behind it stands another one, or it is asked of. */
__attribute__((always_inline)) static inline struct asked ask_last(const struct easy_wide *wide, const struct easy_seen *now, const char *s, struct easy_before *before)
{
	const uint8_t *const last = wide->sieve->last;
	if (last[0] == 0)
		return (struct asked){0, 0};
	const uint64_t lasts = calm_equal(s, last[0]) & calm_equal(s + 1, last[1]);
	const uint64_t odd = (lasts << 2 | before->inner) & ~now->letters;
	before->inner = lasts >> 62;
	return (struct asked){odd & (now->marks | now->hyphens), odd};
}

/* Speech as an easy line may hold it: of all of it it is asked. */
struct speech {
	uint64_t guillemets, tails, asked;
};

__attribute__((always_inline)) static inline struct speech easy_speech(const struct easy_seen *now, const char *s, struct easy_before *before)
{
	const uint64_t guillemets = easy_guillemets(s), tails = guillemets << 1 | before->guillemet;
	const uint64_t behind = tails << 1 | before->guillemet_end, white = (now->spaces | now->ends) << 1 | before->spaces | before->line_end;
	before->guillemet = guillemets >> 63;
	before->guillemet_end = tails >> 63;
	before->line_end = now->ends >> 63;
	return (struct speech){guillemets, tails, guillemets | ((now->commas | now->stops) & behind) | (now->hyphens & white)};
}

__attribute__((always_inline)) static inline uint64_t easy_arabic_of(const struct easy_wide *wide, const char *s, struct easy_before *before,
                                                                     struct easy_bits *bits, bool has_speech)
{
	const struct easy_seen now = easy_look(wide, s);
	const uint64_t beyond = calm_beyond(s), comma = now.commas & beyond, stop = now.stops & beyond;
	const uint64_t comma_tails = comma << 1 | before->comma, stop_tails = stop << 1 | before->stop;
	const uint64_t stop_ends = (now.stops ^ stop) | stop_tails;
	const uint64_t firsts = now.letters | now.marks;
	/* a mark stands behind a letter or behind a mark that does; of three in a row norm is asked */
	const uint64_t behind = now.marks & (now.marks << 2 | before->marks);
	const uint64_t third = behind & (behind << 2 | before->behind);
	const uint64_t zwnj = easy_general(s) & calm_equal(s + 2, 0x8C);
	const struct speech speech = has_speech ? easy_speech(&now, s, before) : (struct speech){0, 0, 0};
	const struct asked of_last = ask_last(wide, &now, s, before);
	const uint64_t of_zwnj = ask_zwnj(&now, zwnj, before);
	const uint64_t bad = third | (now.marks & ~(behind | now.letters << 2 | before->letters)) | of_last.bad;
	const uint64_t words = firsts | firsts << 1 | before->firsts | zwnj | zwnj << 1 | zwnj << 2 | before->zwnj >> 1 | before->zwnj >> 2;
	const uint64_t inner_ends = now.spaces & (stop_ends << 1 | before->stops);
	const uint64_t asked = speech.asked | (behind & ~third) | of_zwnj | of_last.asked | inner_ends | now.asked;
	before->zwnj = zwnj >> 61;
	before->firsts = firsts >> 63;
	before->letters = now.letters >> 62;
	before->marks = now.marks >> 62;
	before->behind = behind >> 62;
	before->joins = now.joins >> 62;
	before->comma = comma >> 63;
	before->stop = stop >> 63;
	const struct easy_block block = {
		.words = words,
		.inner = now.hyphens,
		.inner_bytes = now.hyphens,
		.commas = now.commas | speech.guillemets,
		.comma_ends = (now.commas ^ comma) | comma_tails | speech.tails,
		.stops = now.stops,
		.stop_ends = stop_ends,
		.after_comma = now.letters,
		.spaces = now.spaces,
		.ends = now.ends,
		.bad = bad,
	};
	easy_put(&block, before, false, bits);
	/* nothing else is bad of a space behind a stop, or of speech */
	bits->bad &= ~(inner_ends | speech.asked);
	bits->words &= ~now.hyphens;
	return asked | (wide->asks_commas ? comma : 0) | (now.hyphens & ~bits->bad);
}

static inline uint64_t easy_arabic(const struct easy_wide *wide, const char *s, struct easy_before *before, struct easy_bits *bits)
{
	return easy_arabic_of(wide, s, before, bits, false);
}

static inline uint64_t easy_arabic_speech(const struct easy_wide *wide, const char *s, struct easy_before *before, struct easy_bits *bits)
{
	return easy_arabic_of(wide, s, before, bits, true);
}

size_t easy_find_avx2(const char *text, uint32_t len, const struct easy_sieve *sieve, struct easy_bits *bits,
                      uint32_t *places, bool *leaves_out)
{
	if (sieve->has_more)
		return easy_wide_find(text, len, sieve, bits, places, leaves_out, easy_latin_more);
	if (sieve->is_latin)
		return easy_wide_find(text, len, sieve, bits, places, leaves_out, easy_latin);
	if (sieve->has_speech)
		return easy_wide_find(text, len, sieve, bits, places, leaves_out, easy_arabic_speech);
	return easy_wide_find(text, len, sieve, bits, places, leaves_out, easy_arabic);
}

/*
 * Of lines that end among 64 bytes, those that hold something bad, at their LF. Adding ones to a line that has a bad byte carries
 * to its end. *carry: what the line under way holds.
 */
static inline uint64_t find_bad(uint64_t bad, uint64_t ends, uint64_t *carry)
{
	unsigned long long sum;
	const bool over = __builtin_add_overflow(bad & ~ends, ~ends, &sum);
	const bool over_too = __builtin_add_overflow(sum, *carry, &sum);
	*carry = over | over_too;
	return (sum | bad) & ends;
}

/* The byte behind the last of some, not none, among the k-th 64. */
static inline uint32_t end_of_last(uint64_t bits, size_t k)
{
	return (uint32_t)(64 * k + 64) - (uint32_t)__builtin_clzll(bits);
}

size_t easy_tell_bmi2(const struct easy_bits *bits, uint32_t len, struct easy_stretch *out)
{
	struct easy_stretch *const first = out;
	uint64_t is_bad = 0, last = 0; /* the line under way; the one before it */
	uint32_t end = 0;              /* where that ends */
	for (size_t k = 0; k < easy_blocks(len); k++) {
		const uint64_t ends = bits[k].ends;
		/* most are easy, and so are those before them */
		if ((bits[k].bad | is_bad | last) == 0) {
			end = ends != 0 ? end_of_last(ends, k) : end;
			continue;
		}
		const uint64_t bad = _pext_u64(find_bad(bits[k].bad, ends, &is_bad), ends);
		const uint64_t n = (uint64_t)_mm_popcnt_u64(ends);
		/* a line for each bit: whether it is otherwise than the one before */
		const uint64_t differs = (bad ^ (bad << 1 | last)) & _bzhi_u64(~UINT64_C(0), (uint32_t)n);
		for (uint64_t left = _pdep_u64(differs, ends); left != 0; left = _blsr_u64(left)) {
			const uint64_t before = ends & (_blsi_u64(left) - 1);
			const uint32_t at = before != 0 ? end_of_last(before, k) : end;
			*out++ = (struct easy_stretch){at, last == 0};
			last ^= 1;
		}
		end = ends != 0 ? end_of_last(ends, k) : end;
	}
	*out++ = (struct easy_stretch){end, last == 0};
	if (end < len)
		*out++ = (struct easy_stretch){len, false};
	return (size_t)(out - first);
}

size_t easy_list_bmi2(const struct easy_bits *bits, uint32_t len, struct easy_words *words)
{
	const size_t n = easy_blocks(len);
	uint32_t *out = words->lines;
	uint64_t before = 0;
	for (size_t k = 0; k < n; k++) {
		const uint64_t own = bits[k].words, moved = own << 1 | before;
		words->begins[k] = own & ~moved;
		words->ends[k] = moved & ~own;
		before = own >> 63;
		out = easy_write(bits[k].ends, (uint32_t)(64 * k), out);
	}
	return (size_t)(out - words->lines);
}

/* ---- Tokens ---- */

#define ONES UINT64_C(0x0101010101010101)

static inline void easy_put_places(uint64_t bits, uint32_t add, uint32_t *out)
{
	(void)easy_write(bits, add, out);
}

static inline void easy_put_ranks(uint64_t bits, uint32_t add, uint32_t *out)
{
	for (uint32_t i = 0; bits != 0; i++, bits = _blsr_u64(bits))
		*out++ = add + (uint32_t)_tzcnt_u64(bits) - i;
}

/* Eight at a time. */
static inline void easy_put_kinds(const struct tokens *tokens, size_t first, size_t n, uint64_t marks, uint8_t script)
{
	for (size_t i = 0; i < n; i += 8) {
		const uint64_t own = _pdep_u64(marks >> i, ONES);
		const uint64_t kinds = own * LAFZ_KIND_PUNCT, scripts = (own ^ ONES) * script;
		memcpy(tokens->kind + first + i, &kinds, sizeof kinds);
		memcpy(tokens->script + first + i, &scripts, sizeof scripts);
	}
}

static inline void easy_add_flag(uint16_t *flags, struct easy_flagged tokens)
{
	for (uint64_t left = tokens.which; left != 0; left = _blsr_u64(left))
		flags[_tzcnt_u64(left)] |= (uint16_t)tokens.flag;
}

static inline void easy_put_flags(uint16_t *flags, size_t n, struct easy_flagged first, struct easy_flagged second)
{
	for (size_t i = 0; i < n; i += 8)
		memset(flags + i, 0, 8 * sizeof *flags);
	easy_add_flag(flags, first);
	easy_add_flag(flags, second);
}

#include "text/easy_make.h"

void easy_make_avx2(const struct easy_making *now, uint32_t from, uint32_t to, struct easy_lines *lines)
{
	easy_make(now, from, to, lines);
}
