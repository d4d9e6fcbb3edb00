#include "norm/norm.h"

#include "lang.h"
#include "norm/fold.h"
#include "norm/forms.h"
#include "norm/optional.h"
#include "norm/places.h"
#include "norm/tables.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/*
 * The folds act again as long as marks came to another letter after them. Each time takes out at least one ZWNJ that
 * stood between marks; two rounds have always been enough, and the bound keeps it linear.
 */
#define MOST_ROUNDS 4
#define MOST_MARKS 8 /* in a row that are sorted in place */

/* ---- Code points and bytes ---- */

/*
 * Twice the bytes are enough for all that follows: a presentation form (3 bytes) makes at most 4 code points, also
 * decomposed; others decompose to at most 3 from 2 bytes and to 4 from more.
 */
int norm_decode(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
                enum lafz_invalid on_invalid, size_t *n)
{
	size_t room = 0;
	if (!size_mul(len, 2, &room))
		return LAFZ_ERR_MEMORY;
	int rc = mem_reserve(mem, &norm->cps, &norm->cap, room, sizeof *norm->cps);
	if (rc == LAFZ_OK)
		rc = mem_reserve(mem, &norm->alt, &norm->alt_cap, room, sizeof *norm->alt);
	if (rc < 0)
		return rc;
	*n = 0;
	for (size_t off = 0; off < len;) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		if (c.status == UTF8_CHAR || on_invalid != LAFZ_INVALID_DROP)
			norm->cps[(*n)++] = c.cp;
		off += c.len;
	}
	return LAFZ_OK;
}

int norm_encode(const struct lafz_allocator *mem, const uint32_t *cps, size_t n, struct buf *out)
{
	size_t room = 0;
	if (!size_mul(n, UTF8_MAX, &room))
		return LAFZ_ERR_MEMORY;
	const int rc = buf_reserve(out, mem, room);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		out->len += utf8_encode(cps[i], out->ptr + out->len);
	return LAFZ_OK;
}

bool norm_piece(const char *text, size_t text_len, size_t *len)
{
	struct utf8 c = utf8_decode(text, text_len);
	const bool is_space = places_is_space(c.cp);
	size_t off = 0;
	while (off < text_len && places_is_space(c.cp) == is_space) {
		off += c.len;
		c = utf8_decode(text + off, text_len - off);
	}
	*len = off;
	return is_space;
}

/* Room for n characters in both arrays; what is in them stays. */
static int make_room(struct norm *norm, const struct lafz_allocator *mem, size_t n)
{
	int rc = mem_reserve(mem, &norm->cps, &norm->cap, n, sizeof *norm->cps);
	if (rc == LAFZ_OK)
		rc = mem_reserve(mem, &norm->alt, &norm->alt_cap, n, sizeof *norm->alt);
	if (rc == LAFZ_OK && norm->tracing)
		rc = trace_room(norm->tracing, n);
	return rc;
}

/* norm_decode, and the trace begins. */
static int decode(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
                  enum lafz_invalid on_invalid, size_t *n)
{
	const int rc = norm_decode(norm, mem, text, len, on_invalid, n);
	if (rc < 0 || !norm->tracing)
		return rc;
	const size_t room = norm->cap > norm->alt_cap ? norm->cap : norm->alt_cap;
	return trace_begin(norm->tracing, mem, text, len, on_invalid == LAFZ_INVALID_DROP, room);
}

static void swap(struct norm *norm)
{
	if (norm->tracing)
		trace_swap(norm->tracing);
	uint32_t *const cps = norm->cps;
	const size_t cap = norm->cap;
	norm->cps = norm->alt;
	norm->cap = norm->alt_cap;
	norm->alt = cps;
	norm->alt_cap = cap;
}

/* Nothing from here on is composed with what stands before. */
static bool begins_stretch(uint32_t cp)
{
	return cp < 0x300 || (ucd_get(cp)->ccc == 0 && nfc_is_quick(cp));
}

