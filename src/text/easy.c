#include "text/easy.h"

#include <string.h>

#include "base/bits.h"
#include "lang.h"
#include "norm/calm.h"
#include "scan/wide_choice.h"
#include "text/easy_inside.h"
#include "text/easy_again.h"
#include "text/turn.h"
#include "unicode/ucd.h"
#include "word/lists.h"

const struct easy_kernel *easy_kernel_find(const char *kernel)
{
#ifdef LAFZ_KERNEL_AVX2
	static const struct easy_kernel avx2 = {easy_find_avx2, easy_leave_plain, easy_tell_bmi2, easy_list_bmi2, easy_copy_plain,
	                                        easy_make_avx2};
#ifdef LAFZ_KERNEL_AVX512
	static const struct easy_kernel avx512 = {easy_find_avx512, easy_leave_avx512, easy_tell_bmi2, easy_list_bmi2,
	                                          easy_copy_avx512, easy_make_avx512};
	if (strcmp(kernel, "avx512") == 0)
		return &avx512;
#endif
	if (wide_choice_has_avx2(kernel))
		return &avx2;
#endif
	(void)kernel;
	return NULL;
}

/* ---- What easy lines hold ---- */

#define ARABIC_COMMA 0x060C
#define ARABIC_QUESTION 0x061F
#define URDU_STOP 0x06D4

static uint8_t kind_of(uint32_t cp, uint8_t calm, uint8_t hints)
{
	const struct ucd_row *const row = ucd_get(cp);
	if (cp == ARABIC_COMMA)
		return EASY_COMMA;
	if (cp == ARABIC_QUESTION || cp == URDU_STOP)
		return EASY_STOP;
	if (calm == FOLD_CALM_MARK && row->atom == UCD_ATOM_MARK)
		return EASY_MARK;
	if (calm != FOLD_CALM || row->atom != UCD_ATOM_LETTER || row->atom_script != UCD_SCRIPT_ARAB ||
	    !(row->atom_flags & ATOM_LETTER) || row->atom_flags & ATOM_CONTROL)
		return 0;
	return EASY_LETTER | (hints & FOLD_HINT_JOINS ? EASY_JOINS : 0);
}

static uint8_t code_of(uint8_t kind)
{
	if (kind & EASY_LETTER)
		return kind & EASY_JOINS ? EASY_CODE_JOINS : EASY_CODE_LETTER;
	if (kind & EASY_MARK)
		return EASY_CODE_MARK;
	return kind & EASY_COMMA ? EASY_CODE_COMMA_TWO : kind & EASY_STOP ? EASY_CODE_STOP_TWO : EASY_CODE_NONE;
}

/* No two of them have the same lower half. */
static void set_ascii(struct easy_sieve *sieve)
{
	const struct {
		uint8_t byte, kind;
		bool is_there;
	} rows[] = {
		{' ', EASY_SPACE, true},
		{'\n', EASY_END, true},
		{',', EASY_COMMA, true},
		{'?', EASY_STOP, true},
		{'!', EASY_STOP, true},
		{'.', EASY_STOP | EASY_FULL, true},
		{'\'', EASY_JOINS, sieve->has_contractions},
		{'-', EASY_HYPHEN, sieve->has_more || sieve->joins_hyphens},
		{';', EASY_COMMA, sieve->has_more},
		{'"', EASY_QUOTE, sieve->has_more},
	};
	memset(sieve->ascii, 0xFF, sizeof sieve->ascii);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!rows[i].is_there)
			continue;
		sieve->ascii[rows[i].byte & 15] = rows[i].byte;
		sieve->ascii_kinds[rows[i].byte & 15] = rows[i].kind;
	}
}

