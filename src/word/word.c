#include "word/word.h"

#include "word/words.h"

#include <string.h>

#include "base/fill.h"
#include "base/slide.h"

/* The columns of a piece: type, name. Those of its run are mostly the same for all pieces of a region. */
#define WORDS_OWN_COLUMNS(COLUMN)                                                                  \
	COLUMN(uint32_t, start)                                                                    \
	COLUMN(uint32_t, end)                                                                      \
	COLUMN(uint16_t, flags)                                                                    \
	COLUMN(uint8_t, kind)                                                                      \
	COLUMN(uint8_t, script)
#define WORDS_RUN_COLUMNS(COLUMN) COLUMN(uint32_t, run)
#define WORDS_LANG_COLUMNS(COLUMN) COLUMN(uint16_t, lang)
#define WORDS_SURE_COLUMNS(COLUMN) COLUMN(float, confidence)
#define WORDS_COLUMNS(COLUMN)                                                                      \
	WORDS_OWN_COLUMNS(COLUMN)                                                                  \
	WORDS_RUN_COLUMNS(COLUMN) WORDS_LANG_COLUMNS(COLUMN) WORDS_SURE_COLUMNS(COLUMN)

/*
 * Written where it is to be: a struct that is put together field by field and copied by larger parts waits until its fields are in the
 * cache.
 */
static inline void take_piece(const struct words *words, size_t i, struct piece *piece)
{
#define WORDS_FIELD(type, name) piece->name = words->name[i];
	WORDS_COLUMNS(WORDS_FIELD)
#undef WORDS_FIELD
}

static void add_token(struct tokens *tokens, const struct piece *piece, uint32_t start, uint32_t end)
{
	const size_t i = tokens->n++;
#define WORDS_PUT(type, name) tokens->name[i] = piece->name;
	WORDS_COLUMNS(WORDS_PUT)
#undef WORDS_PUT
	tokens->start[i] = start;
	tokens->end[i] = end;
}

/* Those that are not the same in all pieces. */
#define MOVED_COLUMNS(MOVE)                                                                                              \
	WORDS_OWN_COLUMNS(MOVE)                                                                                          \
	if (!words->is_first_run) {                                                                                      \
		WORDS_RUN_COLUMNS(MOVE)                                                                                  \
	}                                                                                                                \
	if (!words->is_one_lang) {                                                                                       \
		WORDS_LANG_COLUMNS(MOVE)                                                                                 \
	}                                                                                                                \
	if (!words->is_uniform) {                                                                                        \
		WORDS_SURE_COLUMNS(MOVE)                                                                                 \
	}

/* Moves n pieces from i on to the places of the next tokens. */
static void move_near(struct tokens *tokens, const struct words *words, size_t i, size_t n)
{
#define WORDS_MOVE(type, name)                                                                     \
	slide_down(tokens->name + tokens->n, words->name + i, n * sizeof(type));
	MOVED_COLUMNS(WORDS_MOVE)
#undef WORDS_MOVE
}

/*
 * The same where these places are SLIDE_FAR lower or more, as they mostly are where words are split: between two splits are a few pieces,
 * so all columns of sixteen pieces are moved at once, and some behind the last one with them.
 */
static void move_far(struct tokens *tokens, const struct words *words, size_t i, size_t n)
{
#define WORDS_MOVE(type, name) slide_far(tokens->name + to, words->name + from, sizeof(type));
	for (size_t k = 0; k < n; k += SLIDE_FAR) {
		const size_t to = tokens->n + k, from = i + k;
		MOVED_COLUMNS(WORDS_MOVE)
	}
#undef WORDS_MOVE
}

/* Adds the pieces from i to end as they are; mostly they lie where their tokens go. */
static void add_pieces(struct tokens *tokens, const struct words *words, size_t i, size_t end)
{
	const ptrdiff_t far = words->start + i - (tokens->start + tokens->n);
	if (far >= SLIDE_FAR)
		move_far(tokens, words, i, end - i);
	else if (far != 0)
		move_near(tokens, words, i, end - i);
	tokens->n += end - i;
}

