/*
 * lafz.h - a streaming normaliser and tokeniser for Arabic-script and Latin text
 *
 * Lafz reads a document as a stream of bytes in UTF-8 (or options.encoding), splits it into language runs, normalises
 * each run by the rules of its language, and hands out tokens that lead back to the bytes they came
 * from.
 *
 * The whole job, without error handling:
 *
 *	struct lafz_options options;
 *	struct lafz_stream *stream;
 *	const struct lafz_token *token;
 *	int rc;
 *
 *	lafz_options_init(&options, sizeof options);
 *	lafz_open(&stream, &options);
 *	while ((len = read(0, chunk, sizeof chunk)) > 0) {
 *		lafz_feed(stream, chunk, len);
 *		while ((rc = lafz_next(stream, &token)) == LAFZ_TOKEN)
 *			use(token);
 *	}
 *	lafz_finish(stream);
 *	while ((rc = lafz_next(stream, &token)) == LAFZ_TOKEN)
 *		use(token);
 *	lafz_close(stream);
 *
 * Words used in this file. A "character" is a code point of the source; an ill-formed sequence (a
 * maximal subpart in the sense of the Unicode Standard, section 3.9) and a leading byte order mark
 * count as one each. A "segment" is a line, or a paragraph if options.unwrap is set, or a piece of
 * it of at most options.max_segment bytes. A "run" is a row of neighbouring tokens of one script
 * and one language inside a segment. A "gap" is what lies between tokens: white space, line ends,
 * invisible controls without a letter. Runs and sentences never cross a segment. All numbers count
 * from 0 within a document. All offsets are into the source as it was fed.
 *
 * Threads: one stream is used by one thread at a time; any number of streams may be used side by
 * side. The library keeps no global state, reads no environment variable and no locale, and never
 * prints, aborts or exits.
 */
#ifndef LAFZ_H
#define LAFZ_H

#include <stddef.h>
#include <stdint.h>

#include <lafz_version.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef LAFZ_API
#if defined(__GNUC__)
#define LAFZ_API __attribute__((visibility("default")))
#else
#define LAFZ_API
#endif
#endif

/* ---- Status ---------------------------------------------------------------------------------- */

/*
 * Every function that can fail returns one of these. Negative: failed. Zero: done. Positive: an
 * event. The first failure of a stream is sticky: until lafz_reset, every further call on it
 * returns the same status.
 */
enum lafz_status {
	LAFZ_OK = 0,             /* done; from next: the document has ended */
	LAFZ_TOKEN = 1,          /* lafz_next has set a token */
	LAFZ_MORE = 2,           /* all that was fed is used up: feed more, or finish */
	LAFZ_BATCH = 3,          /* lafz_next_batch has set a batch */
	LAFZ_TEXT = 4,           /* lafz_next_text has set a piece of text */
	LAFZ_ERR_MEMORY = -1,    /* an allocation failed */
	LAFZ_ERR_OPTION = -2,    /* an option has a value it cannot have */
	LAFZ_ERR_ORDER = -3,     /* a call at the wrong time: feed before MORE, or after finish */
	LAFZ_ERR_ILLFORMED = -4, /* ill-formed UTF-8, and options.on_invalid is LAFZ_INVALID_FAIL */
	LAFZ_ERR_LIMIT = -5,     /* the document is longer than 2^63 - 1 bytes */
	LAFZ_ERR_UNICODE = -6,   /* ICU or utf8proc failed for a reason other than memory */
	LAFZ_ERR_TABLES = -7     /* a table of folds is not as it must be */
};

/*
 * The fixed English text for a status, for instance "out of memory". Never NULL. Lives as long as
 * the program.
 */
LAFZ_API const char *lafz_strerror(int status);

/* ---- Memory ---------------------------------------------------------------------------------- */

/*
 * Where the memory of a stream comes from, aligned to 8 bytes at least. All three functions get ctx
 * as their first argument. resize behaves as realloc does and is also told the old size; release is
 * never called with NULL.
 * A function may return NULL: the stream then fails with LAFZ_ERR_MEMORY and can still be reset or
 * closed. ICU's own memory (used only for text in scripts that need a dictionary, and for language
 * names) does not come from here.
 */
