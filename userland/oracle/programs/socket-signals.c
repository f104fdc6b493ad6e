// Signal-driven I/O: owners of sockets and pipes, SIGIO and the signals of F_SETSIG, with what they tell.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIOSETOWN_ 0x8901
#define FIOGETOWN_ 0x8903

static void say(const char *what, long result) {
  if (result < 0)
    printf("%s: %s\n", what, strerrorname_np(errno));
  else
    printf("%s: %ld\n", what, result);
}

// Who owns: by name, for numbers differ.
static void owner(const char *what, int fd) {
  long who = fcntl(fd, F_GETOWN);
  struct f_owner_ex more = {9, 9};
  fcntl(fd, F_GETOWN_EX, &more);
  printf("%s: %s, kind %d\n", what, who == 0 ? "nobody" : who == getpid() ? "me" : who == -getpgrp() ? "my group" : "?",
         more.type);
}

static int signals[] = {SIGIO, SIGURG, SIGUSR1, SIGCHLD, 0};

// Waits for the next signal, and tells what comes with it.
static void next(const char *what) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; signals[i]; i++)
    sigaddset(&set, signals[i]);
  sigaddset(&set, SIGRTMIN + 1);
  struct timespec limit = {20, 0};
  siginfo_t info;
  int signal = sigtimedwait(&set, &info, &limit);
  if (signal < 0) {
    say(what, signal);
    return;
  }
  const char *name = signal == SIGRTMIN + 1 ? "RT" : sigabbrev_np(signal);
  if (info.si_code == SI_KERNEL || info.si_code == SI_USER || signal == SIGIO)
    printf("%s: %s, code %#x\n", what, name, info.si_code);
  else
    printf("%s: %s, code %d band %#lx fd %d\n", what, name, info.si_code, info.si_band, info.si_fd);
}

// Whatever was sent before a signal of one's own has come by then, and nothing else is there.
static void none(const char *what) {
  sigset_t set;
  sigpending(&set);
  int any = 0;
  for (int i = 0; signals[i]; i++)
    any |= sigismember(&set, signals[i]);
  printf("%s: %s\n", what, any || sigismember(&set, SIGRTMIN + 1) ? "a signal" : "no signal");
}

static void async(int fd, int on) {
  int flags = fcntl(fd, F_GETFL);
  fcntl(fd, F_SETFL, on ? flags | O_ASYNC : flags & ~O_ASYNC);
}

