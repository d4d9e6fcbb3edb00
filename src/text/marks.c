#include "text/marks.h"

#include "base/bits.h"
#include "entity/alone.h"
#include "entity/view.h"
#include "lang.h"
#include "sentence/cues.h"
#include "text/rows.h"
#include "text/stops.h"

struct text_marking text_marking_begin(const struct text_lines_request *request)
{
	const uint16_t lang = request->lang;
	const uint8_t script = lang_script(lang);
	/* words in another script than the language's are in none */
	const uint16_t latin = script == UCD_SCRIPT_LATN ? lang : (uint16_t)LANG_UND;
	const bool has_elision = lists_has_elision(lang);
	return (struct text_marking){
		.latin = latin,
		.arabic = script == UCD_SCRIPT_ARAB ? lang : (uint16_t)LANG_UND,
		.filter = lists_filter(request->filters, latin),
		.has_elision = has_elision,
		.opening = lang == LANG_HA ? ~(uint64_t)0 : 0,
		.elided = has_elision ? lists_elided_letters(lang) : 0,
		.has_ordinals = lists_has_ordinal_dots(lang),
		.ends_softly = has_elision || lang == LANG_UG || lang == LANG_ES || lang == LANG_PT,
	};
}

/* Whether a rule may have something to say of the full stop behind a word in Latin script, the atoms from one to another. */
static bool may_take_full_stop(const struct text_lines_request *request, const struct text_marking *now, size_t atom,
                               size_t end)
{
	const uint32_t *const off = request->atoms->off;
	const char *const word = request->text + off[atom];
	const uint32_t len = off[end] - off[atom];
	if (!lists_may_take_full_stop(now->filter, word, len))
		return false;
	return lists_is_letter(word, len) || lists_is_abbreviation(now->latin, word, len) ||
	       lists_needs_number(now->latin, word, len);
}

/* Words before a full stop, among 64 atoms. */
struct before_stops {
	uint64_t taken;   /* it belongs to them */
	uint64_t unknown; /* it may belong to them */
};

static struct before_stops find_before_stops(const struct text_lines_request *request, const struct text_marking *now,
                                             size_t first, uint64_t before)
{
	const uint32_t *const off = request->atoms->off + first;
	struct before_stops found = {0};
	/* few pass the filter, and which ones is not foreseen: no branch asks */
	uint64_t passed = 0;
	for (; before != 0; before &= before - 1) {
		const size_t i = (size_t)__builtin_ctzll(before);
		const uint64_t passes = lists_may_take_full_stop(now->filter, request->text + off[i], off[i + 1] - off[i]);
		passed |= passes << i;
	}
	for (; passed != 0; passed &= passed - 1) {
		const uint64_t word = passed & (0 - passed);
		const enum stop stop = stops_behind(request, now->latin, first + (size_t)__builtin_ctzll(passed));
		found.taken |= stop == STOP_TAKEN ? word : 0;
		found.unknown |= stop == STOP_UNKNOWN ? word : 0;
	}
	return found;
}

/* elision: whether a word with an apostrophe, three atoms, is two. Not in French l'on. */
static bool is_elided(const struct text_lines_request *request, const struct text_marking *now, size_t atom)
{
	const uint32_t *const off = request->atoms->off;
	const char *const text = request->text;
	const char *const word = text + off[atom];
	if (off[atom + 1] - off[atom] == 1 ? !lists_has_letter(now->elided, *word)
	                                   : !lists_is_elided(request->lang, word, off[atom + 1] - off[atom]))
		return false;
	const uint32_t len = off[atom + 3] - off[atom + 2];
	return !lists_keeps_elision(request->lang, text + off[atom + 2], len, len);
}

/* Of words with an apostrophe, among 64 atoms. */
struct elisions {
	uint64_t words; /* the atoms that begin a word of their own behind it */
	uint64_t asked; /* first atoms of those that a full stop or apostrophe behind may belong to */
};

