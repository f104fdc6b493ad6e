// TCP and UDP over the loopback: names, connections, ends, resets, datagrams, both families.
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

static void events(const char *what, int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN | POLLOUT | POLLRDHUP};
  poll(&p, 1, 0);
  printf("%s:%s%s%s%s%s\n", what, p.revents & POLLIN ? " in" : "", p.revents & POLLOUT ? " out" : "",
         p.revents & POLLRDHUP ? " rdhup" : "", p.revents & POLLHUP ? " hup" : "", p.revents & POLLERR ? " err" : "");
}

static void until(int fd, int wanted) {
  struct pollfd p = {.fd = fd, .events = wanted};
  poll(&p, 1, 5000);
}

static struct sockaddr_in at(const char *host, int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &a.sin_addr);
  return a;
}

static void name(const char *what, int fd, int peer) {
  struct sockaddr_in a;
  socklen_t size = sizeof a;
  char host[64];
  int result = peer ? getpeername(fd, (struct sockaddr *)&a, &size) : getsockname(fd, (struct sockaddr *)&a, &size);
  if (result < 0) {
    say(what, result);
    return;
  }
  inet_ntop(AF_INET, &a.sin_addr, host, sizeof host);
  int port = ntohs(a.sin_port);
  printf("%s: %s:%s %u\n", what, host, port == 0 ? "0" : port == 7000 ? "7000" : port >= 32768 ? "given" : "other", size);
}

static int listener_at(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in a = at("127.0.0.1", port);
  if (bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(fd, 5) != 0)
    say("listener", -1);
  return fd;
}

static void pair(int listener, int fds[2]) {
  struct sockaddr_in a;
  socklen_t size = sizeof a;
  getsockname(listener, (struct sockaddr *)&a, &size);
  fds[0] = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fds[0], (struct sockaddr *)&a, size) != 0)
    say("pair", -1);
  fds[1] = accept(listener, NULL, NULL);
}

static void option(const char *what, int fd, int level, int which) {
  int value = -1;
  socklen_t size = sizeof value;
  long result = getsockopt(fd, level, which, &value, &size);
  if (result < 0)
    say(what, result);
  else
    printf("%s: %d\n", what, value);
}

static void connections(void) {
  char buffer[64];
  puts("-- connections");
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  events("fresh", fd);
  name("unbound", fd, 0);
  name("no peer", fd, 1);
  struct sockaddr_in a = at("127.0.0.1", 7000);
  say("refused", connect(fd, (struct sockaddr *)&a, sizeof a));
  a = at("127.0.0.1", 7000);
  say("bind", bind(fd, (struct sockaddr *)&a, sizeof a));
  say("bind again", bind(fd, (struct sockaddr *)&a, sizeof a));
  int other = socket(AF_INET, SOCK_STREAM, 0);
  say("in use", bind(other, (struct sockaddr *)&a, sizeof a));
  struct sockaddr_in any = at("0.0.0.0", 7000);
  say("in use by any", bind(other, (struct sockaddr *)&any, sizeof any));
  struct sockaddr_in foreign = at("192.0.2.1", 7000);
  say("not mine", bind(other, (struct sockaddr *)&foreign, sizeof foreign));
  say("too short", bind(other, (struct sockaddr *)&a, 8));
  say("not listening", accept(fd, NULL, NULL));
  say("listen", listen(fd, 5));
  option("listens", fd, SOL_SOCKET, SO_ACCEPTCONN);
  events("listens", fd);
  say("connect", connect(other, (struct sockaddr *)&a, sizeof a));
  say("connected", connect(other, (struct sockaddr *)&a, sizeof a));
  events("arrived", fd);
  struct sockaddr_in from;
  socklen_t size = sizeof from;
  int accepted = accept4(fd, (struct sockaddr *)&from, &size, SOCK_CLOEXEC);
  printf("from %s %u\n", inet_ntoa(from.sin_addr), size);
  name("client", other, 0);
  name("client's peer", other, 1);
  name("accepted", accepted, 0);
  events("client", other);
  say("write", write(other, "hello", 5));
  until(accepted, POLLIN);
  int unread;
  ioctl(accepted, FIONREAD, &unread);
  printf("unread %d\n", unread);
  size = sizeof from;
  say("recvfrom", recvfrom(accepted, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &size));
  printf("address bytes %u\n", size);
  say("sendto connected", sendto(accepted, "back", 4, 0, (struct sockaddr *)&a, sizeof a));
  say("read", read(other, buffer, sizeof buffer));
  say("nothing", recv(other, buffer, 1, MSG_DONTWAIT));
  say("half", shutdown(other, SHUT_WR));
  say("no more", send(other, "x", 1, MSG_NOSIGNAL));
  until(accepted, POLLIN);
  events("half closed", accepted);
  say("end", read(accepted, buffer, 1));
  say("other way", write(accepted, "still", 5));
  say("read", read(other, buffer, sizeof buffer));
  close(accepted);
  say("end", read(other, buffer, 1));
  events("over", other);
  option("error", other, SOL_SOCKET, SO_ERROR);
}

