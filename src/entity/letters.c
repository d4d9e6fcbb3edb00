/*
 * Words: what begins with a letter or low line. UAX #29 (WB5 to WB13b) on atoms, with the
 * exceptions of the default rules, each labelled as in lafz-rules(7).
 */
#include "entity/view.h"

enum { MAX_INITIALS = 16 };

static bool is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019 || cp == 0x2018 || cp == 0xFF07;
}

static bool is_full_stop(uint32_t cp)
{
	return cp == '.' || cp == 0x2024 || cp == 0xFE52 || cp == 0xFF0E;
}

static bool is_colon(uint32_t cp)
{
	return cp == ':' || cp == 0xFE55 || cp == 0xFF1A;
}

/*
 * Letters that a presentation form stands for, as far as it matters here: none for the spacing forms of
 * marks, several for ligatures, so that a word is an initial or none before and after it is normalised.
 */
static uint32_t count_in_form(uint32_t cp)
{
	if ((cp >= 0xFC5E && cp <= 0xFC63) || (cp >= 0xFCF2 && cp <= 0xFCF4) ||
	    (cp >= 0xFE70 && cp <= 0xFE7F))
		return 0;
	if (cp == 0xFB03 || cp == 0xFB04) /* ffi, ffl */
		return 3;
	const bool is_ligature = (cp >= 0xFB00 && cp <= 0xFB06) ||
	                         (cp >= 0xFBEA && cp <= 0xFBFB) || (cp >= 0xFC00 && cp <= 0xFDF9) ||
	                         (cp >= 0xFEF5 && cp <= 0xFEFC);
	return is_ligature ? 2 : 1;
}

/* Letters of an atom, its marks and tatweels left out; counts to most or a little beyond. */
static uint32_t count_letters(const struct view *view, size_t i, uint32_t most)
{
	const char *s = view->text + view_start(view, i);
	const uint32_t len = view_len(view, i);
	uint32_t n = 0;
	for (uint32_t at = 0; at < len && n < most;) {
		const struct utf8 c = utf8_decode(s + at, len - at);
		const struct ucd_row *row = ucd_get(c.cp);
		if (!(row->atom_flags & ATOM_MARKED) && !(row->flags & UCD_TATWEEL))
			n += count_in_form(c.cp);
		at += c.len;
	}
	return n;
}

/*
 * Alef and lam alone: the article in front of digits (al-2021). A tatweel may stand behind them, and anywhere what norm
 * may drop: vowel signs (not the madda and hamza of other letters), ZWNJ, controls.
 */
static bool is_arabic_article(const struct view *view, size_t i)
{
	static const uint32_t article[] = {0x0627, 0x0644, 0x0640};
	const char *s = view->text + view_start(view, i);
	const uint32_t len = view_len(view, i);
	uint32_t at = 0, n = 0;
	while (at < len) {
		const struct utf8 c = utf8_decode(s + at, len - at);
		at += c.len;
		const struct ucd_row *const row = ucd_get(c.cp);
		const bool is_sign = row->gc == UCD_GC_MN && (c.cp < 0x0653 || c.cp > 0x0655);
		if (n > 0 && (is_sign || c.cp == 0x200C || row->atom_flags & ATOM_CONTROL))
			continue;
		if (n == 3 || c.cp != article[n])
			return false;
		n++;
	}
	return n >= 2;
}

/* Whether atom i is one ASCII letter twice, as Spanish has plurals of abbreviations (EE.UU.). */
static bool is_doubled(const struct view *view, size_t i)
{
	const char *s = view->text + view_start(view, i);
	return view_bare_len(view, i) == 2 && s[0] == s[1];
}

/*
 * The atom of the next letters of a row of initials, whose first part may have a hyphen behind its full
 * stop (J.-P.); 0 if there is none.
 */
