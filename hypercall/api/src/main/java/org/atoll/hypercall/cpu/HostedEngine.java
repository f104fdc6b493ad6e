package org.atoll.hypercall.cpu;

/**
 * An engine of one process, which runs a program that the host holds instead of the instructions in
 * guest memory. What it does is seen as that of any engine: registers, memory and traps.
 */
public interface HostedEngine extends Engine {

  /** Ends the program; nothing of it runs in this process any more. Not during a run. */
  void close();
}
