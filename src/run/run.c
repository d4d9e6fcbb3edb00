#include "run/run.h"

#include <limits.h>
#include <string.h>

#include "lang.h"
#include "run/evidence.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/*
 * What a switch of language costs before a word, in units of the evidence; the cheapest place
 * between two words counts.
 */
enum {
	COST_INSIDE = 56,   /* 7 nats */
	COST_ENTITY = 36,   /* across a mention, hashtag or link */
	COST_SCRIPT = 30,   /* across words of another script */
	COST_SENTENCE = 28, /* after a sentence end or a colon */
	COST_QUOTE = 16     /* at a quote, bracket or dash */
};

#define UND_LEAD 8        /* words whose language leads by less are und */
#define LONE_CANDIDATE 16 /* what the only candidate of a script starts with: it is expected */
#define PRIOR_REACH 4096u /* bytes before a line that its prior is made of */
#define PRIOR_SHARE 8     /* the prior is the share of the sums: 1/8 ... */
#define PRIOR_MAX 24      /* ... and no language is further behind than this */

static const uint8_t script_of[RUN_SCRIPTS] = {UCD_SCRIPT_ARAB, UCD_SCRIPT_LATN};

void run_init(struct run_stage *stage, const uint16_t *languages, size_t n)
{
	stage->is_forced = n == 1;
	stage->forced = n == 1 ? languages[0] : (uint16_t)LANG_UND;
	stage->has_candidates = n > 1;
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		const size_t none = evidence_states(script_of[s]) - 1;
		stage->allowed[s] = 1u << none;
		for (size_t state = 0; state < none; state++) {
			/*
			 * Candidates without evidence (azb ...) have no state: nothing could tell
			 * them.
			 */
			for (size_t i = 0; i < n; i++)
				if (languages[i] == evidence_lang(script_of[s], state))
					stage->allowed[s] |= 1u << state;
		}
	}
}

void run_reset(struct run_stage *stage)
{
	stage->n_lines = stage->first_line = 0;
	stage->line = (struct run_line){0};
	memset(stage->prior, 0, sizeof stage->prior);
}

void run_free(struct run_stage *stage, const struct lafz_allocator *mem)
{
	mem_free(mem, stage->lines);
	path_free(&stage->path, mem);
	*stage = (struct run_stage){0};
}

/* ---- What a piece is ---- */

static bool is_vote(const struct piece *piece, uint8_t script)
{
	return piece->kind == LAFZ_KIND_WORD && piece->script == script;
}

/* A word with letters begins or continues a run; all else joins one. */
static bool is_anchor(const struct piece *piece)
{
	return piece->kind == LAFZ_KIND_WORD && piece->script != UCD_SCRIPT_ZYYY &&
	       piece->script != UCD_SCRIPT_ZINH;
}

static bool is_entity(const struct piece *piece)
{
	return piece->kind == LAFZ_KIND_MENTION || piece->kind == LAFZ_KIND_HASHTAG ||
	       piece->kind == LAFZ_KIND_URL || piece->kind == LAFZ_KIND_EMAIL;
}

static uint32_t first_char(const struct segment *segment, const struct piece *piece)
{
	return utf8_decode(segment->text + piece->start, piece->end - piece->start).cp;
}

static bool is_gap_before(const struct pieces *pieces, size_t i)
{
	return i == 0 || pieces->ptr[i - 1].end < pieces->ptr[i].start;
}

static bool is_gap_after(const struct pieces *pieces, size_t i)
{
	return i + 1 == pieces->n || pieces->ptr[i].end < pieces->ptr[i + 1].start;
}

static bool is_sentence_end(uint32_t cp)
{
	/*
	 * The Arabic question mark, the Urdu full stop, the ellipsis; a colon introduces speech in
	 * another language as often.
	 */
	return cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == 0x061F || cp == 0x06D4 ||
	       cp == 0x2026;
}

