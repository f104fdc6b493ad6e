// epoll(7): errors, levels, edges, one-shots, what is gone, sets in sets, threads.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

static int set;

static void say(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static long control(int epoll, int operation, int fd, uint32_t events) {
  struct epoll_event event = {events, {.u64 = 0x100000000 + fd}};
  return epoll_ctl(epoll, operation, fd, &event);
}

static void await(int epoll, int timeout) {
  struct epoll_event events[8];
  int count = epoll_wait(epoll, events, 8, timeout);
  printf("%d:", count);
  for (int i = 0; i < count; i++) {
    printf(" %#x/%#llx", events[i].events, (unsigned long long)events[i].data.u64);
  }
  printf("%s\n", count < 0 ? strerror(errno) : "");
}

static void errors(void) {
  int pair[2], file = open("/tmp/file", O_RDWR | O_CREAT, 0600);
  pipe(pair);
  say("flags", epoll_create1(1));
  say("size", epoll_create(0));
  set = epoll_create1(EPOLL_CLOEXEC);
  printf("flags %#x %#x\n", fcntl(set, F_GETFL), fcntl(set, F_GETFD));
  say("file", control(set, EPOLL_CTL_ADD, file, EPOLLIN));
  say("itself", control(set, EPOLL_CTL_ADD, set, EPOLLIN));
  say("no epoll", control(pair[0], EPOLL_CTL_ADD, pair[1], EPOLLIN));
  say("no descriptor", control(99, EPOLL_CTL_ADD, pair[1], EPOLLIN));
  say("no target", control(set, EPOLL_CTL_ADD, 99, EPOLLIN));
  say("operation", control(set, 9, pair[0], EPOLLIN));
  say("missing", control(set, EPOLL_CTL_MOD, pair[0], EPOLLIN));
  say("missing", control(set, EPOLL_CTL_DEL, pair[0], 0));
  say("add", control(set, EPOLL_CTL_ADD, pair[0], EPOLLIN));
  say("twice", control(set, EPOLL_CTL_ADD, pair[0], EPOLLIN));
  say("exclusive", control(set, EPOLL_CTL_MOD, pair[0], EPOLLIN | EPOLLEXCLUSIVE));
  say("bad pointer", epoll_ctl(set, EPOLL_CTL_ADD, pair[1], (void *)8));
  struct epoll_event event;
  say("none wanted", epoll_wait(set, &event, 0, 0));
  say("no epoll", epoll_wait(pair[0], &event, 1, 0));
  say("no descriptor", epoll_wait(99, &event, 1, 0));
  char byte;
  say("read", read(set, &byte, 1));
  say("write", write(set, &byte, 1));
  close(set);
  close(pair[0]);
  close(pair[1]);
  close(file);
}

static void levels(void) {
  int pair[2], other;
  char bytes[10];
  pipe(pair);
  set = epoll_create1(0);
  control(set, EPOLL_CTL_ADD, pair[0], EPOLLIN);
  control(set, EPOLL_CTL_ADD, pair[1], EPOLLOUT | EPOLLET);
  puts("writable once");
  await(set, 0);
  await(set, 0);
  write(pair[1], "abc", 3);
  puts("readable until read");
  await(set, -1);
  await(set, 0);
  read(pair[0], bytes, 3);
  await(set, 0);
  puts("edges");
  control(set, EPOLL_CTL_MOD, pair[0], EPOLLIN | EPOLLET);
  write(pair[1], "abc", 3);
  await(set, 0);
  await(set, 0);
  read(pair[0], bytes, 1);
  await(set, 0);
  write(pair[1], "d", 1);
  await(set, 0);
  puts("set anew");
  control(set, EPOLL_CTL_MOD, pair[0], EPOLLIN | EPOLLET);
  await(set, 0);
  puts("one-shot");
  control(set, EPOLL_CTL_MOD, pair[0], EPOLLIN | EPOLLONESHOT);
  await(set, 0);
  write(pair[1], "e", 1);
  await(set, 0);
  control(set, EPOLL_CTL_MOD, pair[0], EPOLLIN | EPOLLONESHOT);
  await(set, 0);
  puts("gone");
  control(set, EPOLL_CTL_MOD, pair[0], EPOLLIN);
  other = dup(pair[0]);
  close(pair[0]);
  await(set, 0);
  close(pair[1]);
  await(set, 0);
  close(other);
  await(set, 0);
  close(set);
}

static void others(void) {
  int counter = eventfd(0, EFD_NONBLOCK), inner = epoll_create1(0);
  int timer = timerfd_create(CLOCK_MONOTONIC, 0);
  set = epoll_create1(0);
  say("inner", control(set, EPOLL_CTL_ADD, inner, EPOLLIN));
  say("loop", control(inner, EPOLL_CTL_ADD, set, EPOLLIN));
  control(inner, EPOLL_CTL_ADD, counter, EPOLLIN);
  await(set, 0);
  eventfd_write(counter, 1);
  await(set, 0);
  struct pollfd p = {set, POLLIN | POLLOUT | POLLRDNORM, 0};
  printf("poll %d", poll(&p, 1, 0));
  printf(" %#x\n", p.revents);
  await(inner, 0);
  eventfd_t value;
  eventfd_read(counter, &value);
  await(set, 0);
  control(inner, EPOLL_CTL_MOD, counter, EPOLLIN | EPOLLET);
  eventfd_write(counter, 1);
  await(inner, 0);
  eventfd_write(counter, 1);
  await(inner, 0);
  await(inner, 0);
  control(inner, EPOLL_CTL_DEL, counter, 0);
  struct itimerspec soon = {{0, 0}, {0, 1000000}};
  timerfd_settime(timer, 0, &soon, NULL);
  control(set, EPOLL_CTL_ADD, timer, EPOLLIN);
  await(set, -1);
  close(timer);
  await(set, 10);
  int chain[8];
  chain[0] = epoll_create1(0);
  for (int i = 1; i < 8; i++) {
    chain[i] = epoll_create1(0);
    say("chain", control(chain[i], EPOLL_CTL_ADD, chain[i - 1], EPOLLIN));
  }
  for (int i = 0; i < 8; i++) {
    close(chain[i]);
  }
  close(inner);
  close(counter);
  close(set);
}

static void *late(void *argument) {
  int *pair = argument;
  control(set, EPOLL_CTL_ADD, pair[0], EPOLLIN);
  write(pair[1], "x", 1);
  return NULL;
}

static void handler(int signal) { printf("signal %d\n", signal); }

static void waiting(void) {
  int pair[2];
  pthread_t thread;
  pipe(pair);
  set = epoll_create1(0);
  pthread_create(&thread, NULL, late, pair);
  struct epoll_event event;
  int count = epoll_wait(set, &event, 1, -1);
  printf("late %d %#x\n", count, event.events);
  pthread_join(thread, NULL);
  if (fork() == 0) {
    char byte;
    await(set, -1);
    read(pair[0], &byte, 1);
    close(pair[1]);
    _exit(0);
  }
  wait(NULL);
  await(set, 0);
  close(pair[1]);
  await(set, -1);
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGALRM, &action, NULL);
  control(set, EPOLL_CTL_DEL, pair[0], 0);
  sigset_t blocked, none;
  sigemptyset(&none);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGALRM);
  sigprocmask(SIG_BLOCK, &blocked, NULL);
  raise(SIGALRM);
  await(set, 1);
  say("pwait", epoll_pwait(set, &event, 1, -1, &none));
  await(set, 1);
}

int main(void) {
  setvbuf(stdout, NULL, _IONBF, 0);
  errors();
  levels();
  others();
  waiting();
  return 0;
}
