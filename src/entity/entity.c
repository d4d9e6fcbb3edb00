#include "entity/entity.h"

#include <assert.h>
#include <string.h>

#include "base/bits.h"
#include "entity/alone.h"
#include "entity/ends.h"
#include "entity/view.h"
#include "scan/avx2_choice.h"

static bool holds_bidi_control(const char *text, uint32_t start, uint32_t end)
{
	while (start < end) {
		const struct utf8 c = utf8_decode(text + start, end - start);
		if (ucd_is_bidi_control(c.cp))
			return true;
		start += c.len;
	}
	return false;
}

/* Notes the script of a word; what no letters are in has none. */
static void add_script(struct pieces *pieces, uint8_t script)
{
	if (script == UCD_SCRIPT_LATN)
		pieces->scripts |= PIECE_LATIN;
	else if (script == UCD_SCRIPT_ARAB)
		pieces->scripts |= PIECE_ARABIC;
	else if (script != UCD_SCRIPT_ZYYY && script != UCD_SCRIPT_ZINH)
		pieces->scripts |= PIECE_OTHER;
}

/*
 * Appends a piece of the atoms from i to end; what the rule set in *piece is kept, its start too. There is
 * room for it, since no piece is without atoms.
 */
static void add_piece(struct pieces *pieces, const struct view *view, size_t i, size_t end,
                      const struct piece *piece)
{
	unsigned flags = 0, piece_flags = piece->flags;
	bool is_mixed = false;
	uint8_t script = UCD_SCRIPT_ZYYY;
	const uint32_t piece_end = view->atoms->off[end];
	for (; i < end; i++) {
		const unsigned own = view->atoms->flags[i];
		const uint8_t own_script = own & ATOM_LETTER ? view->atoms->script[i]
		                                             : (uint8_t)UCD_SCRIPT_ZYYY;
		is_mixed = is_mixed || (own_script && script && own_script != script);
		if (!script)
			script = own_script;
		flags |= own;
		if (view->atoms->cls[i] == UCD_ATOM_ILLFORMED)
			piece_flags |= LAFZ_FLAG_REPAIRED;
	}
	const bool is_text = piece->kind == LAFZ_KIND_WORD || piece->kind == LAFZ_KIND_HASHTAG;
	if (is_text && is_mixed)
		piece_flags |= LAFZ_FLAG_MIXED;
	if (piece->kind == LAFZ_KIND_WORD && flags & ATOM_UPPER && !(flags & ATOM_LOWER))
		piece_flags |= LAFZ_FLAG_UPPER;
	if (flags & ATOM_ZWNJ)
		piece_flags |= LAFZ_FLAG_ZWNJ;
	if (flags & ATOM_CONTROL && holds_bidi_control(view->text, piece->start, piece_end))
		piece_flags |= LAFZ_FLAG_BIDI;
	const size_t n = pieces->n++;
	pieces->start[n] = piece->start;
	pieces->end[n] = piece_end;
	pieces->flags[n] = (uint16_t)piece_flags;
	pieces->kind[n] = piece->kind;
	pieces->script[n] = script;
	if (piece->kind == LAFZ_KIND_WORD)
		add_script(pieces, script);
}

/* The same for one atom that is a word and has no invisible controls. */
static void add_word(struct pieces *pieces, const struct view *view, size_t i)
{
	const unsigned flags = view->atoms->flags[i];
	const bool is_upper = (flags & (ATOM_UPPER | ATOM_LOWER)) == ATOM_UPPER;
	const size_t n = pieces->n++;
	pieces->start[n] = view->atoms->off[i];
	pieces->end[n] = view->atoms->off[i + 1];
	pieces->flags[n] = (uint16_t)((is_upper ? LAFZ_FLAG_UPPER : 0) |
	                              (flags & ATOM_ZWNJ ? LAFZ_FLAG_ZWNJ : 0));
	pieces->kind[n] = LAFZ_KIND_WORD;
	pieces->script[n] = view->atoms->script[i];
	add_script(pieces, view->atoms->script[i]);
}

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
	if (cp == '!' || cp == '?')
		return match_interrobang(view, i);
	if (cp == '-' || cp == '=' || cp == '~' || cp == '*')
		j = match_rule_line(view, i);
	if (j > i)
		return j;
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
static size_t match_rest(const struct view *view, size_t i, struct piece *piece)
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