static void ends(int listener) {
  int fds[2];
  char buffer[8];
  puts("-- ends");
  signal(SIGPIPE, SIG_IGN);
  pair(listener, fds);
  write(fds[0], "unread", 6);
  until(fds[1], POLLIN);
  close(fds[1]);
  until(fds[0], POLLRDHUP);
  events("reset", fds[0]);
  say("read", read(fds[0], buffer, 1));
  say("again", read(fds[0], buffer, 1));
  say("write", write(fds[0], "x", 1));
  pair(listener, fds);
  close(fds[1]);
  until(fds[0], POLLRDHUP);
  events("closed", fds[0]);
  say("first write", write(fds[0], "x", 1));
  until(fds[0], POLLHUP);
  events("then", fds[0]);
  say("second write", write(fds[0], "x", 1));
  say("read", read(fds[0], buffer, 1));
  pair(listener, fds);
  struct linger now = {1, 0};
  setsockopt(fds[1], SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close(fds[1]);
  until(fds[0], POLLRDHUP);
  say("aborted", read(fds[0], buffer, 1));
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  say("not connected", send(fd, "x", 1, 0));
  say("not connected", recv(fd, buffer, 1, 0));
  say("shutdown", shutdown(fd, SHUT_RDWR));
}

static void unhurried(int listener) {
  char buffer[8];
  puts("-- without waiting");
  struct sockaddr_in a;
  socklen_t size = sizeof a;
  getsockname(listener, (struct sockaddr *)&a, &size);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  say("connect", connect(fd, (struct sockaddr *)&a, size));
  until(fd, POLLOUT);
  option("error", fd, SOL_SOCKET, SO_ERROR);
  say("connect", connect(fd, (struct sockaddr *)&a, size));
  say("connect", connect(fd, (struct sockaddr *)&a, size));
  say("read", read(fd, buffer, 1));
  close(accept(listener, NULL, NULL));
  fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  a = at("127.0.0.1", 7001);
  say("to nobody", connect(fd, (struct sockaddr *)&a, sizeof a));
  until(fd, POLLOUT);
  events("refused", fd);
  option("error", fd, SOL_SOCKET, SO_ERROR);
  option("error", fd, SOL_SOCKET, SO_ERROR);
}

static void options(void) {
  puts("-- options");
  int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  option("type", fd, SOL_SOCKET, SO_TYPE);
  option("domain", fd, SOL_SOCKET, SO_DOMAIN);
  option("protocol", fd, SOL_SOCKET, SO_PROTOCOL);
  option("nodelay", fd, IPPROTO_TCP, TCP_NODELAY);
  say("set", setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one));
  option("nodelay", fd, IPPROTO_TCP, TCP_NODELAY);
  option("keepalive", fd, SOL_SOCKET, SO_KEEPALIVE);
  say("set", setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one));
  option("keepalive", fd, SOL_SOCKET, SO_KEEPALIVE);
  option("idle", fd, IPPROTO_TCP, TCP_KEEPIDLE);
  option("ttl", fd, IPPROTO_IP, IP_TTL);
  option("unknown", fd, IPPROTO_TCP, 999);
  int datagrams = socket(AF_INET, SOCK_DGRAM, 0);
  option("protocol", datagrams, SOL_SOCKET, SO_PROTOCOL);
  option("not of UDP", datagrams, IPPROTO_TCP, TCP_NODELAY);
  say("broadcast", setsockopt(datagrams, SOL_SOCKET, SO_BROADCAST, &one, sizeof one));
  option("broadcast", datagrams, SOL_SOCKET, SO_BROADCAST);
  say("protocol", socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
  say("seqpacket", socket(AF_INET, SOCK_SEQPACKET, 0));
}

