#include "cli/shards.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/fail.h"
#include "cli/sum.h"

#define NUMBER_ROOM 32
#define STATE_FORMAT                                                                               \
	"lafz-resume 1\nrun %" PRIx64 "\nshards %" PRIu64 "\nfile %" PRIu64 "\ndocument %" PRIu64  \
	"\nsentence %" PRIu64 "\nskipped %" PRIu64 "\ndone %d\n"
#define STATE_SCAN                                                                                 \
	"lafz-resume 1\nrun %" SCNx64 "\nshards %" SCNu64 "\nfile %" SCNu64 "\ndocument %" SCNu64  \
	"\nsentence %" SCNu64 "\nskipped %" SCNu64 "\ndone %d\n"
#define STATE_VALUES 7

/* ---- Names ---- */

/* The number in a pattern: where it begins, its width; NULL if there is none. */
static const char *find_number(const char *name, int *width, const char **behind)
{
	const char *percent = strchr(name, '%');
	if (!percent)
		return NULL;
	const char *at = percent + 1;
	*width = 1;
	if (at[0] == '0' && at[1] >= '1' && at[1] <= '9') {
		*width = at[1] - '0';
		at += 2;
	}
	*behind = at + 1;
	return *at == 'd' ? percent : NULL;
}

bool shards_is_pattern(const char *name)
{
	int width = 0;
	const char *behind = NULL;
	return find_number(name, &width, &behind) && !strchr(behind, '%');
}

/* The name of a file; NULL if there is no memory. The caller owns it. */
static char *make_name(const char *pattern, uint64_t number)
{
	int width = 0;
	const char *behind = NULL;
	const char *percent = find_number(pattern, &width, &behind);
	const size_t cap = strlen(pattern) + NUMBER_ROOM;
	char *name = malloc(cap);
	if (name && percent)
		snprintf(name, cap, "%.*s%0*" PRIu64 "%s", (int)(percent - pattern), pattern, width,
		         number, behind);
	return name;
}

/* A hidden file in the same folder, which no pattern of a shell takes for a shard. */
static char *make_state_name(const char *pattern, const char *suffix)
{
	const char *slash = strrchr(pattern, '/');
	const char *base = slash ? slash + 1 : pattern;
	const size_t cap = strlen(pattern) + NUMBER_ROOM;
	char *name = malloc(cap);
	if (name)
		snprintf(name, cap, "%.*s.%s.lafz-resume%s", (int)(base - pattern), pattern, base,
		         suffix);
	return name;
}

/* Whether a file is also read; then it is told of. */
static bool is_input(const struct args *args, const char *name)
{
	struct stat out, in;
	if (stat(name, &out) != 0)
		return false;
	for (size_t i = 0; i < args->n_files; i++) {
		if (stat(args->files[i], &in) == 0 && in.st_dev == out.st_dev &&
		    in.st_ino == out.st_ino) {
			(void)fail_say("%s: is both input and output", name);
			return true;
		}
	}
	return false;
}

/* Sets the name of the file that comes next; that of the one before stays until the next time. */
static const char *next_name(struct shards *shards)
{
	free(shards->names[1]);
	shards->names[1] = shards->names[0];
	shards->names[0] = make_name(shards->args->out, shards->number);
	if (!shards->names[0])
		(void)fail_say("out of memory");
	return shards->names[0] && !is_input(shards->args, shards->names[0]) ? shards->names[0]
	                                                                     : NULL;
}

/* ---- The state ---- */

/* What must be the same for a run to go on: command line, versions, names and sizes of the inputs. */
static uint64_t sum_run(const struct args *args)
{
	uint64_t sum = sum_string(args->sum, lafz_version());
	char size[NUMBER_ROOM];
	sum = sum_string(sum, lafz_rules_version());
	for (size_t i = 0; i < args->n_files; i++) {
		struct stat status;
		const bool is_there = stat(args->files[i], &status) == 0;
		snprintf(size, sizeof size, "%" PRIu64, is_there ? (uint64_t)status.st_size : 0);
		sum = sum_string(sum_string(sum, args->files[i]), size);
	}
	return sum;
}

/* A new file, whatever a run that was killed, or somebody else, has left there: no link is followed. */
static FILE *create(const char *name)
{
	(void)unlink(name);
	const int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	if (fd >= 0 && !file)
		close(fd);
	return file;
}

