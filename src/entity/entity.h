/*
 * Entities: joins atoms to pieces by all the rules that need no language: words of UAX #29, links,
 * e-mail, mentions, hashtags, numbers, dates, times, emoji.
 */
#ifndef LAFZ_ENTITY_ENTITY_H
#define LAFZ_ENTITY_ENTITY_H

#include "base/mem.h"
#include "piece.h"
#include "segment/segment.h"
#include "unicode/dict.h"

struct entity_stage {
	enum lafz_rules rules;
	struct dict dict;
};

/*
 * Writes the pieces of a segment to *pieces, which is emptied before and has room for one each atom.
 * LAFZ_OK, LAFZ_ERR_MEMORY, LAFZ_ERR_UNICODE.
 */
int entity_segment(struct entity_stage *stage, const struct lafz_allocator *mem,
                   const struct segment *segment, struct pieces *pieces);

void entity_free(struct entity_stage *stage, const struct lafz_allocator *mem);

#endif
