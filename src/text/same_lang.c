#include "text/same_lang.h"

#include <stdbool.h>

#include "lang.h"

/* The language of a line, if all of it is surely in one. */
static uint16_t lang_of(const struct run_line *line, float least)
{
	const bool is_one = line->n_runs == 1 && line->confidence >= least;
	return is_one ? line->lang : (uint16_t)LANG_UND;
}

struct text_same_lang text_same_lang_at(const struct run_line *lines, size_t n, float least, size_t line)
{
	const uint16_t lang = lang_of(&lines[line], least);
	size_t end = line + 1;
	while (end < n && lang_of(&lines[end], least) == lang)
		end++;
	return (struct text_same_lang){end, lang};
}
