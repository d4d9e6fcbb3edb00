#include "cli/args_names.h"

#include "cli/value.h"

static const struct value_word formats[] = {
	{"text", FORMAT_TEXT},   {"tsv", FORMAT_TSV},
	{"jsonl", FORMAT_JSONL}, {"conllu", FORMAT_CONLLU},
	{"vrt", FORMAT_VRT},     {"spans", FORMAT_SPANS},
	{"arrow", FORMAT_ARROW}, {"json", FORMAT_JSON},
	{"html", FORMAT_HTML},   {NULL, 0},
};
static const struct value_word inputs[] = {
	{"auto", INPUT_AUTO},
	{"text", INPUT_TEXT},
	{"jsonl", INPUT_JSONL},
	{"conllu", INPUT_CONLLU},
	{"warc", INPUT_WARC},
	{"wet", INPUT_WARC},
	{NULL, 0},
};
static const struct value_word views[] = {
	{"surface", VIEW_SURFACE},
	{"norm", VIEW_NORM},
	{"key", VIEW_KEY},
	{NULL, 0},
};
static const struct value_word rules[] = {
	{"default", LAFZ_RULES_DEFAULT},
	{"search", LAFZ_RULES_SEARCH},
	{"uax29", LAFZ_RULES_UAX29},
	{NULL, 0},
};
static const struct value_word invalids[] = {
	{"replace", LAFZ_INVALID_REPLACE},
	{"drop", LAFZ_INVALID_DROP},
	{"fail", LAFZ_INVALID_FAIL},
	{NULL, 0},
};
static const struct value_word digits[] = {
	{"ascii", LAFZ_DIGITS_ASCII},
	{"native", LAFZ_DIGITS_NATIVE},
	{"keep", LAFZ_DIGITS_KEEP},
	{NULL, 0},
};
static const struct value_word zwnjs[] = {
	{"keep", 0},
	{"drop", 1},
	{NULL, 0},
};
static const struct value_word colors[] = {
	{"auto", COLOR_AUTO},
	{"always", COLOR_ALWAYS},
	{"never", COLOR_NEVER},
	{NULL, 0},
};
static const struct value_word errors[] = {
	{"skip", 0},
	{"fail", 1},
	{NULL, 0},
};

/* Options whose value is one of several words. */
int args_take_word(struct args *args, int option, const char *value)
{
	int number = 0;
	int rc = 0;
	switch (option) {
	case 'f':
		rc = value_word("--format", value, formats, &number);
		args->format = (enum format)number;
		return rc;
	case 'i':
		rc = value_word("--input", value, inputs, &number);
		args->input = (enum input)number;
		return rc;
	case OPTION_DIGITS:
		rc = value_word("--digits", value, digits, &number);
		args->options.digits = (enum lafz_digits)number;
		return rc;
	case OPTION_ZWNJ:
		rc = value_word("--zwnj", value, zwnjs, &number);
		args->options.drop_zwnj = (uint32_t)number;
		return rc;
	case OPTION_RULES:
		rc = value_word("--rules", value, rules, &number);
		args->options.rules = (enum lafz_rules)number;
		return rc;
	case OPTION_VIEW:
		rc = value_word("--view", value, views, &number);
		args->view = (enum view)number;
		return rc;
	case OPTION_COLOR:
		rc = value_word("--color", value, colors, &number);
		args->color = (enum color)number;
		return rc;
	case OPTION_ON_INVALID:
		rc = value_word("--on-invalid", value, invalids, &number);
		args->options.on_invalid = (enum lafz_invalid)number;
		return rc;
	default: /* OPTION_ON_ERROR */
		rc = value_word("--on-error", value, errors, &number);
		args->fail_on_record = number == 1;
		return rc;
	}
}
