/* Tokens, runs and edits as named tuples. */
#include "core.h"

#include "run.h"

static PyStructSequence_Field token_fields[] = {
	{"surface", "the source itself; ill-formed bytes as U+FFFD"},
	{"norm", "right spelling in the letters of its run's language; None if it was not asked for"},
	{"key", "search key, independent of the language; None if it was not asked for"},
	{"start", "index of its first character in the text"},
	{"end", "index behind its last character"},
	{"byte_start", "offset of its first byte in the text as UTF-8, or in the bytes that were given"},
	{"byte_end", "offset behind its last byte"},
	{"kind", "word number punct symbol emoji url email mention hashtag time date other, or space for a gap"},
	{"script", "ISO 15924 tag of its letters; Zyyy if it has none"},
	{"lang", "BCP 47 tag of its run"},
	{"confidence", "of the run's language, 0 to 1"},
	{"flags", "names of what is worth knowing about it: abbreviation, contraction, zwnj ..."},
	{"par", "number of its paragraph in the text, from 0"},
	{"sent", "number of its sentence"},
	{"run", "number of its run"},
	{NULL, NULL},
};

static PyStructSequence_Field run_fields[] = {
	{"text", "the source from its first token to its last"},
	{"start", "index of its first character in the text"},
	{"end", "index behind its last character"},
	{"byte_start", "offset of its first byte"},
	{"byte_end", "offset behind its last byte"},
	{"script", "ISO 15924 tag"},
	{"lang", "BCP 47 tag; und if no language is sure"},
	{"confidence", "of the language, 0 to 1"},
	{NULL, NULL},
};

static PyStructSequence_Field edit_fields[] = {
	{"source", "what stood there"},
	{"text", "what stands there in norm; may be empty"},
	{"start", "index of the first character that was replaced"},
	{"end", "index behind the last one"},
	{"byte_start", "offset of the first byte that was replaced"},
	{"byte_end", "offset behind the last one"},
	{"rules", "names of the rules that made it so, in their order"},
	{"lang", "BCP 47 tag of the language whose tables were used"},
	{"kind", "kind of the token"},
	{NULL, NULL},
};

static PyTypeObject *named_tuple(PyObject *module, PyStructSequence_Desc *desc)
{
	PyTypeObject *const type = PyStructSequence_NewType(desc);
	if (type && PyModule_AddType(module, type) < 0) {
		Py_DECREF(type);
		return NULL;
	}
	return type;
}

static int init_names(struct core *core)
{
	for (uint8_t i = 0; i < N_KINDS; i++)
		if (!(core->kinds[i] = PyUnicode_InternFromString(lafz_kind_name(i))))
			return -1;
	for (size_t i = 0; i < N_SCRIPTS; i++)
		if (!(core->scripts[i] = PyUnicode_InternFromString(lafz_script_tag((uint8_t)i))))
			return -1;
	const uint16_t n_langs = lafz_lang_count();
	core->langs = PyMem_Calloc(n_langs, sizeof *core->langs);
	if (!core->langs) {
		PyErr_NoMemory();
		return -1;
	}
	for (; core->n_langs < n_langs; core->n_langs++) {
		PyObject *const tag = PyUnicode_InternFromString(lafz_lang_tag((uint16_t)core->n_langs));
		if (!tag)
			return -1;
		core->langs[core->n_langs] = tag;
	}
	core->no_flags = PyTuple_New(0);
	return core->no_flags ? 0 : -1;
}

int tokens_init(PyObject *module, struct core *core)
{
	PyStructSequence_Desc token = {"lafz.Token", "A token of a text.", token_fields, 15};
	PyStructSequence_Desc run = {"lafz.Run", "A row of tokens of one script and one language.", run_fields, 8};
	PyStructSequence_Desc edit = {"lafz.Edit", "A place where norm differs from the source.", edit_fields, 9};
	core->token_type = named_tuple(module, &token);
	core->run_type = named_tuple(module, &run);
	core->edit_type = named_tuple(module, &edit);
	if (!core->token_type || !core->run_type || !core->edit_type)
		return -1;
	return init_names(core);
}

static PyObject *shared(PyObject *object)
{
	Py_INCREF(object);
	return object;
}

static PyObject *none(void)
{
	return shared(Py_None);
}

static PyObject *decode(const char *ptr, size_t len)
{
	return PyUnicode_DecodeUTF8(ptr, (Py_ssize_t)len, "replace");
}

static uint64_t byte_offset(const struct lafz_batch *batch, uint32_t at)
{
	return batch->base + (batch->source_at ? batch->source_at[at] : at);
}

static PyObject *flag_names(const struct core *core, unsigned flags)
{
	if (flags == 0)
		return shared(core->no_flags);
	Py_ssize_t n = 0;
	for (unsigned rest = flags; rest; rest &= rest - 1)
		n++;
	PyObject *const names = PyTuple_New(n);
	if (!names)
		return NULL;
	n = 0;
	for (unsigned bit = 1; bit <= flags; bit <<= 1) {
		if (!(flags & bit))
			continue;
		PyObject *const name = PyUnicode_InternFromString(lafz_flag_name((uint16_t)bit));
		if (!name || PyTuple_SetItem(names, n++, name) < 0) {
			Py_DECREF(names);
			return NULL;
		}
	}
	return names;
}

/* A named tuple while it is filled from left to right. */
struct filling {
	PyObject *tuple;
	Py_ssize_t n;
	bool has_failed;
};

