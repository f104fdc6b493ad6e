// Multicast over the loopback: joining and leaving, who gets what is sent to a group, and what is refused.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

static int made(const char *host, int port) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1;
  struct sockaddr_in a = at(host, port);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (void *)&a, sizeof a) < 0)
    say("bind", -1);
  return fd;
}

static long member(int fd, int name, const char *group, const char *interface) {
  struct ip_mreq request;
  inet_pton(AF_INET, group, &request.imr_multiaddr);
  inet_pton(AF_INET, interface, &request.imr_interface);
  return setsockopt(fd, IPPROTO_IP, name, &request, sizeof request);
}

static void gets(const char *what, int fd, int waits) {
  struct pollfd p = {.fd = fd, .events = POLLIN};
  char text[32];
  struct sockaddr_in from;
  socklen_t size = sizeof from;
  if (poll(&p, 1, waits ? 20000 : 0) == 0) {
    printf("%s: nothing\n", what);
    return;
  }
  long n = recvfrom(fd, text, sizeof text, 0, (void *)&from, &size);
  printf("%s: %.*s from %s\n", what, (int)n, text, inet_ntoa(from.sin_addr));
}

static void refused(void) {
  int u = socket(AF_INET, SOCK_DGRAM, 0), t = socket(AF_INET, SOCK_STREAM, 0), six = socket(AF_INET6, SOCK_DGRAM, 0);
  say("no group", member(u, IP_ADD_MEMBERSHIP, "10.1.2.3", "127.0.0.1"));
  say("no interface", member(u, IP_ADD_MEMBERSHIP, "239.1.2.3", "192.0.2.9"));
  say("join", member(u, IP_ADD_MEMBERSHIP, "239.1.2.3", "127.0.0.1"));
  say("join again", member(u, IP_ADD_MEMBERSHIP, "239.1.2.3", "127.0.0.1"));
  say("leave another", member(u, IP_DROP_MEMBERSHIP, "239.1.2.4", "127.0.0.1"));
  say("leave", member(u, IP_DROP_MEMBERSHIP, "239.1.2.3", "127.0.0.1"));
  say("leave again", member(u, IP_DROP_MEMBERSHIP, "239.1.2.3", "127.0.0.1"));
  say("a stream", member(t, IP_ADD_MEMBERSHIP, "239.1.2.3", "127.0.0.1"));
  say("too short", setsockopt(u, IPPROTO_IP, IP_ADD_MEMBERSHIP, "1234567", 7));
  struct ipv6_mreq request6 = {.ipv6mr_interface = 1};
  inet_pton(AF_INET6, "ff02::77", &request6.ipv6mr_multiaddr);
  say("IPv6", setsockopt(six, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &request6, sizeof request6));
  say("IPv6 again", setsockopt(six, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &request6, sizeof request6));
  say("IPv6 leaves", setsockopt(six, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, &request6, sizeof request6));
  say("IPv6 leaves again", setsockopt(six, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, &request6, sizeof request6));
  struct sockaddr_in to = at("239.1.2.3", 7001);
  say("connect a stream", connect(t, (void *)&to, sizeof to));
  close(u), close(t), close(six);
}

static void options(void) {
  int u = socket(AF_INET, SOCK_DGRAM, 0), value = -1;
  socklen_t size = sizeof value;
  getsockopt(u, IPPROTO_IP, IP_MULTICAST_TTL, &value, &size);
  printf("ttl %d\n", value);
  size = sizeof value;
  getsockopt(u, IPPROTO_IP, IP_MULTICAST_LOOP, &value, &size);
  printf("loop %d\n", value);
  value = 256;
  say("ttl 256", setsockopt(u, IPPROTO_IP, IP_MULTICAST_TTL, &value, sizeof value));
  value = 9;
  say("ttl 9", setsockopt(u, IPPROTO_IP, IP_MULTICAST_TTL, &value, sizeof value));
  close(u);
}

static void sent(void) {
  int any = made("0.0.0.0", 7001), group = made("239.1.2.3", 7001), other = made("0.0.0.0", 7001), out = made("127.0.0.1", 0);
  int off = 0, on = 1;
  setsockopt(out, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
  struct sockaddr_in to = at("239.1.2.3", 7001), elsewhere = at("239.1.2.4", 7001);
  say("to nobody", sendto(out, "a", 1, 0, (void *)&to, sizeof to));
  gets("any", any, 0);
  member(any, IP_ADD_MEMBERSHIP, "239.1.2.3", "127.0.0.1");
  say("to one member", sendto(out, "b", 1, 0, (void *)&to, sizeof to));
  gets("any", any, 1);
  gets("bound to the group", group, 1);
  gets("not a member", other, 1);
  member(other, IP_ADD_MEMBERSHIP, "239.1.2.4", "127.0.0.1");
  say("to another group", sendto(out, "c", 1, 0, (void *)&elsewhere, sizeof elsewhere));
  gets("its member", other, 1);
  gets("who takes all", any, 1);
  gets("bound to the first", group, 0);
  say("connect", connect(out, (void *)&to, sizeof to));
  say("send", send(out, "d", 1, 0));
  gets("any", any, 1);
  setsockopt(out, IPPROTO_IP, IP_MULTICAST_LOOP, &off, sizeof off);
  say("without a loop", send(out, "e", 1, 0));
  gets("the loopback is one", any, 1);
  setsockopt(out, IPPROTO_IP, IP_MULTICAST_LOOP, &on, sizeof on);
  close(any);
  close(other);
  say("the member has gone", send(out, "f", 1, 0));
  gets("bound to the group", group, 1);
  gets("bound to the group", group, 1);
  gets("bound to the group", group, 0);
  close(group), close(out);
}

int main(void) {
  setvbuf(stdout, 0, _IOLBF, 0);
  refused();
  options();
  sent();
}
