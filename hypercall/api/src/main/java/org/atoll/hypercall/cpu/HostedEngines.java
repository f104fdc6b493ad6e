package org.atoll.hypercall.cpu;

/** Makes the engines of processes that ask for a program of the host. */
@FunctionalInterface
public interface HostedEngines {

  /**
   * The engine of a process.
   *
   * @param wake tells the process, from any thread, that the host has done what it waits for
   */
  HostedEngine start(Runnable wake);
}
