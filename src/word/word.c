#include "word/word.h"

#include "word/words.h"

static inline int add_token(struct tokens *tokens, const struct lafz_allocator *mem,
                            const struct piece *piece, uint32_t start, uint32_t end)
{
	const int rc = tokens_reserve(tokens, mem, tokens->n + 1);
	if (rc < 0)
		return rc;
	const size_t i = tokens->n++;
	tokens->start[i] = start;
	tokens->end[i] = end;
	tokens->run[i] = piece->run;
	tokens->confidence[i] = piece->confidence;
	tokens->lang[i] = piece->lang;
	tokens->flags[i] = piece->flags;
	tokens->kind[i] = piece->kind;
	tokens->script[i] = piece->script;
	return LAFZ_OK;
}

/* Whether the letters from start to end have upper case and no lower case. */
static bool is_upper(const char *text, uint32_t start, uint32_t end)
{
	unsigned flags = 0;
	while (start < end) {
		const struct utf8 c = utf8_decode(text + start, end - start);
		flags |= ucd_get(c.cp)->atom_flags;
		start += c.len;
	}
	return flags & ATOM_UPPER && !(flags & ATOM_LOWER);
}

/* Whether the piece opens or closes a single quotation: what that leaves open. */
static bool is_quote_open(const struct words *words, const struct piece *piece)
{
	if (piece->kind != LAFZ_KIND_PUNCT)
		return words->in_quote;
	const uint32_t cp = words_char(words, piece);
	if (cp != '\'' && cp != 0x2018 && cp != 0x2019)
		return words->in_quote;
	const bool is_behind_gap = piece == words->begin || piece[-1].end < piece->start;
	return is_behind_gap && cp != 0x2019 && words_is_glued(words, piece, piece + 1);
}

/* What may stand right behind a piece for a rule to apply. */
enum mark {
	MARK_HYPHEN = 1,
	MARK_APOSTROPHE = 2,
	MARK_STOP = 4,
	MARK_SIGN = 8, /* one from U+0080 to U+00BF */
	MARK_LETTERS = 16
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
	{match_ordinal_dot, LAFZ_FLAG_ORDINAL, MARK_STOP},
	{match_suffix_apostrophe, LAFZ_FLAG_CONTRACTION, MARK_APOSTROPHE},
	{match_elided, 0, MARK_APOSTROPHE},
	{match_truncated, 0, MARK_APOSTROPHE},
	{match_power, 0, MARK_SIGN},
	{match_full_stop, LAFZ_FLAG_ABBREVIATION, MARK_STOP},
};