static size_t next_initial(const struct view *view, size_t j, uint8_t script, uint32_t parts)
{
	if (!is_full_stop(view_char(view, j + 1)) || view_cls(view, j + 1) != UCD_ATOM_MIDNUMLET)
		return 0;
	size_t next = j + 2;
	if (parts == 1 && script == UCD_SCRIPT_LATN && view_is(view, next, '-') &&
	    view_len(view, j) == 1 && view_is_letter(view, next + 1) &&
	    view_len(view, next + 1) == 1 && view_is(view, next + 2, '.'))
		next++;
	return view_is_letter(view, next) && view_script(view, next) == script ? next : 0;
}

/*
 * abbreviation-letters: letters one by one with full stops between them, the last full stop taken
 * too in Latin script (U.S., e.g.), where a part may have two letters (Ph.D.); in Arabic script
 * only single letters, without the last full stop, which may end a sentence as well. The atom
 * behind it, or i.
 */
static size_t match_initials(const struct view *view, size_t i)
{
	if (view_cls(view, i + 1) != UCD_ATOM_MIDNUMLET)
		return i; /* there would be one part alone */
	const uint8_t script = view_script(view, i);
	const uint32_t most = script == UCD_SCRIPT_LATN ? 2 : 1;
	size_t j = i;
	uint32_t singles = 0, parts = 0;
	for (;;) {
		const uint32_t n = count_letters(view, j, most + 1);
		if (n == 0 || n > most || parts == MAX_INITIALS)
			return i;
		singles += n == 1 || is_doubled(view, j);
		parts++;
		const size_t next = next_initial(view, j, script, parts);
		if (!next)
			break;
		j = next;
	}
	if (parts < 2 || singles < parts / 2 || view_is_name(view, j + 1))
		return i;
	if (script == UCD_SCRIPT_ARAB)
		return j + 1;
	return view_is(view, j + 1, '.') && !view_is(view, j + 2, '.') ? j + 2 : i;
}

/*
 * abbreviation-apostrophe: an English ending behind what ends with a full stop (U.S.'s); the atom behind it,
 * or i.
 */
static size_t take_possessive(const struct view *view, size_t i, struct piece *piece)
{
	if (!is_apostrophe(view_char(view, i)) ||
	    !(view_is(view, i + 1, 's') || view_is(view, i + 1, 'S')) || view_is_name(view, i + 2))
		return i;
	piece->flags |= LAFZ_FLAG_CONTRACTION;
	return i + 2;
}

/*
 * latin-full-stop: a full stop between a word in lower case and one with a capital is the end of a
 * sentence whose space is missing (done.Then), unless that is a domain, or one more full stop stands right before them, as in
 * names of programs (java.lang.String). A word with a capital itself must be longer than an abbreviation (St.John).
 */
static bool ends_sentence(const struct view *view, size_t mid)
{
	enum { SHORTEST = 2, SHORTEST_NAME = 6 };
	const uint8_t left = view_flags(view, mid - 1), right = view_flags(view, mid + 1);
	const uint32_t shortest = left & ATOM_UPPER ? SHORTEST_NAME : SHORTEST;
	if (!(left & ATOM_LOWER) || !(right & ATOM_UPPER) || !(right & ATOM_LOWER) ||
	    view_len(view, mid - 1) < shortest || is_generic_domain(view, mid + 1) ||
	    (view_is(view, mid - 2, '.') && view_is_letter(view, mid - 3)))
		return false;
	const struct utf8 last = utf8_decode_before(view->text + view_start(view, mid - 1),
	                                            view_len(view, mid - 1));
	return ucd_get(last.cp)->atom_flags & ATOM_LOWER &&
	       ucd_get(view_char(view, mid + 1))->atom_flags & ATOM_UPPER;
}

/*
 * What may stand between two letters of one script without ending the word (WB6, WB7), exceptions
 * applied.
 */
