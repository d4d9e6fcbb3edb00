#include "text/parts.h"

#include "base/bits.h"
#include "lang.h"
#include "sentence/scan.h"
#include "unicode/ucd.h"

/* The first atom of some that has a bit; end if none has. */
static size_t first_of(const uint64_t *bits, size_t from, size_t end)
{
	for (size_t k = from / 64; 64 * k < end; k++) {
		const uint64_t left = bits[k] & bits_between(k, from, end);
		if (left != 0)
			return 64 * k + (size_t)__builtin_ctzll(left);
	}
	return end;
}

/* The last atom behind one, up to another, that has a bit; the former if none has. */
static size_t last_behind(const uint64_t *bits, size_t atom, size_t last)
{
	size_t k = last / 64;
	uint64_t left = bits[k] & bits_below(last % 64 + 1);
	while (left == 0 && 64 * k > atom)
		left = bits[--k];
	const size_t found = left != 0 ? 64 * k + 63 - (size_t)__builtin_clzll(left) : 0;
	return found > atom ? found : atom;
}

/* ---- What may be open ---- */

/* What is looked at from a place on where nothing is open. */
struct open {
	size_t at;       /* atoms before it are looked at */
	uint8_t bracket; /* that is open, or 0 */
	size_t opened;   /* the atom of that */
	bool is_unknown; /* a single quote or bracket that may be open to the end of the line */
};

/* Whether a single quote may open a quotation, for rules of words: it is not right behind a word or ASCII. */
static bool may_open(const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	if (atom == 0 || ATOMS_HAS(atoms, word, atom - 1))
		return atom == 0;
	const char before = request->text[atoms->off[atom] - 1];
	return before <= ' ' || before > '~';
}

/* The first atom of some that may open a quotation with a single quote, or end. */
static size_t find_single(const struct text_lines_request *request, size_t from, size_t end)
{
	const struct atom_sets *const sets = request->atoms->sets;
	for (size_t k = from / 64; 64 * k < end; k++) {
		uint64_t left = (sets[k].apostrophe | sets[k].opening) & bits_between(k, from, end);
		for (; left != 0; left &= left - 1) {
			const size_t atom = 64 * k + (size_t)__builtin_ctzll(left);
			if (may_open(request, atom))
				return atom;
		}
	}
	return end;
}

/* Whether a mark stands among some atoms at which a sentence may end: none of commas, but an Uyghur one. */
static bool has_mark(const struct text_lines_request *request, size_t from, size_t end)
{
	for (size_t k = from / 64; 64 * k < end; k++) {
		const struct atom_sets *const sets = &request->atoms->sets[k];
		const uint64_t commas = request->lang == LANG_UG ? 0 : sets->comma | sets->arabic_comma;
		const uint64_t marks = (sets->mark | sets->quote | sets->curly | sets->stop | sets->spaced) & ~commas;
		if ((marks & bits_between(k, from, end)) != 0)
			return true;
	}
	return false;
}

/* Atoms of some that are no white space, of which tokens have at least one each. */
static size_t count_content(const struct text_lines_request *request, size_t from, size_t end)
{
	size_t n = 0;
	for (size_t k = from / 64; 64 * k < end; k++)
		n += bits_count(request->atoms->sets[k].content & bits_between(k, from, end));
	return n;
}

/* Whether a sentence may end inside brackets, as none does inside of those that are not long and stand in one: then what closes them counts as one that nothing opened. */
static bool may_end_inside(const struct text_lines_request *request, size_t opened, size_t closed)
{
	const struct atoms *const atoms = request->atoms;
	const bool is_in_sentence = opened >= 2 && !ATOMS_HAS(atoms, content, opened - 1) && ATOMS_HAS(atoms, word, opened - 2);
	const bool is_bound = is_in_sentence && ATOMS_HAS(atoms, content, opened + 1) && count_content(request, opened, closed) < SCAN_LONGEST_BRACKET;
	return !is_bound && has_mark(request, opened + 1, closed);
}

/* Each bracket is closed by its like before the next one opens, and what closes one sticks to what is before it. */
static void note_bracket(struct open *open, const struct text_lines *lines, const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	const uint8_t code = atoms->code[atom];
	const bool opens = code == '(' || code == '[';
	const uint8_t wanted = open->bracket == '(' ? ')' : ']';
	const bool is_flat = opens ? open->bracket == 0
	                           : open->bracket != 0 && code == wanted && ATOMS_HAS(atoms, content, atom - 1);
	/* part of an emoticon, it may be none */
	if (!is_flat || bits_has(lines->hard, atom) || (!opens && may_end_inside(request, open->opened, atom)))
		open->is_unknown = true;
	open->bracket = opens ? code : 0;
	open->opened = atom;
}

