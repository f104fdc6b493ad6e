package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;

import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.atoll.libsys.ServerLoop;

/** The process manager: hands each call, and each answer, to the class of its theme. */
public final class PmServer implements Server, PmProtocol.Service {

  private static final Step[] STEPS = Step.values();

  private final State state = new State();
  private final Signals signals = new Signals(state);
  private final Fork fork = new Fork(state, signals);
  private final Wait wait = new Wait(state, signals);
  private final Exit exit = new Exit(state, signals, fork, wait);
  private final Init init = new Init(state, exit);
  private final Groups groups = new Groups(state);
  private final Credentials credentials = new Credentials(state, fork);
  private final Priorities priorities = new Priorities(state);
  private final Policies policies = new Policies(state);
  private final IoPriorities ioPriorities = new IoPriorities(state);
  private final ResourceLimits limits = new ResourceLimits(state);
  private final Move move = new Move(state, signals);
  private final Listing listing = new Listing(state);
  private final Load load = new Load(state);
  private final JobControl jobs = new JobControl(state, signals);
  private final Tasks tasks = new Tasks(state);
  private final FileOwners fileOwners = new FileOwners(state, signals);

  private PmServer() {}

  /**
   * The server's task at boot: process 1 and no other.
   *
   * @param processesMax most processes at once besides it, zombies included; a fork beyond answers
   *     EAGAIN
   */
  public static Handler create(int processesMax) {
    return new ServerLoop(() -> {
      PmServer server = new PmServer();
      server.state.processes.limit(processesMax);
      server.state.processes.seed();
      return server;
    });
  }

  @Override
  public Rows calls() {
    return state.calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    PmProtocol.dispatch(this, turn, request, m);
  }

  @Override
  public void message(Turn turn, Message m) {
    PmProtocol.deliver(this, turn, m);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    switch ((int) tag) {
      case (int) Signals.ALARM -> signals.sendKept(turn);
      case (int) Exit.ALARM -> exit.sweep(turn);
      default -> state.retry(turn);
    }
  }

  @Override
  public void cancelled(Turn turn, long request) {
    if (state.waiting.contains(request)) {
      if (state.waiting.see(request).step == State.WAITING_FOR_CHILD) {
        wait.cancelled(turn, request);
      } else {
        listing.cancelled(turn, request);
      }
    } else {
      fork.cancelled(turn, request);
    }
  }

  @Override
  public void resume(Turn turn, Row row, Message m) {
    state.retry(turn);
    long result = m.w0;
    switch (STEPS[row.step]) {
      case IGNORE -> {}
      case INIT_SPAWNED -> init.spawned(turn, row, result);
      case INIT_FILES -> init.filesReady(turn, row, result);
      case INIT_EXECUTED -> init.executed(turn, row, result, m.w1);
      case FORK_TASK -> fork.taskReady(turn, row, result);
      case FORK_PART -> fork.partReady(turn, row, result);
      case EXECED_FILES -> credentials.filesClosed(turn, row, result);
      case EXIT_USAGE -> exit.usageKnown(turn, row, m);
      case EXIT_MEMORY -> exit.memoryGone(turn, row, result, m.w1);
      case EXIT_FILES -> exit.filesGone(turn, row);
      case FORWARD -> turn.reply(row.w0, result);
      case MOVE_ADOPTED -> move.adopted(turn, row, result);
      case MOVE_USAGE -> move.usageKnown(turn, row, m);
      case MOVE_LOCATED -> move.located(turn, row);
      case LIST_USAGE -> listing.usageKnown(turn, row, m);
      case LIMIT_SET -> limits.set(turn, row, m);
      case LIMIT_TOLD -> ResourceLimits.told(turn, row);
      case SELF_USAGE, CHILDREN_USAGE -> listing.ownUsageKnown(turn, row, m);
      case LOAD_KNOWN -> load.known(turn, row, m);
    }
  }

  @Override
  public void init(Turn turn, long request) {
    init.init(turn, request);
  }

  @Override
  public void fork(
      Turn turn, long request, long flags, long exitSignal, long processes, long hart) {
    fork.fork(turn, request, flags, exitSignal, processes, hart);
  }

  @Override
  public void execed(
      Turn turn, long request, long uid, long gid, long program, long nameBytes, long lineBytes) {
    credentials.executed(turn, request, (int) uid, (int) gid, program, nameBytes, lineBytes);
  }

  @Override
  public void move(Turn turn, long request, long node, long total, long offset) {
    move.move(turn, request, node, total, offset);
  }

  @Override
  public void exit(Turn turn, int source, long status) {
    exit.exit(turn, source, (int) status);
  }

  @Override
  public void waitFor(Turn turn, long request, long which, long options) {
    wait.waitFor(turn, request, (int) which, (int) options);
  }

  @Override
  public void kill(
      Turn turn, long request, long which, long signal, long code, long value, long thread) {
    signals.kill(turn, request, (int) which, signal, (int) code, value, (int) thread);
  }

  @Override
  public void stopped(Turn turn, long request, long signal) {
    wait.stopped(turn, request, (int) signal);
  }

  @Override
  public void continued(Turn turn, long request) {
    wait.continued(turn, request);
  }

  @Override
  public void childPolicy(Turn turn, long request, long flags) {
    wait.childPolicy(turn, request, flags);
  }

