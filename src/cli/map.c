#include "cli/map.h"

#include "cli/repair.h"

#define FIXED_ROOM 256 /* all offsets with their names */

void map_begin(struct map *map)
{
	map->norm = 0;
}

/* The source as it is, byte for byte: as a string if it is one, else in hex digits. */
static void put_source(struct sink *sink, const char *text, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	if (repair_good(text, len) == len) {
		sink_string(sink, ",\"source\":\"");
		put_json(sink, text, len);
	} else {
		sink_string(sink, ",\"source_hex\":\"");
		for (size_t i = 0; i < len; i++) {
			const unsigned char byte = (unsigned char)text[i];
			sink_byte(sink, digits[byte >> 4]);
			sink_byte(sink, digits[byte & 15]);
		}
	}
	sink_byte(sink, '"');
}

static void put_offsets(struct map *map, const struct lafz_edit *edit, uint64_t norm)
{
	char *dst = sink_room(map->sink, FIXED_ROOM);
	dst = PUT_LITERAL(dst, "\"start\":");
	dst = put_decimal(dst, &map->high, edit->start);
	dst = PUT_LITERAL(dst, ",\"end\":");
	dst = put_decimal(dst, &map->high, edit->end);
	dst = PUT_LITERAL(dst, ",\"norm_start\":");
	dst = put_decimal(dst, &map->high, norm);
	dst = PUT_LITERAL(dst, ",\"norm_end\":");
	dst = put_decimal(dst, &map->high, norm + edit->text_len);
	sink_take(map->sink, dst);
}

static void put_edit(struct map *map, const struct writer *writer, const struct lafz_edit *edit,
                     uint64_t norm)
{
	struct sink *sink = map->sink;
	sink_byte(sink, '{');
	if (writer->is_record) {
		sink_string(sink, "\"doc\":\"");
		put_json(sink, writer->doc.ptr, writer->doc.len);
		sink_string(sink, "\",");
	}
	put_offsets(map, edit, norm);
	put_source(sink, edit->source, edit->source_len);
	sink_string(sink, ",\"text\":\"");
	put_json(sink, edit->text, edit->text_len);
	sink_string(sink, "\",\"rules\":");
	write_rules_json(sink, edit->rules);
	const char *tag = lafz_lang_tag(edit->lang);
	sink_string(sink, ",\"lang\":\"");
	sink_string(sink, tag ? tag : "und");
	sink_string(sink, "\",\"kind\":\"");
	sink_string(sink, lafz_kind_name(edit->kind));
	sink_string(sink, "\"}\n");
}

/* Between two edits the norm is the source, so its offsets follow from those of the source. */
void map_batch(struct map *map, const struct writer *writer, const struct lafz_batch *batch)
{
	uint64_t off = batch->base;
	uint64_t norm = map->norm;
	for (size_t i = 0; i < writer->n_edits; i++) {
		const struct lafz_edit *edit = &writer->edits[i];
		norm += edit->start - off;
		put_edit(map, writer, edit, norm);
		norm += edit->text_len;
		off = edit->end;
	}
	map->norm += batch->norm_size;
}