static void owners(void) {
  int pair[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  owner("at first", pair[0]);
  say("set", fcntl(pair[0], F_SETOWN, getpid()));
  owner("then", pair[0]);
  say("group", fcntl(pair[0], F_SETOWN, -getpgrp()));
  owner("then", pair[0]);
  say("none such", fcntl(pair[0], F_SETOWN, 999999));
  say("no such group", fcntl(pair[0], F_SETOWN, -999999));
  say("least", fcntl(pair[0], F_SETOWN, INT_MIN));
  owner("still", pair[0]);
  struct f_owner_ex tid = {F_OWNER_TID, getpid()};
  say("thread", fcntl(pair[0], F_SETOWN_EX, &tid));
  owner("then", pair[0]);
  tid.type = 3;
  say("unknown kind", fcntl(pair[0], F_SETOWN_EX, &tid));
  say("nowhere", fcntl(pair[0], F_SETOWN_EX, (void *)8));
  say("nobody", fcntl(pair[0], F_SETOWN, 0));
  owner("then", pair[0]);
  int pid = getpid();
  say("FIOSETOWN", ioctl(pair[1], FIOSETOWN_, &pid));
  owner("then", pair[1]);
  pid = 1;
  say("FIOGETOWN", ioctl(pair[1], FIOGETOWN_, &pid));
  printf("is me: %d\n", pid == getpid());
  pid = -getpgrp();
  say("SIOCSPGRP", ioctl(pair[1], 0x8902, &pid));
  say("SIOCGPGRP", ioctl(pair[1], 0x8904, &pid));
  printf("is my group: %d\n", pid == -getpgrp());
  say("F_GETSIG", fcntl(pair[1], F_GETSIG));
  say("F_SETSIG", fcntl(pair[1], F_SETSIG, SIGUSR1));
  say("F_GETSIG", fcntl(pair[1], F_GETSIG));
  say("F_SETSIG 65", fcntl(pair[1], F_SETSIG, 65));
  say("F_SETSIG -1", fcntl(pair[1], F_SETSIG, -1));
  int other = dup(pair[1]);
  say("of a duplicate", fcntl(other, F_GETSIG));
  owner("of a duplicate", other);
  pid_t child = fork();
  if (child == 0) {
    fcntl(pair[1], F_SETOWN, getpid());
    _exit(0);
  }
  waitpid(child, NULL, 0);
  owner("of who has ended", pair[1]);
  close(pair[0]);
  close(pair[1]);
  close(other);
}

static void kinds(void) {
  int on = 1, file = open("/tmp", O_RDONLY), place = open("/tmp", O_PATH), event = eventfd(0, 0), ends[2];
  pipe(ends);
  say("O_PATH F_SETOWN", fcntl(place, F_SETOWN, getpid()));
  say("O_PATH F_GETOWN", fcntl(place, F_GETOWN));
  say("O_PATH F_GETSIG", fcntl(place, F_GETSIG));
  say("folder F_SETOWN", fcntl(file, F_SETOWN, getpid()));
  owner("of a folder", file);
  async(file, 1);
  printf("folder async: %d\n", !!(fcntl(file, F_GETFL) & O_ASYNC));
  say("folder FIOASYNC", ioctl(file, FIOASYNC, &on));
  async(event, 1);
  printf("eventfd async: %d\n", !!(fcntl(event, F_GETFL) & O_ASYNC));
  say("eventfd FIOASYNC", ioctl(event, FIOASYNC, &on));
  say("pipe FIOASYNC", ioctl(ends[0], FIOASYNC, &on));
  printf("pipe async: %d\n", !!(fcntl(ends[0], F_GETFL) & O_ASYNC));
  on = 0;
  say("pipe FIOASYNC off", ioctl(ends[0], FIOASYNC, &on));
  say("folder FIOASYNC off", ioctl(file, FIOASYNC, &on));
  printf("pipe async: %d\n", !!(fcntl(ends[0], F_GETFL) & O_ASYNC));
  say("pipe FIOSETOWN", ioctl(ends[0], FIOSETOWN_, &on));
  close(file), close(place), close(event), close(ends[0]), close(ends[1]);
}

static void pipes(void) {
  int ends[2];
  char bytes[8];
  pipe(ends);
  fcntl(ends[0], F_SETOWN, getpid());
  async(ends[0], 1);
  write(ends[1], "a", 1);
  next("written");
  read(ends[0], bytes, 8);
  fcntl(ends[0], F_SETSIG, SIGRTMIN + 1);
  write(ends[1], "a", 1);
  write(ends[1], "b", 1);
  next("RT, one");
  next("RT, two");
  fcntl(ends[0], F_SETSIG, SIGIO);
  write(ends[1], "a", 1);
  next("SIGIO with reasons");
  fcntl(ends[0], F_SETSIG, SIGCHLD);
  write(ends[1], "a", 1);
  next("a signal with codes of its own");
  fcntl(ends[0], F_SETSIG, 0);
  fcntl(ends[1], F_SETOWN, getpid());
  fcntl(ends[1], F_SETSIG, SIGUSR1);
  async(ends[1], 1);
  read(ends[0], bytes, 8);
  next("read");
  async(ends[1], 0);
  read(ends[0], bytes, 0);
  close(ends[1]);
  next("no writer");
  close(ends[0]);
  none("nothing else");
}

static void streams(int family) {
  int pair[2], type = family == AF_UNIX ? SOCK_STREAM : SOCK_DGRAM;
  char bytes[8];
  if (family == AF_UNIX) {
    socketpair(family, type, 0, pair);
  } else {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    pair[0] = socket(family, type, 0), pair[1] = socket(family, type, 0);
    bind(pair[0], (void *)&at, size);
    getsockname(pair[0], (void *)&at, &size);
    connect(pair[1], (void *)&at, size);
  }
  fcntl(pair[0], F_SETOWN, getpid());
  async(pair[0], 1);
  write(pair[1], "a", 1);
  next("came");
  fcntl(pair[0], F_SETSIG, SIGUSR1);
  write(pair[1], "b", 1);
  next("came, with reason");
  async(pair[0], 0);
  write(pair[1], "c", 1);
  none("off");
  recv(pair[0], bytes, 8, 0);
  async(pair[0], 1);
  int copy = dup(pair[0]);
  close(pair[0]);
  write(pair[1], "d", 1);
  next("by a duplicate");
  close(pair[1]);
  if (family == AF_UNIX)
    next("closed");
  close(copy);
}

static void connections(void) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
  bind(listener, (void *)&at, size);
  listen(listener, 4);
  getsockname(listener, (void *)&at, &size);
  fcntl(listener, F_SETOWN, getpid());
  fcntl(listener, F_SETSIG, SIGUSR1);
  async(listener, 1);
  say("connect", connect(client, (void *)&at, size));
  next("a connection");
  int server = accept(listener, NULL, NULL);
  printf("accepted: %s\n", fcntl(server, F_GETFL) & O_ASYNC ? "async" : "not async");
  owner("accepted", server);
  fcntl(client, F_SETOWN, getpid());
  fcntl(client, F_SETSIG, SIGRTMIN + 1);
  async(client, 1);
  write(server, "x", 1);
  next("bytes");
  shutdown(server, SHUT_WR);
  next("no more bytes");
  close(server), close(client), close(listener);
}

