#include "text_others.h"

#include "state.h"

size_t text_others(const struct lafz_stream *stream)
{
	return stream->text.n_others;
}
