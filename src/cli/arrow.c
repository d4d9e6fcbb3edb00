/*
 * The format is that of the Arrow columnar specification 1.x (Schema.fbs, Message.fbs, metadata
 * version 5). In a FlatBuffer a table is an offset back to its vtable, then its fields; the vtable
 * has its own size, that of the table, and where each field lies in it (0: absent, so the default).
 * Offsets to strings, vectors and tables count from where they stand, forward; what they lead to
 * comes later here, so their places are filled in then.
 */
#include "cli/arrow.h"

#include "cli/bytes.h"

#include <assert.h>
#include <string.h>

#define ARROW_ALIGN 8
#define METADATA_V5 4

enum { HEADER_SCHEMA = 1, HEADER_RECORD_BATCH = 3 };           /* union MessageHeader */
enum { TYPE_INT = 2, TYPE_FLOATING_POINT = 3, TYPE_UTF8 = 5 }; /* union Type */

struct builder {
	struct bytes bytes;
	bool is_out_of_memory;
};

/* ---- FlatBuffers ---- */

static void add(struct builder *out, const void *bytes, size_t n)
{
	if (!bytes_append(&out->bytes, bytes, n))
		out->is_out_of_memory = true;
}

#define NUMBER_MOST 8 /* bytes of a number */

/* There are some hundred in each message, so room is asked for by all of a number, and all of it written. */
__attribute__((always_inline)) static inline void add_number(struct builder *out, uint64_t number, size_t size)
{
	struct bytes *const bytes = &out->bytes;
	if (bytes->cap - bytes->len < NUMBER_MOST && !bytes_reserve(bytes, NUMBER_MOST)) {
		out->is_out_of_memory = true;
		return;
	}
	unsigned char little[NUMBER_MOST];
#pragma GCC unroll 8 /* so that it is one store */
	for (size_t i = 0; i < NUMBER_MOST; i++)
		little[i] = (unsigned char)(number >> (8 * i));
	memcpy(bytes->ptr + bytes->len, little, NUMBER_MOST);
	bytes->len += size;
}

static void align_to(struct builder *out, size_t size)
{
	while (out->bytes.len % size != 0 && !out->is_out_of_memory)
		add_number(out, 0, 1);
}

/* An offset that is not known yet; returns its place. */
static size_t add_slot(struct builder *out)
{
	add_number(out, 0, 4);
	return out->bytes.len - 4;
}

/* What the slot leads to comes now. */
static void fill_slot(struct builder *out, size_t slot)
{
	if (out->is_out_of_memory)
		return;
	const size_t off = out->bytes.len - slot;
	for (size_t i = 0; i < 4; i++)
		out->bytes.ptr[slot + i] = (char)(off >> (8 * i));
}

/*
 * Begins a table whose fields lie at these places in it, after its vtable. slot leads to it. The
 * table begins at a multiple of 8, so that fields of 8 bytes may lie at 8 and 16.
 */
static void begin_table(struct builder *out, size_t slot, uint16_t table_size,
                        const uint16_t *places, size_t n)
{
	const size_t size = 4 + 2 * n;
	while ((out->bytes.len + size) % 8 != 0 && !out->is_out_of_memory)
		add_number(out, 0, 1);
	add_number(out, size, 2);
	add_number(out, table_size, 2);
	for (size_t i = 0; i < n; i++)
		add_number(out, places[i], 2);
	fill_slot(out, slot);
	add_number(out, size, 4);
}

static void add_text(struct builder *out, size_t slot, const char *text)
{
	align_to(out, 4);
	fill_slot(out, slot);
	add_number(out, strlen(text), 4);
	add(out, text, strlen(text) + 1);
}

/* Begins a vector of things of 8 bytes. */
static void begin_vector(struct builder *out, size_t slot, size_t n)
{
	while ((out->bytes.len + 4) % 8 != 0 && !out->is_out_of_memory)
		add_number(out, 0, 1);
	fill_slot(out, slot);
	add_number(out, n, 4);
}

/* ---- Messages ---- */

/* Message: version 16, header_type 18, header 4, bodyLength 8. Returns the slot of the header. */
static size_t begin_message(struct builder *out, uint8_t header_type, uint64_t body_len)
{
	static const uint16_t places[] = {16, 18, 4, 8};
	const size_t root = add_slot(out);
	begin_table(out, root, 20, places, 4);
	const size_t slot = add_slot(out);
	add_number(out, body_len, 8);
	add_number(out, METADATA_V5, 2);
	add_number(out, header_type, 1);
	add_number(out, 0, 1);
	return slot;
}

/* Writes the metadata behind the marks that stand before each message. */
static bool end_message(struct sink *sink, struct builder *out)
{
	align_to(out, ARROW_ALIGN);
	struct builder prefix = {0};
	add_number(&prefix, 0xFFFFFFFF, 4);
	add_number(&prefix, out->bytes.len, 4);
	const bool is_well = !out->is_out_of_memory && !prefix.is_out_of_memory;
	if (is_well) {
		sink_put(sink, prefix.bytes.ptr, prefix.bytes.len);
		sink_put(sink, out->bytes.ptr, out->bytes.len);
	}
	bytes_free(&prefix.bytes);
	bytes_free(&out->bytes);
	return is_well;
}

static size_t size_of(enum arrow_type type)
{
	switch (type) {
	case ARROW_UINT16:
		return 2;
	case ARROW_UINT64:
		return 8;
	default:
		return 4;
	}
}