/* The same as nfc_compose, stretch by stretch, so that each change has its place. */
static ptrdiff_t compose_traced(struct norm *norm, const struct lafz_allocator *mem, size_t n)
{
	struct trace *const trace = norm->tracing;
	size_t m = 0, end = 0;
	for (size_t i = 0; i < n; i = end) {
		end = i + 1;
		while (end < n && !begins_stretch(norm->cps[end]))
			end++;
		const size_t len = end - i;
		if (len > norm->alt_cap - m)
			return LAFZ_ERR_UNICODE;
		memcpy(norm->alt + m, norm->cps + i, len * sizeof *norm->cps);
		memcpy(trace->alt_at + m, trace->at + i, len * sizeof *trace->at);
		if (nfc_is_composed(norm->cps + i, len)) {
			m += len;
			continue;
		}
		const ptrdiff_t left = nfc_compose(&norm->nfc, mem, norm->alt + m, len,
		                                   norm->alt_cap - m);
		if (left < 0)
			return left;
		const size_t count = (size_t)left;
		if (count != len ||
		    memcmp(norm->alt + m, norm->cps + i, len * sizeof *norm->cps) != 0) {
			for (size_t k = 0; k < count; k++)
				trace->alt_at[m + k] = trace->at[i];
			trace_join(trace, i, end - 1);
			trace_touch(trace, i, TRACE_NFC);
		}
		m += count;
	}
	swap(norm);
	return (ptrdiff_t)m;
}

static ptrdiff_t compose(struct norm *norm, const struct lafz_allocator *mem, size_t n)
{
	if (nfc_is_composed(norm->cps, n))
		return (ptrdiff_t)n;
	if (norm->tracing)
		return compose_traced(norm, mem, n);
	return nfc_compose(&norm->nfc, mem, norm->cps, n, norm->cap);
}

/* Where the text and its norm begin that a piece is part of. */
struct whole {
	const char *text;
	size_t begin; /* in out */
	struct norm_edits *edits;
	const struct fold_table *table; /* whose rules have names; NULL: none */
};

/* Appends the n characters of a piece that begins at off, and its edits. */
static int put_piece(struct norm *norm, const struct lafz_allocator *mem, const struct whole *whole,
                     size_t off, size_t n, struct buf *out)
{
	const size_t at = out->len;
	const int rc = norm_encode(mem, norm->cps, n, out);
	if (rc < 0 || !norm->tracing)
		return rc;
	const struct trace_result result = {
		.text = whole->text + off,
		.start = off,
		.cps = norm->cps,
		.n = n,
		.out = n > 0 ? out->ptr + at : NULL,
		.out_start = at - whole->begin,
		.names = whole->table ? whole->table->names : NULL,
	};
	return trace_finish(norm->tracing, &result, whole->edits);
}

/*
 * What was appended from begin on is the result, unless it is the source or the work has failed
 * (rc); then the output is as long as before, and so are the edits, of which there were n.
 */
static int finish(int rc, const char *text, size_t len, struct buf *out, size_t begin,
                  struct norm_edits *edits, size_t n)
{
	if (rc >= 0 &&
	    (out->len - begin != len || (len > 0 && memcmp(out->ptr + begin, text, len) != 0)))
		return 1;
	out->len = begin;
	if (edits)
		edits->n = n;
	return rc < 0 ? rc : 0;
}

void norm_free(struct norm *norm, const struct lafz_allocator *mem)
{
	mem_free(mem, norm->cps);
	mem_free(mem, norm->alt);
	nfc_free(&norm->nfc, mem);
	trace_free(&norm->trace, mem);
	*norm = (struct norm){0};
}

/* ---- NFC ---- */

/* Well-formed and composed as it is. */
static bool is_composed(const char *text, size_t len)
{
	uint8_t before = 0;
	for (size_t off = 0; off < len;) {
		if ((unsigned char)text[off] < 0x80) {
			before = 0;
			off++;
			continue;
		}
		const struct utf8 c = utf8_decode(text + off, len - off);
		const uint8_t ccc = ucd_get(c.cp)->ccc;
		if (c.status != UTF8_CHAR || (ccc > 0 && ccc < before) || !nfc_is_quick(c.cp))
			return false;
		before = ccc;
		off += c.len;
	}
	return true;
}

