/* Streams.table: an array of texts to an array of tokens or runs, without the interpreter's lock. */
#include "core.h"

#include <stdlib.h>

#include "columns.h"

/* One row through the stream; a status below 0, or 0. */
static int do_row(struct columns *columns, struct lafz_stream *stream, const char *ptr, size_t len)
{
	if (len > INT32_MAX)
		return COLUMNS_TOO_LONG;
	lafz_reset(stream);
	int rc = lafz_feed(stream, ptr, len);
	if (rc >= 0)
		rc = lafz_finish(stream);
	const struct lafz_batch *batch;
	while (rc >= 0 && (rc = lafz_next_batch(stream, &batch)) == LAFZ_BATCH)
		rc = columns_append(columns, batch);
	return rc;
}

/* All rows; the row that failed is left in *row. */
static int do_rows(struct columns *columns, struct lafz_stream *stream, const struct texts *texts, int64_t *row)
{
	for (*row = 0; *row < texts->array->length; (*row)++) {
		const char *ptr;
		size_t len;
		const bool is_there = texts_get(texts, *row, &ptr, &len);
		const int rc = is_there ? do_row(columns, stream, ptr, len) : COLUMNS_OK;
		if (rc < 0)
			return rc;
		columns_end_row(columns, !is_there);
	}
	return COLUMNS_OK;
}

static PyObject *raise_row(const struct core *core, int rc, const struct lafz_stream *stream, int64_t row)
{
	if (rc == COLUMNS_NO_MEMORY)
		return PyErr_NoMemory();
	if (rc == COLUMNS_TOO_LONG)
		return PyErr_Format(PyExc_OverflowError,
		                    "row %lld: a column holds at most 2^31 - 1 bytes; give smaller arrays", (long long)row);
	return raise_status(core, rc, stream);
}

static void close_schema(PyObject *capsule)
{
	struct ArrowSchema *const schema = PyCapsule_GetPointer(capsule, "arrow_schema");
	if (schema->release)
		schema->release(schema);
	free(schema);
}

static void close_array(PyObject *capsule)
{
	struct ArrowArray *const array = PyCapsule_GetPointer(capsule, "arrow_array");
	if (array->release)
		array->release(array);
	free(array);
}

/* The pair of capsules that __arrow_c_array__ is to return. */
static PyObject *capsules(struct columns *columns)
{
	struct node *const node = columns_node(columns);
	struct ArrowSchema *const schema = node ? calloc(1, sizeof *schema) : NULL;
	struct ArrowArray *const array = schema ? calloc(1, sizeof *array) : NULL;
	if (!array) {
		node_free(node);
		free(schema);
		return PyErr_NoMemory();
	}
	if (!node_export(node, schema, array)) {
		free(schema);
		free(array);
		return PyErr_NoMemory();
	}
	PyObject *const first = PyCapsule_New(schema, "arrow_schema", close_schema);
	if (!first) {
		schema->release(schema);
		free(schema);
	}
	PyObject *const second = PyCapsule_New(array, "arrow_array", close_array);
	if (!second) {
		array->release(array);
		free(array);
	}
	PyObject *const pair = first && second ? PyTuple_Pack(2, first, second) : NULL;
	Py_XDECREF(first);
	Py_XDECREF(second);
	return pair;
}

static int choose_columns(struct columns *columns, PyObject *names)
{
	for (Py_ssize_t i = 0; i < PyTuple_Size(names); i++) {
		const char *const name = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(names, i), NULL);
		if (!name)
			return -1;
		const enum field field = field_of(name);
		if (field == FIELDS || columns->n_columns == FIELDS) {
			PyErr_Format(PyExc_ValueError, "no column '%s'", name);
			return -1;
		}
		columns->column[columns->n_columns++].field = field;
	}
	return 0;
}

/*
 * table(schema, array, names, are_runs, has_names): the capsules of an array of texts; a tuple of columns, each at
 * most once (the caller sees to it, and that the options ask for what they need); whether an entry is a run;
 * whether names are strings. Returns capsules of a struct of a list of entries, the language and the sentences a row.
 */
PyObject *streams_table(PyObject *self, PyObject *args)
{
	struct streams *const streams = (struct streams *)self;
	const struct core *const core = core_of_object(self);
	PyObject *schema_capsule, *array_capsule, *names;
	int are_runs, has_names;
	if (!core || !PyArg_ParseTuple(args, "OOO!pp", &schema_capsule, &array_capsule, &PyTuple_Type, &names,
	                               &are_runs, &has_names))
		return NULL;
	struct ArrowSchema *const schema = PyCapsule_GetPointer(schema_capsule, "arrow_schema");
	struct ArrowArray *const array = schema ? PyCapsule_GetPointer(array_capsule, "arrow_array") : NULL;
	if (!array)
		return NULL;
	struct texts texts;
	if (!texts_open(&texts, schema, array)) {
		PyErr_Format(PyExc_TypeError, "an array of strings or binaries is needed, not of Arrow format '%s'%s",
		             schema->format, schema->dictionary ? " with a dictionary" : "");
		return NULL;
	}
	struct columns columns = {
		.are_runs = are_runs,
		.has_names = has_names,
		.is_binary = texts.is_binary,
		.keeps_bytes = texts.is_binary && streams->options.profile != LAFZ_PROFILE_STANDARD,
	};
	struct lafz_stream *stream = NULL;
	PyObject *result = NULL;
	int rc = 0;
	int64_t row = 0;
	if (choose_columns(&columns, names) < 0 || !(stream = streams_take(streams)))
		goto done;
	Py_BEGIN_ALLOW_THREADS
	rc = columns_init(&columns, (size_t)array->length);
	if (rc >= 0)
		rc = do_rows(&columns, stream, &texts, &row);
	Py_END_ALLOW_THREADS
	result = rc < 0 ? raise_row(core, rc, stream, row) : capsules(&columns);
done:
	streams_give(streams, stream);
	columns_free(&columns);
	return result;
}
