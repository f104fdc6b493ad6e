// What ioctl(2) says of the loopback, for sockets of each family; nothing can be changed by who may not.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
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

static struct ifreq named(const char *name) {
  struct ifreq r;
  memset(&r, 0, sizeof r);
  strcpy(r.ifr_name, name);
  return r;
}

static void address(const char *what, int fd, int operation, const char *name) {
  struct ifreq r = named(name);
  if (ioctl(fd, operation, &r) < 0) {
    say(what, -1);
    return;
  }
  struct sockaddr_in *a = (struct sockaddr_in *)&r.ifr_addr;
  printf("%s: family %d port %d %s\n", what, a->sin_family, a->sin_port, inet_ntoa(a->sin_addr));
}

static void look(const char *what, int fd) {
  printf("-- %s\n", what);
  struct ifreq r = named("lo");
  say("flags", ioctl(fd, SIOCGIFFLAGS, &r));
  printf("%x\n", (unsigned short)r.ifr_flags);
  r = named("lo");
  say("index", ioctl(fd, SIOCGIFINDEX, &r));
  printf("%d\n", r.ifr_ifindex);
  memset(&r, 0, sizeof r);
  r.ifr_ifindex = 1;
  say("name", ioctl(fd, SIOCGIFNAME, &r));
  printf("%s\n", r.ifr_name);
  r.ifr_ifindex = 4711;
  say("no name", ioctl(fd, SIOCGIFNAME, &r));
  r = named("lo");
  say("mtu", ioctl(fd, SIOCGIFMTU, &r));
  printf("%d\n", r.ifr_mtu);
  r = named("lo");
  say("metric", ioctl(fd, SIOCGIFMETRIC, &r));
  printf("%d\n", r.ifr_metric);
  r = named("lo");
  say("queue", ioctl(fd, SIOCGIFTXQLEN, &r));
  printf("%d\n", r.ifr_qlen);
  r = named("lo");
  say("hardware", ioctl(fd, SIOCGIFHWADDR, &r));
  printf("%d", r.ifr_hwaddr.sa_family);
  for (int i = 0; i < 6; i++)
    printf(" %02x", (unsigned char)r.ifr_hwaddr.sa_data[i]);
  puts("");
  r = named("lo");
  memset(&r.ifr_map, 1, sizeof r.ifr_map);
  say("map", ioctl(fd, SIOCGIFMAP, &r));
  printf("%lx %lx %x %d %d %d\n", r.ifr_map.mem_start, r.ifr_map.mem_end, r.ifr_map.base_addr, r.ifr_map.irq, r.ifr_map.dma,
         r.ifr_map.port);
  address("address", fd, SIOCGIFADDR, "lo");
  address("alias", fd, SIOCGIFADDR, "lo:1");
  address("mask", fd, SIOCGIFNETMASK, "lo");
  address("broadcast", fd, SIOCGIFBRDADDR, "lo");
  address("destination", fd, SIOCGIFDSTADDR, "lo");
  address("none", fd, SIOCGIFADDR, "nothing");
  r = named("nothing");
  say("no flags", ioctl(fd, SIOCGIFFLAGS, &r));
  say("no place", ioctl(fd, SIOCGIFFLAGS, (void *)8));
  struct ifreq all[8];
  struct ifconf c = {.ifc_len = sizeof all, .ifc_req = all};
  say("all", ioctl(fd, SIOCGIFCONF, &c));
  printf("%s %s first %s\n", c.ifc_len > 0 ? "some" : "none", c.ifc_len % (int)sizeof *all ? "and a piece" : "whole",
         all[0].ifr_name);
  c.ifc_len = sizeof all[0] + 5;
  say("one", ioctl(fd, SIOCGIFCONF, &c));
  printf("%d\n", c.ifc_len);
  c.ifc_len = 7;
  say("less", ioctl(fd, SIOCGIFCONF, &c));
  printf("%d\n", c.ifc_len);
  c.ifc_req = 0;
  say("how many", ioctl(fd, SIOCGIFCONF, &c));
  printf("%s\n", c.ifc_len > 0 && c.ifc_len % (int)sizeof *all == 0 ? "some" : "none");
}

static void change(int fd) {
  struct ifreq r = named("lo");
  r.ifr_flags = IFF_UP;
  say("set flags", ioctl(fd, SIOCSIFFLAGS, &r));
  say("set mtu", ioctl(fd, SIOCSIFMTU, &r));
  say("set address", ioctl(fd, SIOCSIFADDR, &r));
  say("set mask", ioctl(fd, SIOCSIFNETMASK, &r));
  struct rtentry route;
  memset(&route, 0, sizeof route);
  say("add a route", ioctl(fd, SIOCADDRT, &route));
  say("delete a route", ioctl(fd, SIOCDELRT, &route));
}

int main(void) {
  setvbuf(stdout, 0, _IOLBF, 0);
  look("udp", socket(AF_INET, SOCK_DGRAM, 0));
  look("tcp over IPv6", socket(AF_INET6, SOCK_STREAM, 0));
  look("unix", socket(AF_UNIX, SOCK_STREAM, 0));
  puts("-- library");
  say("if_nametoindex", if_nametoindex("lo"));
  char name[IF_NAMESIZE];
  printf("if_indextoname %s\n", if_indextoname(1, name));
  say("if_nametoindex of nothing", if_nametoindex("nothing"));
  puts("-- to change");
  fflush(stdout);
  if (fork() == 0) {
    if (setresuid(1000, 1000, 1000) < 0)
      exit(1);
    change(socket(AF_INET, SOCK_DGRAM, 0));
    exit(0);
  }
  wait(0);
  struct ifreq r = named("lo");
  say("a file", ioctl(open("/dev/null", 0), SIOCGIFFLAGS, &r));
}
