/*
 * Text in which nothing can change, found without a look at its tokens: what norm_token would settle for each of them.
 * Linear.
 */
#ifndef LAFZ_NORM_CALM_H
#define LAFZ_NORM_CALM_H

#include <stddef.h>

#include "norm/fold.h"

/*
 * The bytes from the beginning of text on that the profile standard leaves as they are, without options, wherever
 * the borders of tokens and gaps lie in them: ASCII, Latin letters below U+0300, U+0600 to U+06FF by the table, dashes
 * and quotes. What stands behind them may change or not. The table is of the language of the words.
 */
size_t calm_len(const struct fold_table *table, const char *text, size_t len);

/*
 * The bytes of a ZWNJ at off if it stands between two letters of which the first joins, so that it stays where no
 * border of a token is beside it; else 0.
 */
size_t calm_zwnj(const struct fold_table *table, const char *text, size_t off, size_t len);

#endif
