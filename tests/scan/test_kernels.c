/*
 * All kernels of this build that this processor can run give the atoms of the plain one. Needs
 * nothing but the scanner, so that it can be built for another processor and run there.
 *
 * usage: test_kernels FILE...     texts, of which every cut and many shifts are looked at too
 *
 * Texts lie between two pages that cannot be read, once at the end of the room and, if they are
 * short, once at its start: a kernel that reads beside its text dies.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scan/scan.h"
#include "unicode/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LONGEST ((size_t)1 << 20) /* bytes of a text */

static void die(const char *message)
{
	fprintf(stderr, "test_kernels: %s\n", message);
	exit(1);
}

/* ---- Random numbers ---- */

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t below(uint64_t *state, size_t n)
{
	return (size_t)(next_random(state) >> 11) % n;
}

/* ---- Comparing ---- */

/* What all texts go through. */
struct bench {
	char *room;  /* LONGEST bytes between guards */
	size_t page; /* bytes of a page */
	struct atoms plain, other;
	size_t n_texts;
};

static void bench_open(struct bench *bench)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *const pages = (char *)mmap(NULL, LONGEST + 2 * page, PROT_READ | PROT_WRITE,
	                                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pages == MAP_FAILED || mprotect(pages, page, PROT_NONE) != 0 ||
	    mprotect(pages + page + LONGEST, page, PROT_NONE) != 0)
		die("no memory");
	*bench = (struct bench){.room = pages + page, .page = page};
	if (scan_reserve(&bench->plain, &mem_default, (uint32_t)LONGEST) < 0 ||
	    scan_reserve(&bench->other, &mem_default, (uint32_t)LONGEST) < 0)
		die("no memory");
}

static void bench_close(struct bench *bench)
{
	scan_free(&bench->plain, &mem_default);
	scan_free(&bench->other, &mem_default);
	munmap(bench->room - bench->page, LONGEST + 2 * bench->page);
}

static bool is_same_atom(const struct atoms *a, const struct atoms *b, size_t i)
{
	return a->off[i] == b->off[i] && a->off[i + 1] == b->off[i + 1] && a->cls[i] == b->cls[i] &&
	       a->script[i] == b->script[i] && a->flags[i] == b->flags[i];
}

static void show_atom(const char *name, const struct atoms *atoms, size_t i)
{
	if (i < atoms->n)
		fprintf(stderr, "%s: bytes %u to %u, class %u, script %u, flags %02X\n", name,
		        (unsigned)atoms->off[i], (unsigned)atoms->off[i + 1], (unsigned)atoms->cls[i],
		        (unsigned)atoms->script[i], (unsigned)atoms->flags[i]);
	else
		fprintf(stderr, "%s: no atom\n", name);
}

static void fail(const struct bench *bench, const char *kernel, const char *what, const char *text,
                 size_t len)
{
	const struct atoms *const plain = &bench->plain, *const other = &bench->other;
	size_t i = 0;
	while (i < plain->n && i < other->n && is_same_atom(plain, other, i))
		i++;
	fprintf(stderr, "%s: %s: atom %zu of %zu bytes\n", kernel, what, i, len);
	show_atom("plain", plain, i);
	show_atom(kernel, other, i);
	const size_t at = plain->off[i < plain->n ? i : plain->n];
	for (size_t k = at > 70 ? at - 70 : 0; k < len && k < at + 70; k++)
		fprintf(stderr, "%s%02X", k == at ? " | " : " ", (unsigned)(unsigned char)text[k]);
	fprintf(stderr, "\n");
	exit(1);
}

/* The scratch arrays are filled with rubbish first: nothing may come from the text before. */
static void soil(struct atoms *atoms, size_t len)
{
	memset(atoms->off, 0xA5, (len + 1) * sizeof *atoms->off);
	memset(atoms->cls, 0xA5, len + 1);
	memset(atoms->script, 0xA5, len + 1);
	memset(atoms->flags, 0xA5, len + 1);
	memset(atoms->code, 0xA5, len + 1);
	memset(atoms->line_ends, 0xA5, len * sizeof *atoms->line_ends);
	atoms->n_line_ends = len;
	memset(atoms->sets, 0xA5, (len / 64 + 2) * sizeof *atoms->sets);
}

