// ICMP: ping sockets and raw sockets of both families, filters, how a packet came.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef ICMP_FILTER
#define ICMP_FILTER 1
#endif

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

static struct sockaddr_in at(const char *host, int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &a.sin_addr);
  return a;
}

static struct sockaddr_in6 at6(const char *host, int port) {
  struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  inet_pton(AF_INET6, host, &a.sin6_addr);
  return a;
}

// What is sent on this machine has come, or will not, when the call that sends it is over; a slow one may take its time.
static int arrives(int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  return poll(&p, 1, 20000);
}

static void nothing(const char *what, int fd) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  printf("%s: %s\n", what, poll(&p, 1, 0) ? "something" : "nothing");
}

static unsigned sum(const unsigned char *b, int n) {
  unsigned s = 0;
  for (int i = 0; i < n; i++)
    s += i & 1 ? b[i] : b[i] << 8;
  while (s >> 16)
    s = (s & 0xffff) + (s >> 16);
  return ~s & 0xffff;
}

static int echo(unsigned char *b, int type, int id, int number, const char *text) {
  int n = 8 + strlen(text);
  memset(b, 0, 8);
  b[0] = type;
  b[4] = id >> 8, b[5] = id;
  b[6] = number >> 8, b[7] = number;
  memcpy(b + 8, text, n - 8);
  unsigned s = sum(b, n);
  b[2] = s >> 8, b[3] = s;
  return n;
}

static void control(struct msghdr *m) {
  for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
    printf("  cmsg %d %d:", c->cmsg_level, c->cmsg_type);
    unsigned char *d = CMSG_DATA(c);
    if (c->cmsg_level == SOL_SOCKET)
      printf(" %zu bytes", (size_t)(c->cmsg_len - CMSG_LEN(0)));
    else
      for (unsigned i = 0; i < c->cmsg_len - CMSG_LEN(0); i++)
        printf(" %d", d[i]);
    puts("");
  }
}

static void reply(const char *what, int fd, int header) {
  unsigned char b[256], room[256];
  union {
    struct sockaddr_in four;
    struct sockaddr_in6 six;
  } from;
  arrives(fd);
  struct iovec v = {b, sizeof b};
  struct msghdr m = {&from, sizeof from, &v, 1, room, sizeof room, 0};
  int n = recvmsg(fd, &m, 0);
  if (n < 0) {
    say(what, n);
    return;
  }
  char host[64];
  int six = m.msg_namelen == sizeof from.six;
  inet_ntop(six ? AF_INET6 : AF_INET, six ? (void *)&from.six.sin6_addr : &from.four.sin_addr, host, sizeof host);
  int skip = header ? (b[0] & 15) * 4 : 0;
  printf("%s: %d bytes from %s port %d", what, n, host, ntohs(six ? from.six.sin6_port : from.four.sin_port));
  if (header) {
    printf(" version %d header %d total %d ttl %d protocol %d", b[0] >> 4, skip, b[2] << 8 | b[3], b[8], b[9]);
    printf(" sum %s %d.%d.%d.%d > %d.%d.%d.%d", sum(b, skip) ? "wrong" : "right", b[12], b[13], b[14], b[15], b[16], b[17],
           b[18], b[19]);
  }
  printf(" type %d code %d number %d text %.*s flags %x\n", b[skip], b[skip + 1], b[skip + 6] << 8 | b[skip + 7],
         n - skip - 8, b + skip + 8, m.msg_flags);
  if (!six)
    printf("  sum %s\n", sum(b + skip, n - skip) ? "wrong" : "right");
  control(&m);
}

static void name(const char *what, int fd, int peer) {
  struct sockaddr_in6 six;
  socklen_t size = sizeof six;
  int result = peer ? getpeername(fd, (struct sockaddr *)&six, &size) : getsockname(fd, (struct sockaddr *)&six, &size);
  if (result < 0) {
    say(what, result);
    return;
  }
  struct sockaddr_in *four = (struct sockaddr_in *)&six;
  char host[64];
  int is6 = six.sin6_family == AF_INET6;
  inet_ntop(six.sin6_family, is6 ? (void *)&six.sin6_addr : &four->sin_addr, host, sizeof host);
  int port = ntohs(four->sin_port);
  printf("%s: %s ", what, host);
  printf(port == 0 || port == 77 || port == 1 || port == 58 ? "%d" : "given", port);
  printf(" %u\n", size);
}