struct lafz_allocator {
	void *(*allocate)(void *ctx, size_t size);
	void *(*resize)(void *ctx, void *ptr, size_t old_size, size_t size);
	void (*release)(void *ctx, void *ptr);
	void *ctx;
};

/* ---- Options --------------------------------------------------------------------------------- */

enum lafz_rules {
	LAFZ_RULES_DEFAULT = 0, /* UAX #29 with the written exceptions of lafz-rules(7) */
	/* default without any rule that needs a language: borders do not depend on a guess */
	LAFZ_RULES_SEARCH = 1,
	LAFZ_RULES_UAX29 = 2    /* word borders exactly those of UAX #29, Unicode 15.0 */
};

enum lafz_profile {
	LAFZ_PROFILE_STANDARD = 0, /* right spelling in the letters of the run's language */
	/* canonical composition only, over the whole segment, gaps included */
	LAFZ_PROFILE_NFC = 1,
	LAFZ_PROFILE_NONE = 2      /* the source as it is */
};

/*
 * What happens to ill-formed bytes in norm. They are a token of their own, flagged, in every case
 * but FAIL. The key has U+FFFD for each maximal subpart whatever is chosen here, being a function
 * of the source alone.
 */
enum lafz_invalid {
	LAFZ_INVALID_REPLACE = 0, /* one U+FFFD for each maximal subpart */
	LAFZ_INVALID_DROP = 1,    /* nothing stands for them */
	LAFZ_INVALID_FAIL = 2     /* the stream fails with LAFZ_ERR_ILLFORMED at their offset */
};

/* Which digits numbers are written with in norm. */
enum lafz_digits {
	LAFZ_DIGITS_KEEP = 0,
	LAFZ_DIGITS_ASCII = 1,
	/*
	 * U+06F0 on in ps and fa, U+0660 on in ar and ckb, ASCII in all others; und: kept. Digits right before letters
	 * may go with these: with one language set they do
	 */
	LAFZ_DIGITS_NATIVE = 2
};

/* What is computed. Columns and fields that were not asked for are NULL, or 0. */
enum lafz_want {
	LAFZ_WANT_NORM = 1,   /* norm */
	LAFZ_WANT_KEY = 2,    /* key */
	LAFZ_WANT_CHARS = 4,  /* offsets in characters: cstart, cend */
	/* languages and runs: lang, run, confidence; norm needs it and switches it on */
	LAFZ_WANT_RUNS = 8,
	LAFZ_WANT_SENTS = 16, /* sentences: sent */
	LAFZ_WANT_GAPS = 32,  /* gaps too, as tokens of the kind LAFZ_KIND_SPACE */
	LAFZ_WANT_EDITS = 64, /* why norm differs from the source: lafz_edits; switches norm on */
	LAFZ_WANT_ALL = LAFZ_WANT_NORM | LAFZ_WANT_KEY | LAFZ_WANT_CHARS | LAFZ_WANT_RUNS |
	                LAFZ_WANT_SENTS
};

#define LAFZ_MAX_LANGUAGES 32 /* languages in options.languages */
#define LAFZ_MIN_SEGMENT 64   /* smallest options.max_segment, bytes */
#define LAFZ_MAX_SEGMENT (1u << 24)
#define LAFZ_MIN_TOKEN 64     /* smallest options.max_token, bytes */

/*
 * The options of a stream. Set up by lafz_options_init, then changed by field. The struct grows at
 * its end: size says which fields the caller knows; a field that the caller does not know has its
 * default. Everything is copied by lafz_open except allocator.ctx.
 */