/* Columns for the pieces of 64 atoms, and for what a kernel may write behind them. */
struct picked {
	uint32_t start[64 + SCAN_SLACK], end[64 + SCAN_SLACK];
	uint16_t flags[64 + SCAN_SLACK];
	uint8_t kind[64 + SCAN_SLACK], script[64 + SCAN_SLACK];
	uint32_t busy[64 + SCAN_SLACK];
	size_t n, n_busy;
};

static void pick(const struct scan_kernel *kernel, const struct atoms *atoms, size_t i,
                 const struct picks *picks, struct picked *picked)
{
	struct pieces pieces = {
		.start = picked->start,
		.end = picked->end,
		.flags = picked->flags,
		.kind = picked->kind,
		.script = picked->script,
	};
	struct busy busy = {.at = picked->busy};
	kernel->pick(atoms, i, picks, &pieces, &busy);
	picked->n = pieces.n;
	picked->n_busy = busy.n;
}

/* Whether a kernel and the plain one pick the same from everywhere: all that can be, and some of it; all of that busy, and some of it. */
static bool picks_same(const struct scan_kernel *kernel, const struct atoms *atoms)
{
	static struct picked plain, other;
	uint64_t state = 7 + atoms->n;
	for (size_t i = 0; i < atoms->n; i += 1 + below(&state, 64)) {
		const struct atom_sets sets = atom_sets_at(atoms, i);
		const uint64_t some = below(&state, 2) ? next_random(&state) : ~UINT64_C(0);
		const uint64_t which = (sets.word | sets.mark | sets.quote) & some;
		const uint64_t busy = which & (below(&state, 2) ? next_random(&state) : ~UINT64_C(0));
		const struct picks picks = {
			.which = which,
			.busy = busy,
			.ones = busy & next_random(&state),
			.twos = busy & next_random(&state),
		};
		pick(scan_kernel_at(0), atoms, i, &picks, &plain);
		pick(kernel, atoms, i, &picks, &other);
		const size_t n = plain.n;
		if (other.n != n || other.n_busy != plain.n_busy ||
		    memcmp(plain.busy, other.busy, plain.n_busy * sizeof *plain.busy) != 0 ||
		    memcmp(plain.start, other.start, n * sizeof *plain.start) != 0 ||
		    memcmp(plain.end, other.end, n * sizeof *plain.end) != 0 ||
		    memcmp(plain.flags, other.flags, n * sizeof *plain.flags) != 0 ||
		    memcmp(plain.kind, other.kind, n) != 0 ||
		    memcmp(plain.script, other.script, n) != 0)
			return false;
	}
	return true;
}

/* All kernels on a text in the room. */
static void compare_at(struct bench *bench, const char *what, const char *text, size_t len)
{
	struct atoms *const plain = &bench->plain, *const other = &bench->other;
	const uint32_t n_ill = scan_plain(text, (uint32_t)len, plain);
	sets_plain(plain);
	for (size_t k = 1; scan_kernel_at(k); k++) {
		const struct scan_kernel *kernel = scan_kernel_at(k);
		if (!kernel->is_usable())
			continue;
		soil(other, len);
		const uint32_t other_ill = kernel->scan(text, (uint32_t)len, other);
		kernel->sets(other);
		const size_t n = plain->n;
		if (other->n != n || other_ill != n_ill ||
		    memcmp(other->off, plain->off, (n + 1) * sizeof *plain->off) != 0 ||
		    memcmp(other->cls, plain->cls, n) != 0 ||
		    memcmp(other->script, plain->script, n) != 0 ||
		    memcmp(other->flags, plain->flags, n) != 0 ||
		    memcmp(other->sets, plain->sets, (n / 64 + 2) * sizeof *plain->sets) != 0 ||
		    other->n_line_ends != plain->n_line_ends ||
		    memcmp(other->line_ends, plain->line_ends,
		           plain->n_line_ends * sizeof *plain->line_ends) != 0 ||
		    !picks_same(kernel, plain))
			fail(bench, kernel->name, what, text, len);
	}
	bench->n_texts++;
}

