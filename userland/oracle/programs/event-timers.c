// timerfd(2): one-shot and periodic, relative and absolute, errors, poll, and what waits.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void say(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static long set(int fd, int flags, long nanos, long interval, struct itimerspec *old) {
  struct itimerspec spec = {{interval / 1000000000, interval % 1000000000},
                            {nanos / 1000000000, nanos % 1000000000}};
  return timerfd_settime(fd, flags, &spec, old);
}

static uint64_t ticks(int fd) {
  uint64_t count = 0;
  return read(fd, &count, sizeof count) == sizeof count ? count : 0;
}

static void errors(void) {
  say("clock", timerfd_create(2, 0));
  say("clock", timerfd_create(99, 0));
  say("flags", timerfd_create(CLOCK_MONOTONIC, 1));
  int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  printf("flags %#x\n", fcntl(fd, F_GETFL));
  struct itimerspec spec = {{0, 0}, {0, 1000000000}};
  say("nanoseconds", timerfd_settime(fd, 0, &spec, NULL));
  spec.it_value.tv_nsec = -1;
  say("negative", timerfd_settime(fd, 0, &spec, NULL));
  spec.it_value.tv_nsec = 1;
  say("settime flags", timerfd_settime(fd, 8, &spec, NULL));
  say("no timer", timerfd_settime(0, 0, &spec, NULL));
  say("no descriptor", timerfd_settime(99, 0, &spec, NULL));
  say("no descriptor", timerfd_gettime(99, &spec));
  say("bad pointer", timerfd_settime(fd, 0, (void *)8, NULL));
  uint64_t count;
  say("not set", read(fd, &count, 8));
  set(fd, 0, 1, 0, NULL);
  say("small", read(fd, &count, 7));
  say("write", write(fd, &count, 8));
  close(fd);
}

static void once(int clock) {
  int fd = timerfd_create(clock, 0);
  struct itimerspec old;
  set(fd, 0, 3600000000000, 7000000000, NULL);
  say("gettime", timerfd_gettime(fd, &old));
  printf("%d %ld\n", old.it_value.tv_sec >= 3500, (long)old.it_interval.tv_sec);
  say("settime", set(fd, 0, 2000000, 0, &old));
  printf("%d %ld\n", old.it_value.tv_sec >= 3500, (long)old.it_interval.tv_sec);
  struct pollfd p = {fd, POLLIN | POLLOUT, 0};
  printf("poll %d", poll(&p, 1, -1));
  printf(" %#x\n", p.revents);
  printf("ticks %d\n", (int)ticks(fd));
  printf("poll %d\n", poll(&p, 1, 0));
  say("gettime", timerfd_gettime(fd, &old));
  printf("%ld %ld\n", (long)old.it_value.tv_sec, old.it_value.tv_nsec);
  say("past", set(fd, TFD_TIMER_ABSTIME, 1, 0, NULL));
  printf("ticks %d\n", (int)ticks(fd));
  struct timespec now;
  clock_gettime(clock, &now);
  say("soon",
      set(fd, TFD_TIMER_ABSTIME | (clock == CLOCK_REALTIME ? TFD_TIMER_CANCEL_ON_SET : 0),
          now.tv_sec * 1000000000 + now.tv_nsec + 3000000, 0, NULL));
  printf("ticks %d\n", (int)ticks(fd));
  close(fd);
}

static void periodic(void) {
  int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  set(fd, 0, 1000000, 1000000, NULL);
  uint64_t count = 0;
  while (count < 20) {
    count += ticks(fd);
  }
  printf("went off\n");
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  long first = now.tv_sec * 1000000000 + now.tv_nsec - 10000000000;
  set(fd, TFD_TIMER_ABSTIME, first > 0 ? first : 1, 1000000000, NULL);
  count = ticks(fd);
  printf("missed %s\n", count >= 1 && count <= 12 ? "some" : "none");
  set(fd, 0, 0, 1000000, NULL);
  struct pollfd p = {fd, POLLIN, 0};
  printf("disarmed %d\n", poll(&p, 1, 20));
  close(fd);
}

static void inherited(void) {
  int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  if (fork() == 0) {
    set(fd, 0, 1000000, 0, NULL);
    _exit(0);
  }
  printf("of a child %d\n", (int)ticks(fd));
  wait(NULL);
}

int main(void) {
  setvbuf(stdout, NULL, _IONBF, 0);
  errors();
  once(CLOCK_MONOTONIC);
  once(CLOCK_REALTIME);
  once(CLOCK_BOOTTIME);
  periodic();
  inherited();
  return 0;
}
