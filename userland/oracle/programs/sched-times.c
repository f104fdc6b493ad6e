// Times that are true: in programs and in calls, of threads, processes and children.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void say(const char *what, int yes) { printf("%s: %s\n", what, yes ? "yes" : "no"); }

static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }

static double clock_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static struct rusage usage(int who) {
  struct rusage u;
  getrusage(who, &u);
  return u;
}

static volatile long sink;

// Computes until this thread has had so much CPU time.
static void spin(double time) {
  double end = clock_of(CLOCK_THREAD_CPUTIME_ID) + time;
  while (clock_of(CLOCK_THREAD_CPUTIME_ID) < end)
    for (int i = 0; i < 200000; i++) sink += i;
}

static void call(double time) {
  double end = clock_of(CLOCK_PROCESS_CPUTIME_ID) + time;
  char data[4096];
  int zero = open("/dev/zero", O_RDONLY);
  while (clock_of(CLOCK_PROCESS_CPUTIME_ID) < end)
    for (int i = 0; i < 200; i++)
      if (read(zero, data, sizeof data) != sizeof data) exit(1);
  close(zero);
}

static void *spinning(void *time) {
  spin(*(double *)time);
  struct rusage own = usage(RUSAGE_THREAD);
  double all = seconds(own.ru_utime) + seconds(own.ru_stime);
  say("a thread's usage is its clock", all > 0.15 && all < clock_of(CLOCK_THREAD_CPUTIME_ID) + 0.02);
  return NULL;
}

static volatile sig_atomic_t rung;

static void ring(int signal) {
  (void)signal;
  rung++;
}

static void timer(clockid_t clock, const char *what) {
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  struct itimerspec when = {{0, 0}, {0, 50000000}};
  timer_t timer;
  rung = 0;
  signal(SIGUSR1, ring);
  double before = clock_of(clock);
  if (timer_create(clock, &event, &timer) != 0 || timer_settime(timer, 0, &when, NULL) != 0) {
    perror(what);
    return;
  }
  while (!rung && clock_of(clock) < before + 2)
    for (int i = 0; i < 20000; i++) sink += i;
  double taken = clock_of(clock) - before;
  say(what, rung == 1 && taken >= 0.045);
  timer_delete(timer);
}

int main(void) {
  struct rusage before = usage(RUSAGE_SELF);
  spin(0.3);
  struct rusage after = usage(RUSAGE_SELF);
  double user = seconds(after.ru_utime) - seconds(before.ru_utime);
  double system = seconds(after.ru_stime) - seconds(before.ru_stime);
  say("who computes has user time", user > 0.2);
  say("and little system time", system < user / 4);

  before = after;
  call(0.3);
  after = usage(RUSAGE_SELF);
  system = seconds(after.ru_stime) - seconds(before.ru_stime);
  say("who calls has system time", system > 0.03);

  double all = seconds(after.ru_utime) + seconds(after.ru_stime);
  double now = clock_of(CLOCK_PROCESS_CPUTIME_ID);
  say("both are the clock of the process", now >= all - 0.02 && now < all + 0.1);

  struct tms t;
  times(&t);
  double ticks = sysconf(_SC_CLK_TCK);
  say("times says the same", (t.tms_utime + t.tms_stime) / ticks > all - 0.05);

  fflush(stdout);
  int done[2];
  char end;
  struct rusage earlier = usage(RUSAGE_CHILDREN);
  if (pipe(done) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    spin(0.2);
    if (write(done[1], "x", 1) != 1) _exit(1);
    _exit(0);
  }
  if (read(done[0], &end, 1) != 1) return 1;
  struct rusage of_child;
  int status;
  say("a child's time is not its parent's", seconds(usage(RUSAGE_CHILDREN).ru_utime) == seconds(earlier.ru_utime));
  wait4(child, &status, 0, &of_child);
  say("wait4 tells the child's", seconds(of_child.ru_utime) > 0.15 && seconds(of_child.ru_utime) < 1);
  struct rusage children = usage(RUSAGE_CHILDREN);
  say("and so do the children's", seconds(children.ru_utime) > 0.15);
  times(&t);
  say("and times", t.tms_cutime / ticks > 0.13);

  pthread_t thread;
  double time = 0.2;
  pthread_create(&thread, NULL, spinning, &time);
  pthread_join(thread, NULL);
  say("the time of threads is the process's", clock_of(CLOCK_PROCESS_CPUTIME_ID) > now + 0.18);

  struct rusage idle = usage(RUSAGE_SELF);
  // A nap that is over before anything else could run gives nothing up.
  struct timespec nap = {0, 10000000};
  for (int i = 0; i < 20; i++) nanosleep(&nap, NULL);
  after = usage(RUSAGE_SELF);
  say("who sleeps gives up the processor", after.ru_nvcsw - idle.ru_nvcsw >= 10);

  timer(CLOCK_PROCESS_CPUTIME_ID, "a timer of the process's time rings");
  timer(CLOCK_THREAD_CPUTIME_ID, "a timer of the thread's time rings");
  return 0;
}