/* Takes the reference; NULL is a failure. */
static void put(struct filling *filling, PyObject *item)
{
	if (item && filling->tuple)
		PyStructSequence_SetItem(filling->tuple, filling->n, item);
	else
		Py_XDECREF(item);
	filling->has_failed |= !item;
	filling->n++;
}

static void put_number(struct filling *filling, uint64_t number)
{
	put(filling, PyLong_FromUnsignedLongLong(number));
}

static struct filling begin(PyTypeObject *type)
{
	PyObject *const tuple = PyStructSequence_New(type);
	return (struct filling){.tuple = tuple, .has_failed = !tuple};
}

/* Appends the tuple to the list, unless something failed. */
static int finish(struct filling *filling, PyObject *list)
{
	const int rc = filling->has_failed ? -1 : PyList_Append(list, filling->tuple);
	Py_XDECREF(filling->tuple);
	return rc;
}

/* The norm or key of a token: None without a column, the surface object where it is the same text. */
static PyObject *view(const char *text, const uint32_t *off, const uint32_t *len, size_t i, PyObject *surface,
                      const char *source, size_t source_len, bool is_repaired)
{
	if (!off)
		return none();
	if (surface && !is_repaired && len[i] == source_len && memcmp(text + off[i], source, source_len) == 0)
		return shared(surface);
	return decode(text + off[i], len[i]);
}

static int append_token(const struct core *core, const struct lafz_batch *batch, size_t i, PyObject *list)
{
	const char *const source = batch->text + batch->start[i];
	const size_t len = batch->end[i] - batch->start[i];
	const bool is_repaired = batch->flags[i] & LAFZ_FLAG_REPAIRED;
	PyObject *const surface = decode(source, len);
	struct filling filling = begin(core->token_type);
	put(&filling, surface);
	put(&filling, view(batch->norm_text, batch->norm_off, batch->norm_len, i, surface, source, len, is_repaired));
	put(&filling, view(batch->key_text, batch->key_off, batch->key_len, i, surface, source, len, is_repaired));
	put_number(&filling, batch->cbase + batch->cstart[i]);
	put_number(&filling, batch->cbase + batch->cend[i]);
	put_number(&filling, byte_offset(batch, batch->start[i]));
	put_number(&filling, byte_offset(batch, batch->end[i]));
	put(&filling, shared(core->kinds[batch->kind[i]]));
	put(&filling, shared(core->scripts[batch->script[i]]));
	put(&filling, batch->lang ? shared(core->langs[batch->lang[i]]) : none());
	put(&filling, batch->confidence ? PyFloat_FromDouble((double)batch->confidence[i]) : none());
	put(&filling, flag_names(core, batch->flags[i]));
	put_number(&filling, batch->par_base + batch->par[i]);
	put(&filling, batch->sent ? PyLong_FromUnsignedLongLong(batch->sent_base + batch->sent[i]) : none());
	put(&filling, batch->run ? PyLong_FromUnsignedLongLong(batch->run_base + batch->run[i]) : none());
	return finish(&filling, list);
}

int tokens_append(const struct core *core, const struct lafz_batch *batch, PyObject *list)
{
	for (size_t i = 0; i < batch->n; i++)
		if (append_token(core, batch, i, list) < 0)
			return -1;
	return 0;
}

int runs_append(const struct core *core, const struct lafz_batch *batch, PyObject *list)
{
	for (size_t first = 0; first < batch->n;) {
		struct run run = run_at(batch, first);
		struct filling filling = begin(core->run_type);
		const uint32_t start = batch->start[first], end = batch->end[run.last];
		put(&filling, decode(batch->text + start, end - start));
		put_number(&filling, batch->cbase + batch->cstart[first]);
		put_number(&filling, batch->cbase + batch->cend[run.last]);
		put_number(&filling, byte_offset(batch, start));
		put_number(&filling, byte_offset(batch, end));
		put(&filling, shared(core->scripts[run.script]));
		put(&filling, shared(core->langs[batch->lang[first]]));
		put(&filling, PyFloat_FromDouble((double)batch->confidence[first]));
		if (finish(&filling, list) < 0)
			return -1;
		first = run.last + 1;
	}
	return 0;
}

static size_t count_chars(const char *ptr, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)ptr[i] & 0xC0) != 0x80;
	return n;
}

int edits_append(const struct core *core, const struct lafz_edit *edits, size_t n, struct text text, size_t *bytes,
                 size_t *chars, PyObject *list)
{
	for (size_t i = 0; i < n; i++) {
		const struct lafz_edit *const edit = &edits[i];
		const size_t start = (size_t)edit->start, end = (size_t)edit->end;
		*chars += count_chars(text.ptr + *bytes, start - *bytes);
		const size_t n_replaced = count_chars(text.ptr + start, end - start);
		struct filling filling = begin(core->edit_type);
		put(&filling, decode(edit->source, edit->source_len));
		put(&filling, decode(edit->text, edit->text_len));
		put_number(&filling, *chars);
		put_number(&filling, *chars + n_replaced);
		put_number(&filling, edit->start);
		put_number(&filling, edit->end);
		put(&filling, PyUnicode_FromString(edit->rules));
		put(&filling, shared(core->langs[edit->lang]));
		put(&filling, shared(core->kinds[edit->kind]));
		if (finish(&filling, list) < 0)
			return -1;
		*bytes = end;
		*chars += n_replaced;
	}
	return 0;
}
