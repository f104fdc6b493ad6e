/* Fibonacci by recursion: calls and returns. */
#include "kernel.h"

__attribute__((noinline, optimize("no-optimize-sibling-calls,no-inline"))) static u64 fib(u64 n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

u64 kernel(u64 rounds) {
  u64 sum = 0;
  for (u64 r = 0; r < rounds; r++) sum = sum * 3 + fib(20 + (r & 1));
  return sum;
}