/* What common blocks hold: letters and some of the others. */
static void set_common(struct easy_sieve *sieve)
{
	const struct {
		uint8_t kind, ends, follows;
	} rows[] = {
		{EASY_SPACE, EASY_ENDS_SPACE, EASY_ENDS_WORD | EASY_ENDS_COMMA},
		{EASY_END, EASY_ENDS_LINE, EASY_ENDS_WORD | EASY_ENDS_MARK},
		{EASY_COMMA, EASY_ENDS_COMMA, EASY_ENDS_WORD | EASY_ENDS_SPACE},
		{EASY_STOP, EASY_ENDS_STOP, EASY_ENDS_WORD | EASY_ENDS_SPACE},
		{EASY_STOP | EASY_FULL, EASY_ENDS_FULL, EASY_ENDS_WORD | EASY_ENDS_SPACE},
		{EASY_JOINS, EASY_ENDS_INNER, EASY_ENDS_WORD},
	};
	for (size_t i = 0; i < sizeof sieve->ascii; i++) {
		for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
			if (sieve->ascii[i] >= 0x80 || sieve->ascii_kinds[i] != rows[row].kind)
				continue;
			sieve->common_ends[sieve->ascii[i]] = rows[row].ends;
			sieve->common_follows[sieve->ascii[i]] = rows[row].follows;
		}
	}
	for (unsigned i = 0; i < 26; i++) {
		const uint8_t follows = EASY_ENDS_WORD | EASY_ENDS_INNER | EASY_ENDS_SPACE | EASY_ENDS_LINE;
		sieve->common_ends['A' + i] = sieve->common_ends['a' + i] = EASY_ENDS_LETTER;
		sieve->common_follows['A' + i] = sieve->common_follows['a' + i] = follows;
	}
	sieve->common_ends['X'] = sieve->common_ends['x'] = EASY_ENDS_X;
	sieve->common_follows['D'] &= (uint8_t)~EASY_ENDS_X;
}

/* The letter of Arabic script that stays where another one is behind it: heh in Sorani. Of several the first. */
static void set_inner(struct easy_sieve *sieve, const struct fold_table *table)
{
	unsigned place = 0;
	while (place < 256 && !(table->hints[place] & FOLD_HINT_LAST))
		place++;
	if (place == 256)
		return;
	sieve->inner[0] = (uint8_t)(0xD8 | place >> 6);
	sieve->inner[1] = (uint8_t)(0x80 | (place & 63));
	sieve->kinds[place] = EASY_LETTER;
	sieve->codes[place] = EASY_CODE_INNER;
	sieve->letters[place >> 7][place & 15] |= (uint8_t)(1u << ((place >> 4 & 3) | (place >> 6 & 1) << 2));
}

void easy_sieve_make(struct easy_sieve *sieve, uint16_t lang, const struct fold_table *table)
{
	const uint8_t script = lang_script(lang);
	*sieve = (struct easy_sieve){
		.is_known = script == UCD_SCRIPT_LATN || script == UCD_SCRIPT_ARAB,
		.is_latin = script == UCD_SCRIPT_LATN,
		/* glottal-y */
		.has_contractions = script == UCD_SCRIPT_LATN && lang != LANG_HA,
		.has_elision = lists_has_elision(lang),
		.joins_hyphens = lists_joins_hyphens(lang),
		/* Turkish and its like: what says, ordinals */
		.ends_inside = script == UCD_SCRIPT_LATN && lang != LANG_TR && lang != LANG_AZ && lang != LANG_UZ,
		.asks_commas = lang == LANG_UG,
		.elided = lists_has_elision(lang) ? lists_elided_letters(lang) : 0,
		.has_more = lang == LANG_EN,
		.lang = lang,
	};
	set_ascii(sieve);
	if (sieve->is_latin)
		set_common(sieve);
	if (sieve->is_latin)
		lists_tails(lang, sieve->tails);
	if (sieve->has_more)
		lists_prefix_lens(lang, sieve->prefixes);
	for (unsigned first = 0; first < 4; first++) {
		for (unsigned second = 0; second < 64; second++) {
			const unsigned place = first << 6 | second;
			const uint8_t kind = kind_of(0x600 + place, table->calm[first << 8 | 0x80 | second],
			                             table->hints[place]);
			const uint8_t bit = (uint8_t)(1u << ((second >> 4) | (first & 1) << 2));
			const unsigned row = first >> 1, column = second & 15;
			sieve->kinds[place] = kind;
			sieve->codes[place] = code_of(kind);
			sieve->letters[row][column] |= kind & EASY_LETTER ? bit : 0;
			sieve->marks[row][column] |= kind & EASY_MARK ? bit : 0;
			sieve->joins[row][column] |= kind & EASY_JOINS ? bit : 0;
			sieve->signs[row][column] |= kind & (EASY_STOP | EASY_COMMA) ? bit : 0;
		}
	}
	if (!sieve->is_latin)
		set_inner(sieve, table);
}

