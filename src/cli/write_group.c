#include "cli/write_group.h"

#include <string.h>

#include "cli/put.h"
#include "cli/write.h"

#define DIGITS 4 /* of a number that the loop makes */

const uint16_t write_group_factors[4] = {5243, 100, 6554, 2559};

void write_group_prepare(struct write_group *group)
{
	for (uint8_t k = 0; k < WRITE_GROUP_KINDS && lafz_kind_name(k); k++) {
		struct write_group_kind *const kind = &group->kinds[k];
		char *end = put_name(PUT_LITERAL(kind->text, "\0\0\0\0\t"), lafz_kind_name(k));
		*end++ = '\t';
		kind->len = (unsigned char)(end - kind->text);
	}
	for (unsigned i = 0; i < WRITE_GROUP_THOUSANDTHS; i++) {
		struct write_group_confidence *const confidence = &group->confidences[i];
		char text[sizeof confidence->text + PUT_STEP] = {0};
		char *end = put_confidence(text, (float)i / 1000);
		*end++ = '\t';
		confidence->len = (unsigned char)(end - text);
		memcpy(confidence->text, text, sizeof confidence->text);
	}
}

void write_group_batch(struct write_group *group)
{
	/* no number fits */
	memset(group->base, 0, sizeof group->base);
	memset(group->span, 0, sizeof group->span);
	memset(group->least, 0xFF, sizeof group->least);
}

/* How many digits a number below 10000 has, and the lowest of as many; *span is how far the highest is from it. */
static unsigned count_digits(uint32_t number, uint32_t *least, uint32_t *span)
{
	unsigned n = 1;
	uint32_t power = 1; /* of ten */
	for (; number / power >= 10; power *= 10)
		n++;
	*least = n > 1 ? power : 0;
	*span = 10 * power - 1 - *least;
	return n;
}

/* Number k of a token, whose column counts from counted on. */
static char *make_number(struct write_group *group, char *dst, size_t k, uint64_t number, uint64_t counted)
{
	const uint64_t most = 10000; /* numbers below it have no digits that stay */
	const uint64_t high = number / most;
	struct put_high none = {0};
	unsigned n = DIGITS;
	group->least[k] = 0;
	group->span[k] = (uint32_t)most - 1;
	if (high > 0)
		dst = put_decimal(dst, &none, high);
	else
		n = count_digits((uint32_t)number, &group->least[k], &group->span[k]);
	group->base[k] = (uint32_t)(high * most - counted);
	unsigned char *const places = k < WRITE_GROUP_QUAD ? group->quads : group->pairs;
	for (unsigned digit = DIGITS - n; digit < DIGITS; digit++) {
		places[dst - group->text] = (unsigned char)(DIGITS * (k % WRITE_GROUP_QUAD) + digit);
		*dst++ = '0';
	}
	*dst = '\t';
	return dst + 1;
}

static void make_back(struct writer *writer, uint64_t par)
{
	struct write_group *const group = &writer->group;
	char *const back = group->back;
	back[0] = '\t';
	char *dst = put_decimal(back + 1, &writer->others_high, par);
	*dst++ = '\t';
	group->flags_at = (size_t)(dst - back);
	dst = PUT_LITERAL(dst, "-\t");
	group->back_len = (size_t)(dst - back);
	memset(dst, 0, sizeof group->back - group->back_len); /* numbers are written with something behind */
	memset(group->behind, 0x80, sizeof group->behind);
	for (size_t i = 0; i < sizeof group->confidences->text && group->back_len + i < sizeof group->behind; i++)
		group->behind[group->back_len + i] = (unsigned char)i;
}

void write_group_make(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct write_group *const group = &writer->group;
	const uint64_t counted[WRITE_GROUP_NUMBERS] = {batch->base,  batch->base,      batch->cbase,
	                                               batch->cbase, batch->sent_base, batch->run_base};
	const uint32_t numbers[WRITE_GROUP_NUMBERS] = {batch->start[i], batch->end[i],  batch->cstart[i],
	                                               batch->cend[i],  batch->sent[i], batch->run[i]};
	char *dst = group->text;
	memset(group->quads, 0x80, sizeof group->quads);
	memset(group->pairs, 0x80, sizeof group->pairs);
	for (size_t k = 0; k < WRITE_GROUP_NUMBERS; k++)
		dst = make_number(group, dst, k, counted[k] + numbers[k], counted[k]);
	group->lang = batch->lang[i];
	dst = write_lang(writer, dst, group->lang);
	*dst++ = '\t';
	group->len = (size_t)(dst - group->text);
	group->par = batch->par[i];
	make_back(writer, group->par + batch->par_base);
}

write_group_rows *write_group_find(const struct writer *writer)
{
#ifdef LAFZ_KERNEL_AVX512
	if (writer->has_avx512)
		return write_group_rows_avx512;
#endif
#ifdef LAFZ_KERNEL_AVX2
	if (writer->has_avx2)
		return write_group_rows_avx2;
#endif
	(void)writer;
	return NULL;
}
