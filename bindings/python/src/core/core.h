/*
 * lafz._core: what the Python package needs of liblafz, as thin as can be. Options are checked and explained by
 * the Python side; here are streams, tokens as tuples, and columns of Arrow.
 *
 * Only the limited interface of CPython 3.10 is used, so one build serves every later version.
 */
#ifndef LAFZ_PYTHON_CORE_H
#define LAFZ_PYTHON_CORE_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030A0000
#include <Python.h>

#include <stdbool.h>
#include <string.h>

#include <lafz.h>

#define N_KINDS 13
#define N_SCRIPTS 256

/* The module's own: types, and the names that tokens share. All references are owned. */
struct core {
	PyTypeObject *token_type;
	PyTypeObject *run_type;
	PyTypeObject *edit_type;
	PyTypeObject *streams_type;
	PyTypeObject *reader_type;
	PyObject *error;               /* lafz.Error */
	PyObject *kinds[N_KINDS];
	PyObject *scripts[N_SCRIPTS];
	PyObject **langs;              /* n_langs of them */
	size_t n_langs;
	PyObject *no_flags;            /* the empty tuple */
};

struct core *core_of(PyObject *module);

/* The core of an object of one of our types; they have no subclasses. */
struct core *core_of_object(PyObject *self);

/*
 * A stretch of text as Python gave it: a str in UTF-8, or bytes. Lives as long as its object. Fails with TypeError.
 * A str with a surrogate fails with UnicodeEncodeError.
 */
struct text {
	const char *ptr;
	size_t len; /* bytes */
};
int text_of(PyObject *object, struct text *text);

/* A status below 0 of a stream as an exception: MemoryError, or lafz.Error with offset. Returns NULL. */
PyObject *raise_status(const struct core *core, int status, const struct lafz_stream *stream);

/* ---- tokens.c ---- */

int tokens_init(PyObject *module, struct core *core);

/* Appends a Token for each entry of the batch to a list. 0, or -1 with an exception. */
int tokens_append(const struct core *core, const struct lafz_batch *batch, PyObject *list);

/* The same by runs. */
int runs_append(const struct core *core, const struct lafz_batch *batch, PyObject *list);

/*
 * The same by edits. *chars and *bytes say how many characters and bytes of the text lie before the place that was
 * counted last; both begin at 0.
 */
int edits_append(const struct core *core, const struct lafz_edit *edits, size_t n, struct text text, size_t *bytes,
                 size_t *chars, PyObject *list);

/* ---- streams.c ---- */

int streams_init(PyObject *module, struct core *core);

struct streams {
	PyObject_HEAD
	struct lafz_options options;
	struct lafz_tables *tables;  /* owned; NULL: the built-in ones */
	PyObject *kept;              /* owned: a tuple of the objects that the options point into */
	const char **folds;          /* owned, pointing into kept */
	struct lafz_stream **idle;   /* owned: streams that nobody uses now */
	size_t n_idle, cap_idle;
};

/* A stream of these options, reset, for one caller: idle or new. NULL with an exception. */
struct lafz_stream *streams_take(struct streams *streams);

/* Gives it back. NULL is legal. */
void streams_give(struct streams *streams, struct lafz_stream *stream);

/* ---- table.c ---- */

/* Streams.table: see there. */
PyObject *streams_table(PyObject *self, PyObject *args);

#endif