static struct elisions find_elisions(const struct text_lines_request *request, const struct text_marking *now,
                                     size_t first, uint64_t contractions)
{
	const uint32_t *const off = request->atoms->off;
	struct elisions found = {0};
	for (; contractions != 0; contractions &= contractions - 1) {
		const uint64_t head = contractions & (0 - contractions);
		const size_t atom = first + (size_t)__builtin_ctzll(contractions);
		const bool is_two = is_elided(request, now, atom);
		if (is_two)
			found.words |= head << 2;
		const char behind = request->text[off[atom + 3]];
		if (behind == '\'' || behind == '\xE2' ||
		    (behind == '.' && may_take_full_stop(request, now, is_two ? atom + 2 : atom, atom + 3)))
			found.asked |= head;
	}
	return found;
}

/* Of 64 atoms the line ends with white space before them, or a CR. */
static inline uint64_t find_trailing(const struct atom_sets *sets, bool has_before, uint64_t within)
{
	const uint64_t other = ~sets->content;
	const uint64_t is_before = has_before ? ~sets[-1].content >> 63 : 0;
	return sets->line_end & (other << 1 | is_before) & within;
}

/*
 * Of 64 atoms, marks that a sentence may end with. Those that end their line, or have a quote behind them that does, end
 * none but the line's.
 */
static inline uint64_t find_ends(const struct atom_sets *sets, const struct text_marking *now)
{
	const struct atom_sets *const next = sets + 1;
	const uint64_t soft = now->ends_softly ? sets->arabic_comma | sets->spaced : 0;
	const uint64_t ends = sets->stop | sets->full_stop | sets->colon | soft;
	const uint64_t last = sets->line_end >> 1 | next->line_end << 63;
	const uint64_t quotes = (sets->quote | sets->curly | sets->apostrophe) & last;
	const uint64_t quotes_next = (next->quote | next->curly | next->apostrophe) & next->line_end >> 1;
	const uint64_t closed = (sets->stop | sets->full_stop) & (quotes >> 1 | quotes_next << 63);
	return ends & ~last & ~closed;
}

/*
 * finite-verb: of Uyghur commas, among 64 atoms, those that end no sentence: between two words with white space on the outer side
 * of the first and before the second, the first one no finite verb.
 */
static uint64_t find_quiet_commas(const struct text_lines_request *request, size_t first,
                                  const struct atom_sets *sets, uint64_t commas)
{
	const uint32_t *const off = request->atoms->off;
	const uint64_t white = ~sets->content;
	uint64_t quiet = commas & sets->word << 1 & white << 2 & white >> 1 & sets->word >> 2;
	for (uint64_t left = quiet; left != 0; left &= left - 1) {
		const size_t word = first + (size_t)__builtin_ctzll(left) - 1;
		if (cues_is_finite(request->text + off[word], off[word + 1] - off[word]))
			quiet &= ~(left & (0 - left));
	}
	return quiet;
}

static bool is_behind_blank(const struct atoms *atoms, size_t atom)
{
	return atom == 0 || !(atoms->sets[(atom - 1) / 64].content >> (atom - 1) % 64 & 1);
}

/* ---- Single quotes (word/apostrophe.c) ---- */

/* Of words before an apostrophe that closes, among 64 atoms, those that it may belong to. */
static uint64_t find_shortened(const struct text_lines_request *request, const struct text_marking *now, size_t first,
                               const struct atom_sets *sets, uint64_t words)
{
	const uint32_t *const off = request->atoms->off;
	uint64_t found = 0;
	for (; words != 0; words &= words - 1) {
		const uint64_t word = words & (0 - words);
		const size_t atom = first + (size_t)__builtin_ctzll(words);
		const uint16_t lang = sets->latin & word ? now->latin : now->arabic;
		const char *const text = request->text + off[atom];
		const uint32_t len = off[atom + 1] - off[atom];
		if (lists_is_elided(lang, text, len) || lists_is_truncated(lang, text, len) ||
		    lists_ends_in_half(lang, text, len))
			found |= word;
	}
	return found;
}

