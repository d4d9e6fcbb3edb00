#include "run/run.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/fill.h"
#include "lang.h"
#include "run/evidence.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* Where a language can change, from the dearest place to the cheapest. */
enum place {
	PLACE_INSIDE,   /* between two words */
	PLACE_ENTITY,   /* across a mention, hashtag or link */
	PLACE_SCRIPT,   /* across words of another script */
	PLACE_SENTENCE, /* after a sentence end or a colon */
	PLACE_QUOTE,    /* at a quote, bracket or dash */
	PLACES
};

/* What a switch costs there, in units of the evidence. */
static const uint8_t costs[RUN_SCRIPTS][PLACES] = {
	[RUN_ARAB] = {24, 18, 16, 13, 8},
	[RUN_LATN] = {60, 40, 35, 30, 24},
};

#define PRIOR_SHARE 4u    /* the prior is the share of the sums: 1/4 ... */
#define PRIOR_MAX 20      /* ... and no language is further behind than this */
#define LONE_CANDIDATE 8  /* what the only candidate of a script starts with: it is expected */
#define NONE_AHEAD 10     /* Latin: what none of them starts ahead: most languages are not here */
#define UND_LEAD 1        /* words whose language leads by less are und */
#define PRIOR_REACH 4096u /* bytes before a line that its prior is made of */

void run_init(struct run_stage *stage, const uint16_t *languages, size_t n)
{
	stage->n_candidates = n;
	for (size_t i = 0; i < n; i++)
		stage->candidates[i] = languages[i];
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
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		path_free(&stage->paths[s], mem);
	evidence_free(&stage->evidence, mem);
	*stage = (struct run_stage){0};
}

/* Candidates without evidence (azb ...) have no state: nothing could tell them. */
static bool is_candidate(const struct run_stage *stage, uint16_t lang)
{
	for (size_t i = 0; i < stage->n_candidates; i++)
		if (stage->candidates[i] == lang)
			return true;
	return stage->n_candidates == 0;
}

/* The first segment that is guessed makes the evidence ready. */
static int prepare(struct run_stage *stage, const struct lafz_allocator *mem)
{
	if (stage->evidence.is_ready)
		return LAFZ_OK;
	if (evidence_prepare(&stage->evidence, mem) < 0)
		return LAFZ_ERR_MEMORY;
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		const size_t none = evidence_states(s) - 1;
		stage->allowed[s] = 1u << none;
		for (size_t i = 0; i < none; i++)
			if (is_candidate(stage, stage->evidence.langs[s][i]))
				stage->allowed[s] |= 1u << i;
		/*
		 * Nothing was learnt of other languages in Arabic script, so none of them is no
		 * choice beside candidates: it would win wherever the text is in a third language.
		 */
		if (s == RUN_ARAB && stage->n_candidates > 0 && stage->allowed[s] != 1u << none)
			stage->allowed[s] &= ~(1u << none);
		stage->allowed[s] &= stage->evidence.used[s];
	}
	return LAFZ_OK;
}

/* ---- What a piece is ---- */

static bool is_vote(const struct pieces *pieces, size_t i, uint8_t script)
{
	return pieces->kind[i] == LAFZ_KIND_WORD && pieces->script[i] == script;
}

/* A word with letters begins or continues a run; all else joins one. */
static bool is_anchor(const struct pieces *pieces, size_t i)
{
	return pieces->kind[i] == LAFZ_KIND_WORD && pieces->script[i] != UCD_SCRIPT_ZYYY &&
	       pieces->script[i] != UCD_SCRIPT_ZINH;
}

static bool is_entity(uint8_t kind)
{
	return kind == LAFZ_KIND_MENTION || kind == LAFZ_KIND_HASHTAG || kind == LAFZ_KIND_URL ||
	       kind == LAFZ_KIND_EMAIL;
}

static uint32_t first_char(const struct segment *segment, const struct pieces *pieces, size_t i)
{
	const uint32_t start = pieces->start[i];
	return utf8_decode(segment->text + start, pieces->end[i] - start).cp;
}

static bool is_gap_before(const struct pieces *pieces, size_t i)
{
	return i == 0 || pieces->end[i - 1] < pieces->start[i];
}

