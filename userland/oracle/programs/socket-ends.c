// How connections end, wait and are refused: signals by type, backlogs, timeouts, lingering, flags of transfers.
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
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t pipes;

static void caught(int signal) {
  if (signal == SIGPIPE)
    pipes++;
}

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s", what, strerrorname_np(errno));
  else
    printf("%s: %ld", what, result);
  printf(pipes ? " SIGPIPE\n" : "\n");
  pipes = 0;
}

static void events(const char *what, int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN | POLLOUT | POLLRDHUP | POLLPRI};
  poll(&p, 1, 0);
  printf("%s:%s%s%s%s%s%s\n", what, p.revents & POLLIN ? " in" : "", p.revents & POLLOUT ? " out" : "",
         p.revents & POLLRDHUP ? " rdhup" : "", p.revents & POLLHUP ? " hup" : "", p.revents & POLLERR ? " err" : "",
         p.revents & POLLPRI ? " pri" : "");
}

// Waits for what the other side does, where that takes its time.
static void until(int kind, int fd, int wanted) {
  struct pollfd p = {.fd = fd, .events = wanted};
  poll(&p, 1, kind == 0 ? 5000 : 0);
}

// A signal comes again and again from now on, or no more.
static void signals(int microseconds) {
  struct itimerval timer = {{0, microseconds}, {0, microseconds}};
  setitimer(ITIMER_REAL, &timer, NULL);
}

static int error_of(int fd) {
  int value = -1;
  socklen_t size = sizeof value;
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &value, &size);
  return value;
}

static const char *error(int fd) {
  int value = error_of(fd);
  return value == 0 ? "none" : strerrorname_np(value);
}

static struct sockaddr_in named(int fd) {
  struct sockaddr_in a;
  socklen_t size = sizeof a;
  getsockname(fd, (struct sockaddr *)&a, &size);
  return a;
}

static int listener(int backlog) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  bind(fd, (struct sockaddr *)&a, sizeof a);
  listen(fd, backlog);
  return fd;
}

static void tcp(int fds[2]) {
  int l = listener(5);
  struct sockaddr_in a = named(l);
  fds[0] = socket(AF_INET, SOCK_STREAM, 0);
  connect(fds[0], (struct sockaddr *)&a, sizeof a);
  fds[1] = accept(l, NULL, NULL);
  close(l);
}

static void both(int kind, int fds[2]) {
  if (kind == 0)
    tcp(fds);
  else
    socketpair(AF_UNIX, kind, 0, fds);
}

static const char *KINDS[] = {"tcp", "stream", "dgram", "3", "4", "seqpacket"};
static const int ALL[] = {0, SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};

// What a writer gets when nobody reads any more, and which kinds raise SIGPIPE.
static void broken(void) {
  for (int i = 0; i < 4; i++) {
    int fds[2];
    printf("-- broken %s\n", KINDS[ALL[i]]);
    both(ALL[i], fds);
    shutdown(fds[0], SHUT_WR);
    events("shut", fds[0]);
    say("write", write(fds[0], "x", 1));
    say("send", send(fds[0], "x", 1, 0));
    say("quiet", send(fds[0], "x", 1, MSG_NOSIGNAL));
    events("peer", fds[1]);
    close(fds[0]);
    events("closed", fds[1]);
    say("write", write(fds[1], "x", 1));
    until(ALL[i], fds[1], POLLHUP);
    say("write", write(fds[1], "x", 1));
    say("empty", send(fds[1], "", 0, 0));
    events("then", fds[1]);
    close(fds[1]);
    both(ALL[i], fds);
    shutdown(fds[0], SHUT_RD);
    events("deaf", fds[0]);
    events("its peer", fds[1]);
    say("to the deaf", write(fds[1], "abc", 3));
    char c[8];
    say("deaf reads", recv(fds[0], c, 8, MSG_DONTWAIT));
    say("deaf again", recv(fds[0], c, 8, MSG_DONTWAIT));
    close(fds[0]);
    close(fds[1]);
  }
}

