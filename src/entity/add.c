#include "entity/add.h"

static bool holds_bidi_control(const char *text, uint32_t start, uint32_t end)
{
	while (start < end) {
		const struct utf8 c = utf8_decode(text + start, end - start);
		if (ucd_is_bidi_control(c.cp))
			return true;
		start += c.len;
	}
	return false;
}

/* Notes the script of a word; what no letters are in has none. */
static void add_script(struct pieces *pieces, uint8_t script)
{
	if (script == UCD_SCRIPT_LATN)
		pieces->scripts |= PIECE_LATIN;
	else if (script == UCD_SCRIPT_ARAB)
		pieces->scripts |= PIECE_ARABIC;
	else if (script != UCD_SCRIPT_ZYYY && script != UCD_SCRIPT_ZINH)
		pieces->scripts |= PIECE_OTHER;
}

void add_piece(struct pieces *pieces, const struct view *view, size_t i, size_t end,
               const struct piece *piece)
{
	unsigned flags = 0, piece_flags = piece->flags;
	bool is_mixed = false;
	uint8_t script = UCD_SCRIPT_ZYYY;
	const uint32_t piece_end = view->atoms->off[end];
	for (; i < end; i++) {
		const unsigned own = view->atoms->flags[i];
		const uint8_t own_script = own & ATOM_LETTER ? view->atoms->script[i]
		                                             : (uint8_t)UCD_SCRIPT_ZYYY;
		is_mixed = is_mixed || (own_script && script && own_script != script);
		if (!script)
			script = own_script;
		flags |= own;
		if (view->atoms->cls[i] == UCD_ATOM_ILLFORMED)
			piece_flags |= LAFZ_FLAG_REPAIRED;
	}
	const bool is_text = piece->kind == LAFZ_KIND_WORD || piece->kind == LAFZ_KIND_HASHTAG;
	if (is_text && is_mixed)
		piece_flags |= LAFZ_FLAG_MIXED;
	if (piece->kind == LAFZ_KIND_WORD && flags & ATOM_UPPER && !(flags & ATOM_LOWER))
		piece_flags |= LAFZ_FLAG_UPPER;
	if (flags & ATOM_ZWNJ)
		piece_flags |= LAFZ_FLAG_ZWNJ;
	if (flags & ATOM_CONTROL && holds_bidi_control(view->text, piece->start, piece_end))
		piece_flags |= LAFZ_FLAG_BIDI;
	const size_t n = pieces->n++;
	pieces->start[n] = piece->start;
	pieces->end[n] = piece_end;
	pieces->flags[n] = (uint16_t)piece_flags;
	pieces->kind[n] = piece->kind;
	pieces->script[n] = script;
	if (piece->kind == LAFZ_KIND_WORD)
		add_script(pieces, script);
}

void add_word(struct pieces *pieces, const struct view *view, size_t i)
{
	const unsigned flags = view->atoms->flags[i];
	const bool is_upper = (flags & (ATOM_UPPER | ATOM_LOWER)) == ATOM_UPPER;
	const size_t n = pieces->n++;
	pieces->start[n] = view->atoms->off[i];
	pieces->end[n] = view->atoms->off[i + 1];
	pieces->flags[n] = (uint16_t)((is_upper ? LAFZ_FLAG_UPPER : 0) |
	                              (flags & ATOM_ZWNJ ? LAFZ_FLAG_ZWNJ : 0));
	pieces->kind[n] = LAFZ_KIND_WORD;
	pieces->script[n] = view->atoms->script[i];
	add_script(pieces, view->atoms->script[i]);
}
