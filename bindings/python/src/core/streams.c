/*
 * Streams: the options of a tokenizer, and streams that wait for work. Any number of Python threads may use one: each
 * call has a stream of its own, and works without the interpreter's lock. Reader: one document that comes in chunks.
 */
#include "core.h"

/* ---- Options ---- */

static int fill_languages(struct lafz_options *options, PyObject *tags)
{
	const Py_ssize_t n = PyTuple_Size(tags);
	if (n > LAFZ_MAX_LANGUAGES) {
		PyErr_Format(PyExc_ValueError, "at most %d languages", LAFZ_MAX_LANGUAGES);
		return -1;
	}
	for (Py_ssize_t i = 0; i < n; i++) {
		const char *const tag = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(tags, i), NULL);
		if (!tag)
			return -1;
		const uint16_t lang = lafz_lang_id(tag);
		if (lang == LAFZ_LANG_NONE) {
			PyErr_Format(PyExc_ValueError, "unknown language '%s'", tag);
			return -1;
		}
		options->languages[i] = lang;
	}
	options->n_languages = (uint32_t)n;
	return 0;
}

static int fill_folds(struct streams *streams, PyObject *names)
{
	const Py_ssize_t n = PyTuple_Size(names);
	streams->folds = PyMem_Calloc((size_t)n + 1, sizeof *streams->folds);
	if (!streams->folds) {
		PyErr_NoMemory();
		return -1;
	}
	for (Py_ssize_t i = 0; i < n; i++)
		if (!(streams->folds[i] = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(names, i), NULL)))
			return -1;
	streams->options.folds = streams->folds;
	streams->options.n_folds = (uint32_t)n;
	return 0;
}

static int read_tables(struct streams *streams, const char *text, Py_ssize_t len)
{
	struct lafz_tables_error error;
	const int rc = lafz_tables_read(&streams->tables, text, (size_t)len, NULL, &error);
	if (rc == LAFZ_ERR_MEMORY) {
		PyErr_NoMemory();
		return -1;
	}
	if (rc < 0) {
		PyErr_Format(PyExc_ValueError, "tables, line %zu: %s", error.line, error.text);
		return -1;
	}
	streams->options.tables = streams->tables;
	return 0;
}

/*
 * Streams(languages, folds, tables, encoding, want, rules, profile, on_invalid, digits, switches, max_segment,
 * max_token, fold_confidence): tuples of str, bytes or None, str or None, numbers of the header, and in switches the bits 1 unwrap,
 * 2 strip_marks, 4 unify_punct, 8 lower, 16 drop_zwnj.
 */
static PyObject *streams_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
	PyObject *languages, *folds;
	const char *tables, *encoding;
	Py_ssize_t tables_len;
	unsigned want, rules, profile, on_invalid, digits, switches, max_segment, max_token;
	double fold_confidence;
	if (keywords && PyDict_Size(keywords) > 0) {
		PyErr_SetString(PyExc_TypeError, "Streams takes no keywords");
		return NULL;
	}
	if (!PyArg_ParseTuple(args, "O!O!z#zIIIIIIIId", &PyTuple_Type, &languages, &PyTuple_Type, &folds, &tables,
	                      &tables_len, &encoding, &want, &rules, &profile, &on_invalid, &digits, &switches,
	                      &max_segment, &max_token, &fold_confidence))
		return NULL;
	allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
	struct streams *const streams = (struct streams *)allocate(type, 0);
	if (!streams)
		return NULL;
	Py_INCREF(args);
	streams->kept = args;
	struct lafz_options *const options = &streams->options;
	lafz_options_init(options, sizeof *options);
	options->encoding = encoding;
	options->want = want;
	options->rules = (enum lafz_rules)rules;
	options->profile = (enum lafz_profile)profile;
	options->on_invalid = (enum lafz_invalid)on_invalid;
	options->digits = (enum lafz_digits)digits;
	options->unwrap = switches & 1;
	options->strip_marks = switches >> 1 & 1;
	options->unify_punct = switches >> 2 & 1;
	options->lower = switches >> 3 & 1;
	options->drop_zwnj = switches >> 4 & 1;
	options->max_segment = max_segment;
	options->max_token = max_token;
	options->fold_confidence = (float)fold_confidence;
	struct lafz_stream *stream = NULL;
	if (fill_languages(options, languages) < 0 || fill_folds(streams, folds) < 0 ||
	    (tables && read_tables(streams, tables, tables_len) < 0) || !(stream = streams_take(streams))) {
		Py_DECREF((PyObject *)streams);
		return NULL;
	}
	streams_give(streams, stream);
	return (PyObject *)streams;
}