/*
 * Whether atom i can begin a word: letters that are more than tatweel, or a low line that joins
 * something.
 */
static bool begins_word(const struct view *view, size_t i)
{
	const uint8_t cls = view_cls(view, i);
	if (cls == UCD_ATOM_EXTNUMLET)
		return view_is_letter(view, i + 1) || view_cls(view, i + 1) == UCD_ATOM_NUMERIC;
	return view_is_letter(view, i) && view_flags(view, i) & ATOM_LETTER;
}

/*
 * Whether the atoms from i to end, without white space between, hold anything a link, address or
 * tag is known by.
 */
static bool may_hold_web(const struct view *view, size_t i, size_t end)
{
	for (; i < end; i++) {
		const uint8_t cls = view->atoms->cls[i];
		if (cls != UCD_ATOM_PUNCT && cls != UCD_ATOM_SYMBOL && cls != UCD_ATOM_MIDLETTER &&
		    cls != UCD_ATOM_MIDNUMLET)
			continue;
		const char c = view->text[view_start(view, i)];
		if (c == '@' || c == '#' || c == '$' || (c == '.' && view_is_name(view, i + 1)) ||
		    (c == ':' && (view_is(view, i + 1, '/') || view_is_name(view, i + 1) ||
		                  view_is(view, i + 1, ':'))) ||
		    (unsigned char)c == 0xEF)
			return true;
	}
	return false;
}

static bool is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019;
}

/* leading-apostrophe: and, cut short on both sides, between two words (rock 'n' roll). */
static bool is_short_and(const struct view *view, size_t i)
{
	return is_apostrophe(view_char(view, i)) && is_apostrophe(view_char(view, i + 2)) &&
	       view_equals(view, i + 1, "n") && view_is_gap(view, i - 1) && view_is_gap(view, i + 3) &&
	       view_is_latin(view, i - 2) && view_is_latin(view, i + 4);
}

/*
 * leading-apostrophe: what is left of a word behind an apostrophe with a space before it: 's, 't, 'n, 'cause
 * and the like in English, German and Dutch; 's behind a name as well (@zala's). Not where a further
 * apostrophe shows a quotation.
 */
static size_t match_leading_apostrophe(const struct view *view, size_t i, struct piece *piece)
{
	static const char *const rests[] = {"s",  "t",  "n",   "m",    "d",     "ll",  "re",
	                                    "ve", "em", "tis", "twas", "cause", "til", "bout"};
	if (is_short_and(view, i)) {
		piece->kind = LAFZ_KIND_WORD;
		piece->flags |= LAFZ_FLAG_CONTRACTION;
		return i + 3;
	}
	const bool may_begin = view_is_gap(view, i - 1) ||
	                       (view_is_name(view, i - 1) && view_is(view, i + 1, 's'));
	if (!is_apostrophe(view_char(view, i)) || !may_begin || !view_is_latin(view, i + 1) ||
	    view_is_name(view, i + 2) || is_apostrophe(view_char(view, i + 2)))
		return i;
	for (size_t k = 0; k < sizeof rests / sizeof *rests; k++) {
		if (view_equals(view, i + 1, rests[k])) {
			piece->kind = LAFZ_KIND_WORD;
			piece->flags |= LAFZ_FLAG_CONTRACTION;
			return i + 2;
		}
	}
	return i;
}

/* A domain that is hardly a word too, in letters of one case: with a capital alone it begins a sentence. */
static bool is_domain_alone(const struct view *view, size_t i)
{
	static const char *const domains[] = {"com", "edu", "gov", "mil", "net", "org"};
	const unsigned both = ATOM_UPPER | ATOM_LOWER;
	if (!view_is_latin(view, i) || (view_flags(view, i) & both) == both || view_is_name(view, i + 1))
		return false;
	for (size_t k = 0; k < sizeof domains / sizeof *domains; k++)
		if (view_equals(view, i, domains[k]))
			return true;
	return false;
}