// A child of another user is told by nobody but who may signal it.
static void permissions(void) {
  int pair[2], ready[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  pipe(ready);
  pid_t child = fork();
  if (child == 0) {
    setresuid(7, 7, 7);
    write(ready[1], "r", 1);
    next("of a process of another user");
    fflush(stdout);
    _exit(0);
  }
  char byte;
  read(ready[0], &byte, 1);
  pid_t setter = fork();
  if (setter == 0) {
    setresuid(8, 8, 8);
    fcntl(pair[0], F_SETOWN, child);
    fcntl(pair[0], F_SETSIG, SIGUSR1);
    async(pair[0], 1);
    _exit(0);
  }
  waitpid(setter, NULL, 0);
  write(pair[1], "x", 1);
  fcntl(pair[0], F_SETOWN, child);
  fcntl(pair[0], F_SETSIG, SIGIO);
  write(pair[1], "y", 1);
  waitpid(child, NULL, 0);
}

// What does not fit into the queue of signals is a plain SIGIO.
static void overflow(void) {
  int ends[2];
  pipe(ends);
  struct rlimit limit = {0, 0};
  setrlimit(RLIMIT_SIGPENDING, &limit);
  fcntl(ends[0], F_SETOWN, getpid());
  fcntl(ends[0], F_SETSIG, SIGRTMIN + 1);
  async(ends[0], 1);
  write(ends[1], "x", 1);
  next("without room");
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; signals[i]; i++)
    sigaddset(&set, signals[i]);
  sigaddset(&set, SIGRTMIN + 1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  signals[3] = 0;
  owners();
  signals[3] = SIGCHLD;
  struct timespec now = {0, 0};
  sigtimedwait(&set, NULL, &now);
  kinds();
  pipes();
  streams(AF_UNIX);
  streams(AF_INET);
  connections();
  signals[3] = 0;
  permissions();
  overflow();
  return 0;
}