struct lafz_options {
	size_t size;                    /* set by lafz_options_init; do not change */
	uint32_t want;                  /* bits of enum lafz_want; default LAFZ_WANT_ALL */
	enum lafz_rules rules;
	enum lafz_profile profile;
	enum lafz_invalid on_invalid;
	uint16_t languages[LAFZ_MAX_LANGUAGES]; /* language ids (lafz_lang_id); see n_languages */
	/*
	 * 0: all are candidates. 1: this one is set, nothing is guessed: words in its script are in
	 * it with confidence 1, all others are und. More: the candidates
	 */
	uint32_t n_languages;
	uint32_t unwrap;                /* 1: a segment is a paragraph, not a line */
	uint32_t max_segment;           /* bytes without the line end; 0: 65536 */
	/* runs below it get only the folds that all languages share; default 0.9 */
	float fold_confidence;
	struct lafz_allocator allocator; /* all zero: malloc, realloc and free */
	/* NULL: the best scanner kernel of this processor; else its name */
	const char *kernel;

	/* For profile standard alone. All off, or 0, by default. */
	enum lafz_digits digits;
	/* 1: harakat and their like are dropped from Arabic-script words */
	uint32_t strip_marks;
	/* 1: quotes, dashes and Arabic marks become those of ASCII */
	uint32_t unify_punct;
	/* 1: Latin letters become lower case; i as Turkish and Azerbaijani have it in their runs */
	uint32_t lower;
	/* 1: U+200C is dropped everywhere, not only where it does nothing */
	uint32_t drop_zwnj;
	/* names of rules that are off by default (ps-inner-yeh); lent to lafz_open */
	const char *const *folds;
	uint32_t n_folds;
	/* tables of folds instead of the built-in ones; lent until the stream is closed */
	const struct lafz_tables *tables;
	/*
	 * NULL: the source is in UTF-8. Else a name that ICU knows, for instance "windows-1256" or
	 * "UTF-16": offsets are then into the source, all text that is handed out is in UTF-8 all the
	 * same, but for bytes that are ill-formed in the encoding, each sequence of which is a byte FF.
	 * "auto": guessed for each document, from its first 64 KiB (lafz_encoding): a byte order mark, else
	 * UTF-8 if they are well-formed, else what ICU's detector says. Until they are there, no token comes.
	 * Bytes at the end that make no character (a shift of ISO-2022-KR) belong to no token.
	 * Lent to lafz_open; LAFZ_ERR_OPTION if ICU does not know it, or its detector is not installed
	 */
	const char *encoding;
	/*
	 * bytes of the longest token, LAFZ_MIN_TOKEN to LAFZ_MAX_SEGMENT; 0: as long as a segment. A
	 * longer one is handed out in pieces, by any rules: each ends behind the last grapheme
	 * cluster that fits, or inside one that does not fit alone. A piece has LAFZ_FLAG_CUT, its
	 * own surface, norm, key and edits, and all else that the whole would have. Gaps are not cut
	 */
	uint32_t max_token;
};

/*
 * Fills *options with the defaults. size is sizeof *options as the caller was compiled with; fields
 * beyond it are left alone. Cannot fail.
 */
LAFZ_API void lafz_options_init(struct lafz_options *options, size_t size);

/*
 * Limits. What is beyond them is cut or refused as said here, never lost; nothing else is limited.
 *	document: 2^63 - 1 bytes as UTF-8; lafz_feed then fails with LAFZ_ERR_LIMIT
 *	segment: options.max_segment bytes without its line end, LAFZ_MIN_SEGMENT to LAFZ_MAX_SEGMENT. A
 *	longer one is cut behind a sentence end or white space, else between characters. A stream needs
 *	25 bytes for each byte of its longest segment, and 150 where each byte is a token
 *	token: options.max_token bytes, else a segment. Also a hashtag, a link, a number: no kind has a
 *	limit of its own but a host name that no scheme precedes (253 bytes) and the part of an e-mail
 *	address before its at sign (64), beyond which there is no link or address. Where a token is cut,
 *	its pieces have LAFZ_FLAG_CUT; where a segment is cut inside a token, what is before the cut has
 *	it, and what follows is looked at anew
 *	edits of a token: as many as it has characters
 *	options: LAFZ_MAX_LANGUAGES candidates; the tables of a user are limited in FORMAT.md
 */

