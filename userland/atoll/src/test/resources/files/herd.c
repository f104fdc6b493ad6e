/* herd N FILE: N processes write and read 64 KiB of a file each at once, again and again. Each byte of the file's block B
   is B + 1, before and after; prints how many processes saw anything else, or a call that failed or did less. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BLOCKS = 32, BYTES = 65536, ROUNDS = 4 };

static char block[BYTES];

static void fill(int number) { memset(block, number + 1, BYTES); }

static int differs(int number) {
  return block[0] != number + 1 || memcmp(block, block + 1, BYTES - 1) != 0;
}

static int failed(int who, const char *what, ssize_t done) {
  dprintf(2, "%d: %s: %zd %s\n", who, what, done, done < 0 ? strerror(errno) : "");
  return 1;
}

/* One of the herd: waits until the pipe has no writer any more, as all the others do. */
static int graze(int who, const char *file, int start) {
  int fd = open(file, O_RDWR);
  char c;
  if (fd < 0 || read(start, &c, 1) != 0) return failed(who, "start", -1);
  for (int round = 0; round < ROUNDS; round++) {
    int number = (who + round) % BLOCKS;
    off_t at = (off_t)number * BYTES;
    fill(number);
    struct iovec halves[] = {{block, BYTES / 2}, {block + BYTES / 2, BYTES / 2}};
    ssize_t done = who % 2 ? pwrite(fd, block, BYTES, at) : pwritev(fd, halves, 2, at);
    if (done != BYTES) return failed(who, "pwrite", done);
    memset(block, 0, BYTES);
    done = pread(fd, block, BYTES, at);
    if (done != BYTES || differs(number)) return failed(who, "pread", done);
  }
  return 0;
}

int main(int argc, char **argv) {
  int many = argc == 3 ? atoi(argv[1]) : 0;
  int fd = argc == 3 ? open(argv[2], O_RDWR | O_CREAT | O_TRUNC, 0600) : -1;
  int start[2];
  if (fd < 0 || pipe(start) != 0) return failed(-1, argv[0], -1);
  for (int i = 0; i < BLOCKS; i++) {
    fill(i);
    if (write(fd, block, BYTES) != BYTES) return failed(-1, "write", -1);
  }
  for (int i = 0; i < many; i++) {
    pid_t child = fork();
    if (child < 0) return failed(i, "fork", -1);
    if (child == 0) {
      close(start[1]);
      _exit(graze(i, argv[2], start[0]));
    }
  }
  close(start[1]);
  int bad = 0, status;
  while (wait(&status) > 0) bad += status != 0;
  printf("%d of %d failed\n", bad, many);
  return bad != 0;
}
