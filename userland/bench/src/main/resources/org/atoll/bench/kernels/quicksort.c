/* Quicksort through a comparison function. */
#include "kernel.h"

enum { SIZE = 4096 };
static u64 values[SIZE];

__attribute__((noinline)) static int up(const u64 *a, const u64 *b) { return *a < *b ? -1 : *a > *b; }
__attribute__((noinline)) static int down(const u64 *a, const u64 *b) { return up(b, a); }

static void sort(u64 *v, long low, long high, int (*compare)(const u64 *, const u64 *)) {
  while (low < high) {
    u64 pivot = v[(low + high) / 2];
    long i = low, j = high;
    while (i <= j) {
      while (compare(&v[i], &pivot) < 0) i++;
      while (compare(&v[j], &pivot) > 0) j--;
      if (i <= j) {
        u64 t = v[i];
        v[i++] = v[j];
        v[j--] = t;
      }
    }
    sort(v, low, j, compare);
    low = i;
  }
}

u64 kernel(u64 rounds) {
  u64 sum = 0, seed = 3;
  for (u64 r = 0; r < rounds; r++) {
    for (u32 i = 0; i < SIZE; i++) {
      seed = seed * 6364136223846793005ul + 1442695040888963407ul;
      values[i] = seed >> 16;
    }
    sort(values, 0, SIZE - 1, r & 1 ? up : down);
    sum = sum * 3 + values[r % SIZE];
  }
  return sum;
}
