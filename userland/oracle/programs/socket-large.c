// Transfers of more than 64 KiB at once: streams, messages of every kind, with all calls; empty messages.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 400000 };
static unsigned char out[MOST], in[MOST];

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

static void same(const char *what, long result) {
  say(what, result);
  if (result > 0)
    printf("  %s\n", memcmp(in, out, result < MOST ? result : MOST) ? "differs" : "the same");
  memset(in, 0, sizeof in);
}

static void streams(void) {
  puts("-- streams");
  int s[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, s);
  say("write", write(s[0], out, 150000));
  same("recv", recv(s[1], in, MOST, 0));
  say("write", write(s[0], out, 150000));
  same("read", read(s[1], in, MOST));
  say("write", write(s[0], out, 150000));
  struct iovec v[3] = {{in, 70000}, {in + 70000, 10}, {in + 70010, 300000}};
  same("readv", readv(s[1], v, 3));
  say("write", write(s[0], out, 150000));
  struct msghdr m = {.msg_iov = v, .msg_iovlen = 3};
  same("recvmsg", recvmsg(s[1], &m, 0));
  say("write", write(s[0], out, 140000));
  same("a part", recv(s[1], in, 100000, 0));
  same("the rest", recv(s[1], in, 100000, MSG_DONTWAIT) == 40000 ? 0 : -1);
  same("nothing", recv(s[1], in, 100000, MSG_DONTWAIT));
  fflush(stdout);
  if (fork() == 0) {
    for (int i = 0; i < 10; i++)
      write(s[0], out + i * 30000, 30000);
    exit(0);
  }
  same("all of it", recv(s[1], in, 300000, MSG_WAITALL));
  wait(0);
  write(s[0], out, 100000);
  close(s[0]);
  same("before the end", recv(s[1], in, 300000, MSG_WAITALL));
  same("the end", recv(s[1], in, 300000, 0));
  close(s[1]);
}

static void messages(const char *what, int type) {
  printf("-- %s\n", what);
  int s[2];
  socketpair(AF_UNIX, type, 0, s);
  int size = 0;
  socklen_t bytes = sizeof size;
  getsockopt(s[0], SOL_SOCKET, SO_SNDBUF, &size, &bytes);
  printf("buffer %d\n", size);
  say("send", send(s[0], out, 100000, 0));
  same("recv", recv(s[1], in, MOST, 0));
  say("write", write(s[0], out, 65536));
  same("read", read(s[1], in, 65536));
  say("write", write(s[0], out, 120000));
  same("read", read(s[1], in, MOST));
  struct iovec v[3] = {{out, 70000}, {out + 70000, 10}, {out + 70010, 100000}};
  struct iovec w[2] = {{in, 100}, {in + 100, MOST - 100}};
  say("writev", writev(s[0], v, 3));
  same("readv", readv(s[1], w, 2));
  say("the largest", send(s[0], out, size - 32, 0));
  same("recv", recv(s[1], in, MOST, 0));
  say("too large", send(s[0], out, size - 31, 0));
  say("too large", write(s[0], out, size - 31));
  say("far too large", send(s[0], out, MOST, 0));
  say("send", send(s[0], out, 100000, 0));
  same("peek", recv(s[1], in, MOST, MSG_PEEK));
  same("cut", recv(s[1], in, 80000, 0));
  say("send", send(s[0], out, 100000, 0));
  same("cut and told", recv(s[1], in, 10, MSG_TRUNC));
  say("send", send(s[0], out, 100000, 0));
  same("cut further on and told", recv(s[1], in, 90000, MSG_TRUNC));
  same("nothing", recv(s[1], in, MOST, MSG_DONTWAIT));
  int p[2];
  pipe(p);
  union {
    char room[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } c;
  struct msghdr m = {.msg_iov = v, .msg_iovlen = 3, .msg_control = c.room, .msg_controllen = sizeof c.room};
  struct cmsghdr *h = CMSG_FIRSTHDR(&m);
  h->cmsg_level = SOL_SOCKET;
  h->cmsg_type = SCM_RIGHTS;
  h->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(h), p, sizeof(int));
  say("sendmsg with a descriptor", sendmsg(s[0], &m, 0));
  m.msg_iov = w;
  m.msg_iovlen = 2;
  same("recvmsg", recvmsg(s[1], &m, 0));
  h = CMSG_FIRSTHDR(&m);
  printf("flags %x control %s\n", m.msg_flags, h && h->cmsg_type == SCM_RIGHTS ? "rights" : "none");
  int got = -1;
  if (h)
    memcpy(&got, CMSG_DATA(h), sizeof got);
  write(p[1], "x", 1);
  char x = 0;
  say("through it", read(got, &x, 1));
  struct mmsghdr many[2] = {{.msg_hdr = {.msg_iov = v, .msg_iovlen = 2}}, {.msg_hdr = {.msg_iov = v, .msg_iovlen = 1}}};
  say("sendmmsg", sendmmsg(s[0], many, 2, 0));
  printf("%u %u\n", many[0].msg_len, many[1].msg_len);
  struct mmsghdr back[2] = {{.msg_hdr = {.msg_iov = w, .msg_iovlen = 2}}, {.msg_hdr = {.msg_iov = w, .msg_iovlen = 2}}};
  say("recvmmsg", recvmmsg(s[1], back, 2, 0, 0));
  printf("%u %u\n", back[0].msg_len, back[1].msg_len);
  while (send(s[0], out, 100000, MSG_DONTWAIT) > 0)
    ;
  say("full", send(s[0], out, 100000, MSG_DONTWAIT));
  struct timeval t = {0, 20000};
  setsockopt(s[0], SOL_SOCKET, SO_SNDTIMEO, &t, sizeof t);
  say("full for some time", send(s[0], out, 100000, 0));
  fflush(stdout);
  if (fork() == 0) {
    t.tv_usec = 0;
    setsockopt(s[0], SOL_SOCKET, SO_SNDTIMEO, &t, sizeof t);
    exit(send(s[0], out, 110000, 0) == 110000 ? 7 : 8);
  }
  long last = 0;
  do
    last = recv(s[1], in, MOST, 0);
  while (last == 100000);
  same("the last", last);
  int status;
  wait(&status);
  printf("after a wait: %d\n", WEXITSTATUS(status));
  int lost = 0;
  say("empty", send(s[0], out, 0, 0));
  say("empty", write(s[0], out, 0));
  say("empty", writev(s[0], v, 0));
  v[0].iov_len = 0;
  say("empty", writev(s[0], v, 1));
  struct pollfd f = {.fd = s[1], .events = POLLIN};
  while (poll(&f, 1, 0) == 1 && recv(s[1], in, MOST, MSG_DONTWAIT) == 0)
    lost++;
  printf("empty messages: %d\n", lost);
  say("read nothing", read(s[1], in, 0));
  close(s[0]);
  close(s[1]);
}

