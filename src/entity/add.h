/*
 * How the entity stage appends its pieces, with what can be told of each from its atoms: script and flags.
 */
#ifndef LAFZ_ENTITY_ADD_H
#define LAFZ_ENTITY_ADD_H

#include "entity/view.h"

/*
 * Appends a piece of the atoms from i to end; what the rule set in *piece is kept, its start too. There is
 * room for it, since no piece is without atoms.
 */
void add_piece(struct pieces *pieces, const struct view *view, size_t i, size_t end,
               const struct piece *piece);

/* The same for one atom that is a word and has no invisible controls. */
void add_word(struct pieces *pieces, const struct view *view, size_t i);

#endif
