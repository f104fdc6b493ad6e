package org.atoll.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;

/** The task that a node's kernel is to the others: kernel calls about tasks, made by message. */
final class KernelTask implements Handler, KernelProtocol.Service {

  /** Bytes of a saved program at most. */
  private static final int STATE_BYTES_MAX = 8 * 1024 * 1024;

  /** A program on its way here: what has come of it so far. */
  private static final class Arrival {
    final byte[] state;
    int received;

    Arrival(int bytes) {
      state = new byte[bytes];
    }
  }

  private final Node node;
  private final Map<Integer, Arrival> arrivals = new TreeMap<>();
  private final byte[] piece = new byte[Limits.BUFFER_BYTES_MAX];

  KernelTask(Node node) {
    this.node = node;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    KernelProtocol.dispatch(this, turn, request, m);
  }

  @Override
  public void spawn(Turn turn, long request) {
    turn.reply(request, node.life.spawn());
  }

  @Override
  public void fork(Turn turn, long request, int parent, long hart) {
    turn.reply(request, node.life.fork(cpuOf(turn), parent, (int) hart));
  }

  @Override
  public void destroy(Turn turn, long request, int task) {
    arrivals.remove(task);
    int result = node.life.destroy(cpuOf(turn), task, request);
    if (result != Lifecycle.LATER) {
      turn.reply(request, result);
    }
  }

  @Override
  public void adopt(Turn turn, long request, int task, long total, long offset) {
    turn.reply(request, arrive(turn, request, task, total, offset));
  }

  private int arrive(Turn turn, long request, int task, long total, long offset) {
    int bytes = turn.kernel().inBytes(request);
    Arrival arrival = arrivals.get(task);
    if (offset == 0) {
      if (task < 0 || total < 0 || total > STATE_BYTES_MAX || node.tasks.find(task) != null) {
        return -Errno.EINVAL;
      }
      arrival = new Arrival((int) total);
      arrivals.put(task, arrival);
    }
    if (arrival == null
        || total != arrival.state.length
        || offset != arrival.received
        || bytes > total - offset) {
      arrivals.remove(task);
      return -Errno.EINVAL;
    }
    turn.kernel().copyIn(request, 0, piece, 0, bytes);
    System.arraycopy(piece, 0, arrival.state, (int) offset, bytes);
    arrival.received += bytes;
    if (arrival.received < total) {
      return 0;
    }
    arrivals.remove(task);
    return node.life.adopt(task, arrival.state);
  }

  @Override
  public void forget(Turn turn, long request, int task, long to) {
    turn.reply(request, node.life.forget(cpuOf(turn), task, to));
  }

