#include "norm/trace.h"

#include "unicode/utf8.h"

static const char *const step_names[TRACE_FOLDS] = {
	[TRACE_REPAIR] = "repair",   [TRACE_FORM] = "form",   [TRACE_FORM_MARK] = "form-mark",
	[TRACE_CONTROL] = "control", [TRACE_NFC] = "nfc",     [TRACE_MARKS] = "marks",
	[TRACE_TATWEEL] = "tatweel", [TRACE_ZWNJ] = "zwnj",   [TRACE_PUNCT] = "punct",
	[TRACE_DIGITS] = "digits",   [TRACE_LOWER] = "lower",
};

const char *trace_step_name(enum trace_rule step)
{
	return step_names[step];
}

/* ---- Edits ---- */

void norm_edits_reset(struct norm_edits *edits)
{
	if (edits->names.len > 0)
		memset(edits->recent, 0, sizeof edits->recent);
	edits->n = 0;
	edits->names.len = 0;
}

void norm_edits_free(struct norm_edits *edits, const struct lafz_allocator *mem)
{
	mem_free(mem, edits->ptr);
	buf_free(&edits->names, mem);
	*edits = (struct norm_edits){0};
}

/* A list of names that was just appended at begin: where it, or an equal one, lies. */
static uint32_t find_names(struct norm_edits *edits, size_t begin)
{
	const char *const list = edits->names.ptr + begin;
	const size_t len = edits->names.len - begin;
	uint32_t hash = 0;
	for (size_t i = 0; i < len; i++)
		hash = hash * 31 + (unsigned char)list[i];
	uint32_t *const place = &edits->recent[hash % NORM_EDITS_RECENT];
	const size_t old = *place;
	if (old > 0 && old - 1 + len <= begin && memcmp(edits->names.ptr + old - 1, list, len) == 0)
		edits->names.len = begin;
	else
		*place = (uint32_t)begin + 1;
	return *place - 1;
}

int norm_edits_add(struct norm_edits *edits, const struct lafz_allocator *mem,
                   struct norm_edit edit, const char *const *names, size_t n)
{
	const size_t begin = edits->names.len;
	int rc = mem_reserve(mem, &edits->ptr, &edits->cap, edits->n + 1, sizeof *edits->ptr);
	for (size_t i = 0; i < n && rc == LAFZ_OK; i++) {
		rc = buf_append(&edits->names, mem, names[i], strlen(names[i]));
		if (rc == LAFZ_OK)
			rc = buf_append(&edits->names, mem, i + 1 < n ? " " : "", 1);
	}
	if (rc == LAFZ_OK && edits->names.len >= UINT32_MAX)
		rc = LAFZ_ERR_MEMORY;
	if (rc < 0) {
		edits->names.len = begin;
		return rc;
	}
	edit.rules = find_names(edits, begin);
	edits->ptr[edits->n++] = edit;
	return LAFZ_OK;
}

/* ---- The way of a piece ---- */

int trace_room(struct trace *trace, size_t n)
{
	int rc = mem_reserve(trace->mem, &trace->at, &trace->at_cap, n, sizeof *trace->at);
	if (rc == LAFZ_OK)
		rc = mem_reserve(trace->mem, &trace->alt_at, &trace->alt_cap, n,
		                 sizeof *trace->alt_at);
	return rc;
}

int trace_begin(struct trace *trace, const struct lafz_allocator *mem, const char *text, size_t len,
                bool drop_ill, size_t room)
{
	trace->mem = mem;
	trace->n = 0;
	trace->n_touches = 0;
	trace->is_out_of_memory = false;
	if (len >= UINT32_MAX)
		return LAFZ_ERR_MEMORY;
	const size_t most = len + 1; /* source characters and the end */
	if (trace_room(trace, room) < 0 ||
	    mem_reserve(mem, &trace->off, &trace->off_cap, most, sizeof *trace->off) < 0 ||
	    mem_reserve(mem, &trace->root, &trace->root_cap, most, sizeof *trace->root) < 0 ||
	    mem_reserve(mem, &trace->head, &trace->head_cap, most, sizeof *trace->head) < 0 ||
	    mem_reserve(mem, &trace->tail, &trace->tail_cap, most, sizeof *trace->tail) < 0)
		return LAFZ_ERR_MEMORY;
	size_t m = 0;
	for (size_t off = 0; off < len; trace->n++) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		const uint32_t source = (uint32_t)trace->n;
		trace->off[source] = (uint32_t)off;
		trace->root[source] = source;
		trace->at[m] = source;
		if (c.status != UTF8_CHAR)
			trace_touch(trace, m, TRACE_REPAIR);
		if (c.status == UTF8_CHAR || !drop_ill)
			m++;
		off += c.len;
	}
	trace->off[trace->n] = (uint32_t)len;
	return LAFZ_OK;
}

