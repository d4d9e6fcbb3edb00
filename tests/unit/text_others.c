#include "text_others.h"

#include "state.h"

size_t text_others(const struct lafz_stream *stream)
{
	return stream->text.n_others;
}

const char *text_others_text(const struct lafz_stream *stream, size_t *len)
{
	*len = stream->text.others.len;
	return stream->text.others.ptr;
}

size_t text_others_easy(const struct lafz_stream *stream)
{
	const struct rest *const rest = &stream->text.rest;
	return rest->n_inserts > 0 ? rest->source_len - rest->text.len : 0;
}

size_t text_others_told(const struct lafz_stream *stream)
{
	return stream->text.rest.n_inserts > 0 ? stream->text.easy_guess.lines.n : 0;
}

size_t text_others_by_language(const struct lafz_stream *stream)
{
	return stream->text.easy_guess.by_language ? text_others_told(stream) : 0;
}

size_t text_others_strays(const struct lafz_stream *stream)
{
	return stream->text.easy_guess.n_strays;
}