static bool is_quote(uint32_t cp)
{
	const uint8_t gc = ucd_get(cp)->gc;
	return cp == '"' || cp == '\'' || gc == UCD_GC_PI || gc == UCD_GC_PF ||
	       (cp >= 0x201A && cp <= 0x201F);
}

/*
 * A quote, bracket or dash that stands between words; an apostrophe or hyphen inside one says
 * nothing.
 */
static bool is_quotation(const struct pieces *pieces, size_t i, uint32_t cp)
{
	const uint8_t gc = ucd_get(cp)->gc;
	if (gc == UCD_GC_PS || gc == UCD_GC_PE || cp == 0x2013 || cp == 0x2014)
		return true;
	return (is_quote(cp) || gc == UCD_GC_PD) &&
	       (is_gap_before(pieces, i) || is_gap_after(pieces, i));
}

/* What a switch costs across this piece. */
static uint8_t cost_across(const struct segment *segment, const struct pieces *pieces, size_t i)
{
	const struct piece *const piece = &pieces->ptr[i];
	if (is_anchor(piece))
		return COST_SCRIPT;
	if (is_entity(piece))
		return COST_ENTITY;
	if (piece->kind != LAFZ_KIND_PUNCT)
		return COST_INSIDE;
	const uint32_t cp = first_char(segment, piece);
	if (is_quotation(pieces, i, cp))
		return COST_QUOTE;
	return is_sentence_end(cp) ? COST_SENTENCE : COST_INSIDE;
}

/* ---- The prior ---- */

static void add_to_prior(struct run_stage *stage, const struct run_line *line, int32_t sign)
{
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		for (size_t i = 0; i < EVIDENCE_STATES; i++)
			stage->prior[s][i] += sign * line->sums[s][i];
	}
}

/* A line begins: lines too far before it are taken off the prior, which then is its own. */
static void begin_line(struct run_stage *stage, uint64_t start)
{
	const uint64_t reach = start < PRIOR_REACH ? 0 : start - PRIOR_REACH;
	for (; stage->first_line < stage->n_lines; stage->first_line++) {
		const struct run_line *const line = &stage->lines[stage->first_line];
		if (line->start >= reach)
			break;
		add_to_prior(stage, line, -1);
	}
	stage->line = (struct run_line){.start = start};
}

/* A line has ended: its sums are kept if it can lie within the reach of a later one. */
static int end_line(struct run_stage *stage, const struct lafz_allocator *mem, uint64_t end)
{
	static const struct run_line blank;
	const bool is_blank = memcmp(stage->line.sums, blank.sums, sizeof blank.sums) == 0;
	if (is_blank || end - stage->line.start > PRIOR_REACH)
		return LAFZ_OK;
	/* Forgotten lines are most of the array: move the rest down, which costs less than them. */
	if (stage->first_line > stage->n_lines / 2) {
		stage->n_lines -= stage->first_line;
		memmove(stage->lines, stage->lines + stage->first_line,
		        stage->n_lines * sizeof *stage->lines);
		stage->first_line = 0;
	}
	if (mem_reserve(mem, &stage->lines, &stage->cap_lines, stage->n_lines + 1,
	                sizeof *stage->lines) < 0)
		return LAFZ_ERR_MEMORY;
	stage->lines[stage->n_lines++] = stage->line;
	add_to_prior(stage, &stage->line, 1);
	return LAFZ_OK;
}

/* ---- Languages of words ---- */

