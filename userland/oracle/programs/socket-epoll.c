// Epolls of sockets: levels, edges that come again with use, one-shots, ends; select and poll of every kind and state.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ALL = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI };

static int set;

static void show(int events) {
  static const struct {
    int bit;
    const char *name;
  } names[] = {{EPOLLIN, "in"}, {EPOLLOUT, "out"}, {EPOLLRDHUP, "rdhup"}, {EPOLLHUP, "hup"}, {EPOLLERR, "err"}, {EPOLLPRI, "pri"}};
  for (int i = 0; i < 6; i++)
    if (events & names[i].bit)
      printf(" %s", names[i].name);
}

// What the epoll says, after waiting for so long at most.
static void told_in(const char *what, int milliseconds) {
  struct epoll_event events[8];
  int n = epoll_wait(set, events, 8, milliseconds);
  printf("%s:", what);
  for (int i = 0; i < n; i++) {
    printf(" [%d", events[i].data.fd);
    show(events[i].events);
    printf("]");
  }
  puts("");
}

static void told(const char *what) {
  told_in(what, 0);
}

static void soon(const char *what) {
  told_in(what, 5000);
}

static void watch(int operation, int fd, unsigned events, int number) {
  struct epoll_event e = {.events = events, .data.fd = number};
  if (epoll_ctl(set, operation, fd, &e) != 0)
    printf("epoll_ctl: %s\n", strerrorname_np(errno));
}

static void polled(const char *what, int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN | POLLOUT | POLLRDHUP | POLLPRI};
  fd_set in, out, odd;
  FD_ZERO(&in);
  FD_ZERO(&out);
  FD_ZERO(&odd);
  FD_SET(fd, &in);
  FD_SET(fd, &out);
  FD_SET(fd, &odd);
  struct timeval none = {0, 0};
  int n = select(fd + 1, &in, &out, &odd, &none);
  poll(&p, 1, 0);
  printf("%s:", what);
  show(p.revents);
  printf(" | %d%s%s%s\n", n, FD_ISSET(fd, &in) ? " in" : "", FD_ISSET(fd, &out) ? " out" : "", FD_ISSET(fd, &odd) ? " odd" : "");
}

static int listener(struct sockaddr_in *a, int type) {
  int fd = socket(AF_INET, type, 0);
  socklen_t size = sizeof *a;
  *a = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  bind(fd, (struct sockaddr *)a, size);
  getsockname(fd, (struct sockaddr *)a, &size);
  return fd;
}

static void pair(int kind, int fds[2]) {
  struct sockaddr_in a;
  if (kind != 0) {
    socketpair(AF_UNIX, kind | SOCK_NONBLOCK, 0, fds);
    return;
  }
  int l = listener(&a, SOCK_STREAM);
  listen(l, 5);
  fds[0] = socket(AF_INET, SOCK_STREAM, 0);
  connect(fds[0], (struct sockaddr *)&a, sizeof a);
  fds[1] = accept4(l, NULL, NULL, SOCK_NONBLOCK);
  fcntl(fds[0], F_SETFL, O_NONBLOCK);
  close(l);
}

static const char *NAMES[] = {"tcp", "stream", "dgram", "", "", "seqpacket"};
static const int KINDS[] = {0, SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};

static void levels(int kind) {
  int fds[2];
  char c[8];
  printf("-- level %s\n", NAMES[kind]);
  pair(kind, fds);
  watch(EPOLL_CTL_ADD, fds[0], EPOLLIN | EPOLLRDHUP, 0);
  told("nothing");
  send(fds[1], "ab", 2, 0);
  soon("there");
  told("still");
  recv(fds[0], c, 1, 0);
  told("half");
  recv(fds[0], c, 1, 0);
  told("empty");
  watch(EPOLL_CTL_MOD, fds[0], EPOLLOUT, 0);
  told("room");
  close(fds[1]);
  watch(EPOLL_CTL_MOD, fds[0], ALL, 0);
  told("closed");
  close(fds[0]);
  told("gone");
}

static void edges(int kind) {
  int fds[2];
  char c[8];
  printf("-- edge %s\n", NAMES[kind]);
  pair(kind, fds);
  watch(EPOLL_CTL_ADD, fds[0], ALL | EPOLLET, 0);
  told("first");
  told("quiet");
  send(fds[1], "a", 1, 0);
  soon("there");
  told("told once");
  send(fds[1], "b", 1, 0);
  soon("more");
  recv(fds[0], c, 1, 0);
  recv(fds[0], c, 8, 0);
  printf("emptied: %zd\n", recv(fds[0], c, 1, 0));
  send(fds[1], "c", 1, 0);
  soon("again");
  watch(EPOLL_CTL_MOD, fds[0], ALL | EPOLLET, 0);
  told("set anew");
  shutdown(fds[1], SHUT_WR);
  soon("shut");
  close(fds[1]);
  close(fds[0]);
}

