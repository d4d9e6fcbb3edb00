/*
 * Profile nfc: each segment is composed as a whole, across its tokens and gaps.
 */
#include "batch/batch_parts.h"
#include "lang.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* Whether the character at off may be composed with what stands before it, or sorted before it. */
static bool joins_before(const char *text, uint32_t off, uint32_t end)
{
	if (off >= end || (unsigned char)text[off] < 0x80)
		return false;
	const struct ucd_row *row = ucd_get(utf8_decode(text + off, end - off).cp);
	return row->gc == UCD_GC_MN || row->gc == UCD_GC_MC || row->gc == UCD_GC_ME ||
	       row->gcb == UCD_GCB_V || row->gcb == UCD_GCB_T;
}

/* The tokens and bytes of a segment still to be composed. */
struct stretch {
	size_t token, token_end;
	uint32_t start, end; /* end: of the segment */
};

/* Where the token or gap that begins at off ends; *token moves on behind a token. */
static uint32_t next_border(const struct tokens *t, const struct stretch *rest, size_t *token,
                            uint32_t off)
{
	if (*token == rest->token_end)
		return rest->end;
	return t->start[*token] == off ? t->end[(*token)++] : t->start[*token];
}

/*
 * Edits for a stretch of several tokens and gaps that was composed as one: the first token has all
 * of it, the others nothing.
 */
static int share_edits(struct batch *batch, const struct batch_request *request,
                       const struct stretch *rest, size_t token_end, uint32_t end)
{
	static const char *const names[] = {"repair", "nfc"};
	const struct tokens *t = &batch->tokens;
	const struct norm_edits *const one = &batch->edits_of_one;
	const char *const changed = batch->changed.ptr;
	const uint32_t changed_len = (uint32_t)batch->changed.len;
	const uint32_t place = copy_place(&batch->norm, rest->start);
	bool is_mended = false, is_composed = false, is_first = true;
	for (size_t i = 0; i < one->n; i++) {
		const char *const rules = one->names.ptr + one->ptr[i].rules;
		is_mended |= rules[0] == 'r';
		is_composed |= strcmp(rules, names[0]) != 0;
	}
	size_t token = rest->token;
	uint32_t off = rest->start;
	while (off < end) {
		const bool is_token = token < token_end && t->start[token] == off;
		const uint8_t kind = is_token ? t->kind[token] : (uint8_t)LAFZ_KIND_SPACE;
		const uint16_t lang = is_token ? t->lang[token] : (uint16_t)LANG_UND;
		const uint32_t next = next_border(t, rest, &token, off);
		const uint32_t len = is_token && is_first ? changed_len : 0;
		struct norm_edit edit = {.start = off - rest->start, .end = next - rest->start};
		edit.out_start = is_first ? 0 : changed_len;
		edit.out_end = edit.out_start + len;
		is_first = is_first && !is_token;
		const char *const source = request->text + off;
		off = next;
		if (len == edit.end - edit.start && memcmp(source, changed, len) == 0)
			continue;
		batch->edits_of_one.n = 0;
		int rc = norm_edits_add(&batch->edits_of_one, request->mem, edit,
		                        names + (is_mended ? 0 : 1),
		                        is_mended && is_composed ? 2 : 1);
		const struct norm_request like = {.lang = lang, .kind = kind};
		if (rc == LAFZ_OK)
			rc = batch_take_edits(batch, request, rest->start, place, &like, kind);
		if (rc < 0)
			return rc;
	}
	return LAFZ_OK;
}

/* The edits of a stretch that has changed and ends before token_end, at end. */
static int stretch_edits(struct batch *batch, const struct batch_request *request,
                         const struct stretch *rest, size_t token_end, uint32_t end)
{
	const struct tokens *t = &batch->tokens;
	size_t token = rest->token;
	struct norm_request like = {.kind = LAFZ_KIND_SPACE};
	if (!batch_wants_edits(request))
		return LAFZ_OK;
	if (token < token_end && t->start[token] == rest->start)
		like = (struct norm_request){.lang = t->lang[token], .kind = t->kind[token]};
	if (next_border(t, rest, &token, rest->start) < end)
		return share_edits(batch, request, rest, token_end, end);
	return batch_take_edits(batch, request, rest->start, copy_place(&batch->norm, rest->start),
	                        &like, like.kind);
}

/*
 * Composes the shortest stretch that ends where nothing joins across: mostly one token or gap. If
 * it changes, the first token that begins in it has all of it as its norm, and further ones have
 * none.
 */
static int norm_stretch(struct batch *batch, const struct batch_request *request, struct stretch *rest)
{
	const struct tokens *t = &batch->tokens;
	const uint32_t start = rest->start;
	size_t token = rest->token;
	uint32_t end = next_border(t, rest, &token, start);
	while (joins_before(request->text, end, rest->end))
		end = next_border(t, rest, &token, end);
	batch->changed.len = 0;
	int rc = norm_nfc(&batch->work, request->mem, request->text + start, end - start,
	                  request->options->on_invalid, &batch->changed,
	                  batch_edits_for(batch, request));
	const uint32_t place = copy_place(&batch->norm, start);
	for (size_t i = rest->token; i < token; i++) {
		t->norm_off[i] = rc > 0 ? place : place + (t->start[i] - start);
		t->norm_len[i] = rc > 0 ? 0 : t->end[i] - t->start[i];
	}
	if (rc > 0 && rest->token < token)
		t->norm_len[rest->token] = (uint32_t)batch->changed.len;
	for (size_t i = rest->token + 1; rc > 0 && i < token; i++)
		t->norm_off[i] = place + (uint32_t)batch->changed.len;
	if (rc > 0) {
		rc = stretch_edits(batch, request, rest, token, end);
		if (rc == LAFZ_OK)
			rc = copy_change(&batch->norm, request->mem, request->text, start, end,
			                 batch->changed.ptr, batch->changed.len);
	}
	rest->token = token;
	rest->start = end;
	return rc;
}

/* Profile nfc composes each segment as a whole, gaps too. */
int batch_nfc(struct batch *batch, const struct batch_request *request)
{
	struct stretch rest = {0};
	for (size_t i = 0; i < batch->n_segments; i++) {
		rest.token_end = batch->segments[i].token_end;
		rest.end = batch->segments[i].end;
		while (rest.start < rest.end) {
			const int rc = norm_stretch(batch, request, &rest);
			if (rc < 0)
				return rc;
		}
		batch->segments[i].norm_end = copy_place(&batch->norm, rest.end);
	}
	return LAFZ_OK;
}
