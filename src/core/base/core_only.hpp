// The wall: the core refuses to compile where a PostgreSQL header has been seen.
#pragma once

#include <cstdint>

#ifdef POSTGRES_H
#error \
    "the core knows no PostgreSQL: include its headers before postgres.h, and nothing of src/pg here"
#endif

// Sums of sizes are not checked against overflow everywhere: with 64 bits nothing that fits in memory
// overflows.
#if UINTPTR_MAX < UINT64_MAX
#error "aria_focus needs a processor and a compiler of 64 bits"
#endif
