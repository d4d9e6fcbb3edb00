/*
 * The formats. A writer gets a document's batches one after the other and writes them to the sink;
 * it looks at no failure of the sink, whoever reads the input does.
 */
#ifndef LAFZ_CLI_WRITE_H
#define LAFZ_CLI_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/args.h"
#include "cli/bytes.h"
#include "cli/put.h"
#include "cli/put_front.h"
#include "cli/sink.h"
#include "cli/span_rows.h"
#include "cli/write_group.h"

/* A short text that is mostly the same as for the token before. */
struct write_names {
	uint64_t id; /* what it was made from, plus 1; 0: nothing yet */
	struct put_block block;
};

#define WRITE_KINDS 32  /* more than there are kinds */
#define WRITE_SCRIPT 4 /* letters of a script's tag, as all of ISO 15924 have */
#define WRITE_FLAGS 7 /* texts of flags that are remembered */
#define WRITE_MARGIN (2 * PUT_STEP) /* bytes behind a value that may be read with it */
#define WRITE_SHORT 256 /* bytes of a value that is copied in steps: one less than this */
#define WRITE_DOC 80    /* bytes of a name of a document that stands in a block */
#define WRITE_SHORT_ROOM 1024 /* a token of values of less than two steps */
#define WRITE_ROOM 4096 /* a token, if its values are short, but not a longer name of a document */

/* What a format writes for a kind: its name with what stands before and behind. */
struct write_kind {
	char text[2 * PUT_STEP - 1];
	unsigned char len;
};

/*
 * What is the same for most tokens side by side, those of one sentence and run, and the texts that
 * were made from it. The numbers are those of the batch, without its bases.
 */
struct write_same {
	uint32_t sent, run, par;
	uint16_t lang;
	uint32_t confidence; /* the bits of the number */
	struct put_block front, back;
	size_t flags_at; /* where the flags stand in back; there are none */
	size_t run_at, run_len; /* jsonl: the number of the run in back */
};

/* What -f conllu remembers. Its bytes are owned. */
struct write_conllu {
	struct bytes line, words; /* of a token, without its end; of its words */
	struct bytes text;        /* of a sentence */
	struct bytes id;          /* of the sentences, without their numbers */
	struct bytes parts;  /* a byte a token of it: 1 where the text has a space of our own */
	struct bytes gap;    /* so far, behind the line that waits */
	struct bytes before; /* so far, in front of the next token */
	struct bytes scratch;
	bool is_new;     /* no sentence of this document was written yet */
	bool is_waiting; /* line and words are not written yet */
	bool is_out_of_memory;
};

struct clean;
struct count;
struct viewer;
struct report;

/* In characters, bytes and UTF-16 units. */
struct write_place {
	uint64_t ch, byte, unit;
};

/* -f spans: a sentence or a run. */
struct write_span {
	struct write_place start, end;
	uint64_t n_tokens; /* 0: there is none */
	uint64_t number;   /* so that neighbours are told apart */
	float confidence;
	uint16_t lang;
};

/* What -f spans remembers of a line, and of a document. */
struct write_spans {
	struct bytes sentences;         /* as text, but the last one; owned */
	struct bytes langs;             /* for spans.c alone: the same of the runs of each language; owned */
	size_t n_langs, n_kept;         /* languages; sentences and runs */
	struct write_span sentence, run; /* the last ones, which may go on */
	struct put_offsets offsets;      /* of sentences and runs */
	struct put_high n_tokens_high;
	struct put_high units_high;      /* for offsets in UTF-16 units */
	struct put_offsets turned;       /* bytes are characters, and the other way round */
	struct span_rows rows, rows_of_spans;
	struct span_value confidences[1001]; /* of a run, by thousandths; a length of 0: not made yet */
	struct bytes first;              /* where the sentences or runs of a batch begin; owned */
	uint64_t walked, n_wide;         /* the wide characters up to a byte of the document */
	bool is_out_of_memory;
};

