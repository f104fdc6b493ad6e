package org.atoll.kernel;

/** Two CPUs that are attentive and found only bits to do, and one more server that is ready. */
final class AttentiveCpus {

  private static final int CPUS = 2;
  private static final int BITS = 8;

  private final Scheduler scheduler = new Scheduler();
  private final CountedWakeUps[] waits = {new CountedWakeUps(), new CountedWakeUps()};
  private final Backlog[] backlogs = new Backlog[CPUS];

  AttentiveCpus() {
    scheduler.cpus(waits);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      backlogs[cpu] = new Backlog(scheduler, cpu, CPUS);
      backlogs[cpu].loopBegins();
      for (int i = 0; i < BITS; i++) {
        backlogs[cpu].sliceBegins(0, 0);
        backlogs[cpu].sliceEnds(0, 0);
      }
    }
    scheduler.wake(null, Stressed.task());
  }

  /** What a CPU leaves to others. */
  Backlog backlog(int cpu) {
    return backlogs[cpu];
  }

  /** As the loop does it; whether the CPU sleeps though a server is ready. */
  boolean sleeps(int cpu) {
    backlogs[cpu].sleeps();
    scheduler.idle().sleeps(cpu);
    return backlogs[cpu].rests();
  }

  int wakeUps(int cpu) {
    return waits[cpu].wakeUps();
  }
}
