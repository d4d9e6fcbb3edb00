/*
 * Links, e-mail addresses and mentions, by rules of our own; hashtags and cashtags are in tags.c.
 */
#include <string.h>

#include "entity/view.h"

/*
 * Top-level domains by which a link is known that has neither scheme nor www. Two letters: the
 * country codes, given as a string of pairs. The pairs in common_words are words people write
 * behind a full stop without a space, or extensions of files (md, py, sh): there a path or one label more is asked for.
 */
static const char country_codes[] = "acadaeafagaialamaoaqarasatauawaxazbabbbdbebfbgbhbibjbmbnbobrbs"
				    "btbvbwbybzcacccdcfcgchcickclcmcncocrcucvcwcxcyczdedjdkdm"
				    "dodzeceeegereseteufifjfkfmfofrgagbgdgegfggghgiglgmgngpgqgrgsgt"
				    "gugwgyhkhmhnhrhthuidieiliminiqirisitjejmjojpkekgkhkikmknkp"
				    "krkwkykzlalblclilklrlsltlulvlymamcmdmemgmhmkmlmmmnmompmqmrmsmt"
				    "mumvmwmxmymznancnenfngninlnonpnrnunzompapepfpgphpkplpmpnpr"
				    "psptpwpyqarerorsrurwsasbscsdsesgshsiskslsmsnsosrssstsvsxsysztc"
				    "tdtftgthtjtktltmtntotrtttvtwtzuaugukusuyuzvavcvevgvivnvuwf"
				    "wsyeytzazmzw";
static const char common_words[] = "aiamasatbebydogoheidinisitlamdmemynopyshsotouswe";
static const char *const generic_domains[] = {
	"academy", "aero",       "agency", "app",     "art",    "asia",   "biz",   "blog",
	"center",  "cloud",      "club",   "com",     "coop",   "dev",    "edu",   "email",
	"film",    "foundation", "global", "gov",     "group",  "guru",   "info",  "int",
	"jobs",    "life",       "link",   "live",    "market", "media",  "mil",   "mobi",
	"museum",  "name",       "net",    "network", "news",   "ngo",    "one",   "online",
	"org",     "page",       "press",  "pro",     "radio",  "school", "shop",  "site",
	"social",  "space",      "store",  "studio",  "team",   "tech",   "today", "top",
	"travel",  "university", "video",  "website", "wiki",   "work",   "world", "xyz",
	"zone",
};

#define SHORTEST_DOMAIN 3 /* bytes of a generic domain */

/* Whether atom i is one of some pairs, which are in order. */
static bool in_pairs(const char *pairs, const struct view *view, size_t i)
{
	if (view_bare_len(view, i) != 2)
		return false;
	const char *s = view->text + view_start(view, i);
	const char a = (char)(s[0] | 32), b = (char)(s[1] | 32);
	for (; *pairs && *pairs <= a; pairs += 2)
		if (pairs[0] == a && pairs[1] == b)
			return true;
	return false;
}

bool is_generic_domain(const struct view *view, size_t i)
{
	if (view_len(view, i) < SHORTEST_DOMAIN)
		return false;
	const char first = (char)(view->text[view_start(view, i)] | 0x20);
	for (size_t k = 0; k < sizeof generic_domains / sizeof *generic_domains && generic_domains[k][0] <= first; k++)
		if (generic_domains[k][0] == first && view_equals(view, i, generic_domains[k]))
			return true;
	return false;
}

static bool is_top_domain(const struct view *view, size_t i)
{
	if (!view_is_latin(view, i) || !view_is_ascii(view, i))
		return false;
	return in_pairs(country_codes, view, i) || is_generic_domain(view, i);
}

/* Letters with marks too: internationalised names. */
static bool is_label_part(const struct view *view, size_t i)
{
	return view_is_latin(view, i) ||
	       (view_cls(view, i) == UCD_ATOM_NUMERIC && view_is_ascii(view, i));
}

/* Longest local part of an address (RFC 5321) and longest host name (RFC 1035), bytes. */
enum { MAX_LOCAL_PART = 64, MAX_HOST = 253 };

/* Whether atom j begins more than most bytes behind atom i: what begins there is too long. */
static bool is_beyond(const struct view *view, size_t i, size_t j, uint32_t most)
{
	return view_start(view, j) - view_start(view, i) > most;
}

