/*
 * Round trips and streams through sockets, for the guest and for the host alike. Prints one sample a
 * line: what it is of, and nanoseconds of a round trip of 64 bytes, or megabytes a second.
 *
 * usage: sockets serve         listens on 127.0.0.1, prints the port, serves one connection
 *        sockets tcp PORT      measures by that connection
 *        sockets unix          measures by a pair of Unix sockets, with a child of its own
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 64, CHUNK_BYTES = 65536, CHUNKS = 128 };
enum { ROUND_TRIPS = 1000, WARM_ROUND_TRIPS = 1000, STREAMS = 60, WARM_STREAMS = 20 };

static char chunk[CHUNK_BYTES];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* All of it, or 0 at the end of the stream. */
static int get(int fd, char *buffer, size_t bytes) {
  for (size_t have = 0; have < bytes;) {
    ssize_t n = read(fd, buffer + have, bytes - have);
    if (n < 0) fail("read");
    if (n == 0) return 0;
    have += (size_t)n;
  }
  return 1;
}

static void put(int fd, const char *buffer, size_t bytes) {
  for (size_t done = 0; done < bytes;) {
    ssize_t n = write(fd, buffer + done, bytes - done);
    if (n < 0) fail("write");
    done += (size_t)n;
  }
}

/* Answers each message that begins with 0 by itself, and after one with 1 takes a stream of chunks, whose
 * sum it answers. */
static void serve(int fd) {
  char message[MESSAGE_BYTES];
  while (get(fd, message, sizeof message)) {
    if (message[0] == 1) {
      uint64_t sum = 0;
      for (int i = 0; i < CHUNKS; i++) {
        if (!get(fd, chunk, sizeof chunk)) fail("a stream that ends");
        sum = sum * 31 + (unsigned char)chunk[i] + (unsigned char)chunk[CHUNK_BYTES - 1];
      }
      memcpy(message, &sum, sizeof sum);
    }
    put(fd, message, sizeof message);
  }
}

static void round_trip(int fd, int number) {
  char message[MESSAGE_BYTES] = {0}, answer[MESSAGE_BYTES];
  memcpy(message + 1, &number, sizeof number);
  put(fd, message, sizeof message);
  if (!get(fd, answer, sizeof answer) || memcmp(message, answer, sizeof message) != 0) fail("answer");
}

static void stream(int fd, int number) {
  char message[MESSAGE_BYTES] = {1};
  uint64_t sum = 0, answer;
  put(fd, message, sizeof message);
  for (int i = 0; i < CHUNKS; i++) {
    chunk[i] = (char)(number + i);
    chunk[CHUNK_BYTES - 1] = (char)i;
    sum = sum * 31 + (unsigned char)chunk[i] + (unsigned char)chunk[CHUNK_BYTES - 1];
    put(fd, chunk, sizeof chunk);
  }
  if (!get(fd, message, sizeof message)) fail("sum");
  memcpy(&answer, message, sizeof answer);
  if (answer != sum) fail("sum");
}

static void measure(int fd) {
  for (int i = -WARM_ROUND_TRIPS; i < ROUND_TRIPS; i++) {
    int64_t before = now_ns();
    round_trip(fd, i);
    if (i >= 0) printf("round-trip %lld\n", (long long)(now_ns() - before));
  }
  for (int i = -WARM_STREAMS; i < STREAMS; i++) {
    int64_t before = now_ns();
    stream(fd, i);
    double seconds = (now_ns() - before) / 1e9;
    if (i >= 0) printf("stream %.1f\n", (double)CHUNKS * CHUNK_BYTES / 1e6 / seconds);
  }
}

static void no_delay(int fd) {
  int one = 1;
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) < 0) fail("TCP_NODELAY");
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static void listen_and_serve(void) {
  struct sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 1) < 0 ||
      getsockname(listener, (struct sockaddr *)&address, &length) < 0) {
    fail("listen");
  }
  printf("%d\n", ntohs(address.sin_port));
  fclose(stdout);
  int fd = accept(listener, NULL, NULL);
  if (fd < 0) fail("accept");
  no_delay(fd);
  serve(fd);
}

static void by_tcp(int port) {
  struct sockaddr_in address = loopback(port);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
  no_delay(fd);
  measure(fd);
}

static void by_unix_pair(void) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0) fail("socketpair");
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    close(pair[0]);
    serve(pair[1]);
    _exit(0);
  }
  close(pair[1]);
  measure(pair[0]);
  close(pair[0]);
  waitpid(child, NULL, 0);
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "serve") == 0) {
    listen_and_serve();
  } else if (argc == 3 && strcmp(argv[1], "tcp") == 0) {
    by_tcp(atoi(argv[2]));
  } else if (argc == 2 && strcmp(argv[1], "unix") == 0) {
    by_unix_pair();
  } else {
    fprintf(stderr, "usage: sockets serve | sockets tcp PORT | sockets unix\n");
    return 2;
  }
  return 0;
}
