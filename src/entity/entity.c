#include "entity/entity.h"

#include <assert.h>
#include <string.h>

#include "base/bits.h"
#include "entity/add.h"
#include "entity/alone.h"
#include "entity/ends.h"
#include "entity/plain.h"
#include "entity/view.h"
#include "scan/wide_choice.h"

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
static size_t match_default(const struct view *view, size_t i, struct plain_web *web, struct piece *piece)
{
	size_t end = i;
	const unsigned signs = plain_web_signs(web, view, i);
	if (signs != 0 && (end = match_web(view, i, signs, piece)) > i)
		return end;
	if ((end = match_emoji(view, i, piece)) > i)
		return end;
	if ((end = match_emoticon(view, i, piece)) > i)
		return end;
	/* no number begins with letters */
	if (view_cls(view, i) == UCD_ATOM_LETTER && begins_word(view, i))
		return match_word(view, i, piece);
	/* digits that a low line joins to a name are a word (WB13a), all others a number */
	const bool is_name = view_cls(view, i) == UCD_ATOM_NUMERIC &&
	                     view_cls(view, i + 1) == UCD_ATOM_EXTNUMLET;
	/* of numbers nothing but the sign and the full stop before the digits is no digit */
	const bool may_be_number = view_cls(view, i) == UCD_ATOM_NUMERIC ||
	                           view_cls(view, i + 1) == UCD_ATOM_NUMERIC ||
	                           (view_is(view, i + 1, '.') && view_cls(view, i + 2) == UCD_ATOM_NUMERIC);
	if (!is_name && may_be_number && (end = match_number(view, i, piece)) > i)
		return end;
	if (is_name || begins_word(view, i))
		return match_word(view, i, piece);
	if ((end = match_from_mark(view, i, piece)) > i)
		return end;
	return match_rest(view, i, piece);
}

/* One piece. The atom behind it; that atom itself where a gap or text without spaces begins. */
static size_t add_one(const struct view *view, size_t i, struct plain_web *web, struct pieces *pieces)
{
	const uint8_t cls = view_cls(view, i);
	struct piece piece = {.start = view_start(view, i), .kind = LAFZ_KIND_WORD, .flags = LAFZ_FLAG_CONTRACTION};
	if (cls == UCD_ATOM_LETTER && plain_contraction(view, i)) {
		add_piece(pieces, view, i, i + 3, &piece);
		return i + 3;
	}
	if (cls == UCD_ATOM_LETTER && plain_word(view, i, web)) {
		add_word(pieces, view, i);
		return i + 1;
	}
	if (view_is_gap(view, i) || cls == UCD_ATOM_MARK || is_dictionary(view, i))
		return i;
	piece = (struct piece){.start = view_start(view, i)};
	const size_t end = plain_other(view, i, &piece.kind) ? i + 1 : match_default(view, i, web, &piece);
	add_piece(pieces, view, i, end, &piece);
	return end;
}

bool entity_pieces(const struct view *view, size_t most, struct pieces *pieces, uint32_t *behind)
{
	struct plain_web web = {.end = view->first};
	for (size_t i = view->first; i < view->end && pieces->n < most;) {
		const size_t n = pieces->n, end = add_one(view, i, &web, pieces);
		if (end == i)
			return false;
		behind[n] = (uint32_t)end;
		i = end;
	}
	return true;
}

/* What the default rules need. */
struct entities {
	struct entity_stage *stage;
	const struct lafz_allocator *mem;
	struct view view;        /* the segment that rules were last asked in */
	const struct segment *segment; /* that segment or one before the next atoms */
	struct plain_web web;
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
	if (is_letter && plain_contraction(view, i)) {
		const struct piece piece = {
			.start = view_start(view, i),
			.kind = LAFZ_KIND_WORD,
			.flags = LAFZ_FLAG_CONTRACTION,
		};
		end = i + 3;
		begin_at(entities->stage, i);
		add_piece(pieces, view, i, end, &piece);
	} else if (is_letter && plain_word(view, i, &entities->web)) {
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
		if (entities->stage->is_thorough || !plain_other(view, i, &piece.kind))
			end = match_default(view, i, &entities->web, &piece);
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

/* Nothing is found yet in segments from this one on. */
static struct entities begin(struct entity_stage *stage, const struct lafz_allocator *mem, const struct segment *first,
                             struct pieces *pieces, struct busy *busy)
{
	return (struct entities){
		.stage = stage,
		.mem = mem,
		.view = {first->text, first->atoms, first->atom_first, first->atom_end},
		.segment = first,
		.web = {.end = first->atom_first},
		.pieces = pieces,
		.busy = busy,
	};
}

/* Empties both, and makes room for all that may be busy in these segments. */
static int begin_pieces(const struct lafz_allocator *mem, const struct segments *segments, struct pieces *pieces,
                        struct busy *busy)
{
	const size_t n_atoms = segments->ptr[segments->n - 1].atom_end - segments->ptr[0].atom_first;
	pieces->n = busy->n = 0;
	pieces->scripts = 0;
	return mem_reserve(mem, &busy->at, &busy->cap, n_atoms + SCAN_SLACK, sizeof *busy->at);
}

int entity_begin(struct entity_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                 struct pieces *pieces, struct busy *busy)
{
	const int rc = begin_pieces(mem, segments, pieces, busy);
	return rc < 0 ? rc : begin_blocks(stage, mem, segments->ptr[segments->n - 1].atom_end);
}

int entity_add(struct entity_stage *stage, const struct lafz_allocator *mem, const struct segment *segment,
               struct pieces *pieces, struct busy *busy)
{
	struct entities entities = begin(stage, mem, segment, pieces, busy);
	return add_default(&entities, segment->atom_first, segment->atom_end);
}

int entity_segments(struct entity_stage *stage, const struct lafz_allocator *mem,
                    const struct segments *segments, struct pieces *pieces, struct busy *busy)
{
	struct segment *const first = segments->ptr, *const last = first + segments->n - 1;
	struct entities entities = begin(stage, mem, first, pieces, busy);
	int rc = begin_pieces(mem, segments, pieces, busy);
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
