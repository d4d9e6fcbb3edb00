#include "options.h"

#include <string.h>

#include "base/mem.h"
#include "lang.h"

#define DEFAULT_MAX_SEGMENT 65536u
#define DEFAULT_FOLD_CONFIDENCE 0.9f

void lafz_options_init(struct lafz_options *options, size_t size)
{
	const struct lafz_options defaults = {
		.size = size,
		.want = LAFZ_WANT_ALL,
		.max_segment = DEFAULT_MAX_SEGMENT,
		.fold_confidence = DEFAULT_FOLD_CONFIDENCE,
	};
	memcpy(options, &defaults, size < sizeof defaults ? size : sizeof defaults);
}

static bool is_valid(const struct lafz_options *o)
{
	const uint32_t all = LAFZ_WANT_ALL | LAFZ_WANT_GAPS | LAFZ_WANT_EDITS;
	if (o->want & ~all || o->rules > LAFZ_RULES_UAX29 || o->profile > LAFZ_PROFILE_NONE ||
	    o->on_invalid > LAFZ_INVALID_FAIL || o->n_languages > LAFZ_MAX_LANGUAGES || o->unwrap > 1)
		return false;
	for (uint32_t i = 0; i < o->n_languages; i++)
		if (o->languages[i] >= LANG_COUNT)
			return false;
	if (o->digits > LAFZ_DIGITS_NATIVE || o->strip_marks > 1 || o->unify_punct > 1 ||
	    o->lower > 1 || o->drop_zwnj > 1 || (o->n_folds > 0 && !o->folds))
		return false;
	if (o->max_segment < LAFZ_MIN_SEGMENT || o->max_segment > LAFZ_MAX_SEGMENT)
		return false;
	if (o->max_token < LAFZ_MIN_TOKEN || o->max_token > LAFZ_MAX_SEGMENT)
		return false;
	if (!(o->fold_confidence >= 0.0f && o->fold_confidence <= 1.0f))
		return false;
	const struct lafz_allocator *mem = &o->allocator;
	return mem->allocate && mem->resize && mem->release;
}

int options_read(struct lafz_options *out, const struct scan_kernel **kernel,
                 const struct lafz_options *given)
{
	lafz_options_init(out, sizeof *out);
	if (given) {
		if (given->size < sizeof given->size)
			return LAFZ_ERR_OPTION;
		memcpy(out, given, given->size < sizeof *out ? given->size : sizeof *out);
		out->size = sizeof *out;
	}
	if (out->want & LAFZ_WANT_EDITS)
		out->want |= LAFZ_WANT_NORM;
	if (out->want & LAFZ_WANT_NORM)
		out->want |= LAFZ_WANT_RUNS;
	if (out->max_segment == 0)
		out->max_segment = DEFAULT_MAX_SEGMENT;
	if (out->max_token == 0)
		out->max_token = LAFZ_MAX_SEGMENT;
	if (!out->allocator.allocate && !out->allocator.resize && !out->allocator.release)
		out->allocator = mem_default;
	*kernel = scan_kernel_find(out->kernel);
	return *kernel && is_valid(out) ? LAFZ_OK : LAFZ_ERR_OPTION;
}