const struct easy_sieve *easy_sieve_of(struct easy_sieves *sieves, const struct lafz_allocator *mem, uint16_t lang)
{
	struct easy_sieve **const own = &sieves->of[lang];
	if (!*own) {
		*own = mem_alloc(mem, sizeof **own);
		if (*own) {
			easy_sieve_make(*own, lang, fold_table(lang));
			(*own)->joins_hyphens &= !sieves->is_of_pieces;
		}
	}
	return *own;
}

void easy_sieves_free(struct easy_sieves *sieves, const struct lafz_allocator *mem)
{
	for (size_t lang = 0; lang < LANG_COUNT; lang++)
		mem_free(mem, sieves->of[lang]);
}

/* ---- Lines ---- */

static void free_bits(struct easy *easy, const struct lafz_allocator *mem)
{
	mem_free(mem, easy->bits);
	mem_free(mem, easy->stretches);
	mem_free(mem, easy->places);
	mem_free(mem, easy->breaks);
	easy->bits = NULL;
	easy->stretches = NULL;
	easy->places = NULL;
	easy->breaks = NULL;
	easy->cap = 0;
}

static int reserve(struct easy *easy, const struct lafz_allocator *mem, uint32_t len)
{
	if (len <= easy->cap)
		return LAFZ_OK;
	const uint32_t cap = len / 2 < easy->cap && easy->cap <= UINT32_MAX / 2 ? 2 * easy->cap : len;
	free_bits(easy, mem);
	/* one more, which copying reads */
	easy->bits = mem_alloc(mem, (easy_blocks(cap) + 1) * sizeof *easy->bits);
	easy->stretches = mem_alloc(mem, easy_stretches(cap) * sizeof *easy->stretches);
	easy->places = mem_alloc(mem, easy_places(cap) * sizeof *easy->places);
	easy->breaks = mem_alloc(mem, easy_places(cap) * sizeof *easy->breaks);
	if (!easy->bits || !easy->stretches || !easy->places || !easy->breaks) {
		free_bits(easy, mem);
		return LAFZ_ERR_MEMORY;
	}
	easy->cap = cap;
	return LAFZ_OK;
}

/* Whether there is an apostrophe: U+2019 alone begins with E2 in a word. */
static bool has_apostrophe(const char *word, uint32_t len)
{
	return memchr(word, '\'', len) || memchr(word, 0xE2, len);
}

bool easy_is_taken(const struct easy *easy, const char *word, uint32_t len)
{
	const uint16_t lang = easy->sieve->lang;
	return lists_may_take_full_stop(easy->filter, word, len) && !has_apostrophe(word, len) &&
	       (lists_is_letter(word, len) || lists_is_abbreviation(lang, word, len) || lists_needs_number(lang, word, len));
}

/* Whether a full stop at a place may belong to the word before it. Not to one with an apostrophe inside, but by elision. */
static inline bool may_be_taken(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t len = easy->sieve->has_elision ? easy_second_before(easy, text, at) : easy_word_before(easy, at);
	const char *const word = text + at - len;
	return len > 0 && lists_may_take_full_stop(easy->filter, word, len) && !has_apostrophe(word, len);
}

/* The same where no number follows, asked of the lists. In English alone, which has no ordinals. */
static bool is_taken_at_end(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t len = easy_word_before(easy, at);
	const char *const word = text + at - len;
	const bool is_pronoun = len == 1 && *word == 'I' && at > 1 && word[-1] == ' ';
	return may_be_taken(easy, text, at) && !is_pronoun &&
	       (lists_is_letter(word, len) || lists_is_abbreviation(easy->sieve->lang, word, len));
}