static void datagrams(void) {
  char buffer[16];
  puts("-- datagrams");
  int one = socket(AF_INET, SOCK_DGRAM, 0), two = socket(AF_INET, SOCK_DGRAM, 0);
  events("fresh", one);
  struct sockaddr_in a = at("127.0.0.1", 7000), from;
  say("bind", bind(one, (struct sockaddr *)&a, sizeof a));
  say("no address", send(two, "x", 1, 0));
  say("send", sendto(two, "hello", 5, 0, (struct sockaddr *)&a, sizeof a));
  name("sender", two, 0);
  socklen_t size = sizeof from;
  say("receive", recvfrom(one, buffer, 3, 0, (struct sockaddr *)&from, &size));
  printf("from %s %u\n", inet_ntoa(from.sin_addr), size);
  say("answer", sendto(one, "", 0, 0, (struct sockaddr *)&from, sizeof from));
  say("empty", recv(two, buffer, sizeof buffer, 0));
  say("connect", connect(two, (struct sockaddr *)&a, sizeof a));
  name("sender", two, 0);
  name("peer", two, 1);
  say("send", send(two, "connected", 9, 0));
  say("receive", read(one, buffer, sizeof buffer));
  int three = socket(AF_INET, SOCK_DGRAM, 0);
  size = sizeof from;
  getsockname(two, (struct sockaddr *)&from, &size);
  say("a stranger", sendto(three, "x", 1, 0, (struct sockaddr *)&from, size));
  say("is not heard", recv(two, buffer, 1, MSG_DONTWAIT));
  close(one);
  say("to nobody", send(two, "x", 1, 0));
  until(two, POLLERR);
  events("told", two);
  say("told", send(two, "x", 1, 0));
  char *large = calloc(1, 70000);
  say("too large", sendto(three, large, 70000, 0, (struct sockaddr *)&a, sizeof a));
  say("nobody, unconnected", sendto(three, "x", 1, 0, (struct sockaddr *)&a, sizeof a));
  a.sin_family = AF_INET6;
  say("other family", sendto(three, "x", 1, 0, (struct sockaddr *)&a, sizeof a));
  a.sin_family = AF_INET;
  a.sin_port = 0;
  say("no port", sendto(three, "x", 1, 0, (struct sockaddr *)&a, sizeof a));
  struct sockaddr none = {.sa_family = AF_UNSPEC};
  say("disconnect", connect(two, &none, sizeof none));
  say("no peer", send(two, "x", 1, 0));
}

static void both(void) {
  char buffer[64];
  puts("-- both families");
  int fd = socket(AF_INET6, SOCK_STREAM, 0);
  struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons(7002), .sin6_addr = in6addr_any};
  int one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  say("bind", bind(fd, (struct sockaddr *)&a, sizeof a));
  say("listen", listen(fd, 5));
  int client = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in four = at("127.0.0.1", 7002);
  say("from IPv4", connect(client, (struct sockaddr *)&four, sizeof four));
  socklen_t size = sizeof a;
  int accepted = accept(fd, (struct sockaddr *)&a, &size);
  printf("%u %s\n", size, inet_ntop(AF_INET6, &a.sin6_addr, buffer, sizeof buffer));
  close(accepted);
  close(client);
  client = socket(AF_INET6, SOCK_STREAM, 0);
  a = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(7002), .sin6_addr = in6addr_loopback};
  say("from IPv6", connect(client, (struct sockaddr *)&a, sizeof a));
  size = sizeof a;
  accepted = accept(fd, (struct sockaddr *)&a, &size);
  printf("%u %s\n", size, inet_ntop(AF_INET6, &a.sin6_addr, buffer, sizeof buffer));
}

static void much(int listener) {
  static char block[500000];
  int fds[2];
  puts("-- much");
  pair(listener, fds);
  fflush(stdout);
  if (fork() == 0) {
    close(fds[0]);
    long sum = 0, bytes;
    while ((bytes = read(fds[1], block, sizeof block)) > 0)
      sum += bytes;
    printf("read %ld\n", sum);
    fflush(stdout);
    _exit(0);
  }
  close(fds[1]);
  for (int i = 0; i < 4; i++)
    say("write", write(fds[0], block, sizeof block));
  fflush(stdout);
  close(fds[0]);
  wait(NULL);
}

int main(void) {
  setvbuf(stdout, NULL, _IOFBF, 65536);
  connections();
  int listener = listener_at(0);
  ends(listener);
  unhurried(listener);
  options();
  datagrams();
  both();
  much(listener);
  return 0;
}