/* ---- Tables of folds ------------------------------------------------------------------------- */

/*
 * A user's tables of folds, read-only once made: any number of streams in any threads may use it.
 */
struct lafz_tables;

/* Why a table was refused. */
struct lafz_tables_error {
	size_t line;      /* counted from 1; 0: no line is to blame */
	const char *text; /* fixed English text; lives as long as the program */
};

/*
 * Reads tables from len bytes of text in the format of FORMAT.md (in src/norm, installed with the
 * documentation). Languages that it does not name keep their built-in tables. allocator: NULL is
 * malloc. On success *out is to be given back with lafz_tables_close, after the last stream that
 * uses it. Returns LAFZ_OK, LAFZ_ERR_MEMORY, or LAFZ_ERR_TABLES with *error (NULL is legal) set: a
 * bad line, an unknown language, or a row that changes a letter of the language's own alphabet
 * without the flag force.
 */
LAFZ_API int lafz_tables_read(struct lafz_tables **out, const char *text, size_t len,
                              const struct lafz_allocator *allocator,
                              struct lafz_tables_error *error);

/* Gives tables back. NULL is legal. */
LAFZ_API void lafz_tables_close(struct lafz_tables *tables);

/* ---- Tokens ---------------------------------------------------------------------------------- */

/* The kinds of tokens. The numbers are fixed. */
enum lafz_kind {
	LAFZ_KIND_WORD = 0,
	LAFZ_KIND_NUMBER = 1,
	LAFZ_KIND_PUNCT = 2,
	LAFZ_KIND_SYMBOL = 3,
	LAFZ_KIND_EMOJI = 4,
	LAFZ_KIND_URL = 5,
	LAFZ_KIND_EMAIL = 6,
	LAFZ_KIND_MENTION = 7,
	LAFZ_KIND_HASHTAG = 8,
	LAFZ_KIND_TIME = 9,
	LAFZ_KIND_DATE = 10,
	/* ill-formed bytes, control characters, unassigned and private code points */
	LAFZ_KIND_OTHER = 11,
	LAFZ_KIND_SPACE = 12  /* a gap; only with LAFZ_WANT_GAPS */
};

/* What is worth knowing about a token. Bits; the numbers are fixed. */
enum lafz_flag {
	LAFZ_FLAG_ABBREVIATION = 1,  /* a full stop belongs to it: U.S. Dr. */
	LAFZ_FLAG_CONTRACTION = 2,   /* an apostrophe joins parts: don't */
	LAFZ_FLAG_REPAIRED = 4,      /* holds ill-formed bytes */
	/* a piece of a token beyond max_token; or its segment was cut at its end, for max_segment */
	LAFZ_FLAG_CUT = 8,
	LAFZ_FLAG_BIDI = 16,         /* holds bidi controls: 061C 200E 200F 202A-202E 2066-2069 */
	LAFZ_FLAG_MIXED = 32,        /* a word or hashtag with letters of more than one script */
	LAFZ_FLAG_UPPER = 64,        /* a word with upper-case letters and no lower-case one */
	LAFZ_FLAG_ZWNJ = 128,        /* holds U+200C */
	LAFZ_FLAG_ORDINAL = 256,     /* 21st */
	LAFZ_FLAG_VERSION = 512,     /* a number with two full stops or more: 2.6.1 */
	LAFZ_FLAG_IP = 1024,         /* an IPv4 address */
	LAFZ_FLAG_PHONE = 2048       /* a telephone number */
};

/*
 * One token. Pointers and their bytes are the stream's and live until the next call on the stream.
 * The struct may grow at its end in later versions; the library allocates it. Nothing in it is
 * NUL-terminated.
 *
 * surface is the source itself, so it may hold ill-formed bytes (flag LAFZ_FLAG_REPAIRED). norm and
 * key are well-formed UTF-8 whenever profile and on_invalid allow it.
 */
