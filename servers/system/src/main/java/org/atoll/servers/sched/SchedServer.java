package org.atoll.servers.sched;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.SchedProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.sched.Candidate;
import org.atoll.libsys.sched.SchedulingPolicy;
import org.atoll.libsys.sched.Share;

/** The scheduler: asks its policy about each process, and tells the kernel of its node. */
public final class SchedServer implements Server, SchedProtocol.Service {

  private static final int VERSION = 1;

  /** Step of a row: a kernel answers SCHEDULE. */
  private static final int TOLD = 0;

  /** Step of a row: PM answers LIST. */
  private static final int LISTED = 1;

  private final SchedulingPolicy policy;
  private final Rows calls = new Rows();

  /** By task. */
  private final TreeMap<Integer, Candidate> processes = new TreeMap<>();

  public SchedServer(SchedulingPolicy policy) {
    this.policy = policy;
  }

  /** The scheduler of a VOS that was given no policy. */
  public static Handler create() {
    return new ServerLoop(() -> new SchedServer(new FairPolicy()));
  }

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    turn.reply(request, -Errno.ENOSYS);
  }

  @Override
  public void message(Turn turn, Message m) {
    boolean fromPm = m.source == turn.role(Role.PM);
    boolean fromKernel = m.source >= 0 && m.source == Endpoint.kernelOf(Endpoint.home(m.source));
    if (fromPm || fromKernel) {
      SchedProtocol.deliver(this, turn, m);
    }
  }

  /** RS has given this scheduler a beginning, or new code: the policy is asked about everybody. */
  @Override
  public void notified(Turn turn, int source) {
    if (source == turn.role(Role.RS)) {
      list(turn, 0);
    }
  }

  private void list(Turn turn, long fromPid) {
    long call = ProcessList.ask(turn, fromPid);
    if (call >= 0) {
      calls.add(call, LISTED);
    }
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    if (row.step == LISTED && answer.w0 > 0) {
      listed(turn, (int) answer.w0);
    }
  }

  private void listed(Turn turn, int count) {
    ProcessList list = ProcessList.answered(turn, count);
    for (int i = 0; i < count; i++) {
      if (list.runs(i)) {
        Candidate listed = list.candidate(i);
        Candidate known = processes.get(list.task(i));
        decide(turn, list.task(i), known == null ? listed : listed.with(known.share()), true);
      }
    }
    if (count == ProcessList.RECORDS) {
      list(turn, list.candidate(count - 1).pid() + 1L);
    }
  }

  @Override
  public void begun(
      Turn turn,
      int source,
      int task,
      long pid,
      long parent,
      long node,
      long nice,
      long wanted,
      long priority) {
    decide(
        turn,
        task,
        new Candidate(
            (int) pid,
            (int) parent,
            (int) node,
            "",
            (int) nice,
            (int) wanted,
            (int) priority,
            Share.NORMAL),
        true);
  }

  @Override
  public void ended(Turn turn, int source, int task) {
    Candidate ended = processes.remove(task);
    if (ended != null) {
      policy.ended(ended);
    }
  }

  @Override
  public void changed(Turn turn, int source, int task, long nice, long wanted, long priority) {
    Candidate known = processes.get(task);
    if (known != null) {
      decide(turn, task, known.wishing((int) nice, (int) wanted, (int) priority), false);
    }
  }

  @Override
  public void named(Turn turn, int source, int task, long first, long second) {
    Candidate known = processes.get(task);
    if (known != null) {
      decide(turn, task, known.named(text(first) + text(second)), false);
    }
  }

  private static String text(long word) {
    byte[] bytes = new byte[Long.BYTES];
    int length = 0;
    while (length < bytes.length && (byte) (word >>> 8 * length) != 0) {
      bytes[length] = (byte) (word >>> 8 * length);
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void moved(Turn turn, int source, int task, long node) {
    Candidate known = processes.get(task);
    if (known != null) {
      decide(turn, task, known.on((int) node), true);
    }
  }

  @Override
  public void allowanceOver(Turn turn, int source, int task) {
    Candidate known = processes.get(task);
    if (known != null) {
      give(turn, task, known, policy.usedUp(known), false);
    }
  }

  private void decide(Turn turn, int task, Candidate process, boolean always) {
    give(turn, task, process, policy.share(process), always);
  }

  /** Its kernel is told of what is new to it, or of everything. */
  private void give(Turn turn, int task, Candidate process, Share share, boolean always) {
    processes.put(task, process.with(share));
    if (always || !share.equals(process.share())) {
      Message m =
          KernelProtocol.Call.SCHEDULE.encode(
              turn.scratch(),
              task,
              share.level(),
              share.weight(),
              share.quantum(),
              share.allowance());
      long call = turn.call(Endpoint.kernelOf(process.node()), m);
      if (call >= 0) {
        calls.add(call, TOLD);
      }
    }
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // Every request is answered in its own turn.
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeInt(processes.size());
    processes.forEach((task, process) -> Candidates.save(out, task, process));
    StateWriter own = new StateWriter();
    policy.save(own);
    out.writeBytes(own.toBytes());
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    for (int left = in.readCount(1); left > 0; left--) {
      processes.put(in.readInt(), Candidates.load(in));
    }
    policy.load(new StateReader(in.readBytes()));
  }
}