/*
 * A label of a domain name: letters, digits and hyphens inside, two in a row where a name is encoded
 * (xn--). The atom behind it, or i.
 */
static size_t match_label(const struct view *view, size_t i)
{
	if (!is_label_part(view, i))
		return i;
	size_t j = i + 1;
	for (;;) {
		if (is_beyond(view, i, j, MAX_HOST))
			return i;
		if (is_label_part(view, j))
			j++;
		else if (view_is(view, j, '-') && is_label_part(view, j + 1))
			j += 2;
		else if (j == i + 1 && view_equals(view, i, "xn") && view_is(view, j, '-') &&
		         view_is(view, j + 1, '-') && is_label_part(view, j + 2))
			j += 3;
		else
			return j;
	}
}

/* Whether the label from atom i to end can be the last one of a name. */
static bool is_last_label(const struct view *view, size_t i, size_t end, bool any_top)
{
	if (end > i + 1) /* an encoded top-level domain */
		return view_equals(view, i, "xn") && view_is(view, i + 1, '-');
	return any_top ? view_is_latin(view, i) && view_bare_len(view, i) >= 2
	               : is_top_domain(view, i);
}

struct domain {
	size_t end; /* the atom behind it */
	size_t top; /* the atom of its last label */
	uint32_t labels;
};

/*
 * The longest row of labels from atom i on whose last one is a top-level domain, or, where any will
 * do, letters.
 */
static bool match_domain(const struct view *view, size_t i, bool any_top, struct domain *domain)
{
	*domain = (struct domain){0};
	size_t j = match_label(view, i);
	if (j == i)
		return false;
	uint32_t labels = 1;
	while (view_is(view, j, '.')) {
		const size_t label = j + 1;
		const size_t end = match_label(view, label);
		if (end == label || is_beyond(view, i, end, MAX_HOST))
			break;
		labels++;
		/* digits of another set are of the label once norm has made them ASCII */
		const bool goes_on = view_is_name(view, end) ||
		                     (view_is(view, end, '-') && view_cls(view, end + 1) == UCD_ATOM_NUMERIC);
		if (!goes_on && is_last_label(view, label, end, any_top))
			*domain = (struct domain){end, label, labels};
		j = end;
	}
	return domain->labels > 0;
}

/*
 * Characters no link holds: they end it. Quotation marks of all kinds, brackets that enclose links,
 * Arabic marks.
 */
static bool ends_link(const struct view *view, size_t i)
{
	if (view_is_gap(view, i))
		return true;
	const uint8_t cls = view_cls(view, i);
	if (cls == UCD_ATOM_OTHER || cls == UCD_ATOM_ILLFORMED || cls == UCD_ATOM_DQUOTE ||
	    cls == UCD_ATOM_EMOJI)
		return true;
	const uint32_t cp = view_char(view, i);
	return cp == '<' || cp == '>' || cp == '`' || cp == '{' || cp == '}' || cp == '|' ||
	       cp == '\\' || cp == '^' || cp == 0xAB || cp == 0xBB ||
	       (cp >= 0x2018 && cp <= 0x201F) || cp == 0x2026 || cp == 0x2039 || cp == 0x203A || cp == 0x060C ||
	       cp == 0x061B || cp == 0x061F || cp == 0x06D4;
}

static bool is_trailing(const struct view *view, size_t i)
{
	const uint32_t cp = view_char(view, i);
	return (cp < 0x80 && cp > 0 && strchr(".,;:!?'*_~", (int)cp));
}

/*
 * The end of a link that goes on from atom i: up to what ends it, then back over marks that more
 * likely belong to the sentence, and over a closing bracket that was not opened inside.
 */
static size_t link_tail(const struct view *view, size_t i)
{
	size_t j = i;
	int32_t round = 0, square = 0;
	for (; j < view->end && !ends_link(view, j); j++) {
		round += view_is(view, j, '(') - view_is(view, j, ')');
		square += view_is(view, j, '[') - view_is(view, j, ']');
	}
	while (j > i) {
		if (view_is(view, j - 1, ')') && round < 0)
			round++;
		else if (view_is(view, j - 1, ']') && square < 0)
			square++;
		else if (!is_trailing(view, j - 1))
			break;
		j--;
	}
	return j;
}

/*
 * doi: the number of a document: 10, a full stop, four to nine digits, a slash and what follows it as in a link; not behind a sign of
 * currency, where it is a price.
 */