/* file-name: an extension or a top-level domain alone (.doc, .com, .NET), behind a gap or an opening bracket. */
static size_t match_extension(const struct view *view, size_t i, struct piece *piece)
{
	if (!view_is(view, i, '.') || !(is_extension(view, i + 1) || is_domain_alone(view, i + 1)) ||
	    (!view_is_gap(view, i - 1) && ucd_get(view_char(view, i - 1))->gc != UCD_GC_PS))
		return i;
	piece->kind = LAFZ_KIND_WORD;
	return i + 2;
}

/* The atom behind the number of a character in hexadecimal digits (x27) and a semicolon, or i. */
static size_t match_hex_reference(const struct view *view, size_t i)
{
	enum { MOST_DIGITS = 6 };
	const char first = view_len(view, i) > 0 ? view->text[view_start(view, i)] : '\0';
	if (first != 'x' && first != 'X')
		return i;
	size_t end = i;
	uint32_t at = view_start(view, i) + 1;
	const uint32_t begin = at;
	for (; !view_is(view, end, ';'); end++)
		if (!view_is_ascii(view, end) || !view_is_name(view, end))
			return i;
	for (; at < view_start(view, end); at++)
		if (!strchr("0123456789abcdefABCDEF", view->text[at]))
			return i;
	return at > begin && at - begin <= MOST_DIGITS ? end + 1 : i;
}

/* character-reference: what is left of HTML stands for one character (&lt; &#39; &#x27;). */
static size_t match_reference(const struct view *view, size_t i, struct piece *piece)
{
	static const char *const names[] = {"amp",   "lt",    "gt",     "quot",  "apos",   "nbsp",
	                                    "copy",  "reg",   "deg",    "euro",  "middot", "bull",
	                                    "ndash", "mdash", "lsquo",  "rsquo", "ldquo",  "rdquo",
	                                    "laquo", "raquo", "hellip", "zwnj",  "zwj",    "shy"};
	if (!view_is(view, i, '&'))
		return i;
	piece->kind = LAFZ_KIND_SYMBOL;
	if (view_is(view, i + 1, '#')) {
		const bool is_number = view_cls(view, i + 2) == UCD_ATOM_NUMERIC &&
		                       view_len(view, i + 2) <= 7;
		if (is_number && view_is(view, i + 3, ';'))
			return i + 4;
		const size_t end = match_hex_reference(view, i + 2);
		return end > i + 2 ? end : i;
	}
	if (!view_is(view, i + 2, ';') || !view_is_latin(view, i + 1))
		return i;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		if (view_equals(view, i + 1, names[k]))
			return i + 3;
	return i;
}

/* Rules of what a mark of punctuation begins, by its first byte. */
static size_t match_from_mark(const struct view *view, size_t i, struct piece *piece)
{
	const char first = view->text[view_start(view, i)];
	if (first == '.')
		return match_extension(view, i, piece);
	if (first == '&')
		return match_reference(view, i, piece);
	if (first != '\'' && first != '\xE2')
		return i;
	const size_t end = match_short_year(view, i, piece);
	return end > i ? end : match_leading_apostrophe(view, i, piece);
}

static bool is_dictionary(const struct view *view, size_t i)
{
	const uint8_t cls = view_cls(view, i);
	return cls == UCD_ATOM_DICTIONARY || cls == UCD_ATOM_IDEOGRAPH || cls == UCD_ATOM_KATAKANA;
}

/* Notes that a piece begins with atom i. */
static void begin_at(struct entity_stage *stage, size_t i)
{
	stage->blocks[i / 64].begins |= (uint64_t)1 << i % 64;
}

