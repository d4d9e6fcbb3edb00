/*
 * The way from another encoding to UTF-8, by ICU's converters, with a way back: how many bytes of
 * the source each character was made from. Bytes that are ill-formed in their encoding become a
 * byte that is ill-formed in UTF-8, so that all that comes after treats them as such. No other file
 * names ICU's converters.
 *
 * The encoding "auto" is guessed for each document (detect.h); until it is known, nothing comes out.
 *
 * Encodings of one byte a character are converted by a table. All others go through ICU byte by
 * byte: then what comes out belongs to the bytes since the last time that something did.
 */
#ifndef LAFZ_WINDOW_CONVERT_H
#define LAFZ_WINDOW_CONVERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct convert;

/*
 * NULL in *out and LAFZ_OK: the encoding is UTF-8. LAFZ_ERR_OPTION: ICU does not know
 * it, or its detector cannot be loaded.
 */
int convert_open(struct convert **out, const char *encoding, const struct lafz_allocator *mem);

/*
 * Converts bytes; is_end says that the document ends with them. *text and *text_len are what came
 * out, until the next call. LAFZ_OK, LAFZ_ERR_MEMORY or LAFZ_ERR_UNICODE.
 */
int convert_bytes(struct convert *convert, const struct lafz_allocator *mem, const char *bytes,
                  size_t len, bool is_end, const char **text, size_t *text_len);

/* What was converted and not yet dropped: the bytes of the source behind the first n of UTF-8. */
uint64_t convert_source(const struct convert *convert, size_t n);

/* The same for each n from 0 to len, counted from the first byte that was not dropped. */
void convert_offsets(const struct convert *convert, size_t len, uint32_t *offsets);

/* Forgets the first n bytes of UTF-8. */
void convert_drop(struct convert *convert, size_t n);

void convert_reset(struct convert *convert);

/* Whether the encoding has a character for all of these bytes, but for one that is cut off. */
bool convert_can(const char *encoding, const char *text, size_t len);

/* ICU's name of the encoding, NULL until it is known. */
const char *convert_name(const struct convert *convert);

/* NULL is legal. */
void convert_close(struct convert *convert, const struct lafz_allocator *mem);

#endif
