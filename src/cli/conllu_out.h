/*
 * What the lines of -f conllu are made of: forms, attributes of MISC with their escapes, ids. All is appended to some bytes; without
 * memory the writer is told so, and what is there is not to be used.
 */
#ifndef LAFZ_CLI_CONLLU_OUT_H
#define LAFZ_CLI_CONLLU_OUT_H

#include "cli/write.h"

static inline void conllu_out_bytes(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	if (!bytes_append(out, text, len))
		writer->conllu.is_out_of_memory = true;
}

static inline void conllu_out_string(struct writer *writer, struct bytes *out, const char *string)
{
	conllu_out_bytes(writer, out, string, strlen(string));
}

void conllu_out_decimal(struct writer *writer, struct bytes *out, struct put_high *high, uint64_t number);

/* Text in NFC. */
void conllu_out_nfc(struct writer *writer, struct bytes *out, const char *text, size_t len);

/* A value of MISC; with all_codes everything outside ASCII as \uXXXX. */
void conllu_out_escaped(struct writer *writer, struct bytes *out, const char *text, size_t len, bool all_codes);

/* An attribute of MISC: its name, with a bar before and an equals sign behind it, and its value. */
void conllu_out_attribute(struct writer *writer, struct bytes *out, const char *name, const char *value, size_t len);

/* The form of a token or word: in NFC, with nothing that cannot be seen. */
void conllu_out_form(struct writer *writer, struct bytes *out, const char *text, size_t len);

/*
 * Whether a form would become another one right behind the form before it, NFC knowing nothing of
 * tokens: then a space stands between them in the text. previous has form behind it.
 */
bool conllu_out_must_part(struct writer *writer, const struct bytes *text, size_t previous, size_t form);

/* Text with what may not stand in an id as %XX: white space, controls, / and %. */
void conllu_out_id(struct writer *writer, struct bytes *out, const char *text, size_t len);

#endif
