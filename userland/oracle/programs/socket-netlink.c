// Netlink: what the system says of the loopback by rtnetlink, and what libraries make of it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

static int ask(int fd, int type, int flags, int family, int bytes) {
  struct {
    struct nlmsghdr h;
    unsigned char body[32];
  } q = {{NLMSG_LENGTH(bytes), type, NLM_F_REQUEST | flags, 77, 0}, {family}};
  struct sockaddr_nl to = {.nl_family = AF_NETLINK};
  return sendto(fd, &q, q.h.nlmsg_len, 0, (struct sockaddr *)&to, sizeof to);
}

static void answers(const char *what, int fd) {
  static char room[32768];
  printf("%s:\n", what);
  for (int over = 0; !over;) {
    struct sockaddr_nl from;
    socklen_t size = sizeof from;
    int n = recvfrom(fd, room, sizeof room, MSG_DONTWAIT, (struct sockaddr *)&from, &size);
    if (n < 0) {
      say("  recv", n);
      return;
    }
    over = 1;
    for (struct nlmsghdr *h = (void *)room; NLMSG_OK(h, (unsigned)n); h = NLMSG_NEXT(h, n)) {
      over = !(h->nlmsg_flags & NLM_F_MULTI) || h->nlmsg_type == NLMSG_DONE;
      if (h->nlmsg_type == RTM_NEWLINK && ((struct ifinfomsg *)NLMSG_DATA(h))->ifi_index != 1)
        continue;
      if (h->nlmsg_type == RTM_NEWADDR && ((struct ifaddrmsg *)NLMSG_DATA(h))->ifa_index != 1)
        continue;
      if (h->nlmsg_type == RTM_NEWROUTE)
        continue;
      printf("  type %d flags %x seq %d from %u", h->nlmsg_type, h->nlmsg_flags & NLM_F_MULTI, h->nlmsg_seq, from.nl_pid);
      if (h->nlmsg_type == NLMSG_ERROR)
        printf(" error %d", ((struct nlmsgerr *)NLMSG_DATA(h))->error);
      if (h->nlmsg_type == RTM_NEWADDR) {
        struct ifaddrmsg *a = NLMSG_DATA(h);
        printf(" family %d prefix %d scope %d", a->ifa_family, a->ifa_prefixlen, a->ifa_scope);
      }
      if (h->nlmsg_type == RTM_NEWLINK) {
        struct ifinfomsg *l = NLMSG_DATA(h);
        printf(" kind %d flags %x", l->ifi_type, l->ifi_flags);
      }
      puts("");
    }
  }
}

int main(void) {
  setvbuf(stdout, 0, _IOLBF, 0);
  say("stream", socket(AF_NETLINK, SOCK_STREAM, 0));
  say("another protocol", socket(AF_NETLINK, SOCK_RAW, 200));
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), type = 0;
  socklen_t size = sizeof type;
  getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size);
  printf("type %d\n", type);
  struct sockaddr_nl own = {.nl_family = AF_NETLINK};
  say("bind", bind(fd, (struct sockaddr *)&own, sizeof own));
  size = sizeof own;
  say("name", getsockname(fd, (struct sockaddr *)&own, &size));
  printf("family %d size %u %s\n", own.nl_family, size, own.nl_pid == (unsigned)getpid() ? "pid" : "other");
  int other = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  say("bind the same", bind(other, (struct sockaddr *)&own, sizeof own));
  own.nl_pid = 4711;
  say("bind again", bind(fd, (struct sockaddr *)&own, sizeof own));
  own.nl_family = AF_INET;
  say("bind another family", bind(other, (struct sockaddr *)&own, sizeof own));
  say("listen", listen(fd, 1));
  say("shutdown", shutdown(fd, SHUT_RDWR));
  say("links", ask(fd, RTM_GETLINK, NLM_F_DUMP, AF_UNSPEC, 16));
  answers("links", fd);
  say("addresses", ask(fd, RTM_GETADDR, NLM_F_DUMP, AF_UNSPEC, 8));
  answers("addresses", fd);
  say("addresses of IPv4", ask(fd, RTM_GETADDR, NLM_F_DUMP, AF_INET, 8));
  answers("addresses", fd);
  say("routes", ask(fd, RTM_GETROUTE, NLM_F_DUMP, AF_INET, 12));
  answers("routes", fd);
  say("nothing to answer", ask(fd, NLMSG_NOOP, 0, 0, 0));
  answers("nothing", fd);
  say("acknowledged", ask(fd, NLMSG_NOOP, NLM_F_ACK, 0, 0));
  answers("acknowledgement", fd);
  close(fd);
  close(other);
  struct ifaddrs *all;
  say("getifaddrs", getifaddrs(&all));
  for (struct ifaddrs *a = all; a; a = a->ifa_next)
    if (strcmp(a->ifa_name, "lo") == 0) {
      char host[64] = "";
      int family = a->ifa_addr->sa_family;
      if (family == AF_INET)
        inet_ntop(family, &((struct sockaddr_in *)a->ifa_addr)->sin_addr, host, sizeof host);
      if (family == AF_INET6)
        inet_ntop(family, &((struct sockaddr_in6 *)a->ifa_addr)->sin6_addr, host, sizeof host);
      printf("%s family %d flags %x %s\n", a->ifa_name, family, a->ifa_flags & ~IFF_RUNNING, host);
    }
  struct if_nameindex *n = if_nameindex();
  if (n)
    printf("first %u %s\n", n->if_index, n->if_name);
  else
    say("if_nameindex", -1);
}
