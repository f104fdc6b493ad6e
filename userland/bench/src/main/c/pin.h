/* Where a process runs. For programs that define _GNU_SOURCE. */
#ifndef PIN_H
#define PIN_H

#include <sched.h>

#include "fail.h"

/* On the core that is WHICH in the row of those that this process may use; the first is 0. */
static void pin_to_core(int which) {
  cpu_set_t allowed, one;
  if (sched_getaffinity(0, sizeof allowed, &allowed) < 0) {
    fail("sched_getaffinity");
  }
  CPU_ZERO(&one);
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (CPU_ISSET(cpu, &allowed) && which-- == 0) {
      CPU_SET(cpu, &one);
      break;
    }
  }
  if (sched_setaffinity(0, sizeof one, &one) < 0) {
    fail("sched_setaffinity");
  }
}

#endif
