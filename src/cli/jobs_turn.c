#include "cli/jobs_turn.h"

/*
 * Paragraphs of a text that the library has written are counted by the stream, which began in front of the block. Nobody needs them
 * but for the border between blocks, so no worker waits for the one before.
 */
static void find_base(struct turn *turn, const struct block *block)
{
	if (!block->is_text || block->is_first)
		turn->base = 0;
	else if (!block->goes_on)
		turn->base = turn->par - block->par_before; /* which wraps, as in a worker */
}

/* The empty line in front of the first line of a block, if it is the block's turn for the first time or has had no line yet. */
static void write_border(struct turn *turn, struct block *block)
{
	struct writer *writer = &turn->filter->writer;
	if (!block->has_begun) {
		block->has_begun = true;
		find_base(turn, block);
		writer->is_new = writer->is_new || block->is_records || block->is_first;
	}
	if (!block->has_line || block->has_border)
		return;
	block->has_border = true;
	if (writer->has_line && (writer->is_new || writer->par != block->first_par + turn->base))
		sink_byte(turn->filter->sink, '\n');
	writer->has_line = true;
	writer->is_new = false;
}

static bool has_borders(const struct turn *turn, const struct block *block)
{
	return block_kind(turn->filter->args, block) == &write_text;
}

void turn_pass(struct turn *turn, struct block *block)
{
	if (has_borders(turn, block))
		write_border(turn, block);
	/* What there was no memory for has left a hole. */
	if (!block->out.has_failed)
		sink_pass(turn->filter->sink, &block->out);
}

void turn_end(struct turn *turn, const struct block *block)
{
	if (!has_borders(turn, block))
		return;
	if (block->has_line)
		turn->filter->writer.par = block->last_par + turn->base;
	if (block->is_text)
		turn->par = block->par_behind + turn->base;
}
