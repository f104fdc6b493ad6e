// Descriptors of events that a process on another node has inherited: both see the same.
#define _GNU_SOURCE
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { THERE = 10, BACK, TIMER, SET };

static void child(void) {
  eventfd_t value;
  eventfd_read(THERE, &value);
  printf("there %d\n", (int)value);
  struct epoll_event event;
  printf("epoll %d\n", epoll_wait(SET, &event, 1, 0));
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  struct itimerspec soon = {{0, 0}, now};
  soon.it_value.tv_nsec += 2000000;
  if (soon.it_value.tv_nsec >= 1000000000) {
    soon.it_value.tv_nsec -= 1000000000;
    soon.it_value.tv_sec++;
  }
  timerfd_settime(TIMER, TFD_TIMER_ABSTIME, &soon, NULL);
  printf("timer %d", epoll_wait(SET, &event, 1, -1));
  printf(" %d\n", event.data.fd);
  eventfd_write(BACK, 6);
}

int main(int count, char **words) {
  if (count == 2) {
    child();
    return 0;
  }
  setvbuf(stdout, NULL, _IONBF, 0);
  dup2(eventfd(0, 0), THERE);
  dup2(eventfd(0, 0), BACK);
  dup2(timerfd_create(CLOCK_MONOTONIC, 0), TIMER);
  dup2(epoll_create1(0), SET);
  struct epoll_event event = {EPOLLIN, {.fd = TIMER}};
  epoll_ctl(SET, EPOLL_CTL_ADD, TIMER, &event);
  if (fork() == 0) {
    execlp("onnode", "onnode", "1", words[0], "there", NULL);
    _exit(1);
  }
  eventfd_write(THERE, 5);
  struct pollfd p = {BACK, POLLIN, 0};
  int ready = poll(&p, 1, -1);
  wait(NULL);
  printf("poll %d\n", ready);
  eventfd_t value;
  eventfd_read(BACK, &value);
  printf("back %d\n", (int)value);
  return 0;
}
