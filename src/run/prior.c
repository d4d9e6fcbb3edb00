#include "run/prior.h"

#include <string.h>

#define SHARE_BITS 2 /* the prior is the share of the sums: 1/4 ... */
#define MOST 20      /* ... and no language is further behind than this */
#define REACH 4096u  /* bytes before a line that its prior is made of */
#define FORGOTTEN 64 /* lines, at least, that are worth a move of the others */

typedef states_quarter four;

#define FOURS (STATES / 4)

static four load(const void *from, size_t i)
{
	four numbers;
	memcpy(&numbers, (const char *)from + i * sizeof numbers, sizeof numbers);
	return numbers;
}

/* All of them at once. */
typedef uint32_t all_states __attribute__((vector_size(4 * STATES)));

static void add(uint32_t *to, const uint32_t *from)
{
	all_states a, b;
	memcpy(&a, to, sizeof a);
	memcpy(&b, from, sizeof b);
	a += b;
	memcpy(to, &a, sizeof a);
}

static void take_off(uint32_t *to, const uint32_t *from)
{
	all_states a, b;
	memcpy(&a, to, sizeof a);
	memcpy(&b, from, sizeof b);
	a -= b;
	memcpy(to, &a, sizeof a);
}

void prior_begin_line(struct prior *prior, uint64_t start)
{
	const uint64_t reach = start < REACH ? 0 : start - REACH;
	for (; prior->first < prior->n; prior->first++) {
		const struct prior_line *const line = &prior->lines[prior->first];
		if (line->start >= reach)
			break;
		take_off(prior->sums[line->script], line->sums);
	}
	prior->start = start;
	prior->n_open = 0;
}

int prior_add(struct prior *prior, const struct lafz_allocator *mem, size_t script,
              const uint32_t sums[STATES], uint64_t end)
{
	if (end - prior->start > REACH)
		return LAFZ_OK;
	for (size_t i = prior->n; i < prior->n + prior->n_open; i++) {
		if (prior->lines[i].script == script) {
			add(prior->lines[i].sums, sums);
			return LAFZ_OK;
		}
	}
	const size_t n = prior->n + prior->n_open + 1;
	if (n > prior->cap &&
	    mem_reserve(mem, &prior->lines, &prior->cap, n, sizeof *prior->lines) < 0)
		return LAFZ_ERR_MEMORY;
	struct prior_line *const line = &prior->lines[n - 1];
	line->start = prior->start;
	line->script = (uint32_t)script;
	memcpy(line->sums, sums, sizeof line->sums);
	prior->n_open++;
	return LAFZ_OK;
}

void prior_end_line(struct prior *prior, uint64_t end)
{
	if (end - prior->start > REACH)
		prior->n_open = 0;
	for (; prior->n_open > 0; prior->n_open--) {
		const struct prior_line *const line = &prior->lines[prior->n++];
		add(prior->sums[line->script], line->sums);
	}
	/* Forgotten lines are most of the array: move the rest down, which costs less than them. */
	if (prior->first > prior->n / 2 && prior->first >= FORGOTTEN) {
		prior->n -= prior->first;
		memmove(prior->lines, prior->lines + prior->first, prior->n * sizeof *prior->lines);
		prior->first = 0;
	}
}

static four min(four a, four b)
{
	const four is_a = a < b;
	return (a & is_a) | (b & ~is_a);
}

static int32_t least_of(four numbers)
{
	const int32_t low = numbers[0] < numbers[1] ? numbers[0] : numbers[1];
	const int32_t high = numbers[2] < numbers[3] ? numbers[2] : numbers[3];
	return low < high ? low : high;
}

void prior_find_start(const struct prior *prior, size_t script, const struct prior_fixed *fixed,
                      int16_t start[STATES])
{
	const four most = (four){0} + (MOST << SHARE_BITS);
	four sums[FOURS];
	for (size_t i = 0; i < FOURS; i++)
		sums[i] = load(prior->sums[script], i) | load(fixed->blocked, i);
	const int32_t least = least_of(min(min(sums[0], sums[1]), min(sums[2], sums[3])));
	struct states behind = states_load(fixed->ahead);
	for (size_t i = 0; i < 2; i++) {
		const four shares[2] = {min(sums[2 * i] - least, most) >> SHARE_BITS,
		                        min(sums[2 * i + 1] - least, most) >> SHARE_BITS};
		behind.half[i] += states_narrow(shares);
	}
	memcpy(start, &behind, sizeof behind);
}

void prior_reset(struct prior *prior)
{
	prior->n = prior->first = prior->n_open = 0;
	prior->start = 0;
	memset(prior->sums, 0, sizeof prior->sums);
}

void prior_free(struct prior *prior, const struct lafz_allocator *mem)
{
	mem_free(mem, prior->lines);
	*prior = (struct prior){0};
}
