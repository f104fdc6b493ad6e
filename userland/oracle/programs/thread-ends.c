// The ways in which a thread ends, and what its end does.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t begun;

static void say(void *what) { printf("cleanup: %s\n", (char *)what); }

static void unlock(void *locked) { pthread_mutex_unlock(locked); }

static void *readForEver(void *unused) {
  int ends[2];
  char byte;
  if (pipe(ends)) return NULL;
  pthread_cleanup_push(say, "reader");
  pthread_barrier_wait(&begun);
  if (read(ends[0], &byte, 1) == 1) puts("a byte out of nowhere");
  pthread_cleanup_pop(0);
  return NULL;
}

static void *spin(void *unused) {
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
  pthread_barrier_wait(&begun);
  for (volatile long i = 0;; i++) continue;
  return NULL;
}

static void *waitForEver(void *unused) {
  pthread_mutex_lock(&mutex);
  pthread_cleanup_push(unlock, &mutex);
  pthread_barrier_wait(&begun);
  for (;;) pthread_cond_wait(&never, &mutex);
  pthread_cleanup_pop(1);
  return NULL;
}

static void cancel(void) {
  void *(*bodies[])(void *) = {readForEver, spin, waitForEver};
  pthread_barrier_init(&begun, NULL, 2);
  for (int i = 0; i < 3; i++) {
    pthread_t thread;
    void *result;
    pthread_create(&thread, NULL, bodies[i], NULL);
    pthread_barrier_wait(&begun);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    printf("cancelled %d\n", result == PTHREAD_CANCELED);
  }
  printf("mutex is free %d\n", pthread_mutex_trylock(&mutex) == 0);
  pthread_mutex_unlock(&mutex);
}

static pthread_key_t key;
static __thread int own = 5;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int times;

static void destroy(void *value) { printf("destroyed %s\n", (char *)value); }

static void count(void) { times++; }

static void *useOwn(void *number) {
  own += (long)number;
  pthread_setspecific(key, number == (void *)1 ? "one" : "two");
  pthread_once(&once, count);
  return (void *)(long)own;
}

static void locals(void) {
  pthread_key_create(&key, destroy);
  for (long i = 1; i < 3; i++) {
    pthread_t thread;
    void *result;
    pthread_create(&thread, NULL, useOwn, (void *)i);
    pthread_join(thread, &result);
    printf("its own: %ld\n", (long)result);
  }
  printf("mine: %d, once: %d\n", own, times);
}

static pthread_mutex_t robust;

static void *dieLocked(void *unused) {
  pthread_mutex_lock(&robust);
  return NULL;
}

static void robustness(void) {
  pthread_mutexattr_t attributes;
  pthread_t thread;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&robust, &attributes);
  pthread_create(&thread, NULL, dieLocked, NULL);
  pthread_join(thread, NULL);
  printf("robust: %s\n", strerror(pthread_mutex_lock(&robust)));
  pthread_mutex_consistent(&robust);
  pthread_mutex_unlock(&robust);
  printf("consistent: %s\n", strerror(pthread_mutex_lock(&robust)));
  pthread_mutex_unlock(&robust);
}

static void *lastWord(void *first) {
  pthread_join(*(pthread_t *)first, NULL);
  puts("the first thread is over");
  fflush(stdout);
  return NULL;
}

static void *leave(void *status) { exit((int)(long)status); }

static void ofProcesses(void) {
  int status;
  fflush(stdout);
  if (fork() == 0) {
    static pthread_t self;
    pthread_t thread;
    self = pthread_self();
    pthread_create(&thread, NULL, lastWord, &self);
    pthread_exit(NULL);
  }
  wait(&status);
  printf("status %x\n", status);
  if (fork() == 0) {
    pthread_t thread;
    pthread_create(&thread, NULL, leave, (void *)3);
    pause();
  }
  wait(&status);
  printf("status %x\n", status);
}

int main(void) {
  cancel();
  locals();
  robustness();
  ofProcesses();
  return 0;
}
