// Unix sockets with names: bind, listen, connect, accept; datagrams with addresses.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

static socklen_t address(struct sockaddr_un *a, const char *path) {
  memset(a, 0, sizeof *a);
  a->sun_family = AF_UNIX;
  if (path[0] == '@') {
    memcpy(a->sun_path + 1, path + 1, strlen(path) - 1);
    return offsetof(struct sockaddr_un, sun_path) + strlen(path);
  }
  strcpy(a->sun_path, path);
  return sizeof *a;
}

static int bind_to(int fd, const char *path) {
  struct sockaddr_un a;
  socklen_t size = address(&a, path);
  return bind(fd, (struct sockaddr *)&a, size);
}

static int connect_to(int fd, const char *path) {
  struct sockaddr_un a;
  socklen_t size = address(&a, path);
  return connect(fd, (struct sockaddr *)&a, size);
}

static void show(const char *what, int result, struct sockaddr_un *a, socklen_t size) {
  if (result < 0) {
    say(what, result);
    return;
  }
  int bytes = size - offsetof(struct sockaddr_un, sun_path);
  printf("%s: %u ", what, size);
  for (int i = 0; i < bytes; i++)
    putchar(a->sun_path[i] ? a->sun_path[i] : '.');
  putchar('\n');
}

static void names(const char *what, int fd) {
  struct sockaddr_un a;
  socklen_t size = sizeof a;
  printf("%s\n", what);
  int result = getsockname(fd, (struct sockaddr *)&a, &size);
  show("  own", result, &a, size);
  size = sizeof a;
  result = getpeername(fd, (struct sockaddr *)&a, &size);
  show("  peer", result, &a, size);
}

static void events(const char *what, int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN | POLLOUT | POLLRDHUP};
  poll(&p, 1, 0);
  printf("%s:%s%s%s%s%s\n", what, p.revents & POLLIN ? " in" : "", p.revents & POLLOUT ? " out" : "",
         p.revents & POLLRDHUP ? " rdhup" : "", p.revents & POLLHUP ? " hup" : "", p.revents & POLLERR ? " err" : "");
}

