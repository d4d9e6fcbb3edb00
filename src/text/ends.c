#include "text/ends.h"

#include "base/bits.h"
#include "lang.h"
#include "sentence/sentence.h"
#include "text/lines.h"
#include "text/sure.h"
#include "tokens.h"
#include "unicode/ucd.h"

/* Tokens that rules look at: no rule looks farther back than one for words before a colon, none but that far. */
#define BEFORE 9
#define BEFORE_STOP 3
#define BEHIND 5
#define MOST (BEFORE + 1 + BEHIND)

struct few {
	uint32_t start[MOST], end[MOST];
	uint16_t lang[MOST], flags[MOST];
	uint8_t kind[MOST], script[MOST];
	size_t atom[MOST + 1]; /* the first of each, and what is behind the last */
	size_t n;
	bool has_unknown; /* the last one is not as it seems here */
};

static inline bool is_letters(const struct atoms *atoms, size_t i)
{
	return i < atoms->n && ATOMS_HAS(atoms, word, i);
}

static inline bool is_line_end(const struct atoms *atoms, size_t i)
{
	return i >= atoms->n || ATOMS_HAS(atoms, line_end, i);
}

/* The first atom of the line of an atom, if that is behind another one; else that one. */
static size_t find_line(const struct atoms *atoms, size_t least, size_t atom)
{
	size_t k = atom / 64;
	uint64_t ends = atoms->sets[k].line_end & bits_below(atom % 64);
	while (ends == 0 && 64 * k > least)
		ends = atoms->sets[--k].line_end;
	if (ends == 0)
		return least;
	const size_t line = 64 * k + 64 - (size_t)__builtin_clzll(ends);
	return line > least ? line : least;
}

/* ---- Tokens ---- */

/* Adds the token that begins with an atom. The atom behind it. */
static size_t add_token(struct few *few, const struct text_ends *ends, const struct text_lines_request *request,
                        size_t first)
{
	const struct atoms *const atoms = request->atoms;
	const size_t i = few->n++;
	unsigned flags = atoms->flags[first];
	size_t end = first + 1;
	few->has_unknown |= bits_has(ends->odd, first) || bits_has(ends->hard, first);
	for (; atoms_is_content(atoms, end) && !bits_has(ends->glued, end); end++) {
		flags |= atoms->flags[end];
		few->has_unknown |= bits_has(ends->hard, end);
	}
	/* clitic: a hyphen and its word */
	const bool is_clitic = atoms->code[first] == '-' && end > first + 1 && is_letters(atoms, first + 1);
	const bool is_word = is_letters(atoms, first) || is_clitic;
	const bool is_upper = is_word && (flags & (ATOM_UPPER | ATOM_LOWER)) == ATOM_UPPER;
	const bool is_short = end - first > 1 && atoms->code[end - 1] == '.';
	few->start[i] = atoms->off[first];
	few->end[i] = atoms->off[end];
	few->lang[i] = request->lang;
	few->flags[i] = (uint16_t)((is_upper ? LAFZ_FLAG_UPPER : 0) | (is_short && is_word ? LAFZ_FLAG_ABBREVIATION : 0));
	few->kind[i] = is_word ? LAFZ_KIND_WORD
	                       : atoms->cls[first] == UCD_ATOM_NUMERIC ? LAFZ_KIND_NUMBER : LAFZ_KIND_PUNCT;
	few->script[i] = is_word ? atoms->script[first + is_clitic] : (uint8_t)UCD_SCRIPT_ZYYY;
	few->atom[i] = first;
	few->atom[i + 1] = end;
	return end;
}

/* The first atom of the token before one, in the line; that one if there is none. */
static size_t find_before(const struct text_ends *ends, const struct atoms *atoms, size_t atom)
{
	size_t i = atom;
	while (i > ends->line && !atoms_is_content(atoms, i - 1))
		i--;
	if (i == ends->line)
		return atom;
	for (i--; i > ends->line && atoms_is_content(atoms, i - 1) && !bits_has(ends->glued, i);)
		i--;
	return i;
}

/* The atom behind white space, or the line's end. */
static size_t skip_blank(const struct atoms *atoms, size_t i)
{
	while (!atoms_is_content(atoms, i) && !is_line_end(atoms, i))
		i++;
	return i;
}

