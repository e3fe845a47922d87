#define _GNU_SOURCE
#include "CSquallSystem.h"
#include <unistd.h>

int sq_sync_file_system(int descriptor) {
#if defined(__linux__)
    return syncfs(descriptor);
#else
    return fsync(descriptor);
#endif
}
