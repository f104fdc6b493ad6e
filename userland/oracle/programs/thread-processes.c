// fork and exec of threads, and locks between processes.
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  pthread_barrier_t barrier;
  sem_t semaphore;
  long count;
  int turn;
};

static struct shared *s;

static void *forkIt(void *unused) {
  int status;
  fflush(stdout);
  if (fork() == 0) {
    printf("the child's thread is its first: %d\n", getpid() == gettid());
    fflush(stdout);
    _exit(3);
  }
  wait(&status);
  return (void *)(long)WEXITSTATUS(status);
}

static void *idle(void *unused) {
  for (;;) pause();
  return NULL;
}

static void *execIt(void *unused) {
  execl("/bin/echo", "echo", "from", "a", "thread", NULL);
  return NULL;
}

static void forkAndExec(void) {
  pthread_t thread;
  void *result;
  int status;
  pthread_create(&thread, NULL, forkIt, NULL);
  pthread_join(thread, &result);
  printf("fork: %ld\n", (long)result);
  fflush(stdout);
  if (fork() == 0) {
    pthread_create(&thread, NULL, idle, NULL);
    pthread_create(&thread, NULL, execIt, NULL);
    idle(NULL);
  }
  wait(&status);
  printf("exec: %x\n", status);
}

static void *addAndTakeTurns(void *number) {
  for (int i = 0; i < 300; i++) {
    pthread_mutex_lock(&s->mutex);
    long seen = s->count;
    sched_yield();
    s->count = seen + 1;
    pthread_mutex_unlock(&s->mutex);
  }
  for (int i = 0; i < 100; i++) {
    pthread_mutex_lock(&s->mutex);
    while (s->turn != (long)number) pthread_cond_wait(&s->changed, &s->mutex);
    s->turn = (s->turn + 1) % 4;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->mutex);
  }
  pthread_barrier_wait(&s->barrier);
  return NULL;
}

/** Two threads in each of two processes. */
static void betweenProcesses(void) {
  int status;
  fflush(stdout);
  pid_t child = fork();
  pthread_t thread;
  pthread_create(&thread, NULL, addAndTakeTurns, (void *)(child ? 0L : 2L));
  addAndTakeTurns((void *)(child ? 1L : 3L));
  pthread_join(thread, NULL);
  if (child == 0) {
    sem_post(&s->semaphore);
    _exit(0);
  }
  sem_wait(&s->semaphore);
  wait(&status);
  printf("count %ld, turn %d\n", s->count, s->turn);
}

int main(void) {
  pthread_mutexattr_t mutex;
  pthread_condattr_t changed;
  pthread_barrierattr_t barrier;
  s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_init(&mutex);
  pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&s->mutex, &mutex);
  pthread_condattr_init(&changed);
  pthread_condattr_setpshared(&changed, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(&s->changed, &changed);
  pthread_barrierattr_init(&barrier);
  pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED);
  pthread_barrier_init(&s->barrier, &barrier, 4);
  sem_init(&s->semaphore, 1, 0);
  forkAndExec();
  betweenProcesses();
  return 0;
}