/* dictionary: a row of text without spaces, cut to words by ICU. */
static int add_dictionary_words(struct entity_stage *stage, const struct lafz_allocator *mem,
                                const struct view *view, size_t i, size_t end, struct pieces *pieces)
{
	const uint32_t start = view_start(view, i);
	int rc = dict_words(&stage->dict, mem, view->text + start, view_start(view, end) - start);
	for (size_t k = 0; k < stage->dict.n && rc == LAFZ_OK; k++) {
		const size_t first = i;
		const struct piece piece = {.start = view_start(view, i), .kind = LAFZ_KIND_WORD};
		while (i < end && view_start(view, i + 1) - start <= stage->dict.ends[k])
			i++;
		if (i == first)
			continue; /* a border inside an atom: the word goes on to the atom's end */
		begin_at(stage, first);
		add_piece(pieces, view, first, i, &piece);
	}
	return rc;
}

/* The default rules at atom i, which is no gap. The atom behind the piece. */
static size_t match_default(const struct view *view, size_t i, bool may_be_web, struct piece *piece)
{
	size_t end = i;
	/* digits that a low line joins to a name are a word (WB13a), all others a number */
	const bool is_name = view_cls(view, i) == UCD_ATOM_NUMERIC &&
	                     view_cls(view, i + 1) == UCD_ATOM_EXTNUMLET;
	if (may_be_web && (end = match_web(view, i, piece)) > i)
		return end;
	if ((end = match_emoji(view, i, piece)) > i)
		return end;
	if ((end = match_emoticon(view, i, piece)) > i)
		return end;
	/* of numbers nothing but the sign before the digits is no digit */
	const bool may_be_number = view_cls(view, i) == UCD_ATOM_NUMERIC ||
	                           view_cls(view, i + 1) == UCD_ATOM_NUMERIC;
	if (!is_name && may_be_number && (end = match_number(view, i, piece)) > i)
		return end;
	if (is_name || begins_word(view, i))
		return match_word(view, i, piece);
	if ((end = match_from_mark(view, i, piece)) > i)
		return end;
	return take_marks(view, match_rest(view, i, piece));
}

/* The class of atom i, from the segment's first one on; a line end behind its last. */
static uint8_t cls_at(const struct view *view, size_t i)
{
	return i < view->end ? view->atoms->cls[i] : (uint8_t)UCD_ATOM_NEWLINE;
}

/* White space and line ends, but no invisible controls. */
#define BLANKS                                                                                     \
	((uint64_t)1 << UCD_ATOM_SPACE | (uint64_t)1 << UCD_ATOM_NEWLINE |                         \
	 (uint64_t)1 << UCD_ATOM_CR | (uint64_t)1 << UCD_ATOM_LF)

static_assert(UCD_ATOM_COUNT <= 64, "classes are bits of a number");

static bool is_blank(uint8_t cls)
{
	return BLANKS >> cls & 1;
}

/* Whether stretches without white space hold anything of a link; looked up when a rule asks for it. */
struct web {
	size_t end; /* of the stretch that was looked at last */
	bool may_be;
};

static bool may_be_web(struct web *web, const struct view *view, size_t i)
{
	if (i < web->end)
		return web->may_be;
	for (web->end = i; web->end < view->end && view->atoms->cls[web->end] != UCD_ATOM_SPACE;)
		web->end++;
	web->may_be = may_hold_web(view, i, web->end);
	return web->may_be;
}

#define SHORT 8 /* bytes of two letters with marks, at most */

/*
 * Whether atom i, letters, is a word by itself because of what is behind it: no rule of the default
 * ones takes more or makes anything else of it. Nearly all words are settled here.
 */
