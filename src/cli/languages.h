/*
 * lafz languages and lafz --version: what Lafz knows and what it is made of.
 */
#ifndef LAFZ_CLI_LANGUAGES_H
#define LAFZ_CLI_LANGUAGES_H

#include "cli/sink.h"

/* A header line, then tag, name, script and support of each language, with tabs between. */
void languages_list(struct sink *sink);

/* The versions of Lafz, of what results depend on, and of the libraries, a line each. */
void languages_versions(struct sink *sink);

#endif
