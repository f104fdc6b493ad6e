/*
 * The peer of Atoll's copies: memcpy of BYTES from one buffer to another and back. Prints one copy a
 * line, in nanoseconds.
 *
 * usage: memcpy ROUNDS WARMUP BYTES
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: memcpy ROUNDS WARMUP BYTES\n");
    return 2;
  }
  long rounds = atol(argv[1]);
  long warmup = atol(argv[2]);
  size_t bytes = (size_t)atol(argv[3]);
  char *from = malloc(bytes), *to = malloc(bytes);
  if (bytes == 0 || !from || !to) {
    perror("malloc");
    return 1;
  }
  memset(from, 1, bytes);
  for (long i = 0; i < warmup + rounds; i++) {
    from[0] = (char)i;
    int64_t before = now_ns();
    memcpy(to, from, bytes);
    /* The copy cannot be left out: what was copied is looked at. */
    __asm__ volatile("" : : "r"(to) : "memory");
    int64_t took = now_ns() - before;
    if (to[0] != (char)i) {
      fprintf(stderr, "memcpy: wrong byte\n");
      return 1;
    }
    if (i >= warmup) {
      printf("%lld\n", (long long)took);
    }
    char *other = from;
    from = to;
    to = other;
  }
  return 0;
}