  @Override
  public void setpgid(Turn turn, long request, long pid, long group) {
    groups.setGroup(turn, request, (int) pid, (int) group);
  }

  @Override
  public void getpgid(Turn turn, long request, long pid) {
    groups.group(turn, request, (int) pid);
  }

  @Override
  public void setsid(Turn turn, long request) {
    groups.newSession(turn, request);
  }

  @Override
  public void getsid(Turn turn, long request, long pid) {
    groups.session(turn, request, (int) pid);
  }

  @Override
  public void getppid(Turn turn, long request) {
    groups.parent(turn, request);
  }

  @Override
  public void setresuid(Turn turn, long request, long real, long effective, long saved) {
    credentials.setUsers(turn, request, (int) real, (int) effective, (int) saved);
  }

  @Override
  public void setresgid(Turn turn, long request, long real, long effective, long saved) {
    credentials.setGroups(turn, request, (int) real, (int) effective, (int) saved);
  }

  @Override
  public void setgroups(Turn turn, long request, long count) {
    credentials.setSupplementary(turn, request, count);
  }

  @Override
  public void getpriority(Turn turn, long request, long which, long who) {
    priorities.priority(turn, request, which, (int) who);
  }

  @Override
  public void setpriority(Turn turn, long request, long which, long who, long nice) {
    priorities.setPriority(turn, request, which, (int) who, nice);
  }

  @Override
  public void list(Turn turn, long request, long start) {
    listing.list(turn, request, start);
  }

  @Override
  public void taskDied(Turn turn, int source, long task) {
    exit.taskDied(turn, source, (int) task);
  }

  @Override
  public void nodeDown(Turn turn, int source, long node) {
    exit.nodeDown(turn, source, node);
  }

  @Override
  public void nodes(Turn turn, long request) {
    listing.nodes(turn, request);
  }

  @Override
  public void load(Turn turn, long request) {
    load.load(turn, request);
  }

  @Override
  public void departed(Turn turn, long request, long node) {
    listing.departed(turn, request, node);
  }

  @Override
  public void waitUsage(Turn turn, long request, long ofChildren) {
    listing.usage(turn, request, ofChildren != 0);
  }

  @Override
  public void nodeUp(Turn turn, long request, long node, long vm) {
    if (Turn.caller(request) != turn.role(Role.RS)) {
      turn.reply(request, -EPERM);
      return;
    }
    if (node < 0 || node >= Limits.NODES_MAX || vm < 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    state.vmOfNode[(int) node] = (int) vm;
    state.nodesUp |= 1L << node;
    turn.reply(request, 0);
  }

  @Override
  public void commandLine(Turn turn, long request, long pid) {
    listing.commandLine(turn, request, pid);
  }

  @Override
  public void environment(Turn turn, long request, long pid) {
    listing.environment(turn, request, pid);
  }

  @Override
  public void name(Turn turn, long request) {
    credentials.setName(turn, request);
  }

  @Override
  public void ioprioGet(Turn turn, long request, long which, long who) {
    ioPriorities.priority(turn, request, which, (int) who);
  }

  @Override
  public void ioprioSet(Turn turn, long request, long which, long who, long priority) {
    ioPriorities.setPriority(turn, request, which, (int) who, priority);
  }

  @Override
  public void limit(
      Turn turn, long request, long pid, long flags, long resource, long soft, long hard) {
    limits.limit(turn, request, (int) pid, flags, resource, soft, hard);
  }

  @Override
  public void threadStart(Turn turn, long request, long processes) {
    fork.startThread(turn, request, processes);
  }

  @Override
  public void threadEnd(Turn turn, int source, long thread) {
    Process p = state.processes.ofTask(source);
    if (p != null) {
      state.processes.endThread(p, thread);
    }
  }

  @Override
  public void job(Turn turn, long request, long pid) {
    jobs.job(turn, request, pid);
  }

  @Override
  public void sessionOfGroup(Turn turn, long request, long group) {
    jobs.sessionOfGroup(turn, request, group);
  }

  @Override
  public void raise(Turn turn, long request, long which, long signal) {
    jobs.raise(turn, request, which, signal);
  }

  @Override
  public void processOf(Turn turn, long request, int task) {
    tasks.process(turn, request, task);
  }

  @Override
  public void endOf(Turn turn, long request, int task) {
    tasks.awaitEnd(turn, request, task);
  }

  @Override
  public void getPolicy(Turn turn, long request, long pid) {
    policies.policy(turn, request, pid);
  }

  @Override
  public void setPolicy(
      Turn turn, long request, long pid, long policy, long priority, long flags, long nice) {
    policies.setPolicy(turn, request, pid, policy, priority, flags, nice);
  }

  @Override
  public void fileOwner(Turn turn, long request, long who, long kind) {
    fileOwners.owner(turn, request, who, (int) kind);
  }

  @Override
  public void fileNews(
      Turn turn, long request, long who, long kind, long signal, long reason, long fd, long users) {
    FileOwners.News news = new FileOwners.News((int) signal, (int) reason, fd, users);
    fileOwners.tell(turn, request, who, (int) kind, news);
  }

  @Override
  public void save(StateWriter out) {
    state.save(out);
  }

  @Override
  public void load(StateReader in) {
    state.load(in);
  }
}