/* Whether the letters from start to end have upper case and no lower case. */
static inline bool is_upper(const char *text, uint32_t start, uint32_t end)
{
	unsigned flags = 0;
	if (start < end && text[start] >= 'a' && text[start] <= 'z')
		return false;
	while (start < end && !(flags & ATOM_LOWER)) {
		const struct utf8 c = utf8_decode(text + start, end - start);
		flags |= ucd_get(c.cp)->atom_flags;
		start += c.len;
	}
	return flags & ATOM_UPPER && !(flags & ATOM_LOWER);
}

/* Whether the piece opens or closes a single quotation: what that leaves open. */
static bool is_quote_open(const struct words *words, size_t piece)
{
	if (words->kind[piece] != LAFZ_KIND_PUNCT)
		return words->in_quote;
	const uint32_t cp = words_char(words, piece);
	if (cp != '\'' && cp != 0x2018 && cp != 0x2019)
		return words->in_quote;
	const bool is_behind_gap = piece == words->first ||
	                           words_before(words, piece).end < words->start[piece];
	return is_behind_gap && cp != 0x2019 && words_is_glued(words, piece, piece + 1);
}

/* What may stand right behind a piece for a rule to apply. */
enum mark {
	MARK_HYPHEN = 1,
	MARK_APOSTROPHE = 2,
	MARK_STOP = 4,
	MARK_SIGN = 8, /* one from U+0080 to U+00BF */
	MARK_LETTERS = 16,
	MARK_GENDER = 32, /* a colon or asterisk */
	MARK_SLASH = 64
};

/* The rules that may join pieces, in the order in which they are asked. */
static const struct {
	word_rule *match;
	uint16_t flag; /* of what it makes */
	uint16_t mark; /* asked only before it */
} rules[] = {
	{match_compound, 0, MARK_HYPHEN},
	{match_ordinal_suffix, LAFZ_FLAG_ORDINAL, MARK_LETTERS},
	{match_digit_suffix, 0, MARK_LETTERS},
	{match_decimal_slash, 0, MARK_SLASH},
	{match_ordinal_dot, LAFZ_FLAG_ORDINAL, MARK_STOP},
	{match_suffix_apostrophe, LAFZ_FLAG_CONTRACTION, MARK_APOSTROPHE},
	{match_elided, 0, MARK_APOSTROPHE},
	{match_truncated, 0, MARK_APOSTROPHE},
	{match_power, 0, MARK_SIGN},
	{match_full_stop, LAFZ_FLAG_ABBREVIATION, MARK_STOP},
	{match_letter_names, LAFZ_FLAG_ABBREVIATION, MARK_STOP},
	{match_gender_form, 0, MARK_GENDER},
};

/* Bits of enum mark that what stands right behind a piece may be, by its first byte. */
static unsigned marks_behind(const struct words *words, size_t piece)
{
	/* no rule has letters behind a word */
	const unsigned letters = words->kind[piece] == LAFZ_KIND_WORD ? 0 : MARK_LETTERS;
	switch ((unsigned char)words->text[words->end[piece]]) {
	case '-':
		return MARK_HYPHEN;
	case '\'':
		return MARK_APOSTROPHE;
	case '.':
		return MARK_STOP;
	case '/':
		return MARK_SLASH;
	case ':':
	case '*':
		return MARK_GENDER;
	case 0xE2: /* U+2010, U+2011, U+2018, U+2019 */
		return MARK_HYPHEN | MARK_APOSTROPHE | letters;
	case 0xDB: /* U+06D4 */
		return MARK_STOP | letters;
	case 0xC2:
		return MARK_SIGN | letters;
	default:
		return letters;
	}
}

/*
 * The piece behind the token that begins in this one. Most pieces have a gap behind them or a mark of
 * punctuation, and none of the rules apply.
 */
size_t words_match(struct words *words, size_t piece, uint32_t start, uint16_t *flags)
{
	if (!words_is_glued(words, piece, piece + 1))
		return piece + 1;
	if (words->kind[piece] == LAFZ_KIND_PUNCT) {
		size_t end = match_clitic(words, piece, start);
		if (end == piece)
			end = match_glottal_y(words, piece, start);
		return end > piece ? end : piece + 1;
	}
	const unsigned marks = marks_behind(words, piece);
	for (size_t i = 0; marks && i < sizeof rules / sizeof *rules; i++) {
		if (!(marks & rules[i].mark))
			continue;
		const size_t end = rules[i].match(words, piece, start);
		if (end == piece)
			continue;
		*flags |= rules[i].flag;
		const size_t possessive = words_take_possessive(words, end);
		if (rules[i].match == match_full_stop && possessive > end) {
			*flags |= LAFZ_FLAG_CONTRACTION;
			return possessive;
		}
		/*
		 * abbreviation: in Indonesian, as its treebanks have it, the full stop is a token of its
		 * own, but marked, since it ends no sentence
		 */
		if (rules[i].flag == LAFZ_FLAG_ABBREVIATION && words->lang[piece] == LANG_ID) {
			words->flags[piece + 1] |= LAFZ_FLAG_ABBREVIATION;
			return piece + 1;
		}
		return end;
	}
	return piece + 1;
}

