/*
 * What no other rule takes: marks of punctuation, symbols, and what is ill-formed, alone or in rows.
 */
#include "entity/view.h"

/* percent-currency: % and its like are symbols, whatever their category. */
static bool is_percent(uint32_t cp)
{
	return cp == '%' || cp == 0x066A || cp == 0x2030 || cp == 0x2031 || cp == 0xFE6A ||
	       cp == 0xFF05 || cp == 0x0609 || cp == 0x060A;
}

/* Marks that come in pairs stand alone; a row of any other one mark or symbol is one token. */
static bool makes_rows(uint32_t cp, uint8_t gc)
{
	return gc != UCD_GC_PS && gc != UCD_GC_PE && gc != UCD_GC_PI && gc != UCD_GC_PF &&
	       cp != '"' && !is_percent(cp);
}

/* rule-line: a row of at least four hyphens, equals signs, tildes and asterisks draws a line. */
static size_t match_rule_line(const struct view *view, size_t i)
{
	enum { SHORTEST_RULE = 4 };
	size_t j = i;
	while (view_is(view, j, '-') || view_is(view, j, '=') || view_is(view, j, '~') ||
	       view_is(view, j, '*'))
		j++;
	return j - i >= SHORTEST_RULE ? j : i;
}

/* mark-row: a row of exclamation and question marks, mixed as people write them (?!). */
static size_t match_interrobang(const struct view *view, size_t i)
{
	while (view_is(view, i, '!') || view_is(view, i, '?'))
		i++;
	return i;
}

/*
 * arrow: hyphens or equals signs with a head on either side or on both (->, -->, =>, <-, <=>), and the signs of comparison that
 * are typed so (<=, >=). A minus sign stays with its digits (x<-5). The atom behind it, or i.
 */
static size_t match_arrow(const struct view *view, size_t i)
{
	/* most hyphens are alone */
	const char second = i + 1 < view->end ? view->text[view_start(view, i + 1)] : ' ';
	if (second != '-' && second != '=' && second != '>')
		return i;
	if (view_is(view, i, '>'))
		return view_is(view, i + 1, '=') ? i + 2 : i;
	const bool has_tail = view_is(view, i, '<');
	const size_t shaft = i + has_tail;
	const char c = view_is(view, shaft, '-') ? '-' : '=';
	size_t j = shaft;
	while (view_is(view, j, c))
		j++;
	if (j == shaft)
		return i;
	if (view_is(view, j, '>'))
		return j + 1;
	return has_tail && (c == '=' || view_cls(view, j) != UCD_ATOM_NUMERIC) ? j : i;
}

/* mark-row: one mark of punctuation or symbol, or a row of the same. */
static size_t match_mark(const struct view *view, size_t i, struct piece *piece)
{
	const uint32_t cp = view_char(view, i);
	const uint8_t gc = ucd_get(cp)->gc;
	const bool is_symbol = is_percent(cp) || gc == UCD_GC_SC || gc == UCD_GC_SK ||
	                       gc == UCD_GC_SM || gc == UCD_GC_SO || gc == UCD_GC_NO ||
	                       gc == UCD_GC_NL;
	piece->kind = is_symbol ? LAFZ_KIND_SYMBOL : LAFZ_KIND_PUNCT;
	size_t j = i;
	switch (cp) {
	case '!':
	case '?':
		return match_interrobang(view, i);
	case '-':
	case '<':
	case '=':
	case '>':
		if ((j = match_arrow(view, i)) > i) {
			piece->kind = LAFZ_KIND_SYMBOL;
			return j;
		}
		/* fall through */
	case '*':
	case '~':
		if ((j = match_rule_line(view, i)) > i)
			return j;
		break;
	default:
		break;
	}
	j = i + 1;
	if (makes_rows(cp, gc))
		while (view_cls(view, j) == view_cls(view, i) && view_char(view, j) == cp)
			j++;
	return j;
}

/*
 * Marks that follow atom i - 1 right away, which is no letter or digit, belong to its token (WB4),
 * and with them the invisible controls between. The atom behind them.
 */
static size_t take_marks(const struct view *view, size_t i)
{
	size_t end = i;
	for (; view_cls(view, i) == UCD_ATOM_MARK || view_cls(view, i) == UCD_ATOM_FORMAT ||
	       view_cls(view, i) == UCD_ATOM_JOINER;
	     i++)
		if (view_cls(view, i) == UCD_ATOM_MARK)
			end = i + 1;
	return end;
}

/*
 * What no other rule takes: atoms one by one, rows of marks and symbols, rows of ill-formed bytes.
 */
static size_t match_one(const struct view *view, size_t i, struct piece *piece)
{
	const uint8_t cls = view_cls(view, i);
	size_t j = i + 1;
	switch (cls) {
	case UCD_ATOM_LETTER:    /* tatweel-dash: a row of tatweel without a letter */
	case UCD_ATOM_NUMERIC:   /* U+066B alone */
	case UCD_ATOM_EXTNUMLET: /* a low line that joins nothing */
		piece->kind = LAFZ_KIND_PUNCT;
		return j;
	case UCD_ATOM_HONORIFIC: /* honorific: U+FDFA and U+FDFB are phrases, no letters */
	case UCD_ATOM_MARK:      /* stray-mark: it has no base */
	case UCD_ATOM_NUMBER_SIGN:
	case UCD_ATOM_RI:
		piece->kind = LAFZ_KIND_SYMBOL;
		return j;
	case UCD_ATOM_LETTER_SYMBOL: /* letter-symbol: words of Sindhi */
	case UCD_ATOM_LETTER_OTHER:
		piece->kind = LAFZ_KIND_WORD;
		return j;
	case UCD_ATOM_ILLFORMED: /* ill-formed: a row of subparts */
		piece->kind = LAFZ_KIND_OTHER;
		while (view_cls(view, j) == UCD_ATOM_ILLFORMED)
			j++;
		return j;
	case UCD_ATOM_OTHER:
		piece->kind = LAFZ_KIND_OTHER;
		return j;
	default:
		return match_mark(view, i, piece);
	}
}

size_t match_rest(const struct view *view, size_t i, struct piece *piece)
{
	return take_marks(view, match_one(view, i, piece));
}
