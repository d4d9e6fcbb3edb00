#include "cli/archive.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>

#include "cli/load.h"

/* The functions of the library, looked up by their names. */
struct calls {
	struct archive *(*read_new)(void);
	int (*append_filter)(struct archive *, int);
	int (*set_format)(struct archive *, int);
	int (*open)(struct archive *, void *, archive_open_callback *, archive_read_callback *,
	            archive_close_callback *);
	int (*next_header)(struct archive *, struct archive_entry **);
	int (*data_block)(struct archive *, const void **, size_t *, la_int64_t *);
	const char *(*error_string)(struct archive *);
	int (*read_free)(struct archive *);
};

struct archive_reader {
	struct pull pull;
	struct calls calls;
	struct archive *archive;
	const char *block; /* what is left of it; libarchive's */
	size_t block_len;
	bool is_open;    /* the header was read */
	bool has_failed; /* reading has, and said so */
};

#define FIND(member, name) load_call(library, name, &calls->member, sizeof calls->member)

static bool find_calls(struct calls *calls, void *library)
{
	return FIND(read_new, "archive_read_new") &&
	       FIND(append_filter, "archive_read_append_filter") &&
	       FIND(set_format, "archive_read_set_format") && FIND(open, "archive_read_open") &&
	       FIND(next_header, "archive_read_next_header") &&
	       FIND(data_block, "archive_read_data_block") &&
	       FIND(error_string, "archive_error_string") && FIND(read_free, "archive_read_free");
}

static la_ssize_t on_read(struct archive *archive, void *ctx, const void **block)
{
	(void)archive;
	struct archive_reader *reader = ctx;
	char *chunk = NULL;
	size_t len = 0;
	const int rc = reader->pull.read(reader->pull.ctx, &chunk, &len);
	reader->has_failed = rc < 0;
	*block = chunk;
	return rc > 0 ? (la_ssize_t)len : rc;
}

static int code_of(enum archive_filter filter)
{
	switch (filter) {
	case ARCHIVE_BZIP2:
		return ARCHIVE_FILTER_BZIP2;
	case ARCHIVE_XZ:
		return ARCHIVE_FILTER_XZ;
	case ARCHIVE_ZSTD:
		return ARCHIVE_FILTER_ZSTD;
	default:
		return ARCHIVE_FILTER_LZ4;
	}
}

/*
 * Filter and format are set and not left to be guessed: one layer is taken off, and data that are cut
 * off are not taken for an empty file. ARCHIVE_WARN: by a program of the system, since the library
 * was built without the format.
 */
static bool set_up(struct archive_reader *reader, enum archive_filter filter)
{
	const struct calls *calls = &reader->calls;
	reader->archive = calls->read_new();
	return reader->archive &&
	       calls->append_filter(reader->archive, code_of(filter)) >= ARCHIVE_WARN &&
	       calls->set_format(reader->archive, ARCHIVE_FORMAT_RAW) == ARCHIVE_OK;
}

static const char *error_of(const struct archive_reader *reader)
{
	const char *error = reader->archive ? reader->calls.error_string(reader->archive) : NULL;
	return error ? error : "the compressed data are broken";
}

int archive_reader_open(struct archive_reader **out, enum archive_filter filter,
                        const struct pull *pull, const char **error)
{
	struct archive_reader *reader = calloc(1, sizeof *reader);
	*out = reader;
	*error = "out of memory";
	if (!reader)
		return -1;
	reader->pull = *pull;
	void *library = load_library();
	*error = "it is compressed, and " LOAD_NAME " cannot be loaded to read it";
	if (!library || !find_calls(&reader->calls, library))
		return -1;
	*error = "the compressed data cannot be read";
	return set_up(reader, filter) ? 0 : -1;
}

/* The first call reads the header. ARCHIVE_OK, ARCHIVE_EOF or a failure. */
static int open_stream(struct archive_reader *reader)
{
	struct archive_entry *entry = NULL;
	reader->is_open = true;
	const int rc = reader->calls.open(reader->archive, reader, NULL, on_read, NULL);
	return rc == ARCHIVE_OK ? reader->calls.next_header(reader->archive, &entry) : rc;
}

/* The next block that is not empty. */
static int next_block(struct archive_reader *reader)
{
	int rc = reader->is_open ? ARCHIVE_OK : open_stream(reader);
	while (rc == ARCHIVE_OK && reader->block_len == 0) {
		const void *block = NULL;
		la_int64_t offset = 0;
		rc = reader->calls.data_block(reader->archive, &block, &reader->block_len, &offset);
		reader->block = block;
	}
	return rc;
}

int archive_reader_read(struct archive_reader *reader, char *out, size_t cap, size_t *len,
                        const char **error)
{
	if (reader->block_len == 0) {
		const int rc = next_block(reader);
		if (reader->has_failed)
			return -1;
		if (rc != ARCHIVE_OK) {
			*error = rc == ARCHIVE_EOF ? NULL : error_of(reader);
			return 0;
		}
	}
	*len = reader->block_len < cap ? reader->block_len : cap;
	memcpy(out, reader->block, *len);
	reader->block += *len;
	reader->block_len -= *len;
	return 1;
}

void archive_reader_close(struct archive_reader *reader)
{
	if (!reader)
		return;
	if (reader->archive)
		(void)reader->calls.read_free(reader->archive);
	free(reader);
}
