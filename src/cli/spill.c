#define _GNU_SOURCE /* O_TMPFILE */

#include "cli/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/fail.h"
#include "cli/grow.h"

#define WRITE_CAP 65536 /* bytes of one write */
#define READ_LEAST 4096 /* bytes of one read of a part, at least */
#define READ_MOST 262144

/* How a row stands in the file; len bytes of its form follow. Nobody else reads it. */
struct head {
	uint64_t count;
	uint32_t len;
	uint16_t lang;
	uint16_t zero;
};

/* ---- The file ---- */

#ifdef O_TMPFILE
static int open_unnamed(const char *folder)
{
	return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}
#else
static int open_unnamed(const char *folder)
{
	(void)folder;
	return -1;
}
#endif

static int open_named(const char *folder)
{
	const size_t cap = strlen(folder) + 32;
	char *path = malloc(cap);
	if (!path)
		return -1;
	(void)snprintf(path, cap, "%s/lafz-XXXXXX", folder);
	const int fd = mkstemp(path);
	const int error = errno;
	if (fd >= 0) {
		(void)unlink(path);
		(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
	free(path);
	errno = error;
	return fd;
}

static int open_file(struct spill *spill)
{
	const char *folder = getenv("TMPDIR");
	if (!folder || *folder == '\0')
		folder = "/tmp";
	spill->fd = open_unnamed(folder);
	if (spill->fd < 0)
		spill->fd = open_named(folder);
	if (spill->fd < 0)
		return fail_say("%s: no temporary file can be created: %s", folder, strerror(errno));
	spill->is_open = true;
	return 0;
}

static int flush(struct spill *spill)
{
	const char *text = spill->buf.ptr;
	size_t len = spill->buf.len;
	spill->buf.len = 0;
	if (!spill->is_open && open_file(spill) < 0)
		return -1;
	while (len > 0) {
		const ssize_t n = write(spill->fd, text, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_say("temporary file: write error: %s", strerror(errno));
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

/* ---- Writing ---- */

int spill_put(struct spill *spill, const struct spill_row *row)
{
	const struct head head = {.count = row->count, .len = row->len, .lang = row->lang};
	if (spill->buf.len >= WRITE_CAP && flush(spill) < 0)
		return -1;
	if (!bytes_append(&spill->buf, (const char *)&head, sizeof head) ||
	    !bytes_append(&spill->buf, row->form, row->len))
		return fail_say("out of memory");
	spill->end += sizeof head + row->len;
	return 0;
}

static bool reserve_border(struct spill *spill)
{
	uint64_t *borders = grow_one(spill->borders, spill->n, &spill->cap, sizeof *borders);
	if (borders)
		spill->borders = borders;
	return borders;
}

int spill_cut(struct spill *spill)
{
	if (!reserve_border(spill))
		return fail_say("out of memory");
	spill->borders[spill->n++] = spill->end;
	return flush(spill);
}

void spill_free(struct spill *spill)
{
	if (spill->is_open)
		(void)close(spill->fd);
	free(spill->borders);
	bytes_free(&spill->buf);
	*spill = (struct spill){0};
}

/* ---- Reading a part ---- */

struct part {
	uint64_t off, end;    /* what is still to be read of the file */
	struct bytes buf;     /* owned */
	size_t at;            /* of the row that comes next, in buf */
	struct spill_row row; /* the first of those not handed out */
	bool is_over;
};

/* Makes n bytes from part->at on be in the buffer, which reads step bytes at a time. */
static int fill(struct part *part, int fd, size_t n, size_t step)
{
	struct bytes *buf = &part->buf;
	if (buf->len - part->at >= n)
		return 0;
	if (part->at > 0)
		memmove(buf->ptr, buf->ptr + part->at, buf->len - part->at);
	buf->len -= part->at;
	part->at = 0;
	if (!bytes_reserve(buf, n > step ? n - buf->len : step - buf->len))
		return fail_say("out of memory");
	while (buf->len < n) {
		const uint64_t rest = part->end - part->off;
		const size_t room = buf->cap - buf->len;
		const size_t most = rest < room ? (size_t)rest : room;
		const ssize_t got = pread(fd, buf->ptr + buf->len, most, (off_t)part->off);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail_say("temporary file: read error: %s",
			                got < 0 ? strerror(errno) : "it is too short");
		buf->len += (size_t)got;
		part->off += (uint64_t)got;
	}
	return 0;
}

/* Sets part->row to the next row, or part->is_over. */
static int advance(struct part *part, int fd, size_t step)
{
	struct head head;
	if (part->off == part->end && part->at == part->buf.len) {
		part->is_over = true;
		return 0;
	}
	if (fill(part, fd, sizeof head, step) < 0)
		return -1;
	memcpy(&head, part->buf.ptr + part->at, sizeof head);
	if (fill(part, fd, sizeof head + head.len, step) < 0)
		return -1;
	part->row = (struct spill_row){.count = head.count,
	                               .form = part->buf.ptr + part->at + sizeof head,
	                               .len = head.len,
	                               .lang = head.lang};
	part->at += sizeof head + head.len;
	return 0;
}

/* ---- Merging parts ---- */

/* The parts as a heap: none stands before the one at half its place. */
struct merge {
	int fd;
	size_t step;
	spill_order *order;
	struct part *parts, **heap; /* owned */
	size_t n, n_parts;          /* of heap, of parts */
	struct bytes form;          /* of the row that is summed; owned */
};

static bool is_before(const struct merge *merge, size_t one, size_t other)
{
	return merge->order(&merge->heap[one]->row, &merge->heap[other]->row) < 0;
}

/* Puts the part at this place where it belongs, further down. */
static void sink_down(struct merge *merge, size_t place)
{
	for (;;) {
		size_t least = place;
		for (size_t child = 2 * place + 1; child <= 2 * place + 2; child++) {
			if (child < merge->n && is_before(merge, child, least))
				least = child;
		}
		if (least == place)
			return;
		struct part *part = merge->heap[place];
		merge->heap[place] = merge->heap[least];
		merge->heap[least] = part;
		place = least;
	}
}

/* Takes the first row away. */
static int pop(struct merge *merge)
{
	struct part *part = merge->heap[0];
	if (advance(part, merge->fd, merge->step) < 0)
		return -1;
	if (part->is_over)
		merge->heap[0] = merge->heap[--merge->n];
	sink_down(merge, 0);
	return 0;
}

static void merge_free(struct merge *merge)
{
	for (size_t i = 0; merge->parts && i < merge->n_parts; i++)
		bytes_free(&merge->parts[i].buf);
	free(merge->parts);
	free(merge->heap);
	bytes_free(&merge->form);
}

/* Begins with n parts, from the first one on. */
static int merge_open(struct merge *merge, const struct spill *spill, size_t first, size_t n)
{
	merge->parts = calloc(n, sizeof *merge->parts);
	merge->heap = calloc(n, sizeof(struct part *));
	merge->n_parts = n;
	if (!merge->parts || !merge->heap)
		return fail_say("out of memory");
	for (size_t i = 0; i < n; i++) {
		struct part *part = &merge->parts[i];
		part->off = first + i > 0 ? spill->borders[first + i - 1] : 0;
		part->end = spill->borders[first + i];
		if (advance(part, merge->fd, merge->step) < 0)
			return -1;
		if (!part->is_over)
			merge->heap[merge->n++] = part;
	}
	for (size_t place = merge->n; place > 0; place--)
		sink_down(merge, place - 1);
	return 0;
}

/* Sums the rows that are equal to the first one, and hands out the sum. */
static int merge_next(struct merge *merge, spill_take *take, void *ctx)
{
	struct spill_row row = merge->heap[0]->row;
	merge->form.len = 0;
	if (!bytes_append(&merge->form, row.form, row.len))
		return fail_say("out of memory");
	row.form = merge->form.ptr;
	if (pop(merge) < 0)
		return -1;
	while (merge->n > 0 && merge->order(&merge->heap[0]->row, &row) == 0) {
		row.count += merge->heap[0]->row.count;
		if (pop(merge) < 0)
			return -1;
	}
	return take(ctx, &row);
}

static int merge_parts(const struct spill *spill, size_t first, size_t n, size_t step,
                       spill_order *order, spill_take *take, void *ctx)
{
	struct merge merge = {.fd = spill->fd, .step = step, .order = order};
	int rc = merge_open(&merge, spill, first, n);
	while (rc == 0 && merge.n > 0)
		rc = merge_next(&merge, take, ctx);
	merge_free(&merge);
	return rc;
}

static int put(void *ctx, const struct spill_row *row)
{
	struct spill *spill = ctx;
	return spill_put(spill, row);
}

/* Makes one part of each fan parts, in a new file. */
static int reduce(struct spill *spill, size_t fan, spill_order *order)
{
	struct spill fewer = {0};
	int rc = 0;
	for (size_t first = 0; rc == 0 && first < spill->n; first += fan) {
		const size_t rest = spill->n - first;
		rc = merge_parts(spill, first, rest < fan ? rest : fan, READ_LEAST, order, put,
		                 &fewer);
		if (rc == 0)
			rc = spill_cut(&fewer);
	}
	spill_free(spill);
	*spill = fewer;
	return rc;
}

int spill_merge(struct spill *spill, size_t memory, spill_order *order, spill_take *take, void *ctx)
{
	const size_t fan = memory / READ_LEAST > 2 ? memory / READ_LEAST : 2;
	int rc = 0;
	while (rc == 0 && spill->n > fan)
		rc = reduce(spill, fan, order);
	if (rc == 0 && spill->n > 0) {
		const size_t share = memory / spill->n;
		const size_t step = share < READ_LEAST  ? READ_LEAST
		                    : share > READ_MOST ? READ_MOST
		                                        : share;
		rc = merge_parts(spill, 0, spill->n, step, order, take, ctx);
	}
	spill_free(spill);
	return rc;
}
