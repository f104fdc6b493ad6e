package org.atoll.servers.tty;

import java.util.Arrays;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * A terminal: its modes, its line discipline, its window, and the session that it controls. What is
 * on the other side is a master, or the console.
 */
final class Terminal {

  /** The number of the console's terminal; the others are pseudo-terminals by their number. */
  static final int CONSOLE = 1 << 20;

  /** Bytes of struct winsize. */
  static final int WINDOW_BYTES = 8;

  /** Bytes that on Linux are with the master already, where no flush finds them. */
  private static final int MASTER_BYTES = 4_095;

  private static final int ARRIVED_BYTES_MAX = 8_192;
  private static final int PTS_MAJOR = 136;
  private static final int CONSOLE_DEVICE = 5 << 8 | 1;
  private static final int VERSION = 1;

  final int number;
  final Termios modes = new Termios();
  final Packets packets = new Packets();
  final LineOutput output;
  final LineInput input;

  /** What came from the other side and has not been looked at. */
  final ByteRing arrived = new ByteRing(ARRIVED_BYTES_MAX);

  byte[] window = new byte[WINDOW_BYTES];

  /** The session that it controls, or 0. */
  long session;

  /** The foreground group of that session. */
  long foreground;

  /** The session whose terminal this was when it was hung up, or 0; and its foreground then. */
  long lostSession;

  long lostForeground;

  /** Whether only root may open it once more (TIOCEXCL). */
  boolean exclusive;

  /** Whether it cannot be opened yet (TIOCSPTLCK). */
  boolean locked;

  /** Whether its master is open; the console's always is. */
  boolean hasMaster = true;

  /** Open file descriptions that were not hung up. */
  int users;

  /** Open file descriptions of it in all, those of the master not counted. */
  int handles;

  /** Whether somebody has ever had it open. */
  boolean wasOpened;

  // ---- as /dev/pts shows it

  int mode = 0620;
  int uid;
  int gid;
  long madeNanos;
  long readNanos;
  long writtenNanos;

  Terminal(int number) {
    this.number = number;
    this.output = new LineOutput(modes, isConsole() ? 0 : MASTER_BYTES);
    this.input = new LineInput(modes, output, packets);
  }

  boolean isConsole() {
    return number == CONSOLE;
  }

  /** The device number. */
  long device() {
    return isConsole() ? CONSOLE_DEVICE : ptsDevice(number);
  }

  static long ptsDevice(int number) {
    return (long) PTS_MAJOR << 8 | number & 0xff | (number & ~0xffL) << 12;
  }

  /** Whether its master is told that nobody has it open any more. */
  boolean isDeserted() {
    return wasOpened && users == 0;
  }

  /** Looks at what has arrived, as far as there is room for it. */
  void takeArrived(byte[] buffer) {
    while (arrived.count() > 0) {
      int bytes = arrived.peek(buffer, 0, buffer.length);
      int taken = input.receive(buffer, 0, bytes);
      arrived.drop(taken);
      if (taken < bytes) {
        return;
      }
    }
  }

  /** Whether somebody who reads finds something; {@code polls}: VMIN counts. */
  boolean hasInput(boolean polls) {
    if (modes.canonical()) {
      return input.queue.hasLine();
    }
    int least = modes.character(Termios.VMIN);
    boolean counts = polls && modes.character(Termios.VTIME) == 0 && least > 0;
    return input.queue.count() >= (counts ? least : 1);
  }

  void save(StateWriter out) {
    out.version(VERSION).writeInt(number);
    modes.save(out);
    packets.save(out);
    output.save(out);
    input.save(out);
    arrived.save(out);
    out.writeBytes(window).writeLong(session).writeLong(foreground);
    out.writeLong(lostSession).writeLong(lostForeground);
    out.writeBoolean(exclusive).writeBoolean(locked).writeBoolean(hasMaster);
    out.writeInt(users).writeInt(handles).writeBoolean(wasOpened);
    out.writeInt(mode).writeInt(uid).writeInt(gid);
    out.writeLong(madeNanos).writeLong(readNanos).writeLong(writtenNanos);
  }

  static Terminal load(StateReader in) {
    in.version(VERSION);
    Terminal t = new Terminal(in.readInt());
    t.modes.load(in);
    t.packets.load(in);
    t.output.load(in);
    t.input.load(in);
    t.arrived.load(in);
    t.window = Arrays.copyOf(in.readBytes(), WINDOW_BYTES);
    t.session = in.readLong();
    t.foreground = in.readLong();
    t.lostSession = in.readLong();
    t.lostForeground = in.readLong();
    t.exclusive = in.readBoolean();
    t.locked = in.readBoolean();
    t.hasMaster = in.readBoolean();
    t.users = in.readInt();
    t.handles = in.readInt();
    t.wasOpened = in.readBoolean();
    t.mode = in.readInt();
    t.uid = in.readInt();
    t.gid = in.readInt();
    t.madeNanos = in.readLong();
    t.readNanos = in.readLong();
    t.writtenNanos = in.readLong();
    return t;
  }
}
