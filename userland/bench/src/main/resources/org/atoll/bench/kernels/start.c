/* Runs a kernel without any library: argv[1] rounds, prints the checksum in hexadecimal. */
#include "kernel.h"

static long call(long number, long a, long b, long c) {
  register long a7 __asm__("a7") = number;
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
  return a0;
}

__attribute__((used)) static void begin(long *stack) {
  char **argv = (char **)(stack + 1);
  u64 rounds = 0;
  for (char *p = argv[1]; *p; p++) rounds = rounds * 10 + (u64)(*p - '0');
  u64 result = kernel(rounds);
  char text[17];
  for (int i = 15; i >= 0; i--, result >>= 4) text[i] = "0123456789abcdef"[result & 15];
  text[16] = '\n';
  call(64, 1, (long)text, 17);
  call(93, 0, 0, 0);
  __builtin_unreachable();
}

__attribute__((naked, used)) void _start(void) {
  __asm__ volatile(".option push\n.option norelax\nla gp, __global_pointer$\n.option pop\n"
                   "mv a0, sp\nandi sp, sp, -16\nj begin");
}

void *memset(void *to, int c, u64 n) {
  u8 *p = to;
  while (n--) *p++ = (u8)c;
  return to;
}

void *memcpy(void *to, const void *from, u64 n) {
  u8 *p = to;
  const u8 *q = from;
  while (n--) *p++ = *q++;
  return to;
}