static bool is_gap_after(const struct pieces *pieces, size_t i)
{
	return i + 1 == pieces->n || pieces->end[i] < pieces->start[i + 1];
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

/* What a switch across this piece, which is no word of our scripts, is. */
static enum place place_across(const struct segment *segment, const struct pieces *pieces, size_t i)
{
	if (is_anchor(pieces, i))
		return PLACE_SCRIPT;
	if (is_entity(pieces->kind[i]))
		return PLACE_ENTITY;
	const char first = segment->text[pieces->start[i]];
	if (pieces->kind[i] != LAFZ_KIND_PUNCT || first == ',')
		return PLACE_INSIDE;
	if (first == '.')
		return PLACE_SENTENCE;
	const uint32_t cp = first_char(segment, pieces, i);
	if (is_quotation(pieces, i, cp))
		return PLACE_QUOTE;
	return is_sentence_end(cp) ? PLACE_SENTENCE : PLACE_INSIDE;
}

/* ---- The prior ---- */

/* A number for each state. A copy in and out: arrays in a struct are not aligned as these are. */
typedef uint32_t states_u32 __attribute__((vector_size(4 * EVIDENCE_STATES)));

static void add_states(uint32_t *to, const uint32_t *from)
{
	states_u32 a, b;
	memcpy(&a, to, sizeof a);
	memcpy(&b, from, sizeof b);
	a += b;
	memcpy(to, &a, sizeof a);
}

static void take_off_states(uint32_t *to, const uint32_t *from)
{
	states_u32 a, b;
	memcpy(&a, to, sizeof a);
	memcpy(&b, from, sizeof b);
	a -= b;
	memcpy(to, &a, sizeof a);
}

static void add_to_prior(struct run_stage *stage, const struct run_line *line)
{
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		if ((line->used >> s) & 1)
			add_states(stage->prior[s], line->sums[s]);
}

static void take_off_prior(struct run_stage *stage, const struct run_line *line)
{
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		if ((line->used >> s) & 1)
			take_off_states(stage->prior[s], line->sums[s]);
}

/* A line begins: lines too far before it are taken off the prior, which then is its own. */
static void begin_line(struct run_stage *stage, uint64_t start)
{
	const uint64_t reach = start < PRIOR_REACH ? 0 : start - PRIOR_REACH;
	for (; stage->first_line < stage->n_lines; stage->first_line++) {
		const struct run_line *const line = &stage->lines[stage->first_line];
		if (line->start >= reach)
			break;
		take_off_prior(stage, line);
	}
	stage->line = (struct run_line){.start = start};
}

/* A line has ended: its sums are kept if it can lie within the reach of a later one. */
static int end_line(struct run_stage *stage, const struct lafz_allocator *mem, uint64_t end)
{
	if (!stage->line.used || end - stage->line.start > PRIOR_REACH)
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
	add_to_prior(stage, &stage->line);
	return LAFZ_OK;
}

/* ---- Languages of words ---- */

static void set_language(struct pieces *pieces, size_t i, uint16_t lang, float confidence)
{
	pieces->lang[i] = lang;
	pieces->confidence[i] = confidence;
}

static void set_start(struct run_stage *stage, size_t script)
{
	struct path *const path = &stage->paths[script];
	const uint32_t *const prior = stage->prior[script];
	path->allowed = stage->allowed[script];
	const size_t none = evidence_states(script) - 1;
	uint32_t least = UINT32_MAX;
	for (size_t i = 0; i <= none; i++) {
		const uint32_t behind = (path->allowed >> i) & 1 ? prior[i] : UINT32_MAX;
		least = behind < least ? behind : least;
	}
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		const uint32_t behind = prior[i] < least ? 0 : prior[i] - least;
		path->start[i] = behind > PRIOR_SHARE * PRIOR_MAX ? PRIOR_MAX
		                                                  : (int32_t)(behind / PRIOR_SHARE);
	}
	if (script == RUN_LATN)
		for (size_t i = 0; i < none; i++)
			path->start[i] += NONE_AHEAD;
	const uint32_t candidates = path->allowed & ((1u << none) - 1);
	if (stage->n_candidates > 0 && candidates != 0 && (candidates & (candidates - 1)) == 0)
		path->start[none] += LONE_CANDIDATE;
}

/*
 * The words of each script, with their scores and the cost of a switch before them. Returns whether
 * there are words of other scripts, or LAFZ_ERR_MEMORY.
 */