static uint8_t type_of(enum arrow_type type)
{
	if (type == ARROW_UTF8)
		return TYPE_UTF8;
	return type == ARROW_FLOAT32 ? TYPE_FLOATING_POINT : TYPE_INT;
}

/* Int: bitWidth 4, is_signed absent. FloatingPoint: precision 4, single. Utf8: nothing. */
static void add_type(struct builder *out, size_t slot, enum arrow_type type)
{
	static const uint16_t places[] = {4};
	begin_table(out, slot, type == ARROW_UTF8 ? 4 : 8, places, type == ARROW_UTF8 ? 0 : 1);
	if (type == ARROW_FLOAT32)
		add_number(out, 1, 4);
	else if (type != ARROW_UTF8)
		add_number(out, 8 * size_of(type), 4);
}

/* Field: name 4, nullable absent, type_type 16, type 8, dictionary absent, children 12. */
static void add_field(struct builder *out, size_t slot, const struct arrow_field *field)
{
	static const uint16_t places[] = {4, 0, 16, 8, 0, 12};
	begin_table(out, slot, 20, places, 6);
	const size_t name = add_slot(out);
	const size_t type = add_slot(out);
	const size_t children = add_slot(out);
	add_number(out, type_of(field->type), 4);
	add_text(out, name, field->name);
	add_type(out, type, field->type);
	begin_vector(out, children, 0);
}

/* The values of columns stand as they are in memory. */
static bool is_big_endian(void)
{
	const uint16_t one = 1;
	unsigned char first = 0;
	memcpy(&first, &one, 1);
	return first == 0;
}

/* Schema: endianness 8, fields 4. */
bool arrow_schema(struct sink *sink, const struct arrow_field *fields, size_t n)
{
	static const uint16_t places[] = {8, 4};
	struct builder out = {0};
	const size_t header = begin_message(&out, HEADER_SCHEMA, 0);
	begin_table(&out, header, 12, places, 2);
	const size_t vector = add_slot(&out);
	add_number(&out, is_big_endian(), 4);
	align_to(&out, 4);
	fill_slot(&out, vector);
	add_number(&out, n, 4);
	const size_t first = out.bytes.len;
	for (size_t i = 0; i < n; i++)
		(void)add_slot(&out);
	for (size_t i = 0; i < n; i++)
		add_field(&out, first + 4 * i, &fields[i]);
	return end_message(sink, &out);
}

static size_t aligned(size_t len)
{
	return (len + ARROW_ALIGN - 1) / ARROW_ALIGN * ARROW_ALIGN;
}

/* Struct Buffer. Returns where the next one begins. */
static uint64_t add_buffer(struct builder *out, uint64_t off, size_t len)
{
	add_number(out, off, 8);
	add_number(out, len, 8);
	return off + aligned(len);
}

/* RecordBatch: length 8, nodes 4, buffers 16. A column has an empty bitmap, offsets if text, values. */
static bool put_metadata(struct sink *sink, const struct arrow_field *fields, const struct arrow_column *columns, size_t n, size_t n_rows)
{
	static const uint16_t places[] = {8, 4, 16};
	struct builder out = {0};
	uint64_t body_len = 0;
	size_t n_buffers = 2 * n;
	for (size_t i = 0; i < n; i++) {
		body_len += aligned(columns[i].offsets.len) + aligned(columns[i].values.len);
		n_buffers += fields[i].type == ARROW_UTF8;
	}
	const size_t header = begin_message(&out, HEADER_RECORD_BATCH, body_len);
	begin_table(&out, header, 20, places, 3);
	const size_t nodes = add_slot(&out);
	add_number(&out, n_rows, 8);
	const size_t buffers = add_slot(&out);
	begin_vector(&out, nodes, n);
	for (size_t i = 0; i < n; i++) {
		add_number(&out, n_rows, 8);
		add_number(&out, 0, 8); /* nulls */
	}
	begin_vector(&out, buffers, n_buffers);
	uint64_t off = 0;
	for (size_t i = 0; i < n; i++) {
		off = add_buffer(&out, off, 0);
		if (fields[i].type == ARROW_UTF8)
			off = add_buffer(&out, off, columns[i].offsets.len);
		off = add_buffer(&out, off, columns[i].values.len);
	}
	return end_message(sink, &out);
}

/* A buffer and the zeros behind it. */
static size_t add_parts(struct sink_part *parts, size_t n, struct sink_part buffer)
{
	static const char zeros[ARROW_ALIGN] = {0};
	parts[n] = buffer;
	parts[n + 1] = (struct sink_part){zeros, aligned(buffer.len) - buffer.len};
	return n + 2;
}

bool arrow_batch(struct sink *sink, const struct arrow_field *fields, const struct arrow_column *columns, size_t n, size_t n_rows)
{
	struct sink_part parts[4 * ARROW_COLUMNS_MOST];
	size_t n_parts = 0;
	assert(n <= ARROW_COLUMNS_MOST);
	if (!put_metadata(sink, fields, columns, n, n_rows))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (columns[i].offsets.len > 0)
			n_parts = add_parts(parts, n_parts, columns[i].offsets);
		n_parts = add_parts(parts, n_parts, columns[i].values);
	}
	sink_put_parts(sink, parts, n_parts);
	return true;
}

void arrow_end(struct sink *sink)
{
	static const char end[] = {'\xFF', '\xFF', '\xFF', '\xFF', 0, 0, 0, 0};
	sink_put(sink, end, sizeof end);
}
