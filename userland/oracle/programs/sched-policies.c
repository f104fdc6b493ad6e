// Scheduling policies: who may have what, what is refused and how, what a child has.
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define RESET 0x40000000

struct attributes {
  unsigned size, policy;
  unsigned long flags;
  int nice;
  unsigned priority;
  unsigned long runtime, deadline, period;
  unsigned least, most;
};

static void say(const char *what, long result) {
  printf("%s: %ld%s%s\n", what, result, result < 0 ? " " : "", result < 0 ? strerror(errno) : "");
  errno = 0;
}

static void in_child(const char *what) {
  fflush(stdout);
  if (fork() == 0) {
    printf("%s: child has policy %#x, nice %d\n", what, sched_getscheduler(0), getpriority(PRIO_PROCESS, 0));
    fflush(stdout);
    _exit(0);
  }
  wait(NULL);
}

static void policies(void) {
  struct sched_param zero = {0}, one = {1}, hundred = {100};
  say("SCHED_FIFO", sched_setscheduler(0, SCHED_FIFO, &one));
  say("SCHED_RR", sched_setscheduler(0, SCHED_RR, &one));
  say("SCHED_FIFO without priority", sched_setscheduler(0, SCHED_FIFO, &zero));
  say("SCHED_FIFO, priority 100", sched_setscheduler(0, SCHED_FIFO, &hundred));
  say("SCHED_OTHER with priority", sched_setscheduler(0, SCHED_OTHER, &one));
  say("no such policy", sched_setscheduler(0, 4, &zero));
  say("negative policy", sched_setscheduler(0, -1, &zero));
  say("no parameter", sched_setscheduler(0, SCHED_OTHER, NULL));
  say("no such process", sched_setscheduler(999999, SCHED_OTHER, &zero));
  say("negative process", sched_setscheduler(-1, SCHED_OTHER, &zero));
  say("SCHED_BATCH", sched_setscheduler(0, SCHED_BATCH, &zero));
  say("is now", sched_getscheduler(0));
  in_child("SCHED_BATCH");
  say("parameter 0", sched_setparam(0, &zero));
  say("parameter 1", sched_setparam(0, &one));
  say("parameter", sched_getparam(0, &one));
  printf("priority %d\n", one.sched_priority);
  say("SCHED_OTHER", sched_setscheduler(0, SCHED_OTHER, &zero));
  say("of nobody", sched_getscheduler(999999));
  say("of a negative one", sched_getscheduler(-1));
}

static void attributes(void) {
  struct attributes a;
  memset(&a, 0, sizeof a);
  say("get", syscall(SYS_sched_getattr, 0, &a, 48, 0));
  printf("size %u policy %u flags %#lx nice %d priority %u\n", a.size, a.policy, a.flags, a.nice, a.priority);
  say("get too little", syscall(SYS_sched_getattr, 0, &a, 40, 0));
  say("get with flags", syscall(SYS_sched_getattr, 0, &a, 48, 1));
  say("get of nobody", syscall(SYS_sched_getattr, 999999, &a, 48, 0));
  memset(&a, 0, sizeof a);
  a.size = 48;
  a.nice = 4;
  say("set nice 4", syscall(SYS_sched_setattr, 0, &a, 0));
  say("nice", getpriority(PRIO_PROCESS, 0));
  a.nice = 1;
  say("set nice 1", syscall(SYS_sched_setattr, 0, &a, 0));
  a.nice = 4;
  a.policy = SCHED_FIFO;
  a.priority = 3;
  say("set SCHED_FIFO", syscall(SYS_sched_setattr, 0, &a, 0));
  a.policy = 9;
  say("set no policy", syscall(SYS_sched_setattr, 0, &a, 0));
  a.policy = SCHED_BATCH;
  a.priority = 0;
  a.flags = 1UL << 40;
  say("set no flag", syscall(SYS_sched_setattr, 0, &a, 0));
  a.flags = 0;
  a.size = 20;
  say("set a small one", syscall(SYS_sched_setattr, 0, &a, 0));
  a.size = 48;
  say("set with flags", syscall(SYS_sched_setattr, 0, &a, 1));
}

static void reset(void) {
  struct sched_param zero = {0};
  say("reset on fork", sched_setscheduler(0, SCHED_BATCH | RESET, &zero));
  printf("policy %#x\n", sched_getscheduler(0));
  in_child("reset on fork");
  say("taken back", sched_setscheduler(0, SCHED_BATCH, &zero));
  printf("policy %#x\n", sched_getscheduler(0));
}

static void idle(void) {
  struct sched_param zero = {0};
  fflush(stdout);
  if (fork() == 0) {
    say("SCHED_IDLE", sched_setscheduler(0, SCHED_IDLE, &zero));
    say("and back", sched_setscheduler(0, SCHED_OTHER, &zero));
    say("is", sched_getscheduler(0));
    fflush(stdout);
    _exit(0);
  }
  wait(NULL);
}

static void nice_values(void) {
  say("lower than 4", setpriority(PRIO_PROCESS, 0, 3));
  say("higher than 4", setpriority(PRIO_PROCESS, 0, 10));
  say("much higher", setpriority(PRIO_PROCESS, 0, 100));
  say("is", getpriority(PRIO_PROCESS, 0));
  say("nobody's", setpriority(PRIO_PROCESS, 999999, 10));
  say("of no kind", setpriority(7, 0, 10));
  in_child("nice");
  struct rlimit r;
  getrlimit(RLIMIT_NICE, &r);
  printf("RLIMIT_NICE %ld %ld\n", (long)r.rlim_cur, (long)r.rlim_max);
  getrlimit(RLIMIT_RTPRIO, &r);
  printf("RLIMIT_RTPRIO %ld %ld\n", (long)r.rlim_cur, (long)r.rlim_max);
}

int main(void) {
  policies();
  attributes();
  reset();
  idle();
  nice_values();
  for (int policy = 0; policy <= 6; policy++) {
    printf("policy %d: priorities %d to %d\n", policy, sched_get_priority_min(policy), sched_get_priority_max(policy));
  }
  struct timespec t;
  say("interval of nobody", sched_rr_get_interval(999999, &t));
  say("interval of a negative one", sched_rr_get_interval(-1, &t));
  say("yield", sched_yield());
  return 0;
}
