// CPU time over an exec on another node; timers that count the time of one thread.
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double clock_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void say(const char *what, int yes) { printf("%s: %s\n", what, yes ? "yes" : "no"); }

static volatile long sink;

static void spin(double time) {
  double end = clock_of(CLOCK_THREAD_CPUTIME_ID) + time;
  while (clock_of(CLOCK_THREAD_CPUTIME_ID) < end)
    for (int i = 0; i < 50000; i++) sink += i;
}

static void *spinning(void *time) {
  spin(*(double *)time);
  return NULL;
}

static volatile sig_atomic_t rung;

static void ring(int signal) {
  (void)signal;
  rung = 1;
}

static timer_t timer_of(clockid_t clock, double seconds) {
  timer_t timer;
  struct itimerspec when = {{0, 0}, {0, seconds * 1e9}};
  timer_create(clock, NULL, &timer);
  timer_settime(timer, 0, &when, NULL);
  return timer;
}

static void threads(void) {
  double time = 0.3;
  pthread_t other;
  signal(SIGALRM, ring);
  timer_t own = timer_of(CLOCK_THREAD_CPUTIME_ID, 0.1);
  pthread_create(&other, NULL, spinning, &time);
  pthread_join(other, NULL);
  say("another thread's time rings for this one", rung);
  struct itimerspec left;
  timer_gettime(own, &left);
  say("this one's has hardly begun", left.it_value.tv_nsec > 50000000);
  spin(0.12);
  say("its own does", rung);
  rung = 0;
  pthread_create(&other, NULL, spinning, &time);
  clockid_t clock;
  pthread_getcpuclockid(other, &clock);
  timer_of(clock, 0.1);
  pthread_join(other, NULL);
  say("a timer of the other's clock rings", rung);
}

static void again(void) {
  double used = clock_of(CLOCK_PROCESS_CPUTIME_ID);
  say("the time before the exec counts", used > 1.7);
  say("for the thread, too", clock_of(CLOCK_THREAD_CPUTIME_ID) > 1.7);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double all = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
               (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  say("and in its usage", all > 1.7);
  struct rlimit limit;
  getrlimit(RLIMIT_CPU, &limit);
  say("the limit is there", limit.rlim_cur == 3);
  signal(SIGXCPU, ring);
  say("not yet over", !rung);
  spin(1.4);
  say("over", rung);
}

int main(int count, char **words) {
  setvbuf(stdout, NULL, _IONBF, 0);
  if (count > 1) {
    again();
    return 0;
  }
  threads();
  if (fork() == 0) {
    struct rlimit limit = {3, 10};
    setrlimit(RLIMIT_CPU, &limit);
    spin(1.7);
    execlp("onnode", "onnode", "1", words[0], "again", NULL);
    _exit(1);
  }
  wait(NULL);
  return 0;
}
