#include "core.h"

struct core *core_of(PyObject *module)
{
	return PyModule_GetState(module);
}

struct core *core_of_object(PyObject *self)
{
	return PyType_GetModuleState(Py_TYPE(self));
}

int text_of(PyObject *object, struct text *text)
{
	Py_ssize_t len;
	if (PyUnicode_Check(object)) {
		text->ptr = PyUnicode_AsUTF8AndSize(object, &len);
		if (!text->ptr)
			return -1;
	} else if (PyBytes_Check(object)) {
		char *ptr;
		if (PyBytes_AsStringAndSize(object, &ptr, &len) < 0)
			return -1;
		text->ptr = ptr;
	} else {
		PyErr_SetString(PyExc_TypeError, "text is a str or bytes");
		return -1;
	}
	text->len = (size_t)len;
	return 0;
}

PyObject *raise_status(const struct core *core, int status, const struct lafz_stream *stream)
{
	if (status == LAFZ_ERR_MEMORY)
		return PyErr_NoMemory();
	uint64_t offset = 0;
	const char *const message = lafz_error(stream, &offset);
	PyObject *const error = PyObject_CallFunction((PyObject *)core->error, "s", message);
	PyObject *const at = PyLong_FromUnsignedLongLong(offset);
	if (error && at && PyObject_SetAttrString(error, "offset", at) == 0)
		PyErr_SetObject(core->error, error);
	Py_XDECREF(at);
	Py_XDECREF(error);
	return NULL;
}

/* Room for a key on the stack; longer ones are made twice. */
#define KEY_ROOM 512

static PyObject *key(PyObject *module, PyObject *object)
{
	struct text text;
	char room[KEY_ROOM];
	(void)module;
	if (text_of(object, &text) < 0)
		return NULL;
	size_t len = lafz_key(text.ptr, text.len, room, sizeof room);
	if (len <= sizeof room)
		return PyUnicode_DecodeUTF8(room, (Py_ssize_t)len, NULL);
	char *const longer = PyMem_Malloc(len);
	if (!longer)
		return PyErr_NoMemory();
	lafz_key(text.ptr, text.len, longer, len);
	PyObject *const result = PyUnicode_DecodeUTF8(longer, (Py_ssize_t)len, NULL);
	PyMem_Free(longer);
	return result;
}

static PyObject *languages(PyObject *module, PyObject *unused)
{
	(void)unused;
	const struct core *const core = core_of(module);
	PyObject *const list = PyList_New(0);
	for (uint16_t i = 0; list && i < core->n_langs; i++) {
		char name[128] = "";
		lafz_lang_name(i, name, sizeof name);
		PyObject *const row = Py_BuildValue("ssIIs", lafz_lang_tag(i), lafz_lang_script(i), lafz_lang_support(i),
		                                    lafz_lang_evidence(i), name);
		const int rc = row ? PyList_Append(list, row) : -1;
		Py_XDECREF(row);
		if (rc < 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

static PyMethodDef functions[] = {
	{"key", key, METH_O, "key(text): the search key of a str or bytes"},
	{"languages", languages, METH_NOARGS, "languages(): tuples of tag, script, support, evidence, English name"},
	{NULL, NULL, 0, NULL},
};

static int add_constants(PyObject *module)
{
	if (PyModule_AddStringConstant(module, "version", lafz_version()) < 0 ||
	    PyModule_AddStringConstant(module, "rules_version", lafz_rules_version()) < 0)
		return -1;
	return 0;
}

static int exec(PyObject *module)
{
	struct core *const core = core_of(module);
	core->error = PyErr_NewExceptionWithDoc(
		"lafz.Error", "A text that cannot be read: ill-formed with on_invalid='fail', or too long. offset: the byte.",
		PyExc_ValueError, NULL);
	if (!core->error)
		return -1;
	Py_INCREF(core->error);
	if (PyModule_AddObject(module, "Error", core->error) < 0) {
		Py_DECREF(core->error);
		return -1;
	}
	if (tokens_init(module, core) < 0 || streams_init(module, core) < 0)
		return -1;
	return add_constants(module);
}

static void release(void *module)
{
	struct core *const core = core_of(module);
	if (!core)
		return;
	Py_XDECREF((PyObject *)core->token_type);
	Py_XDECREF((PyObject *)core->run_type);
	Py_XDECREF((PyObject *)core->edit_type);
	Py_XDECREF((PyObject *)core->streams_type);
	Py_XDECREF((PyObject *)core->reader_type);
	Py_XDECREF(core->error);
	for (size_t i = 0; i < N_KINDS; i++)
		Py_XDECREF(core->kinds[i]);
	for (size_t i = 0; i < N_SCRIPTS; i++)
		Py_XDECREF(core->scripts[i]);
	for (size_t i = 0; i < core->n_langs; i++)
		Py_XDECREF(core->langs[i]);
	PyMem_Free(core->langs);
	Py_XDECREF(core->no_flags);
	*core = (struct core){0};
}

static PyModuleDef_Slot slots[] = {
	{Py_mod_exec, exec},
	{0, NULL},
};

static struct PyModuleDef definition = {
	PyModuleDef_HEAD_INIT,
	.m_name = "lafz._core",
	.m_doc = "What lafz needs of liblafz.",
	.m_size = sizeof(struct core),
	.m_methods = functions,
	.m_slots = slots,
	.m_free = release,
};

PyMODINIT_FUNC PyInit__core(void);

PyMODINIT_FUNC PyInit__core(void)
{
	return PyModuleDef_Init(&definition);
}
