package org.atoll.servers.rs;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.RsProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.atoll.libsys.ServerLoop;

/**
 * RS: waits until every node is a member and every boot task is ready, mounts what is to be
 * mounted, has PM start the command, and ends the VOS with its exit status. When a node or a boot
 * task cannot be waited for any more, it ends the VOS instead. {@link Services} looks after the
 * services.
 */
public final class RsServer implements Server, RsProtocol.Service, BootMounts.Outcome {

  private static final int VERSION = 4;

  /** Longest line that a boot task's failure is told with. */
  private static final int REASON_BYTES_MAX = 1_024;

  /** Time for all nodes to join; a JVM that starts and connects takes less than one second. */
  private static final long JOIN_SECONDS = 60;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Tag of the alarm that ends the wait for nodes. */
  private static final long JOIN_ALARM = 1;

  /** Exit status when the command cannot be executed. */
  private static final int NOT_EXECUTABLE = 126;

  /** Exit status when the command is not found. */
  private static final int NOT_FOUND = 127;

  /** Exit status when the VOS itself fails. */
  private static final int FAILED = 125;

  private final BootPlan plan;
  private final Rows calls = new Rows();
  private final Console console = new Console(calls);
  private final Services services = new Services(calls, console);
  private final BootMounts mounts;

  /** A bit for each node that is a member. */
  private long members;

  private int boots;

  /** The command was started, or never will be. */
  private boolean settled;

  private RsServer(BootPlan plan) {
    this.plan = plan;
    this.mounts = new BootMounts(plan, calls, this);
  }

