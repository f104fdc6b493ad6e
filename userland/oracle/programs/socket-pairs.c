// What two connected Unix sockets do: bytes and messages, ends, errors, options.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

static void pair(int type, int fds[2]) {
  if (socketpair(AF_UNIX, type, 0, fds) != 0) {
    say("socketpair", -1);
    exit(1);
  }
}

static void events(const char *what, int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN | POLLOUT | POLLRDHUP};
  poll(&p, 1, 0);
  printf("%s:%s%s%s%s%s\n", what, p.revents & POLLIN ? " in" : "", p.revents & POLLOUT ? " out" : "",
         p.revents & POLLRDHUP ? " rdhup" : "", p.revents & POLLHUP ? " hup" : "", p.revents & POLLERR ? " err" : "");
}

static void option(const char *name, int fd, int option) {
  int value = -1;
  socklen_t size = sizeof value;
  long result = getsockopt(fd, SOL_SOCKET, option, &value, &size);
  printf("%s: %ld %d %u\n", name, result, value, size);
}

static void streams(void) {
  int fds[2], unread;
  char buffer[64];
  puts("-- streams");
  pair(SOCK_STREAM, fds);
  events("fresh", fds[0]);
  say("write", write(fds[0], "hello", 5));
  say("send", send(fds[0], " world", 6, 0));
  events("something there", fds[1]);
  ioctl(fds[1], FIONREAD, &unread);
  printf("unread %d\n", unread);
  say("peek", recv(fds[1], buffer, 3, MSG_PEEK));
  printf("%.3s\n", buffer);
  say("read", read(fds[1], buffer, sizeof buffer));
  printf("%.11s\n", buffer);
  say("nothing there", recv(fds[1], buffer, 1, MSG_DONTWAIT));
  say("read nothing", recv(fds[1], buffer, 0, MSG_DONTWAIT));
  struct iovec parts[2] = {{"ab", 2}, {"cde", 3}};
  say("writev", writev(fds[1], parts, 2));
  char one[2], two[8];
  struct iovec places[2] = {{one, 2}, {two, 8}};
  say("readv", readv(fds[0], places, 2));
  printf("%.2s %.3s\n", one, two);
  option("type", fds[0], SO_TYPE);
  option("domain", fds[0], SO_DOMAIN);
  option("protocol", fds[0], SO_PROTOCOL);
  option("error", fds[0], SO_ERROR);
  option("listens", fds[0], SO_ACCEPTCONN);
  option("reuse", fds[0], SO_REUSEADDR);
  option("pass credentials", fds[0], SO_PASSCRED);
  struct stat status;
  fstat(fds[0], &status);
  printf("socket %d mode %o size %ld\n", S_ISSOCK(status.st_mode), status.st_mode & 07777, (long)status.st_size);
  say("lseek", lseek(fds[0], 0, SEEK_SET));
  say("pread", pread(fds[0], buffer, 1, 0));
  struct sockaddr_un name;
  socklen_t size = sizeof name;
  say("getsockname", getsockname(fds[0], (struct sockaddr *)&name, &size));
  printf("%u %d\n", size, name.sun_family);
  struct ucred who;
  size = sizeof who;
  say("peercred", getsockopt(fds[0], SOL_SOCKET, SO_PEERCRED, &who, &size));
  printf("mine %d uid %d gid %d\n", who.pid == getpid(), who.uid, who.gid);
  say("accept", accept(fds[0], NULL, NULL));
  say("listen", listen(fds[0], 1));
  say("connected already", send(fds[0], "x", 1, MSG_OOB) < 0 && errno == EOPNOTSUPP ? 0 : 0);
}

static void ends(void) {
  int fds[2];
  char buffer[8];
  puts("-- ends");
  signal(SIGPIPE, SIG_IGN);
  pair(SOCK_STREAM, fds);
  write(fds[0], "last", 4);
  say("shutdown", shutdown(fds[0], SHUT_WR));
  say("write after it", write(fds[0], "x", 1));
  say("the other way", write(fds[1], "back", 4));
  say("back", read(fds[0], buffer, sizeof buffer));
  events("end to come", fds[1]);
  say("last", read(fds[1], buffer, sizeof buffer));
  events("end", fds[1]);
  say("end", read(fds[1], buffer, sizeof buffer));
  say("again", read(fds[1], buffer, sizeof buffer));
  say("shutdown nonsense", shutdown(fds[0], 3));
  close(fds[0]);
  events("closed", fds[1]);
  say("write to nobody", write(fds[1], "x", 1));
  close(fds[1]);
  pair(SOCK_STREAM, fds);
  write(fds[1], "unread", 6);
  close(fds[0]);
  events("reset", fds[1]);
  say("read", read(fds[1], buffer, 1));
  say("read", read(fds[1], buffer, 1));
  close(fds[1]);
  pair(SOCK_STREAM, fds);
  say("shut reading", shutdown(fds[0], SHUT_RD));
  say("read", read(fds[0], buffer, 1));
  say("nobody reads", send(fds[1], "x", 1, MSG_NOSIGNAL));
  signal(SIGPIPE, SIG_DFL);
  fflush(stdout);
  if (fork() == 0) {
    write(fds[1], "x", 1);
    _exit(0);
  }
  int status;
  wait(&status);
  printf("killed by %d\n", WTERMSIG(status));
}

