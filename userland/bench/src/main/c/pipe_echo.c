/*
 * A peer of Atoll's local call: 64-byte messages through two pipes, to and fro between two processes
 * that are pinned to one core. Prints one round trip a line, in nanoseconds.
 *
 * usage: pipe_echo ROUNDS WARMUP
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "pin.h"

enum { MESSAGE_BYTES = 64 };

/* Pipes carry 64 bytes whole: both ends write no other size, and it is below PIPE_BUF. */
static int get(int fd, int64_t *message) {
  return read(fd, message, MESSAGE_BYTES) == MESSAGE_BYTES;
}

static int put(int fd, const int64_t *message) {
  return write(fd, message, MESSAGE_BYTES) == MESSAGE_BYTES;
}

static void serve(int in, int out) {
  int64_t message[MESSAGE_BYTES / 8];
  while (get(in, message)) {
    message[1] = message[0] + 1;
    if (!put(out, message)) {
      exit(1);
    }
  }
  exit(0);
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: pipe_echo ROUNDS WARMUP\n");
    return 2;
  }
  long rounds = atol(argv[1]);
  long warmup = atol(argv[2]);
  int there[2], back[2];
  pin_to_core(0);
  if (pipe(there) < 0 || pipe(back) < 0) {
    fail("pipe");
  }
  pid_t child = fork();
  if (child < 0) {
    fail("fork");
  }
  if (child == 0) {
    close(there[1]);
    close(back[0]);
    serve(there[0], back[1]);
  }
  close(there[0]);
  close(back[1]);
  int64_t message[MESSAGE_BYTES / 8] = {0};
  for (long i = 0; i < warmup + rounds; i++) {
    int64_t sent = message[0] = message[1];
    int64_t before = now_ns();
    if (!put(there[1], message) || !get(back[0], message) || message[1] != sent + 1) {
      fail("round trip");
    }
    int64_t took = now_ns() - before;
    if (i >= warmup) {
      printf("%lld\n", (long long)took);
    }
  }
  close(there[1]);
  waitpid(child, NULL, 0);
  return 0;
}
