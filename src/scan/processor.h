/*
 * What the processor can do, for processors with SSE. The C library has asked it when the program began, where it says so; to ask again
 * takes a tenth of a millisecond in a virtual machine, for which the machine below is asked each time.
 */
#ifndef LAFZ_SCAN_PROCESSOR_H
#define LAFZ_SCAN_PROCESSOR_H

#if defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif

/* By its names in the C library and in the compiler. */
#ifdef CPU_FEATURE_ACTIVE
#define PROCESSOR_HAS(feature, name) (CPU_FEATURE_ACTIVE(feature) != 0)
#else
#define PROCESSOR_HAS(feature, name) (__builtin_cpu_supports(name) != 0)
#endif

#endif
