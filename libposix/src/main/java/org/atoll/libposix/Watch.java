package org.atoll.libposix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atoll.abi.Machine;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.libposix.strace.Arguments;
import org.atoll.libposix.strace.FirstProgram;
import org.atoll.libposix.strace.Look;
import org.atoll.libposix.strace.Results;
import org.atoll.libposix.strace.SignalNames;
import org.atoll.libposix.strace.SignalText;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Watcher} is told about one thread: its calls in words, its signals, its end.
 *
 * <p>A call's arguments are read before its first step, as a part of it: pages that are not there
 * are asked for as the step would. What a call has filled in is read when it is answered, as far as
 * it is present.
 */
final class Watch {

  private static final int STATE_VERSION = 1;

  /** How often pages are asked for to show one call. */
  private static final int ABSENCES_MAX = 16;

  /** The arguments of a call that nobody has declared. */
  private static final String REGISTERS = "a0:x a1:x a2:x a3:x a4:x a5:x";

  private static final int STACK_POINTER = 2;
  private static final int A0 = 10;
  private static final int SIGKILL = Signals.SIGKILL;

  /** What of the call that is under way has been told. */
  private enum State {
    NEW,
    TOLD,
    HIDDEN
  }

  private final PosixProgram program;
  private final Watcher watcher;
  private final ThreadState thread;
  private final Call call;
  private final boolean active;

  private State state = State.HIDDEN;
  private long number;
  private int absences;

  /** Signals that the process ignores, to be told behind the call that is under way. */
  private final List<SignalInfo> ignored = new ArrayList<>();

  Watch(PosixProgram program, ThreadState thread, Call call) {
    this.program = program;
    this.watcher = program.watcher();
    this.thread = thread;
    this.call = call;
    this.active = watcher != Watcher.NONE;
  }

  /** Whether anybody watches; nothing else is to be called when nobody does. */
  boolean active() {
    return active;
  }

  // ---- the process

  /** The first program of the VOS is about to be loaded. */
  void first(byte[] encoded) {
    tell(Sight.Kind.FIRST, "", "", "");
    named();
    state = State.HIDDEN;
    if (watcher.wants("execve")) {
      ExecImage image = ExecImage.decode(encoded, encoded.length);
      tell(Sight.Kind.CALLED, "execve", FirstProgram.text(image, watcher.stringBytes()), "");
      number = SystemCalls.EXECVE;
      state = State.TOLD;
    }
  }

  /** The process is the child of a fork and may begin. */
  void born() {
    tell(Sight.Kind.BORN, "", "", "");
    named();
  }

  /** Tells which process this is. */
  void named() {
    watcher.process(current().turn().self(), program.process().pid, thread.name);
  }

  /** In the child of a fork: its parent's call is not its own. */
  void becomeChild() {
    state = State.HIDDEN;
    ignored.clear();
  }

  /** The thread ends with a wait status; that of a thread's own exit is its argument. */
  void ended(int waitStatus) {
    boolean exits = state == State.TOLD && number == Processes.EXIT;
    int status = exits ? (call.intArg(0) & 0xff) << 8 : waitStatus;
    State before = state;
    state = State.HIDDEN;
    if (before == State.TOLD) {
      tell(Sight.Kind.ANSWERED, name(row()), rest(row(), 0), "?");
    }
    int signal = status & 0x7f;
    String how =
        signal == 0 ? "exited with " + (status >> 8 & 0xff) : "killed by " + SignalNames.of(signal);
    tell(Sight.Kind.ENDED, "", "", how + ((status & 0x80) == 0 ? "" : " (core dumped)"));
  }

  // ---- its calls

  /** A system call begins. */
  void begins() {
    number = call.number();
    SystemCall row = row();
    state = watcher.wants(name(row)) ? State.NEW : State.HIDDEN;
    absences = 0;
  }

  /** Before a step. May throw {@link Absent}. */
  void step() {
    if (state != State.NEW) {
      return;
    }
    SystemCall row = row();
    String arguments =
        row == null || row.support() == SystemCall.Support.NONE ? REGISTERS : row.arguments();
    String given = Arguments.of(arguments).given(look(0, true));
    state = State.TOLD;
    tell(Sight.Kind.CALLED, name(row), given, "");
  }

