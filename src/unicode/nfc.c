#include "unicode/nfc.h"

#include <string.h>

#include <utf8proc.h>

#include "gen/nfc_qc.h"
#include "unicode/ucd.h"

#define SHORT_ROW 16 /* marks; up to here moving each to its place beats counting */

size_t nfc_parts(uint32_t cp, uint32_t parts[NFC_PARTS])
{
	utf8proc_int32_t out[NFC_PARTS];
	const utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, out, NFC_PARTS,
	                                                   UTF8PROC_DECOMPOSE, NULL);
	if (n < 1 || n > NFC_PARTS) {
		parts[0] = cp;
		return 1;
	}
	for (utf8proc_ssize_t i = 0; i < n; i++)
		parts[i] = (uint32_t)out[i];
	return (size_t)n;
}

static void order_short(uint32_t *row, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const uint32_t cp = row[i];
		const uint8_t ccc = ucd_get(cp)->ccc;
		size_t j = i;
		for (; j > 0 && ucd_get(row[j - 1])->ccc > ccc; j--)
			row[j] = row[j - 1];
		row[j] = cp;
	}
}

static void order_long(uint32_t *row, size_t n, uint32_t *scratch)
{
	size_t at[256] = {0};
	for (size_t i = 0; i < n; i++)
		at[ucd_get(row[i])->ccc]++;
	size_t begin = 0;
	for (size_t ccc = 0; ccc < 256; ccc++) {
		const size_t count = at[ccc];
		at[ccc] = begin;
		begin += count;
	}
	for (size_t i = 0; i < n; i++)
		scratch[at[ucd_get(row[i])->ccc]++] = row[i];
	memcpy(row, scratch, n * sizeof *row);
}

void nfc_order(uint32_t *cps, size_t n, uint32_t *scratch)
{
	size_t i = 0;
	while (i < n) {
		size_t end = i;
		while (end < n && ucd_get(cps[end])->ccc > 0)
			end++;
		if (end - i > SHORT_ROW)
			order_long(cps + i, end - i, scratch);
		else if (end - i > 1)
			order_short(cps + i, end - i);
		i = end + 1;
	}
}

ptrdiff_t nfc_join(uint32_t *cps, size_t n)
{
	if (n > INT32_MAX)
		return LAFZ_ERR_UNICODE;
	/* int32_t and uint32_t may stand for each other in memory. */
	const utf8proc_ssize_t left = utf8proc_normalize_utf32(
		(utf8proc_int32_t *)cps, (utf8proc_ssize_t)n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	return left < 0 ? LAFZ_ERR_UNICODE : (ptrdiff_t)left;
}

static ptrdiff_t run(struct nfc *nfc, const struct lafz_allocator *mem, uint32_t *cps, size_t n,
                     size_t cap, bool compose)
{
	/* The decomposed text and as much again to put marks in order. */
	size_t m = 0, room = 0;
	uint32_t parts[NFC_PARTS];
	for (size_t i = 0; i < n; i++)
		m += cps[i] < 0xC0 ? 1 : nfc_parts(cps[i], parts);
	if (!size_mul(m, 2, &room))
		return LAFZ_ERR_MEMORY;
	const int rc = mem_reserve(mem, &nfc->work, &nfc->cap, room + 1, sizeof *nfc->work);
	if (rc < 0)
		return rc;
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		const size_t count = nfc_parts(cps[i], parts);
		memcpy(nfc->work + at, parts, count * sizeof *parts);
		at += count;
	}
	nfc_order(nfc->work, m, nfc->work + m);
	ptrdiff_t left = (ptrdiff_t)m;
	if (compose)
		left = nfc_join(nfc->work, m);
	if (left < 0 || (size_t)left > cap)
		return LAFZ_ERR_UNICODE;
	memcpy(cps, nfc->work, (size_t)left * sizeof *cps);
	return left;
}

ptrdiff_t nfc_compose(struct nfc *nfc, const struct lafz_allocator *mem, uint32_t *cps, size_t n,
                      size_t cap)
{
	return run(nfc, mem, cps, n, cap, true);
}

ptrdiff_t nfc_decompose(struct nfc *nfc, const struct lafz_allocator *mem, uint32_t *cps, size_t n,
                        size_t cap)
{
	return run(nfc, mem, cps, n, cap, false);
}

void nfc_free(struct nfc *nfc, const struct lafz_allocator *mem)
{
	mem_free(mem, nfc->work);
	*nfc = (struct nfc){0};
}

bool nfc_is_quick(uint32_t cp)
{
	return !(nfc_qc_stage2[nfc_qc_stage1[cp >> 8]][cp >> 3 & 31] >> (cp & 7) & 1);
}

/*
 * Whether a mark of U+0653 to U+0655 may become one letter with the letter before it (UnicodeData.txt: all that hold these), or with
 * what that is made of: U+0655 goes before the mark in U+0622.
 */
static bool joins_arabic(uint32_t letter, uint32_t mark)
{
	if (letter >= 0x0622 && letter <= 0x0627)
		return true;
	return mark == 0x0654 && (letter == 0x0648 || letter == 0x064A || letter == 0x06C1 || letter == 0x06D2 || letter == 0x06D5);
}

/* Whether a character leaves what stands before it, the last one without a class there being a starter; 0: there is none. */
static bool stays_apart(uint32_t starter, uint32_t cp)
{
	return nfc_is_quick(cp) || (cp >= 0x0653 && cp <= 0x0655 && !joins_arabic(starter, cp));
}

bool nfc_is_composed(const uint32_t *cps, size_t n)
{
	uint8_t before = 0;
	uint32_t starter = 0;
	for (size_t i = 0; i < n; i++) {
		const uint8_t ccc = cps[i] < 0x300 ? 0 : ucd_get(cps[i])->ccc;
		if ((ccc > 0 && ccc < before) || (cps[i] >= 0x300 && !stays_apart(starter, cps[i])))
			return false;
		starter = ccc == 0 ? cps[i] : starter;
		before = ccc;
	}
	return true;
}

const char *nfc_library_version(void)
{
	return utf8proc_version();
}

const char *nfc_unicode_version(void)
{
	return utf8proc_unicode_version();
}
