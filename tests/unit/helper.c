#include "helper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Messages ---- */

#define SHOW_BYTES 1500
#define SHOW_TEXTS 8

/* Writes what stands at text, len bytes long, and how often it does, for instance U+0061*64. */
static size_t show_one(char *out, const char *text, const struct model *c, size_t times)
{
	size_t n = 0;
	if (c->is_char) {
		n = (size_t)sprintf(out, "U+%04X", (unsigned)c->cp);
	} else {
		for (size_t i = 0; i < c->len; i++)
			n += (size_t)sprintf(out + n, "%s%02X", i == 0 ? "[" : "",
			                     (unsigned)(unsigned char)text[i]);
		out[n++] = ']';
	}
	if (times > 1)
		n += (size_t)sprintf(out + n, "*%zu", times);
	out[n++] = ' ';
	out[n] = '\0';
	return n;
}

const char *helper_show(const char *text, size_t len)
{
	static char room[SHOW_TEXTS][SHOW_BYTES];
	static size_t turn;
	char *const out = room[turn++ % SHOW_TEXTS];
	size_t n = 0, off = 0;
	out[0] = '\0';
	while (off < len && n < SHOW_BYTES - 100) {
		const struct model c = helper_decode(text + off, len - off);
		size_t times = 1;
		while (off + (times + 1) * c.len <= len &&
		       memcmp(text + off, text + off + times * c.len, c.len) == 0)
			times++;
		n += show_one(out + n, text + off, &c, times);
		off += times * c.len;
	}
	snprintf(out + n, SHOW_BYTES - n, "(%zu bytes%s)", len, off < len ? ", more of them" : "");
	return out;
}

bool helper_equals(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && (a_len == 0 || memcmp(a, b, a_len) == 0);
}

/* ---- UTF-8 by definition ---- */

/* Whether some scalar value with an encoding of n bytes lies from low to high. */
static bool holds_scalar(uint32_t n, uint32_t low, uint32_t high)
{
	static const uint32_t first[] = {0, 0, 0x80, 0x800, 0x10000};
	static const uint32_t last[] = {0, 0x7F, 0x7FF, 0xFFFF, 0x10FFFF};
	low = low < first[n] ? first[n] : low;
	high = high > last[n] ? last[n] : high;
	return low <= high && !(low >= 0xD800 && high <= 0xDFFF);
}

/*
 * How many bytes the lead says the sequence has; 0: it is no lead. *bits gets what the lead says
 * of the code point.
 */
static uint32_t promised_length(unsigned char lead, uint32_t *bits)
{
	if (lead < 0x80 || lead >= 0xF8)
		return 0;
	if (lead >= 0xF0) {
		*bits = lead - 0xF0u;
		return 4;
	}
	if (lead >= 0xE0) {
		*bits = lead - 0xE0u;
		return 3;
	}
	*bits = lead - 0xC0u;
	return lead >= 0xC0 ? 2 : 0;
}

struct model helper_decode(const char *text, size_t len)
{
	const unsigned char *const s = (const unsigned char *)text;
	uint32_t bits = 0;
	if (len == 0)
		return (struct model){.cp = 0xFFFD};
	if (s[0] < 0x80)
		return (struct model){.cp = s[0], .len = 1, .is_char = true};
	const uint32_t n = promised_length(s[0], &bits);
	size_t k = 0; /* bytes that are the front of some character */
	while (k < n && k < len) {
		const bool is_tail = s[k] >= 0x80 && s[k] <= 0xBF;
		if (k > 0 && !is_tail)
			break;
		const uint32_t with = k == 0 ? bits : bits * 64 + (s[k] - 0x80u);
		uint32_t low = with, high = with;
		for (size_t i = k + 1; i < n; i++) {
			low = low * 64;
			high = high * 64 + 63;
		}
		if (!holds_scalar(n, low, high))
			break;
		bits = with;
		k++;
	}
	if (n > 0 && k == n)
		return (struct model){.cp = bits, .len = n, .is_char = true};
	return (struct model){.cp = 0xFFFD, .len = k > 0 ? k : 1, .is_cut = k > 0 && k == len};
}

size_t helper_encode(uint32_t cp, char out[4])
{
	const uint32_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	const size_t n = cp <= 0x7F ? 1 : cp <= 0x7FF ? 2 : cp <= 0xFFFF ? 3 : 4;
	for (size_t i = n; i-- > 1; cp /= 64)
		out[i] = (char)(unsigned char)(0x80 + cp % 64);
	out[0] = (char)(unsigned char)(lead[n] + cp);
	return n;
}

size_t helper_count(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t off = 0; off < len; n++)
		off += helper_decode(text + off, len - off).len;
	return n;
}

/* ---- Random numbers and texts ---- */