static bool is_plain_word(const struct view *view, size_t i, struct web *web)
{
	const struct atoms *const atoms = view->atoms;
	const unsigned flags = atoms->flags[i];
	const uint8_t script = atoms->script[i];
	if (((flags & (ATOM_LETTER | ATOM_CONTROL)) != ATOM_LETTER) |
	    ((script != UCD_SCRIPT_LATN) & (script != UCD_SCRIPT_ARAB)))
		return false;
	/* XD may be an emoticon */
	const uint32_t start = atoms->off[i], end = atoms->off[i + 1];
	if ((end - start == 2) & ((view->text[start] | 0x20) == 'x'))
		return false;
	const uint8_t next = cls_at(view, i + 1);
	if ((BLANKS | (uint64_t)1 << UCD_ATOM_MIDNUM) >> next & 1)
		return true;
	if (may_be_web(web, view, i))
		return false;
	if (next == UCD_ATOM_LETTER) /* of another script */
		return true;
	if (next == UCD_ATOM_MIDNUMLET || next == UCD_ATOM_MIDLETTER || next == UCD_ATOM_SQUOTE) {
		/* short words may be initials (J.-N.) */
		const uint8_t behind = cls_at(view, i + 2);
		return is_blank(behind) || (end - start > SHORT && behind != UCD_ATOM_LETTER &&
		                            behind != UCD_ATOM_HEBREW);
	}
	/* km/h; a degree sign */
	return (next == UCD_ATOM_PUNCT || next == UCD_ATOM_DQUOTE) && view->text[end] != '/' &&
	       view->text[end] != '\xC2';
}

/*
 * Whether atom i, letters, and two behind it are a word of Latin script with an apostrophe inside, before white
 * space, a quote, a comma, or a mark with one of these behind it (don't): no other rule takes any of it, and that
 * of words no more.
 */
static bool is_plain_contraction(const struct view *view, size_t i)
{
	const uint8_t next = cls_at(view, i + 1);
	if (next != UCD_ATOM_SQUOTE && next != UCD_ATOM_MIDNUMLET)
		return false;
	const struct atom_sets sets = atom_sets_at(view->atoms, i);
	const uint64_t is_closed = ~sets.content | sets.quote;
	const uint64_t is_over = (is_closed | sets.middle | (sets.mark & is_closed >> 1)) >> 3;
	if (i + 3 > view->end || !(sets.word & sets.word >> 2 & is_over & 1) ||
	    !view_is_latin(view, i) || !view_is_latin(view, i + 2))
		return false;
	const char *const mark = view->text + view_start(view, i + 1);
	const uint32_t len = view_len(view, i + 1);
	return (len == 1 && *mark == '\'') || (len == 3 && memcmp(mark, "\xE2\x80\x99", 3) == 0);
}

/* What the default rules need. */
struct entities {
	struct entity_stage *stage;
	const struct lafz_allocator *mem;
	struct view view;        /* the segment that rules were last asked in */
	const struct segment *segment; /* that segment or one before the next atoms */
	struct web web;
	struct pieces *pieces;
	struct busy *busy;
};

/* The segment that atom i is in is what rules look at. */
static void view_segment_of(struct entities *entities, size_t i)
{
	while (entities->segment->atom_end <= i)
		entities->segment++;
	entities->view.first = entities->segment->atom_first;
	entities->view.end = entities->segment->atom_end;
}

/* Adds what begins with atom i, which is no white space. The atom behind it, or a failure. */
static int add_any(struct entities *entities, size_t i, size_t *behind)
{
	const struct view *const view = &entities->view;
	struct pieces *const pieces = entities->pieces;
	const size_t first = pieces->n;
	view_segment_of(entities, i);
	size_t end = i + 1;
	int rc = LAFZ_OK;
	const bool is_letter = view->atoms->cls[i] == UCD_ATOM_LETTER &&
	                       !entities->stage->is_thorough;
	if (is_letter && is_plain_contraction(view, i)) {
		const struct piece piece = {
			.start = view_start(view, i),
			.kind = LAFZ_KIND_WORD,
			.flags = LAFZ_FLAG_CONTRACTION,
		};
		end = i + 3;
		begin_at(entities->stage, i);
		add_piece(pieces, view, i, end, &piece);
	} else if (is_letter && is_plain_word(view, i, &entities->web)) {
		begin_at(entities->stage, i);
		add_word(pieces, view, i);
	} else if (view_is_gap(view, i) || (view_cls(view, i) == UCD_ATOM_MARK &&
	                                    ucd_get(view_char(view, i))->flags & UCD_IGNORABLE)) {
		/* invisible-control: variation selectors without a base are as invisible as the rest */
	} else if (is_dictionary(view, i)) {
		while (is_dictionary(view, end))
			end++;
		rc = add_dictionary_words(entities->stage, entities->mem, view, i, end, pieces);
	} else {
		struct piece piece = {.start = view_start(view, i)};
		end = match_default(view, i, may_be_web(&entities->web, view, i), &piece);
		begin_at(entities->stage, i);
		add_piece(pieces, view, i, end, &piece);
	}
	struct busy *const busy = entities->busy;
	for (size_t k = first; k < pieces->n; k++)
		busy->at[busy->n++] = (uint32_t)k << BUSY_BITS | BUSY_ANY;
	*behind = end;
	return rc;
}

