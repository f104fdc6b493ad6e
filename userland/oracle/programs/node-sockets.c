// Sockets whose ends are on two nodes: descriptors and credentials both ways, signals while waiting, ends that are killed.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

// Sends three descriptors, and who it is.
static void pass(int fd, const char *text, const int passed[3]) {
  union {
    char room[CMSG_SPACE(3 * sizeof(int)) + CMSG_SPACE(sizeof(struct ucred))];
    struct cmsghdr first;
  } control = {0};
  struct iovec data = {(char *)text, strlen(text)};
  struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(3 * sizeof(int));
  memcpy(CMSG_DATA(c), passed, 3 * sizeof(int));
  c = CMSG_NXTHDR(&m, c);
  struct ucred me = {getpid(), getuid(), getgid()};
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_CREDENTIALS, c->cmsg_len = CMSG_LEN(sizeof me);
  memcpy(CMSG_DATA(c), &me, sizeof me);
  if (sendmsg(fd, &m, 0) < 0)
    say("sendmsg", -1);
}

static const char *kind(int fd) {
  struct stat s;
  fstat(fd, &s);
  return S_ISREG(s.st_mode) ? "file" : S_ISFIFO(s.st_mode) ? "pipe" : S_ISSOCK(s.st_mode) ? "socket" : "?";
}

// Receives them, says what came, and writes through each.
static void take(const char *who, int fd, int sender) {
  char room[256], text[32] = {0};
  struct iovec data = {text, sizeof text - 1};
  struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
  say("received", recvmsg(fd, &m, MSG_CMSG_CLOEXEC));
  printf("%s got \"%s\"", who, text);
  for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
    if (c->cmsg_type == SCM_CREDENTIALS) {
      struct ucred from;
      memcpy(&from, CMSG_DATA(c), sizeof from);
      printf(" from %s %d:%d", from.pid == sender ? "the other" : "somebody", from.uid, from.gid);
    } else {
      int passed[3];
      memcpy(passed, CMSG_DATA(c), sizeof passed);
      for (int i = 0; i < 3; i++) {
        printf(" %s", kind(passed[i]));
        dprintf(passed[i], "%s through %s\n", who, kind(passed[i]));
        close(passed[i]);
      }
    }
  }
  printf("\n");
}

// A file, and ends of a pipe and of a pair of sockets that are given away; the others stay.
static void make(int given[3], int kept[3], const char *name) {
  int ends[2], pair[2];
  given[0] = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
  kept[0] = open(name, O_RDONLY);
  pipe(ends);
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  given[1] = ends[1], kept[1] = ends[0], given[2] = pair[1], kept[2] = pair[0];
}

static void show(const int kept[3]) {
  for (int i = 0; i < 3; i++) {
    char text[64];
    long bytes = read(kept[i], text, sizeof text);
    printf("%.*s", bytes > 0 ? (int)bytes : 0, text);
    close(kept[i]);
  }
}

static void give(int fd, const char *text, const char *name, int kept[3]) {
  int given[3];
  make(given, kept, name);
  pass(fd, text, given);
  for (int i = 0; i < 3; i++)
    close(given[i]);
}

static void child(int fd, int parent) {
  int on = 1, kept[3];
  char byte;
  setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
  write(fd, "r", 1);
  take("the child", fd, parent);
  fflush(stdout);
  write(fd, "t", 1);
  read(fd, &byte, 1);
  give(fd, "up", "/tmp/up", kept);
  read(fd, &byte, 1);
  show(kept);
  fflush(stdout);
}

static void passing(const char *node, int type) {
  int pair[2], kept[3], on = 1;
  char byte, end[8], me[16];
  socketpair(AF_UNIX, type, 0, pair);
  sprintf(end, "%d", pair[1]), sprintf(me, "%d", getpid());
  fflush(stdout);
  pid_t other = fork();
  if (other == 0) {
    close(pair[0]);
    execlp("onnode", "onnode", node, "/tmp/program", "child", end, me, NULL);
    _exit(1);
  }
  close(pair[1]);
  setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
  read(pair[0], &byte, 1);
  give(pair[0], "down", "/tmp/down", kept);
  fflush(stdout);
  read(pair[0], &byte, 1);
  show(kept);
  fflush(stdout);
  write(pair[0], "n", 1);
  take("the parent", pair[0], other);
  fflush(stdout);
  write(pair[0], "n", 1);
  waitpid(other, NULL, 0);
  close(pair[0]);
}

