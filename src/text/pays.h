/*
 * Whether it pays to look for what can be done the quick way. Where that was rare in the last regions, of any documents, so many bytes
 * are passed without a look; after the first such time none, then more and more, so that one odd part of a text costs
 * little, and fewer again where it was frequent, so that parts of either kind in turn do.
 */
#ifndef LAFZ_TEXT_PAYS_H
#define LAFZ_TEXT_PAYS_H

#include <stdbool.h>
#include <stdint.h>

#define PAYS_TIMES 31 /* times as many bytes are passed as were looked at, at most */

struct pays {
	uint64_t seen, quick; /* bytes that were looked at, and of them those that can be done the quick way */
	uint64_t passed;      /* bytes that are passed yet */
	uint32_t times;
	bool is_always; /* it is looked at all that comes, and all that is found is taken: for tests */
};

/* Whether a region of so many bytes is looked at. */
static inline bool pays_look(struct pays *pays, uint32_t len)
{
	if (pays->passed == 0 || pays->is_always)
		return true;
	pays->passed -= pays->passed < len ? pays->passed : len;
	return false;
}

/* Whether of a region of so many bytes enough can be done the quick way, so many eighths. */
static inline bool pays_enough(const struct pays *pays, uint32_t len, uint32_t quick, uint32_t eighths)
{
	return pays->is_always ? quick > 0 : quick >= len / 8 * eighths;
}

/*
 * Takes account of a region. After enough bytes, fewer than so many eighths of which were quick, some are
 * passed.
 */
static inline void pays_note(struct pays *pays, uint32_t len, uint32_t quick, uint32_t enough, uint32_t eighths)
{
	pays->seen += len;
	pays->quick += quick;
	if (pays->seen < enough)
		return;
	if (pays->quick < pays->seen / 8 * eighths) {
		pays->passed = pays->times * pays->seen;
		pays->times = pays->times < PAYS_TIMES / 2 ? 2 * pays->times + 1 : PAYS_TIMES;
	} else {
		pays->times /= 2;
	}
	pays->seen = pays->quick = 0;
}

#endif
