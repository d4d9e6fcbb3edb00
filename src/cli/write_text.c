/*
 * -f text: a sentence a line, the forms of its tokens split by one space; an empty line between
 * paragraphs and between documents. A token whose form is empty (ill-formed bytes that are dropped)
 * is left out, and so is a sentence of such tokens alone: an empty line always means a paragraph.
 *
 * The norm of a text lies in one piece, gaps included, and most tokens have one byte of white space between them. So what is
 * written is long stretches of that text, cut only where tokens lie otherwise or a sentence ends.
 */
#include "cli/write.h"

#define SHORT (2 * PUT_STEP) /* the longest form that is copied in steps */
#define MOST 256             /* such forms between two looks at the room in the sink */
#define ROOM (MOST * (SHORT + 1) + SHORT)
#define PART 512                                  /* tokens that are written in stretches at once */
#define STEP (4 * PUT_STEP)                       /* bytes of a stretch that are copied at once */
#define LONGEST (SINK_ROOM - 2 * PART - 2 * STEP) /* bytes of the text that they may take */

/* The forms that are written, as columns. */
struct forms {
	const char *text;
	size_t size;
	const uint32_t *start, *len, *end; /* either len or end is NULL */
	size_t n_inner; /* forms at the beginning that are SHORT bytes or more from the end of text */
	bool is_well_formed; /* all of them */
};

static inline uint32_t form_len(const struct forms *forms, size_t i)
{
	return forms->len ? forms->len[i] : forms->end[i] - forms->start[i];
}