// ---- signals while a call waits

static volatile sig_atomic_t ticks;
static int to = -1;
static struct sockaddr_in at;

static void tick(int signal) {
  (void)signal;
  if (++ticks == 3 && to >= 0)
    write(to, "late", 4);
  else if (ticks == 3)
    connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&at, sizeof at);
}

static void ticking(int flags) {
  struct sigaction action = {.sa_handler = tick, .sa_flags = flags};
  sigaction(SIGALRM, &action, NULL);
  struct itimerval timer = {{0, 20000}, {0, 20000}}, off = {{0, 0}, {0, 0}};
  ticks = 0;
  setitimer(ITIMER_REAL, flags < 0 ? &off : &timer, NULL);
}

static void quiet(void) {
  struct itimerval off = {{0, 0}, {0, 0}};
  setitimer(ITIMER_REAL, &off, NULL);
}

static void interrupted(void) {
  int pair[2];
  char text[8];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  socklen_t size = sizeof at;
  at.sin_family = AF_INET, at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(listener, (void *)&at, size);
  listen(listener, 4);
  getsockname(listener, (void *)&at, &size);
  to = 999;
  ticking(0);
  say("recv", recv(pair[0], text, 8, 0));
  say("accept", accept(listener, NULL, NULL));
  to = pair[1];
  ticking(SA_RESTART);
  say("recv again", recv(pair[0], text, 8, 0));
  to = -1;
  ticking(SA_RESTART);
  int server = accept(listener, NULL, NULL);
  quiet();
  printf("accept again: %d\n", server >= 0);
  fflush(stdout);
}

// ---- an end is killed with who has it

static void killed(const char *node, int family, int unread) {
  int pair[2];
  char end[8], byte, text[8];
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof name;
  if (family == AF_UNIX) {
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  } else {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (void *)&name, size);
    listen(listener, 1);
    getsockname(listener, (void *)&name, &size);
    pair[0] = socket(AF_INET, SOCK_STREAM, 0);
    connect(pair[0], (void *)&name, size);
    pair[1] = accept(listener, NULL, NULL);
    close(listener);
  }
  fflush(stdout);
  sprintf(end, "%d", pair[1]);
  pid_t other = fork();
  if (other == 0) {
    close(pair[0]);
    execlp("onnode", "onnode", node, "/tmp/program", "hold", end, NULL);
    _exit(1);
  }
  close(pair[1]);
  read(pair[0], &byte, 1);
  if (unread)
    write(pair[0], "unread", 6);
  kill(other, SIGKILL);
  int status;
  waitpid(other, &status, 0);
  printf("%s%s, killed by %d\n", family == AF_UNIX ? "unix" : "tcp", unread ? " with unread bytes" : "", WTERMSIG(status));
  say("read", read(pair[0], text, 8));
  say("read", read(pair[0], text, 8));
  if (family == AF_UNIX || unread)
    say("write", send(pair[0], text, 1, MSG_NOSIGNAL));
  close(pair[0]);
}

int main(int count, char **words) {
  (void)count;
  if (strcmp(words[1], "child") == 0) {
    child(atoi(words[2]), atoi(words[3]));
  } else if (strcmp(words[1], "hold") == 0) {
    write(atoi(words[2]), "r", 1);
    for (;;)
      pause();
  } else if (strcmp(words[1], "signals") == 0) {
    interrupted();
  } else {
    passing(words[1], SOCK_STREAM);
    passing(words[1], SOCK_DGRAM);
    passing(words[1], SOCK_SEQPACKET);
    killed(words[1], AF_UNIX, 0);
    killed(words[1], AF_UNIX, 1);
    killed(words[1], AF_INET, 0);
    killed(words[1], AF_INET, 1);
  }
  return 0;
}
