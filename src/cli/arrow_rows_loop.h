/*
 * The bodies of the loops of -f arrow. The file that includes this says in ARROW_LOOPS what they are called together, and may have declared
 * functions of its own for those whose names begin with ARROW_ below.
 */
#include "cli/arrow_rows.h"

#ifndef ARROW_TEXTS
#define ARROW_TEXTS put_texts
#endif
#ifndef ARROW_BOTH
#define ARROW_BOTH put_texts_of_both
#endif
#ifndef ARROW_FLAGS
#define ARROW_FLAGS flags_of
#endif
#ifndef ARROW_U32
#define ARROW_U32 put_u32
#endif
#ifndef ARROW_U64
#define ARROW_U64 put_u64
#endif
#ifndef ARROW_KINDS
#define ARROW_KINDS put_kinds
#endif
#ifndef ARROW_SCRIPTS
#define ARROW_SCRIPTS put_scripts
#endif

#ifndef ARROW_SOME
#define ARROW_SOME 4 /* numbers of 64 bits at once */
#endif

/* Some numbers, and eight at once. (Attributes need the typedefs.) */
typedef uint32_t some_small __attribute__((vector_size(4 * ARROW_SOME)));
typedef uint64_t some_large __attribute__((vector_size(8 * ARROW_SOME)));
typedef uint32_t eight_small __attribute__((vector_size(32)));

static inline eight_small load(const uint32_t *numbers)
{
	eight_small eight;
	memcpy(&eight, numbers, sizeof eight);
	return eight;
}

/* ---- Lengths ---- */

/* The sum of n numbers, less those of another column if there is one. */
static inline size_t sum_of(const uint32_t *numbers, const uint32_t *less, size_t n)
{
	size_t sum = 0;
	size_t i = 0;
	some_large sums = {0};
	for (; n - i >= ARROW_SOME; i += ARROW_SOME) {
		some_small some, other = {0};
		memcpy(&some, numbers + i, sizeof some);
		if (less)
			memcpy(&other, less + i, sizeof other);
		sums += __builtin_convertvector(some - other, some_large);
	}
	for (size_t k = 0; k < ARROW_SOME; k++)
		sum += (size_t)sums[k];
	for (; i < n; i++)
		sum += numbers[i] - (less ? less[i] : 0);
	return sum;
}

static uint32_t flags_of(const uint16_t *flags, size_t n)
{
	uint64_t all = 0;
	uint32_t rest = 0;
	size_t i = 0;
	for (; n - i >= 4; i += 4) {
		uint64_t four;
		memcpy(&four, flags + i, sizeof four);
		all |= four;
	}
	for (; i < n; i++)
		rest |= flags[i];
	return rest | (uint32_t)((all | all >> 16 | all >> 32 | all >> 48) & 0xFFFF);
}

/* ---- Numbers ---- */

static void put_u32(char *dst, const uint32_t *numbers, size_t n, uint64_t base)
{
	size_t k = 0;
	for (; n - k >= 8; k += 8) {
		const eight_small eight = load(numbers + k) + (uint32_t)base;
		memcpy(dst + k * sizeof(uint32_t), &eight, sizeof eight);
	}
	for (; k < n; k++) {
		const uint32_t value = (uint32_t)base + numbers[k];
		memcpy(dst + k * sizeof value, &value, sizeof value);
	}
}

static void put_u64(char *dst, const uint32_t *numbers, size_t n, uint64_t base)
{
	size_t k = 0;
	for (; n - k >= ARROW_SOME; k += ARROW_SOME) {
		some_small some;
		memcpy(&some, numbers + k, sizeof some);
		const some_large large = __builtin_convertvector(some, some_large) + base;
		memcpy(dst + k * sizeof(uint64_t), &large, sizeof large);
	}
	for (; k < n; k++) {
		const uint64_t value = base + numbers[k];
		memcpy(dst + k * sizeof value, &value, sizeof value);
	}
}

/* ---- Texts ---- */

static inline void put_end(char *ends, size_t k, size_t end)
{
	const int32_t number = (int32_t)end;
	memcpy(ends + k * sizeof number, &number, sizeof number);
}

/* The ends of n texts of the same length, behind which there are none yet. */
static void put_ends(char *ends, size_t n, size_t before, size_t len)
{
	const eight_small step = {1, 2, 3, 4, 5, 6, 7, 8};
	eight_small eight = step * (uint32_t)len + (uint32_t)before;
	size_t k = 0;
	for (; n - k >= 8; k += 8) {
		memcpy(ends + k * sizeof(int32_t), &eight, sizeof eight);
		eight += 8 * (uint32_t)len;
	}
	for (; k < n; k++)
		put_end(ends, k, before + (k + 1) * len);
}

static void put_scripts(char *dst, const struct writer *writer, const uint8_t *scripts, size_t n)
{
	for (size_t k = 0; k < n; k++)
		memcpy(dst + k * WRITE_SCRIPT, writer->scripts[scripts[k]], WRITE_SCRIPT);
}

