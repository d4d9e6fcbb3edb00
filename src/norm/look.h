/*
 * A short look at the bytes of a token: most of those that change, change in one way, for which they need not be decoded.
 */
#ifndef LAFZ_NORM_LOOK_H
#define LAFZ_NORM_LOOK_H

#include "norm/fold.h"
#include "norm/norm.h"

/* What a short look at the bytes of a token says. */
enum look {
	LOOK_SETTLED, /* nothing can change */
	LOOK_SIMPLE,  /* nothing but letters with FOLD_HINT_SIMPLE, or in Arabic script alone with FOLD_HINT_PLACE */
	LOOK_JOINED,  /* the same, and letters with FOLD_HINT_LAST that are the last ones or have ZWNJ behind them, which a row knows */
	LOOK_MARKS,   /* nothing but the order of marks */
	LOOK_IDLE,    /* nothing but ZWNJ with nothing to do */
	LOOK_HAMZA,   /* nothing but the heh with a hamza above that it ends with */
	LOOK_HARD     /* the long way will tell */
};

/*
 * Knows ASCII, signs of Latin-1, Latin letters below U+0300, U+0600 to U+06FF by the table, general punctuation, and ZWNJ behind
 * letters: between two it stays where the first joins, else and at the end it is idle.
 */
enum look look_at(const struct fold_table *table, const char *text, size_t len);

/*
 * What there is to do, if an option or a row of the table may act on what a short look passes over.
 */
enum look look_again(const struct norm_request *request, const struct fold_table *table,
                     enum look look, const char *text, size_t len);

/*
 * The norm of a word that is LOOK_MARKS: the marks of each letter sorted by class, those of one class as they stood
 * (canonical order; none of them composes with a letter). A row of more marks than words have is left to the long way.
 * Returns 1, 0: nothing is appended, or LAFZ_ERR_MEMORY.
 */
int look_order_marks(const struct lafz_allocator *mem, const char *text, size_t len, struct buf *out);

/* The norm of a word that is LOOK_IDLE: without these. LAFZ_OK or LAFZ_ERR_MEMORY. */
int look_drop_idle(const struct lafz_allocator *mem, const uint8_t *hints, const char *text, size_t len,
                   struct buf *out);

/*
 * The norm of a word that is LOOK_HAMZA, if the table has one row for these two and no other for a hamza above that may act there.
 * Returns 1, 0: nothing is appended, the long way will tell; or LAFZ_ERR_MEMORY.
 */
int look_join_hamza(const struct lafz_allocator *mem, const struct fold_table *table, const char *text, size_t len,
                    struct buf *out);

/* What a row of the table makes of heh and hamza above wherever they stand, if no other row may act on them; else 0. */
uint32_t look_joined_hamza(const struct fold_table *table);

/* The norm of a word that is LOOK_SIMPLE: as long as the source. LAFZ_OK or LAFZ_ERR_MEMORY. */
int look_fold(const struct lafz_allocator *mem, const struct fold_table *table, const char *text,
              size_t len, struct buf *out);

/* The norm of a word that is LOOK_JOINED. LAFZ_OK or LAFZ_ERR_MEMORY. */
int look_join(struct norm *norm, const struct lafz_allocator *mem, const struct fold_table *table, const char *text, size_t len,
              struct buf *out);

#endif