static void serve(const char *path) {
  char buffer[16];
  struct sockaddr_un a;
  printf("-- serve %s\n", path);
  int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  say("bind", bind_to(listener, path));
  int second = socket(AF_UNIX, SOCK_STREAM, 0);
  say("in use", bind_to(second, path));
  say("has a name", bind_to(listener, "@other"));
  say("nobody listens", connect_to(second, path));
  int datagrams = socket(AF_UNIX, SOCK_DGRAM, 0);
  say("other type", connect_to(datagrams, path));
  say("listen", listen(listener, 1));
  events("listens", listener);
  names("listener", listener);
  fcntl(listener, F_SETFL, O_NONBLOCK);
  say("accept nobody", accept(listener, NULL, NULL));
  say("connect", connect_to(second, path));
  say("connected", connect_to(second, path));
  events("waiting", listener);
  events("client", second);
  say("early", write(second, "early", 5));
  names("client", second);
  socklen_t size = sizeof a;
  int accepted = accept4(listener, (struct sockaddr *)&a, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
  printf("accepted %d %u flags %d %d\n", accepted >= 0, size, fcntl(accepted, F_GETFD), !!(fcntl(accepted, F_GETFL) & O_NONBLOCK));
  names("accepted", accepted);
  say("read", read(accepted, buffer, sizeof buffer));
  struct ucred who;
  size = sizeof who;
  getsockopt(accepted, SOL_SOCKET, SO_PEERCRED, &who, &size);
  printf("peer is me %d\n", who.pid == getpid());
  int fds[4];
  for (int i = 0; i < 4; i++) {
    fds[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    say("fill backlog", connect_to(fds[i], path));
  }
  say("wrong flags", accept4(listener, NULL, NULL, 1));
  close(listener);
  say("after close", connect_to(fds[3], path));
  say("refused later", read(fds[0], buffer, 1));
  say("then", read(fds[0], buffer, 1));
  say("peer stays", write(second, "x", 1));
  say("reads", read(accepted, buffer, 1));
  if (path[0] == '/') {
    struct stat status;
    say("stat", stat(path, &status));
    printf("socket %d mode %o\n", S_ISSOCK(status.st_mode), status.st_mode & 07777);
    say("open", open(path, O_RDWR));
    int again = socket(AF_UNIX, SOCK_STREAM, 0);
    say("stale name", bind_to(again, path));
    say("unlink", unlink(path));
    say("new name", bind_to(again, path));
    unlink(path);
  }
}

static void addressed(void) {
  char buffer[16];
  struct sockaddr_un a, b;
  puts("-- datagrams");
  int one = socket(AF_UNIX, SOCK_DGRAM, 0), two = socket(AF_UNIX, SOCK_DGRAM, 0);
  bind_to(one, "/tmp/one");
  socklen_t size = address(&a, "/tmp/one");
  say("from nobody", sendto(two, "hello", 5, 0, (struct sockaddr *)&a, size));
  size = sizeof b;
  long bytes = recvfrom(one, buffer, sizeof buffer, 0, (struct sockaddr *)&b, &size);
  printf("%ld from %u bytes of name\n", bytes, size);
  bind_to(two, "@two");
  size = address(&a, "/tmp/one");
  say("from two", sendto(two, "hello", 5, 0, (struct sockaddr *)&a, size));
  size = sizeof b;
  bytes = recvfrom(one, buffer, sizeof buffer, 0, (struct sockaddr *)&b, &size);
  show("name", bytes, &b, size);
  say("answer", sendto(one, "answer", 6, 0, (struct sockaddr *)&b, size));
  say("read", read(two, buffer, sizeof buffer));
  say("no peer", send(two, "x", 1, 0));
  say("connect", connect_to(two, "/tmp/one"));
  say("send", send(two, "x", 1, 0));
  int three = socket(AF_UNIX, SOCK_DGRAM, 0);
  say("one connects to two", connect_to(one, "@two"));
  size = address(&a, "/tmp/one");
  say("three is a stranger", sendto(three, "x", 1, 0, (struct sockaddr *)&a, size));
  size = address(&a, "/tmp/none");
  say("no such name", sendto(three, "x", 1, 0, (struct sockaddr *)&a, size));
  size = address(&a, "@none");
  say("no such name", sendto(three, "x", 1, 0, (struct sockaddr *)&a, size));
  size = address(&a, "/etc/passwd");
  say("no socket", sendto(three, "x", 1, 0, (struct sockaddr *)&a, size));
  close(one);
  say("gone", send(two, "x", 1, 0));
  say("gone", send(two, "x", 1, 0));
  say("listen", listen(two, 1));
  struct sockaddr none = {.sa_family = AF_UNIX};
  say("any name", bind(three, &none, sizeof none.sa_family));
  size = sizeof b;
  getsockname(three, (struct sockaddr *)&b, &size);
  printf("made up %u %d\n", size, b.sun_path[0]);
  int four = socket(AF_UNIX, SOCK_DGRAM, 0), five = socket(AF_UNIX, SOCK_DGRAM, 0);
  bind_to(four, "@four");
  connect_to(five, "@four");
  int sent = 0;
  while (send(five, "x", 1, MSG_DONTWAIT) == 1)
    sent++;
  printf("queued %d, then %s\n", sent, strerrorname_np(errno));
  events("full", five);
  read(four, buffer, 1);
  events("room", five);
}

static void refusals(void) {
  puts("-- refusals");
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un a;
  socklen_t size = address(&a, "/tmp/no/folder");
  say("no folder", bind(fd, (struct sockaddr *)&a, size));
  say("no such", connect(fd, (struct sockaddr *)&a, size));
  say("too short", bind(fd, (struct sockaddr *)&a, 1));
  say("too long", bind(fd, (struct sockaddr *)&a, 111));
  say("negative", bind(fd, (struct sockaddr *)&a, -1));
  a.sun_family = AF_INET;
  say("other family", bind(fd, (struct sockaddr *)&a, size));
  say("no socket", connect_to(fd, "/etc/passwd"));
  say("folder", bind_to(fd, "/tmp"));
  say("slash", bind_to(fd, "/tmp/name/"));
  say("bad address", bind(fd, (struct sockaddr *)1, 8));
  umask(027);
  say("bind", bind_to(fd, "/tmp/named"));
  struct stat status;
  stat("/tmp/named", &status);
  printf("mode %o\n", status.st_mode & 07777);
  listen(fd, 5);
  fflush(stdout);
  if (fork() == 0) {
    if (setuid(1000) != 0)
      _exit(1);
    int other = socket(AF_UNIX, SOCK_STREAM, 0);
    say("not allowed", connect_to(other, "/tmp/named"));
    say("not allowed", bind_to(other, "/etc/named"));
    fflush(stdout);
    _exit(0);
  }
  wait(NULL);
}

int main(void) {
  setvbuf(stdout, NULL, _IOFBF, 65536);
  chdir("/tmp");
  serve("/tmp/stream");
  serve("@stream");
  addressed();
  refusals();
  return 0;
}