struct lafz_token {
	uint64_t start, end;     /* bytes of the document, half open */
	uint64_t cstart, cend;   /* characters of the document, half open */
	uint64_t par, sent, run; /* number of its paragraph, sentence, run */
	const char *surface;
	const char *norm;
	const char *key;
	size_t surface_len, norm_len, key_len; /* bytes */
	float confidence;        /* of the run's language, 0 to 1 */
	uint16_t lang;           /* of its run: lafz_lang_tag */
	uint16_t flags;          /* bits of enum lafz_flag */
	uint8_t kind;            /* enum lafz_kind */
	uint8_t script;          /* of its letters: lafz_script_tag; Zyyy if it has none */
};

/*
 * One or more whole segments as columns of n entries each. Columns and their bytes are the stream's
 * and live until the next call on the stream. How many segments a batch holds may depend on how the
 * document was fed; the tokens do not.
 *
 * Offsets are relative: the byte offset of token i in the document is base + start[i] (in another
 * encoding than UTF-8 base + source_at[start[i]]), its
 * character offset cbase + cstart[i], its sentence sent_base + sent[i], and so on. Token i's
 * surface is text + start[i], end[i] - start[i] bytes long. Its norm is norm_text + norm_off[i],
 * norm_len[i] bytes long; its key likewise, in key_size bytes of key_text. Norms and keys stand in
 * the order of their tokens. norm_text as a whole, norm_size bytes, is the normalised text of the
 * batch with its gaps; when nothing in the batch changed it is text itself.
 * start, end, par, kind, script, flags and text are always there.
 *
 * A gap (LAFZ_WANT_GAPS) ends with its segment. It has the sentence, run, paragraph and language of
 * the token before it in the segment, else of the token behind it, else the numbers of the last
 * token of the document so far and und.
 */
struct lafz_batch {
	size_t n;
	uint64_t base, cbase;
	uint64_t run_base, sent_base, par_base;
	const char *text; /* the source of the batch, len bytes from base on */
	size_t len;
	const uint32_t *start, *end, *cstart, *cend;
	const uint32_t *run, *sent, *par;
	const uint8_t *kind, *script;
	const uint16_t *lang, *flags;
	const float *confidence;
	const uint32_t *norm_off, *norm_len;
	const char *norm_text;
	size_t norm_size;
	const uint32_t *key_off, *key_len;
	const char *key_text;
	size_t key_size;
	/*
	 * NULL: byte i of text is byte base + i of the source. With options.encoding it is byte
	 * base + source_at[i]; there are len + 1 of them, so start and end of a token can be looked up
	 */
	const uint32_t *source_at;
};

/* ---- Streams --------------------------------------------------------------------------------- */

struct lafz_stream;

/*
 * Makes a stream for documents read with these options; NULL means the defaults. On success *out is
 * the stream, to be given back with lafz_close, and 0 is returned. Otherwise *out is NULL and the
 * result LAFZ_ERR_MEMORY or LAFZ_ERR_OPTION.
 */
LAFZ_API int lafz_open(struct lafz_stream **out, const struct lafz_options *options);

/*
 * Lends len bytes, the next of the document. They stay the caller's and must stay where they are,
 * unchanged, until lafz_next, lafz_next_batch or lafz_next_text answers LAFZ_MORE, or OK after
 * lafz_finish. Zero bytes are legal. Tokens do not depend on how a document is cut into chunks. Returns 0, or
 * LAFZ_ERR_ORDER if the chunk before is not used up or the document is finished, or LAFZ_ERR_LIMIT.
 */
LAFZ_API int lafz_feed(struct lafz_stream *stream, const void *bytes, size_t len);

/*
 * Says that the document ends after what was fed. Returns 0, or the sticky failure. Calling it
 * twice is harmless.
 */
LAFZ_API int lafz_finish(struct lafz_stream *stream);

/*
 * What the document is in, as ICU names it, with "auto" what was found: "UTF-8", "windows-1256"; NULL
 * until that is known. Lives until lafz_reset or lafz_close.
 */
LAFZ_API const char *lafz_encoding(const struct lafz_stream *stream);

