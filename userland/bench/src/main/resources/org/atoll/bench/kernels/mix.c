/* Rotations, additions and exclusive ors as in SHA-256, over a block in memory. */
#include "kernel.h"

static u32 block[64];

static u32 turn(u32 x, int n) { return x >> n | x << (32 - n); }

u64 kernel(u64 rounds) {
  u32 a = 0x6a09e667, b = 0xbb67ae85, c = 0x3c6ef372, d = 0xa54ff53a;
  u32 e = 0x510e527f, f = 0x9b05688c, g = 0x1f83d9ab, h = 0x5be0cd19;
  for (u64 r = 0; r < rounds; r++) {
    for (u32 i = 0; i < 16; i++) block[i] = a + i * 0x9e3779b9u;
    for (u32 i = 16; i < 64; i++) {
      u32 s = turn(block[i - 15], 7) ^ turn(block[i - 15], 18) ^ block[i - 15] >> 3;
      u32 t = turn(block[i - 2], 17) ^ turn(block[i - 2], 19) ^ block[i - 2] >> 10;
      block[i] = block[i - 16] + s + block[i - 7] + t;
    }
    for (u32 i = 0; i < 64; i++) {
      u32 s = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      u32 t = h + s + ((e & f) ^ (~e & g)) + block[i];
      u32 u = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      u32 v = u + ((a & b) ^ (a & c) ^ (b & c));
      h = g; g = f; f = e; e = d + t; d = c; c = b; b = a; a = t + v;
    }
  }
  return (u64)a << 32 | h;
}
