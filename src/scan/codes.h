/*
 * Codes: what the vector kernels write of an atom first, one byte. A block's codes are packed at
 * once; class, script and flags are looked up afterwards, in codes alone, many at a time. For the
 * files of the kernels, like blocks.h, which includes it.
 *
 * Marks of punctuation have the codes of signs.h; of others a character of ASCII that is no letter
 * stands for all atoms of its class, whichever character they hold. Letters of Latin script: those of ASCII, small ones if the last letter of the atom is
 * small, with CODE_MORE if the atom has both cases. Arabic script: CODE_ARABIC, with CODE_MORE if
 * the atom has marks or ZWNJ, and CODE_ZWNJ if it has ZWNJ.
 */
#ifndef LAFZ_SCAN_CODES_H
#define LAFZ_SCAN_CODES_H

#include <stddef.h>
#include <stdint.h>

#include "scan/atom.h"
#include "scan/signs.h"

#define CODE_ARABIC 0x80
#define CODE_MORE 0x81
#define CODE_ZWNJ 0x02

#endif
