package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * The process manager: processes, groups, sessions, credentials, wait.
 *
 * <p>Dispositions, masks and pending signals are in the process's own program (libposix); PM checks
 * permissions and routes.
 */
public final class PmProtocol {

  /** Flag of GET_POLICY and SET_POLICY: children have the policy SCHED_OTHER. */
  public static final int POLICY_RESETS = 1;

  /** Kind of a file's owner: one thread. */
  public static final int OWNER_THREAD = 0;

  /** Kind of a file's owner: a process. */
  public static final int OWNER_PROCESS = 1;

  /** Kind of a file's owner: a process group. */
  public static final int OWNER_GROUP = 2;

  /** Kind of a file's owner: the group that a process is in. */
  public static final int OWNER_GROUP_OF = 3;

  /** Flag of SET_POLICY: the policy stays. */
  public static final int POLICY_KEPT = 2;

  /** Flag of SET_POLICY: priority and nice value stay. */
  public static final int POLICY_NUMBERS_KEPT = 4;

  /** Flag of SET_POLICY: there is a nice value. */
  public static final int POLICY_SETS_NICE = 8;

  private PmProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * From RS: starts the command of the VOS as a child of process 1, which is PM itself. Answered
     * when the command has ended: result is the wait status. Buffer, errors and why as in {@link
     * ProcessProtocol.Call#EXEC}.
     */
    INIT(0x300, "<program", "result pid why"),

    /**
     * Flags: 1 = vfork (shares the address space; answered when the child has called exec or exit).
     * Processes is RLIMIT_NPROC of the caller, -1: unlimited; user 0 has no such limit. Errors:
     * EAGAIN (process limit), ENOMEM. Hart is the one of the caller that the child is a copy of.
     */
    FORK(0x301, "flags:x exitSignal processes hart", "pid"),

    /**
     * The caller replaced its program: releases a vfork parent, forbids setpgid by the parent, sets
     * effective and saved ids when they are not -1 (set-id files). Program is the descriptor that
     * VFS's OPEN_EXEC answered for it. The in-buffer is the new command name ({@code nameBytes}),
     * the arguments ({@code lineBytes}), each with its NUL, as far as they go into 4 KiB, and the
     * environment likewise, as far as it goes into 16 KiB.
     */
    EXECED(0x302, "uid gid program nameBytes lineBytes <texts", "result euid egid"),

    /**
     * Pieces of the caller's saved program, in order; after the last, the process goes on on that
     * node and is told {@link ProcessProtocol.Call#MOVED}. The last piece is answered only on
     * failure, or with 0 when the process is on that node already. From the answer of the first
     * piece on, signals are kept until the process has moved; one that arrives before it is not in
     * the saved program, and the process begins again with offset 0. Errors: ENXIO (no such node,
     * or it is down), EAGAIN, EINVAL (out of order).
     */
    MOVE(0x303, "node total offset <state", "result"),

    /**
     * The caller is over, with this wait status (exit code << 8, or signal, 0x80 for a core). Never
     * answered.
     */
    EXIT(0x304, "status", ""),

    /**
     * Waits for a child. Which: as waitpid (-1 any, 0 own group, &lt; -1 group, &gt; 0 pid).
     * Options: as waitid (WNOHANG 1, WSTOPPED 2, WEXITED 4, WCONTINUED 8, WNOWAIT 0x1000000,
     * __WNOTHREAD, __WALL, __WCLONE). Code: CLD_*. pid 0: WNOHANG and none. Errors: ECHILD, EINVAL,
     * EINTR (cancelled).
     */
    WAIT(0x305, "which options", "pid status code uid cpu:ns system:ns maxrss"),

    /**
     * As kill(2): which &gt; 0 pid, 0 own group, -1 all, &lt; -1 group; code and value for
     * rt_sigqueueinfo (code 0: SI_USER). Thread, unless it is 0: the signal is for this thread, of
     * the process which or, if that is 0, of any. Signal 0 only checks. Errors: ESRCH, EPERM,
     * EINVAL.
     */
    KILL(0x306, "which signal code value thread", "result"),

    /**
     * The caller is stopped by this signal; its parent is told. Errors: EPERM (the group is
     * orphaned, and SIGTSTP, SIGTTIN and SIGTTOU do not stop it: the caller goes on).
     */
    STOPPED(0x307, "signal", "result"),

    /** The caller goes on after a stop; its parent is told. */
    CONTINUED(0x308, "", "result"),

    /**
     * The caller's wish for its children: 1 = no zombies (SIGCHLD ignored or SA_NOCLDWAIT), 2 = no
     * signal for stopped children (SA_NOCLDSTOP).
     */
    CHILD_POLICY(0x309, "flags:x", "result"),

    /** As setpgid(2). Errors: EACCES, EINVAL, EPERM, ESRCH. */
    SETPGID(0x30a, "pid group", "result"),

    /** As getpgid(2), and the node that the process is on. Errors: ESRCH. */
    GETPGID(0x30b, "pid", "group node"),

    /** As setsid(2). Errors: EPERM. */
    SETSID(0x30c, "", "session"),

    /** As getsid(2). Errors: ESRCH. */
    GETSID(0x30d, "pid", "session"),

    /** The caller's parent. */
    GETPPID(0x30e, "", "pid"),

    /** As setresuid(2), -1 keeps; PM tells VFS. Errors: EPERM. */
    SETRESUID(0x30f, "real effective saved", "result"),

    /** As setresgid(2), -1 keeps. Errors: EPERM. */
    SETRESGID(0x310, "real effective saved", "result"),

    /** As setgroups(2): 32-bit ids. Errors: EPERM, EINVAL. */
    SETGROUPS(0x311, "count <groups", "result"),

    /** As getpriority(2), result 20 - nice (1 to 40). Errors: ESRCH, EINVAL. */
    GETPRIORITY(0x312, "which who", "nice"),

    /** As setpriority(2). Errors: EACCES, EPERM, ESRCH, EINVAL. */
    SETPRIORITY(0x313, "which who nice", "result"),

    /**
     * The processes in pid order from pid {@code start} on, as records of {@link ProcessRecord};
     * result is the number of records. Also the process id that was given out last.
     */
    LIST(0x314, "start >table", "result last"),

    /** One-way, from a kernel: the process's task failed. */
    TASK_DIED(0x315, "task:ep", ""),

    /** One-way, from a kernel: the node is dead, and so is what ran there. */
    NODE_DOWN(0x316, "node", ""),

    /** Nodes of the VOS, a bit for each that is up, and the caller's. */
    NODES(0x317, "", "count up:x here"),

    /**
     * User and system times of the caller's waited-for children, and of itself, for times(2) and
     * getrusage(2); maxrss is the children's, and switches those of the children or its own.
     */
    WAIT_USAGE(
        0x318,
        "ofChildren",
        "self:ns selfSystem:ns children:ns childrenSystem:ns maxrss voluntary involuntary"),

    /** From RS: the node is up, and this is its VM. Errors: EPERM, EINVAL. */
    NODE_UP(0x319, "node vm:ep", "result"),

    /**
     * The arguments of a process's program, each with its NUL, as EXECED brought them; nothing of
     * one that has ended. Errors: ESRCH.
     */
    COMMAND_LINE(0x31a, "pid >line", "bytes"),

    /** The caller's command name is the text of the in-buffer, as far as it is kept. */
    NAME(0x31b, "<name", "result"),

    /** As ioprio_get(2). Errors: ESRCH, EINVAL. */
    IOPRIO_GET(0x31c, "which who", "priority"),

    /** As ioprio_set(2). Errors: EPERM, ESRCH, EINVAL. */
    IOPRIO_SET(0x31d, "which who priority", "result"),

    /** As {@link #COMMAND_LINE}: what the environment of a process's program was at its exec. */
    ENVIRONMENT(0x31e, "pid >environment", "bytes"),

    /**
     * As prlimit(2), of another process; flag 1: there is a new limit. Errors: EINVAL, EPERM,
     * ESRCH, EAGAIN (it is on its way to another node).
     */
    LIMIT(0x31f, "pid flags:x resource soft hard", "result soft hard"),

    /**
     * The caller gets a thread more: its thread id. Processes as in FORK. Errors: EAGAIN (process
     * limit).
     */
    THREAD_START(0x320, "processes", "thread"),

    /** One-way: the caller's thread is over. Those of a program that is replaced need no word. */
    THREAD_END(0x321, "thread", ""),

    /**
     * From servers: a process's group and session, whether that group is orphaned, and its
     * effective user. Errors: ESRCH, EPERM.
     */
    JOB(0x322, "pid", "group session orphaned uid"),

    /**
     * From servers: the session that a group is in, or where there is no such group, the process
     * with that number. Errors: ESRCH, EPERM.
     */
    SESSION_OF_GROUP(0x323, "group", "session"),

    /**
     * From servers: a signal of the system itself to a process (which &gt; 0) or a group (&lt; 0).
     * It is sent when this is answered. Errors: ESRCH, EINVAL, EPERM.
     */
    RAISE(0x324, "which signal", "result"),

    /**
     * From servers: the process that a task is, and its effective user and group. Errors: ESRCH
     * (none, or one that has ended), EPERM.
     */
    PROCESS_OF(0x325, "task:ep", "pid uid gid"),

    /**
     * From servers: answered when the process that a task is has ended. Errors: ESRCH (it has ended
     * already, or never was one), EPERM, EINTR (cancelled).
     */
    END_OF(0x326, "task:ep", "result"),

    /**
     * A process's scheduling policy and priority (sched_getattr(2)); flags are {@link
     * PmProtocol#POLICY_RESETS} or 0. Pid 0: the caller. Errors: ESRCH.
     */
    GET_POLICY(0x327, "pid", "policy priority flags:x nice"),

    /**
     * As sched_setscheduler(2), sched_setparam(2) and sched_setattr(2), by flags. Errors: ESRCH,
     * EINVAL, EPERM.
     */
    SET_POLICY(0x328, "pid policy priority flags:x nice", "result"),

    /**
     * How many processes of all nodes wanted a processor, as means over the last minute, five and
     * fifteen, in 2048ths.
     */
    LOAD(0x329, "", "result one five fifteen"),

    /**
     * What a node (-1: all, those that are down too) did for processes that have ended or gone to
     * another one: user time without a nice value and with one, system time, and how often they
     * gave up the processor. Errors: EINVAL.
     */
    DEPARTED(0x32a, "node", "user:ns nice:ns system:ns switches"),

    /**
     * From servers: the number of who owns an open file, a {@link PmProtocol#OWNER_PROCESS} or
     * another kind, if that is there. Errors: ESRCH, EPERM.
     */
    FILE_OWNER(0x32b, "who kind", "who"),

    /**
     * From servers: something has happened to an open file, of which its owner is told by a signal
     * with an si_code of SIGIO's (the reason) and si_fd, or where the reason is 0 by the system's
     * plain one. Those are left out whom who set the owner may not signal: users are its real user
     * (lower 32 bits) and its effective one.
     */
    FILE_NEWS(0x32c, "who kind signal reason fd users:x", "result");

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

  /** What the server does for each call. Words keep their 64 bits; the server checks them. */
  public interface Service {

    /** {@link Call#INIT}. */
    void init(Turn turn, long request);

    /** {@link Call#FORK}. */
    void fork(Turn turn, long request, long flags, long exitSignal, long processes, long hart);

    /** {@link Call#EXECED}. */
    void execed(
        Turn turn, long request, long uid, long gid, long program, long nameBytes, long lineBytes);

    /** {@link Call#MOVE}. */
    void move(Turn turn, long request, long node, long total, long offset);

    /** {@link Call#EXIT}. */
    void exit(Turn turn, int source, long status);

    /** {@link Call#WAIT}. */
    void waitFor(Turn turn, long request, long which, long options);

    /** {@link Call#KILL}. */
    void kill(Turn turn, long request, long which, long signal, long code, long value, long thread);

    /** {@link Call#STOPPED}. */
    void stopped(Turn turn, long request, long signal);

    /** {@link Call#CONTINUED}. */
    void continued(Turn turn, long request);

    /** {@link Call#CHILD_POLICY}. */
    void childPolicy(Turn turn, long request, long flags);

    /** {@link Call#SETPGID}. */
    void setpgid(Turn turn, long request, long pid, long group);

    /** {@link Call#GETPGID}. */
    void getpgid(Turn turn, long request, long pid);

    /** {@link Call#SETSID}. */
    void setsid(Turn turn, long request);

    /** {@link Call#GETSID}. */
    void getsid(Turn turn, long request, long pid);

    /** {@link Call#GETPPID}. */
    void getppid(Turn turn, long request);

    /** {@link Call#SETRESUID}. */
    void setresuid(Turn turn, long request, long real, long effective, long saved);

    /** {@link Call#SETRESGID}. */
    void setresgid(Turn turn, long request, long real, long effective, long saved);

    /** {@link Call#SETGROUPS}. */
    void setgroups(Turn turn, long request, long count);

    /** {@link Call#GETPRIORITY}. */
    void getpriority(Turn turn, long request, long which, long who);

    /** {@link Call#SETPRIORITY}. */
    void setpriority(Turn turn, long request, long which, long who, long nice);

    /** {@link Call#LIST}. */
    void list(Turn turn, long request, long start);

    /** {@link Call#TASK_DIED}. */
    void taskDied(Turn turn, int source, long task);

    /** {@link Call#NODE_DOWN}. */
    void nodeDown(Turn turn, int source, long node);

    /** {@link Call#NODES}. */
    void nodes(Turn turn, long request);

    /** {@link Call#WAIT_USAGE}. */
    void waitUsage(Turn turn, long request, long ofChildren);

    /** {@link Call#NODE_UP}. */
    void nodeUp(Turn turn, long request, long node, long vm);

    /** {@link Call#COMMAND_LINE}. */
    void commandLine(Turn turn, long request, long pid);

    /** {@link Call#NAME}. */
    void name(Turn turn, long request);

    /** {@link Call#IOPRIO_GET}. */
    void ioprioGet(Turn turn, long request, long which, long who);

    /** {@link Call#IOPRIO_SET}. */
    void ioprioSet(Turn turn, long request, long which, long who, long priority);

    /** {@link Call#ENVIRONMENT}. */
    void environment(Turn turn, long request, long pid);

    /** {@link Call#LIMIT}. */
    void limit(Turn turn, long request, long pid, long flags, long resource, long soft, long hard);

    /** {@link Call#THREAD_START}. */
    void threadStart(Turn turn, long request, long processes);

    /** {@link Call#THREAD_END}. */
    void threadEnd(Turn turn, int source, long thread);

    /** {@link Call#JOB}. */
    void job(Turn turn, long request, long pid);

    /** {@link Call#SESSION_OF_GROUP}. */
    void sessionOfGroup(Turn turn, long request, long group);

    /** {@link Call#RAISE}. */
    void raise(Turn turn, long request, long which, long signal);

    /** {@link Call#PROCESS_OF}. */
    void processOf(Turn turn, long request, int task);

    /** {@link Call#END_OF}. */
    void endOf(Turn turn, long request, int task);

    /** {@link Call#GET_POLICY}. */
    void getPolicy(Turn turn, long request, long pid);

    /** {@link Call#LOAD}. */
    void load(Turn turn, long request);

    /** {@link Call#DEPARTED}. */
    void departed(Turn turn, long request, long node);

    /** {@link Call#FILE_OWNER}. */
    void fileOwner(Turn turn, long request, long who, long kind);

    /** {@link Call#FILE_NEWS}. */
    void fileNews(
        Turn turn,
        long request,
        long who,
        long kind,
        long signal,
        long reason,
        long fd,
        long users);

    /** {@link Call#SET_POLICY}. */
    void setPolicy(
        Turn turn, long request, long pid, long policy, long priority, long flags, long nice);
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case INIT -> service.init(turn, request);
      case FORK -> service.fork(turn, request, m.w0, m.w1, m.w2, m.w3);
      case EXECED -> service.execed(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case MOVE -> service.move(turn, request, m.w0, m.w1, m.w2);
      case EXIT -> service.exit(turn, m.source, m.w0);
      case WAIT -> service.waitFor(turn, request, m.w0, m.w1);
      case KILL -> service.kill(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case STOPPED -> service.stopped(turn, request, m.w0);
      case CONTINUED -> service.continued(turn, request);
      case CHILD_POLICY -> service.childPolicy(turn, request, m.w0);
      case SETPGID -> service.setpgid(turn, request, m.w0, m.w1);
      case GETPGID -> service.getpgid(turn, request, m.w0);
      case SETSID -> service.setsid(turn, request);
      case GETSID -> service.getsid(turn, request, m.w0);
      case GETPPID -> service.getppid(turn, request);
      case SETRESUID -> service.setresuid(turn, request, m.w0, m.w1, m.w2);
      case SETRESGID -> service.setresgid(turn, request, m.w0, m.w1, m.w2);
      case SETGROUPS -> service.setgroups(turn, request, m.w0);
      case GETPRIORITY -> service.getpriority(turn, request, m.w0, m.w1);
      case SETPRIORITY -> service.setpriority(turn, request, m.w0, m.w1, m.w2);
      case LIST -> service.list(turn, request, m.w0);
      case NODES -> service.nodes(turn, request);
      case WAIT_USAGE -> service.waitUsage(turn, request, m.w0);
      case NODE_UP -> service.nodeUp(turn, request, m.w0, m.w1);
      case COMMAND_LINE -> service.commandLine(turn, request, m.w0);
      case NAME -> service.name(turn, request);
      case IOPRIO_GET -> service.ioprioGet(turn, request, m.w0, m.w1);
      case IOPRIO_SET -> service.ioprioSet(turn, request, m.w0, m.w1, m.w2);
      case ENVIRONMENT -> service.environment(turn, request, m.w0);
      case LIMIT -> service.limit(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case THREAD_START -> service.threadStart(turn, request, m.w0);
      case JOB -> service.job(turn, request, m.w0);
      case SESSION_OF_GROUP -> service.sessionOfGroup(turn, request, m.w0);
      case RAISE -> service.raise(turn, request, m.w0, m.w1);
      case PROCESS_OF -> service.processOf(turn, request, (int) m.w0);
      case END_OF -> service.endOf(turn, request, (int) m.w0);
      case GET_POLICY -> service.getPolicy(turn, request, m.w0);
      case SET_POLICY -> service.setPolicy(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case LOAD -> service.load(turn, request);
      case DEPARTED -> service.departed(turn, request, m.w0);
      case FILE_OWNER -> service.fileOwner(turn, request, m.w0, m.w1);
      case FILE_NEWS -> service.fileNews(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5);
      case TASK_DIED, NODE_DOWN, THREAD_END -> turn.reply(request, -Errno.ENOSYS);
    }
  }

  /** Hands a one-way message to its method; what nobody sends that way is dropped. */
  public static void deliver(Service service, Turn turn, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      return;
    }
    switch (CALLS[index]) {
      case EXIT -> service.exit(turn, m.source, m.w0);
      case TASK_DIED -> service.taskDied(turn, m.source, m.w0);
      case NODE_DOWN -> service.nodeDown(turn, m.source, m.w0);
      case THREAD_END -> service.threadEnd(turn, m.source, m.w0);
      default -> {}
    }
  }
}
