/*
 * Records of a WARC file, versions 0.x and 1.x, or of the WET files that Common Crawl makes of it.
 * A document is the body of a record of the type conversion or resource whose Content-Type is
 * text/plain; all others (responses with their HTTP headers, requests, metadata) are counted and
 * left out.
 */
#ifndef LAFZ_CLI_WARC_H
#define LAFZ_CLI_WARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"
#include "cli/lines.h"

#define WARC_ERROR_CAP 200

enum warc_answer {
	WARC_FAILED = -1, /* a message was written, or a signal has come */
	WARC_END = 0,
	WARC_RECORD = 1, /* text, id, uri and date are set */
	WARC_BROKEN = 2, /* error is set */
	WARC_OTHER = 3   /* a record that is left out */
};

/* Zeroed but for the source and max of lines; max holds for the body too. */
struct warc {
	struct lines lines;
	struct bytes text, id, uri, date, type, media; /* owned; of the record */
	uint64_t number;                               /* of the record, from 1 */
	uint64_t start;                                /* where it begins */
	uint64_t len;                                  /* of its body */
	bool has_len;
	bool has_version;           /* the first line of the record that comes next was read */
	uint64_t version_at;        /* where that line is */
	bool is_lost;               /* the next record must be looked for */
	char error[WARC_ERROR_CAP]; /* ends with NUL */
};

/* Goes to the next record. */
enum warc_answer warc_next(struct warc *warc);

/* Whether the record that was left out only describes the file. */
bool warc_is_info(const struct warc *warc);

void warc_free(struct warc *warc);

#endif
