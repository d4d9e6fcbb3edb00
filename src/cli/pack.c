#include "cli/pack.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <archive.h>
#include <archive_entry.h>

#include "cli/load.h"

#define BLOCK 65536

/* The functions of the library, looked up by their names. */
struct calls {
	struct archive *(*write_new)(void);
	int (*add_filter)(struct archive *, int);
	int (*set_raw)(struct archive *);
	int (*set_option)(struct archive *, const char *, const char *, const char *);
	int (*set_block)(struct archive *, int);
	int (*set_last_block)(struct archive *, int);
	int (*open)(struct archive *, void *, archive_open_callback *, archive_write_callback *,
	            archive_close_callback *);
	struct archive_entry *(*entry_new)(void);
	void (*entry_set_filetype)(struct archive_entry *, unsigned);
	void (*entry_free)(struct archive_entry *);
	int (*write_header)(struct archive *, struct archive_entry *);
	la_ssize_t (*write_data)(struct archive *, const void *, size_t);
	int (*close)(struct archive *);
	int (*fail)(struct archive *);
	int (*write_free)(struct archive *);
};

struct pack {
	struct calls calls;
	struct archive *archive;
	pack_out *out;
	void *ctx;
	bool is_lz4;
	bool is_open;    /* the compressed file was begun */
	bool has_failed; /* out has */
};

static const struct {
	const char *suffix;
	int filter;
} packings[] = {
	{".gz", ARCHIVE_FILTER_GZIP},  {".bz2", ARCHIVE_FILTER_BZIP2}, {".xz", ARCHIVE_FILTER_XZ},
	{".zst", ARCHIVE_FILTER_ZSTD}, {".lz4", ARCHIVE_FILTER_LZ4},
};

/* The library's number of the filter, -1 for none. */
static int filter_of(const char *name)
{
	const size_t len = strlen(name);
	for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) {
		const size_t suffix_len = strlen(packings[i].suffix);
		if (len > suffix_len && strcasecmp(name + len - suffix_len, packings[i].suffix) == 0)
			return packings[i].filter;
	}
	return -1;
}

bool pack_is_name(const char *name)
{
	return filter_of(name) >= 0;
}

#define FIND(member, name) load_call(library, name, &calls->member, sizeof calls->member)

static bool find_calls(struct calls *calls, void *library)
{
	return FIND(write_new, "archive_write_new") && FIND(add_filter, "archive_write_add_filter") &&
	       FIND(set_raw, "archive_write_set_format_raw") &&
	       FIND(set_option, "archive_write_set_filter_option") &&
	       FIND(set_block, "archive_write_set_bytes_per_block") &&
	       FIND(set_last_block, "archive_write_set_bytes_in_last_block") &&
	       FIND(open, "archive_write_open") && FIND(entry_new, "archive_entry_new") &&
	       FIND(entry_set_filetype, "archive_entry_set_filetype") &&
	       FIND(entry_free, "archive_entry_free") && FIND(write_header, "archive_write_header") &&
	       FIND(write_data, "archive_write_data") && FIND(close, "archive_write_close") &&
	       FIND(fail, "archive_write_fail") && FIND(write_free, "archive_write_free");
}

static la_ssize_t on_write(struct archive *archive, void *ctx, const void *text, size_t len)
{
	(void)archive;
	struct pack *pack = ctx;
	if (!pack->has_failed && pack->out(pack->ctx, text, len) < 0)
		pack->has_failed = true;
	return pack->has_failed ? -1 : (la_ssize_t)len;
}

static bool write_header(const struct pack *pack)
{
	const struct calls *calls = &pack->calls;
	struct archive_entry *entry = calls->entry_new();
	if (!entry)
		return false;
	calls->entry_set_filetype(entry, AE_IFREG);
	const bool is_well = calls->write_header(pack->archive, entry) >= ARCHIVE_WARN;
	calls->entry_free(entry);
	return is_well;
}

/* ARCHIVE_WARN: by a program of the system, since the library was built without the format. */
static bool set_up(struct pack *pack, int filter)
{
	const struct calls *calls = &pack->calls;
	pack->archive = calls->write_new();
	if (!pack->archive || calls->set_raw(pack->archive) != ARCHIVE_OK ||
	    calls->add_filter(pack->archive, filter) < ARCHIVE_WARN)
		return false;
	/* Without a value the option is off. */
	if (filter == ARCHIVE_FILTER_GZIP &&
	    calls->set_option(pack->archive, "gzip", "timestamp", NULL) < ARCHIVE_WARN)
		return false;
	return calls->set_block(pack->archive, BLOCK) == ARCHIVE_OK &&
	       calls->set_last_block(pack->archive, 1) == ARCHIVE_OK;
}

static bool open_stream(struct pack *pack)
{
	pack->is_open = true;
	return pack->calls.open(pack->archive, pack, NULL, on_write, NULL) >= ARCHIVE_WARN &&
	       write_header(pack);
}

struct pack *pack_begin(const char *name, pack_out *out, void *ctx, const char **error)
{
	struct pack *pack = calloc(1, sizeof *pack);
	*error = "out of memory";
	if (!pack)
		return NULL;
	pack->out = out;
	pack->ctx = ctx;
	pack->is_lz4 = filter_of(name) == ARCHIVE_FILTER_LZ4;
	void *library = load_library();
	*error = LOAD_NAME " cannot be loaded to compress it";
	const bool has_calls = library && find_calls(&pack->calls, library);
	if (has_calls && set_up(pack, filter_of(name)))
		return pack;
	if (has_calls)
		*error = "it cannot be compressed";
	const char *ignored = NULL;
	(void)pack_end(pack, false, &ignored);
	return NULL;
}

static int failed(const struct pack *pack, const char **error)
{
	*error = pack->has_failed ? NULL : "compressing has failed";
	return -1;
}

int pack_put(struct pack *pack, const char *text, size_t len, const char **error)
{
	if (len > 0 && !pack->is_open && !open_stream(pack))
		return failed(pack, error);
	while (len > 0) {
		const la_ssize_t n = pack->calls.write_data(pack->archive, text, len);
		if (n <= 0)
			return failed(pack, error);
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

/*
 * libarchive 3.6 crashes when it closes an lz4 file in which nothing was written: this is a frame of
 * blocks of up to 64 KiB, of which there are none.
 */
static int end_empty(struct pack *pack)
{
	static const char frame[] = {4, 0x22, 0x4D, 0x18, 0x60, 0x40, '\x82', 0, 0, 0, 0};
	pack->has_failed = pack->out(pack->ctx, frame, sizeof frame) < 0;
	return pack->has_failed ? -1 : 0;
}

static int end_stream(struct pack *pack)
{
	if (pack->is_lz4 && !pack->is_open)
		return end_empty(pack);
	if (!pack->is_open && !open_stream(pack))
		return -1;
	return pack->calls.close(pack->archive) < ARCHIVE_WARN ? -1 : 0;
}

int pack_end(struct pack *pack, bool is_whole, const char **error)
{
	int rc = 0;
	if (!pack)
		return 0;
	if (is_whole && end_stream(pack) < 0)
		rc = failed(pack, error);
	/* What is thrown away must not be written when it is freed. */
	pack->has_failed = true;
	if (pack->archive && pack->is_open && (!is_whole || rc < 0))
		(void)pack->calls.fail(pack->archive);
	if (pack->archive)
		(void)pack->calls.write_free(pack->archive);
	free(pack);
	return rc;
}