static void compare(struct bench *bench, const char *what, const char *text, size_t len)
{
	char *const at_end = bench->room + LONGEST - len;
	if (len > 0)
		memmove(at_end, text, len);
	compare_at(bench, what, at_end, len);
	if (len < bench->page) {
		if (len > 0)
			memmove(bench->room, at_end, len);
		compare_at(bench, what, bench->room, len);
	}
}

/* ---- Texts ---- */

/* Characters likely to be trouble, by ranges. */
static const uint32_t odd_ranges[][2] = {
	{0x0000, 0x0008},   {0x0009, 0x000D},   {0x000E, 0x001F},   {0x0020, 0x0020},
	{0x0021, 0x002F},   {0x0030, 0x0039},   {0x003A, 0x0040},   {0x0041, 0x005A},
	{0x005B, 0x0060},   {0x0061, 0x007A},   {0x007B, 0x007F},   {0x0080, 0x009F},
	{0x00A0, 0x00BF},   {0x00C0, 0x00FF},   {0x0100, 0x017F},   {0x0180, 0x024F},
	{0x02B0, 0x02FF},   {0x0300, 0x036F},   {0x0370, 0x03FF},   {0x0400, 0x04FF},
	{0x0590, 0x05FF},   {0x0600, 0x061F},   {0x0620, 0x064A},   {0x064B, 0x0670},
	{0x0671, 0x06D3},   {0x06D4, 0x06FF},   {0x0700, 0x077F},   {0x07C0, 0x07FF},
	{0x0800, 0x08FF},   {0x0900, 0x097F},   {0x0E00, 0x0E7F},   {0x1E00, 0x1EFF},
	{0x2000, 0x206F},   {0x200B, 0x200F},   {0x20D0, 0x20F0},   {0x2100, 0x214F},
	{0x2600, 0x27BF},   {0x3000, 0x30FF},   {0x4E00, 0x4E80},   {0xAC00, 0xAC80},
	{0xE000, 0xE010},   {0xFB50, 0xFDFF},   {0xFE00, 0xFE0F},   {0xFE70, 0xFEFF},
	{0xFFF0, 0xFFFF},   {0x1D165, 0x1D180}, {0x1F1E6, 0x1F1FF}, {0x1F300, 0x1F6FF},
	{0x1FFFE, 0x1FFFF}, {0xE0000, 0xE007F}, {0xE0100, 0xE01EF}, {0x10FFF0, 0x10FFFF},
};

/* Ill-formed sequences of every kind; each also cut by what follows it. */
static const char *const broken[] = {
	"\x80",
	"\xBF",
	"\xC0",
	"\xC0\x80",
	"\xC1\xBF",
	"\xC2",
	"\xC3",
	"\xC5",
	"\xCC",
	"\xD8",
	"\xD9",
	"\xDB",
	"\xDF",
	"\xE0",
	"\xE0\x80\x80",
	"\xE0\x9F\xBF",
	"\xE0\xA0",
	"\xE2",
	"\xE2\x80",
	"\xE2\x80\x80\x80",
	"\xE2\x80\xFF",
	"\xE2\x41",
	"\xE2\xC0",
	"\xE2\xE2\x80",
	"\xED\xA0\x80",
	"\xED\xBF\xBF",
	"\xEF\xBB",
	"\xF0",
	"\xF0\x80\x80\x80",
	"\xF0\x8F\xBF\xBF",
	"\xF0\x9F",
	"\xF0\x9F\x98",
	"\xF4\x90\x80\x80",
	"\xF5",
	"\xF8\x88\x80\x80\x80",
	"\xFE",
	"\xFF",
	"\xD8\xD8",
	"\xD8\x41",
	"\xC3\x20",
	"\xD9\x84\x84",
	"\xC3\xA9\xA9",
};