// close(2) with bytes that nobody read.
static void unread(void) {
  for (int i = 0; i < 4; i++) {
    int fds[2];
    char c[8];
    printf("-- unread %s\n", KINDS[ALL[i]]);
    both(ALL[i], fds);
    write(fds[0], "abc", 3);
    write(fds[1], "def", 3);
    until(ALL[i], fds[1], POLLIN);
    close(fds[1]);
    until(ALL[i], fds[0], POLLHUP);
    events("left", fds[0]);
    say("read", recv(fds[0], c, sizeof c, MSG_DONTWAIT));
    say("read", recv(fds[0], c, sizeof c, MSG_DONTWAIT));
    printf("error %s\n", error(fds[0]));
    say("write", write(fds[0], "x", 1));
    close(fds[0]);
  }
}

// MSG_PEEK, MSG_WAITALL, MSG_TRUNC, MSG_DONTWAIT.
static void flags(void) {
  for (int i = 0; i < 4; i++) {
    int fds[2];
    char c[16] = "";
    printf("-- flags %s\n", KINDS[ALL[i]]);
    both(ALL[i], fds);
    say("nothing", recv(fds[1], c, 4, MSG_DONTWAIT));
    write(fds[0], "abcdef", 6);
    until(ALL[i], fds[1], POLLIN);
    say("peek", recv(fds[1], c, 4, MSG_PEEK));
    say("peek", recv(fds[1], c, 10, MSG_PEEK | MSG_DONTWAIT));
    say("peek all", recv(fds[1], c, 10, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT));
    say("trunc", recv(fds[1], c, 2, MSG_TRUNC | MSG_DONTWAIT));
    say("wait", recv(fds[1], c, 16, MSG_DONTWAIT | MSG_WAITALL));
    write(fds[0], "gh", 2);
    until(ALL[i], fds[1], POLLIN);
    say("none", recv(fds[1], c, 0, MSG_DONTWAIT));
    struct iovec v = {c, 1};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
    say("message", recvmsg(fds[1], &m, MSG_DONTWAIT));
    printf("flags %x\n", m.msg_flags);
    m.msg_flags = 0x55;
    say("message", recvmsg(fds[1], &m, MSG_TRUNC | MSG_DONTWAIT));
    printf("flags %x\n", m.msg_flags);
    say("more", send(fds[0], "ij", 2, MSG_MORE));
    say("eor", send(fds[0], "kl", 2, MSG_EOR));
    say("confirm", send(fds[0], "mn", 2, MSG_CONFIRM | MSG_DONTROUTE));
    shutdown(fds[0], SHUT_WR);
    say("error queue", recv(fds[0], c, 1, MSG_ERRQUEUE | MSG_DONTWAIT));
    close(fds[0]);
    close(fds[1]);
  }
}

// SO_RCVTIMEO and SO_SNDTIMEO, alone and with a signal.
static void timeouts(void) {
  struct timeval some = {0, 30000}, long_ = {20, 0}, got;
    static char block[1 << 20];
  for (int i = 0; i < 4; i++) {
    int fds[2];
    char c[8];
    printf("-- timeouts %s\n", KINDS[ALL[i]]);
    both(ALL[i], fds);
    setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &some, sizeof some);
    say("timeout", recv(fds[0], c, 8, 0));
    say("timeout", read(fds[0], c, 8));
    setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &long_, sizeof long_);
    signals(50000);
    say("signal", recv(fds[0], c, 8, 0));
    signals(0);
    signals(50000);
    say("signal", read(fds[0], c, 8));
    signals(0);
    setsockopt(fds[0], SOL_SOCKET, SO_SNDTIMEO, &some, sizeof some);
    int size = 4096;
    setsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    long n;
    int rounds = 0;
    do
      n = send(fds[0], block, i < 2 ? sizeof block : 1000, 0);
    while (n > 0 && rounds++ < 2000);
    say("full", n);
    setsockopt(fds[0], SOL_SOCKET, SO_SNDTIMEO, &long_, sizeof long_);
    signals(50000);
    say("full signal", send(fds[0], block, i < 2 ? sizeof block : 1000, 0));
    signals(0);
    socklen_t bytes = sizeof got;
    say("get", getsockopt(fds[0], SOL_SOCKET, SO_SNDTIMEO, &got, &bytes));
    printf("%ld.%06ld %u\n", (long)got.tv_sec, (long)got.tv_usec, bytes);
    close(fds[0]);
    close(fds[1]);
  }
  int l = listener(1);
  setsockopt(l, SOL_SOCKET, SO_RCVTIMEO, &some, sizeof some);
  say("accept", accept(l, NULL, NULL));
  setsockopt(l, SOL_SOCKET, SO_RCVTIMEO, &long_, sizeof long_);
  signals(50000);
  say("accept signal", accept(l, NULL, NULL));
  signals(0);
}

