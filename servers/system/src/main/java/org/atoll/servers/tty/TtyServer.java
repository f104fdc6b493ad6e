package org.atoll.servers.tty;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.TtyProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;

/** The terminal server: brings each call, and each answer, to the class of its theme. */
public final class TtyServer implements Server, DeviceProtocol.Service, TtyProtocol.Service {

  private final State state = new State();
  private final Jobs jobs = new Jobs(state);
  private final Console console = new Console(state);
  private final Windows windows = new Windows(state);
  private final Transfers transfers = new Transfers(state, jobs, console);
  private final Opens opens = new Opens(state, jobs, console, transfers);
  private final Ioctls ioctls =
      new Ioctls(state, jobs, transfers, opens, windows, new ModeCalls(state));
  private final Devpts names;

  /** Filled anew at the end of each turn. */
  private final StateWriter kept = new StateWriter();

  /**
   * A server without terminals.
   *
   * @param device the device number that stat(2) shows for files of /dev/pts
   */
  public TtyServer(long device) {
    this.names = new Devpts(state, device);
  }

  @Override
  public Rows calls() {
    return state.calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    if (DeviceProtocol.isCall(m.type)) {
      deviceRequest(turn, request, m);
    } else if (m.type == TtyProtocol.Call.TERMINAL_OF.number()) {
      TtyProtocol.dispatch(this, turn, request, m);
    } else {
      FsProtocol.dispatch(names, turn, request, m);
    }
  }

  /** What goes with a descriptor is VFS's to ask. */
  private void deviceRequest(Turn turn, long request, Message m) {
    if (Turn.caller(request) == turn.role(Role.VFS)) {
      DeviceProtocol.dispatch(this, turn, request, m);
    } else {
      turn.reply(request, -Errno.EPERM);
    }
  }

  @Override
  public void message(Turn turn, Message m) {
    if (m.type == DeviceProtocol.Call.CLOSE.number()) {
      if (m.source == turn.role(Role.VFS)) {
        opens.close(turn, m.w0);
      }
    } else {
      TtyProtocol.deliver(this, turn, m);
    }
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    state.retry(turn);
    switch (Step.of(row.step)) {
      case IGNORE -> {}
      case JOB_KNOWN -> jobKnown(turn, state.waiter(row.w0), answer);
      case STOP_RAISED -> jobs.stopRaised(turn, state.waiter(row.w0));
      case GROUP_KNOWN -> {
        Waiter w = state.waiter(row.w0);
        jobs.groupKnown(turn, w, state.terminals.get(w.terminal), row.w1, answer.w0);
      }
      case STREAM_KNOWN -> opens.consoleKnown(turn, state.waiter(row.w0), answer, (int) row.w1);
      case CONSOLE_READ -> {
        Terminal t = state.terminal(Terminal.CONSOLE);
        consoleMoved(turn, t, console.read(turn, t, answer));
      }
      case CONSOLE_WRITTEN ->
          consoleMoved(turn, state.terminal(Terminal.CONSOLE), console.written(answer));
      case CONSOLE_RESIZED -> console.resized(turn, answer);
      case CONSOLE_SIZE -> console.sizeKnown(turn, windows, answer);
    }
  }

  private void jobKnown(Turn turn, Waiter w, Message answer) {
    if (!jobs.known(turn, w, answer)) {
      return;
    }
    switch (w.kind) {
      case OPEN -> opens.jobKnown(turn, w);
      case IOCTL -> ioctls.jobKnown(turn, w);
      default -> transfers.jobKnown(turn, w);
    }
  }

  /** The host's terminal took or gave bytes, or is gone. */
  private void consoleMoved(Turn turn, Terminal t, boolean isThere) {
    if (!isThere && t.hasMaster) {
      t.hasMaster = false;
      jobs.hangUp(turn, t);
    }
    transfers.pump(turn, t);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    if (tag == State.ALARM) {
      state.retry(turn);
      transfers.pumpIfThere(turn, state.terminals.get(Terminal.CONSOLE));
    } else {
      transfers.timeOut(turn, tag);
    }
  }

  @Override
  public void cancelled(Turn turn, long request) {
    transfers.cancel(turn, request);
  }

  // ---- calls of VFS

  @Override
  public void open(Turn turn, long request, long device, long flags, long pid, long uid, long gid) {
    long ids = uid & 0xffff_ffffL | gid << 32;
    opens.open(turn, new Waiter(request, Waiter.Kind.OPEN, 0, device, ids, flags, pid));
  }

  @Override
  public void close(Turn turn, long request, long handle) {
    opens.close(turn, handle);
    turn.reply(request, 0);
  }

  @Override
  public void read(Turn turn, long request, long handle, long bytes, long flags, long pid) {
    long wanted = Math.clamp(bytes, 0, turn.kernel().outBytes(request));
    Waiter.Kind kind = Waiter.Kind.READ;
    transfers.read(turn, new Waiter(request, kind, handle, wanted, 0, flags, pid));
  }

  @Override
  public void write(Turn turn, long request, long handle, long bytes, long flags, long pid) {
    long wanted = Math.clamp(bytes, 0, turn.kernel().inBytes(request));
    Waiter.Kind kind = Waiter.Kind.WRITE;
    transfers.write(turn, new Waiter(request, kind, handle, wanted, 0, flags, pid));
  }

  @Override
  public void ioctl(
      Turn turn, long request, long handle, long operation, long argument, long flags, long pid) {
    Waiter.Kind kind = Waiter.Kind.IOCTL;
    ioctls.ioctl(turn, new Waiter(request, kind, handle, operation, argument, flags, pid));
  }

  @Override
  public void watch(Turn turn, long request, long handle, long events, long flags) {
    Waiter.Kind kind = Waiter.Kind.WATCH;
    transfers.watch(turn, new Waiter(request, kind, handle, events, 0, flags, 0));
  }

  // ---- calls of others

  @Override
  public void leaderEnded(Turn turn, int source, long session) {
    if (source == turn.role(Role.PM)) {
      jobs.leaderEnded(turn, session);
    }
  }

  @Override
  public void terminalOf(Turn turn, long request, long session) {
    Terminal t = state.terminalOf(session);
    turn.reply(request, t == null ? 0 : t.device(), t == null ? -1 : t.foreground);
  }

  // ---- after a failure

  @Override
  public void turnEnds(Turn turn) {
    kept.clear();
    state.keep(kept);
    turn.kernel().keep(kept);
  }

  @Override
  public void restore(StateReader in) {
    state.restore(in);
  }

  /** From RS, when this server begins anew: whoever waited for it asks again by itself. */
  @Override
  public void notified(Turn turn, int source) {
    console.beginAnew(turn);
    transfers.pumpIfThere(turn, state.terminals.get(Terminal.CONSOLE));
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
