// Signals to threads: to one, to whichever takes it, to all; and timers.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t got;
static pthread_t taker;
static sem_t ready;

static void note(int signal) {
  got = signal;
  taker = pthread_self();
}

static sigset_t setOf(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  return set;
}

static void *waitForSignal(void *unused) {
  sigset_t set = setOf(SIGUSR1);
  int signal = 0;
  sem_post(&ready);
  sigwait(&set, &signal);
  return (void *)(long)signal;
}

static void *sleepLong(void *unused) {
  struct timespec time = {60, 0};
  sem_post(&ready);
  return (void *)(long)(nanosleep(&time, NULL) < 0 ? errno : 0);
}

static void *start(pthread_t *thread, void *(*body)(void *)) {
  got = 0;
  pthread_create(thread, NULL, body, NULL);
  sem_wait(&ready);
  return NULL;
}

static void toOne(void) {
  pthread_t thread;
  void *result;
  start(&thread, sleepLong);
  do {
    pthread_kill(thread, SIGUSR2);
    usleep(1000);
  } while (pthread_tryjoin_np(thread, &result) == EBUSY);
  printf("sleeper: %s, signal %d in it %d\n", strerror((int)(long)result), got,
         pthread_equal(taker, thread));
  printf("gone: %d\n", (int)syscall(SYS_tgkill, getpid(), getpid() + 77777, SIGUSR2));
}

static void toWhoever(void) {
  sigset_t first = setOf(SIGUSR1), second = setOf(SIGUSR2);
  pthread_t thread;
  void *result;
  pthread_sigmask(SIG_BLOCK, &first, NULL);
  start(&thread, waitForSignal);
  kill(getpid(), SIGUSR1);
  pthread_join(thread, &result);
  printf("sigwait: %ld\n", (long)result);
  start(&thread, sleepLong);
  pthread_sigmask(SIG_BLOCK, &second, NULL);
  do {
    kill(getpid(), SIGUSR2);
    usleep(1000);
  } while (pthread_tryjoin_np(thread, &result) == EBUSY);
  printf("whoever: %s, in the other %d\n", strerror((int)(long)result),
         pthread_equal(taker, thread));
  pthread_sigmask(SIG_UNBLOCK, &second, NULL);
}

static void *idle(void *unused) {
  for (;;) pause();
  return NULL;
}

static void toAll(void) {
  int status;
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    pthread_t thread;
    pthread_create(&thread, NULL, idle, NULL);
    pthread_create(&thread, NULL, idle, NULL);
    idle(NULL);
  }
  kill(child, SIGSTOP);
  waitpid(child, &status, WUNTRACED);
  printf("stopped %x\n", status);
  kill(child, SIGCONT);
  waitpid(child, &status, WCONTINUED);
  printf("continued %x\n", status);
  kill(child, SIGTERM);
  waitpid(child, &status, 0);
  printf("ended %x\n", status);
}

static void expired(union sigval value) {
  printf("timer %d\n", value.sival_int);
  sem_post(&ready);
}

static void timerThread(void) {
  struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_value.sival_int = 7};
  struct itimerspec soon = {{0, 0}, {0, 10000000}};
  timer_t timer;
  event.sigev_notify_function = expired;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer)) perror("timer_create");
  timer_settime(timer, 0, &soon, NULL);
  sem_wait(&ready);
  timer_delete(timer);
}

int main(void) {
  struct sigaction action = {.sa_handler = note};
  sem_init(&ready, 0, 0);
  sigaction(SIGUSR2, &action, NULL);
  toOne();
  toWhoever();
  toAll();
  timerThread();
  return 0;
}
