#include "cli/jobs_ring.h"

/* The next block in their order; NULL when there will be no more. */
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
		pthread_cond_wait(&ring->changed, &ring->lock);
	}
	*index = ring->next++;
	block = &ring->blocks[*index % ring->n_blocks];
	ring->chain = block->is_open ? worker : NULL;
	pthread_cond_broadcast(&ring->changed);
done:
	pthread_mutex_unlock(&ring->lock);
	return block;
}

void ring_finish(struct ring *ring, struct block *block)
{
	pthread_mutex_lock(&ring->lock);
	block->is_done = true;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->lock);
}

/* What stands before a block that is not the first of its document. */
struct block_numbers ring_wait_for_base(struct ring *ring, uint64_t index)
{
	pthread_mutex_lock(&ring->lock);
	const struct block_base *base = &ring->bases[(index - 1) % (ring->n_blocks + 1)];
	while (!base->is_set || base->index != index - 1)
		pthread_cond_wait(&ring->changed, &ring->lock);
	const struct block_numbers numbers = base->numbers;
	pthread_mutex_unlock(&ring->lock);
	return numbers;
}

void ring_set_base(struct ring *ring, uint64_t index, const struct block_numbers *numbers)
{
	pthread_mutex_lock(&ring->lock);
	ring->bases[index % (ring->n_blocks + 1)] = (struct block_base){
		.index = index, .is_set = true, .numbers = *numbers};
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->lock);
}