static bool joins_letters(const struct view *view, size_t mid, struct piece *piece)
{
	const uint8_t cls = view_cls(view, mid);
	const uint8_t script = view_script(view, mid - 1);
	if (cls != UCD_ATOM_MIDLETTER && cls != UCD_ATOM_MIDNUMLET && cls != UCD_ATOM_SQUOTE)
		return false;
	if (!view_is_letter(view, mid + 1) || view_script(view, mid + 1) != script)
		return false;
	const uint32_t cp = view_char(view, mid);
	if (is_colon(cp)) /* colon: a colon ends a word; only Swedish and Finnish write it inside */
		return false;
	if (script == UCD_SCRIPT_ARAB &&
	    (is_full_stop(cp) || is_apostrophe(cp))) /* arabic-full-stop, arabic-quote */
		return false;
	if (script == UCD_SCRIPT_LATN && is_full_stop(cp) && ends_sentence(view, mid))
		return false;
	if (is_apostrophe(cp))
		piece->flags |= LAFZ_FLAG_CONTRACTION;
	return true;
}

static bool joins_digits(const struct view *view, size_t mid)
{
	const uint8_t cls = view_cls(view, mid);
	return (cls == UCD_ATOM_MIDNUM || cls == UCD_ATOM_MIDNUMLET || cls == UCD_ATOM_SQUOTE) &&
	       view_cls(view, mid + 1) == UCD_ATOM_NUMERIC && !view_is(view, mid, ';');
}

/*
 * zero-width-space: inside a word of Arabic or Latin script it is a slip for a joiner, not a border,
 * with other invisible controls beside it or not. Atoms up to and with the letters behind it; 0 if
 * there are none of the same script.
 */
static size_t pass_zwsp(const struct view *view, size_t i)
{
	const uint8_t script = view_script(view, i - 1);
	size_t j = i;
	while (view_cls(view, j) == UCD_ATOM_ZWSP || view_cls(view, j) == UCD_ATOM_FORMAT ||
	       view_cls(view, j) == UCD_ATOM_JOINER)
		j++;
	const bool is_word = view_is_letter(view, j) && view_script(view, j) == script;
	return is_word && (script == UCD_SCRIPT_ARAB || script == UCD_SCRIPT_LATN) ? j + 1 - i : 0;
}

/*
 * accent-apostrophe: an acute or grave accent that stands for itself is typed for an apostrophe between two Latin letters; a
 * grave one is not where a further one beside the words shows a quotation.
 */
static bool joins_by_accent(const struct view *view, size_t first, size_t mid, struct piece *piece)
{
	const uint32_t cp = view_char(view, mid);
	if ((cp != 0xB4 && cp != '`') || !view_is_latin(view, mid - 1) || !view_is_latin(view, mid + 1))
		return false;
	if (cp == '`' && (view_is(view, first - 1, '`') || view_is(view, mid + 2, '`')))
		return false;
	piece->flags |= LAFZ_FLAG_CONTRACTION;
	return true;
}

/* Whether atom i is a digit below the line. */
static bool is_subscript(const struct view *view, size_t i)
{
	const uint32_t cp = view_char(view, i);
	return cp >= 0x2080 && cp <= 0x2089;
}

/*
 * charge: digits and signs above the line, one sign at least, as ions and powers of units have it. How many atoms there are;
 * 0 if there is no sign.
 */
static size_t pass_charge(const struct view *view, size_t j)
{
	size_t n = 0;
	bool has_sign = false;
	for (;; n++) {
		const uint32_t cp = view_char(view, j + n);
		const bool is_sign = cp == 0x207A || cp == 0x207B;
		const bool is_digit = cp == 0xB2 || cp == 0xB3 || cp == 0xB9 || cp == 0x2070 || (cp >= 0x2074 && cp <= 0x2079);
		if (!is_sign && !is_digit)
			return has_sign ? n : 0;
		has_sign = has_sign || is_sign;
	}
}