/* Whether the hyphen at a place may join the word before it to the one behind. */
static inline bool may_join(const struct easy *easy, const char *text, uint32_t at)
{
	const struct easy_sieve *const sieve = easy->sieve;
	const uint32_t len = easy_word_before(easy, at);
	const char *const word = text + at - len;
	return len < 8 && sieve->prefixes[(unsigned char)*word & 31] >> len & 1 && lists_is_prefix(sieve->lang, word, len);
}

/* Whether a sentence goes on behind a word and the full stop at a place, whatever stands behind. St. may be a street. */
static inline bool is_title(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t len = easy_word_before(easy, at);
	const char *const word = text + at - len;
	/* most by far */
	if ((len == 2 && memcmp(word, "Mr", 2) == 0) || (len == 3 && memcmp(word, "Mrs", 3) == 0))
		return true;
	return len > 0 && lists_passes_filter(easy->filter, word, len) && lists_is_abbreviation(easy->sieve->lang, word, len) &&
	       lists_is_title(word, len + 1) && memcmp(word, "St", 2) != 0;
}

size_t easy_leave_plain(const char *text, const struct easy_sieve *sieve, uint32_t *places, size_t n)
{
	uint32_t *out = places;
	for (size_t i = 0; i < n; i++) {
		const uint32_t at = places[i];
		const bool is_inner = text[at] == '-' || text[at] == '.' || at <= LISTS_TAIL;
		const uint32_t bit = is_inner ? 0 : lists_tail_bit(text + at - 1 - LISTS_TAIL);
		*out = at;
		out += is_inner | (sieve->tails[bit / 32] >> bit % 32 & 1);
	}
	return (size_t)(out - places);
}

/* Whether the last letters before a place say that no full stop there belongs to a word; most do. */
static inline bool is_free_by_tail(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t bit = at >= LISTS_TAIL ? lists_tail_bit(text + at - LISTS_TAIL) : 0;
	return at >= LISTS_TAIL && !(easy->sieve->tails[bit / 32] >> bit % 32 & 1);
}

/* Hyphens that may join words are bad, full stops that may belong to words, and those in the middle of lines, but of titles. */
static void look_at_stops(struct easy *easy, const char *text, uint32_t len, size_t n)
{
	if (!easy->sieve->has_more) {
		for (size_t i = 0; i < n; i++) {
			const uint32_t at = easy->places[i], stop = at - 1;
			if ((unsigned char)text[at] > ' ')
				easy_look_inside(easy, text, at, len);
			else if (!is_free_by_tail(easy, text, stop))
				easy->bits[stop / 64].bad |= (uint64_t)may_be_taken(easy, text, stop) << stop % 64;
		}
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const uint32_t at = easy->places[i];
		const bool is_bad = text[at] == '-'   ? may_join(easy, text, at)
		                    : text[at] == '.' ? !is_title(easy, text, at)
		                                      : is_taken_at_end(easy, text, at - 1);
		easy->bits[at / 64].bad |= (uint64_t)is_bad << at % 64;
	}
}

/* Leaves the places of marks that change places with the ones before them; of Arabic commas and hyphens the rules are asked. */
static void look_at_pairs(struct easy *easy, const char *text, uint32_t len, size_t n)
{
	uint32_t *out = easy->places;
	for (size_t i = 0; i < n; i++) {
		const uint32_t at = easy->places[i];
		if (text[at] == '\xD8' && text[at + 1] == '\x8C') {
			easy->bits[at / 64].bad |= (uint64_t)easy_comma_may_end(easy, text, at, len) << at % 64;
			continue;
		}
		if (text[at] == '-') {
			easy_look_inside(easy, text, at, len);
			continue;
		}
		*out = at;
		out += calm_is_turned(text, at);
	}
	*out = UINT32_MAX;
}

