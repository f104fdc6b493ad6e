/*
 * The peer of Atoll's remote call: a blocking TCP echo of 64-byte messages between two processes
 * on loopback. Prints one round trip a line, in nanoseconds.
 *
 * usage: tcp_echo ROUNDS WARMUP
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

enum { MESSAGE_BYTES = 64 };

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void read_all(int fd, char *buffer) {
  size_t have = 0;
  while (have < MESSAGE_BYTES) {
    ssize_t n = read(fd, buffer + have, MESSAGE_BYTES - have);
    if (n <= 0) {
      exit(n == 0 ? 0 : 1);
    }
    have += (size_t)n;
  }
}

static void no_delay(int fd) {
  int one = 1;
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) < 0) {
    fail("TCP_NODELAY");
  }
}

static void echo(int listener) {
  char buffer[MESSAGE_BYTES];
  int fd = accept(listener, NULL, NULL);
  if (fd < 0) {
    fail("accept");
  }
  no_delay(fd);
  for (;;) {
    read_all(fd, buffer);
    if (write(fd, buffer, MESSAGE_BYTES) != MESSAGE_BYTES) {
      exit(1);
    }
  }
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: tcp_echo ROUNDS WARMUP\n");
    return 2;
  }
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
    echo(listener);
  }
  close(listener);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, length) < 0) {
    fail("connect");
  }
  no_delay(fd);
  char buffer[MESSAGE_BYTES] = {0};
  for (long i = 0; i < warmup + rounds; i++) {
    int64_t before = now_ns();
    if (write(fd, buffer, MESSAGE_BYTES) != MESSAGE_BYTES) {
      fail("write");
    }
    read_all(fd, buffer);
    int64_t took = now_ns() - before;
    if (i >= warmup) {
      printf("%lld\n", (long long)took);
    }
  }
  close(fd);
  waitpid(child, NULL, 0);
  return 0;
}
