#include "cli/jobs_block.h"

#include <string.h>

const struct format_kind *block_kind(const struct args *args, const struct block *block)
{
	return filter_kind(args, block->is_records || block->is_record);
}

const char *block_document(const struct block *block, size_t *len)
{
	*len = block->is_record ? block->record.name_len : strlen(block->name);
	return block->is_record ? block->names.ptr + block->record.name_off : block->name;
}

struct bytes block_fields(const struct block *block)
{
	if (!block->is_record)
		return (struct bytes){0};
	return (struct bytes){.ptr = block->names.ptr + block->record.fields_off,
	                      .len = block->record.fields_len};
}

bool block_is_ended_late(const struct block *block, const struct format_kind *kind)
{
	return kind == &write_jsonl && block->is_record && !block->is_first;
}