static void put_kinds(struct arrow_room *room, const struct writer *writer, const uint8_t *kinds, size_t n)
{
	char *dst = room->values;
	char *const ends = room->ends;
	const char *const origin = dst - room->before;
	for (size_t k = 0; k < n; k++) {
		const struct write_kind *const kind = &writer->kinds[kinds[k] % WRITE_KINDS];
		memcpy(dst, kind->text, ARROW_NAME_MOST);
		dst += kind->len;
		put_end(ends, k, (size_t)(dst - origin));
	}
	room->len = (size_t)(dst - room->values);
}

/*
 * A text of each row, by its place and its length or end. Short ones of inner tokens are copied in two steps: what is written behind
 * their end is overwritten by the next.
 */
__attribute__((always_inline)) static inline void put_texts(struct arrow_room *room, const struct arrow_rows *rows,
                                                                  const struct arrow_texts *texts)
{
	char *dst = room->values;
	char *const ends = room->ends;
	const char *const origin = dst - room->before;
	const uint32_t *const starts = texts->starts, *const others = texts->others;
	const size_t n = rows->n, n_inner = rows->n_inner;
	for (size_t k = 0; k < n; k++) {
		const char *const from = texts->text + starts[k];
		const size_t len = texts->are_ends ? others[k] - starts[k] : others[k];
		if (len < 2 * PUT_STEP && k < n_inner)
			put_two(dst, from);
		else
			memcpy(dst, from, len);
		dst += len;
		put_end(ends, k, (size_t)(dst - origin));
	}
	room->len = (size_t)(dst - room->values);
}

/* Whether the norms are the surfaces, place by place. */
static bool are_surfaces(const struct arrow_rows *rows)
{
	const struct lafz_batch *const batch = rows->batch;
	const uint32_t *const start = batch->start + rows->first, *const end = batch->end + rows->first;
	const uint32_t *const off = batch->norm_off + rows->first, *const len = batch->norm_len + rows->first;
	const size_t n = rows->n;
	eight_small others = {0};
	uint32_t rest = 0;
	size_t k = 0;
	if (batch->norm_text != batch->text)
		return false;
	for (; n - k >= 8; k += 8) {
		const eight_small from = load(off + k);
		others |= (from ^ load(start + k)) | ((from + load(len + k)) ^ load(end + k));
	}
	for (; k < n; k++)
		rest |= (off[k] ^ start[k]) | ((off[k] + len[k]) ^ end[k]);
	for (size_t i = 0; i < 8; i++)
		rest |= others[i];
	return rest == 0;
}

/* ---- Rows ---- */

static struct arrow_sums sum(const struct lafz_batch *batch, size_t first, size_t n)
{
	return (struct arrow_sums){
		.surface = sum_of(batch->end + first, batch->start + first, n),
		.norm = sum_of(batch->norm_len + first, NULL, n),
		.key = sum_of(batch->key_len + first, NULL, n),
	};
}

static inline struct arrow_texts surfaces_of(const struct arrow_rows *rows)
{
	const struct lafz_batch *const batch = rows->batch;
	return (struct arrow_texts){batch->text, batch->len, batch->start + rows->first, batch->end + rows->first, true};
}

static inline struct arrow_texts norms_of(const struct arrow_rows *rows)
{
	const struct lafz_batch *const batch = rows->batch;
	return (struct arrow_texts){batch->norm_text, batch->norm_size, batch->norm_off + rows->first, batch->norm_len + rows->first, false};
}

/* One after the other. */
static inline void put_texts_of_both(struct arrow_room *surface, struct arrow_room *norm, const struct arrow_rows *rows,
                                     const struct arrow_texts *surfaces, const struct arrow_texts *norms)
{
	ARROW_TEXTS(surface, rows, surfaces);
	ARROW_TEXTS(norm, rows, norms);
}

static void put_surfaces(struct arrow_room *room, const struct arrow_rows *rows)
{
	const struct arrow_texts texts = surfaces_of(rows);
	ARROW_TEXTS(room, rows, &texts);
}

static void put_both(struct arrow_room *surface, struct arrow_room *norm, const struct arrow_rows *rows)
{
	const struct arrow_texts surfaces = surfaces_of(rows), norms = norms_of(rows);
	ARROW_BOTH(surface, norm, rows, &surfaces, &norms);
}

static void put_keys(struct arrow_room *room, const struct arrow_rows *rows)
{
	const struct lafz_batch *const batch = rows->batch;
	const struct arrow_texts texts = {batch->key_text, batch->key_size, batch->key_off + rows->first,
	                                  batch->key_len + rows->first, false};
	ARROW_TEXTS(room, rows, &texts);
}

const struct arrow_loops ARROW_LOOPS = {
	.flags = ARROW_FLAGS,
	.sum = sum,
	.surfaces = put_surfaces,
	.both = put_both,
	.keys = put_keys,
	.are_surfaces = are_surfaces,
	.u32 = ARROW_U32,
	.u64 = ARROW_U64,
	.kinds = ARROW_KINDS,
	.scripts = ARROW_SCRIPTS,
	.ends = put_ends,
};