int easy_find(struct easy *easy, const struct lafz_allocator *mem, const char *text, uint32_t len)
{
	if (reserve(easy, mem, len) < 0)
		return LAFZ_ERR_MEMORY;
	size_t n = easy->kernel->find(text, len, easy->sieve, easy->bits, easy->places, &easy->leaves_out);
	if (easy->sieve->has_more)
		n = easy->kernel->leave(text, easy->sieve, easy->places, n);
	if (easy->sieve->is_latin)
		look_at_stops(easy, text, len, n);
	look_at_pairs(easy, text, len, easy->sieve->is_latin ? 0 : n);
	easy_look_again(easy, text, len);
	easy->n_stretches = easy->kernel->tell(easy->bits, len, easy->stretches);
	easy->next_turn = easy->next_break = 0;
	return LAFZ_OK;
}

void easy_tell_again(struct easy *easy, uint32_t len)
{
	easy->n_stretches = easy->kernel->tell(easy->bits, len, easy->stretches);
}

/* ---- Lines of several languages ---- */

/* How many there are, the end included. */
static size_t count_places(const struct easy *easy)
{
	size_t n = 0;
	while (easy->places[n] != UINT32_MAX)
		n++;
	return n + 1;
}

static void copy_places(struct easy *easy, const struct easy *from)
{
	memcpy(easy->places, from->places, count_places(from) * sizeof *easy->places);
}

static void copy_breaks(struct easy *easy, const struct easy *from)
{
	memcpy(easy->breaks, from->breaks, from->n_breaks * sizeof *easy->breaks);
	easy->n_breaks = from->n_breaks;
}

/* Those of another look are put among them: both lists ascend, and are merged from their ends. */
static void merge_breaks(struct easy *easy, const struct easy *other)
{
	uint32_t *const to = easy->breaks;
	const uint32_t *const from = other->breaks;
	size_t n = easy->n_breaks, left = other->n_breaks, n_same = 0;
	for (size_t i = 0, k = 0; i < n && k < left;) {
		const uint32_t own = to[i], others = from[k];
		n_same += own == others;
		i += own <= others;
		k += others <= own;
	}
	size_t at = easy->n_breaks = n + left - n_same;
	while (left > 0) {
		const uint32_t last = from[left - 1];
		const bool is_own = n > 0 && to[n - 1] >= last, is_same = is_own && to[n - 1] == last;
		to[--at] = is_own ? to[n - 1] : last;
		n -= is_own;
		left -= !is_own || is_same;
	}
}

int easy_copy_bits(struct easy *easy, const struct lafz_allocator *mem, const struct easy *from, uint32_t len)
{
	if (reserve(easy, mem, len) < 0)
		return LAFZ_ERR_MEMORY;
	memcpy(easy->bits, from->bits, easy_blocks(len) * sizeof *easy->bits);
	copy_places(easy, from);
	copy_breaks(easy, from);
	easy->leaves_out = from->leaves_out;
	easy->n_stretches = from->n_stretches;
	memcpy(easy->stretches, from->stretches, from->n_stretches * sizeof *easy->stretches);
	easy->next_turn = easy->next_break = 0;
	return LAFZ_OK;
}

static inline uint64_t blend(uint64_t a, uint64_t b, uint64_t is_b)
{
	return (a & ~is_b) | (b & is_b);
}

/* The bits of some bytes become the other's. */
static void merge_bits(struct easy_bits *bits, const struct easy_bits *other, uint32_t start, uint32_t end)
{
	for (size_t k = start / 64; 64 * k < end; k++) {
		const uint64_t own = bits_between(k, start, end);
		bits[k].bad = blend(bits[k].bad, other[k].bad, own);
		bits[k].edits = blend(bits[k].edits, other[k].edits, own);
		bits[k].words = blend(bits[k].words, other[k].words, own);
	}
}

