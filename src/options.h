/*
 * The options of a stream: checked and with their defaults filled in.
 */
#ifndef LAFZ_OPTIONS_H
#define LAFZ_OPTIONS_H

#include <lafz.h>

#include "scan/scan.h"

/* Fills *out from what the caller gave (NULL: the defaults). LAFZ_OK or LAFZ_ERR_OPTION. */
int options_read(struct lafz_options *out, const struct scan_kernel **kernel,
                 const struct lafz_options *given);

#endif