static void streams_dealloc(PyObject *self)
{
	struct streams *const streams = (struct streams *)self;
	PyTypeObject *const type = Py_TYPE(self);
	for (size_t i = 0; i < streams->n_idle; i++)
		lafz_close(streams->idle[i]);
	PyMem_Free(streams->idle);
	PyMem_Free(streams->folds);
	lafz_tables_close(streams->tables);
	Py_XDECREF(streams->kept);
	freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
	release(self);
	Py_DECREF(type);
}

/* ---- Streams that wait ---- */

struct lafz_stream *streams_take(struct streams *streams)
{
	if (streams->n_idle > 0)
		return streams->idle[--streams->n_idle];
	struct lafz_stream *stream;
	const int rc = lafz_open(&stream, &streams->options);
	if (rc == LAFZ_OK)
		return stream;
	if (rc == LAFZ_ERR_MEMORY)
		PyErr_NoMemory();
	else
		PyErr_SetString(PyExc_ValueError, "an option has a value that it cannot have");
	return NULL;
}

void streams_give(struct streams *streams, struct lafz_stream *stream)
{
	if (!stream)
		return;
	if (streams->n_idle == streams->cap_idle) {
		const size_t cap = streams->cap_idle ? 2 * streams->cap_idle : 4;
		struct lafz_stream **const grown = PyMem_Realloc(streams->idle, cap * sizeof(struct lafz_stream *));
		if (!grown) {
			lafz_close(stream);
			return;
		}
		streams->idle = grown;
		streams->cap_idle = cap;
	}
	lafz_reset(stream);
	streams->idle[streams->n_idle++] = stream;
}

/* ---- Whole texts ---- */

/* What is done with each batch; 0, or -1 with an exception. */
typedef int batch_function(const struct core *core, struct lafz_stream *stream, const struct lafz_batch *batch,
                           void *ctx);

/* Hands every batch that is ready to a function. The status that ended it, or 1 with an exception. */
static int drain(const struct core *core, struct lafz_stream *stream, batch_function *use, void *ctx)
{
	for (;;) {
		const struct lafz_batch *batch;
		int rc;
		Py_BEGIN_ALLOW_THREADS
		rc = lafz_next_batch(stream, &batch);
		Py_END_ALLOW_THREADS
		if (rc != LAFZ_BATCH)
			return rc == LAFZ_MORE ? LAFZ_OK : rc;
		if (use(core, stream, batch, ctx) < 0)
			return 1;
	}
}

/* All of a text through a function; 0, or -1 with an exception. */
static int work(PyObject *self, struct text text, batch_function *use, void *ctx)
{
	const struct core *const core = core_of_object(self);
	struct streams *const streams = (struct streams *)self;
	struct lafz_stream *const stream = core ? streams_take(streams) : NULL;
	if (!stream)
		return -1;
	int rc = lafz_feed(stream, text.ptr, text.len);
	if (rc >= 0)
		rc = lafz_finish(stream);
	if (rc >= 0)
		rc = drain(core, stream, use, ctx);
	if (rc < 0)
		raise_status(core, rc, stream);
	streams_give(streams, stream);
	return rc == LAFZ_OK ? 0 : -1;
}

static int use_tokens(const struct core *core, struct lafz_stream *stream, const struct lafz_batch *batch, void *ctx)
{
	(void)stream;
	return tokens_append(core, batch, ctx);
}

