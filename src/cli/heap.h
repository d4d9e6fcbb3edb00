/*
 * How the C library's allocator is to deal with many threads.
 */
#ifndef LAFZ_CLI_HEAP_H
#define LAFZ_CLI_HEAP_H

/*
 * Large blocks go back to the system when they are freed. glibc would keep those of each thread once it
 * has seen one freed: 11 MiB more for two jobs with large records. The heap of a thread begins with more than it needs: it would grow with
 * each request, and each time all cores are told. What is not touched costs nothing.
 */
void heap_give_back(void);

#endif
