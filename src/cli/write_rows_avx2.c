/*
 * The rows of tsv and jsonl for AVX2. Two steps are one instruction there, so all values are copied as two.
 */
#include "cli/write_rows.h"

char *write_tsv_rows_avx2(struct writer *writer, char *dst, const struct lafz_batch *given, size_t *at, size_t end)
{
	return tsv_rows(writer, dst, given, at, end, true);
}

char *write_jsonl_rows_avx2(struct writer *writer, char *dst, const struct lafz_batch *given, char before, size_t *at,
                            size_t end)
{
	return jsonl_rows(writer, dst, given, before, at, end, true);
}