// Writes until there is no room, and is told when there is some again.
static void full(int kind) {
  static char block[4096];
  int fds[2];
  long sent = 0;
  printf("-- full %s\n", NAMES[kind]);
  pair(kind, fds);
  watch(EPOLL_CTL_ADD, fds[0], EPOLLOUT | EPOLLET, 0);
  told("room");
  while (send(fds[0], block, sizeof block, 0) > 0)
    sent++;
  printf("full: %s\n", strerrorname_np(errno));
  told("none");
  while (sent > 0 && recv(fds[1], block, sizeof block, 0) > 0)
    ;
  soon("room again");
  told("told once");
  close(fds[0]);
  close(fds[1]);
}

static void once(int kind) {
  int fds[2];
  char c[8];
  printf("-- once %s\n", NAMES[kind]);
  pair(kind, fds);
  watch(EPOLL_CTL_ADD, fds[0], EPOLLIN | EPOLLONESHOT, 0);
  send(fds[1], "a", 1, 0);
  soon("there");
  send(fds[1], "b", 1, 0);
  told("rests");
  watch(EPOLL_CTL_MOD, fds[0], EPOLLIN | EPOLLONESHOT, 7);
  soon("armed");
  recv(fds[0], c, 8, 0);
  recv(fds[0], c, 8, 0);
  watch(EPOLL_CTL_MOD, fds[0], EPOLLIN | EPOLLONESHOT | EPOLLET, 8);
  told("empty");
  send(fds[1], "c", 1, 0);
  soon("edge");
  told("rests");
  close(fds[0]);
  close(fds[1]);
}

static void listeners(void) {
  struct sockaddr_in a;
  int fds[3];
  puts("-- listener");
  int l = listener(&a, SOCK_STREAM | SOCK_NONBLOCK);
  watch(EPOLL_CTL_ADD, l, ALL | EPOLLET, 9);
  told("not listening");
  listen(l, 5);
  told("listening");
  for (int i = 0; i < 2; i++) {
    fds[i] = socket(AF_INET, SOCK_STREAM, 0);
    connect(fds[i], (struct sockaddr *)&a, sizeof a);
    soon("one comes");
  }
  told("told once");
  close(accept(l, NULL, NULL));
  told("one is left");
  close(accept(l, NULL, NULL));
  printf("none: %s\n", accept(l, NULL, NULL) < 0 ? strerrorname_np(errno) : "?");
  fds[2] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  watch(EPOLL_CTL_ADD, fds[2], ALL, 2);
  told("unconnected");
  connect(fds[2], (struct sockaddr *)&a, sizeof a);
  struct pollfd p = {.fd = fds[2], .events = POLLOUT};
  poll(&p, 1, 5000);
  told("connects");
  shutdown(fds[2], SHUT_RDWR);
  for (int i = 0; i < 3; i++)
    close(fds[i]);
  close(l);
  told("all gone");
}

static void states(int kind) {
  int fds[2];
  char c[8];
  printf("-- states %s\n", NAMES[kind]);
  pair(kind, fds);
  polled("fresh", fds[0]);
  send(fds[1], "a", 1, 0);
  struct pollfd p = {.fd = fds[0], .events = POLLIN};
  poll(&p, 1, 5000);
  polled("unread", fds[0]);
  recv(fds[0], c, 8, 0);
  shutdown(fds[0], SHUT_RD);
  polled("deaf", fds[0]);
  polled("to the deaf", fds[1]);
  shutdown(fds[0], SHUT_WR);
  polled("deaf and dumb", fds[0]);
  p = (struct pollfd){.fd = fds[1], .events = POLLRDHUP};
  poll(&p, 1, kind == SOCK_DGRAM ? 0 : 5000);
  polled("peer", fds[1]);
  close(fds[0]);
  polled("alone", fds[1]);
  close(fds[1]);
}

static void udp(void) {
  struct sockaddr_in a;
  int one = listener(&a, SOCK_DGRAM), two = socket(AF_INET, SOCK_DGRAM, 0);
  puts("-- udp");
  polled("fresh", two);
  watch(EPOLL_CTL_ADD, one, ALL | EPOLLET, 1);
  told("first");
  sendto(two, "x", 1, 0, (struct sockaddr *)&a, sizeof a);
  soon("one");
  told("told once");
  sendto(two, "", 0, 0, (struct sockaddr *)&a, sizeof a);
  soon("empty one");
  connect(two, (struct sockaddr *)&a, sizeof a);
  close(one);
  send(two, "x", 1, 0);
  struct pollfd p = {.fd = two, .events = 0};
  poll(&p, 1, 5000);
  polled("nobody", two);
  shutdown(two, SHUT_RD);
  polled("deaf", two);
  close(two);
}

// Somebody else's use of the same socket wakes who waits.
static void others(void) {
  int fds[2];
  puts("-- others");
  fflush(stdout);
  pair(0, fds);
  watch(EPOLL_CTL_ADD, fds[0], EPOLLIN | EPOLLET, 0);
  if (fork() == 0) {
    send(fds[1], "x", 1, 0);
    _exit(0);
  }
  soon("woken");
  wait(NULL);
  close(fds[0]);
  close(fds[1]);
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  set = epoll_create1(0);
  for (int i = 0; i < 4; i++) {
    levels(KINDS[i]);
    edges(KINDS[i]);
    once(KINDS[i]);
    states(KINDS[i]);
  }
  full(SOCK_STREAM);
  full(SOCK_SEQPACKET);
  listeners();
  udp();
  others();
  fflush(stdout);
}
