/* Two processes that are connected by TCP on loopback, without Nagle's algorithm. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "echo.h"

static void no_delay(int fd) {
  int one = 1;
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) < 0) {
    fail("TCP_NODELAY");
  }
}

/* Returns the connection of the caller; serve gets that of a child, which then ends. */
static int connected(void (*serve)(int), pid_t *child) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 ||
      listen(listener, 1) < 0 || getsockname(listener, (struct sockaddr *)&address, &length) < 0) {
    fail("listen");
  }
  *child = fork();
  if (*child < 0) {
    fail("fork");
  }
  if (*child == 0) {
    int accepted = accept(listener, NULL, NULL);
    if (accepted < 0) {
      fail("accept");
    }
    no_delay(accepted);
    serve(accepted);
    exit(0);
  }
  close(listener);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, length) < 0) {
    fail("connect");
  }
  no_delay(fd);
  return fd;
}
