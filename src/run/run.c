#include "run/run.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "base/fill.h"
#include "base/pages.h"
#include "lang.h"
#include "run/evidence.h"
#include "run/place.h"
#include "run/words.h"
#include "unicode/ucd.h"

#define LONE_CANDIDATE 8 /* what the only candidate of a script starts with: it is expected */
#define NONE_AHEAD 10    /* Latin: what none of them starts ahead: most languages are not here */
#define ENGLISH_AHEAD 8  /* among words of Arabic script: what English and none of them start ahead of the others */

void run_init(struct run_stage *stage, const uint16_t *languages, size_t n)
{
	stage->n_candidates = n;
	for (size_t i = 0; i < n; i++)
		stage->candidates[i] = languages[i];
}

void run_set_kernel(struct run_stage *stage, const char *kernel)
{
	stage->settle_lines = lines_find(kernel);
	stage->settle_atoms = lines_atoms_find(kernel);
	stage->settle_bytes = lines_bytes_find(kernel);
	stage->words_kernel = words_find_kernel(kernel);
	stage->evidence.model = model_find(kernel);
}

void run_reset(struct run_stage *stage)
{
	prior_reset(&stage->prior);
}

void run_free(struct run_stage *stage, const struct lafz_allocator *mem)
{
	prior_free(&stage->prior, mem);
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		path_free(&stage->paths[s], mem);
	evidence_free(&stage->evidence, mem);
	mem_free(mem, stage->words_block);
	mem_free(mem, stage->row_block);
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

/* The states of a script that the candidates leave, a bit for each. */
static uint32_t allowed_states(const struct run_stage *stage, size_t script)
{
	const uint32_t none = 1u << (evidence_states(script) - 1);
	uint32_t allowed = none;
	for (size_t i = 0; i + 1 < evidence_states(script); i++)
		if (is_candidate(stage, stage->evidence.langs[script][i]))
			allowed |= 1u << i;
	/*
	 * Nothing was learnt of other languages in Arabic script, so none of them is no choice
	 * beside candidates: it would win wherever the text is in a third language.
	 */
	if (script == RUN_ARAB && stage->n_candidates > 0 && allowed != none)
		allowed &= ~none;
	return allowed & stage->evidence.used[script];
}

/*
 * What states of Latin script start behind where words of Arabic script are more: a few Latin words there are names, or English, more often than
 * any other language of the table. Nothing, if English may not be used.
 */
static void expect_english(struct run_stage *stage)
{
	const uint16_t *const langs = stage->evidence.langs[RUN_LATN];
	const size_t none = evidence_states(RUN_LATN) - 1;
	size_t english = 0;
	while (english < none && langs[english] != LANG_EN)
		english++;
	if (english == none || stage->fixed[RUN_LATN].blocked[english] != 0)
		return;
	for (size_t i = 0; i < none; i++)
		stage->among_arabic[i] = i == english ? 0 : ENGLISH_AHEAD;
}

/* The first segment that is guessed makes the evidence ready. */
static int prepare(struct run_stage *stage, const struct lafz_allocator *mem)
{
	if (stage->evidence.is_ready)
		return LAFZ_OK;
	if (!stage->words)
		stage->words = pages_alloc_zero(mem, sizeof *stage->words, &stage->words_block);
	if (!stage->words || evidence_prepare(&stage->evidence, mem) < 0)
		return LAFZ_ERR_MEMORY;
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		struct prior_fixed *const fixed = &stage->fixed[s];
		const uint32_t allowed = allowed_states(stage, s);
		const size_t none = evidence_states(s) - 1;
		for (size_t i = 0; i < STATES; i++) {
			const bool is_allowed = (allowed >> i) & 1;
			fixed->blocked[i] = is_allowed ? 0 : UINT16_MAX;
			stage->paths[s].blocked[i] = is_allowed ? 0 : STATES_BLOCKED;
			fixed->ahead[i] = s == RUN_LATN && i < none ? NONE_AHEAD : 0;
		}
		const uint32_t candidates = allowed & ((1u << none) - 1);
		if (stage->n_candidates > 0 && candidates != 0 && (candidates & (candidates - 1)) == 0)
			fixed->ahead[none] += LONE_CANDIDATE;
		lines_lead(&stage->leaders[s], vectors_load(fixed->ahead), vectors_load(fixed->blocked));
	}
	expect_english(stage);
	return LAFZ_OK;
}

/* ---- Languages of words ---- */

