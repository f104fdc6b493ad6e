/*
 * The peer of Atoll's remote call: blocking TCP between two processes on loopback, a request of 64
 * bytes and an answer of as many, or of 64 and DATA_BYTES more, as a read has it. Prints one round
 * trip a line, in nanoseconds.
 *
 * usage: tcp_echo ROUNDS WARMUP [DATA_BYTES]
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 64, DATA_BYTES_MAX = 65536 };

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void read_all(int fd, char *buffer, size_t bytes) {
  size_t have = 0;
  while (have < bytes) {
    ssize_t n = read(fd, buffer + have, bytes - have);
    if (n <= 0) {
      exit(n == 0 ? 0 : 1);
    }
    have += (size_t)n;
  }
}

static void write_all(int fd, const char *buffer, size_t bytes) {
  size_t done = 0;
  while (done < bytes) {
    ssize_t n = write(fd, buffer + done, bytes - done);
    if (n <= 0) {
      exit(1);
    }
    done += (size_t)n;
  }
}

static void no_delay(int fd) {
  int one = 1;
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) < 0) {
    fail("TCP_NODELAY");
  }
}

static void echo(int listener, size_t answer_bytes) {
  static char buffer[MESSAGE_BYTES + DATA_BYTES_MAX];
  int fd = accept(listener, NULL, NULL);
  if (fd < 0) {
    fail("accept");
  }
  no_delay(fd);
  for (;;) {
    read_all(fd, buffer, MESSAGE_BYTES);
    write_all(fd, buffer, answer_bytes);
  }
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int main(int argc, char **argv) {
  size_t data_bytes = argc == 4 ? (size_t)atol(argv[3]) : 0;
  if (argc < 3 || argc > 4 || data_bytes > DATA_BYTES_MAX) {
    fprintf(stderr, "usage: tcp_echo ROUNDS WARMUP [DATA_BYTES]\n");
    return 2;
  }
  size_t answer_bytes = MESSAGE_BYTES + data_bytes;
  long rounds = atol(argv[1]);
  long warmup = atol(argv[2]);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 ||
      listen(listener, 1) < 0 || getsockname(listener, (struct sockaddr *)&address, &length) < 0) {
    fail("listen");
  }
  pid_t child = fork();
  if (child == 0) {
    echo(listener, answer_bytes);
  }
  close(listener);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, length) < 0) {
    fail("connect");
  }
  no_delay(fd);
  static char buffer[MESSAGE_BYTES + DATA_BYTES_MAX];
  for (long i = 0; i < warmup + rounds; i++) {
    int64_t before = now_ns();
    write_all(fd, buffer, MESSAGE_BYTES);
    read_all(fd, buffer, answer_bytes);
    int64_t took = now_ns() - before;
    if (i >= warmup) {
      printf("%lld\n", (long long)took);
    }
  }
  close(fd);
  waitpid(child, NULL, 0);
  return 0;
}