/* Makes a contraction of a piece that has its first atom alone. */
static void end_contraction(struct pieces *pieces, size_t n, const struct atoms *atoms, size_t i)
{
	const unsigned flags = atoms->flags[i] | atoms->flags[i + 2];
	const bool is_upper = (flags & (ATOM_UPPER | ATOM_LOWER)) == ATOM_UPPER;
	pieces->end[n] = atoms->off[i + 3];
	pieces->flags[n] = (uint16_t)(LAFZ_FLAG_CONTRACTION | (is_upper ? LAFZ_FLAG_UPPER : 0) |
	                              (flags & ATOM_ZWNJ ? LAFZ_FLAG_ZWNJ : 0));
}

/* Adds those of the 64 atoms from i on that are tokens by themselves, from one place to another. */
static void add_alone(struct entities *entities, size_t i, const struct alone *alone, size_t from,
                      size_t to)
{
	struct pieces *const pieces = entities->pieces;
	struct entity_block *const block = &entities->stage->blocks[i / 64];
	const uint64_t tokens = alone->tokens & bits_below(to) & ~bits_below(from);
	const uint64_t contractions = alone->contractions & tokens;
	const struct picks picks = {
		.which = tokens,
		.busy = (alone->stops | contractions | alone->before | alone->asked) & tokens,
		.ones = (alone->stops | contractions) & tokens, /* BUSY_MARK, BUSY_CONTRACTION */
		.twos = (alone->before & tokens) | contractions, /* BUSY_BEFORE_STOP, that */
	};
	const size_t n = pieces->n;
	const struct atom_sets *const sets = &entities->view.atoms->sets[i / 64];
	pieces->scripts |= (uint8_t)(((tokens & sets->latin) != 0 ? PIECE_LATIN : 0) |
	                             ((tokens & sets->word & ~sets->latin) != 0 ? PIECE_ARABIC : 0));
	block->begins |= tokens;
	entities->stage->pick(entities->view.atoms, i, &picks, pieces, entities->busy);
	for (uint64_t left = contractions; left != 0; left &= left - 1) {
		const uint64_t below = (left & (0 - left)) - 1;
		end_contraction(pieces, n + bits_count(tokens & below), entities->view.atoms,
		                i + (size_t)__builtin_ctzll(left));
	}
}

static_assert(BUSY_ANY == 0 && BUSY_MARK == 1 && BUSY_BEFORE_STOP == 2 && BUSY_CONTRACTION == 3,
              "the bits of kinds");

static int add_default(struct entities *entities, size_t first, size_t last)
{
	size_t at = first; /* atoms before it are settled */
	for (size_t i = first - first % 64; i < last; i += 64) {
		const uint64_t within = bits_below(last - i) & ~bits_below(at > i ? at - i : 0);
		struct alone alone = {0};
		if (entities->stage->is_thorough)
			alone.content = entities->view.atoms->sets[i / 64].content & within;
		else
			alone_at(&entities->view, i / 64, within, entities->stage->has_smile,
			         &alone);
		uint64_t others = alone.content & ~alone.tokens & ~alone.behind;
		while (others != 0) {
			const size_t other = i + (size_t)__builtin_ctzll(others);
			if (other > at)
				add_alone(entities, i, &alone, at > i ? at - i : 0, other - i);
			const int rc = add_any(entities, other, &at);
			if (rc < 0)
				return rc;
			others &= ~bits_below(at - i);
		}
		if (at < i + 64) {
			add_alone(entities, i, &alone, at > i ? at - i : 0, 64);
			at = i + 64;
		}
	}
	return LAFZ_OK;
}

