/*
 * What a program that runs with the library of fault.c can ask it.
 */
#ifndef LAFZ_TESTS_FAULT_H
#define LAFZ_TESTS_FAULT_H

/* Lets the allocation of this number fail, counted from now on, 0 for none; goes_on: all after it too. */
void fault_set(long at, int goes_on);

/* Allocations since then. */
long fault_count(void);

/* Blocks that were allocated and not freed. */
long fault_live(void);

#endif