static void kinds(void) {
  puts("-- kinds");
  int four = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  say("ping", four >= 0 ? 0 : four);
  int value;
  socklen_t size = sizeof value;
  getsockopt(four, SOL_SOCKET, SO_TYPE, &value, &size);
  printf("type %d\n", value);
  getsockopt(four, SOL_SOCKET, SO_PROTOCOL, &value, &size);
  printf("protocol %d\n", value);
  say("ping of the other family", socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMPV6));
  say("ping6 of the other family", socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMP));
  say("raw without a protocol", socket(AF_INET, SOCK_RAW, 0));
  say("stream of icmp", socket(AF_INET, SOCK_STREAM, IPPROTO_ICMP));
  say("listen", listen(four, 1));
  say("accept", accept(four, 0, 0));
  say("pair", socketpair(AF_INET, SOCK_DGRAM, IPPROTO_ICMP, (int[2]){0, 0}));
  close(four);
  fflush(stdout);
  if (fork() == 0) {
    if (setresuid(1000, 1000, 1000) < 0)
      exit(1);
    say("raw as somebody", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
    say("raw6 as somebody", socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));
    say("raw without a protocol as somebody", socket(AF_INET, SOCK_RAW, 0));
    say("ping as somebody", socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) >= 0 ? 0 : -1);
    fflush(stdout);
    exit(0);
  }
  wait(0);
}

