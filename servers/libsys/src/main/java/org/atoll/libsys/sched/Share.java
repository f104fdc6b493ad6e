package org.atoll.libsys.sched;

import org.atoll.abi.Limits;

/**
 * What a process is given of its node's time.
 *
 * @param level 1 to {@link Limits#LEVELS} - 1: as long as a lower one has processes that are ready,
 *     higher ones wait
 * @param weight its part of the level's time, as against the weights of others; 0: before those
 *     that have a weight, first come, first served
 * @param quantum instructions before others of its level have their turn; 0: until it waits
 * @param allowance instructions after which {@link SchedulingPolicy#usedUp} is asked; 0: never
 */
public record Share(int level, int weight, int quantum, int allowance) {

  /** What a process has about which nobody has said anything. */
  public static final Share NORMAL =
      new Share(Limits.LEVEL_NORMAL, Limits.WEIGHT_NORMAL, Limits.QUANTUM_INSTRUCTIONS, 0);

  public Share {
    if (level < 1 || level >= Limits.LEVELS) {
      throw new IllegalArgumentException("level " + level + ": expected 1 to " + Limits.LEVELS);
    }
    if (weight < 0 || weight > Limits.WEIGHT_MAX || quantum < 0 || allowance < 0) {
      throw new IllegalArgumentException("weight " + weight + ", quantum " + quantum);
    }
  }

  /** The same at another level. */
  public Share atLevel(int other) {
    return new Share(other, weight, quantum, allowance);
  }

  /** The same with another weight. */
  public Share withWeight(int other) {
    return new Share(level, other, quantum, allowance);
  }

  /** The same with another quantum, in instructions. */
  public Share withQuantum(int other) {
    return new Share(level, weight, other, allowance);
  }

  /** The same with another allowance, in instructions. */
  public Share withAllowance(int other) {
    return new Share(level, weight, quantum, other);
  }
}