/* Makes tokens of those beside one. Which of them that is; *is_whole: they go on to the end of the line. */
static size_t find_few(struct few *few, const struct text_ends *ends, const struct text_lines_request *request,
                       size_t atom, bool *is_whole)
{
	const struct atoms *const atoms = request->atoms;
	const size_t most = atoms->code[atom] == ':' ? BEFORE : BEFORE_STOP;
	size_t first = atom;
	few->n = 0;
	few->has_unknown = false;
	for (size_t n = 0; n < most; n++)
		first = find_before(ends, atoms, first);
	while (first < atom)
		first = skip_blank(atoms, add_token(few, ends, request, first));
	const size_t found = few->n;
	/* what is before the token is not left out */
	const bool is_unknown = few->has_unknown;
	while (few->n < found + 1 + BEHIND && !few->has_unknown && !is_line_end(atoms, first))
		first = skip_blank(atoms, add_token(few, ends, request, first));
	*is_whole = is_line_end(atoms, first) && !few->has_unknown;
	few->n -= few->has_unknown && !is_unknown;
	few->has_unknown = is_unknown;
	return found;
}

/* ---- What is known of the sentence ---- */

struct sentence {
	bool has_foreign; /* a word that is not in the language's script */
	bool in_quotes;   /* an odd number of straight double quotes */
	bool has_dashes; /* or what may be one */
};

static struct sentence look_at(const struct text_ends *ends, const struct text_lines_request *request, size_t begin,
                               size_t end)
{
	const struct atom_sets *const sets = request->atoms->sets;
	const uint8_t script = lang_script(request->lang);
	uint64_t foreign = 0, quotes = 0, dashes = 0;
	for (size_t k = begin / 64; 64 * k < end; k++) {
		const uint64_t within = bits_between(k, begin, end);
		const uint64_t latin = script == UCD_SCRIPT_LATN ? sets[k].latin : 0;
		const uint64_t arabic = script == UCD_SCRIPT_ARAB ? sets[k].word & ~sets[k].latin : 0;
		foreign |= sets[k].word & ~latin & ~arabic & within;
		quotes ^= sets[k].quote & within;
		dashes |= (sets[k].hyphen | (sets[k].spaced & ~sets[k].colon) | ends->odd[k]) & within;
	}
	return (struct sentence){foreign != 0, bits_count(quotes) & 1, dashes != 0};
}

static bool has_brackets(const struct text_lines_request *request, size_t begin, size_t end)
{
	const struct atom_sets *const sets = request->atoms->sets;
	uint64_t found = 0;
	for (size_t k = begin / 64; 64 * k < end; k++)
		found |= sets[k].bracket & bits_between(k, begin, end);
	return found != 0;
}

/* Whether each bracket is closed by its like before the next one opens, and what closes one sticks to what is before it. */
static bool are_flat(const struct text_lines_request *request, size_t begin, size_t end)
{
	const struct atoms *const atoms = request->atoms;
	uint8_t open = 0;
	for (size_t i = begin; i < end; i++) {
		if (!ATOMS_HAS(atoms, bracket, i))
			continue;
		const uint8_t code = atoms->code[i];
		const bool opens = code == '(' || code == '[';
		if (opens == (open != 0))
			return false;
		if (!opens && (code != (open == '(' ? ')' : ']') || !atoms_is_content(atoms, i - 1)))
			return false;
		open = opens ? code : 0;
	}
	return open == 0;
}

/* Whether a token behind the one that was asked about is a straight single quote between white space, which counts its like. */
static bool has_single(const struct few *few, const char *text, size_t from)
{
	for (size_t i = from + 1; i < few->n; i++)
		if (text[few->start[i]] == '\'' && few->start[i] > few->end[i - 1] &&
		    (i + 1 == few->n || few->start[i + 1] > few->end[i]))
			return true;
	return false;
}

/* opening-quote: whether the quote right behind the row of marks may open a quotation in Urdu: quotes far before it tell. */
static bool has_opening(const struct few *few, const struct scan *scan, size_t from)
{
	size_t i = from + 1;
	while (i < few->n && few->kind[i] == LAFZ_KIND_PUNCT && scan_char(scan, i) != 0x201D)
		i++;
	return scan_opens_in_urdu(scan, i);
}

static bool has_word(const struct few *few)
{
	size_t i = 0;
	while (i < few->n && few->kind[i] != LAFZ_KIND_WORD)
		i++;
	return i < few->n;
}

/* Whether all the tokens from one on are marks, so that a rule may have looked for a word behind them. */
static bool are_marks(const struct few *few, size_t from)
{
	while (from < few->n && few->kind[from] == LAFZ_KIND_PUNCT)
		from++;
	return from == few->n;
}

/* Whether text_lines_copy makes one space of what is between two tokens, if the line is plain. */
static bool becomes_space(const struct text_lines_request *request, uint32_t start, uint32_t end)
{
	return start == end || request->text[end - 1] == ' ' || text_lines_is_space(request->text + start, end - start);
}

