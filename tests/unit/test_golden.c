/*
 * Golden files: each tests/golden/NAME.txt, read with the options in NAME.opts, must give NAME.tsv
 * byte for byte, fed whole and in chunks of 1 to 64 bytes. The pages of corpora/ must give the same
 * at every chunk size, and their tokens and gaps must rebuild them.
 *
 * With LAFZ_GOLDEN_WRITE=1 in the environment NAME.tsv is written instead; read the difference
 * before you keep it.
 *
 * NAME.opts has an option a line: language TAG, rules NAME, profile NAME, on-invalid NAME, max-
 * segment N, unwrap, gaps; lines that begin with # are notes. Without the file all is default.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>

#include "base/buf.h"
#include "quick_check.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

enum { MOST_NAMES = 200, MOST_PATH = 1024, LARGEST_CHUNK = 64 };

struct names {
	char *ptr[MOST_NAMES]; /* owned */
	int n;
};

static struct names goldens, pages;

/* ---- Files ---- */

static void path_of(const char *folder, const char *name, const char *ending, char path[MOST_PATH])
{
	const char *root = getenv("abs_top_srcdir");
	snprintf(path, MOST_PATH, "%s/%s/%s%s", root ? root : ".", folder, name, ending);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of the files that end in .txt, without the ending, sorted. */
static void list_names(const char *folder, struct names *names)
{
	char path[MOST_PATH];
	path_of(folder, "", "", path);
	DIR *dir = opendir(path);
	if (!dir)
		return;
	for (const struct dirent *entry = readdir(dir); entry && names->n < MOST_NAMES;
	     entry = readdir(dir)) {
		const size_t len = strlen(entry->d_name);
		if (len < 5 || strcmp(entry->d_name + len - 4, ".txt") != 0)
			continue;
		char *name = strdup(entry->d_name);
		if (!name)
			break;
		name[len - 4] = '\0';
		names->ptr[names->n++] = name;
	}
	closedir(dir);
	qsort(names->ptr, (size_t)names->n, sizeof *names->ptr, compare_names);
}

static void free_names(struct names *names)
{
	for (int i = 0; i < names->n; i++)
		free(names->ptr[i]);
}

static void append(struct buf *out, const char *text, size_t len)
{
	ck_assert_int_eq(buf_append(out, &mem_default, text, len), LAFZ_OK);
}

static void append_text(struct buf *out, const char *text)
{
	append(out, text, strlen(text));
}

static bool read_file(const char *path, struct buf *out)
{
	char chunk[4096];
	FILE *file = fopen(path, "rb");
	if (!file)
		return false;
	for (size_t n = fread(chunk, 1, sizeof chunk, file); n > 0;
	     n = fread(chunk, 1, sizeof chunk, file))
		append(out, chunk, n);
	fclose(file);
	return true;
}

static void write_file(const char *path, const struct buf *text)
{
	FILE *file = fopen(path, "wb");
	ck_assert_msg(file != NULL, "cannot write %s", path);
	const bool is_written = fwrite(text->ptr, 1, text->len, file) == text->len;
	ck_assert_msg((fclose(file) == 0) && is_written, "cannot write %s", path);
}

/* ---- Options ---- */

static unsigned choice(const char *value, const char *const names[], unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(value, names[i]) == 0)
			return i;
	ck_abort_msg("no such value: %s", value);
	return 0;
}

static void set_option(struct lafz_options *options, const char *name, const char *value)
{
	static const char *const rules[] = {"default", "search", "uax29"};
	static const char *const profiles[] = {"standard", "nfc", "none"};
	static const char *const invalids[] = {"replace", "drop", "fail"};
	if (strcmp(name, "language") == 0) {
		options->languages[options->n_languages++] = lafz_lang_id(value);
		ck_assert_msg(lafz_lang_id(value) != LAFZ_LANG_NONE, "no such language: %s", value);
	} else if (strcmp(name, "rules") == 0) {
		options->rules = (enum lafz_rules)choice(value, rules, 3);
	} else if (strcmp(name, "profile") == 0) {
		options->profile = (enum lafz_profile)choice(value, profiles, 3);
	} else if (strcmp(name, "on-invalid") == 0) {
		options->on_invalid = (enum lafz_invalid)choice(value, invalids, 3);
	} else if (strcmp(name, "max-segment") == 0) {
		options->max_segment = (uint32_t)strtoul(value, NULL, 10);
	} else if (strcmp(name, "max-token") == 0) {
		options->max_token = (uint32_t)strtoul(value, NULL, 10);
	} else if (strcmp(name, "unwrap") == 0) {
		options->unwrap = 1;
	} else if (strcmp(name, "gaps") == 0) {
		options->want |= LAFZ_WANT_GAPS;
	} else {
		ck_abort_msg("no such option: %s", name);
	}
}

