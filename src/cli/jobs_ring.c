#include "cli/jobs_ring.h"

#include <stdlib.h>
#include <time.h>

#define PATIENCE 100000000 /* nanoseconds of a wait: so long a signal may have to wait for its answer */

int ring_open(struct ring *ring, size_t n_blocks, bool has_turns)
{
	pthread_condattr_t by_clock;
	*ring = (struct ring){.n_blocks = n_blocks, .has_turns = has_turns};
	ring->blocks = calloc(n_blocks, sizeof *ring->blocks);
	ring->bases = calloc(n_blocks + 1, sizeof *ring->bases);
	if (!ring->blocks || !ring->bases || pthread_condattr_init(&by_clock) != 0)
		return -1;
	pthread_condattr_setclock(&by_clock, CLOCK_MONOTONIC);
	pthread_mutex_init(&ring->lock, NULL);
	pthread_cond_init(&ring->there, NULL);
	pthread_cond_init(&ring->behind, NULL);
	pthread_cond_init(&ring->done, &by_clock);
	pthread_condattr_destroy(&by_clock);
	ring->is_open = true;
	return 0;
}

void ring_close(struct ring *ring)
{
	free(ring->blocks);
	free(ring->bases);
	if (ring->is_open) {
		pthread_cond_destroy(&ring->there);
		pthread_cond_destroy(&ring->behind);
		pthread_cond_destroy(&ring->done);
		pthread_mutex_destroy(&ring->lock);
	}
	*ring = (struct ring){0};
}

/* ---- The main thread ---- */

/* Under the lock: if the next block is there, whoever may take it is woken. */
static void offer(struct ring *ring)
{
	if (ring->next == ring->end)
		return;
	if (ring->chain)
		pthread_cond_broadcast(&ring->there);
	else
		pthread_cond_signal(&ring->there);
}

void ring_submit(struct ring *ring)
{
	pthread_mutex_lock(&ring->lock);
	ring->end++;
	offer(ring);
	pthread_mutex_unlock(&ring->lock);
}

/* Under the lock: whether the main thread need wait no longer. */
static bool is_awaited(const struct ring *ring)
{
	const struct block *block = &ring->blocks[ring->turn % ring->n_blocks];
	return ring->turn >= ring->wanted || block->state != BLOCK_OPEN;
}

/* Under the lock, for the main thread: if it is the first block's turn and that waits for it, no worker writes it any more. Whether it is done. */
static bool take_first(struct ring *ring)
{
	struct block *block = &ring->blocks[ring->first % ring->n_blocks];
	if (ring->first == ring->end)
		return false;
	if (ring->turn == ring->first && block->state == BLOCK_WAITING)
		block->state = BLOCK_DONE;
	return block->state == BLOCK_DONE;
}

bool ring_wait(struct ring *ring, size_t n)
{
	struct timespec until = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += PATIENCE;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&ring->lock);
	ring->wanted = ring->first + n;
	int rc = 0;
	while (!is_awaited(ring) && rc == 0)
		rc = pthread_cond_timedwait(&ring->done, &ring->lock, &until);
	const bool is_done = is_awaited(ring) && take_first(ring);
	pthread_mutex_unlock(&ring->lock);
	return is_done;
}

bool ring_retire(struct ring *ring, bool has_turns)
{
	pthread_mutex_lock(&ring->lock);
	ring->first++;
	if (ring->turn < ring->first || ring->has_turns != has_turns)
		pthread_cond_broadcast(&ring->behind);
	if (ring->turn < ring->first)
		ring->turn = ring->first;
	ring->has_turns = has_turns;
	const bool is_next_done = take_first(ring);
	pthread_mutex_unlock(&ring->lock);
	return is_next_done;
}

void ring_end(struct ring *ring)
{
	pthread_mutex_lock(&ring->lock);
	ring->is_ending = true;
	pthread_cond_broadcast(&ring->there);
	pthread_mutex_unlock(&ring->lock);
}

/* ---- A worker ---- */

struct block *ring_take(struct worker *worker, uint64_t *index)
{
	struct ring *ring = worker->ring;
	struct block *block = NULL;
	pthread_mutex_lock(&ring->lock);
	for (;;) {
		const bool is_mine = !ring->chain || ring->chain == worker;
		if (ring->next < ring->end && is_mine)
			break;
		if (ring->next == ring->end && ring->is_ending)
			goto done;
		pthread_cond_wait(&ring->there, &ring->lock);
	}
	*index = ring->next++;
	block = &ring->blocks[*index % ring->n_blocks];
	ring->chain = block->is_open ? worker : NULL;
	/* others may have waited for the end of a chain */
	offer(ring);
	if (ring->next == ring->end && ring->is_ending)
		pthread_cond_broadcast(&ring->there);
done:
	pthread_mutex_unlock(&ring->lock);
	return block;
}

/* Under the lock: the block whose turn it is, if it waits for that and workers write. */
static struct block *take_waiting(struct ring *ring)
{
	struct block *block = &ring->blocks[ring->turn % ring->n_blocks];
	if (!ring->has_turns || ring->turn == ring->next || block->state != BLOCK_WAITING)
		return NULL;
	block->state = BLOCK_OPEN;
	return block;
}

struct block *ring_finish(struct ring *ring, uint64_t *index, enum block_rest rest)
{
	pthread_mutex_lock(&ring->lock);
	struct block *block = &ring->blocks[*index % ring->n_blocks];
	block->is_passed = rest == REST_NONE;
	block->state = rest == REST_OUTPUT ? BLOCK_WAITING : BLOCK_DONE;
	if (block->is_passed)
		ring->turn = *index + 1;
	struct block *waiting = take_waiting(ring);
	*index = ring->turn;
	if (block->is_passed && !waiting)
		pthread_cond_broadcast(&ring->behind);
	if (!waiting && is_awaited(ring))
		pthread_cond_signal(&ring->done);
	pthread_mutex_unlock(&ring->lock);
	return waiting;
}

bool ring_has_turn(struct ring *ring, uint64_t index, bool must_wait)
{
	pthread_mutex_lock(&ring->lock);
	while (must_wait && ring->has_turns && ring->turn != index)
		pthread_cond_wait(&ring->behind, &ring->lock);
	const bool has_turn = ring->has_turns && ring->turn == index;
	pthread_mutex_unlock(&ring->lock);
	return has_turn;
}

struct block_numbers ring_wait_for_base(struct ring *ring, uint64_t index)
{
	pthread_mutex_lock(&ring->lock);
	const struct block_base *base = &ring->bases[(index - 1) % (ring->n_blocks + 1)];
	while (!base->is_set || base->index != index - 1)
		pthread_cond_wait(&ring->behind, &ring->lock);
	const struct block_numbers numbers = base->numbers;
	pthread_mutex_unlock(&ring->lock);
	return numbers;
}

void ring_set_base(struct ring *ring, uint64_t index, const struct block_numbers *numbers)
{
	pthread_mutex_lock(&ring->lock);
	ring->bases[index % (ring->n_blocks + 1)] = (struct block_base){
		.index = index, .is_set = true, .numbers = *numbers};
	pthread_cond_broadcast(&ring->behind);
	pthread_mutex_unlock(&ring->lock);
}