static int use_runs(const struct core *core, struct lafz_stream *stream, const struct lafz_batch *batch, void *ctx)
{
	(void)stream;
	return runs_append(core, batch, ctx);
}

static PyObject *list_of(PyObject *self, PyObject *object, batch_function *use)
{
	struct text text;
	if (text_of(object, &text) < 0)
		return NULL;
	PyObject *const list = PyList_New(0);
	if (list && work(self, text, use, list) < 0) {
		Py_DECREF(list);
		return NULL;
	}
	return list;
}

static PyObject *streams_tokens(PyObject *self, PyObject *text)
{
	return list_of(self, text, use_tokens);
}

static PyObject *streams_runs(PyObject *self, PyObject *text)
{
	return list_of(self, text, use_runs);
}

struct edits_so_far {
	PyObject *list;
	struct text text;
	size_t bytes, chars;
};

static int use_edits(const struct core *core, struct lafz_stream *stream, const struct lafz_batch *batch, void *ctx)
{
	struct edits_so_far *const so_far = ctx;
	const struct lafz_edit *edits;
	size_t n;
	(void)batch;
	const int rc = lafz_edits(stream, &edits, &n);
	if (rc < 0) {
		raise_status(core, rc, stream);
		return -1;
	}
	return edits_append(core, edits, n, so_far->text, &so_far->bytes, &so_far->chars, so_far->list);
}

static PyObject *streams_edits(PyObject *self, PyObject *object)
{
	struct edits_so_far so_far = {0};
	if (text_of(object, &so_far.text) < 0 || !(so_far.list = PyList_New(0)))
		return NULL;
	if (work(self, so_far.text, use_edits, &so_far) < 0) {
		Py_DECREF(so_far.list);
		return NULL;
	}
	return so_far.list;
}

struct bytes {
	char *ptr; /* owned */
	size_t len, cap;
};

static int use_norm(const struct core *core, struct lafz_stream *stream, const struct lafz_batch *batch, void *ctx)
{
	struct bytes *const bytes = ctx;
	(void)core;
	(void)stream;
	if (batch->norm_size > bytes->cap - bytes->len) {
		const size_t cap = 2 * (bytes->len + batch->norm_size);
		char *const grown = PyMem_Realloc(bytes->ptr, cap);
		if (!grown) {
			PyErr_NoMemory();
			return -1;
		}
		bytes->ptr = grown;
		bytes->cap = cap;
	}
	if (batch->norm_size > 0)
		memcpy(bytes->ptr + bytes->len, batch->norm_text, batch->norm_size);
	bytes->len += batch->norm_size;
	return 0;
}

/* A str for a str, bytes for bytes. */
static PyObject *streams_normalize(PyObject *self, PyObject *object)
{
	struct text text;
	struct bytes bytes = {0};
	PyObject *result = NULL;
	if (text_of(object, &text) < 0)
		return NULL;
	if (work(self, text, use_norm, &bytes) == 0)
		result = PyUnicode_Check(object) ? PyUnicode_DecodeUTF8(bytes.ptr, (Py_ssize_t)bytes.len, "replace")
		                                 : PyBytes_FromStringAndSize(bytes.ptr, (Py_ssize_t)bytes.len);
	PyMem_Free(bytes.ptr);
	return result;
}

/* ---- A document in chunks ---- */

struct reader {
	PyObject_HEAD
	struct streams *streams;    /* owned reference */
	struct lafz_stream *stream; /* NULL: the document is over */
	bool is_busy;               /* a call is under way, without the interpreter's lock */
};

static PyObject *streams_reader(PyObject *self, PyObject *unused)
{
	(void)unused;
	const struct core *const core = core_of_object(self);
	if (!core)
		return NULL;
	allocfunc allocate = (allocfunc)PyType_GetSlot(core->reader_type, Py_tp_alloc);
	struct reader *const reader = (struct reader *)allocate(core->reader_type, 0);
	if (!reader)
		return NULL;
	Py_INCREF(self);
	reader->streams = (struct streams *)self;
	reader->stream = streams_take(reader->streams);
	if (!reader->stream) {
		Py_DECREF((PyObject *)reader);
		return NULL;
	}
	return (PyObject *)reader;
}

