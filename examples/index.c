/*
 * A small inverted index: in which lines of a text words stand.
 *
 *	cc -o index index.c $(pkg-config --cflags --libs lafz)
 *	./index QUERY <TEXT
 *
 * Each line is a document. The index holds the search keys of its tokens; the query is turned into keys in
 * the same way, so both meet however they were typed.
 */
#define _POSIX_C_SOURCE 200809L
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>

struct word {
	char *key;
	size_t *lines; /* numbers from 1, each once */
	size_t n;
};

static void must(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "index: %s\n", what);
	exit(1);
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct word *)a)->key, ((const struct word *)b)->key);
}

/* A key of a line goes to the tree, or, if there is no line, is looked for in it. */
static void use_key(void **tree, char *key, size_t line)
{
	const struct word wanted = {.key = key};
	struct word **found = tfind(&wanted, tree, compare);
	if (line == 0) {
		printf("%s:", key);
		for (size_t i = 0; found && i < (*found)->n; i++)
			printf(" %zu", (*found)->lines[i]);
		putchar('\n');
		return;
	}
	if (!found) {
		struct word *const word = calloc(1, sizeof *word);
		must(word && (word->key = strdup(key)), "out of memory");
		must((found = tsearch(word, tree, compare)) != NULL, "out of memory");
	}
	struct word *const word = *found;
	if (word->n > 0 && word->lines[word->n - 1] == line)
		return;
	if ((word->n & (word->n - 1)) == 0) /* full at 0, 1, 2, 4, 8 */
		word->lines = realloc(word->lines, (word->n ? 2 * word->n : 1) * sizeof *word->lines);
	must(word->lines != NULL, "out of memory");
	word->lines[word->n++] = line;
}

/* One stream serves all documents, one after the other. */
static void use_text(void **tree, struct lafz_stream *stream, const char *text, size_t len,
                     size_t line)
{
	const struct lafz_token *token = NULL;
	int rc = LAFZ_OK;
	lafz_reset(stream);
	must(lafz_feed(stream, text, len) == LAFZ_OK && lafz_finish(stream) == LAFZ_OK, "too long");
	while ((rc = lafz_next(stream, &token)) == LAFZ_TOKEN) {
		if (token->kind == LAFZ_KIND_PUNCT || token->kind == LAFZ_KIND_SYMBOL)
			continue;
		char *const key = strndup(token->key, token->key_len);
		must(key != NULL, "out of memory");
		use_key(tree, key, line);
		free(key);
	}
	must(rc == LAFZ_OK, lafz_strerror(rc));
}

int main(int argc, char **argv)
{
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	void *tree = NULL;
	char *text = NULL;
	size_t cap = 0;
	ssize_t len = 0;
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_KEY;      /* no languages, no sentences: faster */
	options.rules = LAFZ_RULES_SEARCH; /* tokens do not depend on a guess */
	must(argc == 2, "usage: index QUERY <TEXT");
	must(lafz_open(&stream, &options) == LAFZ_OK, "out of memory");
	for (size_t line = 1; (len = getline(&text, &cap, stdin)) >= 0; line++)
		use_text(&tree, stream, text, (size_t)len, line);
	use_text(&tree, stream, argv[1], strlen(argv[1]), 0);
	while (tree) {
		struct word *const word = *(struct word **)tree;
		tdelete(word, &tree, compare);
		free(word->key);
		free(word->lines);
		free(word);
	}
	free(text);
	lafz_close(stream);
	return 0;
}
