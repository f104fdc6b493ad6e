// A connection between two processes, the second one perhaps on another node: bytes, a descriptor.
#define _GNU_SOURCE
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char block[200000];

static void child(int fd) {
  char control[CMSG_SPACE(sizeof(int))], text[8];
  struct iovec data = {text, sizeof text};
  struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  long bytes = recvmsg(fd, &m, 0);
  int passed;
  memcpy(&passed, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof passed);
  dprintf(passed, "child got %ld %.*s\n", bytes, (int)bytes, text);
  close(passed);
  long sum = 0;
  while (sum < (long)sizeof block && (bytes = read(fd, block, sizeof block)) > 0)
    sum += bytes;
  dprintf(fd, "%ld", sum);
  struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "/tmp/home"};
  int home = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(home, (struct sockaddr *)&name, sizeof name) == 0)
    write(home, "connected", 9);
}

int main(int count, char **words) {
  if (count > 1) {
    child(atoi(words[1]));
    return 0;
  }
  int fds[2], ends[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, fds);
  pipe(ends);
  struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "/tmp/home"};
  int home = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(home, (struct sockaddr *)&name, sizeof name);
  listen(home, 1);
  if (fork() == 0) {
    char number[8];
    sprintf(number, "%d", fds[1]);
    close(fds[0]);
    close(ends[1]);
    execlp("onnode", "onnode", "1", "/tmp/program", number, NULL);
    _exit(1);
  }
  close(fds[1]);
  char control[CMSG_SPACE(sizeof(int))] = {0}, text[64];
  struct iovec data = {"hello", 5};
  struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(c), &ends[1], sizeof(int));
  sendmsg(fds[0], &m, 0);
  close(ends[1]);
  long bytes;
  while ((bytes = read(ends[0], text, sizeof text)) > 0)
    printf("%.*s", (int)bytes, text);
  write(fds[0], block, sizeof block);
  bytes = read(fds[0], text, sizeof text);
  printf("child read %.*s\n", (int)bytes, text);
  struct pollfd wait_for = {.fd = home, .events = POLLIN};
  printf("poll %d\n", poll(&wait_for, 1, -1));
  int guest = accept(home, NULL, NULL);
  bytes = read(guest, text, sizeof text);
  printf("%.*s\n", (int)bytes, text);
  printf("end %ld\n", (long)read(fds[0], text, sizeof text));
  wait(NULL);
  return 0;
}