/*
 * What a token of several pieces is, of which the first one is there: a word if it joins words by a hyphen or begins with a mark, else
 * what it begins with; its language that of its first word.
 */
static void join(const struct words *words, size_t piece, struct piece *joined, uint32_t start, size_t end)
{
	size_t word = piece;
	while (word + 1 < end && words->script[word] == UCD_SCRIPT_ZYYY)
		word++;
	if (words->script[word] != UCD_SCRIPT_ZYYY) {
		joined->lang = words->lang[word];
		joined->confidence = words->confidence[word];
		joined->run = words->run[word];
		joined->script = words->script[word];
	}
	if (joined->kind == LAFZ_KIND_PUNCT)
		joined->kind = LAFZ_KIND_WORD;
	else if (joined->kind == LAFZ_KIND_NUMBER && words_is_hour(words, piece))
		joined->kind = LAFZ_KIND_TIME;
	for (size_t part = piece + 1; part < end; part++) {
		joined->flags |= words->flags[part];
		const bool is_behind_hyphen = ucd_get(words_char(words, part - 1))->gc == UCD_GC_PD;
		if (words->kind[part] == LAFZ_KIND_WORD && is_behind_hyphen)
			joined->kind = LAFZ_KIND_WORD;
	}
	if (joined->flags & LAFZ_FLAG_UPPER && !is_upper(words->text, start, words->end[end - 1]))
		joined->flags &= (uint16_t)~LAFZ_FLAG_UPPER;
}

/*
 * Makes room for the first of two tokens before piece i: moves the pieces from there on away, far enough
 * for all that may be split. Such pieces have two atoms at least, so there is room for their tokens, and
 * for FILL_SLACK more, which are moved with the last ones.
 */
static void make_room(struct words *words, struct tokens *tokens, size_t i)
{
	if (words->start + i > tokens->start + tokens->n)
		return;
	const size_t room = tokens->cap - tokens->n - (words->total - i) - FILL_SLACK;
	const size_t n = words->most_splits < room ? words->most_splits : room;
#define WORDS_MOVE(type, name)                                                                     \
	memmove(tokens->name + tokens->n + n, words->name + i, (words->total - i) * sizeof(type)); \
	words->name += n;
	MOVED_COLUMNS(WORDS_MOVE)
#undef WORDS_MOVE
}

/* Adds the word of the piece up to offset split; the rest of the piece is left. */
static void add_first(const struct words *words, struct piece *rest, uint32_t split,
                      struct tokens *tokens)
{
	/* the flags of the whole do not hold for its parts */
	const uint16_t flags = rest->flags & (uint16_t) ~(LAFZ_FLAG_CONTRACTION | LAFZ_FLAG_UPPER);
	rest->flags = flags;
	if (is_upper(words->text, rest->start, split))
		rest->flags |= LAFZ_FLAG_UPPER;
	add_token(tokens, rest, rest->start, split);
	rest->flags = flags;
	if (is_upper(words->text, split, rest->end))
		rest->flags |= LAFZ_FLAG_UPPER;
}

/*
 * Adds the tokens of a piece that is split, or joined with some behind it, or marked; the piece behind
 * them. Those before it, from first on, stay as they are. If it stays, too, nothing is done: first.
 */
