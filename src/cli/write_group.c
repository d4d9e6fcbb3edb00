#include "cli/write_group.h"

#include <assert.h>
#include <string.h>

#include "cli/put.h"
#include "cli/write.h"

#define DIGITS 4 /* of a number that the loop makes */
#define EPOCHS (WRITE_GROUP_NONE / 512) /* one beyond them must not look like WRITE_GROUP_NONE */
#define PREFIX 24                       /* the longest par with what is around it, and flags */

static_assert(LAFZ_KIND_SPACE < WRITE_GROUP_ROW_KINDS, "each kind has rows");
static_assert(PREFIX + sizeof(((struct write_group_confidence *)0)->text) - 1 <= WRITE_GROUP_STEP,
              "an end without a document fits");

const uint16_t write_group_factors[4] = {5243, 100, 6554, 2559};

void write_group_prepare(struct write_group *group)
{
	memset(group->end_made, 0xFF, sizeof group->end_made);
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

void write_group_doc(struct write_group *group)
{
	group->has_back = false;
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

/* What all ends begin with, and whether they have the document. */
static void make_back(struct writer *writer, uint64_t par)
{
	struct write_group *const group = &writer->group;
	char text[WRITE_GROUP_STEP + PUT_STEP] = "\t"; /* numbers are written with something behind */
	char *dst = put_decimal(text + 1, &writer->others_high, par);
	*dst++ = '\t';
	group->flags_at = (size_t)(dst - text);
	dst = PUT_LITERAL(dst, "-\t");
	group->back_len = (size_t)(dst - text);
	memcpy(group->back, text, sizeof group->back);
	const size_t longest = group->back_len + sizeof group->confidences->text - 1;
	group->doc_len = longest + writer->doc_block.len <= WRITE_GROUP_STEP ? 0
	                                                                     : writer->doc_block.len;
	group->back_par = par;
	group->has_back = true;
	group->epoch++;
	if (group->epoch <= EPOCHS)
		return;
	memset(group->end_made, 0xFF, sizeof group->end_made);
	group->epoch = 0;
}

void write_group_make_end(struct writer *writer, size_t thousandths)
{
	struct write_group *const group = &writer->group;
	const struct write_group_confidence *const confidence = &group->confidences[thousandths];
	struct write_group_end *const end = &group->ends[thousandths];
	size_t len = group->back_len;
	memcpy(end->text, group->back, len);
	memcpy(end->text + len, confidence->text, confidence->len);
	len += confidence->len;
	if (group->doc_len == 0) {
		memcpy(end->text + len, writer->doc_block.text, writer->doc_block.len);
		len += writer->doc_block.len;
	}
	group->end_made[thousandths] = group->epoch << 8 | (uint32_t)len;
}

void write_group_make_row(struct writer *writer, size_t k, uint8_t script)
{
	struct write_group *const group = &writer->group;
	const struct write_group_kind *const kind = &group->kinds[k % WRITE_GROUP_ROW_KINDS];
	struct write_group_row *const row = &group->rows[k];
	memcpy(row->text, group->text, group->len);
	memcpy(row->text + group->len, kind->text, kind->len);
	memcpy(row->text + group->len, writer->scripts[script], WRITE_SCRIPT);
	const uint32_t len = (uint32_t)group->len + kind->len;
	group->row_made[k] = (uint32_t)script << 8 | len;
	group->has_long |= len > WRITE_GROUP_KEPT;
}

/* Rows that begin with another text are not right. */
static void begin_rows(struct write_group *group)
{
	group->has_rows = group->len <= WRITE_GROUP_KEPT;
	group->has_long = false;
	memset(group->row_made, 0xFF, sizeof group->row_made);
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
	begin_rows(group);
	const uint64_t par = batch->par[i] + batch->par_base;
	group->par = batch->par[i];
	if (!group->has_back || group->back_par != par)
		make_back(writer, par);
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
