/*
 * Numbers of the 16 states in vectors, against loops over them one by one; and the sums of a word,
 * which the run stage adds up in lanes, against its rows added up one by one.
 */
#include <stdlib.h>
#include <string.h>

#include "helper.h"

#include "base/bytes.h"
#include "run/model.h"
#include "run/states.h"
#include "scan/scan.h"

enum { ROUNDS = 20000, MOST = 2046 };

/* Many are equal, many blocked. */
static struct states draw_states(struct rng *rng, int16_t numbers[STATES])
{
	struct states states;
	const size_t most = rng_below(rng, 3) ? 4 : MOST;
	for (size_t i = 0; i < STATES; i++) {
		const bool is_blocked = rng_below(rng, 4) == 0;
		numbers[i] = is_blocked ? STATES_BLOCKED : (int16_t)rng_below(rng, most + 1);
		states_set(&states, i, numbers[i]);
	}
	return states;
}

START_TEST(test_least)
{
	struct rng rng = {1};
	for (size_t round = 0; round < ROUNDS; round++) {
		int16_t numbers[STATES], least = INT16_MAX, greatest = INT16_MIN;
		const struct states states = draw_states(&rng, numbers);
		for (size_t i = 0; i < STATES; i++) {
			least = numbers[i] < least ? numbers[i] : least;
			greatest = numbers[i] > greatest ? numbers[i] : greatest;
		}
		ck_assert_int_eq(states_least(&states), least);
		ck_assert_int_eq(states_greatest(&states), greatest);
	}
}
END_TEST

START_TEST(test_only)
{
	for (size_t state = 0; state <= STATES; state++) {
		const struct states only = states_only(state);
		for (size_t i = 0; i < STATES; i++)
			ck_assert_int_eq(states_get(&only, i), i == state ? -1 : 0);
	}
}
END_TEST

START_TEST(test_bytes)
{
	uint8_t bytes[STATES], back[STATES];
	uint32_t wide[STATES];
	for (size_t i = 0; i < STATES; i++)
		bytes[i] = (uint8_t)(255 - 11 * i);
	const struct states states = states_of_bytes(bytes);
	states_put_bytes(&states, back);
	ck_assert_mem_eq(back, bytes, sizeof bytes);
	states_widen(&states, wide);
	for (size_t i = 0; i < STATES; i++) {
		ck_assert_int_eq(states_get(&states, i), bytes[i]);
		ck_assert_uint_eq(wide[i], bytes[i]);
	}
}
END_TEST

/* ---- The sums of a word ---- */

static void add_row(size_t script, uint32_t row, int16_t sums[STATES])
{
	size_t size;
	const unsigned char *const bytes = model_bytes(&size);
	const unsigned char *const table = bytes + sizeof(struct model_head) +
	                                   script * sizeof(struct model_table);
	const uint32_t off = bytes_u32(table + offsetof(struct model_table, off));
	const size_t n = model_columns(script);
	for (size_t i = 0; i < n; i++) {
		const unsigned char two = bytes[off + row * n / 2 + i / 2];
		sums[i] = (int16_t)(sums[i] + (i % 2 ? two >> 4 : two & 0x0F));
	}
}

static void check_word(size_t script, const char *text)
{
	static const char *const kernels[] = {"plain", "avx2", "avx512"};
	struct grams_word word;
	struct grams_symbols symbols;
	const struct grams_symbols *const words = &symbols;
	struct states found;
	uint32_t rows[GRAMS_MAX];
	int16_t sums[STATES] = {0};
	grams_read(text, strlen(text), &word);
	grams_symbols(&word, &symbols);
	const size_t n = grams_rows(model_rows(script).layout, &symbols, rows);
	ck_assert_uint_le(n, GRAMS_MAX);
	for (size_t i = 0; i < n; i++)
		add_row(script, rows[i], sums);
	for (size_t k = 0; k < COUNT(kernels); k++) {
		if (!scan_kernel_find(kernels[k]))
			continue;
		model_find(kernels[k])(script, &words, 1, &found);
		for (size_t i = 0; i < STATES; i++)
			ck_assert_msg(states_get(&found, i) == sums[i], "%s: %s: column %zu: expected %d, got %d",
			              kernels[k], text, i, sums[i], states_get(&found, i));
	}
}

/* Of all lengths, up to more letters than count, in both scripts. */
START_TEST(test_sums)
{
	static const char latin[] = "thequickbrownfoxjumpsoverthelazydog";
	static const char arabic[] = "\u0632\u0645\u0648\u0646\u0696\u0647\u067E\u0648\u0647\u0646"
				     "\u062A\u0648\u0646\u06A9\u06D0\u062F\u0648\u0627\u062F\u06CC"
				     "\u0681\u0627\u06CC\u0648\u0646\u06D2\u0634\u06C7\u06CE\u0637";
	char text[sizeof arabic];
	for (size_t len = 0; len < sizeof latin; len++) {
		memcpy(text, latin, len);
		text[len] = '\0';
		check_word(RUN_LATN, text);
	}
	for (size_t len = 0; len < sizeof arabic; len += 2) {
		memcpy(text, arabic, len);
		text[len] = '\0';
		check_word(RUN_ARAB, text);
	}
}
END_TEST

/* As many words as go together, of all lengths: each has what it has alone. */
START_TEST(test_sums_together)
{
	static const char *const texts[RUN_SCRIPTS] = {
		[RUN_ARAB] = "\u0632\u0645\u0648\u0646\u0696\u0647\u067E\u0648\u0647\u0646"
			     "\u062A\u0648\u0646\u06A9\u06D0\u062F\u0648\u0627\u062F\u06CC",
		[RUN_LATN] = "thequickbrownfoxjumpsoverthelazydogthequ",
	};
	static const char *const kernels[] = {"plain", "avx2", "avx512"};
	for (size_t script = 0; script < RUN_SCRIPTS; script++) {
		struct grams_symbols symbols[MODEL_WORDS];
		const struct grams_symbols *words[MODEL_WORDS];
		struct states alone[MODEL_WORDS], together[MODEL_WORDS];
		for (size_t i = 0; i < MODEL_WORDS; i++) {
			struct grams_word word;
			grams_read(texts[script], 2 * i + 2, &word);
			grams_symbols(&word, &symbols[i]);
			words[i] = &symbols[i];
			model_word(script, words[i], &alone[i]);
		}
		for (size_t k = 0; k < COUNT(kernels); k++) {
			if (!scan_kernel_find(kernels[k]))
				continue;
			for (size_t n = 1; n <= MODEL_WORDS; n++) {
				model_find(kernels[k])(script, words, n, together);
				ck_assert_msg(memcmp(together, alone, n * sizeof *alone) == 0, "%s: %zu words", kernels[k], n);
			}
		}
	}
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("states");
	TCase *const tcase = tcase_create("states");
	tcase_set_timeout(tcase, NO_TIMEOUT);
	tcase_add_test(tcase, test_least);
	tcase_add_test(tcase, test_only);
	tcase_add_test(tcase, test_bytes);
	tcase_add_test(tcase, test_sums);
	tcase_add_test(tcase, test_sums_together);
	suite_add_tcase(suite, tcase);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	const int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
