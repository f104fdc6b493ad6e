/* Sieve of Eratosthenes over a byte array of 64 KiB. */
#include "kernel.h"

enum { SIZE = 65536 };
static u8 composite[SIZE];

u64 kernel(u64 rounds) {
  u64 sum = 0;
  for (u64 r = 0; r < rounds; r++) {
    for (u32 i = 0; i < SIZE; i++) composite[i] = 0;
    for (u32 i = 2; i < SIZE; i++) {
      if (composite[i]) continue;
      sum = sum * 3 + i;
      for (u32 j = i + i; j < SIZE; j += i) composite[j] = 1;
    }
  }
  return sum;
}
