#include "norm/standard.h"

#include "lang.h"
#include "norm/forms.h"
#include "norm/optional.h"
#include "norm/places.h"
#include "unicode/ucd.h"

/*
 * The folds act again as long as marks came to another letter after them. Each time takes out at least one ZWNJ that
 * stood between marks; two rounds have always been enough, and the bound keeps it linear.
 */
#define MOST_ROUNDS 4

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
		work.forms |= cp >= 0xFB00 && cp <= 0xFEFC;
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
	work_swap(norm);
	return m;
}

/* Lets the rows of a phase act. Returns the new count or a failure. */
static ptrdiff_t apply(struct norm *norm, const struct lafz_allocator *mem,
                       const struct fold_table *table, enum fold_phase phase, size_t n, bool *acted)
{
	if (!fold_may_act(table, phase, norm->cps, n))
		return (ptrdiff_t)n;
	/* The rows of built-in tables make nothing longer. */
	int rc = table->is_given ? work_room(norm, mem, n * FOLD_MOST) : LAFZ_OK;
	if (rc < 0)
		return rc;
	const size_t m = fold_apply(table, phase, norm->cps, n, norm->alt, norm->tracing, acted);
	work_swap(norm);
	if (table->is_given)
		rc = work_room(norm, mem, m * NFC_PARTS);
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
	return work_compose(norm, job->mem, m);
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
	return work_compose(norm, job->mem, m);
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
	return is_composed ? (ptrdiff_t)m : work_compose(norm, job->mem, m);
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
	ptrdiff_t left = work_compose(norm, job->mem, m);
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
	return work_compose(norm, job->mem, m);
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
		const int rc = work_room(norm, job->mem, n * OPTIONAL_PUNCT);
		if (rc < 0)
			return rc;
		m = optional_punct(norm->cps, n, norm->alt, norm->tracing);
		work_swap(norm);
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
	return work_compose(norm, job->mem, m);
}

/* All steps on one piece. Returns the new count or a failure. */
static ptrdiff_t norm_piece_of(struct job *job, const char *text, size_t len, bool is_space)
{
	struct norm *const norm = job->norm;
	const enum lafz_invalid on_invalid = job->request->on_invalid;
	size_t n = 0;
	const int rc = work_decode(norm, job->mem, text, len, on_invalid, &n);
	if (rc < 0)
		return rc;
	/* Text in other scripts keeps its controls: ZWJ and soft hyphens mean something there. */
	if (is_space || places_is_other_script(norm->cps, n))
		return work_compose(norm, job->mem, n);
	ptrdiff_t left = job->table ? fold_piece(job, n) : compose_piece(job, n);
	if (left > 0)
		left = last_steps(job, (size_t)left);
	if (left != 0)
		return left;
	/* Nothing but what would be dropped: it stays, so that no norm is empty. */
	const int again = work_decode(norm, job->mem, text, len, on_invalid, &n);
	return again < 0 ? again : work_compose(norm, job->mem, n);
}

int standard_pieces(struct norm *norm, const struct lafz_allocator *mem,
                     const struct norm_request *request, const struct work_whole *whole, size_t len,
                     struct buf *out)
{
	struct job job = {.norm = norm, .mem = mem, .request = request, .table = whole->table};
	for (size_t off = 0, piece = 0; off < len; off += piece) {
		const char *const text = whole->text + off;
		const bool is_space = norm_piece(text, len - off, &piece);
		const ptrdiff_t left = norm_piece_of(&job, text, piece, is_space);
		if (left < 0)
			return (int)left;
		const int rc = work_put(norm, mem, whole, off, (size_t)left, out);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

int standard_mend(struct norm *norm, const struct lafz_allocator *mem, enum lafz_invalid on_invalid,
                const struct work_whole *whole, size_t len, struct buf *out)
{
	size_t n = 0;
	const int rc = work_decode(norm, mem, whole->text, len, on_invalid, &n);
	return rc < 0 ? rc : work_put(norm, mem, whole, 0, n, out);
}