static int write_state(const struct shards *shards, const struct shards_place *place,
                       uint64_t n_shards, bool is_done)
{
	if (!shards->can_resume)
		return 0;
	char *temporary = make_state_name(shards->args->out, ".new");
	FILE *file = temporary ? create(temporary) : NULL;
	bool is_well = file &&
	               fprintf(file, STATE_FORMAT, sum_run(shards->args), n_shards, place->file,
	                       place->doc, place->sent, place->n_skipped, (int)is_done) > 0;
	if (file && fclose(file) != 0)
		is_well = false;
	is_well = is_well && rename(temporary, shards->state) == 0;
	const int error = errno;
	if (temporary && !is_well)
		unlink(temporary);
	free(temporary);
	return is_well ? 0 : fail_say("%s: cannot be written: %s", shards->state, strerror(error));
}

/* Without a state nothing was written: the run is a first one. */
static int read_state(struct shards *shards)
{
	uint64_t run = 0;
	int is_done = 0;
	struct shards_place *place = &shards->resumed;
	FILE *file = fopen(shards->state, "r");
	if (!file && errno == ENOENT)
		return EXIT_DONE;
	const int n = file ? fscanf(file, STATE_SCAN, &run, &shards->number, &place->file,
	                            &place->doc, &place->sent, &place->n_skipped, &is_done)
	                   : 0;
	if (file)
		fclose(file);
	if (n != STATE_VALUES) {
		fail_say("%s: cannot be read", shards->state);
		return EXIT_TROUBLE;
	}
	shards->is_done = is_done != 0;
	if (run == sum_run(shards->args))
		return EXIT_DONE;
	fail_use("--resume: the run before had other options, other files or another version");
	return EXIT_USE;
}

/* ---- Opening and closing ---- */

static bool are_files(const struct args *args)
{
	struct stat status;
	for (size_t i = 0; i < args->n_files; i++) {
		if (strcmp(args->files[i], "-") == 0 || stat(args->files[i], &status) != 0 ||
		    !S_ISREG(status.st_mode))
			return false;
	}
	return args->n_files > 0;
}

int shards_open(struct shards *shards, const struct args *args, struct writer *writer)
{
	*shards = (struct shards){.args = args, .writer = writer, .can_resume = are_files(args)};
	shards->state = make_state_name(args->out, "");
	if (!shards->state) {
		fail_say("out of memory");
		return EXIT_TROUBLE;
	}
	if (args->resume && !shards->can_resume) {
		fail_use("--resume: needs files that can be read again");
		return EXIT_USE;
	}
	/* A state of another run must not be taken for one of this run. */
	if (!args->resume && shards->can_resume)
		unlink(shards->state);
	const int rc = args->resume ? read_state(shards) : EXIT_DONE;
	if (rc != EXIT_DONE || shards->is_done)
		return rc;
	const char *name = next_name(shards);
	const bool is_open = name && sink_open(writer->sink, name) == 0 &&
	                     sink_pack(writer->sink) == 0;
	return is_open ? EXIT_DONE : EXIT_TROUBLE;
}

int shards_finish(struct shards *shards, bool is_whole, uint64_t n_skipped)
{
	if (shards->is_done)
		return 0;
	if (sink_close(shards->writer->sink, is_whole) < 0)
		return -1;
	const struct shards_place end = {.file = shards->args->n_files, .n_skipped = n_skipped};
	return is_whole ? write_state(shards, &end, shards->number + 1, true) : 0;
}

void shards_close(struct shards *shards)
{
	free(shards->names[0]);
	free(shards->names[1]);
	free(shards->state);
	*shards = (struct shards){0};
}

/* ---- Documents ---- */

bool shards_file(struct shards *shards, size_t index, uint64_t *n_skipped)
{
	if (shards->is_done || index < shards->resumed.file) {
		*n_skipped = shards->resumed.n_skipped;
		return false;
	}
	if (index == shards->resumed.file && shards->args->resume)
		*n_skipped = shards->resumed.n_skipped;
	shards->now = (struct shards_place){.file = index, .n_skipped = *n_skipped};
	return true;
}

