/*
 * The peer of Atoll's call between two processes of one machine: blocking Unix sockets; see echo.h.
 *
 * usage: unix_echo ROUNDS WARMUP [DATA_BYTES]
 */
#include "echo.h"

int main(int argc, char **argv) {
  int misuse = arguments(argc, argv);
  if (misuse) {
    return misuse;
  }
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0) {
    fail("socketpair");
  }
  pid_t child = fork();
  if (child < 0) {
    fail("fork");
  }
  if (child == 0) {
    close(ends[0]);
    echo(ends[1]);
    return 0;
  }
  close(ends[1]);
  call(ends[0]);
  close(ends[0]);
  waitpid(child, NULL, 0);
  return 0;
}