/* What -f jsonl --compact remembers. */
struct write_compact {
	struct put_front front;      /* the offsets of a sentence */
	struct put_block line;       /* of its line what stands before its number; empty: nothing yet */
	uint64_t par;                /* in it */
	struct write_names lang;     /* by language; with all around it */
	char scripts[256][PUT_STEP]; /* the same of scripts */
	struct bytes first;          /* where the sentences of a batch begin; owned */
};

struct stats;
struct write_arrow;

struct writer {
	struct sink *sink;
	const struct args *args;
	bool has_avx2, has_avx512;     /* tsv, jsonl: rows are written with it */
	bool is_record;                /* the document is a record of a jsonl file */
	bool is_cut;                   /* at its end: it was not read to its end */
	const struct lafz_edit *edits; /* of the batch; none if they were not asked for */
	size_t n_edits;
	struct stats *stats;        /* for the command stats; not owned */
	struct count *count;        /* for the command count; not owned */
	struct viewer *view;        /* for the command view; not owned */
	struct report *report;      /* for stats as a page; not owned */
	const struct bytes *fields; /* --keep-fields: an object of JSON; NULL: none; not owned */
	struct bytes doc;           /* its name, well-formed; owned */
	bool has_line;              /* text: a line was written at all; jsonl: in this document;
	                                spans: a token in this line */
	bool is_new;                /* text, vrt: no line of this document was written yet */
	uint64_t par;               /* text, conllu, vrt: of the sentence before */
	uint64_t first_par;         /* text: of the first line that was written at all */
	uint64_t last_end;          /* vrt: of the token before */
	struct write_conllu conllu;
	struct write_spans spans;
	struct write_compact compact;
	struct write_arrow *arrow;   /* owned; NULL: nothing yet */
	struct put_offsets offsets;  /* of tokens and of all else */
	struct put_front front;      /* tsv, jsonl, spans: the offsets of a token */
	struct put_high sent_high;   /* for numbers of sentences */
	struct put_high run_high;    /* for numbers of runs */
	struct put_high others_high; /* for all other numbers */
	struct write_names flags[WRITE_FLAGS], lang;
	struct write_kind kinds[WRITE_KINDS]; /* tsv, jsonl: by kind */
	char scripts[256][2 * WRITE_SCRIPT];  /* tsv, jsonl: by script; its tag and a tab */
	struct write_same same;               /* tsv, jsonl: as the token before */
	struct write_group group;             /* tsv: where has_avx2 */
	struct put_block doc_block; /* tsv, jsonl: made from the name; empty if it is long */
};

struct format_kind {
	uint32_t want;                        /* bits of enum lafz_want, without GAPS */
	bool may_cut;                         /* between two sentences another file may begin */
	uint8_t n_blocks; /* so many times the usual text is a job's block (jobs_main.h), since less is made of it; 0: once */
	void (*head)(struct writer *writer);  /* once, before everything; may be NULL */
	void (*begin)(struct writer *writer); /* each document; may be NULL */
	void (*batch)(struct writer *writer, const struct lafz_batch *batch);
	/* instead of batches where nothing is asked for but norms; may be NULL */
	void (*text)(struct writer *writer, const struct lafz_text *text);
	void (*end)(struct writer *writer);  /* each document, also one that failed; may be NULL */
	void (*tail)(struct writer *writer); /* once, behind everything; may be NULL */
};

extern const struct format_kind write_text, write_tsv, write_jsonl, write_conllu;
extern const struct format_kind write_vrt, write_spans, write_arrow;
extern const struct format_kind write_runs_tsv, write_runs_jsonl;
extern const struct format_kind write_count, write_stats;
extern const struct format_kind write_normal_text, write_normal_jsonl;

/* Sets the document that follows. doc is copied. False if there is no memory. */
bool write_document(struct writer *writer, const char *doc, size_t len, bool is_record);

