#include "text/kept.h"

#include <assert.h>

#include "base/fill.h"
#include "lang.h"

int text_kept_begin(struct text_kept *kept, const struct lafz_allocator *mem, size_t n)
{
	kept->n_guessed = kept->n_pieces = 0;
	return mem_reserve(mem, &kept->lines, &kept->lines_cap, n, sizeof *kept->lines);
}

int text_kept_add(struct text_kept *kept, const struct lafz_allocator *mem, size_t line, uint32_t n_runs,
                  const struct pieces *pieces, uint32_t start)
{
	const size_t first = kept->n_pieces, end = first + pieces->n;
	if (mem_reserve(mem, &kept->guessed, &kept->guessed_cap, kept->n_guessed + 1, sizeof *kept->guessed) < 0 ||
	    mem_reserve(mem, &kept->pieces, &kept->pieces_cap, end, sizeof *kept->pieces) < 0)
		return LAFZ_ERR_MEMORY;
	for (size_t i = 0; i < pieces->n; i++)
		kept->pieces[first + i] = (struct text_kept_piece){pieces->start[i] - start, pieces->run[i],
		                                                   pieces->confidence[i], pieces->lang[i]};
	kept->guessed[kept->n_guessed++] = (struct text_kept_line){line, first, end};
	kept->n_pieces = end;
	kept->lines[line] = (struct run_line){.n_runs = n_runs, .lang = LANG_UND};
	if (pieces->n > 0) {
		kept->lines[line].lang = pieces->lang[0];
		kept->lines[line].confidence = pieces->confidence[0];
	}
	return LAFZ_OK;
}

/* Pieces from first to end, which are those of a line from so many bytes behind its start on. */
static void give_pieces(const struct text_kept *kept, const struct text_kept_line *line, uint32_t start,
                        struct pieces *pieces, size_t first, size_t end)
{
	size_t at = line->first;
	while (at < line->end && kept->pieces[at].start < start)
		at++;
	assert(end - first <= line->end - at);
	for (size_t i = first; i < end; i++, at++) {
		pieces->run[i] = kept->pieces[at].run;
		pieces->confidence[i] = kept->pieces[at].confidence;
		pieces->lang[i] = kept->pieces[at].lang;
	}
}

void text_kept_give(const struct text_kept *kept, const struct text_kept_part *parts, const struct segments *segments,
                    struct pieces *pieces)
{
	size_t first = 0, guessed = 0;
	pieces->is_first_run = pieces->is_one_lang = pieces->is_uniform = false;
	for (size_t s = 0; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		const size_t line = parts ? parts[s].line : s;
		const struct run_line *const runs = &kept->lines[line];
		const size_t end = segment->piece_end;
		while (guessed < kept->n_guessed && kept->guessed[guessed].line < line)
			guessed++;
		segment->n_runs = runs->n_runs;
		if (guessed < kept->n_guessed && kept->guessed[guessed].line == line) {
			give_pieces(kept, &kept->guessed[guessed], parts ? parts[s].start : 0, pieces, first, end);
		} else {
			fill_u16(pieces->lang, first, end, runs->lang);
			fill_float(pieces->confidence, first, end, runs->confidence);
			fill_u32(pieces->run, first, end, 0);
		}
		first = end;
	}
}

void text_kept_free(struct text_kept *kept, const struct lafz_allocator *mem)
{
	mem_free(mem, kept->lines);
	mem_free(mem, kept->guessed);
	mem_free(mem, kept->pieces);
	*kept = (struct text_kept){0};
}