void trace_touch(struct trace *trace, size_t i, unsigned rule)
{
	if (mem_reserve(trace->mem, &trace->touches, &trace->touches_cap, trace->n_touches + 1,
	                sizeof *trace->touches) < 0) {
		trace->is_out_of_memory = true;
		return;
	}
	trace->touches[trace->n_touches++] = (struct trace_touch){.source = trace->at[i],
	                                                          .rule = (uint16_t)rule};
}

void trace_join(struct trace *trace, size_t first, size_t last)
{
	/*
	 * The end of what was dropped in between is not known to at; it lies between the two all
	 * the same. A root that is not the character itself says only that it is joined with the
	 * one before.
	 */
	for (uint32_t source = trace->at[first] + 1; source <= trace->at[last]; source++)
		trace->root[source] = source - 1;
}

void trace_swap(struct trace *trace)
{
	uint32_t *const at = trace->at;
	const size_t cap = trace->at_cap;
	trace->at = trace->alt_at;
	trace->at_cap = trace->alt_cap;
	trace->alt_at = at;
	trace->alt_cap = cap;
}

/* Gives each stretch the list of its touches. */
static void sort_touches(struct trace *trace)
{
	for (size_t i = 0; i < trace->n; i++) {
		trace->head[i] = trace->tail[i] = 0;
		if (trace->root[i] != i)
			trace->root[i] = trace->root[i - 1];
	}
	for (size_t i = 0; i < trace->n_touches; i++) {
		const uint32_t root = trace->root[trace->touches[i].source];
		trace->touches[i].next = 0;
		if (trace->head[root] == 0)
			trace->head[root] = (uint32_t)i + 1;
		else
			trace->touches[trace->tail[root] - 1].next = (uint32_t)i + 1;
		trace->tail[root] = (uint32_t)i + 1;
	}
}

static int add_edit(const struct trace *trace, uint32_t root, const struct trace_result *result,
                    struct norm_edit edit, struct norm_edits *edits)
{
	uint64_t seen[(TRACE_RULES + 63) / 64] = {0};
	const char *names[TRACE_RULES];
	size_t n = 0;
	for (uint32_t i = trace->head[root]; i > 0; i = trace->touches[i - 1].next) {
		const unsigned rule = trace->touches[i - 1].rule;
		if (seen[rule / 64] >> rule % 64 & 1)
			continue;
		seen[rule / 64] |= (uint64_t)1 << rule % 64;
		names[n++] = rule < TRACE_FOLDS ? step_names[rule]
		                                : result->names[rule - TRACE_FOLDS];
	}
	return norm_edits_add(edits, trace->mem, edit, names, n);
}

static size_t utf8_size(uint32_t cp)
{
	char bytes[UTF8_MAX];
	return utf8_encode(cp, bytes);
}

int trace_finish(struct trace *trace, const struct trace_result *result, struct norm_edits *edits)
{
	if (trace->is_out_of_memory)
		return LAFZ_ERR_MEMORY;
	sort_touches(trace);
	size_t k = 0, out = 0, end = 0;
	for (size_t i = 0; i < trace->n; i = end) {
		end = i + 1;
		while (end < trace->n && trace->root[end] == i)
			end++;
		const size_t begin = out;
		for (; k < result->n && trace->at[k] < end; k++)
			out += utf8_size(result->cps[k]);
		const size_t len = trace->off[end] - trace->off[i];
		if (len == out - begin &&
		    memcmp(result->text + trace->off[i], result->out + begin, len) == 0)
			continue;
		const struct norm_edit edit = {
			.start = (uint32_t)(result->start + trace->off[i]),
			.end = (uint32_t)(result->start + trace->off[end]),
			.out_start = (uint32_t)(result->out_start + begin),
			.out_end = (uint32_t)(result->out_start + out),
		};
		const int rc = add_edit(trace, (uint32_t)i, result, edit, edits);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

void trace_free(struct trace *trace, const struct lafz_allocator *mem)
{
	mem_free(mem, trace->at);
	mem_free(mem, trace->alt_at);
	mem_free(mem, trace->off);
	mem_free(mem, trace->root);
	mem_free(mem, trace->head);
	mem_free(mem, trace->tail);
	mem_free(mem, trace->touches);
	*trace = (struct trace){0};
}
