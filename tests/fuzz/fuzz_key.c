/*
 * The key of any string: the bytes that are promised for any room, nothing written behind them, and its
 * laws (doc/key.md): the key of a key is that key, and so is the key of the text composed canonically.
 * lafz_nfc is held to its own promises on the way.
 *
 * The first two bytes are the room of a try that may be too small, the rest is the text.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "unicode/utf8.h"

static void make_key(const struct buf *text, struct buf *key)
{
	const size_t len = lafz_key(text->ptr, text->len, NULL, 0);
	key->ptr = fuzz_copy(NULL, 0);
	if (len > 0) {
		free(key->ptr);
		key->ptr = malloc(len);
		MUST(key->ptr, "out of memory");
	}
	key->len = len;
	MUST(lafz_key(text->ptr, text->len, key->ptr, len) == len, "the key has two lengths");
	fuzz_utf8("key", key->ptr, key->len);
}

/* With less room than the key has: as much as fits of its characters, and nothing behind it. */
static void check_room(const struct buf *text, const struct buf *key, size_t cap)
{
	char *out = malloc(cap > 0 ? cap : 1);
	MUST(out, "out of memory");
	memset(out, 0x7F, cap);
	MUST(lafz_key(text->ptr, text->len, out, cap) == key->len,
	     "the length depends on the room");
	size_t fits = 0;
	while (fits < key->len) {
		const size_t n = utf8_decode(key->ptr + fits, key->len - fits).len;
		if (fits + n > cap)
			break;
		fits += n;
	}
	MUST(memcmp(out, key->ptr, fits) == 0, "with a room of %zu bytes the key is another", cap);
	free(out);
}

static void check_nfc(const struct buf *text, struct buf *nfc)
{
	size_t len = 0, again = 0;
	nfc->ptr = malloc(3 * text->len + 1);
	MUST(nfc->ptr, "out of memory");
	MUST(lafz_nfc(text->ptr, text->len, nfc->ptr, 3 * text->len, &len) == LAFZ_OK &&
	             len <= 3 * text->len,
	     "lafz_nfc failed");
	nfc->len = len;
	fuzz_utf8("NFC", nfc->ptr, len);
	char *exact = malloc(len > 0 ? len : 1);
	MUST(exact, "out of memory");
	MUST(lafz_nfc(nfc->ptr, len, exact, len, &again) == LAFZ_OK, "lafz_nfc failed");
	const struct buf twice = {.ptr = exact, .len = again};
	fuzz_same("NFC, and NFC of the NFC", nfc, &twice);
	free(exact);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {(const char *)bytes, len};
	size_t cap = input_byte(&input);
	cap = cap << 8 | input_byte(&input);
	struct buf text = {.ptr = fuzz_copy(input.ptr, input.len), .len = input.len};
	struct buf key = {0}, again = {0}, nfc = {0}, of_nfc = {0};
	make_key(&text, &key);
	check_room(&text, &key, key.len > 0 ? cap % key.len : cap);
	check_room(&text, &key, cap);
	make_key(&key, &again);
	fuzz_same("key, and key of the key", &key, &again);
	check_nfc(&text, &nfc);
	make_key(&nfc, &of_nfc);
	fuzz_same("key, and key of the text composed", &key, &of_nfc);
	free(text.ptr);
	free(key.ptr);
	free(again.ptr);
	free(nfc.ptr);
	free(of_nfc.ptr);
	return 0;
}
