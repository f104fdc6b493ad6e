// Descriptors and credentials in messages: passed on, cut, lost, in circles.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

static long send_fds(int to, const char *text, const int *fds, int count) {
  char control[CMSG_SPACE(260 * sizeof(int))];
  memset(control, 0, sizeof control);
  struct iovec data = {(void *)text, strlen(text)};
  struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE(count * sizeof(int))};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN(count * sizeof(int));
  memcpy(CMSG_DATA(c), fds, count * sizeof(int));
  return sendmsg(to, &m, 0);
}

static int got[16];

static int receive(const char *what, int from, int bytes, int room, int flags) {
  static char text[64];
  char control[512];
  struct iovec data = {text, bytes};
  struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = room};
  long result = recvmsg(from, &m, flags);
  if (result < 0) {
    say(what, result);
    return 0;
  }
  printf("%s: %ld '%.*s' control %zu%s%s", what, result, (int)result, text, m.msg_controllen,
         m.msg_flags & MSG_CTRUNC ? " cut" : "", m.msg_flags & MSG_CMSG_CLOEXEC ? " cloexec" : "");
  int count = 0;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
    if (c->cmsg_type == SCM_RIGHTS) {
      count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
      memcpy(got, CMSG_DATA(c), count * sizeof(int));
      printf(" fds %d", count);
    } else {
      struct ucred *who = (struct ucred *)CMSG_DATA(c);
      printf(" from %s uid %d gid %d", who->pid == getpid() ? "me" : who->pid ? "other" : "nobody", who->uid, who->gid);
    }
  }
  putchar('\n');
  return count;
}

static void passed(void) {
  int s[2], p[2];
  char buffer[8];
  puts("-- passed");
  socketpair(AF_UNIX, SOCK_STREAM, 0, s);
  pipe(p);
  write(s[0], "before", 6);
  say("send", send_fds(s[0], "with", p, 2));
  write(s[0], "after", 5);
  close(p[0]);
  receive("before", s[1], 6, 256, 0);
  receive("first byte", s[1], 1, 256, 0);
  write(p[1], "piped", 5);
  say("through it", read(got[0], buffer, sizeof buffer));
  printf("cloexec %d\n", fcntl(got[0], F_GETFD));
  receive("rest", s[1], 32, 256, 0);
  send_fds(s[0], "one", p + 1, 1);
  receive("cloexec", s[1], 32, 256, MSG_CMSG_CLOEXEC);
  printf("cloexec %d\n", fcntl(got[0], F_GETFD));
  int two[2] = {p[1], p[1]};
  send_fds(s[0], "none", two, 2);
  receive("no room", s[1], 32, 0, 0);
  send_fds(s[0], "peek", two, 2);
  receive("peek", s[1], 32, 256, MSG_PEEK);
  receive("taken", s[1], 32, 256, 0);
  int wrong = 99;
  say("closed one", send_fds(s[0], "x", &wrong, 1));
  int many[260];
  for (int i = 0; i < 260; i++)
    many[i] = p[1];
  say("too many", send_fds(s[0], "x", many, 254));
  say("many", send_fds(s[0], "x", many, 253));
  say("read alone", read(s[1], buffer, 8));
}

static void lost(void) {
  int s[2], p[2];
  char c;
  puts("-- lost");
  socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
  pipe(p);
  send_fds(s[0], "x", p + 1, 1);
  close(p[1]);
  struct pollfd wait = {.fd = p[0], .events = POLLIN};
  say("on its way", poll(&wait, 1, 0));
  close(s[0]);
  close(s[1]);
  poll(&wait, 1, 1000);
  say("end of pipe", read(p[0], &c, 1));
  pipe(p);
  socketpair(AF_UNIX, SOCK_STREAM, 0, s);
  int own[2] = {s[0], p[1]};
  send_fds(s[1], "x", own, 2);
  own[0] = s[1];
  send_fds(s[0], "y", own, 2);
  close(p[1]);
  close(s[0]);
  close(s[1]);
  wait.fd = p[0];
  poll(&wait, 1, 10000);
  say("end of circle", read(p[0], &c, 1));
}

static void credentials(int type, const char *name) {
  int s[2], on = 1;
  printf("-- credentials, %s\n", name);
  socketpair(AF_UNIX, type, 0, s);
  setsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
  write(s[0], "mine", 4);
  receive("mine", s[1], 32, 256, 0);
  int fd = dup(1);
  send_fds(s[0], "both", &fd, 1);
  receive("both", s[1], 32, 256, 0);
  fflush(stdout);
  if (fork() == 0) {
    if (setgid(1001) || setuid(1000))
      _exit(1);
    write(s[0], "child", 5);
    struct ucred claim = {.pid = 1, .uid = 0, .gid = 0};
    char control[CMSG_SPACE(sizeof claim)] = {0};
    struct iovec data = {"lie", 3};
    struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_CREDENTIALS;
    c->cmsg_len = CMSG_LEN(sizeof claim);
    memcpy(CMSG_DATA(c), &claim, sizeof claim);
    say("lie", sendmsg(s[0], &m, 0));
    fflush(stdout);
    _exit(0);
  }
  wait(NULL);
  receive("child", s[1], 32, 256, 0);
}

static void many(void) {
  int s[2];
  puts("-- many at once");
  socketpair(AF_UNIX, SOCK_DGRAM, 0, s);
  struct iovec in[3] = {{"one", 3}, {"three", 5}, {"", 0}};
  struct mmsghdr out[3] = {0};
  for (int i = 0; i < 3; i++) {
    out[i].msg_hdr.msg_iov = &in[i];
    out[i].msg_hdr.msg_iovlen = 1;
  }
  say("sendmmsg", sendmmsg(s[0], out, 3, 0));
  printf("%u %u %u\n", out[0].msg_len, out[1].msg_len, out[2].msg_len);
  char text[5][8];
  struct iovec places[5];
  struct mmsghdr into[5] = {0};
  for (int i = 0; i < 5; i++) {
    places[i] = (struct iovec){text[i], 4};
    into[i].msg_hdr.msg_iov = &places[i];
    into[i].msg_hdr.msg_iovlen = 1;
  }
  say("recvmmsg", recvmmsg(s[1], into, 5, MSG_WAITFORONE, NULL));
  printf("%u %u %u, cut %d\n", into[0].msg_len, into[1].msg_len, into[2].msg_len, !!(into[1].msg_hdr.msg_flags & MSG_TRUNC));
  say("none", recvmmsg(s[1], into, 5, MSG_DONTWAIT, NULL));
}

int main(void) {
  setvbuf(stdout, NULL, _IOFBF, 65536);
  passed();
  lost();
  credentials(SOCK_STREAM, "stream");
  credentials(SOCK_DGRAM, "datagrams");
  many();
  return 0;
}
