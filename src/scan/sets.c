/*
 * The sets of atoms, and atoms as pieces: the reference. One atom at a time; a set bit costs some ten
 * instructions, which is also what the kernels use that have no better.
 */
#include "scan/picks.h"
#include "scan/scan.h"
#include "scan/signs.h"

#include "unicode/ucd.h"

static bool is_word(const struct atoms *atoms, size_t i)
{
	return atoms->cls[i] == UCD_ATOM_LETTER &&
	       (atoms->flags[i] & (ATOM_LETTER | ATOM_CONTROL)) == ATOM_LETTER &&
	       (atoms->script[i] == UCD_SCRIPT_LATN || atoms->script[i] == UCD_SCRIPT_ARAB);
}

static void add_mark(struct atom_sets *sets, uint8_t code, uint64_t bit)
{
	switch (code) {
	case SIGN_APOSTROPHE:
		sets->apostrophe |= bit;
		break;
	case SIGN_OPENING:
		sets->opening |= bit;
		break;
	case ',':
		sets->comma |= bit;
		break;
	case SIGN_ARABIC_COMMA:
		sets->arabic_comma |= bit;
		break;
	case '.':
		sets->full_stop |= bit;
		break;
	case '-':
		sets->hyphen |= bit;
		break;
	case SIGN_STOP:
	case '?':
		sets->stop |= bit;
		break;
	case ':':
		sets->colon |= bit;
		sets->spaced |= bit;
		break;
	case ';':
	case SIGN_SPACED:
		sets->spaced |= bit;
		break;
	case SIGN_QUOTE:
		sets->curly |= bit;
		break;
	case '(':
		sets->paren |= bit;
		sets->bracket |= bit;
		break;
	case ')':
	case '[':
	case ']':
		sets->bracket |= bit;
		break;
	default:
		break;
	}
}

void sets_plain(struct atoms *atoms)
{
	for (size_t k = 0; k <= atoms->n / 64 + 1; k++)
		atoms->sets[k] = (struct atom_sets){0};
	atoms->n_line_ends = 0;
	for (size_t i = 0; i < atoms->n; i++) {
		struct atom_sets *const sets = &atoms->sets[i / 64];
		const uint64_t bit = (uint64_t)1 << i % 64;
		const uint8_t cls = atoms->cls[i];
		if (cls >= UCD_ATOM_NEWLINE && cls <= UCD_ATOM_LF) {
			sets->line_end |= bit;
			atoms->line_ends[atoms->n_line_ends++] = (uint32_t)i;
		} else if (cls != UCD_ATOM_SPACE) {
			sets->content |= bit;
		}
		if (is_word(atoms, i))
			sets->word |= bit;
		if (is_word(atoms, i) && atoms->script[i] == UCD_SCRIPT_LATN)
			sets->latin |= bit;
		if (cls == UCD_ATOM_MIDNUM)
			sets->middle |= bit;
		if (cls == UCD_ATOM_MIDNUM || cls == UCD_ATOM_MIDNUMLET ||
		    cls == UCD_ATOM_MIDLETTER || cls == UCD_ATOM_PUNCT)
			sets->mark |= bit;
		if (cls == UCD_ATOM_DQUOTE)
			sets->quote |= bit;
		if (cls >= UCD_ATOM_MARK && cls <= UCD_ATOM_JOINER)
			sets->extends |= bit;
		if (cls == UCD_ATOM_SQUOTE)
			sets->apostrophe |= bit;
		else if (sets->mark & bit)
			add_mark(sets, atoms->code[i], bit);
	}
}

void pick_plain(const struct atoms *atoms, size_t i, const struct picks *picks,
                struct pieces *pieces, struct busy *busy)
{
	picks_busy(picks, pieces->n, busy);
	for (uint64_t which = picks->which; which != 0; which &= which - 1) {
		const size_t atom = i + (size_t)__builtin_ctzll(which), n = pieces->n++;
		const unsigned flags = atoms->flags[atom];
		const bool is_letter = atoms->cls[atom] == UCD_ATOM_LETTER;
		const bool is_upper = (flags & (ATOM_UPPER | ATOM_LOWER)) == ATOM_UPPER;
		pieces->start[n] = atoms->off[atom];
		pieces->end[n] = atoms->off[atom + 1];
		pieces->flags[n] = (uint16_t)((is_upper ? LAFZ_FLAG_UPPER : 0) |
		                              (flags & ATOM_ZWNJ ? LAFZ_FLAG_ZWNJ : 0));
		pieces->kind[n] = is_letter ? LAFZ_KIND_WORD : LAFZ_KIND_PUNCT;
		pieces->script[n] = is_letter ? atoms->script[atom] : (uint8_t)UCD_SCRIPT_ZYYY;
	}
}
