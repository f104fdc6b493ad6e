/* Calls on the devices of memory: positions, mappings, sizes, readiness. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/uio.h>
#include <unistd.h>

static void say(const char *what, long result) {
  printf("%s %ld %s\n", what, result, result < 0 ? strerrorname_np(errno) : "");
}

static void try(const char *path) {
  char bytes[8] = "abcdefg";
  struct pollfd ready = {.events = POLLIN | POLLOUT};
  struct iovec parts[2] = {{bytes, 3}, {bytes + 3, 4}};
  int unread = -1;
  int fd = open(path, O_RDWR);
  printf("== %s\n", path);
  say("lseek set", lseek(fd, 10, SEEK_SET));
  say("lseek cur", lseek(fd, 5, SEEK_CUR));
  say("lseek end", lseek(fd, 0, SEEK_END));
  say("lseek below", lseek(fd, -1, SEEK_SET));
  say("read", read(fd, bytes, 4));
  say("pread", pread(fd, bytes, 4, 100));
  say("readv", readv(fd, parts, 2));
  say("write", write(fd, bytes, 4));
  say("write nothing", write(fd, bytes, 0));
  say("pwrite", pwrite(fd, bytes, 4, 100));
  say("writev", writev(fd, parts, 2));
  say("ftruncate", ftruncate(fd, 5));
  say("fallocate", fallocate(fd, 0, 0, 5));
  say("fsync", fsync(fd));
  say("ioctl", ioctl(fd, FIONREAD, &unread));
  ready.fd = fd;
  poll(&ready, 1, 0);
  printf("poll %x\n", ready.revents);
  char *map = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  if (map == MAP_FAILED) {
    say("mmap", -1);
  } else {
    map[5000] = 7;
    printf("mmap %d %d\n", map[0], map[5000]);
  }
  close(fd);
}

int main(void) {
  try("/dev/null");
  try("/dev/zero");
  try("/dev/full");
  int fd = open("/dev/urandom", O_RDONLY);
  say("random lseek", lseek(fd, 10, SEEK_SET));
  say("random mmap", (long)mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0));
  say("random write", write(fd, "x", 1));
  say("directory", open("/dev/null", O_RDONLY | O_DIRECTORY));
  say("create", open("/dev/null", O_RDWR | O_CREAT | O_TRUNC, 0600) > 0);
  say("exclusive", open("/dev/null", O_RDWR | O_CREAT | O_EXCL, 0600));
  return 0;
}