/* Apostrophes right behind words and right before marks that are tokens. */
static inline uint64_t find_closing(const struct atom_sets *sets, uint64_t tokens, uint64_t behind)
{
	const uint64_t marks = sets->comma | sets->arabic_comma | sets->stop | sets->full_stop | sets->spaced | sets->quote |
	                       sets->curly;
	return sets->apostrophe & (sets->word & ~behind) << 1 & (marks & tokens) >> 1;
}

#define LONGEST_REST 5 /* letters that an apostrophe before them may belong to: 'cause */

/* Apostrophes behind white space and before words that are too long to be what is left of one. */
static uint64_t find_opening(const struct text_lines_request *request, const struct atom_sets *sets, size_t first)
{
	const uint32_t *const off = request->atoms->off;
	uint64_t found = 0;
	if (request->lang == LANG_HA)
		return 0; /* glottal-y */
	for (uint64_t left = sets->apostrophe & sets->latin >> 1; left != 0; left &= left - 1) {
		const size_t atom = first + (size_t)__builtin_ctzll(left);
		if (is_behind_blank(request->atoms, atom) && off[atom + 2] - off[atom + 1] > LONGEST_REST)
			found |= left & (0 - left);
	}
	return found;
}

/* ---- Words with hyphens (word/hyphen.c) ---- */

/* Whether a word joins the one behind its hyphen, and whether that is a word with its hyphen. */
enum joint { JOINT_NONE, JOINT_ALL, JOINT_CLITIC, JOINT_UNKNOWN };

/* is_part: of a word of three and more, which no prefix goes with; nor one that something else than white space stands before. */
static enum joint joint_at(const struct text_lines_request *request, const struct text_marking *now, size_t atom,
                           bool is_part)
{
	const struct atoms *const atoms = request->atoms;
	const uint32_t *const off = atoms->off;
	const uint8_t script = atoms->script[atom];
	const uint16_t lang = script == UCD_SCRIPT_LATN ? now->latin : now->arabic;
	const char *const word = request->text + off[atom], *const next = request->text + off[atom + 2];
	const uint32_t len = off[atom + 1] - off[atom], next_len = off[atom + 3] - off[atom + 2];
	const bool joins = lists_joins_hyphens(lang);
	if (!joins && (is_part || !is_behind_blank(atoms, atom) || !lists_is_prefix(lang, word, len)))
		return JOINT_NONE;
	if (script != atoms->script[atom + 2])
		return JOINT_UNKNOWN;
	if (!joins)
		return JOINT_ALL;
	const bool is_clitic = lang == LANG_FR && lists_is_clitic(word, len, next, next_len);
	return is_clitic ? JOINT_CLITIC : JOINT_ALL;
}

/*
 * Words before a hyphen, among 64 atoms: takes those whose rules are known out of what rules are asked for, with their hyphens,
 * and what joins them out of what is glued.
 */
static void take_hyphens(const struct text_lines_request *request, const struct text_marking *now, size_t first,
                         const struct atom_sets *sets, uint64_t *asked, uint64_t *glued)
{
	const uint64_t heads = *asked & sets->word & sets->hyphen >> 1;
	for (uint64_t left = heads; left != 0; left &= left - 1) {
		const uint64_t head = left & (0 - left);
		const bool is_part = ((heads << 2 | heads >> 2) & head) != 0; /* of a word of three and more */
		const enum joint joint = joint_at(request, now, first + (size_t)__builtin_ctzll(left), is_part);
		if (joint == JOINT_UNKNOWN || (joint != JOINT_NONE && is_part))
			continue;
		*asked &= ~(head | head << 1);
		if (joint == JOINT_ALL)
			*glued &= ~(head << 1 | head << 2);
		else if (joint == JOINT_CLITIC)
			*glued &= ~(head << 2);
	}
}