  @Override
  public void locate(Turn turn, long request, int task, long at) {
    turn.reply(request, node.life.locate(task, at));
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the ordinal is the role's number in messages
  public void role(Turn turn, long request, long role, int endpoint) {
    if (role < 0 || role >= Role.values().length) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    node.role(Role.values()[(int) role], endpoint);
    turn.reply(request, 0);
  }

  @Override
  public void usage(Turn turn, long request, int task) {
    Task of = node.tasks.find(task);
    if (of == null) {
      turn.reply(request, -Errno.ESRCH);
      return;
    }
    ProcessMachine process = of.process;
    long retired = process == null ? 0 : process.retired();
    int state = Renewal.state(of);
    cpuOf(turn).settle();
    long cpuNanos = of.account.nanos();
    Message m = turn.scratch();
    turn.reply(request, m.set(0, 0, cpuNanos, retired, of.events, of.version, state, 0));
  }

  @Override
  public void times(Turn turn, long request, int task) {
    Task of = node.tasks.find(task);
    if (of == null) {
      turn.reply(request, -Errno.ESRCH);
      return;
    }
    cpuOf(turn).settle();
    Account account = of.account;
    boolean ready = of.run.get() == Task.QUEUED || of.runnable();
    turn.reply(
        request,
        turn.scratch()
            .set(
                0,
                ready ? 1 : 0,
                account.userNanos.get(),
                account.systemNanos.get(),
                account.voluntary.get(),
                account.involuntary.get(),
                0,
                0));
  }

  @Override
  public void load(Turn turn, long request) {
    cpuOf(turn).settle();
    Message means = turn.scratch().set(0, 0, 0, 0, 0, 0, 0, 0);
    for (int which = 0; which < 3; which++) {
      means.word(1 + which, node.load(which));
    }
    turn.reply(request, means);
  }

  @Override
  public void schedule(
      Turn turn, long request, int task, long level, long weight, long quantum, long allowance) {
    turn.reply(request, schedule(request, task, level, weight, quantum, allowance));
  }

  private long schedule(
      long request, int endpoint, long level, long weight, long quantum, long allowance) {
    Task task = node.tasks.find(endpoint);
    if (Turn.caller(request) != node.role(Role.SCHED) || task != null && task.process == null) {
      return -Errno.EPERM;
    }
    boolean known =
        level > Standing.SERVERS
            && level < Limits.LEVELS
            && within(weight, Limits.WEIGHT_MAX)
            && within(quantum, Integer.MAX_VALUE)
            && within(allowance, Integer.MAX_VALUE);
    if (task == null || !known) {
      return known ? -Errno.ESRCH : -Errno.EINVAL;
    }
    node.scheduler.schedule(task, (int) level, (int) weight, (int) quantum, (int) allowance);
    return 0;
  }

  private static boolean within(long value, long most) {
    return value >= 0 && value <= most;
  }

  @Override
  public void tasks(Turn turn, long request, long from) {
    new TaskListing(node, from, turn.kernel().outBytes(request)).tasks().answer(turn, request);
  }

  @Override
  public void underWay(Turn turn, long request, long from) {
    new TaskListing(node, from, turn.kernel().outBytes(request)).calls().answer(turn, request);
  }

  @Override
  public void halt(Turn turn, long request, long status) {
    if (status < 0 || status > 255) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    turn.reply(request, 0);
    node.haltEverywhere(cpuOf(turn), (int) status);
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the ordinal is the role's number in messages
  public void who(Turn turn, long request, long role) {
    if (role < 0 || role >= Role.values().length) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    turn.reply(request, 0, node.role(Role.values()[(int) role]));
  }

  @Override
  public void watch(Turn turn, long request, int task) {
    Task watched = node.tasks.find(task);
    int result = Renewal.refusal(node, watched);
    if (watched != null && result == 0) {
      watched.watchedBy(Turn.caller(request));
    }
    turn.reply(request, result);
  }

  @Override
  public void renew(Turn turn, long request, int task, long how) {
    byte[] state = new byte[Math.max(0, turn.kernel().inBytes(request))];
    turn.kernel().copyIn(request, 0, state, 0, state.length);
    String reason = node.renewal.renew(cpuOf(turn), task, how, state);
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int bytes = Math.min(text.length, Math.max(0, turn.kernel().outBytes(request)));
    turn.kernel().copyOut(request, 0, text, 0, bytes);
    turn.reply(request, node.renewal.result(), bytes);
  }

  @Override
  public void start(Turn turn, long request) {
    int bytes = Math.min(piece.length, Math.max(0, turn.kernel().inBytes(request)));
    turn.kernel().copyIn(request, 0, piece, 0, bytes);
    String name = new String(piece, 0, bytes, StandardCharsets.UTF_8);
    turn.reply(request, node.renewal.start(name, Turn.caller(request)));
  }

  @Override
  public void fail(Turn turn, long request, int task) {
    turn.reply(request, node.renewal.fail(cpuOf(turn), task));
  }

  private static Cpu cpuOf(Turn turn) {
    return ((CpuTurn) turn).cpu();
  }

  @Override
  public void message(Turn turn, Message m) {
    // Kernel calls are requests; a one-way message asks for nothing.
  }

  @Override
  public void notified(Turn turn, int source) {
    // Nobody notifies a kernel of anything that it waits for.
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    throw new IllegalStateException("the kernel makes no calls, yet " + call + " is answered");
  }

  @Override
  public void alarm(Turn turn, long tag) {
    throw new IllegalStateException("the kernel sets no alarm, yet " + tag + " went off");
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // Every request is answered in its own turn, or as soon as a task's turn is over.
  }

  @Override
  public void save(StateWriter out) {
    out.version(1);
    out.writeInt(arrivals.size());
    arrivals.forEach((task, arrival) -> {
      out.writeInt(task);
      out.writeInt(arrival.received);
      out.writeBytes(arrival.state);
    });
  }

  @Override
  public void load(StateReader in) {
    in.version(1);
    arrivals.clear();
    for (int left = in.readInt(); left > 0; left--) {
      int task = in.readInt();
      int received = in.readInt();
      byte[] state = in.readBytes();
      Arrival arrival = new Arrival(state.length);
      System.arraycopy(state, 0, arrival.state, 0, state.length);
      arrival.received = received;
      arrivals.put(task, arrival);
    }
  }

  @Override
  public void restore(StateReader in) {
    // It keeps nothing.
  }
}