  /** A task's handler around RS with a plan; the host raises its channel once to begin. */
  public static Handler create(BootPlan plan) {
    return new ServerLoop(() -> new RsServer(plan));
  }

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    RsProtocol.dispatch(this, turn, request, m);
  }

  /** The host raised the channel: this node is the first member. */
  @Override
  public void notified(Turn turn, int source) {
    if (source == Endpoint.HOST) {
      services.begin(turn, plan);
      if (plan.nodes() > 1) {
        turn.kernel().setAlarm(JOIN_ALARM, JOIN_SECONDS * NANOS_PER_SECOND);
      }
      tellPm(turn, 0, turn.node(), turn.role(Role.VM));
    }
  }

  @Override
  public void up(Turn turn, long request) {
    boots++;
    turn.reply(request, 0);
    startWhenReady(turn);
  }

  @Override
  public void fail(Turn turn, long request) {
    if (settled) {
      turn.reply(request, -Errno.EPERM);
      return;
    }
    byte[] reason = new byte[Math.min(turn.kernel().inBytes(request), REASON_BYTES_MAX)];
    turn.kernel().copyIn(request, 0, reason, 0, reason.length);
    turn.reply(request, 0);
    end(turn, new String(reason, StandardCharsets.UTF_8));
  }

  /**
   * A member dies alone, but without it there is no VOS yet. Its node's kernel says why it died.
   */
  @Override
  public void nodeDown(Turn turn, int source, long node) {
    if (source != Endpoint.kernelOf(turn.node())) {
      return;
    }
    services.nodeDown(turn, node);
    if (!settled) {
      settled = true;
      halt(turn, FAILED);
    }
  }

  @Override
  public void failed(Turn turn, int source, int task) {
    services.failed(turn, source, task);
  }

  @Override
  public void start(Turn turn, long request) {
    services.start(turn, request);
  }

  @Override
  public void restart(Turn turn, long request) {
    services.renew(turn, request, KernelProtocol.RESTART);
  }

  @Override
  public void update(Turn turn, long request) {
    services.renew(turn, request, KernelProtocol.UPDATE);
  }

  @Override
  public void kill(Turn turn, long request) {
    services.kill(turn, request);
  }

  @Override
  public void find(Turn turn, long request) {
    services.find(turn, request);
  }

  @Override
  public void message(Turn turn, Message m) {
    RsProtocol.deliver(this, turn, m);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    if (!services.alarm(turn, tag) && !settled) {
      int missing = Long.numberOfTrailingZeros(~members);
      end(turn, "node " + missing + " has not joined within " + JOIN_SECONDS + " s");
    }
  }

  @Override
  public void services(Turn turn, long request) {
    services.list(turn, request);
  }

  @Override
  public void join(Turn turn, long request, long node, long vm) {
    if (node < 1 || node >= plan.nodes() || vm < 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    tellPm(turn, request, node, vm);
  }

  private void tellPm(Turn turn, long request, long node, long vm) {
    Message m = PmProtocol.Call.NODE_UP.encode(turn.scratch(), node, vm);
    calls.add(turn.call(turn.role(Role.PM), m), Step.NODE_KNOWN.number(), request, node, vm);
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    Step step = Step.of(row.step);
    switch (step) {
      case NODE_KNOWN -> nodeKnown(turn, row, answer.w0);
      case COMMAND_ENDED -> commandEnded(turn, answer.w0, (int) answer.w2);
      case TOLD -> halt(turn, (int) row.w0);
      case WATCHED -> startWhenReady(turn);
      case MOUNTED -> mounts.resume(turn, row, answer);
      case REVIVED, RENEWED, STARTED, USAGE_KNOWN, CHECKPOINT_KNOWN ->
          services.resume(turn, step, row, answer);
      case IGNORED -> {}
    }
  }

  private void nodeKnown(Turn turn, Row row, long result) {
    if (result == 0) {
      members |= 1L << row.w1;
    }
    if (row.w0 != 0) {
      if (result == 0) {
        services.joined(turn, row.w1, (int) row.w2);
      }
      turn.reply(row.w0, result);
    }
    startWhenReady(turn);
  }

  private void startWhenReady(Turn turn) {
    if (settled || Long.bitCount(members) < plan.nodes()) {
      return;
    }
    turn.kernel().cancelAlarm(JOIN_ALARM);
    if (boots < plan.boots() || !services.areWatched()) {
      return;
    }
    settled = true;
    mounts.begin(turn);
  }

  @Override
  public void mounted(Turn turn) {
    byte[] program = plan.command().encode();
    if (program.length > Limits.BUFFER_BYTES_MAX) {
      notExecuted(turn, -Errno.E2BIG);
      return;
    }
    Message m = PmProtocol.Call.INIT.encode(turn.scratch());
    calls.add(
        turn.callWithBytes(turn.role(Role.PM), m, program, program.length, 0),
        Step.COMMAND_ENDED.number());
  }

  @Override
  public void failed(Turn turn, String reason) {
    end(turn, reason);
  }

  private void commandEnded(Turn turn, long result, int why) {
    if (result < 0 && why == ExecImage.SAID) {
      halt(turn, failureStatus((int) -result));
    } else if (result < 0 && why == ExecImage.WORKING_DIRECTORY) {
      String reason = "working directory " + plan.command().directory() + ": ";
      console.lastLine(
          turn, reason + Errno.text((int) -result), StandardCharsets.ISO_8859_1, FAILED);
    } else if (result < 0) {
      notExecuted(turn, result);
    } else {
      halt(turn, exitStatus((int) result));
    }
  }

  /** A shell's view of a wait status. */
  static int exitStatus(int waitStatus) {
    int signal = waitStatus & 0x7f;
    return signal == 0 ? waitStatus >> 8 & 0xff : 128 + signal;
  }

  private void notExecuted(Turn turn, long result) {
    int errno = (int) -result;
    String reason = errno == Errno.ENOENT ? "not found" : Errno.text(errno);
    console.lastLine(
        turn,
        plan.command().path() + ": " + reason,
        StandardCharsets.ISO_8859_1,
        failureStatus(errno));
  }

  /** Ends the VOS before its command has begun. */
  private void end(Turn turn, String reason) {
    settled = true;
    console.lastLine(turn, reason, StandardCharsets.UTF_8, FAILED);
  }

  private static int failureStatus(int errno) {
    return switch (errno) {
      case Errno.ENOENT -> NOT_FOUND;
      case Errno.EACCES,
          Errno.ENOEXEC,
          Errno.ELIBBAD,
          Errno.ENOTDIR,
          Errno.EISDIR,
          Errno.ELOOP,
          Errno.E2BIG ->
          NOT_EXECUTABLE;
      default -> FAILED;
    };
  }

  private void halt(Turn turn, int status) {
    Message m = KernelProtocol.Call.HALT.encode(turn.scratch(), status);
    calls.add(turn.call(Endpoint.kernelOf(turn.node()), m), Step.IGNORED.number());
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // Every request is answered in its own turn, or as soon as PM answers.
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeLong(members).writeInt(boots).writeBoolean(settled);
    services.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    members = in.readLong();
    boots = in.readInt();
    settled = in.readBoolean();
    services.load(in);
  }
}