/* Words as they come, for the quick way through a block. */
static const char *const words[] = {
	"the ",
	"The ",
	"OF",
	"McDonald ",
	"x",
	"A",
	"1",
	"2025 ",
	" ",
	"  ",
	"\t",
	"\n",
	"\r\n",
	". ",
	", ",
	"__a",
	"_",
	"-",
	"caf\u00E9 ",
	"\u00C9TAT ",
	"\u0130zmir ",
	"\u0131\u015F\u0131k ",
	"\u00AB\u00A0",
	"\u00A0\u00BB ",
	"don\u2019t ",
	"\u201Cno\u201D ",
	"\u2014 ",
	"\u2026 ",
	"\u06A9\u062A\u0627\u0628 ",
	"\u0645\u06CC\u200C\u0634\u0648\u062F ",
	"\u067E\u069A\u062A\u0648\u060C ",
	"\u0628\u064E\u0651\u062A\u064F ",
	"\u0642\u064F\u0631\u0652\u0622\u0646 ",
	"\u06F1\u06F2 ",
	"\u0661",
	"\u061F ",
	"\u06D4\n",
	"\u0626\u06D5",
	"\u0640",
	"\u0670",
	"\u064B",
	"\u200C",
	"\u0623\u0653 ",
};

static size_t add_char(char *out, uint64_t *state)
{
	const uint32_t *range = odd_ranges[below(state, COUNT(odd_ranges))];
	return utf8_encode(range[0] + (uint32_t)below(state, range[1] - range[0] + 1), out);
}

static size_t add_text(char *out, const char *text)
{
	const size_t len = strlen(text);
	memcpy(out, text, len);
	return len;
}

/* A text of n parts; of a hundred, so many are odd characters, and so many are broken. */
static size_t make_text(char *out, size_t n, unsigned odd, unsigned bad, uint64_t *state)
{
	size_t len = 0;
	for (size_t i = 0; i < n; i++) {
		const size_t kind = below(state, 100);
		if (kind < odd)
			len += add_char(out + len, state);
		else if (kind < odd + bad)
			len += add_text(out + len, broken[below(state, COUNT(broken))]);
		else
			len += add_text(out + len, words[below(state, COUNT(words))]);
	}
	return len;
}

static void random_texts(struct bench *bench, size_t rounds)
{
	static const struct {
		const char *name;
		unsigned odd, bad;
	} kinds[] = {
		{"words", 0, 0},       {"words, few odd", 2, 0}, {"words, few ill-formed", 0, 2},
		{"half odd", 50, 0},   {"odd", 100, 0},          {"odd and ill-formed", 30, 10},
		{"ill-formed", 0, 80},
	};
	static char text[8 * 1024];
	uint64_t state = 88172645463325252u;
	for (size_t i = 0; i < rounds; i++) {
		const size_t kind = i % COUNT(kinds);
		const size_t len = make_text(text, below(&state, 400), kinds[kind].odd,
		                             kinds[kind].bad, &state);
		compare(bench, kinds[kind].name, text, len);
	}
}

static void random_bytes(struct bench *bench, size_t rounds)
{
	static const unsigned char likely[] = {' ',  'a',  'B',  '1',  '.',  0xD8, 0xA7,
	                                       0xD9, 0x84, 0xDB, 0x8C, 0xE2, 0x80, 0x8C,
	                                       0xC3, 0xA9, 0xC2, 0xA0, 0xC4};
	char text[600];
	uint64_t state = 362436069u;
	for (size_t i = 0; i < rounds; i++) {
		const size_t len = below(&state, sizeof text);
		for (size_t k = 0; k < len; k++) {
			const bool any = i % 2 == 0 || below(&state, 30) == 0;
			text[k] = (char)(any ? below(&state, 256)
			                     : likely[below(&state, sizeof likely)]);
		}
		compare(bench, "random bytes", text, len);
	}
}