/* ---- Numbers and dashes ---- */

/* What may stand behind a number that is one row of digits: white space, or one of some marks before it. */
static inline uint64_t find_behind_numbers(const struct atom_sets *sets, uint64_t blank_next, const struct text_marking *now)
{
	const uint64_t marks = sets->comma | sets->arabic_comma | sets->stop | (now->has_ordinals ? 0 : sets->full_stop);
	const uint64_t blank = ~sets->content;
	return blank | (marks & (blank >> 1 | blank_next << 63));
}

/* Whether an atom is digits alone: of ASCII, or those of Arabic or of Persian. */
static bool are_digits(const struct text_lines_request *request, size_t atom)
{
	const uint32_t *const off = request->atoms->off;
	const unsigned char *const s = (const unsigned char *)request->text;
	uint32_t at = off[atom];
	while (at < off[atom + 1] && s[at] >= '0' && s[at] <= '9')
		at++;
	while (at + 1 < off[atom + 1] && ((s[at] == 0xD9 && s[at + 1] >= 0xA0 && s[at + 1] <= 0xA9) ||
	                                  (s[at] == 0xDB && s[at + 1] >= 0xB0 && s[at + 1] <= 0xB9)))
		at += 2;
	return at == off[atom + 1];
}

/* Of some atoms, rows of digits between white space, or with one mark behind them. */
static uint64_t find_numbers(const struct text_lines_request *request, const struct text_marking *now, size_t first,
                             const struct atom_sets *sets, uint64_t left)
{
	/* of the next atoms the first alone counts */
	const uint64_t behind = find_behind_numbers(sets, ~sets[1].content, now) >> 1 |
	                        find_behind_numbers(sets + 1, 0, now) << 63;
	const uint64_t is_begun = ~sets->content << 1 | (first > 0 ? ~sets[-1].content >> 63 : 1);
	uint64_t found = 0;
	for (left &= is_begun & behind; left != 0; left &= left - 1) {
		const size_t atom = first + (size_t)__builtin_ctzll(left);
		if (request->atoms->cls[atom] == UCD_ATOM_NUMERIC && are_digits(request, atom))
			found |= left & (0 - left);
	}
	return found;
}

/* Hyphens between white space: dashes. */
static inline uint64_t find_dashes(const struct atom_sets *sets, size_t first)
{
	const uint64_t blank = ~sets->content, blank_next = ~sets[1].content;
	const uint64_t is_begun = blank << 1 | (first > 0 ? ~sets[-1].content >> 63 : 1);
	return sets->hyphen & is_begun & (blank >> 1 | blank_next << 63);
}

/* ---- All of it ---- */

/* What the 64 atoms from one on are by themselves. */
static struct alone find_alone(const struct text_lines_request *request, const struct atom_sets *sets, size_t first)
{
	const struct view view = {request->text, request->atoms, 0, request->n_atoms};
	struct alone alone;
	alone_find(&view, sets, first, bits_below(request->n_atoms - first), request->has_smile, &alone);
	return alone;
}

/* Likewise of the k-th 64 atoms, whatever is known of those behind the request's. */
static struct alone alone_known(const struct text_lines_request *request, size_t k)
{
	const uint64_t within = bits_below(request->n_atoms - 64 * k);
	struct alone alone = request->alone[k];
	alone.content &= within;
	alone.tokens &= within;
	alone.before &= within;
	alone.contractions &= within;
	alone.asked &= within;
	alone.behind &= within;
	return alone;
}

/*
 * Looks at the 64 atoms from one on; the sets are theirs, with those before and behind them, and so is what they are by
 * themselves.
 */
