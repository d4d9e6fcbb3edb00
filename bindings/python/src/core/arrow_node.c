#include "arrow.h"

#include <stdlib.h>

struct node *node_new(const char *format, const char *name)
{
	struct node *const node = calloc(1, sizeof *node);
	if (!node)
		return NULL;
	node->format = format;
	node->name = name;
	return node;
}

void node_free(struct node *node)
{
	if (!node)
		return;
	for (int i = 0; i < NODE_BUFFERS; i++)
		free(node->buffers[i]);
	for (int i = 0; i < node->n_children; i++)
		node_free(node->children[i]);
	node_free(node->dictionary);
	free(node);
}

/* What an exported array owns beside its children and dictionary. */
struct owned {
	const void *buffers[NODE_BUFFERS];
	struct ArrowArray *children[NODE_CHILDREN];
};

/* A consumer may have moved a child away: its release is NULL then. */
static void release_array(struct ArrowArray *array)
{
	struct owned *const owned = array->private_data;
	for (int i = 0; i < NODE_BUFFERS; i++)
		free((void *)owned->buffers[i]);
	for (int64_t i = 0; i < array->n_children; i++) {
		if (array->children[i]->release)
			array->children[i]->release(array->children[i]);
		free(array->children[i]);
	}
	if (array->dictionary && array->dictionary->release)
		array->dictionary->release(array->dictionary);
	free(array->dictionary);
	free(owned);
	array->release = NULL;
}

static void release_schema(struct ArrowSchema *schema)
{
	for (int64_t i = 0; i < schema->n_children; i++) {
		if (schema->children[i]->release)
			schema->children[i]->release(schema->children[i]);
		free(schema->children[i]);
	}
	if (schema->dictionary && schema->dictionary->release)
		schema->dictionary->release(schema->dictionary);
	free(schema->dictionary);
	free(schema->private_data);
	schema->release = NULL;
}

static bool export_array(struct node *node, struct ArrowArray *array)
{
	struct owned *const owned = calloc(1, sizeof *owned);
	*array = (struct ArrowArray){0};
	if (!owned)
		return false;
	*array = (struct ArrowArray){
		.length = node->length,
		.null_count = node->null_count,
		.n_buffers = node->n_buffers,
		.buffers = owned->buffers,
		.children = owned->children,
		.release = release_array,
		.private_data = owned,
	};
	for (int i = 0; i < NODE_BUFFERS; i++) {
		owned->buffers[i] = node->buffers[i];
		node->buffers[i] = NULL;
	}
	for (int i = 0; i < node->n_children; i++) {
		owned->children[i] = calloc(1, sizeof *owned->children[i]);
		if (!owned->children[i])
			return false;
		array->n_children++;
		if (!export_array(node->children[i], owned->children[i]))
			return false;
	}
	if (!node->dictionary)
		return true;
	array->dictionary = calloc(1, sizeof *array->dictionary);
	return array->dictionary && export_array(node->dictionary, array->dictionary);
}

static bool export_schema(const struct node *node, struct ArrowSchema *schema)
{
	struct ArrowSchema **const children = calloc(NODE_CHILDREN, sizeof(struct ArrowSchema *));
	*schema = (struct ArrowSchema){0};
	if (!children)
		return false;
	*schema = (struct ArrowSchema){
		.format = node->format,
		.name = node->name,
		.flags = ARROW_FLAG_NULLABLE,
		.children = children,
		.release = release_schema,
		.private_data = children,
	};
	for (int i = 0; i < node->n_children; i++) {
		children[i] = calloc(1, sizeof *children[i]);
		if (!children[i])
			return false;
		schema->n_children++;
		if (!export_schema(node->children[i], children[i]))
			return false;
	}
	if (!node->dictionary)
		return true;
	schema->dictionary = calloc(1, sizeof *schema->dictionary);
	return schema->dictionary && export_schema(node->dictionary, schema->dictionary);
}

bool node_export(struct node *node, struct ArrowSchema *schema, struct ArrowArray *array)
{
	*array = (struct ArrowArray){0};
	bool is_done = export_schema(node, schema) && export_array(node, array);
	node_free(node);
	if (is_done)
		return true;
	if (schema->release)
		schema->release(schema);
	if (array->release)
		array->release(array);
	return false;
}