static void reader_dealloc(PyObject *self)
{
	struct reader *const reader = (struct reader *)self;
	PyTypeObject *const type = Py_TYPE(self);
	streams_give(reader->streams, reader->stream);
	Py_XDECREF((PyObject *)reader->streams);
	freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
	release(self);
	Py_DECREF(type);
}

/* The tokens of a chunk, or of the document's end: a list, or NULL with an exception. */
static PyObject *read_on(struct reader *reader, const struct text *chunk)
{
	const struct core *const core = core_of_object((PyObject *)reader);
	if (!core)
		return NULL;
	if (!reader->stream || reader->is_busy) {
		PyErr_SetString(PyExc_RuntimeError,
		                reader->is_busy ? "another thread is reading" : "the document has ended");
		return NULL;
	}
	PyObject *const list = PyList_New(0);
	if (!list)
		return NULL;
	reader->is_busy = true;
	int rc = chunk ? lafz_feed(reader->stream, chunk->ptr, chunk->len) : lafz_finish(reader->stream);
	if (rc >= 0)
		rc = drain(core, reader->stream, use_tokens, list);
	reader->is_busy = false;
	if (rc < 0)
		raise_status(core, rc, reader->stream);
	if (rc != LAFZ_OK || !chunk) {
		streams_give(reader->streams, reader->stream);
		reader->stream = NULL;
	}
	if (rc == LAFZ_OK)
		return list;
	Py_DECREF(list);
	return NULL;
}

static PyObject *reader_feed(PyObject *self, PyObject *object)
{
	struct text chunk;
	if (text_of(object, &chunk) < 0)
		return NULL;
	return read_on((struct reader *)self, &chunk);
}

static PyObject *reader_finish(PyObject *self, PyObject *unused)
{
	(void)unused;
	return read_on((struct reader *)self, NULL);
}

/* ---- Types ---- */

static PyMethodDef streams_methods[] = {
	{"tokens", streams_tokens, METH_O, "tokens(text): a list of Token"},
	{"runs", streams_runs, METH_O, "runs(text): a list of Run"},
	{"edits", streams_edits, METH_O, "edits(text): a list of Edit"},
	{"normalize", streams_normalize, METH_O, "normalize(text): str for str, bytes for bytes"},
	{"reader", streams_reader, METH_NOARGS, "reader(): a Reader"},
	{"table", streams_table, METH_VARARGS,
	 "table(schema, array, columns, are_runs, has_names): capsules of a struct array"},
	{NULL, NULL, 0, NULL},
};

static PyMethodDef reader_methods[] = {
	{"feed", reader_feed, METH_O, "feed(chunk): a list of the tokens that are complete"},
	{"finish", reader_finish, METH_NOARGS, "finish(): a list of the tokens that are left"},
	{NULL, NULL, 0, NULL},
};

static PyType_Slot streams_slots[] = {
	{Py_tp_new, streams_new},
	{Py_tp_dealloc, streams_dealloc},
	{Py_tp_methods, streams_methods},
	{Py_tp_doc, "The options of a tokenizer, and streams that wait for work."},
	{0, NULL},
};

static PyType_Slot reader_slots[] = {
	{Py_tp_dealloc, reader_dealloc},
	{Py_tp_methods, reader_methods},
	{Py_tp_doc, "One document that comes in chunks."},
	{0, NULL},
};

static PyType_Spec streams_spec = {"lafz._core.Streams", sizeof(struct streams), 0, Py_TPFLAGS_DEFAULT, streams_slots};
static PyType_Spec reader_spec = {"lafz._core.Reader", sizeof(struct reader), 0,
                                  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, reader_slots};

int streams_init(PyObject *module, struct core *core)
{
	core->streams_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &streams_spec, NULL);
	core->reader_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &reader_spec, NULL);
	if (!core->streams_type || !core->reader_type)
		return -1;
	return PyModule_AddType(module, core->streams_type);
}
