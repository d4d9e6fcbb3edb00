/*
 * Standard input as normalised text of one language: a sentence a line, an empty line between paragraphs.
 *
 *	cc -o text text.c $(pkg-config --cflags --libs lafz)
 *	./text LANGUAGE <TEXT
 *
 * No token is looked at, so the library need not hand any out: lafz_next_text gives whole lines.
 */
#include <stdio.h>
#include <stdlib.h>

#include <lafz.h>

static void must(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "text: %s\n", what);
	exit(1);
}

/* Writes what can be said of the bytes that were fed. */
static void write_text(struct lafz_stream *stream)
{
	const struct lafz_text *text = NULL;
	int rc = LAFZ_OK;
	while ((rc = lafz_next_text(stream, &text)) == LAFZ_TEXT)
		must(fwrite(text->text, 1, text->len, stdout) == text->len, "cannot write");
	must(rc >= 0, lafz_strerror(rc));
}

int main(int argc, char **argv)
{
	static char chunk[1 << 16];
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	size_t len = 0;
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_NORM | LAFZ_WANT_SENTS; /* no keys */
	must(argc == 2, "usage: text LANGUAGE <TEXT");
	options.languages[0] = lafz_lang_id(argv[1]);
	options.n_languages = 1; /* nothing is guessed, and most lines need no tokens */
	must(options.languages[0] != LAFZ_LANG_NONE, "no such language");
	must(lafz_open(&stream, &options) == LAFZ_OK, "out of memory");
	while ((len = fread(chunk, 1, sizeof chunk, stdin)) > 0) {
		must(lafz_feed(stream, chunk, len) == LAFZ_OK, "too long");
		write_text(stream);
	}
	must(!ferror(stdin), "cannot read");
	must(lafz_finish(stream) == LAFZ_OK, "cannot end");
	write_text(stream);
	lafz_close(stream);
	must(fflush(stdout) == 0, "cannot write");
	return 0;
}
