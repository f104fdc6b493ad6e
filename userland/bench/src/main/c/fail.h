/* The end of a program that a system call has refused something. */
#ifndef FAIL_H
#define FAIL_H

#include <stdio.h>
#include <stdlib.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

#endif
