package org.atoll.abi.protocol;

import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * The scheduler: news of processes, which its policy goes by. All of it is one-way, so that nobody
 * waits for a policy: a process has what its parent had until the policy has said something else.
 */
public final class SchedProtocol {

  /** SCHED_OTHER: its part of the time, by its nice value. */
  public static final int OTHER = 0;

  /** SCHED_FIFO: before all others, until it waits. */
  public static final int FIFO = 1;

  /** SCHED_RR: before all others, by turns. */
  public static final int ROUND_ROBIN = 2;

  /** SCHED_BATCH: as SCHED_OTHER, for work that nobody waits for. */
  public static final int BATCH = 3;

  /** SCHED_IDLE: the least part. */
  public static final int IDLE = 5;

  private SchedProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * One-way, from PM: there is a new process, or one that this scheduler has not heard of. Policy
     * and priority are those of sched_setscheduler(2); parent is its process id. It is asked again
     * about a process that it knows.
     */
    BEGUN(0xb00, "task:ep pid parent node nice policy priority", ""),

    /** One-way, from PM: the process is over. */
    ENDED(0xb01, "task:ep", ""),

    /** One-way, from PM: nice value or policy are others now. */
    CHANGED(0xb02, "task:ep nice policy priority", ""),

    /** One-way, from PM: the command name is this now, NUL-padded, its first byte the lowest. */
    NAMED(0xb03, "task:ep first:x second:x", ""),

    /** One-way, from PM: the process is on that node now. */
    MOVED(0xb04, "task:ep node", ""),

    /** One-way, from a kernel: the process has used up what it was allowed. */
    ALLOWANCE_OVER(0xb05, "task:ep", "");

    private final int number;
    private final Signature signature;

    Call(int number, String request, String answer) {
      this.number = number;
      this.signature = Signature.of(request, answer);
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Signature signature() {
      return signature;
    }
  }

  private static final Call[] CALLS = Call.values();

  /** What the server does for each message. */
  public interface Service {

    /** {@link Call#BEGUN}. */
    void begun(
        Turn turn,
        int source,
        int task,
        long pid,
        long parent,
        long node,
        long nice,
        long policy,
        long priority);

    /** {@link Call#ENDED}. */
    void ended(Turn turn, int source, int task);

    /** {@link Call#CHANGED}. */
    void changed(Turn turn, int source, int task, long nice, long policy, long priority);

    /** {@link Call#NAMED}. */
    void named(Turn turn, int source, int task, long first, long second);

    /** {@link Call#MOVED}. */
    void moved(Turn turn, int source, int task, long node);

    /** {@link Call#ALLOWANCE_OVER}. */
    void allowanceOver(Turn turn, int source, int task);
  }

  /** Hands a one-way message to its method; what nobody sends that way is dropped. */
  public static void deliver(Service service, Turn turn, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      return;
    }
    int task = (int) m.w0;
    switch (CALLS[index]) {
      case BEGUN -> service.begun(turn, m.source, task, m.w1, m.w2, m.w3, m.w4, m.w5, m.w6);
      case ENDED -> service.ended(turn, m.source, task);
      case CHANGED -> service.changed(turn, m.source, task, m.w1, m.w2, m.w3);
      case NAMED -> service.named(turn, m.source, task, m.w1, m.w2);
      case MOVED -> service.moved(turn, m.source, task, m.w1);
      case ALLOWANCE_OVER -> service.allowanceOver(turn, m.source, task);
    }
  }
}
