#include "numbering.h"

#include "base/fill.h"
#include "sentence/sentence.h"

/* How the tokens of a batch are numbered. */
struct ways {
	bool has_runs, has_sents, is_uax29;
	bool is_run_each;
};

/*
 * Numbers the runs of a segment, which were counted from its first one so far, if they are asked for. A run whose words were all joined
 * to those of another one is not counted.
 */
static uint32_t number_runs(const struct ways *ways, uint32_t *runs, const struct segment *segment,
                            size_t first, uint32_t number)
{
	const size_t end = segment->token_end;
	if (!ways->has_runs)
		return 1;
	if (segment->n_runs == 1) {
		fill_u32_alone(runs, first, end, number);
		return number + 1;
	}
	uint32_t last = runs[first];
	for (size_t i = first; i < end; i++) {
		number += runs[i] != last;
		last = runs[i];
		runs[i] = number;
	}
	return number + 1;
}

/* Whether each segment is one run. */
static bool is_run_each(const struct segments *segments)
{
	for (size_t s = 0; s < segments->n; s++)
		if (segments->ptr[s].n_runs > 1)
			return false;
	return true;
}

/* Numbers runs and sentences of a segment with tokens. All are in one sentence where nobody asks. */
static inline void number_tokens(const struct ways *ways, const struct segment *segment,
                                 struct sentence_tokens *own, struct numbering *now)
{
	const struct tokens *const tokens = own->tokens;
	own->is_told = segment->is_told;
	if (ways->is_run_each && !ways->is_uax29 && !sentence_is_asked(own)) {
		if (ways->has_runs) {
			fill_u32_two(tokens->run, tokens->sent, own->first, own->end, now->runs++,
			             now->sents);
		} else {
			fill_u32(tokens->sent, own->first, own->end, now->sents);
			now->runs = 1;
		}
		now->sents = ways->has_sents ? now->sents + 1 : 1;
		return;
	}
	now->runs = number_runs(ways, tokens->run, segment, own->first, now->runs);
	if (!ways->has_sents)
		now->sents = 1;
	else if (ways->is_uax29)
		now->sents = sentence_uax29(own, segment->start, segment->end, now->sents);
	else
		now->sents = sentence_segment(own, now->sents);
}

void numbering_add(struct numbering *numbering, const struct numbering_request *request,
                   struct batch *batch)
{
	const struct lafz_options *const options = request->options;
	const struct segments *const segments = request->segments;
	struct tokens *const tokens = &batch->tokens;
	const struct ways ways = {
		.has_runs = options->want & LAFZ_WANT_RUNS,
		.has_sents = options->want & LAFZ_WANT_SENTS,
		.is_uax29 = options->rules == LAFZ_RULES_UAX29,
		.is_run_each = !(options->want & LAFZ_WANT_RUNS) || is_run_each(segments),
	};
	struct sentence_tokens own = {
		.text = segments->ptr->text,
		.tokens = tokens,
		.busy = request->busy->at,
		.busy_end = request->busy->at + request->busy->n,
		.filters = request->filters,
		.ends = request->ends,
	};
	struct numbering now = *numbering;
	struct batch_segment *ends = batch->segments + batch->n_segments;
	size_t par_first = 0; /* the first token whose paragraph is not filled in */
	for (size_t s = 0; s < segments->n; s++) {
		const struct segment *const segment = &segments->ptr[s];
		own.first = own.end;
		own.end = segment->token_end;
		if (own.end > own.first) {
			/* a paragraph ends only where tokens follow, so blank lines do not count */
			if (now.is_par_pending && now.has_tokens) {
				fill_u32(tokens->par, par_first, own.first, now.pars++);
				par_first = own.first;
			}
			now.has_tokens = true;
			now.is_par_pending = false;
			number_tokens(&ways, segment, &own, &now);
		}
		now.is_par_pending |= segment->ends_paragraph;
		*ends++ = (struct batch_segment){
			.end = segment->end,
			.run = now.has_tokens ? now.runs - 1 : 0,
			.sent = now.has_tokens ? now.sents - 1 : 0,
			.par = now.pars,
			.token_end = own.end,
		};
	}
	batch->n_segments += segments->n;
	fill_u32(tokens->par, par_first, own.end, now.pars);
	if (!ways.has_sents)
		fill_u32(tokens->sent, 0, own.end, 0);
	*numbering = now;
	if (options->want & LAFZ_WANT_CHARS)
		numbering->chars = request->count_chars(tokens, own.text, segments->ptr[segments->n - 1].end,
		                                        now.chars);
}
