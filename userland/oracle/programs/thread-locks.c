// Threads that are made and joined, and all kinds of locks among them.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static long count;
static int turn;

static void run(int threads, void *(*work)(void *)) {
  pthread_t thread[16];
  for (long i = 0; i < threads; i++) {
    int error = pthread_create(&thread[i], NULL, work, (void *)i);
    if (error) printf("pthread_create: %s\n", strerror(error));
  }
  for (int i = 0; i < threads; i++) pthread_join(thread[i], NULL);
}

static void *add(void *number) {
  for (int i = 0; i < 2000; i++) {
    pthread_mutex_lock(&mutex);
    count++;
    pthread_mutex_unlock(&mutex);
  }
  return (void *)(2 * (long)number);
}

static void makeAndJoin(void) {
  run(8, add);
  printf("eight threads counted to %ld\n", count);
  long sum = 0;
  for (long i = 0; i < 1000; i++) {
    pthread_t thread;
    void *result;
    if (pthread_create(&thread, NULL, add, (void *)i) || pthread_join(thread, &result)) {
      printf("thread %ld failed\n", i);
      return;
    }
    sum += (long)result;
  }
  printf("a thousand more to %ld, results %ld\n", count, sum);
}

static void *takeTurns(void *number) {
  for (int i = 0; i < 500; i++) {
    pthread_mutex_lock(&mutex);
    while (turn != (long)number) pthread_cond_wait(&changed, &mutex);
    turn = !turn;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
  }
  return NULL;
}

static void waitWithClock(clockid_t clock) {
  pthread_condattr_t attributes;
  pthread_cond_t never;
  struct timespec end;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, clock);
  pthread_cond_init(&never, &attributes);
  clock_gettime(clock, &end);
  end.tv_nsec += 20000000;
  if (end.tv_nsec >= 1000000000) end.tv_sec++, end.tv_nsec -= 1000000000;
  pthread_mutex_lock(&mutex);
  printf("clock %d: %s\n", clock, strerror(pthread_cond_timedwait(&never, &mutex, &end)));
  pthread_mutex_unlock(&mutex);
}

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int shared, torn;

static void *readOrWrite(void *number) {
  for (int i = 0; i < 300; i++) {
    if ((long)number & 1) {
      pthread_rwlock_wrlock(&lock);
      shared++;
      sched_yield();
      shared++;
    } else {
      pthread_rwlock_rdlock(&lock);
      torn += shared & 1;
      sched_yield();
      torn += shared & 1;
    }
    pthread_rwlock_unlock(&lock);
  }
  return NULL;
}

static pthread_barrier_t barrier;
static int serial;

static void *meet(void *number) {
  for (int i = 0; i < 100; i++)
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
      __atomic_add_fetch(&serial, 1, __ATOMIC_SEQ_CST);
  return NULL;
}

static sem_t asked, answered;
static int answers;

static void *askOrAnswer(void *number) {
  for (int i = 0; i < 300; i++) {
    if (number) {
      sem_wait(&asked);
      answers++;
      sem_post(&answered);
    } else {
      sem_post(&asked);
      sem_wait(&answered);
    }
  }
  return NULL;
}

static pthread_mutex_t inheriting;
static long careful;

static void *addCarefully(void *number) {
  for (int i = 0; i < 200; i++) {
    pthread_mutex_lock(&inheriting);
    long seen = careful;
    sched_yield();
    careful = seen + 1;
    pthread_mutex_unlock(&inheriting);
  }
  return NULL;
}

static void inherit(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
  pthread_mutex_init(&inheriting, &attributes);
  run(4, addCarefully);
  printf("inheriting mutex: %ld\n", careful);
  pthread_mutex_lock(&inheriting);
  printf("again: %s\n", strerror(pthread_mutex_trylock(&inheriting)));
  pthread_mutex_unlock(&inheriting);
}

int main(void) {
  makeAndJoin();
  run(2, takeTurns);
  printf("turn %d\n", turn);
  waitWithClock(CLOCK_REALTIME);
  waitWithClock(CLOCK_MONOTONIC);
  run(4, readOrWrite);
  printf("written %d, torn %d\n", shared, torn);
  pthread_barrier_init(&barrier, NULL, 5);
  run(5, meet);
  printf("met %d times\n", serial);
  sem_init(&asked, 0, 0);
  sem_init(&answered, 0, 0);
  run(2, askOrAnswer);
  printf("answers %d\n", answers);
  inherit();
  return 0;
}