static int add_words(struct run_stage *stage, const struct lafz_allocator *mem,
                     const struct segment *segment, struct pieces *pieces)
{
	/* The cheapest since the last word. */
	enum place places[RUN_SCRIPTS] = {PLACE_INSIDE, PLACE_INSIDE};
	bool has_others = false;
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		stage->paths[s].n = 0;
	for (size_t i = 0; i < pieces->n; i++) {
		const bool is_arab = is_vote(pieces, i, UCD_SCRIPT_ARAB);
		if (!is_arab && !is_vote(pieces, i, UCD_SCRIPT_LATN)) {
			set_language(pieces, i, LANG_UND, 0.0f);
			const enum place across = place_across(segment, pieces, i);
			for (size_t s = 0; s < RUN_SCRIPTS; s++)
				places[s] = across > places[s] ? across : places[s];
			has_others = has_others || across == PLACE_SCRIPT;
			continue;
		}
		const size_t script = is_arab ? RUN_ARAB : RUN_LATN;
		enum place *const other = &places[is_arab ? RUN_LATN : RUN_ARAB];
		*other = PLACE_SCRIPT > *other ? PLACE_SCRIPT : *other;
		struct path *const path = &stage->paths[script];
		if (path->n == 0 && path_reserve(path, mem, pieces->n - i) < 0)
			return LAFZ_ERR_MEMORY;
		struct path_word *const word = &path->words[path->n++];
		const uint32_t start = pieces->start[i];
		word->word = *evidence_word(&stage->evidence, script, segment->text + start,
		                            pieces->end[i] - start, segment->end - start);
		word->piece = (uint32_t)i;
		if (is_arab && path->n > 1 && word[-1].word.is_head && word[-1].piece + 1 == i)
			evidence_order(&stage->evidence, &word[-1].word, &word->word);
		word->cost = costs[script][places[script]];
		places[script] = PLACE_INSIDE;
	}
	return has_others;
}

/* A line longer than the reach is in no prior, so its sums, which could overflow, are unused. */
static void add_to_line(struct run_stage *stage, const struct segment *segment, size_t script)
{
	const uint64_t end = segment->doc_start + (segment->end - segment->start);
	if (end - stage->line.start > PRIOR_REACH)
		return;
	stage->line.used |= 1u << script;
	add_states(stage->line.sums[script], stage->paths[script].behind);
}

/* A stretch of the path without a sure language is und. */
static float find_language(const struct run_stage *stage, size_t script, size_t first, size_t end,
                           uint16_t *lang)
{
	const struct path *const path = &stage->paths[script];
	const int64_t lead = path_lead(path, first, end);
	*lang = lead < UND_LEAD ? (uint16_t)LANG_UND
	                        : stage->evidence.langs[script][path_state(path, first)];
	return *lang == LANG_UND ? 0.0f : evidence_probability(lead);
}

static void set_languages(const struct run_stage *stage, struct pieces *pieces, size_t script)
{
	const struct path *const path = &stage->paths[script];
	for (size_t i = 0, end; i < path->n; i = end) {
		end = path_stretch(path, i);
		uint16_t lang;
		const float confidence = find_language(stage, script, i, end, &lang);
		for (size_t w = i; w < end; w++)
			set_language(pieces, path->words[w].piece, lang, confidence);
	}
}

/* All pieces in one run. */
static void fill_run(struct pieces *pieces, uint16_t lang, float confidence)
{
	fill_u16(pieces->lang, 0, pieces->n, lang);
	fill_float(pieces->confidence, 0, pieces->n, confidence);
	fill_u32(pieces->run, 0, pieces->n, 0);
}

#define ONES 0x0101010101010101u

/* The highest bit of those of eight bytes below 0x80 that are 0. */
static uint64_t zeros_of(uint64_t eight)
{
	return ~(eight + ONES * 0x7F) & ONES * 0x80;
}

static_assert(LAFZ_KIND_WORD == 0 && UCD_SCRIPT_ZYYY == 0 && UCD_SCRIPT_ZINH == 1,
              "what no letters are in is told from words of a script by zeros");

/* Whether there are words of a script and none of others. Looks at eight pieces at a time. */
static bool is_in_script(const struct pieces *pieces, uint8_t script)
{
	uint64_t own = 0, others = 0;
	for (size_t i = 0; i < pieces->n; i += 8) {
		const uint64_t scripts = bytes_u64(pieces->script + i) & ONES * 0x7F;
		const uint64_t kinds = bytes_u64(pieces->kind + i) & ONES * 0x7F;
		const size_t left = pieces->n - i;
		const uint64_t within = left < 8 ? ((uint64_t)1 << 8 * left) - 1 : ~(uint64_t)0;
		const uint64_t words = zeros_of(kinds) & ~zeros_of(scripts & ONES * 0x7E) & within;
		const uint64_t in_script = zeros_of(scripts ^ ONES * script);
		own |= words & in_script;
		others |= words & ~in_script;
	}
	return own != 0 && others == 0;
}

static void force_languages(const struct run_stage *stage, struct pieces *pieces)
{
	const uint16_t forced = stage->candidates[0];
	const uint8_t script = lang_script(forced);
	for (size_t i = 0; i < pieces->n; i++) {
		if (is_anchor(pieces, i) && pieces->script[i] == script)
			set_language(pieces, i, forced, 1.0f);
		else
			set_language(pieces, i, LANG_UND, 0.0f);
	}
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
	if (pieces->kind[i] != LAFZ_KIND_PUNCT)
		return false;
	const uint32_t cp = first_char(segment, pieces, i);
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
		set_language(pieces, joining->waiting, joining->lang, joining->confidence);
		pieces->run[joining->waiting] = joining->n - 1;
	}
}

