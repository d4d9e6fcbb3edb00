/*
 * CLD2 on standard input: identification alone, by its pieces of one language inside a block, which
 * is the nearest to language runs. A block is up to 64 KiB, its best case: it has a cost a call. One
 * line a piece: length and code.
 */
/* CLD2's header uses FILE without saying so. */
#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "blocks.h"

int main()
{
	static struct blocks blocks;
	const char *block = nullptr;
	for (size_t len; (len = blocks_next(&blocks, &block)) > 0;) {
		const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
		                              CLD2::UNKNOWN_LANGUAGE};
		CLD2::Language best[3];
		int percent[3], text_bytes = 0;
		double score[3];
		bool is_reliable = false;
		CLD2::ResultChunkVector pieces;
		CLD2::ExtDetectLanguageSummary(block, static_cast<int>(len), true, &hints, 0, best,
		                               percent, score, &pieces, &text_bytes, &is_reliable);
		for (const CLD2::ResultChunk &piece : pieces) {
			char line[64];
			const int n = std::snprintf(
				line, sizeof line, "%d %s", static_cast<int>(piece.bytes),
				CLD2::LanguageCode(static_cast<CLD2::Language>(piece.lang1)));
			blocks_put(&blocks, line, static_cast<size_t>(n));
		}
	}
	blocks_flush(&blocks);
	return 0;
}
