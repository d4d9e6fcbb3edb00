#include "scan/scan.h"

#include <string.h>

static bool always(void)
{
	return true;
}

/* The flags that the kernels are compiled with are in configure.ac. */
#ifdef LAFZ_KERNEL_SSSE3
static bool has_ssse3(void)
{
	return __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt");
}
#endif

#ifdef LAFZ_KERNEL_AVX2
static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
#endif

#ifdef LAFZ_KERNEL_AVX512
static bool has_avx512(void)
{
	return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
	       __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
	       __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vpopcntdq") &&
	       __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
#endif

static const struct scan_kernel kernels[] = {
	{"plain", scan_plain, sets_plain, pick_plain, always},
#ifdef LAFZ_KERNEL_NEON
	{"neon", scan_neon, sets_neon, pick_plain, always},
#endif
#ifdef LAFZ_KERNEL_SSSE3
	{"ssse3", scan_ssse3, sets_ssse3, pick_plain, has_ssse3},
#endif
#ifdef LAFZ_KERNEL_AVX2
	{"avx2", scan_avx2, sets_avx2, pick_avx2, has_avx2},
#endif
#ifdef LAFZ_KERNEL_AVX512
	{"avx512", scan_avx512, sets_avx512, pick_avx512, has_avx512},
#endif
};

#define N_KERNELS (sizeof kernels / sizeof *kernels)

const struct scan_kernel *scan_kernel_at(size_t i)
{
	return i < N_KERNELS ? &kernels[i] : NULL;
}

const struct scan_kernel *scan_kernel_find(const char *name)
{
	for (size_t i = N_KERNELS; i-- > 0;)
		if (kernels[i].is_usable() && (!name || strcmp(kernels[i].name, name) == 0))
			return &kernels[i];
	return NULL;
}

int scan_reserve(struct atoms *atoms, const struct lafz_allocator *mem, uint32_t len)
{
	const size_t need = (size_t)len + 1 + SCAN_SLACK;
	if (need <= atoms->cap)
		return LAFZ_OK;
	/* Six arrays of one length. After a failure their sizes differ, so all are given back. */
	size_t cap[6] = {atoms->cap, atoms->cap, atoms->cap, atoms->cap, atoms->cap, atoms->cap};
	if (mem_reserve(mem, &atoms->off, &cap[0], need, sizeof *atoms->off) < 0 ||
	    mem_reserve(mem, &atoms->cls, &cap[1], need, 1) < 0 ||
	    mem_reserve(mem, &atoms->script, &cap[2], need, 1) < 0 ||
	    mem_reserve(mem, &atoms->flags, &cap[3], need, 1) < 0 ||
	    mem_reserve(mem, &atoms->code, &cap[4], need, 1) < 0 ||
	    mem_reserve(mem, &atoms->line_ends, &cap[5], need, sizeof *atoms->line_ends) < 0 ||
	    mem_reserve(mem, &atoms->sets, &atoms->sets_cap, cap[0] / 64 + 2, sizeof *atoms->sets) <
	            0) {
		scan_free(atoms, mem);
		return LAFZ_ERR_MEMORY;
	}
	atoms->cap = cap[0];
	return LAFZ_OK;
}

void scan_free(struct atoms *atoms, const struct lafz_allocator *mem)
{
	mem_free(mem, atoms->off);
	mem_free(mem, atoms->cls);
	mem_free(mem, atoms->script);
	mem_free(mem, atoms->flags);
	mem_free(mem, atoms->code);
	mem_free(mem, atoms->line_ends);
	mem_free(mem, atoms->sets);
	*atoms = (struct atoms){0};
}
