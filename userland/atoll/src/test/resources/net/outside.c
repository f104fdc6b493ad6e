/* What a program sees of sockets whose other end is outside of the VOS. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_in address(const char *host, const char *port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  inet_pton(AF_INET, host, &a.sin_addr);
  return a;
}

static void tell(const char *what, long result) {
  printf("%s: %s\n", what, result < 0 ? strerror(errno) : "ok");
}

static void name(const char *what, int s, int (*of)(int, struct sockaddr *, socklen_t *)) {
  struct sockaddr_in a;
  socklen_t bytes = sizeof a;
  if (of(s, (struct sockaddr *)&a, &bytes) < 0) {
    tell(what, -1);
  } else {
    printf("%s: %s%s\n", what, inet_ntoa(a.sin_addr), a.sin_port ? "" : " without port");
  }
}

/* Answers datagrams to whom they came from, one after the other. */
static void echo(const char *port) {
  struct sockaddr_in own = address("0.0.0.0", port), from;
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  bind(s, (struct sockaddr *)&own, sizeof own);
  puts("ready");
  for (;;) {
    char text[65536];
    socklen_t bytes = sizeof from;
    ssize_t got = recvfrom(s, text, sizeof text, 0, (struct sockaddr *)&from, &bytes);
    sendto(s, text, got, 0, (struct sockaddr *)&from, bytes);
  }
}

/* Runs a script with each connection as its input and output, one after the other. */
static void serve(const char *port, const char *script) {
  struct sockaddr_in own = address("0.0.0.0", port), from;
  int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(s, (struct sockaddr *)&own, sizeof own) < 0 || listen(s, 5) < 0) exit(1);
  puts("ready");
  for (;;) {
    socklen_t bytes = sizeof from;
    int c = accept(s, (struct sockaddr *)&from, &bytes);
    if (fork() == 0) {
      char peer[64];
      snprintf(peer, sizeof peer, "%s %d", inet_ntoa(from.sin_addr), ntohs(from.sin_port));
      setenv("PEER", peer, 1);
      dup2(c, 0);
      dup2(c, 1);
      close(c);
      execl("/bin/sh", "sh", "-c", script, (char *)0);
      _exit(127);
    }
    close(c);
    wait(0);
  }
}

static int datagrams(const char *host, const char *port, const char *closed) {
  struct sockaddr_in to = address(host, port), nobody = address(host, closed), from;
  socklen_t bytes = sizeof from;
  char text[100];
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  tell("sendto", sendto(s, "hello", 5, 0, (struct sockaddr *)&to, sizeof to));
  ssize_t got = recvfrom(s, text, sizeof text, 0, (struct sockaddr *)&from, &bytes);
  printf("%.*s from %s, the port %s\n", (int)got, text, inet_ntoa(from.sin_addr),
         from.sin_port == to.sin_port ? "is the same" : "is another");
  tell("connect", connect(s, (struct sockaddr *)&nobody, sizeof nobody));
  name("own", s, getsockname);
  tell("send to a closed port", send(s, "hello", 5, 0));
  tell("recv", recv(s, text, sizeof text, 0));
  return 0;
}

/* A connection that is made without waiting. */
static int begin(const char *host, const char *port) {
  struct sockaddr_in to = address(host, port);
  int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), error = -1;
  socklen_t bytes = sizeof error;
  tell("connect", connect(s, (struct sockaddr *)&to, sizeof to));
  struct pollfd p = {s, POLLOUT, 0};
  poll(&p, 1, -1);
  getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &bytes);
  printf("SO_ERROR: %s\n", strerror(error));
  name("peer", s, getpeername);
  name("own", s, getsockname);
  return s;
}

/* Waits for a byte, or for why there is none. */
static int receive(const char *host, const char *port) {
  struct sockaddr_in to = address(host, port);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  char byte;
  tell("connect", connect(s, (struct sockaddr *)&to, sizeof to));
  ssize_t got = read(s, &byte, 1);
  tell(got ? "read" : "end", got);
  return 0;
}

/* Writes 20 MB without waiting; says when there is no room for the first time. */
static int flood(const char *host, const char *port) {
  static char page[65536];
  int s = begin(host, port), stalls = 0;
  long done = 0, all = 20000000;
  while (done < all) {
    long left = all - done, piece = left < 65536 ? left : 65536;
    ssize_t n = write(s, page, piece);
    if (n > 0) {
      done += n;
    } else {
      if (stalls++ == 0) printf("write: %s\n", strerror(errno));
      struct pollfd p = {s, POLLOUT, 0};
      poll(&p, 1, -1);
    }
  }
  puts("all written");
  return 0;
}

int main(int count, char **words) {
  setvbuf(stdout, 0, _IOLBF, 0);
  if (count > 2 && !strcmp(words[1], "echo")) echo(words[2]);
  if (count > 3 && !strcmp(words[1], "serve")) serve(words[2], words[3]);
  if (count > 4 && !strcmp(words[1], "datagrams")) return datagrams(words[2], words[3], words[4]);
  if (count > 3 && !strcmp(words[1], "begin")) return begin(words[2], words[3]) < 0;
  if (count > 3 && !strcmp(words[1], "receive")) return receive(words[2], words[3]);
  if (count > 3 && !strcmp(words[1], "flood")) return flood(words[2], words[3]);
  return 2;
}
