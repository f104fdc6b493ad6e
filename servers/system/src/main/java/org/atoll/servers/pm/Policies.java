package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.SchedProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Scheduling policies of processes, with the rules of Linux for who may change what. Root of a VOS
 * is not root of the machine: as in a container without CAP_SYS_NICE it has no right to real-time
 * policies or lower nice values, and RLIMIT_RTPRIO and RLIMIT_NICE, which could give it, are 0.
 */
final class Policies {

  private static final int PRIORITY_MAX = 99;

  private final State state;

  Policies(State state) {
    this.state = state;
  }

  /** GET_POLICY. */
  void policy(Turn turn, long request, long pid) {
    Process p = named(request, pid);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    int flags = p.resetOnFork ? PmProtocol.POLICY_RESETS : 0;
    turn.reply(request, turn.scratch().set(0, p.policy, p.priority, flags, p.nice, 0, 0, 0));
  }

  private @Nullable Process named(long request, long pid) {
    Process caller = state.caller(request);
    return caller == null || pid == 0 ? caller : state.processes.visible(pid);
  }

  /** SET_POLICY. */
  void setPolicy(
      Turn turn, long request, long pid, long policy, long priority, long flags, long nice) {
    Process caller = state.caller(request);
    Process p = named(request, pid);
    if (caller == null || p == null || !p.isAlive()) {
      turn.reply(request, -ESRCH);
      return;
    }
    boolean keepsPolicy = (flags & PmProtocol.POLICY_KEPT) != 0;
    boolean keepsNumbers = (flags & PmProtocol.POLICY_NUMBERS_KEPT) != 0;
    Wish wish =
        new Wish(
            keepsPolicy ? p.policy : (int) policy,
            keepsNumbers ? p.priority : (int) Math.clamp(priority, 0L, PRIORITY_MAX + 1L),
            keepsPolicy ? p.resetOnFork : (flags & PmProtocol.POLICY_RESETS) != 0,
            (flags & PmProtocol.POLICY_SETS_NICE) != 0 && !keepsNumbers ? (int) nice : p.nice);
    int refusal = refusal(caller, p, wish);
    if (refusal == 0) {
      p.policy = wish.policy;
      p.priority = wish.priority;
      p.resetOnFork = wish.resets;
      p.nice = isFair(wish.policy) ? wish.nice : p.nice;
      SchedulerNews.changed(turn, p);
    }
    turn.reply(request, refusal);
  }

  /** What a process is to have. */
  private record Wish(int policy, int priority, boolean resets, int nice) {}

  private static boolean isRealTime(int policy) {
    return policy == SchedProtocol.FIFO || policy == SchedProtocol.ROUND_ROBIN;
  }

  private static boolean isFair(int policy) {
    return policy == SchedProtocol.OTHER || policy == SchedProtocol.BATCH;
  }

  private static int refusal(Process caller, Process p, Wish wish) {
    boolean known =
        isFair(wish.policy) || isRealTime(wish.policy) || wish.policy == SchedProtocol.IDLE;
    if (!known || isRealTime(wish.policy) != (wish.priority != 0) || wish.priority > PRIORITY_MAX) {
      return -EINVAL;
    }
    boolean owns =
        caller.effectiveUid == p.effectiveUid
            || caller.effectiveUid == p.uid
            || caller.isPrivileged();
    boolean favours =
        isRealTime(wish.policy)
            || isFair(wish.policy) && wish.nice < p.nice
            || p.policy == SchedProtocol.IDLE && wish.policy != SchedProtocol.IDLE;
    return !owns || favours || p.resetOnFork && !wish.resets ? -EPERM : 0;
  }

  /** What a child has of its parent's policy. */
  static void inherit(Process parent, Process child) {
    boolean falls = parent.resetOnFork && isRealTime(parent.policy);
    child.policy = falls ? SchedProtocol.OTHER : parent.policy;
    child.priority = falls ? 0 : parent.priority;
    child.nice = falls ? 0 : parent.nice;
    if (parent.resetOnFork) {
      child.nice = Math.max(0, child.nice);
    }
  }
}
