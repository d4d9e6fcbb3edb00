#include "cli/compact_rows.h"

char *compact_sentence_avx2(struct writer *writer, char *dst, const struct lafz_batch *given, size_t i, size_t end,
                            struct clean *clean)
{
	return compact_put_sentence(writer, dst, given, i, end, clean);
}
