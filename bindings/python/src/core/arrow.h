/*
 * The Arrow C data interface: the two structs that it fixes (their layout is its promise), texts read from an array,
 * and arrays built of our own columns. https://arrow.apache.org/docs/format/CDataInterface.html
 */
#ifndef LAFZ_PYTHON_ARROW_H
#define LAFZ_PYTHON_ARROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARROW_FLAG_NULLABLE 2

struct ArrowSchema {
	const char *format;
	const char *name;
	const char *metadata;
	int64_t flags;
	int64_t n_children;
	struct ArrowSchema **children;
	struct ArrowSchema *dictionary;
	void (*release)(struct ArrowSchema *);
	void *private_data;
};

struct ArrowArray {
	int64_t length;
	int64_t null_count;
	int64_t offset;
	int64_t n_buffers;
	int64_t n_children;
	const void **buffers;
	struct ArrowArray **children;
	struct ArrowArray *dictionary;
	void (*release)(struct ArrowArray *);
	void *private_data;
};

/* ---- Texts of an array (arrow_texts.c) ---- */

enum texts_layout { TEXTS_SMALL, TEXTS_LARGE, TEXTS_VIEWS };

/* An array of strings or binaries, borrowed. */
struct texts {
	const struct ArrowArray *array;
	enum texts_layout layout;
	bool is_binary; /* need not be UTF-8 */
};

/* Whether an array of this schema can be read: formats u U vu z Z vz, without a dictionary. */
bool texts_open(struct texts *texts, const struct ArrowSchema *schema, const struct ArrowArray *array);

/* Entry i, from 0 to array->length - 1, its bytes the array's. False if it is null. */
bool texts_get(const struct texts *texts, int64_t i, const char **ptr, size_t *len);

/* ---- Arrays of our own (arrow_node.c) ---- */

#define NODE_BUFFERS 3
#define NODE_CHILDREN 20

/*
 * One array with its schema while it is built. Buffers are from malloc and go to the array; so do children and the
 * dictionary. A node set to all zero bytes is empty and can be freed.
 */
struct node {
	const char *format; /* fixed text */
	const char *name;   /* fixed text */
	int64_t length, null_count;
	int n_buffers;
	void *buffers[NODE_BUFFERS];
	int n_children;
	struct node *children[NODE_CHILDREN];
	struct node *dictionary;
};

/* Empty, with this format and name. NULL: no memory. */
struct node *node_new(const char *format, const char *name);

/* Gives a node back, and all below it. NULL is legal. */
void node_free(struct node *node);

/* Moves the node and all below it into the two structs, and frees it. False: no memory; the node is freed too. */
bool node_export(struct node *node, struct ArrowSchema *schema, struct ArrowArray *array);

#endif
