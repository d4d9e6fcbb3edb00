#include "text/kept.h"

#include <assert.h>

/* Adds the pieces from first to end as those of a segment in so many runs. */
static int add(struct text_kept *kept, const struct lafz_allocator *mem, uint32_t n_runs, const struct pieces *pieces,
               size_t first, size_t end)
{
	const size_t n = end - first;
	if (mem_reserve(mem, &kept->pieces, &kept->pieces_cap, kept->n_pieces + n, sizeof *kept->pieces) < 0 ||
	    mem_reserve(mem, &kept->n_runs, &kept->cap, kept->n + 1, sizeof *kept->n_runs) < 0)
		return LAFZ_ERR_MEMORY;
	for (size_t i = first; i < end; i++)
		kept->pieces[kept->n_pieces++] =
			(struct text_kept_piece){pieces->run[i], pieces->confidence[i], pieces->lang[i]};
	kept->n_runs[kept->n++] = n_runs;
	return LAFZ_OK;
}

int text_kept_add(struct text_kept *kept, const struct lafz_allocator *mem, const struct segment *segment,
                  const struct pieces *pieces, size_t first)
{
	return add(kept, mem, segment->n_runs, pieces, first, segment->piece_end);
}

/* The first piece of some that does not begin before a place. */
static size_t find_piece(const struct pieces *pieces, size_t low, size_t high, uint32_t at)
{
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (pieces->start[middle] < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int text_kept_add_part(struct text_kept *kept, const struct lafz_allocator *mem, const struct segment *segment,
                       const struct pieces *pieces, size_t first, uint32_t start, uint32_t end)
{
	const size_t from = find_piece(pieces, first, segment->piece_end, start);
	return add(kept, mem, segment->n_runs, pieces, from, find_piece(pieces, from, segment->piece_end, end));
}

void text_kept_give(const struct text_kept *kept, const struct segments *segments, struct pieces *pieces)
{
	assert(kept->n_pieces == pieces->n && kept->n == segments->n);
	pieces->is_uniform = false;
	for (size_t i = 0; i < kept->n_pieces; i++) {
		pieces->run[i] = kept->pieces[i].run;
		pieces->confidence[i] = kept->pieces[i].confidence;
		pieces->lang[i] = kept->pieces[i].lang;
	}
	for (size_t s = 0; s < kept->n; s++)
		segments->ptr[s].n_runs = kept->n_runs[s];
}

void text_kept_free(struct text_kept *kept, const struct lafz_allocator *mem)
{
	mem_free(mem, kept->pieces);
	mem_free(mem, kept->n_runs);
	*kept = (struct text_kept){0};
}
