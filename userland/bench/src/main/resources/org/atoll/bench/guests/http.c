/*
 * Requests to an HTTP server on this machine, each by a connection of its own, one after the other.
 * Prints the nanoseconds of each, a line each.
 *
 * usage: http PORT COUNT
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char request[] = "GET /index.html HTTP/1.0\r\n\r\n";
static const char good[] = "HTTP/1.0 200 OK\r\n";

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int connection(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
  return fd;
}

/* Asks for the page, reads all of it, and returns how many bytes came. */
static size_t get(int port) {
  char answer[16384];
  size_t bytes = 0;
  int fd = connection(port);
  if (write(fd, request, sizeof request - 1) != sizeof request - 1) fail("write");
  for (ssize_t n = 1; n > 0; bytes += (size_t)n) {
    n = read(fd, answer + bytes, sizeof answer - bytes);
    if (n < 0) fail("read");
  }
  close(fd);
  if (bytes < sizeof good || memcmp(answer + 9, good + 9, sizeof good - 10) != 0) {
    fputs("http: not a good answer\n", stderr);
    exit(1);
  }
  return bytes;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int port = atoi(argv[1]);
  size_t bytes = get(port);
  for (int left = atoi(argv[2]); left > 0; left--) {
    int64_t before = now_ns();
    if (get(port) != bytes) {
      fputs("http: an answer of another length\n", stderr);
      return 1;
    }
    printf("%lld\n", (long long)(now_ns() - before));
  }
  return 0;
}