/*
 * Sets *token to the next token. Returns LAFZ_TOKEN; LAFZ_MORE when all that can be said of the
 * bytes fed so far is said; LAFZ_OK at the end of a finished document; or a failure. *token is NULL
 * unless LAFZ_TOKEN is returned.
 */
LAFZ_API int lafz_next(struct lafz_stream *stream, const struct lafz_token **token);

/*
 * The same by batches: LAFZ_BATCH, LAFZ_MORE, LAFZ_OK or a failure. May be mixed with lafz_next: a
 * batch holds what lafz_next has not handed out yet. A batch may hold no token (n is 0) where the
 * source has only gaps.
 */
LAFZ_API int lafz_next_batch(struct lafz_stream *stream, const struct lafz_batch **batch);

/* A piece of a document as normalised text. */
struct lafz_text {
	const char *text;  /* whole lines, UTF-8, not NUL-terminated */
	size_t len;        /* bytes; not 0 */
	/* paragraphs, numbered as tokens number them: of the first line, of the last one, of the last token read */
	uint64_t first_par, last_par, par;
};

/*
 * The document as normalised text: a sentence a line, the norms of its tokens with one space between,
 * an empty line between paragraphs, which the piece behind it begins with. Tokens without norm are left
 * out, and so are lines of such tokens alone; ill-formed bytes that were kept are U+FFFD. Sets *text to
 * the next piece, valid until the next call on the stream. Returns LAFZ_TEXT, LAFZ_MORE, LAFZ_OK or a
 * failure; *text is NULL unless LAFZ_TEXT is returned. With the default rules and profile and no options
 * of norm, lines in one language that hold nothing but words, commas and a mark at the end are copied
 * without their tokens; all others take as long as by batches.
 * options.want must have LAFZ_WANT_NORM and LAFZ_WANT_SENTS, and a document is read either by this call
 * or by lafz_next and lafz_next_batch: LAFZ_ERR_ORDER if not.
 */
LAFZ_API int lafz_next_text(struct lafz_stream *stream, const struct lafz_text **text);

/*
 * Why the norm of what was handed out last differs from the source: of the token, if that was a
 * token, of the whole batch, if that was a batch. Edits are in the order of the source, do not
 * overlap, and cover every byte that differs: the source with each span replaced by its text is the
 * norm. With LAFZ_WANT_GAPS, or for a batch, those in gaps are there too.
 */
struct lafz_edit {
	uint64_t start, end;   /* bytes of the document that were replaced; never empty */
	const char *source;    /* these bytes; in UTF-8, if options.encoding is another */
	const char *text;      /* what stands there in norm; may be empty */
	size_t text_len;
	/* names of the rules that made it so, in their order, split by one space; NUL-terminated */
	const char *rules;
	/* of the token's run, whose tables were used; und below fold_confidence and in gaps */
	uint16_t lang;
	uint8_t kind;          /* enum lafz_kind of the token */
	size_t source_len;     /* end - start, if the document is in UTF-8 */
};

/*
 * Sets *edits to the n edits of what was handed out last, valid until the next call of lafz_next,
 * lafz_next_batch, lafz_feed, lafz_reset or lafz_close. Returns LAFZ_OK, LAFZ_ERR_ORDER if
 * options.want has no LAFZ_WANT_EDITS or nothing was handed out, or LAFZ_ERR_MEMORY.
 */
LAFZ_API int lafz_edits(struct lafz_stream *stream, const struct lafz_edit **edits, size_t *n);

/*
 * Begins a new document with the same options. Forgets failures and everything of the document
 * before; keeps the memory. Cheap. Cannot fail; a stream that is NULL is left alone.
 */
LAFZ_API void lafz_reset(struct lafz_stream *stream);

/* Gives back the stream and all it owns. NULL is legal. */
LAFZ_API void lafz_close(struct lafz_stream *stream);

/*
 * The fixed English text of the stream's failure, or "no error". If offset is not NULL it gets the
 * byte offset in the document the failure belongs to. Lives as long as the program.
 */
LAFZ_API const char *lafz_error(const struct lafz_stream *stream, uint64_t *offset);

