/* A stack machine that interprets a small program: a switch in a loop. */
#include "kernel.h"

enum { PUSH, ADD, SUB, XOR, DUP, SWAP, DROP, JNZ, HALT };
static const int program[] = {PUSH, 1000, PUSH, 7,   SWAP, PUSH, 1,   SUB, SWAP, PUSH, 13,  ADD,
                              DUP,  PUSH, 85,   XOR, DROP, SWAP, DUP, JNZ, 3,    DROP, HALT};

__attribute__((noinline)) static u64 run(u64 start) {
  u64 stack[16], *sp = stack;
  const int *pc = program;
  *sp++ = start;
  for (;;) {
    u64 t;
    switch (*pc++) {
      case PUSH: *sp++ = (u64)*pc++; break;
      case ADD: sp--; sp[-1] += *sp; break;
      case SUB: sp--; sp[-1] -= *sp; break;
      case XOR: sp--; sp[-1] ^= *sp; break;
      case DUP: *sp = sp[-1]; sp++; break;
      case SWAP: t = sp[-1]; sp[-1] = sp[-2]; sp[-2] = t; break;
      case DROP: sp--; break;
      case JNZ: if (*--sp) pc = program + 5; else pc++; break;
      default: return sp[-1];
    }
  }
}

u64 kernel(u64 rounds) {
  u64 sum = 1;
  for (u64 r = 0; r < rounds; r++) sum = sum * 3 + run(sum);
  return sum;
}