static struct text_marks look_at(struct text_marking *now, const struct text_lines_request *request,
                                 const struct atom_sets *sets, size_t first, struct alone alone)
{
	const uint64_t within = bits_below(request->n_atoms - first);
	const struct text_rows rows = text_rows_find(request, sets, first);
	alone.tokens |= (rows.tokens | (request->has_smile ? 0 : rows.words)) & within;
	alone.tokens &= ~(rows.behind | rows.open | (sets->opening & now->opening));
	alone.behind |= rows.behind;
	if ((sets->apostrophe & ~alone.tokens & ~alone.behind) != 0) {
		const uint64_t closing = find_closing(sets, alone.tokens, alone.behind);
		alone.tokens |= (closing | find_opening(request, sets, first)) & within;
		alone.tokens |= request->has_smile ? 0 : closing >> 1;
		alone.asked |= closing >> 1;
	}
	const uint64_t unknown = alone.content & ~alone.tokens & ~alone.behind;
	if ((unknown & ~sets->word) != 0)
		alone.tokens |= (find_numbers(request, now, first, sets, unknown & ~sets->word) | find_dashes(sets, first)) & within;

	/* marks stay as they are, it is words that single quotes and hyphens may belong to */
	uint64_t asked = alone.asked & alone.tokens & ~(sets->opening | sets->apostrophe);
	const uint64_t last = sets->line_end >> 1 | sets[1].line_end << 63;
	uint64_t ends = ((alone.stops & find_ends(sets, now)) | (rows.tokens & ~last)) & alone.tokens;
	if (now->arabic == LANG_UR)
		ends |= sets->hyphen & alone.tokens & ~last;
	uint64_t glued = alone.tokens & (alone.content << 1 | now->is_inside);
	if (now->has_elision && alone.contractions != 0) {
		const struct elisions elisions = find_elisions(request, now, first, alone.contractions);
		asked |= elisions.asked;
		glued |= elisions.words;
	}
	if (now->arabic == LANG_UG && (ends & sets->arabic_comma) != 0)
		ends &= ~find_quiet_commas(request, first, sets, ends & sets->arabic_comma);
	const uint64_t quoted = asked & sets->word & sets->apostrophe >> 1;
	asked = (asked & ~quoted) | find_shortened(request, now, first, sets, quoted);
	if ((asked & sets->hyphen) != 0)
		take_hyphens(request, now, first, sets, &asked, &glued);
	const struct before_stops stops = find_before_stops(request, now, first, alone.before & alone.tokens);
	const uint64_t taken = stops.taken << 1 | now->taken;
	now->taken = stops.taken >> 63;
	now->is_inside = alone.content >> 63;
	return (struct text_marks){
		.hard = (alone.content & ~alone.tokens & ~alone.behind) | asked | stops.unknown,
		.glued = (glued & ~taken) | find_trailing(sets, first > 0, within),
		.ends = (ends & ~taken) | stops.taken,
	};
}

struct text_marks text_marks_at(struct text_marking *now, const struct text_lines_request *request, size_t k)
{
	const struct atom_sets *const sets = &request->atoms->sets[k];
	const struct alone alone = request->alone ? alone_known(request, k) : find_alone(request, sets, 64 * k);
	return look_at(now, request, sets, 64 * k, alone);
}

void text_marks_across(const struct text_marking *now, const struct text_lines_request *request, size_t k,
                       struct text_marks *low, struct text_marks *high)
{
	const struct atoms *const atoms = request->atoms;
	const size_t first = 64 * k - 32;
	const struct atom_sets sets[] = {
		{.content = atoms->sets[k - 1].content << 32},
		atom_sets_at(atoms, first),
		atom_sets_at(atoms, first + 64),
	};
	struct text_marking own = *now;
	own.is_inside = sets[0].content >> 63;
	own.taken = 0;
	const struct text_marks marks = look_at(&own, request, sets + 1, first, find_alone(request, sets + 1, first));
	text_marks_put_middle(&low->hard, &high->hard, marks.hard);
	text_marks_put_middle(&low->glued, &high->glued, marks.glued);
	text_marks_put_middle(&low->ends, &high->ends, marks.ends);
}
