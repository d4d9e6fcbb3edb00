#include "word/wordlist.h"

#include <string.h>

enum { LONGEST = 24 };

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool wordlist_holds(const char *words, const char *text, size_t len)
{
	char form[LONGEST + 3];
	if (len == 0 || len > LONGEST)
		return false;
	bool has_small = false; /* letters of ASCII */
	form[0] = ' ';
	for (size_t i = 0; i < len; i++) {
		if (text[i] == ' ' || text[i] == '\0')
			return false;
		has_small |= text[i] >= 'a' && text[i] <= 'z';
		form[i + 1] = text[i];
	}
	for (size_t i = 1; i <= (has_small ? 1 : len); i++)
		if (is_capital(form[i]))
			form[i] = (char)(form[i] + 'a' - 'A');
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
