#include "numbering.h"

#include "base/fill.h"
#include "sentence/sentence.h"

/*
 * Numbers the runs of a segment with tokens, which were counted from its first one so far. A run whose words were all joined
 * to those of another one is not counted.
 */
static uint32_t number_runs(uint32_t *runs, const struct segment *segment, size_t first,
                            uint32_t number)
{
	const size_t end = segment->token_end;
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

/* Numbers the sentences of a segment with tokens; all are in one where nobody asks. */
static uint32_t number_sentences(const struct lafz_options *options, const struct segment *segment,
                                 struct sentence_tokens *own, uint32_t sents)
{
	if (!(options->want & LAFZ_WANT_SENTS))
		return 1;
	if (options->rules != LAFZ_RULES_UAX29 && !sentence_is_asked(own)) {
		fill_u32(own->tokens->sent, own->first, own->end, sents);
		return sents + 1;
	}
	return options->rules == LAFZ_RULES_UAX29
	               ? sentence_uax29(own, segment->start, segment->end, sents)
	               : sentence_segment(own, sents);
}

void numbering_add(struct numbering *numbering, const struct numbering_request *request,
                   struct batch *batch)
{
	const struct lafz_options *const options = request->options;
	const struct segments *const segments = request->segments;
	const bool has_runs = options->want & LAFZ_WANT_RUNS;
	struct tokens *const tokens = &batch->tokens;
	struct sentence_tokens own = {
		.text = segments->ptr->text,
		.tokens = tokens,
		.busy = request->busy->at,
		.busy_end = request->busy->at + request->busy->n,
	};
	struct numbering now = *numbering;
	size_t par_first = 0; /* the first token whose paragraph is not filled in */
	for (size_t s = 0; s < segments->n; s++) {
		const struct segment *const segment = &segments->ptr[s];
		own.first = own.end;
		own.end = segment->token_end;
		if (own.end > own.first) {
			now.sents = number_sentences(options, segment, &own, now.sents);
			/* a paragraph ends only where tokens follow, so blank lines do not count */
			if (now.is_par_pending && now.has_tokens) {
				fill_u32(tokens->par, par_first, own.first, now.pars++);
				par_first = own.first;
			}
			now.has_tokens = true;
			now.is_par_pending = false;
			if (has_runs || segment->n_runs != 1)
				now.runs = number_runs(tokens->run, segment, own.first, now.runs);
			else
				now.runs++;
		}
		now.is_par_pending |= segment->ends_paragraph;
		batch_end_segment(batch, (struct batch_segment){
						 .end = segment->end,
						 .run = now.has_tokens ? now.runs - 1 : 0,
						 .sent = now.has_tokens ? now.sents - 1 : 0,
						 .par = now.pars,
						 .token_end = own.end,
					 });
	}
	fill_u32(tokens->par, par_first, own.end, now.pars);
	if (!(options->want & LAFZ_WANT_SENTS))
		fill_u32(tokens->sent, 0, own.end, 0);
	*numbering = now;
	if (options->want & LAFZ_WANT_CHARS)
		numbering->chars = request->count_chars(tokens, own.text, segments->ptr[segments->n - 1].end,
		                                        now.chars);
}