/* Called for each token; a result other than 0 ends the work and is returned by lafz_tokenize. */
typedef int lafz_callback(void *ctx, const struct lafz_token *token);

/*
 * Tokenises a whole text at once. options may be NULL. Returns 0, a failure, or what the callback
 * returned.
 */
LAFZ_API int lafz_tokenize(const char *text, size_t len, const struct lafz_options *options,
                           lafz_callback *callback, void *ctx);

/* ---- More about a token ---------------------------------------------------------------------- */

/*
 * The two functions below look at surface, surface_len, kind, flags, lang and confidence alone, so
 * a token made by hand of a row of a batch will do. They keep nothing, allocate nothing and cannot
 * fail. Both answer 0 for a piece of a token (LAFZ_FLAG_CUT).
 */

#define LAFZ_MAX_WORDS 4 /* words of one token */

/* A syntactic word of a token. */
struct lafz_word {
	const char *form; /* not NUL-terminated; lives as long as the token, or the program */
	size_t len;       /* bytes of form */
	/*
	 * bytes of the surface that it stands for: its own part where all words of the token are
	 * parts of the surface (do|n't); else the whole surface, for each of them (zum: zu, dem)
	 */
	size_t start, end;
};

/*
 * Fills words with the syntactic words of a token, as Universal Dependencies counts them, and
 * returns how many there are: 2 or more, or 0 for a token that is one word, as almost all are.
 * Closed lists: English contractions (don't, it's, cannot), prepositions with an article in French
 * (du), Italian (nella), Spanish (del) and German (zum); lafz-rules(7) has them. Case is kept: Zum
 * is Zu and dem, DEL is DE and EL.
 */
LAFZ_API size_t lafz_words(const struct lafz_token *token, struct lafz_word words[LAFZ_MAX_WORDS]);

#define LAFZ_VALUE_ROOM 64 /* bytes of a value with its NUL, at most */

/*
 * Writes what a number, date or time says to out, in ASCII with a NUL behind it, and returns its
 * bytes without the NUL: 0 where there is no value, or it is not sure. A number is digits as they
 * were written, with a minus before them and a full stop as its point: 12.5, 3000.50, -7, 007. Of
 * 21st it is 21. Full stops and commas count by the language if that is certain (0.9) and settles
 * it: 1.234 is 1.234 in English, 1234 in German, and nothing in Spanish. A date is yyyy-mm-dd
 * where order and calendar are sure, perhaps with a time; a time hh:mm or hh:mm:ss, not before 13
 * o'clock but at 0, since the half of the day may be told by a word behind it.
 */
LAFZ_API size_t lafz_value(const struct lafz_token *token, char out[LAFZ_VALUE_ROOM]);

/* ---- Search keys ----------------------------------------------------------------------------- */

/*
 * Writes the key of len bytes of text to out, at most cap bytes, and returns the bytes the whole
 * key has: if that is more than cap, the bytes written are the key's first, cut between characters.
 * The key of a string is a function of the string alone, the same for every language, and the same
 * as the key of a token with this surface. Places (first letter, last letter) are counted in pieces
 * between white space. Ill-formed bytes become U+FFFD. text and out must not overlap. Allocates
 * only where a piece without white space is longer than 1024 characters; if that fails, the piece
 * is worked on in parts.
 */
LAFZ_API size_t lafz_key(const char *text, size_t len, char *out, size_t cap);

/*
 * Writes len bytes of text, composed canonically (NFC, Unicode as in lafz_library_versions), to
 * out, if it has room for all of it: cap bytes. Room for 3 * len is always enough. *out_len gets
 * the bytes of the result, also if there was no room. Each ill-formed subpart becomes U+FFFD. text
 * and out must not overlap. Returns LAFZ_OK, LAFZ_ERR_MEMORY or LAFZ_ERR_UNICODE; allocates only
 * where something may change.
 */
LAFZ_API int lafz_nfc(const char *text, size_t len, char *out, size_t cap, size_t *out_len);

/* ---- Names ----------------------------------------------------------------------------------- */