static int compose_whole(struct norm *norm, const struct lafz_allocator *mem,
                         const struct whole *whole, size_t len, enum lafz_invalid on_invalid,
                         struct buf *out)
{
	size_t n = 0;
	const int rc = decode(norm, mem, whole->text, len, on_invalid, &n);
	if (rc < 0)
		return rc;
	const ptrdiff_t left = compose(norm, mem, n);
	return left < 0 ? (int)left : put_piece(norm, mem, whole, 0, (size_t)left, out);
}

int norm_nfc(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
             enum lafz_invalid on_invalid, struct buf *out, struct norm_edits *edits)
{
	if (is_composed(text, len))
		return 0;
	norm->tracing = edits ? &norm->trace : NULL;
	const struct whole whole = {.text = text, .begin = out->len, .edits = edits};
	const size_t n_edits = edits ? edits->n : 0;
	const int rc = compose_whole(norm, mem, &whole, len, on_invalid, out);
	return finish(rc, text, len, out, whole.begin, edits, n_edits);
}

/* ---- The steps of the profile standard ---- */

#define ZERO_WIDTH_SPACE 0x200Bu

/* U+200B only between letters: elsewhere it separates, and what follows would go to the token before. */
static size_t drop_controls(uint32_t *cps, size_t n, struct trace *trace)
{
	const struct places letters = places_find(cps, n);
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		const bool separates = cps[i] == ZERO_WIDTH_SPACE &&
		                       !(letters.first < i && i < letters.last);
		if (places_is_control(cps[i]) && !separates) {
			trace_drop(trace, i, TRACE_CONTROL);
			continue;
		}
		trace_keep(trace, m, i);
		cps[m++] = cps[i];
	}
	return m;
}

/* Which steps have something to do. */
struct work {
	bool forms, controls, joiners;
};

static struct work find_work(const uint32_t *cps, size_t n)
{
	struct work work = {false, false, false};
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = cps[i];
		work.forms |= cp >= 0xFB50 && cp <= 0xFEFC;
		work.joiners |= cp == PLACES_TATWEEL || cp == PLACES_ZWNJ;
		work.controls |= places_is_control(cp);
	}
	return work;
}

/*
 * Presentation forms to letters, those of the language's own rows by their joining shape. Spacing forms
 * of marks stay where no letter or tatweel is right before them: their bare marks would go to what stands there, a full
 * stop or a digit, and make another token of it.
 */
static size_t expand_forms(struct norm *norm, const struct fold_table *table, size_t n)
{
	struct trace *const trace = norm->tracing;
	size_t m = 0;
	bool has_base = false;
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = norm->cps[i];
		const uint16_t *letters = NULL;
		size_t count = forms_letters(cp, &letters);
		bool is_bare = false; /* a mark without a letter */
		unsigned rule = TRACE_FORM;
		if (forms_is_mark(cp)) {
			is_bare = !has_base;
			count = is_bare ? 0 : count;
			rule = TRACE_FORM_MARK;
		} else {
			has_base = count > 0 || places_is_letter(cp) || cp == PLACES_TATWEEL ||
			           (has_base && places_is_passed(cp));
		}
		const struct fold_row *const row = forms_is_form(cp) && !is_bare
		                                           ? fold_form(table, cp)
		                                           : NULL;
		if (row) {
			letters = row->to;
			count = row->n_to;
			rule = TRACE_FOLDS + row->name;
		}
		const size_t begin = m;
		for (size_t k = 0; k < count; k++)
			norm->alt[m++] = letters[k];
		if (count == 0 && !row)
			norm->alt[m++] = cp;
		if (!trace)
			continue;
		for (size_t k = begin; k < m; k++)
			trace->alt_at[k] = trace->at[i];
		if (count > 0 || row)
			trace_touch(trace, i, rule);
	}
	swap(norm);
	return m;
}

