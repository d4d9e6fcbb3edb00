/* Where a run of a batch ends, and what its script is. */
#ifndef LAFZ_PYTHON_RUN_H
#define LAFZ_PYTHON_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <lafz.h>

struct run {
	size_t last;    /* its last token */
	uint8_t script; /* of its first word; of its first token with letters if it has no word */
};

/* Zyyy (common) and Zinh (inherited): no letters. */
static inline bool has_letters(uint8_t script)
{
	const char *const tag = lafz_script_tag(script);
	return strcmp(tag, "Zyyy") != 0 && strcmp(tag, "Zinh") != 0;
}

/* The run that begins at a token. Runs never go on in the next batch. */
static inline struct run run_at(const struct lafz_batch *batch, size_t first)
{
	struct run run = {first, batch->script[first]};
	bool has_word = false;
	for (size_t i = first; i < batch->n && batch->run[i] == batch->run[first]; i++) {
		run.last = i;
		const bool is_word = batch->kind[i] == LAFZ_KIND_WORD;
		if (!has_word && (is_word || !has_letters(run.script)))
			run.script = batch->script[i];
		has_word = has_word || is_word;
	}
	return run;
}

#endif