size_t match_doi(const struct view *view, size_t i)
{
	enum { SHORTEST = 4, LONGEST = 9 };
	const uint32_t len = view_len(view, i + 2);
	if (len > LONGEST || !view_is(view, i + 1, '.') || !view_equals(view, i, "10") || !view_is(view, i + 3, '/') ||
	    view_cls(view, i + 2) != UCD_ATOM_NUMERIC || len < SHORTEST || !view_is_ascii(view, i + 2) ||
	    !view_is_name(view, i + 4) || ucd_get(view_char(view, i - 1))->gc == UCD_GC_SC)
		return i;
	return link_tail(view, i + 4);
}

/* Port, path, query and fragment behind a host. */
static size_t host_tail(const struct view *view, size_t i)
{
	size_t j = i;
	if (view_is(view, j, ':') && view_cls(view, j + 1) == UCD_ATOM_NUMERIC &&
	    view_len(view, j + 1) <= 5)
		j += 2;
	if (view_is(view, j, '/') || view_is(view, j, '?') || view_is(view, j, '#'))
		return link_tail(view, j);
	return j;
}

/*
 * Behind a capital that only as such stays with the digits before it: in lower case it would be of a word with a full
 * stop inside.
 */
static bool is_behind_code(const struct view *view, size_t i)
{
	return view_is(view, i - 1, '.') && view_flags(view, i - 2) & ATOM_UPPER && view_len(view, i - 2) == 1 &&
	       view_cls(view, i - 3) == UCD_ATOM_NUMERIC;
}

/* url-scheme: letters, "://", and something behind it. */
static size_t match_scheme(const struct view *view, size_t i)
{
	if (!view_is_latin(view, i) || !view_is(view, i + 1, ':') || !view_is(view, i + 2, '/') ||
	    !view_is(view, i + 3, '/') || !view_is_ascii(view, i))
		return i;
	const size_t end = link_tail(view, i + 4);
	return end > i + 4 && !is_behind_code(view, i) ? end : i;
}

/* url-bare: a host name, known by www or by its top-level domain, and what follows it. */
static size_t match_bare(const struct view *view, size_t i)
{
	struct domain domain;
	const bool is_www = view_equals(view, i, "www") && view_is(view, i + 1, '.');
	if (!match_domain(view, i, is_www, &domain) || view_is(view, domain.end, '@'))
		return i;
	const size_t end = host_tail(view, domain.end);
	const bool is_word = in_pairs(common_words, view, domain.top);
	if (is_word && !is_www && end == domain.end && domain.labels < 3)
		return i;
	/* with a further full stop it is an Italian abbreviation */
	if (view_equals(view, i, "p") && view_equals(view, i + 2, "es") && end == i + 3 && view_is(view, end, '.'))
		return i;
	/* EXAMPLE.ORG is a link; M.Sc and the end of a sentence (road.Info) more likely are none */
	const uint8_t top_flags = view_flags(view, domain.top);
	const bool is_capitalised = top_flags & ATOM_UPPER && top_flags & ATOM_LOWER;
	return is_capitalised && !is_www && end == domain.end ? i : end;
}

/*
 * Top-level domains in Arabic script, as in the root zone: countries, then others. They are words, too,
 * so a path or port is asked for.
 */
