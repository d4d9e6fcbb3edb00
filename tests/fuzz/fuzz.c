#include "fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unicode/utf8.h"

#define SHOWN 60 /* bytes of a text in a message */

unsigned input_byte(struct text *input)
{
	if (input->len == 0)
		return 0;
	input->len--;
	return (unsigned char)*input->ptr++;
}

/* By Sebastiano Vigna, public domain. */
uint64_t fuzz_random(uint64_t *state)
{
	*state += UINT64_C(0x9E3779B97F4A7C15);
	uint64_t z = *state;
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

void fuzz_fail(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

static void show(const char *name, const struct buf *buf, size_t from)
{
	const size_t start = from > SHOWN / 2 ? from - SHOWN / 2 : 0;
	fprintf(stderr, "  %s, %zu bytes, from %zu:", name, buf->len, start);
	for (size_t i = start; i < buf->len && i < start + SHOWN; i++)
		fprintf(stderr, "%s%02X", i == from ? " *" : " ",
		        (unsigned)(unsigned char)buf->ptr[i]);
	fputc('\n', stderr);
}

void fuzz_same(const char *what, const struct buf *expected, const struct buf *actual)
{
	size_t at = 0;
	while (at < expected->len && at < actual->len && expected->ptr[at] == actual->ptr[at])
		at++;
	if (at == expected->len && at == actual->len)
		return;
	show("expected", expected, at);
	show("actual", actual, at);
	fuzz_fail("%s: differs", what);
}

void fuzz_utf8(const char *what, const char *text, size_t len)
{
	for (size_t off = 0; off < len;) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		MUST(c.status == UTF8_CHAR, "%s: ill-formed at %zu", what, off);
		off += c.len;
	}
}

void fuzz_add(struct buf *buf, const void *bytes, size_t len)
{
	MUST(buf_append(buf, &mem_default, bytes, len) == LAFZ_OK, "out of memory");
}

void fuzz_drop(struct buf *buf)
{
	buf_free(buf, &mem_default);
}

char *fuzz_copy(const char *text, size_t len)
{
	char *copy = malloc(len > 0 ? len : 1);
	MUST(copy, "out of memory");
	if (len > 0)
		memcpy(copy, text, len);
	return copy;
}