/* Lets the rows of a phase act. Returns the new count or a failure. */
static ptrdiff_t apply(struct norm *norm, const struct lafz_allocator *mem,
                       const struct fold_table *table, enum fold_phase phase, size_t n, bool *acted)
{
	if (!fold_may_act(table, phase, norm->cps, n))
		return (ptrdiff_t)n;
	/* The rows of built-in tables make nothing longer. */
	int rc = table->is_given ? make_room(norm, mem, n * FOLD_MOST) : LAFZ_OK;
	if (rc < 0)
		return rc;
	const size_t m = fold_apply(table, phase, norm->cps, n, norm->alt, norm->tracing, acted);
	swap(norm);
	if (table->is_given)
		rc = make_room(norm, mem, m * NFC_PARTS);
	return rc < 0 ? rc : (ptrdiff_t)m;
}

static bool joins_left(uint32_t cp)
{
	const uint8_t joining = ucd_get(cp)->joining;
	return joining == UCD_JOINING_D || joining == UCD_JOINING_L || joining == UCD_JOINING_C;
}

/* A ZWNJ has nothing to do first, last, doubled, or after a letter that does not join to the next. Marks are ignored. */
static size_t drop_idle_zwnj(uint32_t *cps, size_t n, struct trace *trace)
{
	size_t end = n; /* behind the last character that is neither mark nor ZWNJ */
	while (end > 0 && (places_is_mark(cps[end - 1]) || cps[end - 1] == PLACES_ZWNJ))
		end--;
	size_t m = 0;
	uint32_t before = 0; /* the last character that is no mark; 0: none */
	for (size_t i = 0; i < n; i++) {
		const uint32_t cp = cps[i];
		const bool idle = i >= end || before == 0 || before == PLACES_ZWNJ ||
		                  (places_is_letter(before) && !joins_left(before));
		if (cp == PLACES_ZWNJ && idle) {
			trace_drop(trace, i, TRACE_ZWNJ);
			continue;
		}
		if (!places_is_mark(cp))
			before = cp;
		trace_keep(trace, m, i);
		cps[m++] = cp;
	}
	return m;
}

static size_t drop_all_zwnj(uint32_t *cps, size_t n, struct trace *trace)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		if (cps[i] == PLACES_ZWNJ) {
			trace_drop(trace, i, TRACE_ZWNJ);
			continue;
		}
		trace_keep(trace, m, i);
		cps[m++] = cps[i];
	}
	return m;
}

/* What the steps of a piece share. */
struct job {
	struct norm *norm;
	const struct lafz_allocator *mem;
	const struct norm_request *request;
	const struct fold_table *table;
	bool joiners; /* there may be tatweel or ZWNJ */
	bool again;   /* another round of folds may change something */
};

/* Before the folds. */
static ptrdiff_t strip_marks(struct job *job, size_t n)
{
	struct norm *const norm = job->norm;
	const size_t m = optional_marks(norm->cps, n, norm->tracing);
	return compose(norm, job->mem, m);
}

/*
 * Tatweel, with the folds that look at it, on a composed word. Returns the new count or a failure.
 */
static ptrdiff_t drop_tatweel(struct job *job, size_t n)
{
	struct norm *const norm = job->norm;
	bool acted = false;
	const ptrdiff_t left = apply(norm, job->mem, job->table, FOLD_JOINER, n, &acted);
	if (left < 0)
		return left;
	const size_t m = places_drop_tatweel(norm->cps, (size_t)left, true, norm->tracing);
	/* Marks that stood behind a tatweel have come to a letter. */
	return compose(norm, job->mem, m);
}

/* The folds of letters, then of sequences. Returns the new count or a failure. */
static ptrdiff_t fold_letters(struct job *job, size_t n, bool *acted)
{
	struct norm *const norm = job->norm;
	ptrdiff_t left = (ptrdiff_t)n;
	for (enum fold_phase phase = FOLD_LETTER; phase <= FOLD_SEQUENCE && left >= 0; phase++) {
		left = apply(norm, job->mem, job->table, phase, (size_t)left, acted);
		if ((job->request->options & NORM_STRIP_MARKS) && left > 0)
			optional_ezafe(norm->cps, (size_t)left, norm->tracing);
	}
	return left;
}

/*
 * One round of tatweel, folds, ZWNJ and NFC on a composed word. Returns the new count or a failure.
 */