/* Atoms to take behind atom j - 1 of a word that began at first; 0 at its end. */
static size_t step(const struct view *view, size_t first, size_t j, struct piece *piece)
{
	const uint8_t before = view_cls(view, j - 1), cls = view_cls(view, j);
	const bool after_letter = view_is_letter(view, j - 1);
	if (cls == UCD_ATOM_EXTNUMLET) /* WB13a */
		return 1;
	/* subscript: of Latin letters and digits, as in formulas; what follows it is Latin too */
	if (cls == UCD_ATOM_SYMBOL && is_subscript(view, j))
		return view_is_latin(view, j - 1) || before == UCD_ATOM_SYMBOL;
	if (cls == UCD_ATOM_SYMBOL && (view_is_latin(view, j - 1) || is_subscript(view, j - 1)) && pass_charge(view, j) > 0)
		return pass_charge(view, j);
	if (before == UCD_ATOM_SYMBOL)
		return view_is_latin(view, j);
	if (cls == UCD_ATOM_NUMERIC) {
		if (before != UCD_ATOM_LETTER ||
		    view_script(view, j - 1) != UCD_SCRIPT_ARAB) /* WB9, WB13b */
			return 1;
		/*
		 * arabic-digits: an Arabic-script letter does not go with a digit, but the article
		 * does
		 */
		return j - 1 == first && is_arabic_article(view, first);
	}
	if (view_is_letter(view, j)) {
		/*
		 * WB10, WB13b; script-change: letters side by side here have two scripts, and
		 * Arabic-script letters do not go with the digits of another script's word either
		 */
		const bool is_arab = view_script(view, j) == UCD_SCRIPT_ARAB;
		return !after_letter && !(is_arab && before == UCD_ATOM_NUMERIC);
	}
	if (cls == UCD_ATOM_SQUOTE && before == UCD_ATOM_HEBREW) /* WB7a */
		return 1;
	if (cls == UCD_ATOM_DQUOTE && before == UCD_ATOM_HEBREW &&
	    view_cls(view, j + 1) == UCD_ATOM_HEBREW) /* WB7b, c */
		return 2;
	if (after_letter && joins_letters(view, j, piece)) /* WB6, WB7 */
		return 2;
	if (cls == UCD_ATOM_SYMBOL && joins_by_accent(view, first, j, piece))
		return 2;
	if (before == UCD_ATOM_NUMERIC && joins_digits(view, j)) /* WB11, WB12 */
		return 2;
	/* file-name: a word that ends with a digit goes with the extension of a file (plan2.doc) */
	if (before == UCD_ATOM_NUMERIC && view_is(view, j, '.') && is_extension(view, j + 1))
		return 2;
	/* digit-apostrophe: an English ending behind a name that ends with a digit (G20's) */
	if (before == UCD_ATOM_NUMERIC && is_apostrophe(view_char(view, j)) &&
	    view_is(view, j + 1, 's') && !view_is_name(view, j + 2)) {
		piece->flags |= LAFZ_FLAG_CONTRACTION;
		return 2;
	}
	return cls == UCD_ATOM_ZWSP && after_letter ? pass_zwsp(view, j) : 0;
}

bool is_extension(const struct view *view, size_t i)
{
	enum { SHORTEST_EXTENSION = 2 }; /* bytes */
	static const char *const extensions[] = {
		"avi", "bmp",  "csv",  "doc", "docx", "exe", "gif",  "gz",  "htm", "html", "jpeg",
		"jpg", "json", "mov",  "mp3", "mp4",  "odt", "pdf",  "png", "ppt", "pptx", "rar",
		"rtf", "tif",  "tiff", "txt", "wav",  "xls", "xlsx", "xml", "zip"};
	if (view_len(view, i) < SHORTEST_EXTENSION)
		return false;
	/* mp3 and mp4 are two atoms */
	const bool is_film = view_equals(view, i, "mp") &&
	                     (view_is(view, i + 1, '3') || view_is(view, i + 1, '4'));
	if (!view_is_latin(view, i) || view_is_name(view, i + 1 + is_film))
		return false;
	const char first = (char)(view->text[view_start(view, i)] | 0x20);
	for (size_t k = 0; k < sizeof extensions / sizeof *extensions; k++)
		if (extensions[k][0] == first && view_equals(view, i, extensions[k]))
			return true;
	return is_film;
}