static const char *const arabic_domains[] = {
	"\u0627\u0645\u0627\u0631\u0627\u062A",                   /* Emirates */
	"\u0627\u06CC\u0631\u0627\u0646",                         /* Iran */
	"\u0627\u0644\u0633\u0639\u0648\u062F\u064A\u0629",       /* Saudi Arabia */
	"\u0645\u0635\u0631",                                     /* Egypt */
	"\u067E\u0627\u06A9\u0633\u062A\u0627\u0646",             /* Pakistan */
	"\u0628\u06BE\u0627\u0631\u062A",                         /* India, Urdu */
	"\u0680\u0627\u0631\u062A",                               /* India, Sindhi */
	"\u0627\u0644\u0627\u0631\u062F\u0646",                   /* Jordan */
	"\u0627\u0644\u0645\u063A\u0631\u0628",                   /* Morocco */
	"\u0639\u0645\u0627\u0646",                               /* Oman */
	"\u062A\u0648\u0646\u0633",                               /* Tunisia */
	"\u0641\u0644\u0633\u0637\u064A\u0646",                   /* Palestine */
	"\u0642\u0637\u0631",                                     /* Qatar */
	"\u0633\u0648\u0631\u064A\u0629",                         /* Syria */
	"\u0627\u0644\u062C\u0632\u0627\u0626\u0631",             /* Algeria */
	"\u0633\u0648\u062F\u0627\u0646",                         /* Sudan */
	"\u0639\u0631\u0627\u0642",                               /* Iraq */
	"\u0645\u0644\u064A\u0633\u064A\u0627",                   /* Malaysia */
	"\u0645\u0648\u0631\u064A\u062A\u0627\u0646\u064A\u0627", /* Mauritania */
	"\u0627\u0644\u0628\u062D\u0631\u064A\u0646",             /* Bahrain */
	"\u0628\u0627\u0632\u0627\u0631",                         /* bazaar */
	"\u0634\u0628\u0643\u0629",                               /* network */
	"\u0645\u0648\u0642\u0639",                               /* site */
	"\u0647\u0645\u0631\u0627\u0647",                         /* mobile */
	"\u0639\u0631\u0628",                                     /* Arab */
	"\u0643\u0648\u0645",                                     /* com */
};

static bool is_arabic_domain(const struct view *view, size_t i)
{
	const uint32_t len = view_bare_len(view, i);
	const char *s = view->text + view_start(view, i);
	for (size_t k = 0; k < sizeof arabic_domains / sizeof *arabic_domains; k++)
		if (strlen(arabic_domains[k]) == len && memcmp(arabic_domains[k], s, len) == 0)
			return true;
	return false;
}

/* Whether atom j is of the label that begins at an atom: letters, digits, hyphens between letters. */
static bool is_arabic_part(const struct view *view, size_t label, size_t j)
{
	return view_is_arabic(view, j) || view_cls(view, j) == UCD_ATOM_NUMERIC ||
	       (j > label && view_is(view, j, '-') && view_is_arabic(view, j + 1));
}

/*
 * url-arabic: a host name in Arabic script. Its last label is one of the domains in that script and a
 * path or port follows, or it is a generic one in Latin script.
 */
static size_t match_arabic_host(const struct view *view, size_t i)
{
	if (!view_is_arabic(view, i) || view_is(view, i - 1, '.'))
		return i;
	size_t j = i;
	uint32_t labels = 0;
	for (;;) {
		const size_t label = j;
		while (!is_beyond(view, i, j, MAX_HOST) && is_arabic_part(view, label, j))
			j++;
		if (j == label && labels > 0 && is_generic_domain(view, j) && !view_is_name(view, j + 1) &&
		    !is_beyond(view, i, j + 1, MAX_HOST))
			return host_tail(view, j + 1);
		if (j == label || is_beyond(view, i, j, MAX_HOST))
			return i;
		labels++;
		if (labels > 1 && j == label + 1 && is_arabic_domain(view, label)) {
			const size_t end = host_tail(view, j);
			if (end > j)
				return end;
		}
		if (!view_is(view, j, '.'))
			return i;
		j++;
	}
}

/*
 * ip: an address of version 6: groups of up to four hexadecimal digits with colons between them, eight, or
 * fewer with two colons in a row. Two groups at least, a digit, and one group of three digits or more, so
 * that it is no slip in a time.
 */
static size_t match_ipv6(const struct view *view, size_t i)
{
	enum { LONGEST = 39, GROUPS = 8 };
	if (!view_is_gap(view, i - 1) && !view_is(view, i - 1, '[') && !view_is(view, i - 1, '('))
		return i;
	uint32_t groups = 0, colons = 0, doubles = 0, length = 0;
	bool has_digit = false, has_long = false;
	size_t j = i;
	const uint32_t start = view_start(view, i);
	for (; !is_beyond(view, i, j, LONGEST); j++) {
		if (view_is(view, j, ':')) {
			if (view_is(view, j + 1, ':'))
				doubles++;
			else if (!view_is_name(view, j + 1))
				break; /* a colon behind the address */
			colons++;
			length = 0;
			continue;
		}
		if (!is_label_part(view, j) || !view_is_ascii(view, j))
			break;
		groups += length == 0;
		length += view_len(view, j);
		has_long = has_long || length >= 3;
		has_digit = has_digit || view_cls(view, j) == UCD_ATOM_NUMERIC;
		for (uint32_t k = view_start(view, j); k < view_start(view, j + 1); k++)
			if (!strchr("0123456789abcdefABCDEF", view->text[k]) || !view->text[k])
				return i;
		if (length > 4)
			return i;
	}
	const bool is_loopback = view_start(view, j) - start == 3 &&
	                         memcmp(view->text + start, "::1", 3) == 0;
	const bool is_address = has_digit && has_long && groups >= 2 &&
	                        (doubles == 1
	                                 ? groups < GROUPS
	                                 : doubles == 0 && groups == GROUPS && colons == GROUPS - 1);
	return (is_address || is_loopback) && !view_is_name(view, j) ? j : i;
}

