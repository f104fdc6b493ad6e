package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Kernel calls about tasks, made by message to the kernel of the node that they concern ({@link
 * org.atoll.abi.Endpoint#kernelOf}). Owner of the privileges: PM and RS.
 */
public final class KernelProtocol {

  /** In RENEW: the code of its image, and the state that the task saves. */
  public static final int UPDATE = 0;

  /** In RENEW: the code of its image, and no state. */
  public static final int RESTART = 1;

  /** In RENEW: nothing; every request is answered EDEADSRCDST. */
  public static final int STOP = 2;

  /** In the answer to USAGE: the task failed, and waits for RENEW. */
  public static final int STATE_FAILED = 1;

  /** In the answer to USAGE: the task was stopped. */
  public static final int STATE_STOPPED = 2;

  private KernelProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * A new process with an empty program, zero registers and no address space. Errors: EAGAIN (no
     * slot).
     */
    SPAWN(0x100, "", "task:ep"),

    /**
     * A copy of a process, one hart of which is at rest: that hart's registers, and program; no
     * address space yet. The child stays at rest until its program is told {@link
     * ProcessProtocol.Call#FORKED}. Errors: ESRCH, EAGAIN.
     */
    FORK(0x101, "parent:ep hart", "task:ep"),

    /**
     * Ends a task and gives its slot back; whoever waits for it gets EDEADSRCDST. Errors: ESRCH.
     */
    DESTROY(0x102, "task:ep", "result"),

    /**
     * Takes over a process from another node under its endpoint: pieces of its saved program, in
     * order; the last one makes the task, at rest, without address space. Errors: EINVAL, EAGAIN.
     */
    ADOPT(0x103, "task:ep total offset <state", "result"),

    /**
     * The process now lives on another node: its local part goes away without dying, and what still
     * arrives for it is passed on.
     */
    FORGET(0x104, "task:ep node", "result"),

    /** From now on the endpoint is found on that node. */
    LOCATE(0x105, "task:ep node", "result"),

    /**
     * From now on the endpoint serves the role (ordinal of {@link org.atoll.abi.Role}) for this
     * node.
     */
    ROLE(0x106, "role endpoint:ep", "result"),

    /**
     * CPU time and retired instructions of a task, how many events it has handled, the version of
     * its code, and its state: 0, {@link KernelProtocol#STATE_FAILED} or {@link
     * KernelProtocol#STATE_STOPPED}. Errors: ESRCH.
     */
    USAGE(0x107, "task:ep", "result cpu:ns retired events version state"),

    /**
     * The tasks of this node as rows of text: endpoint, name, state, CPU time in milliseconds,
     * events handled, calls under way, letters in the mailbox, alarms, grants. From 0 is the first
     * piece, which begins with a title; next is from where the one after goes on, 0 when there is
     * none.
     */
    TASKS(0x108, "from:x >table", "bytes next:x"),

    /** Ends the VOS; its command exits with this status (0 to 255). */
    HALT(0x109, "status", "result"),

    /**
     * The endpoint that serves a role for the tasks of this node, NONE when nobody does; asked by a
     * node that joins. Errors: EINVAL.
     */
    WHO(0x10a, "role", "result endpoint:ep"),

    /**
     * From now on a failure of this server or driver does not end its scope: its callers get
     * EDEADSRCDST, and it waits for RENEW, which the caller is told by {@link
     * RsProtocol.Call#FAILED}. Errors: ESRCH, EPERM (a process, a kernel, a task with a stack).
     */
    WATCH(0x10b, "task:ep", "result"),

    /**
     * Gives a server or driver, between two turns, the code of its image ({@link
     * KernelProtocol#UPDATE}, {@link KernelProtocol#RESTART}) or none ({@link
     * KernelProtocol#STOP}). Its endpoint and what waits in its mailbox stay. With UPDATE all else
     * stays, too: requests that it took, calls under way, alarms, grants; the version that was
     * offered last is taken. Otherwise, and when it has failed, requests that it took get
     * EDEADSRCDST and the rest is dropped; with RESTART, a state in the in-buffer is what the new
     * one restores. Errors: ESRCH, EPERM (see WATCH), ENOENT (no image), EAGAIN (its turn does not
     * end); EINVAL: what was to be loaded threw, the old one stays, and the out-buffer says why.
     */
    RENEW(0x10c, "task:ep how <state >reason", "result bytes"),

    /**
     * A new server or driver from an image of this node; its failures are told to the caller, as
     * with WATCH. Errors: ENOENT, EAGAIN, EINVAL (its constructor throws).
     */
    START(0x10d, "<image", "task:ep"),

    /** Makes a server or driver fail as if it had thrown. Errors: ESRCH, EPERM, EAGAIN. */
    FAIL(0x10e, "task:ep", "result"),

    /**
     * The CPU time of a task, in its own code and in turns, its own or for it; how often it had
     * nothing more to do, and how often another one had its turn although it had more to do. Result
     * is 1 when it is ready to run. Errors: ESRCH.
     */
    TIMES(0x10f, "task:ep", "result user:ns system:ns voluntary involuntary"),

    /**
     * From SCHED: what a process is given from now on. Level: 1 to {@link Limits#LEVELS} - 1, the
     * lowest one that has ready processes goes first. Weight: its part of the level's time, as
     * against others; 0: no part, but the turn before those that have one, first come, first
     * served. Quantum: instructions before others of its level have their turn, 0: until it waits.
     * Allowance: after so many instructions {@link SchedProtocol.Call#ALLOWANCE_OVER} is sent, 0:
     * never. Errors: EPERM, ESRCH, EINVAL.
     */
    SCHEDULE(0x110, "task:ep level weight quantum allowance", "result"),

    /**
     * The calls under way of this node's tasks as rows of text: caller, callee, call, whether the
     * callee has taken it (sent: it is on another node), bytes of its in-buffer and room in its
     * out-buffer. Pieces as in TASKS, without a title.
     */
    UNDER_WAY(0x111, "from:x >table", "bytes next:x"),

    /**
     * How many processes of this node wanted a processor, as means over the last minute, five and
     * fifteen, in 2048ths (getloadavg(3)).
     */
    LOAD(0x112, "", "result one five fifteen");

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

    /** The call with that number, or null. */
    public static @Nullable Call of(int number) {
      int index = number - FIRST;
      return index >= 0 && index < CALLS.length ? CALLS[index] : null;
    }
  }

  private static final Call[] CALLS = Call.values();
  private static final int FIRST = 0x100;

  /** What a node's kernel answers. One method per call; the words are those of its signature. */
  public interface Service {

    void spawn(Turn turn, long request);

    void fork(Turn turn, long request, int parent, long hart);

    void destroy(Turn turn, long request, int task);

    void adopt(Turn turn, long request, int task, long total, long offset);

    void forget(Turn turn, long request, int task, long node);

    void locate(Turn turn, long request, int task, long node);

    void role(Turn turn, long request, long role, int endpoint);

    void usage(Turn turn, long request, int task);

    void tasks(Turn turn, long request, long from);

    void halt(Turn turn, long request, long status);

    void who(Turn turn, long request, long role);

    void watch(Turn turn, long request, int task);

    void renew(Turn turn, long request, int task, long how);

    void start(Turn turn, long request);

    void fail(Turn turn, long request, int task);

    void times(Turn turn, long request, int task);

    void schedule(
        Turn turn, long request, int task, long level, long weight, long quantum, long allowance);

    void underWay(Turn turn, long request, long from);

    void load(Turn turn, long request);
  }

  /** Decodes a request and calls the service; an unknown number is answered ENOSYS. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    Call call = Call.of(m.type);
    if (call == null) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (call) {
      case SPAWN -> service.spawn(turn, request);
      case FORK -> service.fork(turn, request, (int) m.w0, m.w1);
      case DESTROY -> service.destroy(turn, request, (int) m.w0);
      case ADOPT -> service.adopt(turn, request, (int) m.w0, m.w1, m.w2);
      case FORGET -> service.forget(turn, request, (int) m.w0, m.w1);
      case LOCATE -> service.locate(turn, request, (int) m.w0, m.w1);
      case ROLE -> service.role(turn, request, m.w0, (int) m.w1);
      case USAGE -> service.usage(turn, request, (int) m.w0);
      case TASKS -> service.tasks(turn, request, m.w0);
      case HALT -> service.halt(turn, request, m.w0);
      case WHO -> service.who(turn, request, m.w0);
      case WATCH -> service.watch(turn, request, (int) m.w0);
      case RENEW -> service.renew(turn, request, (int) m.w0, m.w1);
      case START -> service.start(turn, request);
      case FAIL -> service.fail(turn, request, (int) m.w0);
      case TIMES -> service.times(turn, request, (int) m.w0);
      case SCHEDULE -> service.schedule(turn, request, (int) m.w0, m.w1, m.w2, m.w3, m.w4);
      case UNDER_WAY -> service.underWay(turn, request, m.w0);
      case LOAD -> service.load(turn, request);
    }
  }
}