/* Goes on in a new file if this one is large enough. 0, or -1 with a message. */
static int cut(struct shards *shards, const struct format_kind *kind, uint64_t doc, uint64_t sent)
{
	struct writer *writer = shards->writer;
	if (sink_size(writer->sink) < shards->args->shard_size)
		return 0;
	if (kind->tail)
		kind->tail(writer);
	shards->number++;
	const char *name = next_name(shards);
	if (!name || sink_next(writer->sink, name) < 0) {
		writer->sink->has_failed = true;
		return -1;
	}
	const struct shards_place place = {shards->now.file, doc, sent, shards->now.n_skipped};
	if (write_state(shards, &place, shards->number, false) < 0) {
		writer->sink->has_failed = true;
		return -1;
	}
	if (kind->head)
		kind->head(writer);
	return 0;
}

/* Whether what comes is in the input in which the run before has ended. */
static bool is_resumed_file(const struct shards *shards)
{
	return shards->args->resume && shards->now.file == shards->resumed.file;
}

enum shards_answer shards_document(struct shards *shards, const struct format_kind *kind)
{
	const uint64_t doc = shards->now.doc++;
	shards->now.sent = 0;
	if (is_resumed_file(shards) && doc < shards->resumed.doc)
		return SHARDS_PASS;
	if (is_resumed_file(shards) && doc == shards->resumed.doc) {
		/* The run before has ended a file here. */
		shards->now.sent = shards->resumed.sent;
		return SHARDS_WRITE;
	}
	return cut(shards, kind, doc, 0) < 0 ? SHARDS_FAILED : SHARDS_WRITE;
}

static void skip(const uint32_t **column, size_t n)
{
	if (*column)
		*column += n;
}

/* The tokens from first to end of a batch as a batch. */
static struct lafz_batch slice(const struct lafz_batch *batch, size_t first, size_t end)
{
	struct lafz_batch part = *batch;
	const uint32_t **columns[] = {&part.start,    &part.end,     &part.cstart, &part.cend,
	                              &part.run,      &part.sent,    &part.par,    &part.norm_off,
	                              &part.norm_len, &part.key_off, &part.key_len};
	part.n = end - first;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		skip(columns[i], first);
	part.kind += part.kind ? first : 0;
	part.script += part.script ? first : 0;
	part.lang += part.lang ? first : 0;
	part.flags += part.flags ? first : 0;
	part.confidence += part.confidence ? first : 0;
	return part;
}

/*
 * More than a batch can be as output, in any format that is cut between sentences and without what is
 * only written when asked for.
 */
static uint64_t most(const struct writer *writer, const struct lafz_batch *batch)
{
	const uint64_t texts = (uint64_t)batch->len + batch->norm_size + batch->key_size;
	return 6 * texts + (uint64_t)batch->n * (1024 + 6 * (uint64_t)writer->doc.len);
}

/* Whether a batch can be written in one piece, since the file will not be full after it. */
static bool is_far(const struct shards *shards, const struct lafz_batch *batch)
{
	const struct args *args = shards->args;
	if (args->explain || args->value || args->mwt)
		return false;
	return sink_size(shards->writer->sink) + write_arrow_kept(shards->writer->arrow) + most(shards->writer, batch) <
	       args->shard_size;
}

/* Tokens of one sentence, from first on: where they end. */
static size_t sentence_end(const struct lafz_batch *batch, size_t first)
{
	size_t end = first;
	while (end < batch->n && batch->sent[end] == batch->sent[first])
		end++;
	return end;
}

int shards_batch(struct shards *shards, const struct format_kind *kind, const struct lafz_batch *batch)
{
	const struct shards_place *resumed = &shards->resumed;
	const bool is_passing = kind->may_cut && is_resumed_file(shards) &&
	                        shards->now.doc - 1 == resumed->doc && resumed->sent > 0;
	if (!kind->may_cut || (!is_passing && is_far(shards, batch))) {
		kind->batch(shards->writer, batch);
		if (kind->may_cut && batch->n > 0)
			shards->now.sent = batch->sent_base + batch->sent[batch->n - 1];
		return 0;
	}
	for (size_t i = 0; i < batch->n;) {
		const size_t end = sentence_end(batch, i);
		const uint64_t sent = batch->sent_base + batch->sent[i];
		if (!is_passing || sent >= resumed->sent) {
			/* A sentence goes on in no other batch, but gaps with its number may. */
			const bool is_new = sent > shards->now.sent;
			shards->now.sent = sent;
			if (is_new && cut(shards, kind, shards->now.doc - 1, sent) < 0)
				return -1;
			const struct lafz_batch part = slice(batch, i, end);
			kind->batch(shards->writer, &part);
		}
		i = end;
	}
	return 0;
}
