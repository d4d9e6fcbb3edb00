/*
 * What tests may do with a stream beyond the public interface.
 */
#ifndef LAFZ_STREAM_H
#define LAFZ_STREAM_H

#include <lafz.h>

/*
 * From here on the stream keeps nothing of words it has seen, asks the lattice of every segment, and
 * sends every token the long way through norm and key. Slower; what it hands out is the same.
 */
void stream_be_thorough(struct lafz_stream *stream);

/*
 * Tells apart the lines of any text from here on, however short, and whether that pays or not. What is handed out is the same.
 */
void stream_tell_lines(struct lafz_stream *stream);

/* No line is told by its bytes from here on; all are scanned. What is handed out is the same. */
void stream_scan_all(struct lafz_stream *stream);

#endif