static void messages(int type, const char *name) {
  int fds[2];
  char buffer[8];
  printf("-- %s\n", name);
  pair(type, fds);
  say("one", send(fds[0], "one", 3, 0));
  say("empty", send(fds[0], "", 0, 0));
  say("longer", write(fds[0], "a longer message", 16));
  say("one", recv(fds[1], buffer, sizeof buffer, 0));
  say("empty", recv(fds[1], buffer, sizeof buffer, 0));
  struct iovec place = {buffer, sizeof buffer};
  struct msghdr header = {.msg_iov = &place, .msg_iovlen = 1};
  say("peek", recvmsg(fds[1], &header, MSG_PEEK));
  printf("truncated %d\n", !!(header.msg_flags & MSG_TRUNC));
  say("whole size", recv(fds[1], buffer, sizeof buffer, MSG_TRUNC));
  say("none left", recv(fds[1], buffer, sizeof buffer, MSG_DONTWAIT));
  char *large = calloc(1, 300000);
  say("too large", send(fds[0], large, 300000, 0));
  free(large);
  int sent = 0;
  while (send(fds[0], "x", 1, MSG_DONTWAIT) == 1)
    sent++;
  printf("many %d, then %s\n", sent > 5 && sent < 1000, strerrorname_np(errno));
  events("full", fds[0]);
  close(fds[1]);
  say("nobody", send(fds[0], "x", 1, MSG_NOSIGNAL));
  say("end", recv(fds[0], buffer, 1, MSG_DONTWAIT));
}

static void waits(void) {
  int fds[2];
  char buffer[300000], all[5];
  puts("-- waits");
  pair(SOCK_STREAM, fds);
  fflush(stdout);
  if (fork() == 0) {
    close(fds[0]);
    long sum = 0, bytes;
    while ((bytes = read(fds[1], buffer, sizeof buffer)) > 0)
      sum += bytes;
    printf("read %ld\n", sum);
    fflush(stdout);
    _exit(0);
  }
  close(fds[1]);
  memset(buffer, 'x', sizeof buffer);
  for (int i = 0; i < 5; i++)
    say("a lot", write(fds[0], buffer, sizeof buffer));
  fflush(stdout);
  close(fds[0]);
  wait(NULL);
  pair(SOCK_STREAM, fds);
  fflush(stdout);
  if (fork() == 0) {
    for (int i = 0; i < 5; i++)
      write(fds[1], &"abcde"[i], 1);
    _exit(0);
  }
  say("all", recv(fds[0], all, 5, MSG_WAITALL));
  printf("%.5s\n", all);
  wait(NULL);
  struct timeval soon = {.tv_usec = 1000};
  say("set timeout", setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon));
  say("too late", recv(fds[0], all, 1, 0));
  struct timeval wrong = {.tv_usec = 1000000};
  say("wrong timeout", setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &wrong, sizeof wrong));
  fcntl(fds[0], F_SETFL, O_NONBLOCK);
  say("would wait", read(fds[0], all, 1));
  long sum = 0, bytes;
  while ((bytes = write(fds[0], buffer, sizeof buffer)) > 0)
    sum += bytes;
  printf("filled %d, then %s\n", sum > 30000, strerrorname_np(errno));
  events("full", fds[0]);
}

static void refusals(void) {
  int fds[2];
  puts("-- refusals");
  say("family", socket(99, SOCK_STREAM, 0));
  say("type", socket(AF_UNIX, 9, 0));
  say("protocol", socket(AF_UNIX, SOCK_STREAM, 5));
  say("pair of TCP", socketpair(AF_INET, SOCK_STREAM, 0, fds));
  say("no socket", send(1, "x", 1, 0));
  say("no descriptor", send(77, "x", 1, 0));
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  printf("flags %d %d\n", fcntl(fd, F_GETFD), !!(fcntl(fd, F_GETFL) & O_NONBLOCK));
  events("unconnected", fd);
  char c;
  say("not connected", send(fd, "x", 1, 0));
  say("not connected", recv(fd, &c, 1, 0));
  struct sockaddr_un name;
  socklen_t size = sizeof name;
  say("getpeername", getpeername(fd, (struct sockaddr *)&name, &size));
  say("shutdown", shutdown(fd, SHUT_WR));
  int value = 1;
  say("unknown option", setsockopt(fd, SOL_SOCKET, 999, &value, sizeof value));
  say("short option", setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &value, 2));
  say("not of Unix", setsockopt(fd, 6, 1, &value, sizeof value));
}

int main(void) {
  setvbuf(stdout, NULL, _IOFBF, 65536);
  streams();
  ends();
  messages(SOCK_DGRAM, "datagrams");
  messages(SOCK_SEQPACKET, "sequential packets");
  waits();
  refusals();
  return 0;
}