/* Each code point between words of either script, and alone. */
static void all_code_points(struct bench *bench)
{
	static const char *const around[][2] = {
		{"and so on until the word ends, a",
	         "b c and more text behind it, enough for a block"},
		{"\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064A\u0643\u0645 \u0628",
	         "\u062A \u0648\u0639\u0644\u064A\u0643\u0645 \u0627\u0644\u0633\u0644\u0627\u0645 "
	         "\u0648"},
	};
	char text[256];
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		/* ideographs, Hangul and what is not assigned by samples */
		if (cp >= 0x3400 && cp % 61 != 0 && !(cp >= 0xF900 && cp < 0x11000))
			continue;
		for (size_t k = 0; k < COUNT(around); k++) {
			size_t len = add_text(text, around[k][0]);
			len += utf8_encode(cp, text + len);
			len += add_text(text + len, around[k][1]);
			compare_at(bench, "all code points", text, len);
		}
	}
}

/*
 * The borders of blocks fall on every place of the text if letters or spaces before it push it
 * along; and it ends at every place.
 */
static void shifts_and_cuts(struct bench *bench, const char *what, const char *text, size_t len)
{
	static char shifted[1024];
	const size_t most = len < 700 ? len : 700;
	for (size_t shift = 0; shift <= 130; shift++) {
		memset(shifted, shift % 2 ? 'x' : ' ', shift);
		memcpy(shifted + shift, text, most);
		compare(bench, what, shifted, shift + most);
	}
	for (size_t cut = 0; cut <= (most < 300 ? most : 300); cut++)
		compare(bench, what, text, cut);
}

static void random_shifts(struct bench *bench, size_t rounds)
{
	static char text[8 * 1024];
	uint64_t state = 521288629u;
	for (size_t i = 0; i < rounds; i++) {
		const size_t len = make_text(text, 60, i % 2 ? 10 : 1, i % 3 ? 0 : 3, &state);
		shifts_and_cuts(bench, "shifted", text, len);
	}
}

/* One atom, or almost none, over many blocks. */
static void long_rows(struct bench *bench)
{
	static const char *const parts[] = {"a",
	                                    " ",
	                                    "1",
	                                    "_",
	                                    ".",
	                                    "\u0628",
	                                    "\u064E",
	                                    "\u200C",
	                                    "\u00E9",
	                                    "aB",
	                                    "\u0628\u064E",
	                                    "\u02BCa",
	                                    "\u06F1",
	                                    "\u0640",
	                                    "\U0001F600"};
	static char text[4096];
	for (size_t i = 0; i < COUNT(parts); i++)
		for (size_t k = 0; k < COUNT(parts); k++) {
			size_t len = add_text(text, "Text before it, ");
			len += add_text(text + len, parts[k]);
			while (len < 2000)
				len += add_text(text + len, parts[i]);
			len += add_text(text + len, parts[k]);
			for (size_t n = 0; n < 300; n++)
				len += add_text(text + len, parts[i]);
			compare(bench, "a long row", text, len);
		}
}

static void file(struct bench *bench, const char *name)
{
	static char text[LONGEST];
	FILE *const in = fopen(name, "rb");
	if (!in)
		die(name);
	const size_t len = fread(text, 1, sizeof text, in);
	fclose(in);
	compare(bench, name, text, len);
	for (size_t at = 0; at < len; at += 4999)
		shifts_and_cuts(bench, name, text + at, len - at);
}

int main(int argc, char **argv)
{
	struct bench bench;
	bench_open(&bench);
	random_texts(&bench, 4000);
	random_bytes(&bench, 4000);
	all_code_points(&bench);
	random_shifts(&bench, 20);
	long_rows(&bench);
	for (int i = 1; i < argc; i++)
		file(&bench, argv[i]);
	printf("kernels:");
	for (size_t k = 0; scan_kernel_at(k); k++)
		printf(" %s%s", scan_kernel_at(k)->name,
		       scan_kernel_at(k)->is_usable() ? "" : " (not run)");
	printf("; %zu texts\n", bench.n_texts);
	bench_close(&bench);
	return 0;
}
