// A malloc that fails when it is told to. It is loaded before every other library (LD_PRELOAD), so that a whole
// server allocates through it: PostgreSQL its blocks, the module its objects, libc what it needs itself. The same
// file is a module of that server, whose SQL functions speak to the malloc of their session. It needs no symbol of
// PostgreSQL's, since other programs load it, too.
#include "postgres.h"

#include <errno.h>

#include "fmgr.h"

PG_MODULE_MAGIC;

// What glibc calls its own.
extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* memory, size_t size);
extern void* __libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void* memory);

// Allocations since the last call of fail_from; the first of them that fails, and the one after the last.
static int64 made;
static int64 first = PG_INT64_MAX;
static int64 end = PG_INT64_MAX;

// Blocks that are in use.
static int64 blocks;

// Counts an allocation; true if it has to fail.
static bool fails(void) {
    const int64 number = made++;
    if (number < first || number >= end) return false;
    errno = ENOMEM;
    return true;
}

// Counts a block that was made.
static void* counted(void* memory) {
    blocks += memory != NULL;
    return memory;
}

// What follows is libc's, and does what libc's does.
void* malloc(size_t size) { return fails() ? NULL : counted(__libc_malloc(size)); }

void* calloc(size_t count, size_t size) {
    return fails() ? NULL : counted(__libc_calloc(count, size));
}

// A block stays one block, unless there was none or none is wanted.
void* realloc(void* memory, size_t size) {
    if (fails()) return NULL;
    void* const moved = __libc_realloc(memory, size);
    if (memory == NULL) return counted(moved);
    blocks -= moved == NULL && size == 0;
    return moved;
}

void* memalign(size_t alignment, size_t size) {
    return fails() ? NULL : counted(__libc_memalign(alignment, size));
}

void* aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void** memory, size_t alignment, size_t size) {
    void* const aligned = memalign(alignment, size);
    if (aligned == NULL) return ENOMEM;
    *memory = aligned;
    return 0;
}

void free(void* memory) {
    blocks -= memory != NULL;
    __libc_free(memory);
}

// fail_from(n, k): of the allocations to come, counted from 0, those numbered n to n + k - 1 fail.
PG_FUNCTION_INFO_V1(fail_from);
Datum fail_from(PG_FUNCTION_ARGS) {
    first = PG_GETARG_INT64(0);
    end = first + PG_GETARG_INT64(1);
    made = 0;
    PG_RETURN_VOID();
}

// From here on none fails; they are counted on.
PG_FUNCTION_INFO_V1(fail_no_more);
Datum fail_no_more(PG_FUNCTION_ARGS) {
    first = PG_INT64_MAX;
    PG_RETURN_VOID();
}

// How many allocations were made since then.
PG_FUNCTION_INFO_V1(allocations);
Datum allocations(PG_FUNCTION_ARGS) {
    PG_RETURN_INT64(made);
}

// How many blocks the session has.
PG_FUNCTION_INFO_V1(blocks_in_use);
Datum blocks_in_use(PG_FUNCTION_ARGS) {
    PG_RETURN_INT64(blocks);
}
