package org.atoll.libsys.sched;

/**
 * A process, as a policy sees it.
 *
 * @param pid process id
 * @param parent its parent's process id, when it was made
 * @param node where it is
 * @param name its command name
 * @param nice -20 to 19
 * @param policy a SCHED_ constant: see {@link org.atoll.abi.protocol.SchedProtocol}
 * @param priority 1 to 99 with SCHED_FIFO and SCHED_RR, otherwise 0
 * @param share what it has now
 */
public record Candidate(
    int pid, int parent, int node, String name, int nice, int policy, int priority, Share share) {

  /** The same with what it is given now. */
  public Candidate with(Share given) {
    return new Candidate(pid, parent, node, name, nice, policy, priority, given);
  }

  /** The same under another name. */
  public Candidate named(String other) {
    return new Candidate(pid, parent, node, other, nice, policy, priority, share);
  }

  /** The same on another node. */
  public Candidate on(int other) {
    return new Candidate(pid, parent, other, name, nice, policy, priority, share);
  }

  /** The same with other wishes. */
  public Candidate wishing(int otherNice, int otherPolicy, int otherPriority) {
    return new Candidate(pid, parent, node, name, otherNice, otherPolicy, otherPriority, share);
  }
}
