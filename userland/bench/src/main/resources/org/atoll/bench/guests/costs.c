/*
 * What system calls cost, as a program sees it: each is made again and again, its result is checked,
 * and the mean nanoseconds of a batch are printed, a line each. Under Atoll and under Linux alike,
 * but for sendrec, which Linux does not have.
 *
 * usage: costs WHAT SAMPLES       measures (WHAT: see the table at the end); a fifth more warms up
 *        costs WHAT SAMPLES TASK  the same; the last line is how many events the kernel has counted at
 *                                 TASK (a server, self, or other: who serves) for what was measured
 *        costs names              prints the names and batches
 *        costs serve              answers the calls of sendrec until it is told to end
 *        costs exit               ends at once
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "atoll.h"

#define FILE_NAME "/tmp/costs.data"
#define SERVER_NAME "user/costs"

enum { FILE_BYTES = 4096, RING = 8, PAGE = 4096, PAGES = 64 };
enum { CALL = ATOLL_FIRST_OWN + 1, END = ATOLL_FIRST_OWN + 2 };

static const char *self;

static void must(int holds, const char *what) {
  if (!holds) {
    perror(what);
    exit(1);
  }
}

/* How often the clock was read: each time is a system call, and an event at this process. */
static int64_t clocks;

static int64_t now_ns(void) {
  clocks++;
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- one process */

static int file;

static char byte_at(long offset) { return (char)(offset * 7 + 3); }

static void open_file(void) {
  char page[FILE_BYTES];
  for (long i = 0; i < FILE_BYTES; i++) {
    page[i] = byte_at(i);
  }
  file = open(FILE_NAME, O_RDWR | O_CREAT, 0600);
  must(file >= 0 && pwrite(file, page, sizeof page, 0) == sizeof page, FILE_NAME);
}

static void null(long i) {
  (void)i;
  must(syscall(SYS_getppid) > 0, "getppid");
}

static void read1(long i) {
  char byte = 0;
  long at = i % FILE_BYTES;
  must(pread(file, &byte, 1, at) == 1 && byte == byte_at(at), "pread");
}

static void write1(long i) {
  long at = i % FILE_BYTES;
  char byte = byte_at(at);
  must(pwrite(file, &byte, 1, at) == 1, "pwrite");
}

static void status(long i) {
  (void)i;
  struct stat found;
  must(stat(FILE_NAME, &found) == 0 && found.st_size == FILE_BYTES, "stat");
}

static void open_close(long i) {
  (void)i;
  int fd = open(FILE_NAME, O_RDONLY);
  must(fd >= 0 && close(fd) == 0, "open and close");
}

static volatile sig_atomic_t caught;

static void on_signal(int number) {
  (void)number;
  caught++;
}

static void handle_signals(void) { must(signal(SIGUSR1, on_signal) != SIG_ERR, "signal"); }

static void catch_signal(long i) {
  (void)i;
  sig_atomic_t before = caught;
  must(kill(getpid(), SIGUSR1) == 0 && caught == before + 1, "kill");
}

/* PAGES in a batch: each is touched for the first time. */
static char *pages;

static void fault(long i) {
  if (i % PAGES == 0) {
    must(!pages || munmap(pages, PAGES * PAGE) == 0, "munmap");
    pages = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(pages != MAP_FAILED, "mmap");
  }
  char *page = pages + i % PAGES * PAGE;
  must(*page == 0, "a fresh page");
  *page = 1;
}

/* ---- several processes */

static int first, last;

/* Processes that hand a byte on, from first to last. */
static void start_ring(int processes) {
  int in[2];
  must(pipe(in) == 0, "pipe");
  first = in[1];
  for (int i = 0; i < processes; i++) {
    int out[2];
    must(pipe(out) == 0, "pipe");
    pid_t child = fork();
    must(child >= 0, "fork");
    if (child == 0) {
      char byte;
      close(first);
      close(out[0]);
      while (read(in[0], &byte, 1) == 1 && write(out[1], &byte, 1) == 1) {
      }
      _exit(0);
    }
    close(in[0]);
    close(out[1]);
    in[0] = out[0];
  }
  last = in[0];
}

static void start_pair(void) { start_ring(1); }

static void start_others(void) { start_ring(RING - 1); }

static void go_round(long i) {
  char byte = (char)i, back = (char)~i;
  must(write(first, &byte, 1) == 1 && read(last, &back, 1) == 1 && back == byte, "pipe");
}

/* One of RING in a batch goes round. */
static void hand_on(long i) {
  if (i % RING == 0) {
    go_round(i);
  }
}

static void await(pid_t child) {
  int ended;
  must(child > 0 && waitpid(child, &ended, 0) == child && ended == 0, "a child");
}

static void forks(long i) {
  (void)i;
  pid_t child = fork();
  if (child == 0) {
    _exit(0);
  }
  await(child);
}

static void run(char *const words[]) {
  pid_t child = fork();
  if (child == 0) {
    execv(words[0], words);
    _exit(127);
  }
  await(child);
}

static void execs(long i) {
  (void)i;
  char *words[] = {(char *)self, "exit", NULL};
  run(words);
}

static void shell(long i) {
  (void)i;
  char line[300];
  snprintf(line, sizeof line, "%s exit", self);
  char *words[] = {"/bin/sh", "-c", line, NULL};
  run(words);
}

/* ---- messages of Atoll */

static atoll_endpoint server;
static int64_t number;

static int64_t next(int64_t of) {
  return (int64_t)((uint64_t)of * 6364136223846793005u + 1442695040888963407u);
}

static int serve(void) {
  struct atoll_message m;
  must(atoll_publish(SERVER_NAME) == 0, SERVER_NAME);
  for (int over = 0; !over;) {
    atoll_request request = atoll_receive(ATOLL_ANY, &m, ATOLL_FOREVER);
    must(request >= 0, "receive");
    over = m.type == END;
    m.w[1] = next(m.w[0]);
    m.w[0] = 0;
    must(request == 0 || atoll_reply(request, &m) == 0, "reply");
  }
  return 0;
}

/* The server may still be about to begin. */
static void find_server(void) {
  while ((server = atoll_lookup(SERVER_NAME)) < 0) {
    must(errno == ENOENT, "lookup");
    sched_yield();
  }
}

static void sendrec(long i) {
  (void)i;
  struct atoll_message m = {.type = CALL, .w = {number}};
  must(atoll_sendrec(server, &m, NULL, 0, NULL, 0) == 0 && m.w[0] == 0 && m.w[1] == next(number),
       "sendrec");
  number = m.w[1];
}

static void end_server(void) {
  struct atoll_message m = {.type = END};
  must(atoll_sendrec(server, &m, NULL, 0, NULL, 0) == 0, "sendrec");
}

/* ---- measuring */

/* Whether a row of the table of tasks is the task's that is meant. */
static int is_meant(const char *task, const char *pid, const char *name) {
  static const char *own = "costs";
  int is_self = atoi(pid) == (int)getpid();
  if (strcmp(task, "self") == 0) {
    return is_self;
  }
  return strcmp(task, "other") == 0 ? !is_self && strcmp(name, own) == 0
                                    : strcmp(pid, "-") == 0 && strcmp(name, task) == 0;
}

/* What the kernel has counted at a task on any node; reading it is a few events, too. */
static int64_t events_at(const char *task) {
  static char table[1 << 16];
  int fd = open("/proc/atoll/tasks", O_RDONLY);
  ssize_t bytes = 0, got;
  must(fd >= 0, "/proc/atoll/tasks");
  while ((got = read(fd, table + bytes, sizeof table - 1 - (size_t)bytes)) > 0) {
    bytes += got;
  }
  close(fd);
  table[bytes] = 0;
  for (char *line = strtok(table, "\n"); line; line = strtok(NULL, "\n")) {
    char pid[16], name[64];
    long long events;
    if (sscanf(line, "%*s %*s %15s %63s %*s %*s %lld", pid, name, &events) == 3 &&
        is_meant(task, pid, name)) {
      return events;
    }
  }
  errno = ESRCH;
  must(0, task);
  return 0;
}

static void nothing(void) {}

static const struct {
  const char *name;
  long batch;
  void (*begin)(void);
  void (*once)(long);
  void (*end)(void);
} all[] = {
    {"null", 100, nothing, null, nothing},
    {"read1", 10, open_file, read1, nothing},
    {"write1", 10, open_file, write1, nothing},
    {"stat", 10, open_file, status, nothing},
    {"open.close", 10, open_file, open_close, nothing},
    {"signal", 10, handle_signals, catch_signal, nothing},
    {"pipe", 10, start_pair, go_round, nothing},
    {"switch", RING, start_others, hand_on, nothing},
    {"fault", PAGES, nothing, fault, nothing},
    {"fork", 1, nothing, forks, nothing},
    {"exec", 1, nothing, execs, nothing},
    {"sh", 1, nothing, shell, nothing},
    {"sendrec", 10, find_server, sendrec, end_server},
};

enum { COUNT = sizeof all / sizeof all[0] };

static void sample(int which, double *nanos, long samples) {
  long batch = all[which].batch;
  for (long n = 0; n < samples; n++) {
    int64_t before = now_ns();
    for (long i = 0; i < batch; i++) {
      all[which].once(i);
    }
    nanos[n] = (double)(now_ns() - before) / (double)batch;
  }
}

/* What counting itself takes is the same each time. */
static int64_t counted(int which, double *nanos, long samples, const char *task) {
  int64_t first = events_at(task), before = events_at(task), clocks_before = clocks;
  sample(which, nanos, samples);
  int64_t events = events_at(task) - before - (before - first);
  return strcmp(task, "self") == 0 ? events - (clocks - clocks_before) : events;
}

static int measure(int which, long samples, const char *task) {
  double *nanos = malloc((size_t)samples * sizeof *nanos);
  int64_t events = 0;
  must(samples > 0 && nanos != NULL, "samples");
  all[which].begin();
  for (long warm = samples / 5 + 1; warm > 0; warm -= samples) {
    sample(which, nanos, warm < samples ? warm : samples);
  }
  memset(nanos, 0, (size_t)samples * sizeof *nanos);
  if (task) {
    (void)events_at(task);
    events = counted(which, nanos, samples, task);
  } else {
    sample(which, nanos, samples);
  }
  all[which].end();
  for (long n = 0; n < samples; n++) {
    printf("%.1f\n", nanos[n]);
  }
  if (task) {
    printf("%lld\n", (long long)events);
  }
  return 0;
}

int main(int argc, char **argv) {
  self = argv[0];
  if (argc == 2 && strcmp(argv[1], "exit") == 0) {
    return 0;
  }
  if (argc == 2 && strcmp(argv[1], "serve") == 0) {
    return serve();
  }
  for (int i = 0; i < COUNT; i++) {
    if (argc == 2 && strcmp(argv[1], "names") == 0) {
      printf("%s %ld\n", all[i].name, all[i].batch);
    } else if ((argc == 3 || argc == 4) && strcmp(argv[1], all[i].name) == 0) {
      return measure(i, atol(argv[2]), argc == 4 ? argv[3] : NULL);
    }
  }
  return argc == 2 && strcmp(argv[1], "names") == 0 ? 0 : 2;
}
