// Options of sockets whose values are names and structures, low-water marks, connections taken back.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

static void number(const char *what, int fd, int level, int name) {
  int value = -7;
  socklen_t size = sizeof value;
  if (getsockopt(fd, level, name, &value, &size) < 0)
    say(what, -1);
  else
    printf("%s: %d %u\n", what, value, size);
}

static long set(int fd, int level, int name, int value) { return setsockopt(fd, level, name, &value, sizeof value); }

static int ready(int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  return poll(&p, 1, 0);
}

static void until(int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  poll(&p, 1, 5000);
}

// Waits until so many bytes have come, of which poll says nothing before there are enough.
static void there(int fd, int bytes) {
  for (int unread = 0; unread < bytes;)
    ioctl(fd, FIONREAD, &unread);
}

static void connected(int *a, int *b, int *l) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  *l = socket(AF_INET, SOCK_STREAM, 0);
  bind(*l, (struct sockaddr *)&at, sizeof at);
  listen(*l, 5);
  getsockname(*l, (struct sockaddr *)&at, &size);
  *a = socket(AF_INET, SOCK_STREAM, 0);
  connect(*a, (struct sockaddr *)&at, sizeof at);
  *b = accept(*l, 0, 0);
}

static void values(void) {
  puts("-- values");
  int t = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_INET, SOCK_DGRAM, 0), x = socket(AF_UNIX, SOCK_STREAM, 0);
  number("segment", t, IPPROTO_TCP, TCP_MAXSEG);
  say("set", set(t, IPPROTO_TCP, TCP_MAXSEG, 1000));
  number("segment", t, IPPROTO_TCP, TCP_MAXSEG);
  say("set too small", set(t, IPPROTO_TCP, TCP_MAXSEG, 80));
  say("set too large", set(t, IPPROTO_TCP, TCP_MAXSEG, 40000));
  say("of udp", set(u, IPPROTO_TCP, TCP_MAXSEG, 1000));
  char text[64];
  socklen_t size = sizeof text;
  say("rule", setsockopt(t, IPPROTO_TCP, TCP_CONGESTION, "reno", 4));
  say("rule is", getsockopt(t, IPPROTO_TCP, TCP_CONGESTION, text, &size));
  printf("%.16s\n", text);
  size = 3;
  say("rule in three bytes", getsockopt(t, IPPROTO_TCP, TCP_CONGESTION, text, &size));
  printf("%.3s %u\n", text, size);
  say("no rule", setsockopt(t, IPPROTO_TCP, TCP_CONGESTION, "nothing", 7));
  number("incoming cpu", t, SOL_SOCKET, SO_INCOMING_CPU);
  number("low water", t, SOL_SOCKET, SO_RCVLOWAT);
  say("set", set(t, SOL_SOCKET, SO_RCVLOWAT, 0));
  number("low water", t, SOL_SOCKET, SO_RCVLOWAT);
  say("set", set(t, SOL_SOCKET, SO_RCVLOWAT, -1));
  number("low water", t, SOL_SOCKET, SO_RCVLOWAT);
  say("set the other", set(t, SOL_SOCKET, SO_SNDLOWAT, 5));
  say("segment of a unix socket", set(x, IPPROTO_TCP, TCP_MAXSEG, 1000));
}

static void marks(void) {
  puts("-- low water");
  int a, b, l;
  connected(&a, &b, &l);
  say("set", set(b, SOL_SOCKET, SO_RCVLOWAT, 10));
  write(a, "12345", 5);
  there(b, 5);
  printf("ready %d\n", ready(b));
  char text[64];
  say("without waiting", recv(b, text, 3, 0));
  say("without waiting", recv(b, text, 20, MSG_DONTWAIT));
  write(a, "1234567890", 10);
  until(b);
  printf("ready %d\n", ready(b));
  write(a, "abc", 3);
  say("recv", recv(b, text, 10, 0));
  fflush(stdout);
  if (fork() == 0) {
    write(a, "defg", 4);
    write(a, "hijklmnopqrst", 13);
    exit(0);
  }
  say("recv", recv(b, text, 60, 0));
  wait(0);
  write(a, "x", 1);
  close(a);
  until(b);
  printf("ready at the end %d\n", ready(b));
  say("recv", recv(b, text, 60, 0));
  say("recv", recv(b, text, 60, 0));
  close(b);
  close(l);
}

static void info(void) {
  puts("-- tcp_info");
  int a, b, l;
  connected(&a, &b, &l);
  struct tcp_info i;
  socklen_t size = sizeof i;
  memset(&i, 0, sizeof i);
  say("of a connection", getsockopt(a, IPPROTO_TCP, TCP_INFO, &i, &size));
  printf("state %d retransmits %d\n", i.tcpi_state, i.tcpi_retransmits);
  size = 4;
  say("a piece", getsockopt(a, IPPROTO_TCP, TCP_INFO, &i, &size));
  printf("%u\n", size);
  size = sizeof i;
  say("of a listener", getsockopt(l, IPPROTO_TCP, TCP_INFO, &i, &size));
  printf("state %d\n", i.tcpi_state);
  shutdown(b, SHUT_WR);
  until(a);
  size = sizeof i;
  getsockopt(a, IPPROTO_TCP, TCP_INFO, &i, &size);
  printf("state %d\n", i.tcpi_state);
  int fresh = socket(AF_INET, SOCK_STREAM, 0);
  size = sizeof i;
  getsockopt(fresh, IPPROTO_TCP, TCP_INFO, &i, &size);
  printf("state %d\n", i.tcpi_state);
}

static void nobody(void) {
  puts("-- to nobody");
  int a, b, l;
  connected(&a, &b, &l);
  struct sockaddr none = {.sa_family = AF_UNSPEC};
  write(a, "lost", 4);
  write(b, "unread", 6);
  until(a);
  say("connect to nobody", connect(a, &none, sizeof none));
  until(b);
  char text[64];
  say("the peer", recv(b, text, 4, 0));
  say("the peer", recv(b, text, 4, 0));
  say("the peer", recv(b, text, 4, 0));
  say("recv", recv(a, text, 4, 0));
  signed char w = write(a, "x", 0);
  say("write nothing", w);
  struct sockaddr_in at;
  socklen_t size = sizeof at;
  say("peer", getpeername(a, (struct sockaddr *)&at, &size));
  getsockname(l, (struct sockaddr *)&at, &size);
  say("connect again", connect(a, (struct sockaddr *)&at, sizeof at));
  int c = accept(l, 0, 0);
  write(a, "again", 5);
  say("the new peer", recv(c, text, 5, MSG_WAITALL));
  int fresh = socket(AF_INET, SOCK_STREAM, 0);
  say("of a fresh one", connect(fresh, &none, sizeof none));
  say("of a listener", connect(l, &none, sizeof none));
  number("listens", l, SOL_SOCKET, SO_ACCEPTCONN);
  say("accept", accept(l, 0, 0));
  say("connect to what listened", connect(fresh, (struct sockaddr *)&at, sizeof at));
  say("too short", connect(fresh, &none, 1));
}

int main(void) {
  setvbuf(stdout, 0, _IOLBF, 0);
  signal(SIGPIPE, SIG_IGN);
  values();
  marks();
  info();
  nobody();
}