void easy_merge(struct easy *easy, const struct easy *other, uint32_t len)
{
	uint32_t start = 0;
	for (size_t i = 0; i < other->n_stretches; i++) {
		const uint32_t end = other->stretches[i].end;
		if (other->stretches[i].is_easy)
			merge_bits(easy->bits, other->bits, start, end);
		start = end;
	}
	/* in Latin script there are none; what is left out was told by the text alone */
	if (!other->sieve->is_latin)
		copy_places(easy, other);
	merge_breaks(easy, other);
	easy_tell_again(easy, len);
}

void easy_take_edits(struct easy *easy, const struct easy *other, uint32_t start, uint32_t end, uint32_t ahead)
{
	for (size_t k = start / 64; 64 * k < end; k++)
		easy->bits[k].edits &= ~bits_between(k, start, end);
	for (size_t k = (start - ahead) / 64; 64 * k < end - ahead; k++) {
		uint64_t left = other->bits[k].edits & bits_between(k, start - ahead, end - ahead);
		for (; left != 0; left &= left - 1) {
			const size_t at = 64 * k + (size_t)__builtin_ctzll(left) + ahead;
			easy->bits[at / 64].edits |= (uint64_t)1 << at % 64;
		}
	}
}

/* The first break at a place or behind it. */
static size_t first_break(const struct easy *easy, uint32_t place)
{
	size_t low = 0, high = easy->n_breaks;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (easy->breaks[middle] < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool easy_has_same_ends(const struct easy *easy, const struct easy *other, uint32_t start, uint32_t end, uint32_t ahead)
{
	size_t i = first_break(easy, start), k = first_break(other, start - ahead);
	for (; i < easy->n_breaks && easy->breaks[i] < end; i++, k++)
		if (k == other->n_breaks || other->breaks[k] + ahead != easy->breaks[i])
			return false;
	return k == other->n_breaks || other->breaks[k] + ahead >= end;
}

/* ---- Copying ---- */

#define STEP 32 /* bytes that are copied at once */

/* Copies a stretch in which no mark stands but at its end. */
static inline void copy_stretch(struct easy_copying *now, uint32_t from, uint32_t to)
{
	char *const dst = now->dst;
	const uint32_t len = to - from;
	memcpy(dst, now->text + from, len);
	for (; *now->turn < to; now->turn++)
		text_turn(dst + (*now->turn - from));
	now->dst += len;
}

void easy_copy_plain(struct easy_copying *now, uint32_t from, uint32_t to)
{
	for (size_t k = from / 64; 64 * k < to; k++) {
		uint64_t left = now->bits[k].edits & bits_between(k, from, to);
		for (; left != 0; left &= left - 1) {
			const uint32_t at = (uint32_t)(64 * k) + (uint32_t)__builtin_ctzll(left);
			const bool is_left_out = (unsigned char)now->text[at] <= ' ';
			copy_stretch(now, from, at);
			*now->dst = ' ';
			now->dst += !is_left_out;
			from = at + is_left_out;
		}
	}
	copy_stretch(now, from, to);
}

int easy_copy(struct easy *easy, const struct lafz_allocator *mem, const char *text, uint32_t from, uint32_t to,
              struct buf *out)
{
	/* a space before each byte at most */
	const size_t len = to - from;
	if (buf_reserve(out, mem, 2 * len + EASY_ROOM) < 0)
		return LAFZ_ERR_MEMORY;
	struct easy_copying now = {text, easy->bits, easy->places + easy->next_turn, out->ptr + out->len, easy->leaves_out};
	while (*now.turn < from)
		now.turn++;
	for (; easy->next_break < easy->n_breaks && easy->breaks[easy->next_break] < to; easy->next_break++) {
		const uint32_t space = easy->breaks[easy->next_break];
		if (space < from)
			continue;
		easy->kernel->copy(&now, from, space);
		*now.dst++ = '\n';
		from = space + 1;
	}
	easy->kernel->copy(&now, from, to);
	out->len = (size_t)(now.dst - out->ptr);
	easy->next_turn = (size_t)(now.turn - easy->places);
	return LAFZ_OK;
}

void easy_free(struct easy *easy, const struct lafz_allocator *mem)
{
	free_bits(easy, mem);
}