/* Whether a form is empty. */
static bool has_empty(const uint32_t *len, size_t n)
{
	typedef uint32_t len_4 __attribute__((vector_size(PUT_STEP)));
	len_4 none = {0}, some;
	size_t i = 0;
	for (; n - i >= 4; i += 4) {
		memcpy(&some, len + i, sizeof some);
		none |= (len_4)(some == 0);
	}
	bool rest = false;
	for (; i < n; i++)
		rest |= len[i] == 0;
	return rest || put_any((put_bytes)none);
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
		.text = batch->norm_text,
		.size = batch->norm_size,
		.start = batch->norm_off,
		.len = batch->norm_len,
	};
	if (view == VIEW_SURFACE)
		forms = (struct forms){
			.text = batch->text,
			.size = batch->len,
			.start = batch->start,
			.end = batch->end,
		};
	if (view == VIEW_KEY)
		forms = (struct forms){
			.text = batch->key_text,
			.size = batch->key_size,
			.start = batch->key_off,
			.len = batch->key_len,
		};
	forms.is_well_formed = !has_repaired(batch);
	/* none of these then, so that their flags need not be looked at */
	forms.n_inner = forms.is_well_formed ? batch->n : 0;
	while (forms.n_inner > 0) {
		const size_t last = forms.n_inner - 1;
		const size_t end = (size_t)forms.start[last] + form_len(&forms, last);
		if (end + SHORT <= forms.size)
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

/* Sentence by sentence, token by token. */
static void write_sentences(struct writer *writer, const struct lafz_batch *batch,
                            const struct forms *forms)
{
	for (size_t i = 0; i < batch->n;) {
		/* No sentence crosses a segment, and a batch holds whole ones. */
		if (form_len(forms, i) == 0) {
			i++;
			continue;
		}
		open_line(writer, batch->par_base + batch->par[i]);
		i = write_sentence(writer->sink, batch, *forms, i);
	}
}

/* ---- In stretches ---- */

/*
 * The tokens from i to end, at most PART, that do not go on a stretch; before them is one more. behind: where forms end, or how
 * long they are. Returns how many.
 */
static inline size_t find_breaks(const uint32_t *start, const uint32_t *behind, bool is_len,
                                 const uint32_t *sents, size_t i, size_t end, uint32_t *breaks)
{
	typedef uint32_t four __attribute__((vector_size(16)));
	size_t n = 0;
	for (; end - i >= 4; i += 4) {
		four from, to, before, own, last;
		memcpy(&from, start + i, sizeof from);
		memcpy(&to, behind + i - 1, sizeof to);
		memcpy(&before, start + i - 1, sizeof before);
		memcpy(&own, sents + i, sizeof own);
		memcpy(&last, sents + i - 1, sizeof last);
		if (is_len)
			to += before;
		const four is_break = (four) ~((from - to == 1) & (own == last));
		for (size_t k = 0; k < 4; k++) {
			breaks[n] = (uint32_t)(i + k);
			n += is_break[k] & 1;
		}
	}
	for (; i < end; i++) {
		const uint32_t to = behind[i - 1] + (is_len ? start[i - 1] : 0);
		breaks[n] = (uint32_t)i;
		n += start[i] - to != 1 || sents[i] != sents[i - 1];
	}
	return n;
}

/* Sixteen bytes of which those below a space become one. */
static inline void put_spaced(char *dst, const char *text)
{
	unsigned char bytes[PUT_STEP];
	memcpy(bytes, text, PUT_STEP);
	for (size_t k = 0; k < PUT_STEP; k++)
		bytes[k] = bytes[k] > ' ' ? bytes[k] : ' ';
	memcpy(dst, bytes, PUT_STEP);
}

/* Copies a stretch of len bytes and up to STEP bytes behind it. White space is one byte between two tokens: a space. */
static inline char *put_stretch(char *dst, const char *text, size_t len)
{
	for (size_t at = 0;; at += STEP) {
		put_spaced(dst + at, text + at);
		put_spaced(dst + at + PUT_STEP, text + at + PUT_STEP);
		put_spaced(dst + at + 2 * PUT_STEP, text + at + 2 * PUT_STEP);
		put_spaced(dst + at + 3 * PUT_STEP, text + at + 3 * PUT_STEP);
		if (len <= at + STEP)
			return dst + len;
	}
}

/* The same where nothing behind it may be read. */
static char *put_last_stretch(char *dst, const char *text, size_t len)
{
	const size_t whole = len / STEP * STEP;
	char rest[STEP] = {0};
	if (whole > 0)
		dst = put_stretch(dst, text, whole);
	memcpy(rest, text + whole, len - whole);
	return put_stretch(dst, rest, len - whole);
}

/* What stands in front of token next of a batch, behind a form: a space, or a line's end, and an empty line between paragraphs. */
static inline char *put_break(char *dst, const uint32_t *sents, const uint32_t *pars, size_t next)
{
	dst[0] = sents[next] != sents[next - 1] ? '\n' : ' ';
	dst[1] = '\n';
	return dst + 1 + (pars[next] != pars[next - 1]);
}

/* A stretch of the text of the forms. */
static inline char *put_part_of(char *dst, const struct forms *forms, size_t from, size_t end)
{
	return end + STEP <= forms->size ? put_stretch(dst, forms->text + from, end - from)
	                                 : put_last_stretch(dst, forms->text + from, end - from);
}

/*
 * The tokens from i to end, of at most PART, and what stands behind each stretch of them but the last one. behind: where forms
 * end, or how long they are.
 */
static inline char *put_part(char *dst, const struct lafz_batch *batch, const struct forms forms,
                             const uint32_t *behind, bool is_len, size_t i, size_t end)
{
	const uint32_t *const sents = batch->sent, *const pars = batch->par, *const start = forms.start;
	uint32_t breaks[PART + 4];
	const size_t n = find_breaks(start, behind, is_len, sents, i + 1, end, breaks);
	uint32_t from = start[i];
	for (size_t k = 0; k < n; k++) {
		const size_t next = breaks[k], last = next - 1;
		dst = put_part_of(dst, &forms, from, (is_len ? start[last] : 0) + behind[last]);
		from = start[next];
		dst = put_break(dst, sents, pars, next);
	}
	return put_part_of(dst, &forms, from, (is_len ? start[end - 1] : 0) + behind[end - 1]);
}

/* Whether a batch can be written so: no form is empty or ill-formed, and no byte of a form is below the space. */
static bool has_stretches(const struct writer *writer, const struct lafz_batch *batch,
                          const struct forms *forms)
{
	const struct args *const args = writer->args;
	/* tokens may be left out; by UAX #29 they may hold white space; tables of a user may give what they like */
	if (selection_is_on(&args->selection) || args->options.rules == LAFZ_RULES_UAX29 ||
	    args->tables)
		return false;
	/* LAFZ_KIND_OTHER: control characters */
	if (!forms->is_well_formed || memchr(batch->kind, LAFZ_KIND_OTHER, batch->n))
		return false;
	/* no norm is empty but where one token has that of two */
	const bool may_be_empty = args->view == VIEW_KEY || args->options.profile == LAFZ_PROFILE_NFC;
	if (may_be_empty && has_empty(forms->len, batch->n))
		return false;
	for (size_t i = 0; i < batch->n; i += PART) {
		const size_t last = (batch->n - i < PART ? batch->n : i + PART) - 1;
		if ((size_t)forms->start[last] + form_len(forms, last) - forms->start[i] > LONGEST)
			return false;
	}
	return true;
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	const size_t n = batch->n;
	const struct forms forms = forms_of(batch, writer->args->view);
	if (n == 0)
		return;
	if (!has_stretches(writer, batch, &forms)) {
		write_sentences(writer, batch, &forms);
		return;
	}
	struct sink *const sink = writer->sink;
	open_line(writer, batch->par_base + batch->par[0]);
	for (size_t i = 0; i < n; i += PART) {
		const size_t end = n - i < PART ? n : i + PART;
		char *dst = sink_room(sink, SINK_ROOM);
		dst = forms.len ? put_part(dst, batch, forms, forms.len, true, i, end)
		                : put_part(dst, batch, forms, forms.end, false, i, end);
		sink_take(sink, end < n ? put_break(dst, batch->sent, batch->par, end) : dst);
	}
	writer->par = batch->par_base + batch->par[n - 1];
	sink_byte(sink, '\n');
}

/* The lines that the library has made. Where there was a line before in its document, an empty one may come first. */
static void write_whole_text(struct writer *writer, const struct lafz_text *text)
{
	const bool is_first = !writer->has_line || writer->is_new;
	const bool has_border = is_first && *text->text == '\n';
	if (writer->has_line && writer->is_new)
		sink_byte(writer->sink, '\n');
	if (!writer->has_line)
		writer->first_par = text->first_par;
	writer->has_line = true;
	writer->is_new = false;
	writer->par = text->last_par;
	sink_put(writer->sink, text->text + has_border, text->len - has_border);
}

const struct format_kind write_text = {
	.want = LAFZ_WANT_SENTS, /* and the view's own */
	.may_cut = true,
	.n_blocks = 4,
	.head = head,
	.begin = begin,
	.batch = write_batch,
	.text = write_whole_text,
};