/* splitmix64, by Sebastiano Vigna, public domain. */
uint64_t rng_next(struct rng *rng)
{
	rng->state += UINT64_C(0x9E3779B97F4A7C15);
	uint64_t z = rng->state;
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

size_t rng_below(struct rng *rng, size_t n)
{
	return (size_t)(rng_next(rng) % n);
}

static const struct text well_formed[] = {
	T(" "),
	T(" "),
	T(" "),
	T("  "),
	T("\t"),
	T("\u00A0"),
	T("\u2009"),
	T("\u3000"),
	/* line ends */
	T("\n"),
	T("\n"),
	T("\r\n"),
	T("\r"),
	T("\v"),
	T("\f"),
	T("\xC2\x85"),
	T("\u2028"),
	T("\u2029"),
	T("\n\n"),
	/*
	 * letters of the Arabic script that have more than one code point, or fold, or do not join
	 */
	T("\u0627"),
	T("\u0644"),
	T("\u064A"),
	T("\u06CC"),
	T("\u0649"),
	T("\u0643"),
	T("\u06A9"),
	T("\u06AA"),
	T("\u0647"),
	T("\u06C1"),
	T("\u06BE"),
	T("\u06D5"),
	T("\u06C0"),
	T("\u06C2"),
	T("\u0629"),
	T("\u06C3"),
	T("\u06D0"),
	T("\u06CD"),
	T("\u0626"),
	T("\u06D2"),
	T("\u06D3"),
	T("\u0623"),
	T("\u0622"),
	T("\u0625"),
	T("\u0624"),
	T("\u0621"),
	T("\u06AB"),
	T("\u06AF"),
	T("\u0679"),
	T("\u0688"),
	T("\u0691"),
	T("\u0695"),
	T("\u06B5"),
	T("\u06C6"),
	T("\u06CE"),
	T("\u06A4"),
	T("\u067E"),
	T("\u0686"),
	T("\u0698"),
	T("\u0633"),
	T("\u0628"),
	T("\u0645"),
	T("\u0646"),
	T("\u06BA"),
	T("\u06FD"),
	T("\u06FE"),
	T("\u0675"),
	T("\u06BB"),
	/* marks, joiners, tatweel, invisible controls */
	T("\u064B"),
	T("\u064E"),
	T("\u0651"),
	T("\u0652"),
	T("\u0654"),
	T("\u0655"),
	T("\u0653"),
	T("\u0670"),
	T("\u06E5"),
	T("\u0610"),
	T("\u08F0"),
	T("\u0640"),
	T("\u0640"),
	T("\u200C"),
	T("\u200C"),
	T("\u200D"),
	T("\u200E"),
	T("\u200F"),
	T("\u061C"),
	T("\u00AD"),
	T("\u200B"),
	T("\u2060"),
	T("\uFEFF"),
	T("\u202B"),
	T("\u202C"),
	T("\u2067"),
	T("\u034F"),
	T("\u180E"),
	/* presentation forms */
	T("\uFEFB"),
	T("\uFEE9"),
	T("\uFEEB"),
	T("\uFBFF"),
	T("\uFDF2"),
	T("\uFDFA"),
	T("\uFDFC"),
	T("\uFC60"),
	T("\uFE76"),
	T("\uFE73"),
	T("\uFB8F"),
	/* digits, marks of punctuation, symbols */
	T("1"),
	T("2"),
	T("53"),
	T("\u0661"),
	T("\u06F1"),
	T("\u06F2"),
	T("."),
	T("."),
	T(","),
	T(":"),
	T("-"),
	T("_"),
	T("'"),
	T("\""),
	T("\u2019"),
	T("\u2026"),
	T("!"),
	T("?"),
	T("\u061F"),
	T("\u06D4"),
	T("\u060C"),
	T("\u061B"),
	T("\u066A"),
	T("\u066B"),
	T("\u066C"),
	T("%"),
	T("$"),
	T("@"),
	T("#"),
	T("/"),
	T("://"),
	T("("),
	T(")"),
	T("\u00AB"),
	T("\u00BB"),
	T("\u2014"),
	T("+"),
	T("\u00AC"),
	T("\u0600"),
	T("\u06DD"),
	T("\u08E2"),
	/* Latin */
	T("a"),
	T("b"),
	T("Z"),
	T("I"),
	T("i"),
	T("\u0130"),
	T("\u0131"),
	T("\u00E9"),
	T("e\u0301"),
	T("A\u030A"),
	T("\u212B"),
	T("\u00DF"),
	T("\u0301"),
	T("\u0323"),
	T("\u0327"),
	T("http://a.af/b"),
	T("www.a.com"),
	T("a@b.co"),
	T("@ab"),
	T("#ab_c"),
	T("U.S."),
	T("Dr."),
	T("l'a"),
	T("don\u2019t"),
	T("21st"),
	T("17:29"),
	T("2025-09-21"),
	T("1.2.3.4"),
	/* other scripts, among them such that need a dictionary or compose */
	T("\u0439"),
	T("\u0438\u0306"),
	T("\u03B1\u0345"),
	T("\u05D0\u05BC"),
	T("\u05D0\"\u05D0"),
	T("\u0E01\u0E32"),
	T("\u4E2D\u6587"),
	T("\u304B\u3099"),
	T("\u30AB"),
	T("\u1100\u1161\u11A8"),
	T("\uAC00"),
	T("\u11A8"),
	T("\u0958"),
	T("\uF900"),
	T("\u0F73"),
	T("\U0001D15E"),
	T("\U00010400"),
	/* emoji and their parts */
	T("\U0001F600"),
	T("\U0001F469\u200D\U0001F33E"),
	T("\U0001F3FD"),
	T("\uFE0F"),
	T("\uFE0E"),
	T("\u2764\uFE0F"),
	T("\U0001F1E6"),
	T("\U0001F1E6\U0001F1EB"),
	T("1\uFE0F\u20E3"),
	T("\U000E0067"),
	T(":-)"),
	/* the ends of the code space, private, unassigned, control */
	T("\0"),
	T("\x01"),
	T("\x7F"),
	T("\uE000"),
	T("\uFFFD"),
	T("\uFFFF"),
	T("\U0010FFFF"),
	T("\u0378"),
	T("\uFFF9"),
};

static const struct text broken[] = {
	T("\x80"),
	T("\xBF"),
	T("\xFF"),
	T("\xFE"),
	T("\xC0\xAF"),
	T("\xC1\xBF"),
	T("\xE0\x80\xBF"),
	T("\xED\xA0\x80"),
	T("\xED\xBF\xBF"),
	T("\xF0\x80\x80\x80"),
	T("\xF4\x90\x80\x80"),
	T("\xF5\x80\x80\x80"),
	T("\xD8"),
	T("\xE2\x80"),
	T("\xE2"),
	T("\xF0\x9F"),
	T("\xF0\x9F\x98"),
	T("\xD9"),
	T("\xEF\xBB"),
	T("\xC2"),
};

size_t helper_trouble(struct rng *rng, size_t n, bool well_formed_only, char *out)
{
	size_t len = 0;
	for (size_t i = 0; i < n; i++) {
		const bool is_broken = !well_formed_only && rng_below(rng, 12) == 0;
		const struct text *t = is_broken ? &broken[rng_below(rng, COUNT(broken))]
		                                 : &well_formed[rng_below(rng, COUNT(well_formed))];
		memcpy(out + len, t->ptr, t->len);
		len += t->len;
	}
	return len;
}

/* ---- An allocator that counts, and fails when told to ---- */

/* Every block has its size in front of it. */
union header {
	size_t size;
	max_align_t align;
};

static bool may_have(struct counter *counter)
{
	counter->calls++;
	if (counter->fail_at == 0 || counter->calls < counter->fail_at)
		return true;
	return counter->calls > counter->fail_at && !counter->fails_on;
}

static void *count_allocate(void *ctx, size_t size)
{
	struct counter *const counter = (struct counter *)ctx;
	if (!may_have(counter))
		return NULL;
	union header *const block = (union header *)malloc(sizeof *block + size);
	if (!block)
		return NULL;
	block->size = size;
	counter->blocks++;
	counter->bytes += size;
	counter->peak = counter->bytes > counter->peak ? counter->bytes : counter->peak;
	memset(block + 1, 0xA5, size);
	return block + 1;
}

static void count_release(void *ctx, void *ptr)
{
	struct counter *const counter = (struct counter *)ctx;
	union header *const block = (union header *)ptr - 1;
	counter->blocks--;
	counter->bytes -= block->size;
	free(block);
}

/* Always moves the block, so that whoever kept a pointer into the old one is found out. */
static void *count_resize(void *ctx, void *ptr, size_t old_size, size_t size)
{
	struct counter *const counter = (struct counter *)ctx;
	const union header *const old = (const union header *)ptr - 1;
	counter->wrong_sizes += old->size != old_size;
	void *const block = count_allocate(ctx, size);
	if (!block)
		return NULL;
	memcpy(block, ptr, old->size < size ? old->size : size);
	count_release(ctx, ptr);
	return block;
}

struct lafz_allocator helper_allocator(struct counter *counter)
{
	return (struct lafz_allocator){
		.allocate = count_allocate,
		.resize = count_resize,
		.release = count_release,
		.ctx = counter,
	};
}

/* ---- Running ---- */

size_t helper_times(size_t n)
{
	const char *const less = getenv("LAFZ_TEST_LESS");
	return less && strcmp(less, "1") == 0 ? (n + 5) / 6 : n;
}

int helper_run_suite(Suite *suite)
{
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int helper_run(const char *name, const TTest *const *tests, size_t n)
{
	Suite *const suite = suite_create(name);
	TCase *const tcase = tcase_create(name);
	tcase_set_timeout(tcase, NO_TIMEOUT);
	for (size_t i = 0; i < n; i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	return helper_run_suite(suite);
}