static size_t add_words(struct words *words, size_t first, size_t piece, struct tokens *tokens)
{
	const uint32_t elided = elision_end(words, piece), hours = hour_end(words, piece);
	uint32_t start = elided + hours > 0 ? elided + hours : words->start[piece];
	uint16_t flags = 0;
	const size_t end = words_match(words, piece, start, &flags);
	if (end == piece + 1 && flags == 0 && elided + hours == 0) {
		words->in_quote = is_quote_open(words, piece);
		return first;
	}
	add_pieces(tokens, words, first, piece);
	struct piece rest;
	take_piece(words, piece, &rest);
	if (elided + hours > 0) {
		make_room(words, tokens, piece);
		add_first(words, &rest, start, tokens);
		if (hours > 0) {
			rest.kind = LAFZ_KIND_NUMBER;
			rest.script = UCD_SCRIPT_ZYYY;
		}
	}
	if (end - piece > 1)
		join(words, piece, &rest, start, end);
	else
		words->in_quote = is_quote_open(words, piece);
	rest.flags |= flags;
	const uint32_t token_end = words->end[end - 1];
	take_piece(words, end - 1, &words->last);
	words->last_start = start;
	words->behind = end;
	add_token(tokens, &rest, start, token_end);
	return end;
}

/* ---- Busy pieces ---- */

/* Whether rules of sentences have to look at a token or piece: at an abbreviation, and not at words and the like. */
static inline bool is_busy(uint8_t kind, uint16_t flags, const char *text, uint32_t len)
{
	const unsigned always = 1u << LAFZ_KIND_PUNCT | 1u << LAFZ_KIND_URL | 1u << LAFZ_KIND_EMOJI;
	const bool is_ordinal = (kind == LAFZ_KIND_NUMBER) & (text[len - 1] == '.');
	const bool is_rule = (kind == LAFZ_KIND_SYMBOL) & (len >= BUSY_RULE);
	return (always >> kind & 1) | is_ordinal | is_rule | ((flags & LAFZ_FLAG_ABBREVIATION) != 0);
}

/* Some of the busy pieces: those that a rule may care for. */
#define SIFTED 128

struct sifted {
	uint32_t at[SIFTED]; /* number of the piece, and in the lowest bit whether it is a mark that rules of sentences look at */
	uint32_t asked[SIFTED]; /* those that rules of words look at, by their places in at */
	size_t n, n_asked;
};

/*
 * Sifts some entries of the list, of pieces that are there. Most are words of which no rule has anything to say, and which
 * they are is not foreseen: no branch asks.
 */
static void sift(const struct words *words, const uint32_t *list, size_t n, size_t first,
                 struct sifted *sifted)
{
	const uint64_t *filter = NULL;
	bool is_elided = false;
	uint16_t lang = 0;
	sifted->n = sifted->n_asked = 0;
	for (size_t k = 0; k < n; k++) {
		const size_t piece = list[k] >> BUSY_BITS;
		const unsigned kind = list[k] & BUSY_KIND;
		if (piece < first)
			continue; /* part of a token */
		/* languages hardly ever change */
		if (!filter || words->lang[piece] != lang) {
			lang = words->lang[piece];
			filter = lists_filter(words->filters, lang);
			is_elided = lists_has_elision(lang);
		}
		const bool takes_stop = lists_may_take_full_stop(filter, words_at(words, piece),
		                                                 words_len(words, piece));
		const bool is_asked = (kind == BUSY_ANY) | ((kind == BUSY_BEFORE_STOP) & takes_stop) |
		                      ((kind == BUSY_CONTRACTION) & is_elided);
		const bool is_mark = (kind == BUSY_MARK) & (words->kind[piece] == LAFZ_KIND_PUNCT);
		sifted->at[sifted->n] = (uint32_t)piece << 1 | is_mark;
		sifted->asked[sifted->n_asked] = (uint32_t)sifted->n;
		sifted->n_asked += is_asked;
		sifted->n += is_asked | is_mark;
	}
}

/* Where the rules stand. */
struct progress {
	size_t i;       /* pieces from here on have not become tokens yet */
	uint32_t shift; /* of their tokens against them, modulo 2^32 */
	size_t segment; /* that of the last piece asked for; those before it have their token_end */
	uint32_t *busy; /* the list of tokens; it takes the places of the pieces */
	size_t n_busy;
};

/* Hands on pieces that stay as they are to the rules of sentences. */
static inline void hand_on(struct progress *now, const struct sifted *sifted, size_t from, size_t to)
{
	size_t n = now->n_busy;
	for (size_t k = from; k < to; k++) {
		now->busy[n] = (sifted->at[k] >> 1) + now->shift;
		n += sifted->at[k] & 1;
	}
	now->n_busy = n;
}

