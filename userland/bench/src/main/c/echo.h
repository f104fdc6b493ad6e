/*
 * What the echoes over TCP and Unix sockets have in common: a request of 64 bytes and an answer of
 * as many, or of 64 and DATA_BYTES more, as a read has it. One round trip a line is printed, in
 * nanoseconds.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fail.h"

enum { MESSAGE_BYTES = 64, DATA_BYTES_MAX = 16 << 20 };

/* The other end has ended where an answer was due. */
static void left_alone(void) {
  fprintf(stderr, "echo: the other end has ended\n");
  exit(1);
}

/* Whether there was so much before the other end ended. */
static int read_all(int fd, char *buffer, size_t bytes) {
  size_t have = 0;
  while (have < bytes) {
    ssize_t n = read(fd, buffer + have, bytes - have);
    if (n < 0) {
      fail("read");
    }
    if (n == 0) {
      return 0;
    }
    have += (size_t)n;
  }
  return 1;
}

static void write_all(int fd, const char *buffer, size_t bytes) {
  size_t done = 0;
  while (done < bytes) {
    ssize_t n = write(fd, buffer + done, bytes - done);
    if (n <= 0) {
      fail("write");
    }
    done += (size_t)n;
  }
}

static char buffer[MESSAGE_BYTES + DATA_BYTES_MAX];

static size_t answer_bytes;
static long rounds;
static long warmup;

static int arguments(int argc, char **argv) {
  size_t data_bytes = argc == 4 ? (size_t)atol(argv[3]) : 0;
  if (argc < 3 || argc > 4 || data_bytes > DATA_BYTES_MAX) {
    fprintf(stderr, "usage: %s ROUNDS WARMUP [DATA_BYTES]\n", argv[0]);
    return 2;
  }
  answer_bytes = MESSAGE_BYTES + data_bytes;
  rounds = atol(argv[1]);
  warmup = atol(argv[2]);
  return 0;
}

static inline void echo(int fd) {
  while (read_all(fd, buffer, MESSAGE_BYTES)) {
    write_all(fd, buffer, answer_bytes);
  }
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline void call(int fd) {
  for (long i = 0; i < warmup + rounds; i++) {
    int64_t before = now_ns();
    write_all(fd, buffer, MESSAGE_BYTES);
    if (!read_all(fd, buffer, answer_bytes)) {
      left_alone();
    }
    int64_t took = now_ns() - before;
    if (i >= warmup) {
      printf("%lld\n", (long long)took);
    }
  }
}
