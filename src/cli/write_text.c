/*
 * -f text: a sentence a line, the forms of its tokens split by one space; an empty line between
 * paragraphs and between documents. A token whose form is empty (ill-formed bytes that are dropped)
 * is left out, and so is a sentence of such tokens alone: an empty line always means a paragraph.
 */
#include "cli/write.h"

#define SHORT 64  /* the longest form that is copied in steps */
#define ROOM 2048 /* several such forms: nobody asks for room in between */

/* The forms that are written, as columns. */
struct forms {
	const char *text;
	size_t size;
	const uint32_t *start, *len, *end; /* either len or end is NULL */
	size_t n_inner; /* forms at the beginning that are PUT_STEP bytes or more from the end of text */
};

static uint32_t form_len(const struct forms *forms, size_t i)
{
	return forms->len ? forms->len[i] : forms->end[i] - forms->start[i];
}

static struct forms forms_of(const struct lafz_batch *batch, enum view view)
{
	struct forms forms = {
		batch->norm_text, batch->norm_size, batch->norm_off, batch->norm_len, NULL,
		batch->n};
	if (view == VIEW_SURFACE)
		forms = (struct forms){batch->text, batch->len, batch->start,
		                       NULL,        batch->end, batch->n};
	if (view == VIEW_KEY)
		forms = (struct forms){
			batch->key_text, batch->key_size, batch->key_off, batch->key_len, NULL,
			batch->n};
	while (forms.n_inner > 0) {
		const size_t last = forms.n_inner - 1;
		const size_t end = (size_t)forms.start[last] + form_len(&forms, last);
		if (end + PUT_STEP <= forms.size)
			break;
		forms.n_inner = last;
	}
	return forms;
}

/* A file begins, perhaps not the first one. */
static void head(struct writer *writer)
{
	writer->has_line = false;
}

static void begin(struct writer *writer)
{
	writer->is_new = true;
}

static void open_line(struct writer *writer, uint64_t par)
{
	if (writer->has_line && (writer->is_new || writer->par != par))
		sink_byte(writer->sink, '\n');
	if (!writer->has_line)
		writer->first_par = par;
	writer->has_line = true;
	writer->is_new = false;
	writer->par = par;
}

/* A form of any length, with ill-formed bytes or near the end, and a space. */
static char *put_any_form(struct sink *sink, char *dst, const char *form, size_t len, uint16_t flags)
{
	sink_take(sink, dst);
	write_value(sink, form, len, flags, sink_put);
	dst = sink_room(sink, ROOM);
	*dst = ' ';
	return dst + 1;
}

/* Asks for room again. The last byte, a space, stays within reach. */
static char *renew_room(struct sink *sink, char *dst)
{
	sink_take(sink, dst - 1);
	dst = sink_room(sink, ROOM);
	*dst = ' ';
	return dst + 1;
}

/*
 * The forms of a sentence from token i on, which has one, each with a space behind it; the last
 * space becomes the line's end. Returns the first token of the next sentence.
 */
static size_t write_sentence(struct sink *sink, const struct lafz_batch *batch,
                             const struct forms forms, size_t i)
{
	const uint32_t *sents = batch->sent;
	const uint16_t *flags = batch->flags;
	const size_t n = batch->n;
	const uint32_t sent = sents[i];
	char *dst = sink_room(sink, ROOM);
	const char *limit = dst + ROOM - 2 * SHORT;
	for (; i < n && sents[i] == sent; i++) {
		const char *form = forms.text + forms.start[i];
		const size_t len = form_len(&forms, i);
		if (dst > limit) {
			dst = renew_room(sink, dst);
			limit = dst + ROOM - 2 * SHORT;
		}
		if (len > SHORT || i >= forms.n_inner || (flags[i] & LAFZ_FLAG_REPAIRED)) {
			if (len == 0)
				continue;
			dst = put_any_form(sink, dst, form, len, flags[i]);
			limit = dst + ROOM - 2 * SHORT;
			continue;
		}
		memcpy(dst, form, PUT_STEP);
		for (size_t off = PUT_STEP; off < len; off += PUT_STEP)
			memcpy(dst + off, form + off, PUT_STEP);
		dst[len] = ' ';
		dst += len + (len > 0);
	}
	dst[-1] = '\n';
	sink_take(sink, dst);
	return i;
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	const struct forms forms = forms_of(batch, writer->args->view);
	for (size_t i = 0; i < batch->n;) {
		/* No sentence crosses a segment, and a batch holds whole ones. */
		if (form_len(&forms, i) == 0) {
			i++;
			continue;
		}
		open_line(writer, batch->par_base + batch->par[i]);
		i = write_sentence(writer->sink, batch, forms, i);
	}
}

const struct format_kind write_text = {
	.want = LAFZ_WANT_SENTS, /* and the view's own */
	.may_cut = true,
	.head = head,
	.begin = begin,
	.batch = write_batch,
};
