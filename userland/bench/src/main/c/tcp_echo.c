/*
 * The peer of Atoll's remote call: blocking TCP between two processes on loopback; see echo.h.
 *
 * usage: tcp_echo ROUNDS WARMUP [DATA_BYTES]
 */
#include "tcp.h"

int main(int argc, char **argv) {
  int misuse = arguments(argc, argv);
  if (misuse) {
    return misuse;
  }
  pid_t child;
  int fd = connected(echo, &child);
  call(fd);
  close(fd);
  waitpid(child, NULL, 0);
  return 0;
}