static void read_options(const char *name, struct lafz_options *options)
{
	char path[MOST_PATH], line[256];
	lafz_options_init(options, sizeof *options);
	path_of("tests/golden", name, ".opts", path);
	FILE *file = fopen(path, "r");
	if (!file)
		return;
	while (fgets(line, sizeof line, file)) {
		char option[64] = "", value[64] = "";
		if (line[0] != '#' && sscanf(line, "%63s %63s", option, value) > 0)
			set_option(options, option, value);
	}
	fclose(file);
}

/* ---- Tokens as lines ---- */

/*
 * Whether a character is written as it is: not if it cannot be seen, or stands for itself in an
 * escape.
 */
static bool is_shown(const struct utf8 *c)
{
	const struct ucd_row *const row = ucd_get(c->cp);
	return c->status == UTF8_CHAR && c->cp != '\\' &&
	       !(row->flags & (UCD_IGNORABLE | UCD_WHITE_SPACE)) && row->gc != UCD_GC_CC &&
	       row->gc != UCD_GC_CF && row->gc != UCD_GC_CO && row->gc != UCD_GC_CN;
}

static void append_escaped(struct buf *out, const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		const struct utf8 c = utf8_decode(text + at, len - at);
		char escaped[16];
		if (is_shown(&c)) {
			append(out, text + at, c.len);
		} else if (c.status == UTF8_CHAR) {
			snprintf(escaped, sizeof escaped, c.cp > 0xFFFF ? "\\U%08X" : "\\u%04X",
			         (unsigned)c.cp);
			append_text(out, escaped);
		} else {
			for (size_t i = at; i < at + c.len; i++) {
				const unsigned byte = (unsigned char)text[i];
				snprintf(escaped, sizeof escaped, "\\x%02X", byte);
				append_text(out, escaped);
			}
		}
		at += c.len;
	}
}

static void append_flags(struct buf *out, uint16_t flags)
{
	const char *split = "";
	if (flags == 0)
		append_text(out, "-");
	for (unsigned bit = 1; bit < 0x10000; bit <<= 1) {
		if (!(flags & bit))
			continue;
		append_text(out, split);
		append_text(out, lafz_flag_name((uint16_t)bit));
		split = ",";
	}
}

static void append_token(struct buf *out, const struct lafz_token *token)
{
	char cell[64];
	const uint64_t numbers[] = {token->start, token->end,  token->cstart, token->cend,
	                            token->par,   token->sent, token->run};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		snprintf(cell, sizeof cell, "%lu\t", (unsigned long)numbers[i]);
		append_text(out, cell);
	}
	snprintf(cell, sizeof cell, "%s\t%s\t%s\t", lafz_lang_tag(token->lang),
	         lafz_script_tag(token->script), lafz_kind_name(token->kind));
	append_text(out, cell);
	append_flags(out, token->flags);
	append_text(out, "\t");
	append_escaped(out, token->surface, token->surface_len);
	append_text(out, "\t");
	if (token->norm_len == token->surface_len &&
	    memcmp(token->norm, token->surface, token->norm_len) == 0)
		append_text(out, "=");
	else
		append_escaped(out, token->norm, token->norm_len);
	append_text(out, "\n");
}

/* The lines of a text fed in chunks; rebuilt, if not NULL, gets the surfaces. */
static void read_tokens(const struct buf *text, size_t chunk, const struct lafz_options *options,
                        struct buf *out, struct buf *rebuilt)
{
	struct lafz_stream *stream = NULL;
	const struct lafz_token *token = NULL;
	out->len = 0;
	append_text(out, "#start\tend\tcstart\tcend\tpar\tsent\trun\tlang\tscript\tkind\tflags\tsur"
	                 "face\tnorm\n");
	ck_assert_int_eq(lafz_open(&stream, options), LAFZ_OK);
	size_t at = 0;
	int rc = LAFZ_MORE;
	while (rc == LAFZ_MORE) {
		/* A copy of its own for each chunk, so that reading beside it is seen. */
		const size_t len = text->len - at < chunk ? text->len - at : chunk;
		char *copy = malloc(len > 0 ? len : 1);
		ck_assert_ptr_nonnull(copy);
		if (len > 0)
			memcpy(copy, text->ptr + at, len);
		ck_assert_int_eq(len > 0 ? lafz_feed(stream, copy, len) : lafz_finish(stream),
		                 LAFZ_OK);
		at += len;
		while ((rc = lafz_next(stream, &token)) == LAFZ_TOKEN) {
			append_token(out, token);
			if (rebuilt)
				append(rebuilt, token->surface, token->surface_len);
		}
		free(copy);
	}
	if (rc < 0) {
		char line[128];
		uint64_t offset = 0;
		const char *message = lafz_error(stream, &offset);
		snprintf(line, sizeof line, "#failed at %lu: %s\n", (unsigned long)offset, message);
		append_text(out, line);
	}
	lafz_close(stream);
}

