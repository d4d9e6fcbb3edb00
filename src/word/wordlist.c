#include "word/wordlist.h"

#include <string.h>

enum { LONGEST = 24 };

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Whether no byte is a small letter of ASCII. */
static bool is_all_capitals(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] >= 'a' && text[i] <= 'z')
			return false;
	return true;
}

bool wordlist_holds(const char *words, const char *text, size_t len)
{
	char form[LONGEST + 3];
	if (len == 0 || len > LONGEST || memchr(text, ' ', len) || memchr(text, '\0', len))
		return false;
	const size_t lowered = is_all_capitals(text, len) ? len : 1;
	form[0] = ' ';
	for (size_t i = 0; i < len; i++)
		form[i + 1] = (char)(i < lowered && is_capital(text[i]) ? text[i] + 'a' - 'A'
		                                                        : text[i]);
	form[len + 1] = ' ';
	form[len + 2] = '\0';
	return strstr(words, form) != NULL;
}

bool wordlists_hold(const struct wordlist *lists, size_t n, uint16_t lang, const char *text,
                    size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (lists[i].lang == lang)
			return wordlist_holds(lists[i].words, text, len);
	return false;
}
