/*
 * The peer of Atoll's pipelined calls: messages of 64 bytes by TCP, 256 under way, 16 KiB
 * a read and a write on both sides. Each answer is a message's number and one more, and is checked.
 * Prints the mean of 1,000 a line, in nanoseconds.
 *
 * usage: tcp_pipelined [serve HERE PEER | connect THERE PORT] SAMPLES WARMUP
 */
#include "tcp.h"

enum { WINDOW = 256, BATCH = 1000, WORDS = MESSAGE_BYTES / 8 };

static int64_t messages[WINDOW][WORDS];

/* Reads what is there, whole messages; how many, or 0 when the other end has ended. */
static long read_some(int fd) {
  size_t have = 0;
  do {
    ssize_t n = read(fd, (char *)messages + have, sizeof messages - have);
    if (n < 0) {
      fail("read");
    }
    if (n == 0) {
      return 0;
    }
    have += (size_t)n;
  } while (have % MESSAGE_BYTES != 0);
  return (long)(have / MESSAGE_BYTES);
}

static void serve(int fd) {
  for (long got = read_some(fd); got > 0; got = read_some(fd)) {
    for (long i = 0; i < got; i++) {
      messages[i][1] = messages[i][0] + 1;
    }
    write_all(fd, (char *)messages, (size_t)got * MESSAGE_BYTES);
  }
}

static int64_t sent, answered;

static void send_more(int fd, long count) {
  for (long i = 0; i < count; i++) {
    messages[i][0] = sent++;
    messages[i][1] = 0;
  }
  write_all(fd, (char *)messages, (size_t)count * MESSAGE_BYTES);
}

static long take(int fd) {
  long got = read_some(fd);
  if (got == 0) {
    left_alone();
  }
  for (long i = 0; i < got; i++) {
    if (messages[i][0] != answered || messages[i][1] != answered + 1) {
      fprintf(stderr, "tcp_pipelined: wrong answer\n");
      exit(1);
    }
    answered++;
  }
  return got;
}

int main(int argc, char **argv) {
  struct way way = take_way(&argc, &argv);
  int misuse = arguments(argc, argv);
  if (misuse) {
    return misuse;
  }
  pid_t child;
  int fd = connected(way, serve, &child);
  int64_t total = (warmup + rounds) * BATCH, due = BATCH, before = now_ns();
  send_more(fd, WINDOW);
  while (answered < total) {
    long got = take(fd);
    if (answered >= due) {
      int64_t now = now_ns();
      /* What came with the last one of a sample is the next one's. */
      if (due > warmup * BATCH) {
        printf("%f\n", (double)(now - before) / BATCH);
      }
      before = now;
      due += BATCH;
    }
    int64_t left = total - sent;
    if (left > 0) {
      send_more(fd, left < got ? (long)left : got);
    }
  }
  disconnect(fd, child);
  return 0;
}