void write_free(struct writer *writer);
void write_conllu_free(struct write_conllu *conllu);
void write_spans_free(struct write_spans *spans);
void write_arrow_free(struct write_arrow *arrow);

/* No fewer bytes than what -f arrow keeps will have when it is written; NULL: it keeps nothing. */
uint64_t write_arrow_kept(const struct write_arrow *arrow);

/* ---- For the formats ---- */

/* What there is for AVX2, where it can be used. */
#ifdef LAFZ_KERNEL_AVX2
#define WRITE_AVX2_CHOOSE(writer, fast, plain) ((writer)->has_avx2 ? (fast) : (plain))
#else
#define WRITE_AVX2_CHOOSE(writer, fast, plain) ((void)(writer), (plain))
#endif

/* Makes writer->kinds and writer->scripts: the name of each kind stands between before and behind. */
void write_prepare(struct writer *writer, const char *before, const char *behind);

/* Copies what write_prepare has made. */
static inline char *write_kind(const struct writer *writer, char *dst, uint8_t kind)
{
	const struct write_kind *names = &writer->kinds[kind % WRITE_KINDS];
	put_two(dst, names->text); /* one byte too many */
	return dst + names->len;
}

/* Copies the tag of a script. Behind it is written a tab and more. */
static inline char *write_script(const struct writer *writer, char *dst, uint8_t script)
{
	memcpy(dst, writer->scripts[script], sizeof writer->scripts[script]);
	return dst + WRITE_SCRIPT;
}

static inline uint32_t write_confidence_bits(const struct lafz_batch *batch, size_t i)
{
	uint32_t bits = 0;
	memcpy(&bits, &batch->confidence[i], sizeof bits);
	return bits;
}

/* Whether token i has what is the same for most tokens; if not, its texts must be made anew. */
static inline bool write_is_same(const struct write_same *same, const struct lafz_batch *batch,
                                 size_t i)
{
	const uint32_t other = (same->sent ^ batch->sent[i]) | (same->run ^ batch->run[i]) |
	                       (same->par ^ batch->par[i]) | (uint32_t)(same->lang ^ batch->lang[i]) |
	                       (same->confidence ^ write_confidence_bits(batch, i));
	return other == 0;
}

/* Sets what token i has. */
void write_same_set(struct write_same *same, const struct lafz_batch *batch, size_t i);

/*
 * How many tokens at the beginning of a batch are WRITE_MARGIN bytes or more from the ends of its texts, so that they can be
 * copied by put_plain and put_short.
 */
size_t write_count_inner(const struct lafz_batch *batch);

/* The first token behind i that has another sentence or run than token i, or end. There are no gaps among them. */
size_t write_stretch_end(const struct lafz_batch *batch, size_t i, size_t end);

/* Neighbouring tokens of one sentence and run, and so of one language and confidence. */
struct write_stretch {
	size_t end;
	size_t inner; /* those before it are WRITE_MARGIN bytes or more from the ends of the texts */
};

/* The stretch of token i, up to end at most; n_inner as from write_count_inner. */
struct write_stretch write_stretch(const struct writer *writer, const struct lafz_batch *batch, size_t i,
                                   size_t end, size_t n_inner);

/* The offset in the source of a place in a batch's text. */
static inline uint64_t write_offset(const struct lafz_batch *batch, size_t at)
{
	return batch->base + (batch->source_at ? batch->source_at[at] : at);
}

/* No less than the lengths of surface, norm and key of token i, and less than twice the longest. */
static inline uint32_t write_longest(const struct lafz_batch *batch, size_t i)
{
	return (batch->end[i] - batch->start[i]) | batch->norm_len[i] | batch->key_len[i];
}

/* Where a token's values are in a batch. */
static inline const char *write_surface(const struct lafz_batch *batch, size_t i, size_t *len)
{
	*len = batch->end[i] - batch->start[i];
	return batch->text + batch->start[i];
}

static inline const char *write_norm(const struct lafz_batch *batch, size_t i, size_t *len)
{
	*len = batch->norm_len[i];
	return batch->norm_text + batch->norm_off[i];
}