/* Notes that a sentence begins with an atom, and that atoms before it have been asked about. */
static void begin_sentence(struct text_ends *ends, size_t atom)
{
	ends->breaks[atom / 64] |= (uint64_t)1 << atom % 64;
	ends->begin = atom;
}

/* ---- What needs no rules ---- */

/* Of a colon, semicolon or dash before white space. */
static enum text_sure look_at_spaced(const struct text_ends *ends, const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	const size_t next = atom + 2;
	const char c = request->text[atoms->off[atom]];
	/* finite-verb; ruled-line */
	if (request->lang == LANG_UG || !atoms_is_content(atoms, next) || bits_has(ends->hard, next))
		return TEXT_SURE_UNKNOWN;
	const char first = request->text[atoms->off[next]];
	const bool is_lower = ATOMS_HAS(atoms, latin, next) && first >= 'a' && first <= 'z';
	/* colon-capital; dateline: place, dash, agency and colon */
	if (c == ':')
		return (request->lang != LANG_IT || is_lower) && !look_at(ends, request, ends->begin, atom).has_dashes
		               ? TEXT_SURE_GOES_ON
		               : TEXT_SURE_UNKNOWN;
	/* semicolon-starter */
	return is_lower || c == '\xE2' ? TEXT_SURE_GOES_ON : TEXT_SURE_UNKNOWN;
}

/* Whether no more rules are needed for a token; what is known is noted. */
static bool ask_plainly(struct text_ends *ends, const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	enum text_sure answer = TEXT_SURE_UNKNOWN;
	size_t next = 0;
	if (ATOMS_HAS(atoms, word, atom))
		answer = text_sure_of_word(ends, request, atom);
	else if (ATOMS_HAS(atoms, spaced, atom))
		answer = look_at_spaced(ends, request, atom);
	else
		answer = text_sure_of_mark(ends, request, atom, &next);
	if (answer == TEXT_SURE_UNKNOWN)
		return false;
	if (answer == TEXT_SURE_ENDS) {
		if (has_brackets(request, ends->begin, next) && !are_flat(request, ends->begin, next))
			return false;
		begin_sentence(ends, next);
	}
	ends->asked[atom / 64] &= ~((uint64_t)1 << atom % 64);
	return true;
}

bool text_ends_are_sure(const struct text_ends *ends, const struct text_lines_request *request, size_t mark, size_t *next)
{
	return text_sure_of_mark(ends, request, mark, next) == TEXT_SURE_ENDS;
}

void text_ends_begin(struct text_ends *ends, size_t atom)
{
	/* lines behind it may be known already */
	if (ends->line < atom)
		ends->line = ends->begin = atom;
}

/* ---- The question ---- */

bool text_ends_ask(struct text_ends *ends, const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	struct few few;
	bool is_whole = false, is_end = false;
	ends->line = find_line(atoms, ends->line, atom);
	if (ends->begin < ends->line)
		ends->begin = ends->line;
	if (ask_plainly(ends, request, atom))
		return true;
	const size_t found = find_few(&few, ends, request, atom, &is_whole);
	/* a line without words is in no language */
	if (few.has_unknown || found == few.n || !has_word(&few))
		return false;
	const struct sentence before = look_at(ends, request, ends->begin, atom);
	struct tokens tokens = {
		.start = few.start,
		.end = few.end,
		.lang = few.lang,
		.flags = few.flags,
		.kind = few.kind,
		.script = few.script,
	};
	struct scan scan = {
		.text = request->text,
		.tokens = &tokens,
		.end = few.n,
		.in_quotes = before.in_quotes,
		.filters = request->filters,
	};
	while (scan.begin < found && few.atom[scan.begin] < ends->begin)
		scan.begin++;
	if ((request->lang == LANG_UR || request->lang == LANG_SD) && has_opening(&few, &scan, found))
		return false;
	const size_t next = sentence_step(&scan, found, &is_end);
	if ((!is_whole && (next + 1 >= few.n || are_marks(&few, found + 1))) || has_single(&few, request->text, found) ||
	    before.has_foreign || look_at(ends, request, atom, few.atom[few.n]).has_foreign)
		return false;
	if (is_end) {
		if (next >= few.n)
			return false;
		const size_t first = few.atom[next];
		if (has_brackets(request, ends->begin, first) && !are_flat(request, ends->begin, first))
			return false;
		if (!becomes_space(request, few.end[next - 1], few.start[next]) || text_may_sign_off(request, first))
			return false;
		begin_sentence(ends, first);
	}
	for (size_t i = found; i < next; i++)
		ends->asked[few.atom[i] / 64] &= ~((uint64_t)1 << few.atom[i] % 64);
	return true;
}
