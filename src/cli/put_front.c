#include "cli/put_front.h"

/* Sets what the text's numbers are in a batch that begins at base; false if they are too far from it. */
static bool count_from(uint32_t *out, uint64_t number, uint64_t base)
{
	*out = (uint32_t)(number - base);
	return number - base + INT32_MAX <= UINT32_MAX - 1;
}

static void place(struct put_front *front, const struct lafz_batch *batch)
{
	const bool has_bytes = count_from(&front->batch_bytes, front->bytes, batch->base);
	const bool has_chars = count_from(&front->batch_chars, front->chars, batch->cbase);
	front->is_usable = front->len > 0 && !batch->source_at && has_bytes && has_chars;
}

void put_front_batch(struct put_front *front, const struct lafz_batch *batch)
{
	place(front, batch);
}

/* Copies one of the fixed texts. */
static char *part(char *dst, const struct put_front_texts *texts, size_t k)
{
	memcpy(dst, texts->parts[k].text, sizeof texts->parts[k].text);
	return dst + texts->parts[k].len;
}

/* The text for tokens that begin in the thousand of these numbers. */
static void make(struct put_front *front, const struct put_front_texts *texts,
                 struct put_offsets *caches, const uint64_t numbers[4])
{
	char *dst = front->text;
	memset(front->digits, 0x80, sizeof front->digits);
	for (size_t k = 0; k < 4; k++) {
		const uint64_t number = numbers[k - k % 2]; /* that of the start for the end too */
		dst = part(dst, texts, k);
		dst = put_decimal(dst, k < 2 ? &caches->bytes : &caches->chars, number);
		front->at[k] = (uint8_t)(dst - 3 - front->text);
		for (size_t digit = 0; digit < 3; digit++) {
			front->text[front->at[k] + digit] = 0;
			front->digits[front->at[k] + digit] = (uint8_t)(4 * k + digit);
		}
	}
	dst = part(dst, texts, 4);
	front->len = (size_t)(dst - front->text);
	front->bytes = numbers[0] - numbers[0] % 1000;
	front->chars = numbers[2] - numbers[2] % 1000;
}

char *put_front_anew(char *dst, struct put_front *front, const struct put_front_texts *texts,
                     struct put_offsets *caches, const struct lafz_batch *batch, size_t i)
{
	const uint32_t *const source_at = batch->source_at;
	const uint32_t start = batch->start[i], end = batch->end[i];
	const uint64_t numbers[4] = {
		batch->base + (source_at ? source_at[start] : start),
		batch->base + (source_at ? source_at[end] : end),
		batch->cbase + batch->cstart[i],
		batch->cbase + batch->cend[i],
	};
	for (size_t k = 0; k < 4; k++) {
		dst = part(dst, texts, k);
		dst = put_decimal(dst, k < 2 ? &caches->bytes : &caches->chars, numbers[k]);
	}
	if (!source_at && numbers[0] >= 1000 && numbers[2] >= 1000) {
		make(front, texts, caches, numbers);
		place(front, batch);
	}
	return part(dst, texts, 4);
}

char *put_front_any(char *dst, struct put_front *front, const struct put_front_texts *texts,
                    struct put_offsets *caches, const struct lafz_batch *batch, size_t i, char separator)
{
	const struct put_front_low low = put_front_low(front, batch, i);
	return front->is_usable && put_front_fits(low)
	               ? put_front(dst, front, low, separator)
	               : put_front_anew(dst, front, texts, caches, batch, i);
}
