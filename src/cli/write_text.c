/*
 * -f text: a sentence a line, the forms of its tokens split by one space; an empty line between
 * paragraphs and between documents. A token whose form is empty (ill-formed bytes that are dropped)
 * is left out, and so is a sentence of such tokens alone: an empty line always means a paragraph.
 */
#include "cli/write.h"

#define SHORT (2 * PUT_STEP) /* the longest form that is copied in steps */
#define MOST 256             /* such forms between two looks at the room in the sink */
#define ROOM (MOST * (SHORT + 1) + SHORT)

/* The forms that are written, as columns. */
struct forms {
	const char *text;
	size_t size;
	const uint32_t *start, *len, *end; /* either len or end is NULL */
	size_t n_inner; /* forms at the beginning that are SHORT bytes or more from the end of text */
};

static inline uint32_t form_len(const struct forms *forms, size_t i)
{
	return forms->len ? forms->len[i] : forms->end[i] - forms->start[i];
}

/* Whether a token of the batch holds ill-formed bytes. */
static bool has_repaired(const struct lafz_batch *batch)
{
	typedef uint16_t flags_8 __attribute__((vector_size(PUT_STEP)));
	flags_8 all = {0}, some;
	size_t i = 0;
	for (; batch->n - i >= 8; i += 8) {
		memcpy(&some, batch->flags + i, sizeof some);
		all |= some;
	}
	uint16_t rest = 0;
	for (; i < batch->n; i++)
		rest |= batch->flags[i];
	return (rest & LAFZ_FLAG_REPAIRED) || put_any((put_bytes)(all & LAFZ_FLAG_REPAIRED));
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
		if (end + SHORT <= forms.size)
			break;
		forms.n_inner = last;
	}
	/* none of these then, so that their flags need not be looked at */
	if (has_repaired(batch))
		forms.n_inner = 0;
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
	if (len == 0)
		return dst;
	sink_take(sink, dst);
	write_value(sink, form, len, flags, sink_put);
	dst = sink_room(sink, ROOM);
	*dst = ' ';
	return dst + 1;
}

/* Asks for room again if there is too little. The last byte, a space, stays within reach. */
static inline char *more_room(struct sink *sink, char *dst)
{
	if ((size_t)(sink->buf + sink->cap - dst) >= ROOM)
		return dst;
	sink_take(sink, dst - 1);
	dst = sink_room(sink, ROOM);
	*dst = ' ';
	return dst + 1;
}

/*
 * The forms of the sentence of token *at from there on, each with a space behind it, up to the first that is empty or longer than
 * SHORT, and before end. They are inner ones and there is room for them.
 */
static inline char *put_short_forms(char *dst, const struct forms forms, const uint32_t *sents,
                                    size_t *at, size_t end)
{
	const uint32_t sent = sents[*at];
	size_t i = *at;
	do {
		const size_t len = form_len(&forms, i);
		if (len - 1 >= SHORT)
			break;
		memcpy(dst, forms.text + forms.start[i], SHORT);
		dst[len] = ' ';
		dst += len + 1;
		i++;
	} while (i < end && sents[i] == sent);
	*at = i;
	return dst;
}

/*
 * The forms of a sentence from token i on, which has one, each with a space behind it; the last
 * space becomes the line's end. Returns the first token of the next sentence.
 */
static size_t write_sentence(struct sink *sink, const struct lafz_batch *batch,
                             const struct forms forms, size_t i)
{
	const uint32_t *const sents = batch->sent;
	const size_t n = batch->n;
	const uint32_t sent = sents[i];
	char *dst = sink_room(sink, ROOM);
	for (;;) {
		const size_t most = i + MOST < n ? i + MOST : n;
		const size_t end = most < forms.n_inner ? most : forms.n_inner;
		if (i < end)
			dst = put_short_forms(dst, forms, sents, &i, end);
		if (i == n || sents[i] != sent)
			break;
		dst = more_room(sink, dst);
		if (i == end && i < forms.n_inner)
			continue;
		dst = put_any_form(sink, dst, forms.text + forms.start[i], form_len(&forms, i),
		                   batch->flags[i]);
		if (++i == n || sents[i] != sent)
			break;
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

/* The lines that the library has made. */
static void write_whole_text(struct writer *writer, const char *text, size_t len)
{
	if (writer->has_line && writer->is_new)
		sink_byte(writer->sink, '\n');
	writer->has_line = true;
	writer->is_new = false;
	sink_put(writer->sink, text, len);
}

const struct format_kind write_text = {
	.want = LAFZ_WANT_SENTS, /* and the view's own */
	.may_cut = true,
	.head = head,
	.begin = begin,
	.batch = write_batch,
	.text = write_whole_text,
};