static void interrupted(int signal) { (void)signal; }

static void interruptions(void) {
  puts("-- interrupted");
  int s[2];
  socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
  struct sigaction a = {.sa_handler = interrupted};
  sigaction(SIGALRM, &a, 0);
  while (send(s[0], out, 100000, MSG_DONTWAIT) > 0)
    ;
  struct itimerval t = {{0, 20000}, {0, 20000}};
  setitimer(ITIMER_REAL, &t, 0);
  say("send", send(s[0], out, 100000, 0));
  memset(&t, 0, sizeof t);
  setitimer(ITIMER_REAL, &t, 0);
  while (recv(s[1], in, MOST, MSG_DONTWAIT) > 0)
    ;
  say("bad memory", send(s[0], (void *)8, 100000, 0));
  say("nothing came of it", recv(s[1], in, MOST, MSG_DONTWAIT));
  say("send", send(s[0], out, 100000, 0));
  same("recv", recv(s[1], in, MOST, 0));
}

static void packets(void) {
  puts("-- udp");
  int a = socket(AF_INET, SOCK_DGRAM, 0), b = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  bind(b, (struct sockaddr *)&at, sizeof at);
  getsockname(b, (struct sockaddr *)&at, &size);
  say("the largest", sendto(a, out, 65507, 0, (struct sockaddr *)&at, sizeof at));
  same("recv", recv(b, in, MOST, 0));
  say("too large", sendto(a, out, 65508, 0, (struct sockaddr *)&at, sizeof at));
  say("far too large", sendto(a, out, MOST, 0, (struct sockaddr *)&at, sizeof at));
  connect(a, (struct sockaddr *)&at, sizeof at);
  say("write", write(a, out, 65507));
  same("read", read(b, in, MOST));
  say("too large", write(a, out, 65508));
  say("too large", write(a, out, 65536));
  say("too large", write(a, out, 65537));
  say("empty", write(a, out, 0));
  say("recv", recv(b, in, MOST, 0));
  int icmp = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  memset(out, 0, 8);
  out[0] = 8;
  say("too large", sendto(icmp, out, 65536, 0, (struct sockaddr *)&at, sizeof at));
}

int main(void) {
  setvbuf(stdout, 0, _IOLBF, 0);
  for (int i = 0; i < MOST; i++)
    out[i] = i * 7 + i / 251;
  streams();
  messages("datagrams", SOCK_DGRAM);
  messages("packets", SOCK_SEQPACKET);
  interruptions();
  packets();
}
