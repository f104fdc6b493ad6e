// signalfd(2): what is read, what waits, poll, select and epoll of it, threads and children.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static sigset_t set;

static void say(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static void take(int fd) {
  struct signalfd_siginfo info[4];
  memset(info, 0xff, sizeof info);
  long bytes = read(fd, info, sizeof info);
  say("read", bytes);
  for (int i = 0; i < bytes / (long)sizeof *info; i++) {
    printf(" %d code %d %s uid %d status %d int %d\n", info[i].ssi_signo, info[i].ssi_code,
           info[i].ssi_pid == (unsigned)getpid() ? "own" : "other", info[i].ssi_uid,
           info[i].ssi_status, info[i].ssi_int);
  }
}

static int ready(int fd) {
  struct pollfd p = {fd, POLLIN | POLLOUT, 0};
  poll(&p, 1, 0);
  return p.revents;
}

static void basics(int fd) {
  printf("flags %#x\n", fcntl(fd, F_GETFL));
  printf("nothing %#x\n", ready(fd));
  take(fd);
  raise(SIGUSR1);
  raise(SIGUSR1);
  union sigval value = {.sival_int = 77};
  sigqueue(getpid(), SIGRTMIN, value);
  sigqueue(getpid(), SIGRTMIN, value);
  printf("something %#x\n", ready(fd));
  char small[127];
  say("small", read(fd, small, sizeof small));
  say("write", write(fd, small, sizeof small));
  take(fd);
  printf("nothing %#x\n", ready(fd));
  sigset_t other;
  sigemptyset(&other);
  sigaddset(&other, SIGUSR2);
  raise(SIGUSR2);
  say("other", signalfd(fd, &other, 0) == fd ? 0 : -1);
  take(fd);
  raise(SIGUSR1);
  printf("nothing %#x\n", ready(fd));
  say("all", signalfd(fd, &set, 0) == fd ? 0 : -1);
  take(fd);
  say("flags", signalfd(-1, &set, 1));
  say("no descriptor", signalfd(99, &set, 0));
  say("no signals", signalfd(0, &set, 0));
}

static void send_later(int signal) {
  if (fork() == 0) {
    kill(getppid(), signal);
    _exit(3);
  }
}

static void waits(int fd) {
  struct pollfd p = {fd, POLLIN, 0};
  struct epoll_event event = {EPOLLIN, {.u64 = 5}};
  fcntl(fd, F_SETFL, 0);
  send_later(SIGUSR1);
  take(fd);
  wait(NULL);
  send_later(SIGUSR1);
  printf("poll %d", poll(&p, 1, -1));
  printf(" %#x\n", p.revents);
  take(fd);
  wait(NULL);
  send_later(SIGUSR1);
  fd_set reads;
  FD_ZERO(&reads);
  FD_SET(fd, &reads);
  printf("select %d\n", select(fd + 1, &reads, NULL, NULL, NULL));
  take(fd);
  wait(NULL);
  int epoll = epoll_create1(0);
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  printf("epoll %d\n", epoll_wait(epoll, &event, 1, 0));
  send_later(SIGUSR1);
  printf("epoll %d", epoll_wait(epoll, &event, 1, -1));
  printf(" %#x\n", event.events);
  take(fd);
  wait(NULL);
  event.events = EPOLLIN | EPOLLET;
  epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event);
  raise(SIGUSR1);
  printf("edge %d\n", epoll_wait(epoll, &event, 1, 0));
  printf("edge %d\n", epoll_wait(epoll, &event, 1, 0));
  raise(SIGUSR2);
  printf("edge %d\n", epoll_wait(epoll, &event, 1, 0));
  take(fd);
  p.fd = epoll;
  event.events = EPOLLIN;
  epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event);
  send_later(SIGUSR1);
  printf("poll of epoll %d\n", poll(&p, 1, -1));
  take(fd);
  wait(NULL);
  close(epoll);
}

static void others(int fd) {
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child, NULL);
  signalfd(fd, &child, 0);
  if (fork() == 0) {
    _exit(7);
  }
  take(fd);
  wait(NULL);
  signalfd(fd, &set, 0);
  timer_t timer;
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
  event.sigev_value.sival_int = 11;
  struct itimerspec soon = {{0, 0}, {0, 1000000}};
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  timer_settime(timer, 0, &soon, NULL);
  struct signalfd_siginfo info;
  say("timer", read(fd, &info, sizeof info));
  printf(" %d code %d int %d overrun %d\n", info.ssi_signo == (unsigned)SIGRTMIN, info.ssi_code,
         info.ssi_int, info.ssi_overrun);
  if (fork() == 0) {
    raise(SIGUSR1);
    take(fd);
    exit(0);
  }
  wait(NULL);
  printf("nothing of a child's %#x\n", ready(fd));
}

static void *reader(void *argument) {
  take(*(int *)argument);
  return NULL;
}

static void threads(int fd) {
  pthread_t thread;
  pthread_create(&thread, NULL, reader, &fd);
  kill(getpid(), SIGUSR1);
  pthread_join(thread, NULL);
  pthread_create(&thread, NULL, reader, &fd);
  pthread_kill(thread, SIGUSR2);
  pthread_join(thread, NULL);
}

int main(void) {
  setvbuf(stdout, NULL, _IONBF, 0);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigaddset(&set, SIGUSR2);
  sigaddset(&set, SIGRTMIN);
  sigprocmask(SIG_BLOCK, &set, NULL);
  int fd = signalfd(-1, &set, SFD_NONBLOCK);
  basics(fd);
  waits(fd);
  others(fd);
  threads(fd);
  return 0;
}