/*
 * email: a local part of name characters and . + - % &, an at sign, a host name of two labels or
 * more. Dots right before the at sign are what mail archives put for letters they hide.
 */
static size_t match_email(const struct view *view, size_t i)
{
	size_t j = i;
	for (;;) {
		if (!view_is_name(view, j) || is_beyond(view, i, j, MAX_LOCAL_PART) ||
		    !view_is_ascii(view, j))
			return i;
		j++;
		size_t at = j;
		while (view_is(view, at, '.') || view_char(view, at) == 0x2026)
			at++;
		if (view_is(view, at, '@') && at - j != 1) {
			j = at;
			break;
		}
		if (view_is(view, j, '.') || view_is(view, j, '+') || view_is(view, j, '-') ||
		    view_is(view, j, '%') || view_is(view, j, '&'))
			j++;
	}
	struct domain domain;
	const bool is_address = !is_beyond(view, i, j, MAX_LOCAL_PART) && match_domain(view, j + 1, true, &domain);
	return is_address ? domain.end : i;
}

/* email: mailto and a colon before an address go with it, and so does a query behind it; the atom behind them, or i. */
static size_t match_mailto(const struct view *view, size_t i)
{
	const size_t address = i + 2;
	if (!view_equals(view, i, "mailto") || !view_is(view, i + 1, ':'))
		return i;
	const size_t end = match_email(view, address);
	if (end == address)
		return i;
	return view_is(view, end, '?') && view_is_name(view, end + 1) ? link_tail(view, end) : end;
}

/*
 * mention: an at sign that no name character precedes, then letters of one script, digits and low
 * lines.
 */
static size_t match_mention(const struct view *view, size_t i)
{
	if (!view_is_name(view, i + 1))
		return i;
	size_t j = i + 1;
	uint8_t script = UCD_SCRIPT_ZYYY;
	for (; view_is_name(view, j); j++) {
		const uint8_t own = view_script(view, j);
		if (own && script && own != script)
			break;
		script = own ? own : script;
	}
	struct domain domain;
	/* a domain of e-mail addresses: @example.org */
	if (match_domain(view, i + 1, false, &domain) && !in_pairs(common_words, view, domain.top) &&
	    !(view_flags(view, domain.top) & ATOM_UPPER))
		return domain.end;
	/* an account on another server: @name@example.org */
	if (view_is(view, j, '@') && match_domain(view, j + 1, true, &domain))
		return domain.end;
	return j;
}

size_t match_web(const struct view *view, size_t i, unsigned signs, struct piece *piece)
{
	size_t end = i;
	const size_t address = signs & WEB_COLON ? match_ipv6(view, i) : i;
	if (address > i) {
		piece->kind = LAFZ_KIND_NUMBER;
		piece->flags |= LAFZ_FLAG_IP;
		return address;
	}
	if (view_is(view, i, '@') && !view_is_name(view, i - 1)) {
		piece->kind = LAFZ_KIND_MENTION;
		return match_mention(view, i);
	}
	piece->kind = LAFZ_KIND_HASHTAG;
	if (!view_is_name(view, i))
		return match_tag(view, i);
	piece->kind = LAFZ_KIND_EMAIL;
	if (signs & WEB_AT && ((end = match_email(view, i)) > i || (end = match_mailto(view, i)) > i))
		return end;
	piece->kind = LAFZ_KIND_URL;
	if (signs & WEB_COLON && (end = match_scheme(view, i)) > i)
		return end;
	if (signs & WEB_STOP && (end = match_arabic_host(view, i)) > i)
		return end;
	return signs & WEB_STOP ? match_bare(view, i) : i;
}
