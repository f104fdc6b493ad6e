/*
 * The peer of Atoll's remote call: blocking TCP between two processes on loopback; see echo.h.
 *
 * usage: tcp_echo ROUNDS WARMUP [DATA_BYTES]
 */
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

int main(int argc, char **argv) {
  int misuse = arguments(argc, argv);
  if (misuse) {
    return misuse;
  }
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 ||
      listen(listener, 1) < 0 || getsockname(listener, (struct sockaddr *)&address, &length) < 0) {
    fail("listen");
  }
  pid_t child = fork();
  if (child == 0) {
    int accepted = accept(listener, NULL, NULL);
    if (accepted < 0) {
      fail("accept");
    }
    no_delay(accepted);
    echo(accepted);
  }
  close(listener);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, length) < 0) {
    fail("connect");
  }
  no_delay(fd);
  call(fd);
  close(fd);
  waitpid(child, NULL, 0);
  return 0;
}
