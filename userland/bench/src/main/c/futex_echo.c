/*
 * A peer of Atoll's local call: two processes that take turns by a futex in memory that both see,
 * 64 bytes each way. They do not spin. With "cross" each has a core of its own. Prints one round trip
 * a line, in nanoseconds.
 *
 * usage: futex_echo ROUNDS WARMUP [cross]
 */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "echo.h"
#include "pin.h"

/* Whose turn it is, on a cache line of its own, and the message. */
struct shared {
  _Alignas(64) _Atomic uint32_t turn;
  _Alignas(64) int64_t message[MESSAGE_BYTES / 8];
};

enum { CALLER, SERVER, OVER };

static void give(struct shared *shared, uint32_t to) {
  atomic_store(&shared->turn, to);
  if (syscall(SYS_futex, &shared->turn, FUTEX_WAKE, 1, NULL, NULL, 0) < 0) {
    fail("FUTEX_WAKE");
  }
}

/* Returns when the turn is not the other one's; whose it is then. */
static uint32_t await(struct shared *shared, uint32_t other) {
  uint32_t turn;
  while ((turn = atomic_load(&shared->turn)) == other) {
    syscall(SYS_futex, &shared->turn, FUTEX_WAIT, other, NULL, NULL, 0);
  }
  return turn;
}

static void serve(struct shared *shared) {
  int64_t message[MESSAGE_BYTES / 8];
  while (await(shared, CALLER) == SERVER) {
    memcpy(message, shared->message, MESSAGE_BYTES);
    message[1] = message[0] + 1;
    memcpy(shared->message, message, MESSAGE_BYTES);
    give(shared, CALLER);
  }
  _exit(0);
}

int main(int argc, char **argv) {
  int cross = argc == 4 && strcmp(argv[3], "cross") == 0;
  int misuse = arguments(cross ? 3 : argc, argv);
  if (misuse) {
    return misuse;
  }
  struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) {
    fail("mmap");
  }
  pid_t child = fork();
  if (child < 0) {
    fail("fork");
  }
  if (cross) {
    pin_to_core(child == 0);
  }
  if (child == 0) {
    serve(shared);
  }
  int64_t message[MESSAGE_BYTES / 8] = {0};
  for (long i = 0; i < warmup + rounds; i++) {
    int64_t sent = message[0] = message[1];
    int64_t before = now_ns();
    memcpy(shared->message, message, MESSAGE_BYTES);
    give(shared, SERVER);
    await(shared, SERVER);
    memcpy(message, shared->message, MESSAGE_BYTES);
    int64_t took = now_ns() - before;
    if (message[1] != sent + 1) {
      fail("round trip");
    }
    if (i >= warmup) {
      printf("%lld\n", (long long)took);
    }
  }
  give(shared, OVER);
  waitpid(child, NULL, 0);
  return 0;
}