static ptrdiff_t fold_round(struct job *job, size_t n)
{
	struct norm *const norm = job->norm;
	bool acted = false;
	ptrdiff_t left = (ptrdiff_t)n;
	if (job->joiners)
		left = drop_tatweel(job, n);
	if (left >= 0)
		left = fold_letters(job, (size_t)left, &acted);
	/* Composed as it was. */
	if (!acted && !job->joiners && !(job->request->options & NORM_STRIP_MARKS))
		job->again = false;
	if (left < 0 || !job->again)
		return left;
	size_t m = (size_t)left;
	if (job->joiners && (job->request->options & NORM_DROP_ZWNJ))
		m = drop_all_zwnj(norm->cps, m, norm->tracing);
	else if (job->joiners)
		m = drop_idle_zwnj(norm->cps, m, norm->tracing);
	/* Of built-in tables it is known that no row makes what another one acts on. */
	const bool is_composed = nfc_is_composed(norm->cps, m);
	job->again = m < (size_t)left || !is_composed || (acted && job->table->is_given);
	return is_composed ? (ptrdiff_t)m : compose(norm, job->mem, m);
}

/* A piece of a word or hashtag, decoded in norm->cps. Returns the new count or a failure. */
static ptrdiff_t fold_piece(struct job *job, size_t n)
{
	struct norm *const norm = job->norm;
	const struct work work = find_work(norm->cps, n);
	size_t m = n;
	if (work.forms)
		m = expand_forms(norm, job->table, m);
	if (work.controls)
		m = drop_controls(norm->cps, m, norm->tracing);
	ptrdiff_t left = compose(norm, job->mem, m);
	if (left > 0 && (job->request->options & NORM_STRIP_MARKS))
		left = strip_marks(job, (size_t)left);
	job->joiners = work.joiners || job->table->is_given;
	job->again = true;
	for (int round = 0; job->again && left > 0 && round < MOST_ROUNDS; round++)
		left = fold_round(job, (size_t)left);
	return left;
}

/* A piece of another kind of token. Returns the new count or a failure. */
static ptrdiff_t compose_piece(struct job *job, size_t n)
{
	struct norm *const norm = job->norm;
	size_t m = drop_controls(norm->cps, n, norm->tracing);
	if ((job->request->options & NORM_DROP_ZWNJ) && job->request->kind != LAFZ_KIND_MENTION)
		m = drop_all_zwnj(norm->cps, m, norm->tracing);
	return compose(norm, job->mem, m);
}

/*
 * Punctuation, digits and lower case, where they are asked for. Returns the new count or a failure.
 */
static ptrdiff_t last_steps(struct job *job, size_t n)
{
	struct norm *const norm = job->norm;
	const struct norm_request *const request = job->request;
	size_t m = n;
	if (request->kind == LAFZ_KIND_MENTION)
		return (ptrdiff_t)n;
	if (request->options & NORM_UNIFY_PUNCT) {
		const int rc = make_room(norm, job->mem, n * OPTIONAL_PUNCT);
		if (rc < 0)
			return rc;
		m = optional_punct(norm->cps, n, norm->alt, norm->tracing);
		swap(norm);
	}
	uint32_t zero = 0;
	if (request->options & NORM_ASCII_DIGITS)
		zero = '0';
	else if (request->options & NORM_NATIVE_DIGITS)
		zero = optional_zero(request->lang);
	if (zero != 0)
		optional_digits(norm->cps, m, zero, norm->tracing);
	if (!(request->options & NORM_LOWER))
		return (ptrdiff_t)m;
	const bool is_turkish = request->lang == LANG_TR || request->lang == LANG_AZ;
	optional_lower(norm->cps, m, is_turkish, norm->tracing);
	return compose(norm, job->mem, m);
}