/*
 * slash-letters: abbreviations with a slash: one small letter before it and behind it (b/c, w/o, e/o), or
 * a unit by hour or second (km/h, m/s); w/ alone, w/out and w/in, for "with". The atom behind it, or i.
 */
static size_t match_slash_letters(const struct view *view, size_t i)
{
	const bool is_with = (view_is(view, i, 'w') || view_is(view, i, 'W')) && view_is_gap(view, i - 1);
	if (is_with && view_is_gap(view, i + 2))
		return i + 2;
	if (is_with && (view_equals(view, i + 2, "out") || view_equals(view, i + 2, "in")) && view_is_latin(view, i + 2) &&
	    !view_is_name(view, i + 3))
		return i + 3;
	if (!view_is(view, i + 1, '/') || !view_is_latin(view, i) || !view_is_latin(view, i + 2) ||
	    view_len(view, i) > 2 || view_len(view, i + 2) != 1 || view_is(view, i - 1, '/') ||
	    view_is(view, i - 1, '.') || view_is_name(view, i + 3) || view_is(view, i + 3, '/'))
		return i;
	const bool is_unit = view_is(view, i + 2, 'h') || view_is(view, i + 2, 's');
	const bool is_small = !((view_flags(view, i) | view_flags(view, i + 2)) & ATOM_UPPER);
	return is_unit || (is_small && view_len(view, i) == 1) ? i + 3 : i;
}

/* plus-plus: the programming language; the atom behind it, or i. */
static size_t match_plus_plus(const struct view *view, size_t i)
{
	const bool is_name = (view_is(view, i, 'C') || view_is(view, i, 'c')) && view_is(view, i + 1, '+') &&
	                     view_is(view, i + 2, '+') && !view_is(view, i + 3, '+') && !view_is_letter(view, i + 3);
	return is_name ? i + 3 : i;
}

/*
 * currency-letters: up to three capital letters right before a dollar sign say whose dollar or real it is (US$, R$). The atom
 * behind it, or i.
 */
static size_t match_currency(const struct view *view, size_t i, struct piece *piece)
{
	enum { LONGEST = 3 };
	const uint8_t behind = view_cls(view, i + 2);
	if (!view_is_latin(view, i) || view_len(view, i) > LONGEST || !view_is_ascii(view, i) ||
	    view_flags(view, i) & ATOM_LOWER || !view_is(view, i + 1, '$') || view_is(view, i + 2, '$') ||
	    view_is_letter(view, i + 2) || behind == UCD_ATOM_EXTNUMLET)
		return i;
	piece->kind = LAFZ_KIND_SYMBOL;
	return i + 2;
}

/* Words that a slash, plus, dollar or degree sign belongs to; the atom behind them, or i. */
static size_t match_with_sign(const struct view *view, size_t i, struct piece *piece)
{
	if (i + 1 >= view->end)
		return i;
	const char sign = view->text[view_start(view, i + 1)];
	if (sign == '/')
		return match_slash_letters(view, i);
	if (sign == '+')
		return match_plus_plus(view, i);
	if (sign == '$')
		return match_currency(view, i, piece);
	/* numero-sign: an n with a degree sign behind it */
	const bool is_numero = sign == '\xC2' && (view_is(view, i, 'n') || view_is(view, i, 'N')) &&
	                       view_char(view, i + 1) == 0xB0;
	return is_numero ? i + 2 : i;
}

size_t match_word(const struct view *view, size_t i, struct piece *piece)
{
	piece->kind = LAFZ_KIND_WORD;
	if (view_cls(view, i) == UCD_ATOM_LETTER) {
		const size_t end = match_initials(view, i);
		if (end > i) {
			piece->flags |= LAFZ_FLAG_ABBREVIATION;
			return take_possessive(view, end, piece);
		}
		const size_t joined = match_with_sign(view, i, piece);
		if (joined > i)
			return joined;
	}
	size_t j = i + 1;
	for (size_t n = step(view, i, j, piece); n > 0; n = step(view, i, j, piece))
		j += n;
	return j;
}
