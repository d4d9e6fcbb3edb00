#include "cli/near.h"

#include <string.h>

enum { LONGEST = 24 }; /* bytes of a word or name that is compared */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many bytes are to be changed, put in, left out or swapped with the next one to make one of the other. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[3][LONGEST + 1]; /* of the beginnings of a with i bytes, i - 1 and i - 2: modulo 3 */
	for (size_t k = 0; k <= b_len; k++)
		rows[0][k] = k;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *const row = rows[i % 3];
		const size_t *const above = rows[(i + 2) % 3], *const second = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t k = 1; k <= b_len; k++) {
			row[k] = least(above[k - 1] + (a[i - 1] != b[k - 1]),
			               least(above[k], row[k - 1]) + 1);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				row[k] = least(row[k], second[k - 2] + 1);
		}
	}
	return rows[a_len % 3][b_len];
}

/* A third of a word may be wrong, two bytes at most. */
struct near near_to(const char *word, size_t len)
{
	return (struct near){.word = word, .len = len, .distance = least(len / 3, 2) + 1};
}

void near_offer(struct near *near, const char *name)
{
	const size_t len = strlen(name);
	if (len > LONGEST || near->len > LONGEST)
		return;
	const size_t away = distance(near->word, near->len, name, len);
	if (away < near->distance) {
		near->name = name;
		near->distance = away;
	}
}