/* All steps on one piece. Returns the new count or a failure. */
static ptrdiff_t norm_piece_of(struct job *job, const char *text, size_t len, bool is_space)
{
	struct norm *const norm = job->norm;
	const enum lafz_invalid on_invalid = job->request->on_invalid;
	size_t n = 0;
	const int rc = decode(norm, job->mem, text, len, on_invalid, &n);
	if (rc < 0)
		return rc;
	/* Text in other scripts keeps its controls: ZWJ and soft hyphens mean something there. */
	if (is_space || places_is_other_script(norm->cps, n))
		return compose(norm, job->mem, n);
	ptrdiff_t left = job->table ? fold_piece(job, n) : compose_piece(job, n);
	if (left > 0)
		left = last_steps(job, (size_t)left);
	if (left != 0)
		return left;
	/* Nothing but what would be dropped: it stays, so that no norm is empty. */
	const int again = decode(norm, job->mem, text, len, on_invalid, &n);
	return again < 0 ? again : compose(norm, job->mem, n);
}

/* Mends, drops controls, composes; with a table, for words and hashtags, folds. */
static int by_pieces(struct norm *norm, const struct lafz_allocator *mem,
                     const struct norm_request *request, const struct whole *whole, size_t len,
                     struct buf *out)
{
	struct job job = {.norm = norm, .mem = mem, .request = request, .table = whole->table};
	for (size_t off = 0, piece = 0; off < len; off += piece) {
		const char *const text = whole->text + off;
		const bool is_space = norm_piece(text, len - off, &piece);
		const ptrdiff_t left = norm_piece_of(&job, text, piece, is_space);
		if (left < 0)
			return (int)left;
		const int rc = put_piece(norm, mem, whole, off, (size_t)left, out);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

/* Nothing is changed but ill-formed bytes. */
static int mend(struct norm *norm, const struct lafz_allocator *mem, enum lafz_invalid on_invalid,
                const struct whole *whole, size_t len, struct buf *out)
{
	size_t n = 0;
	const int rc = decode(norm, mem, whole->text, len, on_invalid, &n);
	return rc < 0 ? rc : put_piece(norm, mem, whole, 0, n, out);
}

/* ---- Tokens ---- */

/* What a short look at the bytes of a token says. */
enum look {
	LOOK_SETTLED, /* nothing can change */
	LOOK_SIMPLE,  /* nothing but letters with FOLD_HINT_SIMPLE */
	LOOK_MARKS,   /* nothing but the order of marks */
	LOOK_HARD     /* the long way will tell */
};

static bool begins_letter(const uint8_t *hints, const unsigned char *s, size_t len)
{
	return len >= 2 && s[0] >= 0xD8 && s[0] <= 0xDB &&
	       (hints[(size_t)(s[0] & 3) << 6 | (s[1] & 0x3Fu)] & FOLD_HINT_LETTER);
}

/*
 * Knows ASCII, Latin letters below U+0300, U+0600 to U+06FF by the table's hints, general punctuation, and ZWNJ
 * between two letters where the first joins.
 */
__attribute__((always_inline)) static inline enum look look_at(const uint8_t *hints,
                                                               const char *text, size_t len)
{
	const unsigned char *const s = (const unsigned char *)text;
	enum look found = LOOK_SETTLED;
	uint8_t mark = 0; /* combining class of the character before */
	bool joins = false, in_order = true;
	for (size_t i = 0; i < len;) {
		const unsigned char lead = s[i];
		const bool is_arab = lead >= 0xD8 && lead <= 0xDB;
		if (is_arab || (lead >= 0xC3 && lead <= 0xCB)) {
			if (i + 1 == len || (s[i + 1] & 0xC0) != 0x80)
				return LOOK_HARD;
			const size_t index = (size_t)(lead & 3) << 6 | (s[i + 1] & 0x3Fu);
			const uint8_t hint = is_arab ? hints[index] : 0;
			const uint8_t ccc = hint & FOLD_HINT_MARK
			                            ? ucd_get(0x600 + (uint32_t)index)->ccc
			                            : 0;
			if (hint & FOLD_HINT_LOOK)
				return LOOK_HARD;
			in_order &= ccc == 0 || ccc >= mark;
			if (hint & FOLD_HINT_SIMPLE)
				found = LOOK_SIMPLE;
			mark = ccc;
			joins = ccc > 0 ? joins : (hint & FOLD_HINT_JOINS) != 0;
			i += 2;
		} else if (lead < 0x80) {
			mark = 0;
			joins = false;
			i++;
		} else if (lead == 0xE2 && i + 2 < len && s[i + 1] == 0x80) {
			const unsigned char tail = s[i + 2];
			const bool is_zwnj = tail == 0x8C && joins &&
			                     begins_letter(hints, s + i + 3, len - i - 3);
			if (!is_zwnj && (tail < 0x90 || tail > 0xA7))
				return LOOK_HARD;
			mark = 0;
			joins = false;
			i += 3;
		} else {
			return LOOK_HARD;
		}
	}
	if (in_order)
		return found;
	return found == LOOK_SETTLED ? LOOK_MARKS : LOOK_HARD;
}

/* The combining class of the mark of U+0600 to U+06FF at s; 0: it is none. */
static uint8_t mark_class(const unsigned char *s)
{
	const uint32_t pair = fold_pair(s);
	return pair < FOLD_PAIRS ? ucd_get(0x600 + ((pair >> 2 & 0xC0) | (pair & 0x3F)))->ccc : 0;
}

/*
 * The norm of a word that is LOOK_MARKS: the marks of each letter sorted by class, those of one class as they stood
 * (canonical order; none of them composes with a letter). A row of more marks than words have is left to the long way.
 * Returns 1, 0: nothing is appended, or LAFZ_ERR_MEMORY.
 */
static int order_marks(const struct lafz_allocator *mem, const char *text, size_t len, struct buf *out)
{
	const size_t begin = out->len;
	const int rc = buf_append(out, mem, text, len);
	if (rc < 0)
		return rc;
	unsigned char *const s = (unsigned char *)out->ptr + begin;
	size_t row = 0; /* bytes of marks before i */
	for (size_t i = 0; i + 1 < len; i += row > 0 ? 2 : 1) {
		const uint8_t ccc = mark_class(s + i);
		row = ccc > 0 ? row + 2 : 0;
		if (row > 2 * MOST_MARKS) {
			out->len = begin;
			return 0;
		}
		const unsigned char mark[2] = {s[i], s[i + 1]};
		size_t at = i, left = row;
		for (; left > 2 && mark_class(s + at - 2) > ccc; at -= 2, left -= 2)
			memcpy(s + at, s + at - 2, 2);
		memcpy(s + at, mark, 2);
	}
	return 1;
}

/* The norm of a word that is LOOK_SIMPLE: as long as the source. */
static int fold_simply(const struct lafz_allocator *mem, const struct fold_table *table,
                       const char *text, size_t len, struct buf *out)
{
	const int rc = buf_append(out, mem, text, len);
	if (rc < 0)
		return rc;
	unsigned char *const s = (unsigned char *)out->ptr + out->len - len;
	for (size_t i = 0; i + 1 < len; i++) {
		if (s[i] < 0xD8 || s[i] > 0xDB)
			continue;
		const uint32_t index = (uint32_t)(s[i] & 3) << 6 | (s[i + 1] & 0x3Fu);
		if (table->hints[index] & FOLD_HINT_SIMPLE)
			utf8_encode(fold_simple(table, 0x600 + index), (char *)s + i);
		i++;
	}
	return LAFZ_OK;
}

static bool is_folded_script(uint8_t script)
{
	return script == UCD_SCRIPT_ARAB || script == UCD_SCRIPT_LATN ||
	       script == UCD_SCRIPT_ZYYY || script == UCD_SCRIPT_ZINH;
}

/* Whether an option may act on a text that look_at knows. */
__attribute__((noinline)) static bool may_act(const struct norm_request *request,
                                              const uint8_t *hints, const char *text, size_t len)
{
	const unsigned char *const s = (const unsigned char *)text;
	const bool digits = (request->options & (NORM_ASCII_DIGITS | NORM_NATIVE_DIGITS)) != 0;
	for (size_t i = 0; i < len; i++) {
		const unsigned char lead = s[i];
		if (lead >= 'A' && lead <= 'Z' && (request->options & NORM_LOWER))
			return true;
		if (lead >= '0' && lead <= '9' && (request->options & NORM_NATIVE_DIGITS))
			return true;
		if (lead >= 0xC3 && lead <= 0xCB && (request->options & NORM_LOWER))
			return true;
		if (lead == 0xE2 &&
		    ((request->options & NORM_UNIFY_PUNCT) || (request->options & NORM_DROP_ZWNJ)))
			return true;
		if (lead < 0xD8 || lead > 0xDB || i + 1 == len)
			continue;
		const uint32_t index = (uint32_t)(lead & 3) << 6 | (s[i + 1] & 0x3Fu);
		if ((request->options & NORM_STRIP_MARKS) &&
		    ((hints[index] & FOLD_HINT_MARK) || index == 0xC0))
			return true;
		if (digits && (index >> 4 == 6 || index >> 4 == 15)) /* U+0660 and U+06F0 on */
			return true;
		if ((request->options & NORM_UNIFY_PUNCT) && optional_is_punct(0x600 + index))
			return true;
	}
	return false;
}

/*
 * What there is to do, if an option or a row of the table may act on what a short look passes over.
 */
static enum look look_again(const struct norm_request *request, const struct fold_table *table,
                            enum look look, const char *text, size_t len)
{
	if (table->is_wide)
		return LOOK_HARD;
	/* A letter may become U+06C0, which is a matter of marks again. */
	if (look == LOOK_SIMPLE && (request->options & NORM_STRIP_MARKS))
		return LOOK_HARD;
	if (look != LOOK_HARD && request->options != 0 && may_act(request, table->hints, text, len))
		return LOOK_HARD;
	return look;
}

/* The norm of a token that a short look did not settle. Kept apart from the look, which is hot. */
__attribute__((noinline)) static int standard(struct norm *norm, const struct lafz_allocator *mem,
                                              const struct norm_request *request,
                                              const struct fold_table *table, enum look first_look,
                                              const char *text, size_t len, struct buf *out,
                                              struct norm_edits *edits)
{
	const enum look look = look_again(request, table, first_look, text, len);
	if (look == LOOK_SETTLED)
		return 0;
	if (look == LOOK_MARKS && !edits && request->kind == LAFZ_KIND_WORD &&
	    is_folded_script(request->script)) {
		const int ordered = order_marks(mem, text, len, out);
		if (ordered != 0)
			return ordered;
	}
	norm->tracing = edits ? &norm->trace : NULL;
	struct whole whole = {.text = text, .begin = out->len, .edits = edits};
	const size_t n_edits = edits ? edits->n : 0;
	int rc = LAFZ_OK;
	switch (request->kind) {
	case LAFZ_KIND_WORD:
	case LAFZ_KIND_HASHTAG:
		if (!is_folded_script(request->script))
			return norm_nfc(norm, mem, text, len, request->on_invalid, out, edits);
		whole.table = table;
		if (look == LOOK_SIMPLE && !edits)
			rc = fold_simply(mem, table, text, len, out);
		else
			rc = by_pieces(norm, mem, request, &whole, len, out);
		break;
	case LAFZ_KIND_URL:
	case LAFZ_KIND_EMAIL:
	case LAFZ_KIND_EMOJI:
		rc = mend(norm, mem, request->on_invalid, &whole, len, out);
		break;
	default:
		rc = by_pieces(norm, mem, request, &whole, len, out);
		break;
	}
	return finish(rc, text, len, out, whole.begin, edits, n_edits);
}

int norm_token(struct norm *norm, const struct lafz_allocator *mem,
               const struct norm_request *request, const char *text, size_t len, struct buf *out,
               struct norm_edits *edits)
{
	if (request->profile == LAFZ_PROFILE_NFC)
		return norm_nfc(norm, mem, text, len, request->on_invalid, out, edits);
	if (request->profile != LAFZ_PROFILE_STANDARD)
		return 0;
	const uint16_t lang = request->kind == LAFZ_KIND_WORD ? request->lang : LAFZ_LANG_UND;
	const struct fold_table *const table = request->tables ? tables_find(request->tables, lang)
	                                                       : fold_table(lang);
	const enum look look = norm->is_thorough ? LOOK_HARD : look_at(table->hints, text, len);
	if (look == LOOK_SETTLED && request->options == 0 && !table->is_wide)
		return 0;
	return standard(norm, mem, request, table, look, text, len, out, edits);
}