#define LAFZ_LANG_UND 0      /* the id of an undetermined language, in every version */
#define LAFZ_LANG_NONE 65535 /* no such language */

/*
 * BCP 47 tag of a language id, for instance "ps"; NULL if there is none. Ids are only good within
 * one program run.
 */
LAFZ_API const char *lafz_lang_tag(uint16_t lang);

/* Id of a BCP 47 tag, upper or lower case; LAFZ_LANG_NONE if Lafz does not know it. */
LAFZ_API uint16_t lafz_lang_id(const char *tag);

/* How many languages there are, und included: ids run from 0 to one below it. */
LAFZ_API uint16_t lafz_lang_count(void);

/*
 * ISO 15924 tag of the script a language is told by, for instance "Arab". Zyyy for und; NULL for an
 * unknown id.
 */
LAFZ_API const char *lafz_lang_script(uint16_t lang);

/* How much Lafz does for a language. */
enum lafz_lang_support {
	LAFZ_LANG_DETECTED = 1, /* told apart from the others of its script */
	LAFZ_LANG_FOLDED = 2,   /* has a table of folds */
	LAFZ_LANG_PROTECTED = 4 /* has an alphabet that its profile must not harm */
};

/* Bits of enum lafz_lang_support for a language id. */
LAFZ_API unsigned lafz_lang_support(uint16_t lang);

/* What a language is told by. */
enum lafz_lang_evidence {
	LAFZ_EVIDENCE_WORDS = 1,   /* its words and stretches of letters, by a trained table */
	LAFZ_EVIDENCE_LETTERS = 2, /* letters that only few alphabets have: they prove it */
	LAFZ_EVIDENCE_HARAKAT = 4  /* words with all their vowels */
};

/* Bits of enum lafz_lang_evidence for a language id; 0 for one that is not told from others. */
LAFZ_API unsigned lafz_lang_evidence(uint16_t lang);

/*
 * Writes the English name of a language as ICU has it to out, at most cap bytes with the final NUL,
 * and returns the bytes of the whole name without the NUL; 0 for an unknown id. Loads ICU's data.
 */
LAFZ_API size_t lafz_lang_name(uint16_t lang, char *out, size_t cap);

/*
 * Writes the name of a code point as the Unicode Standard has it (ARABIC LETTER KAF), or what it is
 * if it has none (<control-0007>, <noncharacter-FFFF>), to out, at most cap bytes with the final
 * NUL, and returns the bytes of the whole name without the NUL; 0 above U+10FFFF. Loads ICU's data.
 */
LAFZ_API size_t lafz_char_name(uint32_t cp, char *out, size_t cap);

/* ISO 15924 tag of a script id of a token, for instance "Latn"; "Zyyy" if there is none. */
LAFZ_API const char *lafz_script_tag(uint8_t script);

/* Name of a kind, for instance "word"; NULL if there is none. */
LAFZ_API const char *lafz_kind_name(uint8_t kind);

/* Name of a flag, given as its single bit, for instance "zwnj"; NULL if there is none. */
LAFZ_API const char *lafz_flag_name(uint16_t flag);

/*
 * Name of the i-th scanner kernel of this build, slowest first; NULL past the last. *usable (NULL
 * is legal) says whether this processor can run it.
 */
LAFZ_API const char *lafz_kernel(size_t i, int *usable);

/* ---- Versions -------------------------------------------------------------------------------- */

/*
 * The version of the library that runs, as "1.2.3"; LAFZ_VERSION is the one that was compiled with.
 */
LAFZ_API const char *lafz_version(void);

/*
 * What results depend on, in one line: the versions of rules, key and language evidence, and of
 * Unicode. An index of keys built under one key version is wrong under another; the key changes
 * only with a major release.
 */
LAFZ_API const char *lafz_rules_version(void);

/*
 * Writes the versions of the libraries that Lafz runs with, in one line for reports, to out: at
 * most cap bytes with the final NUL. Returns the bytes of the whole line without the NUL.
 */
LAFZ_API size_t lafz_library_versions(char *out, size_t cap);

#ifdef __cplusplus
}
#endif

#endif