static void set_language(struct pieces *pieces, size_t i, uint16_t lang, float confidence)
{
	pieces->lang[i] = lang;
	pieces->confidence[i] = confidence;
}

/* A stretch of the path without a sure language is und. */
static float find_language(const struct run_stage *stage, size_t script, size_t first, size_t end,
                           uint16_t *lang)
{
	const struct path *const path = &stage->paths[script];
	const int64_t lead = path_lead(path, first, end);
	*lang = lead < RUN_UND_LEAD ? (uint16_t)LANG_UND
	                        : stage->evidence.langs[script][path_state(path, first)];
	return *lang == LANG_UND ? 0.0f : evidence_probability(lead);
}

/* The words of a path are the pieces of its script that vote, in their order. */
static void set_languages(const struct run_stage *stage, struct pieces *pieces, size_t script)
{
	const struct path *const path = &stage->paths[script];
	const uint8_t own = script == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	uint16_t lang = LANG_UND;
	float confidence = 0.0f;
	size_t w = 0, end = 0;
	for (size_t i = 0; w < path->n; i++) {
		if (!place_is_word(pieces, i, own))
			continue;
		if (w == end) {
			end = path_stretch(path, w);
			confidence = find_language(stage, script, w, end, &lang);
		}
		set_language(pieces, i, lang, confidence);
		w++;
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
		if (place_is_anchor(pieces, i) && pieces->script[i] == script)
			set_language(pieces, i, forced, 1.0f);
		else
			set_language(pieces, i, LANG_UND, 0.0f);
	}
}

/* ---- Runs ---- */

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
		is_after_opener = place_is_opener(segment, pieces, i, is_after_opener);
		if (place_is_anchor(pieces, i)) {
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

static const struct words_kernel *kernel_of(const struct run_stage *stage)
{
	return stage->words_kernel ? stage->words_kernel : &words_plain;
}

/* Before the words of a segment are found. LAFZ_OK or LAFZ_ERR_MEMORY. */
static int begin_segment(struct run_stage *stage, const struct lafz_allocator *mem, const struct segment *segment)
{
	if (!stage->row)
		stage->row = pages_alloc_zero(mem, sizeof *stage->row, &stage->row_block);
	if (!stage->row || prior_reserve(&stage->prior, mem, 1) < 0)
		return LAFZ_ERR_MEMORY;
	if (segment->is_line_start)
		prior_begin_line(&stage->prior, segment->doc_start);
	return LAFZ_OK;
}

/* A best path for the words of each script; the number of runs that they make. */
static int find_runs(struct run_stage *stage, const struct segment *segment, struct pieces *pieces, bool has_others)
{
	const struct words_kernel *const kernel = kernel_of(stage);
	const uint64_t end = segment->doc_start + (segment->end - segment->start);
	size_t n_scripts = 0, last = 0;
	bool is_uniform = !has_others;
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		struct path *const path = &stage->paths[s];
		if (path->n == 0)
			continue;
		static const uint16_t nothing[STATES];
		const bool is_among_arabic = s == RUN_LATN && stage->paths[RUN_ARAB].n > path->n;
		kernel->begin(path, &stage->prior, s, &stage->fixed[s], is_among_arabic ? stage->among_arabic : nothing);
		if (!path->is_uniform) {
			kernel->find_costs(path, stage->row, segment, pieces, s);
			path_find(path, kernel);
		}
		prior_add(&stage->prior, s, path->behind, end);
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
		for (size_t i = 0; i < pieces->n; i++)
			set_language(pieces, i, LANG_UND, 0.0f);
		for (size_t s = 0; s < RUN_SCRIPTS; s++)
			set_languages(stage, pieces, s);
		n_runs = join_pieces(segment, pieces);
	}
	if (segment->is_line_end)
		prior_end_line(&stage->prior, end);
	return n_runs;
}

int run_guess(struct run_stage *stage, const struct lafz_allocator *mem, const struct segment *segment, struct pieces *pieces)
{
	if (begin_segment(stage, mem, segment) < 0)
		return LAFZ_ERR_MEMORY;
	const int has_others = kernel_of(stage)->find(stage->paths, stage->row, &stage->evidence, mem, segment, pieces);
	return has_others < 0 ? has_others : find_runs(stage, segment, pieces, has_others);
}

int run_guess_found(struct run_stage *stage, const struct lafz_allocator *mem, const struct segment *segment, struct pieces *pieces,
                    bool has_others)
{
	return begin_segment(stage, mem, segment) < 0 ? LAFZ_ERR_MEMORY : find_runs(stage, segment, pieces, has_others);
}