static inline const char *write_key(const struct lafz_batch *batch, size_t i, size_t *len)
{
	*len = batch->key_len[i];
	return batch->key_text + batch->key_off[i];
}

/* What write_plain of a format looks at, of one token. */
struct write_short {
	const char *surface, *norm, *key;
	uint32_t len, norm_len, key_len;
	uint16_t flags;
};

static inline struct write_short write_short(const struct lafz_batch *batch, size_t i)
{
	return (struct write_short){
		.surface = batch->text + batch->start[i],
		.norm = batch->norm_text + batch->norm_off[i],
		.key = batch->key_text + batch->key_off[i],
		.len = batch->end[i] - batch->start[i],
		.norm_len = batch->norm_len[i],
		.key_len = batch->key_len[i],
		.flags = batch->flags[i],
	};
}

/* Whether all of them can be copied by put_short, if the token is an inner one and clean. */
static inline bool write_is_short(const struct write_short *values)
{
	return (values->len | values->norm_len | values->key_len) < 2 * PUT_STEP &&
	       !(values->flags & LAFZ_FLAG_REPAIRED);
}

/* Whether many values of a batch have more than one step: its letters have more than one byte. */
static inline bool write_is_wide(const struct lafz_batch *batch)
{
	if (batch->n == 0)
		return false;
	const uint32_t bytes = batch->end[batch->n - 1] - batch->start[0];
	const uint32_t chars = batch->cend[batch->n - 1] - batch->cstart[0];
	return bytes - chars > chars / 4;
}

/* For how many tokens that write_is_short there is room behind dst. */
static inline size_t write_count_room(const struct sink *sink, const char *dst)
{
	return (size_t)(sink->buf + sink->cap - dst) / WRITE_SHORT_ROOM;
}

/* As much of a token as lafz_words and lafz_value look at. */
static inline struct lafz_token write_token(const struct lafz_batch *batch, size_t i)
{
	return (struct lafz_token){
		.surface = batch->text + batch->start[i],
		.surface_len = batch->end[i] - batch->start[i],
		.confidence = batch->confidence[i],
		.lang = batch->lang[i],
		.flags = batch->flags[i],
		.kind = batch->kind[i],
	};
}

/* Appends text that holds ill-formed bytes only if the token's flags say so. */
static inline void write_value(struct sink *sink, const char *text, size_t len, uint16_t flags,
                               put_function *put)
{
	if (flags & LAFZ_FLAG_REPAIRED)
		put_repaired(sink, text, len, put);
	else
		put(sink, text, len);
}

/* Copies the tag of a language. */
char *write_lang(struct writer *writer, char *dst, uint16_t lang);

/* Copies the names of flags: with commas between, - if there are none; or as an array of JSON. */
char *write_flags_tsv(struct writer *writer, char *dst, uint16_t flags);
char *write_flags_json(struct writer *writer, char *dst, uint16_t flags);

/* jsonl: the texts around the offsets of a token. */
extern const struct put_front_texts write_jsonl_front;

/* jsonl: the beginning of the line of the tokens from i to end, up to their array. */
void write_jsonl_open(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end);

/* jsonl, for --compact: before everything, before a document, the line of the tokens from i to end, and a batch without gaps. */
void write_compact_head(struct writer *writer);
void write_compact_begin(struct writer *writer);
void write_compact_line(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end,
                        struct clean *clean);
void write_compact_batch(struct writer *writer, const struct lafz_batch *batch, struct clean *clean);

/* jsonl: value, words and edits of a token, as far as they were asked for. */
void write_jsonl_asked(struct writer *writer, const struct lafz_batch *batch, size_t i);

/* Ends the array of tokens and the line of a sentence, with the fields of its record before. */
void write_jsonl_close(struct writer *writer);

/* Appends names that are split by one space, as an array of JSON. */
void write_rules_json(struct sink *sink, const char *rules);

#endif