// Listeners with no room.
static void backlogs(void) {
  puts("-- backlog");
  int l = socket(AF_UNIX, SOCK_STREAM, 0), fds[4];
  struct sockaddr_un a = {.sun_family = AF_UNIX, .sun_path = "\0backlog"};
  socklen_t bytes = sizeof(sa_family_t) + 8;
  bind(l, (struct sockaddr *)&a, bytes);
  say("listen", listen(l, 0));
  for (int i = 0; i < 3; i++) {
    fds[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    say("connect", connect(fds[i], (struct sockaddr *)&a, bytes));
  }
  events("refused", fds[2]);
  struct timeval some = {0, 30000};
  int slow = socket(AF_UNIX, SOCK_STREAM, 0);
  setsockopt(slow, SOL_SOCKET, SO_SNDTIMEO, &some, sizeof some);
  say("slow", connect(slow, (struct sockaddr *)&a, bytes));
  close(accept(l, NULL, NULL));
  say("connect", connect(fds[2], (struct sockaddr *)&a, bytes));
  events("closed unaccepted", fds[0]);
  close(l);
  events("listener gone", fds[2]);
  say("read", read(fds[2], &some, 1));
  l = listener(0);
  struct sockaddr_in b = named(l);
  for (int i = 0; i < 2; i++) {
    fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    say("connect", connect(fds[i], (struct sockaddr *)&b, sizeof b));
    if (i == 0)
      until(0, l, POLLIN);
  }
  until(0, fds[0], POLLOUT);
  events("first", fds[0]);
  events("second", fds[1]);
  say("again", connect(fds[1], (struct sockaddr *)&b, sizeof b));
  printf("error %s\n", error(fds[1]));
  say("write", write(fds[1], "x", 1));
  say("read", read(fds[1], &some, 1));
  close(accept(l, NULL, NULL));
  until(0, fds[1], POLLOUT);
  events("second", fds[1]);
  say("connect", connect(fds[1], (struct sockaddr *)&b, sizeof b));
  say("accept", accept(l, NULL, NULL) > 0);
  close(l);
  until(0, fds[0], POLLIN);
  events("first", fds[0]);
}

static void ends(void) {
  int fds[2];
  char c[4];
  puts("-- lingering");
  struct linger none = {1, 0}, some = {1, 5};
  tcp(fds);
  setsockopt(fds[0], SOL_SOCKET, SO_LINGER, &some, sizeof some);
  write(fds[0], "abc", 3);
  say("close", close(fds[0]));
  say("read", read(fds[1], c, 4));
  say("end", read(fds[1], c, 4));
  close(fds[1]);
  tcp(fds);
  setsockopt(fds[0], SOL_SOCKET, SO_LINGER, &none, sizeof none);
  write(fds[0], "abc", 3);
  close(fds[0]);
  until(0, fds[1], POLLHUP);
  events("aborted", fds[1]);
  say("read", read(fds[1], c, 4));
  say("read", read(fds[1], c, 4));
  say("write", write(fds[1], "x", 1));
  close(fds[1]);
  puts("-- both ways");
  tcp(fds);
  shutdown(fds[0], SHUT_WR);
  shutdown(fds[1], SHUT_WR);
  until(0, fds[0], POLLHUP);
  events("both shut", fds[0]);
  events("other", fds[1]);
  say("shut again", shutdown(fds[0], SHUT_RDWR));
  say("peer", getpeername(fds[0], (struct sockaddr *)&(struct sockaddr_in){}, &(socklen_t){16}));
  say("odd", shutdown(fds[0], 7));
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 1 << 16);
  struct sigaction restart = {.sa_handler = caught, .sa_flags = SA_RESTART};
  sigaction(SIGPIPE, &restart, NULL);
  sigaction(SIGALRM, &restart, NULL);
  broken();
  unread();
  flags();
  timeouts();
  backlogs();
  ends();
  fflush(stdout);
}
