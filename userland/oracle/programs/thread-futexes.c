// The futex call itself: its errors, its clocks, requeueing, operations, locks with an owner.
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int word, second;

static long futex(void *at, int operation, long value, void *timeout, void *other, int third) {
  return syscall(SYS_futex, at, operation, value, timeout, other, third);
}

static void say(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static void errors(void) {
  struct timespec brief = {0, 1000000}, wrong = {0, 1000000000};
  word = 1;
  say("another value", futex(&word, FUTEX_WAIT, 0, NULL, NULL, 0));
  say("timeout", futex(&word, FUTEX_WAIT, 1, &brief, NULL, 0));
  say("wrong timeout", futex(&word, FUTEX_WAIT, 1, &wrong, NULL, 0));
  say("past", futex(&word, FUTEX_WAIT_BITSET, 1, &brief, NULL, -1));
  say("past, wall clock",
      futex(&word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 1, &brief, NULL, -1));
  say("no bits", futex(&word, FUTEX_WAIT_BITSET, 1, NULL, NULL, 0));
  say("no bits to wake", futex(&word, FUTEX_WAKE_BITSET, 1, NULL, NULL, 0));
  say("unaligned", futex((char *)&word + 1, FUTEX_WAIT, 1, NULL, NULL, 0));
  say("unmapped", futex((void *)8, FUTEX_WAIT, 1, NULL, NULL, 0));
  say("unmapped to wake", futex((void *)8, FUTEX_WAKE, 1, NULL, NULL, 0));
  say("nobody waits", futex(&word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0));
  say("requeue, another value", futex(&word, FUTEX_CMP_REQUEUE, 1, (void *)1, &second, 7));
  say("no such operation", futex(&word, 99, 0, NULL, NULL, 0));
}

static void owners(void) {
  word = 0;
  say("lock", futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
  printf("owner %d\n", word == gettid());
  say("lock again", futex(&word, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
  say("unlock", futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
  printf("word %d\n", word);
  say("unlock again", futex(&word, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0));
}

static int woken;

static void *await(void *bits) {
  futex(&word, FUTEX_WAIT_BITSET_PRIVATE, 0, NULL, NULL, (int)(long)bits);
  __atomic_add_fetch(&woken, 1, __ATOMIC_SEQ_CST);
  return NULL;
}

/** Three threads wait, for the bits 1, 2 and 4: a move to where they are counts them. */
static void begin(pthread_t *thread) {
  woken = 0;
  for (long i = 0; i < 3; i++) pthread_create(&thread[i], NULL, await, (void *)(1L << i));
  while (futex(&word, FUTEX_REQUEUE_PRIVATE, 0, (void *)INT_MAX, &word, 0) < 3) usleep(1000);
}

static void rows(void) {
  pthread_t thread[3];
  word = second = 0;
  begin(thread);
  say("wake bits 6", futex(&word, FUTEX_WAKE_BITSET_PRIVATE, 5, NULL, NULL, 6));
  say("wake", futex(&word, FUTEX_WAKE_PRIVATE, 5, NULL, NULL, 0));
  for (int i = 0; i < 3; i++) pthread_join(thread[i], NULL);
  begin(thread);
  say("requeue", futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)1, &second, 0));
  say("wake the second", futex(&second, FUTEX_WAKE_PRIVATE, 5, NULL, NULL, 0));
  say("wake the first", futex(&word, FUTEX_WAKE_PRIVATE, 5, NULL, NULL, 0));
  for (int i = 0; i < 3; i++) pthread_join(thread[i], NULL);
  begin(thread);
  second = 5;
  int add3ifless9 = FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_LT, 9);
  say("wake with an operation",
      futex(&word, FUTEX_WAKE_OP_PRIVATE, 2, (void *)5, &second, add3ifless9));
  printf("second %d\n", second);
  say("wake the rest", futex(&word, FUTEX_WAKE_PRIVATE, 5, NULL, NULL, 0));
  for (int i = 0; i < 3; i++) pthread_join(thread[i], NULL);
  printf("woken %d\n", woken);
}

int main(void) {
  errors();
  owners();
  rows();
  return 0;
}
