/*
 * Tokens that are longer than options.max_token, in pieces. They are cut when all that looks at neighbours is
 * done (languages, words, sentences), so no other token depends on the limit. A batch without such a token costs a look
 * at each length; with some, each token behind the first of them is moved once.
 */
#include "batch/batch.h"

#include <string.h>

#include "unicode/grapheme.h"
#include "unicode/utf8.h"

/* The first token from i on that is longer than most bytes. */
static size_t next_long(const struct tokens *tokens, size_t i, uint32_t most)
{
	while (i < tokens->n && tokens->end[i] - tokens->start[i] <= most)
		i++;
	return i;
}

/* Finds the places where tokens are cut, in order. */
static int find_cuts(struct batch *batch, const struct batch_request *request, size_t *n)
{
	const struct tokens *const tokens = &batch->tokens;
	const uint32_t most = request->options->max_token;
	for (size_t i = next_long(tokens, 0, most); i < tokens->n;
	     i = next_long(tokens, i + 1, most)) {
		uint32_t at = tokens->start[i];
		while (tokens->end[i] - at > most) {
			if (mem_reserve(request->mem, &batch->cuts, &batch->cuts_cap, *n + 1,
			                sizeof *batch->cuts) < 0)
				return LAFZ_ERR_MEMORY;
			at += grapheme_border_before(request->text + at, tokens->end[i] - at, most);
			batch->cuts[(*n)++] = (struct batch_cut){i, at};
		}
	}
	return LAFZ_OK;
}

/* Moves the tokens from first to end on by n places. */
static void move(struct tokens *tokens, size_t first, size_t end, size_t n)
{
#define CUT_MOVE(type, name)                                                                       \
	memmove(tokens->name + first + n, tokens->name + first, (end - first) * sizeof(type));
	TOKENS_COLUMNS(CUT_MOVE)
#undef CUT_MOVE
}

/*
 * Cuts a token: what stands behind the cut becomes token number piece, which is free; the token ends there.
 */
static void split(struct tokens *tokens, const struct batch_request *request, struct batch_cut cut,
                  size_t piece)
{
	const size_t token = cut.token;
#define CUT_COPY(type, name) tokens->name[piece] = tokens->name[token];
	TOKENS_COLUMNS(CUT_COPY)
#undef CUT_COPY
	const uint32_t len = tokens->end[token] - cut.at;
	tokens->start[piece] = cut.at;
	tokens->end[token] = cut.at;
	tokens->flags[piece] |= LAFZ_FLAG_CUT;
	tokens->flags[token] |= LAFZ_FLAG_CUT;
	if (request->options->want & LAFZ_WANT_CHARS) {
		const size_t chars = utf8_count(request->text + cut.at, len);
		tokens->cend[token] -= (uint32_t)chars;
		tokens->cstart[piece] = tokens->cend[token];
	}
}

/* Counts the pieces among the tokens of each segment. */
static void count_pieces(struct batch *batch, size_t n_cuts)
{
	size_t k = 0;
	for (size_t s = 0; s < batch->n_segments; s++) {
		while (k < n_cuts && batch->cuts[k].token < batch->segments[s].token_end)
			k++;
		batch->segments[s].token_end += k;
	}
}

int batch_cut(struct batch *batch, const struct batch_request *request)
{
	struct tokens *const tokens = &batch->tokens;
	size_t n_cuts = 0;
	int rc = find_cuts(batch, request, &n_cuts);
	if (rc == LAFZ_OK)
		rc = tokens_reserve(tokens, request->mem, tokens->n + n_cuts);
	if (rc < 0 || n_cuts == 0)
		return rc;
	/* from the end, so that all are moved to places that are free */
	size_t end = tokens->n;
	for (size_t k = n_cuts; k > 0; k--) {
		const struct batch_cut cut = batch->cuts[k - 1];
		move(tokens, cut.token + 1, end, k);
		split(tokens, request, cut, cut.token + k);
		end = cut.token + 1;
	}
	tokens->n += n_cuts;
	batch->has_cuts = true;
	count_pieces(batch, n_cuts);
	return LAFZ_OK;
}
