// eventfd(2): sums, semaphores, errors, what waits, what poll and fstat say, children.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static void put(int fd, uint64_t value) {
  char what[64];
  snprintf(what, sizeof what, "write %#llx", (unsigned long long)value);
  say(what, write(fd, &value, sizeof value));
}

static void take(int fd) {
  uint64_t value = 0;
  long result = read(fd, &value, sizeof value);
  printf("read %#llx ", (unsigned long long)value);
  say("", result);
}

static void ready(int fd) {
  struct pollfd p = {fd, POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM, 0};
  int count = poll(&p, 1, 0);
  printf("poll %d: %#x\n", count, p.revents);
}

static void sums(void) {
  int fd = eventfd(3, EFD_NONBLOCK | EFD_CLOEXEC);
  printf("flags %#x %#x\n", fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
  ready(fd);
  take(fd);
  ready(fd);
  take(fd);
  put(fd, 5);
  put(fd, 0);
  put(fd, 7);
  take(fd);
  put(fd, UINT64_MAX);
  put(fd, UINT64_MAX - 1);
  ready(fd);
  put(fd, 1);
  put(fd, 0);
  take(fd);
  char small[7], large[100] = {1};
  put(fd, 1);
  say("small read", read(fd, small, sizeof small));
  say("small write", write(fd, small, sizeof small));
  say("large write", write(fd, large, sizeof large));
  say("large read", read(fd, large, sizeof large));
  printf("%d\n", large[0]);
  put(fd, 0x0102030405060708);
  struct iovec two[] = {{large, 4}, {small, 4}};
  say("readv", readv(fd, two, 2));
  printf("%d %d\n", large[0], small[0]);
  close(fd);
}

static void semaphore(void) {
  int fd = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
  take(fd);
  take(fd);
  take(fd);
  put(fd, 2);
  take(fd);
  ready(fd);
  close(fd);
}

static void errors(void) {
  say("flags", eventfd(0, 2));
  int fd = eventfd(0, 0);
  uint64_t one = 1;
  void *volatile wild = (void *)8;
  say("bad pointer", write(fd, wild, 8));
  say("pwrite", pwrite(fd, &one, 8, 0));
  say("pread", pread(fd, &one, 8, 0));
  say("lseek", lseek(fd, 5, SEEK_SET));
  say("ftruncate", ftruncate(fd, 0));
  say("fsync", fsync(fd));
  say("fallocate", fallocate(fd, 0, 0, 1));
  say("pipe size", fcntl(fd, F_GETPIPE_SZ));
  struct stat status;
  say("fstat", fstat(fd, &status));
  printf("mode %#o size %ld links %ld\n", status.st_mode, (long)status.st_size,
         (long)status.st_nlink);
  close(fd);
  say("closed", write(fd, &one, 8));
}

static int shared;

static void *reader(void *unused) {
  take(shared);
  return unused;
}

static void *writer(void *unused) {
  put(shared, 9);
  return unused;
}

static void waiting(void) {
  pthread_t thread;
  shared = eventfd(0, 0);
  pthread_create(&thread, NULL, reader, NULL);
  uint64_t value = 4;
  write(shared, &value, sizeof value);
  pthread_join(thread, NULL);
  value = UINT64_MAX - 1;
  write(shared, &value, sizeof value);
  pthread_create(&thread, NULL, writer, NULL);
  read(shared, &value, sizeof value);
  pthread_join(thread, NULL);
  take(shared);
  if (fork() == 0) {
    value = 42;
    write(shared, &value, sizeof value);
    _exit(0);
  }
  take(shared);
  wait(NULL);
  close(shared);
}

int main(void) {
  setvbuf(stdout, NULL, _IONBF, 0);
  sums();
  semaphore();
  errors();
  waiting();
  return 0;
}
