/* Product of two matrices of 64-bit integers. */
#include "kernel.h"

enum { N = 48 };
static u64 a[N][N], b[N][N], c[N][N];

u64 kernel(u64 rounds) {
  u64 sum = 0;
  for (u32 i = 0; i < N; i++)
    for (u32 j = 0; j < N; j++) a[i][j] = i * 31 + j, b[i][j] = i ^ j * 17;
  for (u64 r = 0; r < rounds; r++) {
    for (u32 i = 0; i < N; i++)
      for (u32 j = 0; j < N; j++) {
        u64 s = 0;
        for (u32 k = 0; k < N; k++) s += a[i][k] * b[k][j];
        c[i][j] = s;
      }
    sum = sum * 7 + c[r % N][(r * 5) % N];
    a[r % N][0] = sum;
  }
  return sum;
}
