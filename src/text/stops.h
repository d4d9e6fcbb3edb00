/*
 * Whether the full stop behind a word belongs to it, told of atoms as the rules of words tell it of their pieces
 * (word/full_stop.c).
 */
#ifndef LAFZ_TEXT_STOPS_H
#define LAFZ_TEXT_STOPS_H

#include <stddef.h>
#include <stdint.h>

struct text_lines_request;

enum stop { STOP_APART, STOP_TAKEN, STOP_UNKNOWN };

/* The full stop is the atom behind that of the word, which begins behind white space or a mark and is in the language. */
enum stop stops_behind(const struct text_lines_request *request, uint16_t lang, size_t word);

#endif
