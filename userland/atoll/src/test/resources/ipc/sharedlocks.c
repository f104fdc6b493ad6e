// Locks with an owner between processes: pthread's with inheritance, robust ones, and the calls.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t mutex, robust;
  int word;
  long count;
};

static struct shared *s;

static void say(const char *what, int error) {
  printf("%s: %s\n", what, error == 0 ? "done" : strerror(error));
}

static long futex(int operation, void *timeout) {
  long result = syscall(SYS_futex, &s->word, operation, 0, timeout, NULL, 0);
  return result < 0 ? errno : result;
}

static void make(pthread_mutex_t *mutex, int robust) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
  if (robust) pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  say("made", pthread_mutex_init(mutex, &attributes));
}

static void *add(void *unused) {
  for (int i = 0; i < 500; i++) {
    pthread_mutex_lock(&s->mutex);
    long seen = s->count;
    sched_yield();
    s->count = seen + 1;
    pthread_mutex_unlock(&s->mutex);
  }
  return unused;
}

static void count(void) {
  pthread_t thread;
  for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
      pthread_create(&thread, NULL, add, NULL);
      add(NULL);
      pthread_join(thread, NULL);
      exit(0);
    }
  }
  add(NULL);
  wait(NULL);
  wait(NULL);
  printf("count %ld\n", s->count);
}

static void held(void) {
  struct timespec soon, later;
  pthread_mutex_lock(&s->mutex);
  if (fork() == 0) {
    clock_gettime(CLOCK_REALTIME, &soon);
    later = soon;
    soon.tv_nsec += 2000000;
    if (soon.tv_nsec >= 1000000000) {
      soon.tv_nsec -= 1000000000;
      soon.tv_sec++;
    }
    later.tv_sec += 100;
    say("try", pthread_mutex_trylock(&s->mutex));
    say("timed", pthread_mutex_timedlock(&s->mutex, &soon));
    fflush(stdout);
    kill(getppid(), SIGCONT);
    say("later", pthread_mutex_timedlock(&s->mutex, &later));
    pthread_mutex_unlock(&s->mutex);
    exit(0);
  }
  sigset_t set;
  int signal;
  sigemptyset(&set);
  sigaddset(&set, SIGCONT);
  sigwait(&set, &signal);
  pthread_mutex_unlock(&s->mutex);
  wait(NULL);
}

static void left(void) {
  int pair[2];
  char byte;
  if (pipe(pair) < 0) exit(1);
  if (fork() == 0) {
    pthread_mutex_lock(&s->robust);
    if (write(pair[1], "x", 1) != 1) _exit(1);
    if (fork() == 0) {
      say("heir", pthread_mutex_lock(&s->robust));
      say("consistent", pthread_mutex_consistent(&s->robust));
      say("unlock", pthread_mutex_unlock(&s->robust));
      exit(0);
    }
    _exit(0);
  }
  if (read(pair[0], &byte, 1) != 1) exit(1);
  wait(NULL);
  close(pair[1]);
  while (read(pair[0], &byte, 1) > 0) continue;
  say("again", pthread_mutex_lock(&s->robust));
  say("unlock", pthread_mutex_unlock(&s->robust));
}

static void calls(void) {
  int tid = gettid();
  say("not its own", futex(FUTEX_UNLOCK_PI, NULL));
  say("lock", futex(FUTEX_LOCK_PI, NULL));
  printf("own %d\n", s->word == tid);
  say("twice", futex(FUTEX_LOCK_PI, NULL));
  fflush(stdout);
  if (fork() == 0) {
    struct timespec past = {1, 0};
    say("owned", futex(FUTEX_TRYLOCK_PI, NULL));
    say("not the owner", futex(FUTEX_UNLOCK_PI, NULL));
    say("late", futex(FUTEX_LOCK_PI, &past));
    printf("waiters %d\n", (s->word & FUTEX_TID_MASK) == tid);
    exit(0);
  }
  wait(NULL);
  say("unlock", futex(FUTEX_UNLOCK_PI, NULL));
  printf("free %d\n", s->word == 0);
  say("try", futex(FUTEX_TRYLOCK_PI, NULL));
  say("unlock", futex(FUTEX_UNLOCK_PI, NULL));
}

int main(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCONT);
  sigprocmask(SIG_BLOCK, &set, NULL);
  setvbuf(stdout, NULL, _IONBF, 0);
  s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  make(&s->mutex, 0);
  make(&s->robust, 1);
  calls();
  count();
  held();
  left();
  return 0;
}