static void look_up_to(struct open *open, const struct text_lines *lines, const struct text_lines_request *request,
                       size_t end)
{
	const struct atoms *const atoms = request->atoms;
	if (find_single(request, open->at, end) < end)
		open->is_unknown = true;
	for (size_t k = open->at / 64; 64 * k < end; k++) {
		uint64_t left = atoms->sets[k].bracket & bits_between(k, open->at, end);
		for (; left != 0; left &= left - 1)
			note_bracket(open, lines, request, 64 * k + (size_t)__builtin_ctzll(left));
	}
	open->at = end;
}

/* ---- Borders ---- */

/* Whether there is a word for sure among some atoms; what a line begins with is in the language of its first word. */
static bool has_word(const struct text_lines *lines, const struct atoms *atoms, size_t first, size_t end)
{
	while (first < end && (!ATOMS_HAS(atoms, word, first) || bits_has(lines->hard, first) || bits_has(lines->ends.odd, first)))
		first++;
	return first < end;
}

/* The first sentence behind an atom that begins for sure, whatever stands before it; line_end if none does. */
static size_t find_sure(struct text_lines *lines, const struct text_lines_request *request, struct open *open,
                        size_t first, size_t atom, size_t line_end)
{
	size_t next = line_end;
	for (size_t mark = atom + 1; !open->is_unknown; mark++) {
		mark = first_of(lines->ends.asked, mark, line_end);
		if (mark == line_end)
			break;
		if (!text_ends_are_sure(&lines->ends, request, mark, &next))
			continue;
		look_up_to(open, lines, request, next);
		if (!open->is_unknown && open->bracket == 0 && has_word(lines, request->atoms, first, next))
			return next;
	}
	return line_end;
}

/* Whether an atom is a word in the script of the language. */
static bool is_own_word(const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	return ATOMS_HAS(atoms, word, atom) && ATOMS_HAS(atoms, latin, atom) == (lang_script(request->lang) == UCD_SCRIPT_LATN);
}

/*
 * Whether a part may begin or end at a break: behind white space, and not behind a full stop that belongs to a word, for rules of words look
 * at both sides of these; and before a word of the language, or one mark and such a word, since other tokens are in the language of the word before them.
 */
static bool is_border(const struct text_lines *lines, const struct text_lines_request *request, size_t next)
{
	const struct atoms *const atoms = request->atoms;
	size_t last = next - 1;
	if (ATOMS_HAS(atoms, content, last))
		return false;
	while (!ATOMS_HAS(atoms, content, last))
		last--;
	if (!bits_has(lines->glued, last))
		return false;
	const bool is_opened = ATOMS_HAS(atoms, quote, next) || ATOMS_HAS(atoms, curly, next) || ATOMS_HAS(atoms, opening, next);
	return is_own_word(request, next + is_opened);
}

struct text_part text_parts_find(struct text_lines *lines, const struct text_lines_request *request,
                                 const struct segment *line, size_t from, uint32_t stop)
{
	const uint64_t *const breaks = lines->ends.breaks;
	const size_t line_end = line->atom_end;
	const size_t atom = text_lines_atom(request, from, stop);
	struct text_part part = {.first = last_behind(breaks, from, find_single(request, from, atom))};
	if (part.first > from && !is_border(lines, request, part.first))
		part.first = from;
	struct open open = {.at = part.first};
	size_t known = first_of(breaks, atom + 1, line_end);
	while (known < line_end && !(is_border(lines, request, known) && has_word(lines, request->atoms, part.first, known)))
		known = first_of(breaks, known + 1, line_end);
	if (known < line_end)
		look_up_to(&open, lines, request, known);
	if (known < line_end && !open.is_unknown && open.bracket == 0)
		part.end = known;
	else
		part.end = find_sure(lines, request, &open, part.first, atom, line_end);
	if (part.end < line_end)
		text_ends_begin(&lines->ends, part.end);
	return part;
}

uint32_t text_parts_text_end(const struct text_lines_request *request, const struct segment *line,
                             const struct text_part *part)
{
	const struct atoms *const atoms = request->atoms;
	size_t end = part->end;
	if (end == line->atom_end)
		return line->end;
	while (!ATOMS_HAS(atoms, content, end - 1))
		end--;
	return atoms->off[end];
}