/* Bits of enum mark that what stands right behind a piece may be, by its first byte. */
static unsigned marks_behind(const struct words *words, const struct piece *piece)
{
	/* no rule has letters behind a word */
	const unsigned letters = piece->kind == LAFZ_KIND_WORD ? 0 : MARK_LETTERS;
	switch ((unsigned char)words->text[piece->end]) {
	case '-':
		return MARK_HYPHEN;
	case '\'':
		return MARK_APOSTROPHE;
	case '.':
		return MARK_STOP;
	case 0xE2: /* U+2010, U+2011, U+2019 */
		return MARK_HYPHEN | MARK_APOSTROPHE | letters;
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
static const struct piece *match(struct words *words, const struct piece *piece, uint32_t start,
                                 uint16_t *flags)
{
	if (piece == words->abbreviation_stop)
		*flags |= LAFZ_FLAG_ABBREVIATION;
	if (!words_is_glued(words, piece, piece + 1))
		return piece + 1;
	if (piece->kind == LAFZ_KIND_PUNCT) {
		const struct piece *end = match_clitic(words, piece, start);
		return end > piece ? end : piece + 1;
	}
	const unsigned marks = marks_behind(words, piece);
	for (size_t i = 0; marks && i < sizeof rules / sizeof *rules; i++) {
		if (!(marks & rules[i].mark))
			continue;
		const struct piece *end = rules[i].match(words, piece, start);
		if (end == piece)
			continue;
		*flags |= rules[i].flag;
		/*
		 * abbreviation: in Indonesian, as its treebanks have it, the full stop is a token of its
		 * own, but marked, since it ends no sentence
		 */
		if (rules[i].flag == LAFZ_FLAG_ABBREVIATION && piece->lang == LANG_ID) {
			words->abbreviation_stop = piece + 1;
			return piece + 1;
		}
		return end;
	}
	return piece + 1;
}

/*
 * What a token of several pieces is: a word if it joins words by a hyphen, else what it begins with;
 * its language that of its first word.
 */
static struct piece join(const struct words *words, const struct piece *piece,
                         const struct piece *rest, uint32_t start, const struct piece *end)
{
	struct piece joined = *rest;
	const struct piece *word = piece;
	while (word + 1 < end && word->script == UCD_SCRIPT_ZYYY)
		word++;
	if (word->script != UCD_SCRIPT_ZYYY) {
		joined.lang = word->lang;
		joined.confidence = word->confidence;
		joined.run = word->run;
		joined.script = word->script;
	}
	for (const struct piece *part = piece + 1; part < end; part++) {
		joined.flags |= part->flags;
		const bool is_behind_hyphen = ucd_get(words_char(words, part - 1))->gc == UCD_GC_PD;
		if (part->kind == LAFZ_KIND_WORD && is_behind_hyphen)
			joined.kind = LAFZ_KIND_WORD;
	}
	if (joined.flags & LAFZ_FLAG_UPPER && !is_upper(words->text, start, end[-1].end))
		joined.flags &= (uint16_t)~LAFZ_FLAG_UPPER;
	return joined;
}

/* Adds the word of the piece up to offset split; the rest of the piece is left. */
static int add_first(const struct lafz_allocator *mem, const struct words *words,
                     struct piece *rest, uint32_t split, struct tokens *tokens)
{
	/* the flags of the whole do not hold for its parts */
	rest->flags &= (uint16_t) ~(LAFZ_FLAG_CONTRACTION | LAFZ_FLAG_UPPER);
	struct piece first = *rest;
	if (is_upper(words->text, rest->start, split))
		first.flags |= LAFZ_FLAG_UPPER;
	if (is_upper(words->text, split, rest->end))
		rest->flags |= LAFZ_FLAG_UPPER;
	return add_token(tokens, mem, &first, rest->start, split);
}

/* Whether none of the rules can apply: a word between gaps with no apostrophe inside. */
static bool is_plain(const struct words *words, const struct piece *piece)
{
	return piece->kind == LAFZ_KIND_WORD && !(piece->flags & LAFZ_FLAG_CONTRACTION) &&
	       !words_is_glued(words, piece, piece + 1) &&
	       (piece == words->begin || piece[-1].end < piece->start);
}

/*
 * Adds the tokens of one piece, or of that piece and some behind it; how many pieces that were, or a
 * failure.
 */
static int add_words(const struct lafz_allocator *mem, struct words *words,
                     const struct piece *piece, struct tokens *tokens)
{
	struct piece rest = *piece;
	uint32_t start = piece->start;
	const uint32_t elided = elision_end(words, piece), hours = hour_end(words, piece);
	if (elided + hours > 0) {
		start = elided + hours;
		const int rc = add_first(mem, words, &rest, start, tokens);
		if (rc < 0)
			return rc;
		if (hours > 0) {
			rest.kind = LAFZ_KIND_NUMBER;
			rest.script = UCD_SCRIPT_ZYYY;
		}
	}
	uint16_t flags = 0;
	const struct piece *end = match(words, piece, start, &flags);
	if (end - piece > 1)
		rest = join(words, piece, &rest, start, end);
	rest.flags |= flags;
	const int rc = add_token(tokens, mem, &rest, start, end[-1].end);
	if (rc < 0)
		return rc;
	if (end - piece == 1)
		words->in_quote = is_quote_open(words, piece);
	return (int)(end - piece);
}

int word_segment(struct word_stage *stage, const struct lafz_allocator *mem,
                 const struct segment *segment, const struct pieces *pieces, struct tokens *tokens)
{
	if (pieces->n == 0)
		return LAFZ_OK; /* ptr may be NULL */
	struct words words = {.text = segment->text,
	                      .begin = pieces->ptr,
	                      .end = pieces->ptr + pieces->n,
	                      .filters = &stage->filters};
	const bool is_default = stage->rules == LAFZ_RULES_DEFAULT;
	for (const struct piece *piece = words.begin; piece < words.end;) {
		const int n = is_default && !is_plain(&words, piece)
		                      ? add_words(mem, &words, piece, tokens)
		                      : add_token(tokens, mem, piece, piece->start, piece->end);
		if (n < 0)
			return n;
		piece += n > 0 ? n : 1;
	}
	return LAFZ_OK;
}
