/*
 * The peer of Atoll's remote call: blocking TCP between two processes; see echo.h.
 *
 * usage: tcp_echo [serve HERE PEER | connect THERE PORT] ROUNDS WARMUP [DATA_BYTES]
 */
#include "tcp.h"

int main(int argc, char **argv) {
  struct way way = take_way(&argc, &argv);
  int misuse = arguments(argc, argv);
  if (misuse) {
    return misuse;
  }
  pid_t child;
  int fd = connected(way, echo, &child);
  call(fd);
  disconnect(fd, child);
  return 0;
}
