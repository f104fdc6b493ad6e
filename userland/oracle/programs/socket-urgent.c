// Urgent data of TCP and of Unix streams: the byte, the mark, where reads stop, SIGURG, poll, in line or not.
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
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#define SIOCATMARK_ 0x8905

static int ends[2];
static int family;

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

// What comes for the second end was sent by the first: TCP may need a moment between them.
static void arrive(int events) {
  struct pollfd p = {.fd = ends[1], .events = events};
  poll(&p, 1, 20000);
}

static void urge(const char *text) {
  say("urgent", send(ends[0], text, strlen(text), MSG_OOB));
  arrive(POLLPRI);
}

static void plain(const char *text) {
  send(ends[0], text, strlen(text), 0);
  arrive(POLLIN);
}

static void get(const char *what, int flags, size_t most) {
  char bytes[32] = {0};
  struct iovec piece = {bytes, most};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  long done = recvmsg(ends[1], &message, flags | MSG_DONTWAIT);
  if (done < 0)
    say(what, done);
  else
    printf("%s: \"%s\"%s\n", what, bytes, message.msg_flags & MSG_OOB ? " out of band" : "");
}

static void look(const char *what) {
  struct pollfd p = {.fd = ends[1], .events = POLLIN | POLLPRI | POLLRDBAND};
  poll(&p, 1, 0);
  int mark = -1, unread = -1;
  ioctl(ends[1], SIOCATMARK_, &mark);
  if (family == AF_INET)
    ioctl(ends[1], FIONREAD, &unread);
  printf("%s:%s%s mark %d", what, p.revents & POLLIN ? " in" : "", p.revents & POLLPRI ? " pri" : "", mark);
  printf(family == AF_INET ? " unread %d\n" : "\n", unread);
}

static void connected(void) {
  if (family == AF_UNIX) {
    socketpair(family, SOCK_STREAM, 0, ends);
    return;
  }
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  int listener = socket(family, SOCK_STREAM, 0);
  bind(listener, (void *)&at, size);
  listen(listener, 1);
  getsockname(listener, (void *)&at, &size);
  ends[0] = socket(family, SOCK_STREAM, 0);
  connect(ends[0], (void *)&at, size);
  ends[1] = accept(listener, NULL, NULL);
  close(listener);
}

static void over(void) {
  close(ends[0]);
  close(ends[1]);
}

static void outside_the_line(void) {
  connected();
  look("nothing");
  get("no urgent byte", MSG_OOB, 1);
  urge("abX");
  look("urgent");
  get("up to the mark", 0, 31);
  look("at the mark");
  get("peek at the byte", MSG_OOB | MSG_PEEK, 1);
  get("the byte", MSG_OOB, 31);
  look("read");
  get("the byte again", MSG_OOB, 1);
  plain("cd");
  get("behind the mark", 0, 31);
  look("over");
  over();
}

static void not_read(void) {
  connected();
  urge("X");
  plain("cd");
  get("peek behind", MSG_PEEK, 31);
  get("behind the byte", 0, 31);
  get("the byte is gone", MSG_OOB, 1);
  look("gone");
  urge("efY");
  plain("gh");
  get("wait for all stops at the mark", MSG_WAITALL, 31);
  get("then goes on", 0, 31);
  over();
}

static void twice(void) {
  connected();
  urge("aX");
  urge("bY");
  look("two");
  get("the first is a byte like others", 0, 31);
  get("the second", MSG_OOB, 1);
  plain("c");
  get("the rest", 0, 31);
  over();
}

static void in_line(void) {
  int on = 1, is = -1;
  socklen_t size = sizeof is;
  connected();
  setsockopt(ends[1], SOL_SOCKET, SO_OOBINLINE, &on, sizeof on);
  getsockopt(ends[1], SOL_SOCKET, SO_OOBINLINE, &is, &size);
  printf("in line: %d\n", is);
  urge("abX");
  look("urgent");
  get("out of line", MSG_OOB, 1);
  plain("cd");
  get("up to the mark", 0, 31);
  look("at the mark");
  get("from the mark on", 0, 31);
  look("behind");
  over();
}

static void waits(void) {
  connected();
  fd_set reads, excepts;
  urge("X");
  FD_ZERO(&reads);
  FD_ZERO(&excepts);
  FD_SET(ends[1], &reads);
  FD_SET(ends[1], &excepts);
  struct timeval now = {0, 0};
  select(ends[1] + 1, NULL, NULL, &excepts, &now);
  printf("select:%s\n", FD_ISSET(ends[1], &excepts) ? " exceptional" : "");
  int set = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLPRI | EPOLLET};
  epoll_ctl(set, EPOLL_CTL_ADD, ends[1], &event);
  say("epoll", epoll_wait(set, &event, 1, 0));
  printf("event %#x\n", event.events);
  say("no news", epoll_wait(set, &event, 1, 0));
  get("the byte", MSG_OOB, 1);
  urge("Y");
  say("news", epoll_wait(set, &event, 1, 20000));
  close(set);
  over();
}

static void signalled(void) {
  sigset_t urgent;
  siginfo_t info;
  struct timespec limit = {20, 0};
  sigemptyset(&urgent);
  sigaddset(&urgent, SIGURG);
  sigaddset(&urgent, SIGUSR1);
  sigprocmask(SIG_BLOCK, &urgent, NULL);
  connected();
  fcntl(ends[1], F_SETOWN, getpid());
  urge("X");
  int signal = sigtimedwait(&urgent, &info, &limit);
  printf("signal %s code %#x\n", sigabbrev_np(signal), info.si_code);
  sigdelset(&urgent, SIGURG);
  fcntl(ends[1], F_SETSIG, SIGUSR1);
  fcntl(ends[1], F_SETFL, O_ASYNC);
  say("urgent", send(ends[0], "Y", 1, MSG_OOB));
  signal = sigtimedwait(&urgent, &info, &limit);
  printf("signal %s code %d band %#lx\n", sigabbrev_np(signal), info.si_code, info.si_band);
  sigaddset(&urgent, SIGURG);
  signal = sigtimedwait(&urgent, &info, &limit);
  printf("signal %s code %#x\n", sigabbrev_np(signal), info.si_code);
  over();
}

static void refused(void) {
  int pair[2], type = family == AF_UNIX ? SOCK_DGRAM : SOCK_STREAM;
  int alone = socket(family, SOCK_STREAM, 0);
  say("not connected", recv(alone, pair, 1, MSG_OOB));
  close(alone);
  if (family == AF_UNIX) {
    socketpair(family, type, 0, pair);
    say("datagram", send(pair[0], "x", 1, MSG_OOB));
    say("datagram", recv(pair[1], pair, 1, MSG_OOB | MSG_DONTWAIT));
    connected();
    say("nothing", send(ends[0], "", 0, MSG_OOB));
    over();
  } else {
    int packets = socket(family, SOCK_DGRAM, 0);
    say("packets", ioctl(packets, SIOCATMARK_, pair));
    close(packets);
  }
}

int main(int count, char **arguments) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  family = count > 1 && strcmp(arguments[1], "unix") == 0 ? AF_UNIX : AF_INET;
  outside_the_line();
  not_read();
  twice();
  in_line();
  waits();
  signalled();
  refused();
  return 0;
}