  /** The call is over. */
  void answered(long outcome) {
    if (state == State.TOLD) {
      state = State.HIDDEN;
      long result = outcome == Call.DONE ? resultInRegister() : outcome;
      SystemCall row = row();
      Look look = look(result, false);
      String value = Arguments.of(row == null ? "" : row.arguments()).result(look);
      tell(Sight.Kind.ANSWERED, name(row), rest(row, result), value);
    }
    if (outcome == Call.DONE) {
      named();
    }
    ignored.forEach(this::told);
    ignored.clear();
  }

  private String rest(@Nullable SystemCall row, long result) {
    return row == null ? "" : Arguments.of(row.arguments()).filled(look(result, false));
  }

  /** An exec leaves 0; a return from a handler, what the handler interrupted. */
  private long resultInRegister() {
    return current().guest().machine().x(A0);
  }

  private @Nullable SystemCall row() {
    return SystemCalls.row(number);
  }

  private String name(@Nullable SystemCall row) {
    return row == null ? "syscall_0x" + Long.toHexString(number) : row.name();
  }

  // ---- its signals

  /** A signal arrived that the process ignores. */
  void ignores(SignalInfo info) {
    if (call.waitsFor() == Wait.NOTHING) {
      told(info);
    } else {
      ignored.add(info);
    }
  }

  /** A signal is delivered. */
  void signalled(SignalInfo info) {
    if (info.signal() != SIGKILL) {
      told(info);
    }
  }

  private void told(SignalInfo info) {
    StringBuilder text = new StringBuilder();
    SignalText.info(text, info.signal(), info.code(), info.pid(), info.uid(), info.value());
    tell(Sight.Kind.SIGNALLED, SignalNames.of(info.signal()), text.toString(), "");
  }

  /** A signal stops the process. */
  void stopped(int signal) {
    tell(Sight.Kind.STOPPED, SignalNames.of(signal), "", "");
  }

  // ---- telling

  private void tell(Sight.Kind kind, String name, String text, String result) {
    if (!watcher.wantsSights()) {
      return;
    }
    Turn turn = current().turn();
    long now = turn.kernel().nowNanos();
    long wall = turn.kernel().wallNanos();
    int pid = program.process().pid;
    watcher.saw(new Sight(kind, now, wall, turn.node(), pid, thread.id, name, text, result));
  }

  /** The call of the thread whose turn it is, which need not be this one. */
  private Call current() {
    return program.threads().current().call;
  }

  /** What decoders look at; {@code asking} for pages that are not there. */
  private Look look(long result, boolean asking) {
    Machine machine = current().guest().machine();
    return new Look() {
      @Override
      public long argument(int index) {
        return call.arg(index);
      }

      @Override
      public long result() {
        return result;
      }

      @Override
      public boolean failed() {
        return Results.isErrno(result);
      }

      @Override
      public long stackPointer() {
        return machine.x(STACK_POINTER);
      }

      @Override
      public byte @Nullable [] memory(long address, int bytes) {
        return asking ? fetched(address, bytes) : present(address, bytes);
      }

      @Override
      public int stringBytes() {
        return watcher.stringBytes();
      }
    };
  }

  private byte @Nullable [] fetched(long address, int bytes) {
    try {
      return call.guest().read(address, bytes);
    } catch (Absent pages) {
      if (++absences > ABSENCES_MAX) {
        return null;
      }
      throw pages;
    } catch (Failure unreachable) {
      return null;
    }
  }

  private byte @Nullable [] present(long address, int bytes) {
    byte[] copy = new byte[bytes];
    return current().guest().machine().copyIn(address, copy, 0, bytes) == bytes ? copy : null;
  }

  // ---- as data

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeByte(state.ordinal()).writeInt(absences).writeLong(number);
    out.writeInt(ignored.size());
    ignored.forEach(info -> info.save(out));
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    state = State.values()[in.readByte()];
    absences = in.readInt();
    number = in.readLong();
    ignored.clear();
    SignalInfo[] infos = new SignalInfo[in.readInt()];
    Arrays.setAll(infos, _ -> SignalInfo.load(in));
    ignored.addAll(List.of(infos));
  }
}