/* Room for the blocks up to that of an atom, with nothing in them. */
static int begin_blocks(struct entity_stage *stage, const struct lafz_allocator *mem, size_t end)
{
	const size_t n = end / 64 + 1;
	if (mem_reserve(mem, &stage->blocks, &stage->blocks_cap, n, sizeof *stage->blocks) < 0)
		return LAFZ_ERR_MEMORY;
	memset(stage->blocks, 0, n * sizeof *stage->blocks);
	return LAFZ_OK;
}

static int add_default_all(struct entities *entities, const struct segments *segments, size_t first, size_t end)
{
	int rc = begin_blocks(entities->stage, entities->mem, end);
	if (rc == LAFZ_OK)
		rc = add_default(entities, first, end);
	if (rc == LAFZ_OK)
		entities->stage->end_segments(entities->stage->blocks, end / 64 + 1, segments);
	return rc;
}

static void add_uax29(const struct view *view, bool begins_document, struct pieces *pieces)
{
	/* a leading byte order mark is a gap in every rule set */
	size_t first = view->first;
	if (begins_document && first < view->end && view_cls(view, first) == UCD_ATOM_FORMAT &&
	    view_char(view, first) == 0xFEFF && view_len(view, first) == 3)
		first++;
	for (size_t i = first, end = i; i < view->end; i = end) {
		struct piece piece = {0};
		end = match_uax29(view, i, &piece, &piece.start);
		if (end == i) {
			end = i + 1;
			continue;
		}
		add_piece(pieces, view, i, end, &piece);
	}
}

static void end_segments(struct entity_block *blocks, size_t n_blocks, const struct segments *segments)
{
	ends_of_segments(blocks, n_blocks, segments);
}

void entity_set_kernel(struct entity_stage *stage, const struct scan_kernel *kernel)
{
	stage->pick = kernel->pick;
	stage->end_segments = AVX2_CHOOSE(kernel->name, ends_avx2, end_segments);
}

void entity_region(struct entity_stage *stage, const char *text, uint32_t len)
{
	stage->has_smile = alone_has_smile(text, len);
}

int entity_segments(struct entity_stage *stage, const struct lafz_allocator *mem,
                    const struct segments *segments, struct pieces *pieces, struct busy *busy)
{
	struct segment *const first = segments->ptr, *const last = first + segments->n - 1;
	struct entities entities = {
		.stage = stage,
		.mem = mem,
		.view = {first->text, first->atoms, first->atom_first, first->atom_end},
		.segment = first,
		.web = {.end = first->atom_first},
		.pieces = pieces,
		.busy = busy,
	};
	pieces->n = busy->n = 0;
	pieces->scripts = 0;
	int rc = mem_reserve(mem, &busy->at, &busy->cap,
	                     last->atom_end - first->atom_first + SCAN_SLACK, sizeof *busy->at);
	if (rc < 0)
		return rc;
	if (stage->rules != LAFZ_RULES_UAX29)
		rc = add_default_all(&entities, segments, first->atom_first, last->atom_end);
	for (struct segment *s = first; stage->rules == LAFZ_RULES_UAX29 && s <= last; s++) {
		view_segment_of(&entities, s->atom_first);
		add_uax29(&entities.view, s->doc_start == 0, pieces);
		s->piece_end = (uint32_t)pieces->n;
	}
	/* no segment but the last one of a region is cut; one without pieces is white space */
	if (rc == LAFZ_OK && last->is_cut && pieces->n > 0 && pieces->end[pieces->n - 1] == last->end)
		pieces->flags[pieces->n - 1] |= LAFZ_FLAG_CUT;
	return rc;
}

void entity_free(struct entity_stage *stage, const struct lafz_allocator *mem)
{
	dict_free(&stage->dict, mem);
	mem_free(mem, stage->blocks);
	stage->blocks = NULL;
	stage->blocks_cap = 0;
}
