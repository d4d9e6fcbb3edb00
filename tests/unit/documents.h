/*
 * Short documents, each of which has something that may go wrong at a border: line ends, marks, ill-formed bytes, long tokens;
 * and settings under which a stream reads them.
 */
#ifndef LAFZ_TESTS_DOCUMENTS_H
#define LAFZ_TESTS_DOCUMENTS_H

#include "record.h"

struct document {
	const char *description;
	struct text text;
};

#define A60 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

extern const struct document documents[];
extern const size_t n_documents;

struct setting {
	const char *description;
	enum lafz_rules rules;
	enum lafz_profile profile;
	enum lafz_invalid on_invalid;
	uint32_t unwrap, max_segment, max_token;
	const char *lang; /* NULL: guessed */
};

extern const struct setting settings[];
extern const size_t n_settings;

/* The options of a setting, everything wanted. */
struct lafz_options setting_options(const struct setting *setting);

#endif
