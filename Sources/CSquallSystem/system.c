#define _GNU_SOURCE
#include "CSquallSystem.h"
#include <stdlib.h>
#include <unistd.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

int sq_sync_file_system(int descriptor) {
#if defined(__linux__)
    return syncfs(descriptor);
#else
    return fsync(descriptor);
#endif
}

void sq_return_freed_memory(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
