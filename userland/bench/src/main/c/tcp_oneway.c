/*
 * The peer of Atoll's one-way messages: messages of 64 bytes by TCP, 64 KiB a write and
 * up to 64 KiB a read. The reader makes a number of all, which it answers at the end. Prints the
 * mean of 65,536 a line, in nanoseconds, as the writer sees it: more than the sockets hold.
 *
 * usage: tcp_oneway [serve HERE PEER | connect THERE PORT] SAMPLES WARMUP
 */
#include <string.h>

#include "tcp.h"

enum { PER_WRITE = 1024, WRITES = 64, BATCH = PER_WRITE * WRITES, WORDS = MESSAGE_BYTES / 8 };

static int64_t messages[PER_WRITE][WORDS];

static uint64_t next(uint64_t before, uint64_t word) {
  return (before ^ word) * 6364136223846793005u + 1442695040888963407u;
}

static void serve(int fd) {
  int64_t total = (warmup + rounds) * BATCH;
  uint64_t number = 0;
  size_t have = 0;
  for (int64_t taken = 0; taken < total;) {
    ssize_t n = read(fd, (char *)messages + have, sizeof messages - have);
    if (n <= 0) {
      left_alone();
    }
    have += (size_t)n;
    size_t whole = have / MESSAGE_BYTES;
    for (size_t i = 0; i < whole; i++) {
      number = next(number, (uint64_t)messages[i][0]);
    }
    taken += (int64_t)whole;
    have -= whole * MESSAGE_BYTES;
    memmove(messages, messages[whole], have);
  }
  write_all(fd, (char *)&number, sizeof number);
}

int main(int argc, char **argv) {
  struct way way = take_way(&argc, &argv);
  int misuse = arguments(argc, argv);
  if (misuse) {
    return misuse;
  }
  pid_t child;
  int fd = connected(way, serve, &child);
  uint64_t number = 0, answer = 0;
  int64_t sent = 0;
  for (long i = 0; i < warmup + rounds; i++) {
    int64_t before = now_ns();
    for (int write = 0; write < WRITES; write++) {
      for (int m = 0; m < PER_WRITE; m++) {
        messages[m][0] = ++sent;
        number = next(number, (uint64_t)sent);
      }
      write_all(fd, (char *)messages, sizeof messages);
    }
    int64_t took = now_ns() - before;
    if (i >= warmup) {
      printf("%f\n", (double)took / BATCH);
    }
  }
  if (!read_all(fd, (char *)&answer, sizeof answer)) {
    left_alone();
  }
  if (answer != number) {
    fprintf(stderr, "tcp_oneway: the reader has read something else\n");
    return 1;
  }
  disconnect(fd, child);
  return 0;
}
