/* What every kernel has: a workload of so many rounds, and a number that depends on all of it. */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;

u64 kernel(u64 rounds);
