#include "norm/norm.h"

#include "norm/look.h"
#include "norm/standard.h"
#include "norm/tables.h"
#include "unicode/ucd.h"

static bool is_folded_script(uint8_t script)
{
	return script == UCD_SCRIPT_ARAB || script == UCD_SCRIPT_LATN ||
	       script == UCD_SCRIPT_ZYYY || script == UCD_SCRIPT_ZINH;
}

/* The norm of a token that a short look did not settle. */
static int standard(struct norm *norm, const struct lafz_allocator *mem, const struct norm_request *request,
                    const struct fold_table *table, enum look first_look, const char *text, size_t len,
                    struct buf *out, struct norm_edits *edits)
{
	const enum look look = look_again(request, table, first_look, text, len);
	if (look == LOOK_SETTLED)
		return 0;
	const bool is_word = request->kind == LAFZ_KIND_WORD && is_folded_script(request->script);
	if (look == LOOK_MARKS && !edits && is_word) {
		const int ordered = look_order_marks(mem, text, len, out);
		if (ordered != 0)
			return ordered;
	}
	if (look == LOOK_HAMZA && !edits && is_word) {
		const int joined = look_join_hamza(mem, table, text, len, out);
		if (joined != 0)
			return joined;
	}
	norm->tracing = edits ? &norm->trace : NULL;
	struct work_whole whole = {.text = text, .begin = out->len, .edits = edits};
	const size_t n_edits = edits ? edits->n : 0;
	int rc = LAFZ_OK;
	switch (request->kind) {
	case LAFZ_KIND_WORD:
	case LAFZ_KIND_HASHTAG:
		if (!is_folded_script(request->script))
			return norm_nfc(norm, mem, text, len, request->on_invalid, out, edits);
		whole.table = table;
		if (look == LOOK_SIMPLE && !edits)
			rc = look_fold(mem, table, text, len, out);
		else if (look == LOOK_JOINED && !edits)
			rc = look_join(norm, mem, table, text, len, out);
		else if (look == LOOK_IDLE && !edits && is_word)
			rc = look_drop_idle(mem, table->hints, text, len, out);
		else
			rc = standard_pieces(norm, mem, request, &whole, len, out);
		break;
	case LAFZ_KIND_URL:
	case LAFZ_KIND_EMAIL:
	case LAFZ_KIND_EMOJI:
		rc = standard_mend(norm, mem, request->on_invalid, &whole, len, out);
		break;
	default:
		rc = standard_pieces(norm, mem, request, &whole, len, out);
		break;
	}
	return work_finish(rc, text, len, out, whole.begin, edits, n_edits);
}

int norm_token(struct norm *norm, const struct lafz_allocator *mem,
               const struct norm_request *request, const char *text, size_t len, struct buf *out,
               struct norm_edits *edits)
{
	if (request->profile == LAFZ_PROFILE_NFC)
		return norm_nfc(norm, mem, text, len, request->on_invalid, out, edits);
	if (request->profile != LAFZ_PROFILE_STANDARD)
		return 0;
	const uint16_t lang = request->kind == LAFZ_KIND_WORD ? request->lang : LAFZ_LANG_UND;
	const struct fold_table *const table = request->tables ? tables_find(request->tables, lang)
	                                                       : fold_table(lang);
	const enum look look = norm->is_thorough ? LOOK_HARD : look_at(table, text, len);
	if (look == LOOK_SETTLED && request->options == 0 && !table->is_wide)
		return 0;
	return standard(norm, mem, request, table, look, text, len, out, edits);
}