/* Fails with the first line that differs; chunk is 0 for the whole text. */
static void compare(const char *name, size_t chunk, const struct buf *got, const struct buf *want)
{
	size_t line = 1, start = 0, i = 0;
	for (; i < got->len && i < want->len && got->ptr[i] == want->ptr[i]; i++) {
		if (got->ptr[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	if (i == got->len && i == want->len)
		return;
	const char *g = got->ptr + start, *w = want->ptr + start;
	const char *g_end = memchr(g, '\n', got->len - start);
	const char *w_end = memchr(w, '\n', want->len - start);
	const int g_len = g_end ? (int)(g_end - g) : 0, w_len = w_end ? (int)(w_end - w) : 0;
	ck_abort_msg("%s, chunks of %zu bytes, line %zu\n  expected %.*s\n  got      %.*s", name,
	             chunk, line, w_len, w, g_len, g);
}

static size_t size_of_chunk(size_t chunk, const struct buf *text)
{
	return chunk > 0 ? chunk : text->len + 1;
}

static void free_buffers(struct buf *buffers[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_free(buffers[i], &mem_default);
}

START_TEST(test_file)
{
	const char *const name = goldens.ptr[_i];
	char path[MOST_PATH];
	struct buf text = {0}, got = {0}, want = {0};
	struct lafz_options options;
	read_options(name, &options);
	path_of("tests/golden", name, ".txt", path);
	ck_assert(read_file(path, &text));
	path_of("tests/golden", name, ".tsv", path);
	const char *is_writing = getenv("LAFZ_GOLDEN_WRITE");
	if (is_writing && *is_writing) {
		read_tokens(&text, text.len + 1, &options, &got, NULL);
		write_file(path, &got);
	}
	ck_assert_msg(read_file(path, &want), "no %s", path);
	for (size_t chunk = 0; chunk <= LARGEST_CHUNK; chunk++) {
		read_tokens(&text, size_of_chunk(chunk, &text), &options, &got, NULL);
		compare(name, chunk, &got, &want);
	}
	free_buffers((struct buf *[]){&text, &got, &want}, 3);
}
END_TEST

START_TEST(test_page)
{
	const char *const name = pages.ptr[_i];
	char path[MOST_PATH];
	struct buf text = {0}, got = {0}, want = {0}, rebuilt = {0};
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.want |= LAFZ_WANT_GAPS;
	path_of("corpora", name, ".txt", path);
	ck_assert(read_file(path, &text));
	read_tokens(&text, text.len + 1, &options, &want, &rebuilt);
	ck_assert_uint_eq(rebuilt.len, text.len);
	ck_assert_msg(memcmp(rebuilt.ptr, text.ptr, text.len) == 0, "%s is not rebuilt", name);
	for (size_t chunk = 1; chunk <= LARGEST_CHUNK; chunk++) {
		read_tokens(&text, chunk, &options, &got, NULL);
		compare(name, chunk, &got, &want);
	}
	free_buffers((struct buf *[]){&text, &got, &want, &rebuilt}, 4);
}
END_TEST

int main(void)
{
	list_names("tests/golden", &goldens);
	list_names("corpora", &pages);
	if (goldens.n == 0 || pages.n == 0) {
		fprintf(stderr, "no golden files, or no pages\n");
		return EXIT_FAILURE;
	}
	Suite *const suite = suite_create("golden");
	TCase *const tcase = tcase_create("files");
	tcase_set_timeout(tcase, NO_TIMEOUT);
	tcase_add_loop_test(tcase, test_file, 0, goldens.n);
	tcase_add_loop_test(tcase, test_page, 0, pages.n);
	suite_add_tcase(suite, tcase);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	free_names(&goldens);
	free_names(&pages);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
