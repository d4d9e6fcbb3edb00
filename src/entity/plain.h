/*
 * Words that are settled by what is right behind them, without asking the rules; and whether a link is to be looked for.
 */
#ifndef LAFZ_ENTITY_PLAIN_H
#define LAFZ_ENTITY_PLAIN_H

#include "entity/view.h"

/* What stretches without white space hold of links and their like; looked up when a rule asks for it. */
struct plain_web {
	size_t end; /* of the stretch that was looked at last */
	unsigned signs;
};

/* Bits of enum web_sign that are in the stretch of atom i, or behind it in there. */
unsigned plain_web_signs(struct plain_web *web, const struct view *view, size_t i);

/*
 * Whether atom i, letters, is a word by itself because of what is behind it: no rule of the default
 * ones takes more or makes anything else of it. Nearly all words are settled here.
 */
bool plain_word(const struct view *view, size_t i, struct plain_web *web);

/*
 * Whether atom i is a mark of ASCII or a row of its digits by itself, because of what is behind it: no rule of the default ones takes
 * more or makes anything else of it. *kind: of the piece; any if it is none.
 */
bool plain_other(const struct view *view, size_t i, uint8_t *kind);

/*
 * Whether atom i, letters, and two behind it are a word of Latin script with an apostrophe inside, before white
 * space, a quote, a comma, or a mark with one of these behind it (don't): no other rule takes any of it, and that
 * of words no more.
 */
bool plain_contraction(const struct view *view, size_t i);

#endif
