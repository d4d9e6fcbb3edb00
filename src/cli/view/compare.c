#include "cli/view/compare.h"

#include <string.h>

#include <lafz.h>

/* ---- Names ---- */

static const char *const names[COMPARE_COUNT] = {
	"tokens", "sentences", "surface", "kind", "lang", "script", "norm", "key", "flags",
};

const char *compare_name(unsigned what)
{
	size_t i = 0;
	while (i + 1 < COMPARE_COUNT && what >> i != 1)
		i++;
	return names[i];
}

struct compare_text compare_base(struct compare_text name)
{
	for (size_t i = name.len; i > 0; i--) {
		if (name.ptr[i - 1] == '/')
			return (struct compare_text){name.ptr + i, name.len - i};
	}
	return name;
}

static bool is_equal(struct compare_text one, struct compare_text other)
{
	return one.len == other.len && (one.len == 0 || memcmp(one.ptr, other.ptr, one.len) == 0);
}

static bool is_standard_input(struct compare_text name)
{
	return name.len == 1 && name.ptr[0] == '-';
}

bool compare_documents(struct compare_text one, struct compare_text other)
{
	return is_standard_input(one) || is_standard_input(other) ||
	       is_equal(compare_base(one), compare_base(other));
}

/* ---- Fields ---- */

/* What is not known on one side is not compared. */
static unsigned field(unsigned what, struct compare_text one, struct compare_text other)
{
	return one.ptr && other.ptr && !is_equal(one, other) ? what : 0;
}

static unsigned fields(const struct compare_token *one, const struct compare_token *other)
{
	unsigned what = one->is_first == other->is_first ? 0 : COMPARE_SENTENCES;
	if (one->has_flags && other->has_flags && one->flags != other->flags)
		what |= COMPARE_FLAGS;
	return what | field(COMPARE_SURFACE, one->surface, other->surface) |
	       field(COMPARE_KIND, one->kind, other->kind) |
	       field(COMPARE_LANG, one->lang, other->lang) |
	       field(COMPARE_SCRIPT, one->script, other->script) |
	       field(COMPARE_NORM, one->norm, other->norm) |
	       field(COMPARE_KEY, one->key, other->key);
}

/* ---- Regions ---- */

static bool peek(const struct compare_side *side, size_t i, struct compare_token *out)
{
	return side->peek(side->ctx, i, out);
}

/*
 * Tokens are taken from the side that ends earlier as long as they overlap with what was taken from
 * the other one.
 */
static void take_region(const struct compare_side sides[2], const struct compare_token first[2],
                        size_t n[2])
{
	uint64_t end[2] = {first[0].end, first[1].end};
	n[0] = n[1] = 1;
	while (end[0] != end[1]) {
		const size_t k = end[0] < end[1] ? 0 : 1;
		struct compare_token next;
		if (!peek(&sides[k], n[k], &next) || next.start >= end[1 - k])
			return;
		end[k] = next.end > end[k] ? next.end : end[k];
		n[k]++;
	}
}

/* Whether sentences begin at the same places; at the beginning of the region is one place. */
static bool has_same_sentences(const struct compare_side sides[2], const size_t n[2])
{
	size_t i[2] = {0, 0};
	for (;;) {
		struct compare_token token[2];
		bool has[2];
		for (size_t k = 0; k < 2; k++) {
			do
				has[k] = i[k] < n[k] && peek(&sides[k], i[k]++, &token[k]);
			while (has[k] && !token[k].is_first);
		}
		if (!has[0] || !has[1])
			return has[0] == has[1];
		const bool is_front = i[0] == 1 && i[1] == 1;
		if (!is_front && token[0].start != token[1].start)
			return false;
	}
}

static void count(struct compare_counts *counts, const struct compare_region *region)
{
	counts->tokens[0] += region->n[0];
	counts->tokens[1] += region->n[1];
	counts->same += !(region->what & COMPARE_TOKENS);
	for (size_t i = 0; i < COMPARE_COUNT; i++)
		counts->by[i] += region->what >> i & 1;
}

bool compare_next(const struct compare_side sides[2], struct compare_region *region,
                  struct compare_counts *counts)
{
	struct compare_token first[2];
	const bool has[2] = {peek(&sides[0], 0, &first[0]), peek(&sides[1], 0, &first[1])};
	if (!has[0] && !has[1])
		return false;
	*region = (struct compare_region){.what = COMPARE_TOKENS};
	if (!has[1] || (has[0] && first[0].end <= first[1].start)) {
		region->n[0] = 1;
	} else if (!has[0] || first[1].end <= first[0].start) {
		region->n[1] = 1;
	} else {
		take_region(sides, first, region->n);
		if (region->n[0] == 1 && region->n[1] == 1 && first[0].start == first[1].start &&
		    first[0].end == first[1].end)
			region->what = fields(&first[0], &first[1]);
	}
	if ((region->what & COMPARE_TOKENS) && !has_same_sentences(sides, region->n))
		region->what |= COMPARE_SENTENCES;
	count(counts, region);
	return true;
}

bool compare_is_different(const struct compare_counts *counts)
{
	uint64_t n = counts->missing[0] + counts->missing[1];
	for (size_t i = 0; i < COMPARE_COUNT; i++)
		n += counts->by[i];
	return n > 0;
}

/* ---- Values ---- */

static bool append_flags(struct bytes *out, uint16_t flags)
{
	const char *comma = "";
	for (unsigned bit = 1; bit <= flags; bit <<= 1) {
		const char *name = flags & bit ? lafz_flag_name((uint16_t)bit) : NULL;
		if (!name)
			continue;
		if (!bytes_append(out, comma, strlen(comma)) ||
		    !bytes_append(out, name, strlen(name)))
			return false;
		comma = ",";
	}
	return flags != 0 || bytes_append(out, "-", 1);
}

static bool append_surfaces(const struct compare_side *side, size_t n, struct bytes *out)
{
	struct compare_token token;
	for (size_t i = 0; i < n && peek(side, i, &token); i++) {
		if ((i > 0 && !bytes_append(out, " ", 1)) ||
		    !bytes_append(out, token.surface.ptr, token.surface.len))
			return false;
	}
	return true;
}

static struct compare_text text_of(const struct compare_token *token, unsigned what)
{
	switch (what) {
	case COMPARE_KIND:
		return token->kind;
	case COMPARE_LANG:
		return token->lang;
	case COMPARE_SCRIPT:
		return token->script;
	case COMPARE_NORM:
		return token->norm;
	case COMPARE_KEY:
		return token->key;
	default:
		return token->surface;
	}
}

/* The tokens of the region that begin a sentence. */
static bool append_firsts(const struct compare_side *side, size_t n, struct bytes *out)
{
	struct compare_token token;
	bool is_found = false;
	for (size_t i = 0; i < n && !is_found && peek(side, i, &token); i++)
		is_found = token.is_first;
	return is_found ? bytes_append(out, "begins", 6) : bytes_append(out, "-", 1);
}

bool compare_value(const struct compare_side *side, size_t n, unsigned what, struct bytes *out)
{
	struct compare_token token;
	if (what == COMPARE_TOKENS)
		return append_surfaces(side, n, out);
	if (what == COMPARE_SENTENCES)
		return append_firsts(side, n, out);
	if (n == 0 || !peek(side, 0, &token))
		return true;
	if (what == COMPARE_FLAGS)
		return append_flags(out, token.flags);
	const struct compare_text text = text_of(&token, what);
	return bytes_append(out, text.ptr, text.len);
}