static void set_start(struct run_stage *stage, size_t script)
{
	struct path *const path = &stage->path;
	path->n = 0;
	path->n_states = evidence_states(script_of[script]);
	path->allowed = stage->has_candidates ? stage->allowed[script] : (1u << path->n_states) - 1;
	const size_t none = path->n_states - 1;
	int32_t top = INT32_MIN;
	for (size_t i = 0; i <= none; i++)
		if (((path->allowed >> i) & 1) && stage->prior[script][i] > top)
			top = stage->prior[script][i];
	const uint32_t candidates = path->allowed & ((1u << none) - 1);
	const bool is_lone = stage->has_candidates && candidates != 0 &&
	                     (candidates & (candidates - 1)) == 0;
	for (size_t i = 0; i <= none; i++) {
		const int32_t behind = (top - stage->prior[script][i]) / PRIOR_SHARE;
		path->start[i] = behind < 0 ? 0 : behind > PRIOR_MAX ? -PRIOR_MAX : -behind;
		if (is_lone && i != none)
			path->start[i] += LONE_CANDIDATE;
	}
}

/*
 * Two words that are worth more side by side: each gets half of it, so that a switch comes before
 * both.
 */
static void add_pair(const char *text, const struct piece *first, const struct piece *second,
                     struct path_word *words)
{
	int16_t more[EVIDENCE_STATES];
	if (!evidence_pair(text + first->start, first->end - first->start, text + second->start,
	                   second->end - second->start, more))
		return;
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		words[0].scores[i] = (int16_t)(words[0].scores[i] + more[i] / 2);
		words[1].scores[i] = (int16_t)(words[1].scores[i] + more[i] / 2);
	}
}

/* The words of a script, with their scores, for the path. */
static int add_words(struct run_stage *stage, const struct lafz_allocator *mem,
                     const struct segment *segment, const struct pieces *pieces, size_t script)
{
	struct path *const path = &stage->path;
	uint8_t cost = COST_INSIDE;
	bool opens = false; /* the word before may be the first of a pair */
	for (size_t i = 0; i < pieces->n; i++) {
		const struct piece *const piece = &pieces->ptr[i];
		if (!is_vote(piece, script_of[script])) {
			const uint8_t across = cost_across(segment, pieces, i);
			cost = across < cost ? across : cost;
			opens = false;
			continue;
		}
		struct path_word *const word = path_add(path, mem);
		if (!word)
			return LAFZ_ERR_MEMORY;
		*word = (struct path_word){.piece = (uint32_t)i, .cost = cost};
		const bool was_open = opens;
		opens = evidence_word(script_of[script], segment->text + piece->start,
		                      piece->end - piece->start, word->scores);
		if (was_open)
			add_pair(segment->text, piece - 1, piece, word - 1);
		cost = COST_INSIDE;
	}
	return LAFZ_OK;
}

/* A line longer than the reach is in no prior, so its sums, which could overflow, are unused. */
static void add_to_line(struct run_stage *stage, const struct segment *segment, size_t script)
{
	const uint64_t end = segment->doc_start + (segment->end - segment->start);
	const struct path *const path = &stage->path;
	for (size_t w = 0; w < path->n && end - stage->line.start <= PRIOR_REACH; w++) {
		for (size_t i = 0; i < EVIDENCE_STATES; i++)
			stage->line.sums[script][i] += path->words[w].scores[i];
	}
}

/* A stretch of the path without a sure language is und. */
static void set_languages(const struct path *path, struct pieces *pieces, uint8_t script)
{
	for (size_t i = 0, end; i < path->n; i = end) {
		end = path_stretch(path, i);
		const int64_t lead = path_lead(path, i, end);
		const uint16_t lang = lead < UND_LEAD ? (uint16_t)LANG_UND
		                                      : evidence_lang(script, path->words[i].state);
		for (size_t w = i; w < end; w++) {
			struct piece *const piece = &pieces->ptr[path->words[w].piece];
			piece->lang = lang;
			piece->confidence = lang == LANG_UND ? 0.0f : evidence_probability(lead);
		}
	}
}

static void force_languages(const struct run_stage *stage, struct pieces *pieces)
{
	const uint8_t script = lang_script(stage->forced);
	for (size_t i = 0; i < pieces->n; i++) {
		struct piece *const piece = &pieces->ptr[i];
		if (is_anchor(piece) && piece->script == script) {
			piece->lang = stage->forced;
			piece->confidence = 1.0f;
		}
	}
}

