/*
 * Entities: joins atoms to pieces by all the rules that need no language: words of UAX #29, links,
 * e-mail, mentions, hashtags, numbers, dates, times, emoji.
 */
#ifndef LAFZ_ENTITY_ENTITY_H
#define LAFZ_ENTITY_ENTITY_H

#include "base/mem.h"
#include "piece.h"
#include "scan/scan.h"
#include "segment/segment.h"
#include "unicode/dict.h"

/* 64 atoms: how the pieces of segments are counted without looking at each. */
struct entity_block {
	uint64_t begins; /* atoms that a piece begins with */
	uint32_t n;      /* pieces before these atoms */
};

struct entity_stage {
	enum lafz_rules rules;
	pick_function *pick; /* of the kernel, likewise the next one */
	void (*end_segments)(struct entity_block *blocks, size_t n_blocks,
	                     const struct segments *segments);
	bool has_smile;      /* the region may hold an emoticon of letters */
	bool is_thorough;    /* rules are asked everywhere, and all pieces are busy: for tests */
	struct dict dict;
	struct entity_block *blocks; /* of the region; owned */
	size_t blocks_cap;
};

/* The functions that the kernel stands for; to be called before all others. */
void entity_set_kernel(struct entity_stage *stage, const struct scan_kernel *kernel);

/* Looks at the text of a region before its segments. */
void entity_region(struct entity_stage *stage, const char *text, uint32_t len);

/*
 * Writes the pieces of segments to *pieces, which is emptied before and has room for one each atom and
 * SCAN_SLACK more; and which of them are busy. Sets piece_end of the segments. LAFZ_OK, LAFZ_ERR_MEMORY,
 * LAFZ_ERR_UNICODE.
 */
int entity_segments(struct entity_stage *stage, const struct lafz_allocator *mem,
                    const struct segments *segments, struct pieces *pieces, struct busy *busy);

/*
 * The same for some segments of them, by the default rules, one after the other: first this, which empties *pieces, then each,
 * whose pieces are appended. Segments are left as they are.
 */
int entity_begin(struct entity_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                 struct pieces *pieces, struct busy *busy);
int entity_add(struct entity_stage *stage, const struct lafz_allocator *mem, const struct segment *segment,
               struct pieces *pieces, struct busy *busy);

struct view;

/*
 * Appends the pieces of what a view holds by the default rules, up to so many in all, and to behind the atom behind each. There is room
 * for them, and for a plain word more. False if there are gaps or text without spaces.
 */
bool entity_pieces(const struct view *view, size_t most, struct pieces *pieces, uint32_t *behind);

void entity_free(struct entity_stage *stage, const struct lafz_allocator *mem);

#endif