/* What waits is what a segment begins with, and the opening marks just before a piece. */
static int join_pieces(const struct segment *segment, struct pieces *pieces)
{
	struct joining joining = {.lang = LANG_UND};
	bool is_after_opener = false;
	for (size_t i = 0; i < pieces->n; i++) {
		is_after_opener = is_opener(segment, pieces, i, is_after_opener);
		if (is_anchor(pieces, i)) {
			const bool is_same = joining.n > 0 && pieces->script[i] == joining.script &&
			                     pieces->lang[i] == joining.lang;
			joining.n += !is_same;
			joining.lang = pieces->lang[i];
			joining.script = pieces->script[i];
			joining.confidence = pieces->confidence[i];
			join(&joining, pieces, i + 1);
		} else if (joining.n > 0 && !is_after_opener) {
			join(&joining, pieces, i + 1);
		}
	}
	joining.n += joining.n == 0 && pieces->n > 0;
	join(&joining, pieces, pieces->n);
	/* A segment has at most LAFZ_MAX_SEGMENT bytes, so this fits. */
	return (int)joining.n;
}

/* Runs of a segment whose languages are guessed; the number of them, or LAFZ_ERR_MEMORY. */
static int guess_runs(struct run_stage *stage, const struct lafz_allocator *mem,
                      const struct segment *segment, struct pieces *pieces)
{
	if (prepare(stage, mem) < 0)
		return LAFZ_ERR_MEMORY;
	memo_grow(&stage->evidence.memo, mem);
	if (segment->is_line_start)
		begin_line(stage, segment->doc_start);
	const int has_others = add_words(stage, mem, segment, pieces);
	if (has_others < 0)
		return has_others;
	size_t n_scripts = 0, last = 0;
	bool is_uniform = !has_others;
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		struct path *const path = &stage->paths[s];
		if (path->n == 0)
			continue;
		set_start(stage, s);
		path_find(path);
		add_to_line(stage, segment, s);
		is_uniform = is_uniform && path->is_uniform;
		n_scripts++;
		last = s;
	}
	int n_runs;
	if (is_uniform && n_scripts == 1) {
		uint16_t lang;
		const float confidence = find_language(stage, last, 0, stage->paths[last].n, &lang);
		fill_run(pieces, lang, confidence);
		n_runs = 1;
	} else {
		for (size_t s = 0; s < RUN_SCRIPTS; s++)
			set_languages(stage, pieces, s);
		n_runs = join_pieces(segment, pieces);
	}
	if (segment->is_line_end &&
	    end_line(stage, mem, segment->doc_start + (segment->end - segment->start)) < 0)
		return LAFZ_ERR_MEMORY;
	return n_runs;
}

int run_segment(struct run_stage *stage, const struct lafz_allocator *mem,
                const struct segment *segment, struct pieces *pieces)
{
	if (stage->n_candidates != 1)
		return guess_runs(stage, mem, segment, pieces);
	if (is_in_script(pieces, lang_script(stage->candidates[0]))) {
		fill_run(pieces, stage->candidates[0], 1.0f);
		return 1;
	}
	force_languages(stage, pieces);
	return join_pieces(segment, pieces);
}

/* Whether there is a word of a script. Most segments begin with one. */
static bool has_word(const struct pieces *pieces, size_t first, size_t end, uint8_t script)
{
	for (size_t i = first; i < end; i++)
		if (is_vote(pieces, i, script))
			return true;
	return false;
}

int run_segments(struct run_stage *stage, const struct lafz_allocator *mem,
                 const struct segments *segments, struct pieces *pieces)
{
	/* with one candidate most texts are in its script alone, and each segment is one run */
	const uint16_t forced = stage->candidates[0];
	const uint8_t script = lang_script(forced);
	const bool is_filled = stage->n_candidates == 1 && is_in_script(pieces, script);
	if (is_filled)
		fill_run(pieces, forced, 1.0f);
	size_t first = 0;
	for (size_t s = 0; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		const size_t end = segment->piece_end;
		if (is_filled && has_word(pieces, first, end, script)) {
			segment->n_runs = 1;
		} else {
			struct pieces own = pieces_part(pieces, first, end);
			const int n = run_segment(stage, mem, segment, &own);
			if (n < 0)
				return n;
			segment->n_runs = (uint32_t)n;
		}
		first = end;
	}
	return LAFZ_OK;
}

void run_none(const struct segments *segments, struct pieces *pieces)
{
	fill_run(pieces, LANG_UND, 0.0f);
	size_t first = 0;
	for (size_t s = 0; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		segment->n_runs = segment->piece_end > first;
		first = segment->piece_end;
	}
}
