/* Product of two matrices of doubles, with a division for each element. */
#include "kernel.h"

enum { N = 48 };
static double a[N][N], b[N][N], c[N][N];

u64 kernel(u64 rounds) {
  double sum = 0;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) a[i][j] = (i * 31 + j) / 7.0, b[i][j] = (i ^ j * 17) / 3.0;
  for (u64 r = 0; r < rounds; r++) {
    for (int i = 0; i < N; i++)
      for (int j = 0; j < N; j++) {
        double s = 0;
        for (int k = 0; k < N; k++) s += a[i][k] * b[k][j];
        c[i][j] = s / (1 + j);
      }
    sum = sum / 3 + c[r % N][(r * 5) % N];
    a[r % N][0] = sum / 1e6;
  }
  union { double d; u64 u; } bits = {sum};
  return bits.u;
}