static void pings(void) {
  puts("-- ping sockets");
  int fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), on = 1;
  unsigned char b[256];
  name("before", fd, 0);
  int n = echo(b, 8, 5, 1, "hello");
  say("without an address", sendto(fd, b, n, 0, 0, 0));
  struct sockaddr_in host = at("127.0.0.1", 0);
  say("short", sendto(fd, b, 7, 0, (struct sockaddr *)&host, sizeof host));
  say("out of band", sendto(fd, b, n, MSG_OOB, (struct sockaddr *)&host, sizeof host));
  b[0] = 13;
  say("another type", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  b[0] = 8, b[1] = 3;
  say("another code", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  b[1] = 0;
  struct sockaddr_in6 six = at6("::1", 0);
  say("of another family", sendto(fd, b, n, 0, (struct sockaddr *)&six, sizeof six));
  say("a short address", sendto(fd, b, n, 0, (struct sockaddr *)&host, 8));
  struct sockaddr_in far = at("192.0.2.1", 0);
  say("unreachable", sendto(fd, b, n, 0, (struct sockaddr *)&far, sizeof far));
  say("sent", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  name("after", fd, 0);
  reply("reply", fd, 0);
  setsockopt(fd, SOL_IP, IP_RECVTTL, &on, sizeof on);
  setsockopt(fd, SOL_IP, IP_PKTINFO, &on, sizeof on);
  host = at("127.0.0.2", 0);
  say("sent to another address", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  reply("reply", fd, 0);
  say("sent to any address", sendto(fd, b, n, 0, (struct sockaddr *)&(struct sockaddr_in){.sin_family = AF_INET}, sizeof host));
  reply("reply", fd, 0);
  host = at("127.0.0.1", 0);
  say("connect", connect(fd, (struct sockaddr *)&host, sizeof host));
  name("peer", fd, 1);
  name("own", fd, 0);
  say("send", send(fd, b, n, 0));
  reply("reply", fd, 0);
  say("unreachable", connect(fd, (struct sockaddr *)&far, sizeof far));
  int one = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), two = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  host = at("127.0.0.1", 77);
  say("bind", bind(one, (struct sockaddr *)&host, sizeof host));
  name("bound", one, 0);
  say("bind again", bind(one, (struct sockaddr *)&host, sizeof host));
  host = at("127.0.0.2", 77);
  say("bind another", bind(two, (struct sockaddr *)&host, sizeof host));
  two = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  host = at("127.0.0.1", 77);
  say("bind the same", bind(two, (struct sockaddr *)&host, sizeof host));
  host = at("0.0.0.0", 77);
  say("bind any", bind(two, (struct sockaddr *)&host, sizeof host));
  two = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  say("bind another with reuse", bind(two, (struct sockaddr *)&host, sizeof host));
  say("bind afar", bind(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), (struct sockaddr *)&far, sizeof far));
  int unread = -1;
  send(fd, b, n, 0);
  arrives(fd);
  say("FIONREAD", ioctl(fd, FIONREAD, &unread));
  close(one);
  close(two);
  close(fd);
}

static void pings6(void) {
  puts("-- ping sockets of IPv6");
  int fd = socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6), on = 1;
  unsigned char b[256];
  int n = echo(b, 128, 0, 3, "hello");
  struct sockaddr_in6 host = at6("::1", 0);
  setsockopt(fd, SOL_IPV6, IPV6_RECVHOPLIMIT, &on, sizeof on);
  setsockopt(fd, SOL_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
  say("sent", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  reply("reply", fd, 0);
  b[0] = 8;
  say("another type", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  b[0] = 128;
  setsockopt(fd, SOL_IPV6, IPV6_RECVHOPLIMIT, &(int){0}, sizeof on);
  setsockopt(fd, SOL_IPV6, IPV6_2292HOPLIMIT, &on, sizeof on);
  setsockopt(fd, SOL_IPV6, IPV6_2292PKTINFO, &on, sizeof on);
  setsockopt(fd, SOL_IPV6, IPV6_RECVTCLASS, &on, sizeof on);
  host = at6("::1", 0);
  say("sent", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  reply("reply", fd, 0);
  host = at6("::ffff:127.0.0.1", 0);
  say("mapped", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  host = at6("2001:db8::1", 0);
  say("unreachable", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  close(fd);
}

static void raws(void) {
  puts("-- raw sockets");
  int fd = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), on = 1;
  unsigned char b[256];
  name("own", fd, 0);
  struct sockaddr_in host = at("127.0.0.1", 0);
  int n = echo(b, 8, 4711, 1, "raw");
  say("without an address", send(fd, b, n, 0));
  say("sent", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  reply("request", fd, 1);
  reply("reply", fd, 1);
  unsigned filter = ~(1u << 0);
  say("filter", setsockopt(fd, SOL_RAW, ICMP_FILTER, &filter, sizeof filter));
  setsockopt(fd, SOL_SOCKET, SO_TIMESTAMP, &on, sizeof on);
  say("sent", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  reply("reply alone", fd, 1);
  nothing("then", fd);
  b[2] ^= 1;
  say("sent with a wrong sum", sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host));
  nothing("then", fd);
  b[2] ^= 1;
  int ping = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  host = at("127.0.0.1", 77);
  bind(ping, (struct sockaddr *)&host, sizeof host);
  n = echo(b, 8, 77, 2, "for the other");
  sendto(fd, b, n, 0, (struct sockaddr *)&host, sizeof host);
  reply("raw", fd, 1);
  reply("ping", ping, 0);
  say("connect", connect(fd, (struct sockaddr *)&host, sizeof host));
  name("peer", fd, 1);
  say("bind", bind(fd, (struct sockaddr *)&host, sizeof host));
  int other = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  say("bind", bind(other, (struct sockaddr *)&host, sizeof host));
  name("bound", other, 0);
  say("bind again", bind(other, (struct sockaddr *)&host, sizeof host));
  char line[256];
  FILE *f = fopen("/proc/net/raw", "r");
  int lines = 0;
  while (f && fgets(line, sizeof line, f))
    lines++;
  printf("lines %d\n", lines);
  close(other);
  close(ping);
  close(fd);
  int six = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
  struct icmp6_filter filter6;
  ICMP6_FILTER_SETBLOCKALL(&filter6);
  ICMP6_FILTER_SETPASS(129, &filter6);
  name("own", six, 0);
  say("filter", setsockopt(six, IPPROTO_ICMPV6, ICMP6_FILTER, &filter6, sizeof filter6));
  int offset = 2;
  say("checksum", setsockopt(six, SOL_RAW, IPV6_CHECKSUM, &offset, sizeof offset));
  struct sockaddr_in6 host6 = at6("::1", 0);
  n = echo(b, 128, 7, 9, "six");
  say("sent", sendto(six, b, n, 0, (struct sockaddr *)&host6, sizeof host6));
  reply("reply", six, 0);
  nothing("then", six);
  close(six);
}

int main(void) {
  setvbuf(stdout, 0, _IOLBF, 0);
  kinds();
  pings();
  pings6();
  raws();
}
