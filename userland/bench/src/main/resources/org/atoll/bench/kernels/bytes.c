/* A state machine over bytes: counts words, numbers and lines of a generated text. */
#include "kernel.h"

enum { SIZE = 32768 };
static u8 text[SIZE];

u64 kernel(u64 rounds) {
  u64 words = 0, numbers = 0, lines = 0, seed = 7;
  for (u32 i = 0; i < SIZE; i++) {
    seed = seed * 6364136223846793005ul + 1442695040888963407ul;
    text[i] = (u8)"abcdefghij 0123456789 \n.,;"[(seed >> 33) % 26];
  }
  for (u64 r = 0; r < rounds; r++) {
    int state = 0;
    for (u32 i = 0; i < SIZE; i++) {
      u8 c = text[i];
      int letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
      if (c == '\n') lines++;
      if (state == 0) {
        if (letter) state = 1;
        else if (digit) state = 2;
      } else if (state == 1) {
        if (!letter && !digit) { words++; state = 0; }
      } else {
        if (letter) state = 1;
        else if (!digit) { numbers++; state = 0; }
      }
    }
    text[r % SIZE] ^= 1;
  }
  return words * 1000003 + numbers * 1009 + lines;
}