/* The segments up to the one of a piece have no change before it that is still to come. */
static inline void enter_segment(struct words *words, struct progress *now,
                                 const struct segments *segments, size_t piece)
{
	if (piece < words->limit)
		return;
	size_t s = now->segment;
	while (segments->ptr[s].piece_end <= piece) {
		segments->ptr[s].token_end = segments->ptr[s].piece_end + now->shift;
		s++;
	}
	now->segment = s;
	words->first = s > 0 ? segments->ptr[s - 1].piece_end : 0;
	words->limit = segments->ptr[s].piece_end;
	words->in_quote = false;
}

/* Asks the rules at some of the busy pieces. None of the rules takes pieces of two segments. */
static void add_sifted(struct words *words, const struct segments *segments, struct sifted *sifted,
                       struct progress *now, struct tokens *tokens)
{
	size_t done = 0; /* handed on, or part of a token */
	for (size_t k = 0; k < sifted->n_asked; k++) {
		const size_t place = sifted->asked[k], piece = sifted->at[place] >> 1;
		if (place < done)
			continue;
		enter_segment(words, now, segments, piece);
		const size_t next = add_words(words, now->i, piece, tokens);
		if (next == now->i) {
			sifted->at[place] |= is_busy(words->kind[piece], words->flags[piece],
			                             words_at(words, piece), words_len(words, piece));
			continue;
		}
		hand_on(now, sifted, done, place);
		const size_t token = tokens->n - 1;
		now->busy[now->n_busy] = (uint32_t)token;
		now->n_busy += is_busy(tokens->kind[token], tokens->flags[token],
		                       words->text + tokens->start[token],
		                       tokens->end[token] - tokens->start[token]);
		now->i = next;
		now->shift = (uint32_t)(tokens->n - next);
		for (done = place + 1; done < sifted->n && sifted->at[done] >> 1 < next;)
			done++;
	}
	hand_on(now, sifted, done, sifted->n);
}

/* The default rules. */
static void add_default(struct words *words, const struct segments *segments, struct busy *busy,
                        struct tokens *tokens)
{
	const size_t begin = tokens->n;
	struct progress now = {.shift = (uint32_t)begin, .busy = busy->at};
	struct sifted sifted;
	for (size_t k = 0; k < busy->n; k += SIFTED) {
		const size_t left = busy->n - k;
		words->most_splits = left;
		sift(words, busy->at + k, left < SIFTED ? left : SIFTED, now.i, &sifted);
		add_sifted(words, segments, &sifted, &now, tokens);
	}
	for (size_t s = now.segment; s < segments->n; s++)
		segments->ptr[s].token_end = segments->ptr[s].piece_end + now.shift;
	add_pieces(tokens, words, now.i, words->total);
	busy->n = now.n_busy;
	const size_t end = begin + words->total;
	/* tokens that there were no pieces for are in the same run */
	if (words->is_first_run && tokens->n > end)
		fill_u32(tokens->run, end, tokens->n, 0);
	if (words->is_one_lang && tokens->n > end)
		fill_u16(tokens->lang, end, tokens->n, *words->lang);
	if (words->is_uniform && tokens->n > end)
		fill_float(tokens->confidence, end, tokens->n, *words->confidence);
}

void word_segments(struct word_stage *stage, const struct segments *segments,
                   const struct pieces *pieces, struct busy *busy, struct tokens *tokens)
{
	struct words words = {
		.text = segments->ptr->text,
		.total = pieces->n,
		.is_first_run = pieces->is_first_run,
		.is_one_lang = pieces->is_one_lang,
		.is_uniform = pieces->is_uniform,
		.filters = &stage->filters,
	};
#define WORDS_VIEW(type, name) words.name = pieces->name;
	WORDS_COLUMNS(WORDS_VIEW)
#undef WORDS_VIEW
	if (stage->rules == LAFZ_RULES_DEFAULT) {
		add_default(&words, segments, busy, tokens);
		return;
	}
	const uint32_t n = (uint32_t)tokens->n;
	for (size_t s = 0; s < segments->n; s++)
		segments->ptr[s].token_end = n + segments->ptr[s].piece_end;
	for (size_t k = 0; k < busy->n; k++)
		busy->at[k] = n + (busy->at[k] >> BUSY_BITS);
	add_pieces(tokens, &words, 0, words.total);
}