/* Where each word has the one candidate, if it is in its script. */
static int forced_runs(const struct run_stage *stage, const struct segment *segment, struct pieces *pieces)
{
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
		if (place_is_word(pieces, i, script))
			return true;
	return false;
}

/* Whether lines may be settled without a path. */
static bool may_settle(const struct run_stage *stage)
{
	return !stage->evidence.is_uncached && !stage->paths[RUN_ARAB].has_lattice && !stage->paths[RUN_LATN].has_lattice;
}

/* Segments whose languages are guessed. */
static int guess_segments(struct run_stage *stage, const struct lafz_allocator *mem,
                          const struct segments *segments, struct pieces *pieces)
{
	lines_function *const lines = stage->settle_lines ? stage->settle_lines : lines_plain;
	if (prepare(stage, mem) < 0)
		return LAFZ_ERR_MEMORY;
	if (may_settle(stage))
		return lines(stage, mem, segments, pieces);
	for (size_t s = 0; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		struct pieces own = pieces_part(pieces, s == 0 ? 0 : segment[-1].piece_end, segment->piece_end);
		const int n = run_guess(stage, mem, segment, &own);
		if (n < 0)
			return n;
		segment->n_runs = (uint32_t)n;
	}
	return LAFZ_OK;
}

int run_atoms(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
              struct run_atoms *atoms, struct run_line *lines, size_t *s)
{
	if (prepare(stage, mem) < 0)
		return LAFZ_ERR_MEMORY;
	/* for tests: no short cuts */
	if (!may_settle(stage))
		return *s < segments->n ? RUN_ASKS : LAFZ_OK;
	return (stage->settle_atoms ? stage->settle_atoms : lines_atoms_plain)(stage, mem, segments, atoms, lines, s);
}

int run_bytes(struct run_stage *stage, const struct lafz_allocator *mem, struct run_bytes *bytes, size_t end,
              struct run_line *lines, size_t *line)
{
	if (prepare(stage, mem) < 0)
		return LAFZ_ERR_MEMORY;
	if (!may_settle(stage))
		return *line < end ? RUN_ASKS : LAFZ_OK;
	return (stage->settle_bytes ? stage->settle_bytes : lines_bytes_plain)(stage, mem, bytes, end, lines, line);
}

int run_segments(struct run_stage *stage, const struct lafz_allocator *mem,
                 const struct segments *segments, struct pieces *pieces)
{
	pieces->is_first_run = pieces->is_one_lang = pieces->is_uniform = false;
	if (stage->n_candidates != 1)
		return guess_segments(stage, mem, segments, pieces);
	/* with one candidate most texts are in its script alone, and each segment is one run */
	const uint16_t forced = stage->candidates[0];
	const uint8_t script = lang_script(forced);
	const bool is_filled = (script == UCD_SCRIPT_LATN && pieces->scripts == PIECE_LATIN) ||
	                       (script == UCD_SCRIPT_ARAB && pieces->scripts == PIECE_ARABIC);
	if (is_filled)
		fill_run(pieces, forced, 1.0f);
	pieces->is_uniform = is_filled;
	size_t first = 0;
	for (size_t s = 0; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		const size_t end = segment->piece_end;
		if (is_filled && has_word(pieces, first, end, script)) {
			segment->n_runs = 1;
		} else {
			struct pieces own = pieces_part(pieces, first, end);
			segment->n_runs = (uint32_t)forced_runs(stage, segment, &own);
			pieces->is_uniform = pieces->is_uniform && segment->n_runs == 0;
		}
		first = end;
	}
	pieces->is_first_run = pieces->is_one_lang = pieces->is_uniform;
	return LAFZ_OK;
}

int run_segment(struct run_stage *stage, const struct lafz_allocator *mem,
                const struct segment *segment, struct pieces *pieces)
{
	struct segment own = *segment;
	own.piece_end = (uint32_t)pieces->n;
	const int rc = run_segments(stage, mem, &(struct segments){.ptr = &own, .n = 1}, pieces);
	return rc < 0 ? rc : (int)own.n_runs;
}

void run_none(const struct segments *segments, struct pieces *pieces)
{
	fill_run(pieces, LANG_UND, 0.0f);
	pieces->is_first_run = pieces->is_one_lang = pieces->is_uniform = true;
	size_t first = 0;
	for (size_t s = 0; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		segment->n_runs = segment->piece_end > first;
		first = segment->piece_end;
	}
}