static int guess_languages(struct run_stage *stage, const struct lafz_allocator *mem,
                           const struct segment *segment, struct pieces *pieces)
{
	if (segment->is_line_start)
		begin_line(stage, segment->doc_start);
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		set_start(stage, s);
		const int rc = add_words(stage, mem, segment, pieces, s);
		if (rc < 0)
			return rc;
		add_to_line(stage, segment, s);
		path_find(&stage->path);
		set_languages(&stage->path, pieces, script_of[s]);
	}
	if (!segment->is_line_end)
		return LAFZ_OK;
	return end_line(stage, mem, segment->doc_start + (segment->end - segment->start));
}

/* ---- Runs ---- */

/*
 * A quote opens if it clings to what follows and not to what comes before; where that says nothing,
 * by its nature. (The quotes of Urdu come as U+201D first, those of German as U+201C last.)
 * Brackets go by their nature.
 */
static bool is_opener(const struct segment *segment, const struct pieces *pieces, size_t i,
                      bool is_after_opener)
{
	const struct piece *const piece = &pieces->ptr[i];
	if (piece->kind != LAFZ_KIND_PUNCT)
		return false;
	const uint32_t cp = first_char(segment, piece);
	const uint8_t gc = ucd_get(cp)->gc;
	if (!is_quote(cp))
		return gc == UCD_GC_PS;
	const bool is_before = is_after_opener || is_gap_before(pieces, i);
	const bool is_after = is_gap_after(pieces, i);
	if (is_before != is_after)
		return is_before;
	return gc == UCD_GC_PI;
}

struct joining {
	uint16_t lang; /* of the run so far */
	uint8_t script;
	float confidence;
	uint32_t n;     /* runs so far */
	size_t waiting; /* the first piece that has no run yet */
};

/* Gives the pieces that wait, up to end, to the last run. */
static void join(struct joining *joining, struct pieces *pieces, size_t end)
{
	for (; joining->waiting < end; joining->waiting++) {
		struct piece *const piece = &pieces->ptr[joining->waiting];
		piece->lang = joining->lang;
		piece->confidence = joining->confidence;
		piece->run = joining->n - 1;
	}
}

/* What waits is what a segment begins with, and the opening marks just before a piece. */
static uint32_t join_pieces(const struct segment *segment, struct pieces *pieces)
{
	struct joining joining = {.lang = LANG_UND};
	bool is_after_opener = false;
	for (size_t i = 0; i < pieces->n; i++) {
		const struct piece *const piece = &pieces->ptr[i];
		is_after_opener = is_opener(segment, pieces, i, is_after_opener);
		if (is_anchor(piece)) {
			const bool is_same = joining.n > 0 && piece->script == joining.script &&
			                     piece->lang == joining.lang;
			joining.n += !is_same;
			joining.lang = piece->lang;
			joining.script = piece->script;
			joining.confidence = piece->confidence;
			join(&joining, pieces, i + 1);
		} else if (joining.n > 0 && !is_after_opener) {
			join(&joining, pieces, i + 1);
		}
	}
	joining.n += joining.n == 0 && pieces->n > 0;
	join(&joining, pieces, pieces->n);
	return joining.n;
}

int run_segment(struct run_stage *stage, const struct lafz_allocator *mem,
                const struct segment *segment, struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->n; i++) {
		pieces->ptr[i].lang = LANG_UND;
		pieces->ptr[i].confidence = 0.0f;
	}
	if (stage->is_forced) {
		force_languages(stage, pieces);
	} else {
		const int rc = guess_languages(stage, mem, segment, pieces);
		if (rc < 0)
			return rc;
	}
	/* A segment has at most LAFZ_MAX_SEGMENT bytes, so this fits. */
	return (int)join_pieces(segment, pieces);
}
