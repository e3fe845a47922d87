// System calls Swift's Glibc overlay hides behind _GNU_SOURCE. Must never know: any Squall type.
#ifndef C_SQUALL_SYSTEM_H
#define C_SQUALL_SYSTEM_H

/// Writes everything pending on the file system that holds the open descriptor. 0 on success.
int sq_sync_file_system(int descriptor);

/// Gives memory that was freed and is kept for later back to the system, where the C library can.
void sq_return_freed_memory(void);

#endif
