package org.atoll.servers.vfs;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.Row;
import org.atoll.servers.vfs.SignalDriven.Async;

/**
 * ioctl(2): what every file knows (FIOCLEX, FIONBIO, FIONREAD); what a driver knows is the
 * driver's. A stream of the command that is a terminal, while the other way is none, shows its size
 * and modes that are the host's to change; asking for other ones is EINVAL.
 */
final class Ioctl {

  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TCSETSF = 0x5404;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int FIONREAD = 0x541b;
  private static final int FIONBIO = 0x5421;
  private static final int FIOASYNC = 0x5452;
  private static final int FIONCLEX = 0x5450;
  private static final int FIOCLEX = 0x5451;

  /** Sharing of blocks between files, which tmpfs does not have. */
  private static final int FICLONE = 0x4004_9409;

  private static final int FICLONERANGE = 0x4020_940d;
  private static final int FIDEDUPERANGE = 0xc018_9436;

  /** struct termios: input, output, control and local modes, discipline, 19 characters. */
  private static final int TERMIOS_BYTES = 36;

  private static final int[] MODES = {0x500, 0x5, 0xbf, 0x8a3b};
  private static final byte[] CHARACTERS = {
    3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0
  };

  private final VfsState state;
  private final Files files;
  private final Drivers drivers;
  private final FileOwners owners;
  private final SignalDriven signals;

  Ioctl(VfsState state, Files files, Drivers drivers, FileOwners owners, SignalDriven signals) {
    this.state = state;
    this.files = files;
    this.drivers = drivers;
    this.owners = owners;
    this.signals = signals;
  }

  void ioctl(
      Turn turn, long request, Process process, long fd, long operation, long argument, long job) {
    OpenFile file = process.file(fd);
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      turn.reply(request, -Errno.EBADF);
      return;
    }
    switch ((int) operation) {
      case FIOCLEX, FIONCLEX -> {
        process.closeOnExec((int) fd, operation == FIOCLEX);
        turn.reply(request, 0);
      }
      case FIONBIO -> nonblocking(turn, request, file);
      case FIOASYNC -> async(turn, request, process, file, fd);
      default -> {
        if (file.kind == OpenFile.Kind.SOCKET && FileOwners.isOfOwner((int) operation)) {
          owners.ioctl(turn, request, process, file, (int) operation);
        } else if (file.kind == OpenFile.Kind.CHARACTER || file.kind == OpenFile.Kind.SOCKET) {
          drivers.ioctl(turn, request, file, operation, argument, job);
        } else {
          ofFile(turn, request, file, operation);
        }
      }
    }
  }

  private void ofFile(Turn turn, long request, OpenFile file, long operation) {
    switch ((int) operation) {
      case FIONREAD -> unread(turn, request, file);
      case FICLONE, FICLONERANGE, FIDEDUPERANGE ->
          turn.reply(request, file.kind == OpenFile.Kind.FILE ? -Errno.EOPNOTSUPP : -Errno.EINVAL);
      default -> terminal(turn, request, file, operation);
    }
  }

  private static void nonblocking(Turn turn, long request, OpenFile file) {
    int on = isOn(turn, request);
    if (on >= 0) {
      file.flags = on > 0 ? file.flags | OpenFlags.NONBLOCK : file.flags & ~OpenFlags.NONBLOCK;
    }
    turn.reply(request, Math.min(0, on));
  }

  private void async(Turn turn, long request, Process process, OpenFile file, long fd) {
    int on = isOn(turn, request);
    boolean same = on > 0 == ((file.flags & OpenFlags.ASYNC) != 0);
    boolean refused = on < 0 || !same && !SignalDriven.isPossible(file);
    if (!refused) {
      signals.set(turn, process, file, fd, on > 0 ? Async.ON : Async.OFF);
    }
    turn.reply(request, on < 0 ? on : refused ? -Errno.ENOTTY : 0);
  }

  /** Whether the number in the buffer is not 0; or a negated errno. */
  private static int isOn(Turn turn, long request) {
    byte[] value = new byte[4];
    int copied = turn.kernel().copyIn(request, 0, value, 0, 4);
    return copied < 0 ? copied : (value[0] | value[1] | value[2] | value[3]) != 0 ? 1 : 0;
  }

  private void unread(Turn turn, long request, OpenFile file) {
    if (file.pipe != null) {
      answer(turn, request, file.pipe.count());
    } else if (file.kind == OpenFile.Kind.FILE && file.place().isRegular()) {
      Vnode vnode = file.place();
      Message m = FsProtocol.Call.VERSION.encode(turn.scratch(), vnode.inode);
      long call = turn.call(vnode.mount.fs, m);
      state.calls.add(state.key(call), Step.FILE_UNREAD.number(), request, file.retain().id);
    } else {
      turn.reply(request, -Errno.ENOTTY);
    }
  }

  void sizeKnown(Turn turn, Row row, Message answer) {
    OpenFile file = state.file(row.w1);
    if (answer.w0 < 0) {
      turn.reply(row.w0, answer.w0);
    } else {
      answer(turn, row.w0, (int) Math.min(answer.w1 - file.offset, Integer.MAX_VALUE));
    }
    files.release(turn, file);
  }

  private static void answer(Turn turn, long request, int value) {
    byte[] bytes = new byte[4];
    put(bytes, 0, value);
    turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, bytes, 0, 4)));
  }

  private void terminal(Turn turn, long request, OpenFile file, long operation) {
    boolean known = operation >= TCGETS && operation <= TCSETSF || operation == TIOCGWINSZ;
    if (file.kind != OpenFile.Kind.STREAM || !known) {
      turn.reply(request, -Errno.ENOTTY);
      return;
    }
    Message m = ConsoleProtocol.Call.STATUS.encode(turn.scratch(), Streams.readSide(file));
    long call = turn.call(turn.role(Role.CONSOLE), m);
    state.calls.add(
        state.key(call), Step.STREAM_IOCTL.number(), request, file.retain().id, operation);
  }

  void statusKnown(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    int operation = (int) row.w2;
    files.release(turn, file);
    if (answer.w0 != Streams.TERMINAL) {
      turn.reply(request, -Errno.ENOTTY);
    } else if (operation == TIOCGWINSZ) {
      byte[] size = new byte[8];
      put(size, 0, (int) answer.w1 & 0xffff | (int) answer.w2 << 16);
      turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, size, 0, 8)));
    } else if (operation >= TCSETS) {
      turn.reply(request, asksForTheSame(turn, request) ? 0 : -Errno.EINVAL);
    } else {
      byte[] termios = termios();
      turn.reply(
          request, Math.min(0, turn.kernel().copyOut(request, 0, termios, 0, TERMIOS_BYTES)));
    }
  }

  private static boolean asksForTheSame(Turn turn, long request) {
    byte[] wanted = new byte[TERMIOS_BYTES];
    int copied = turn.kernel().copyIn(request, 0, wanted, 0, TERMIOS_BYTES);
    return copied >= 0 && Arrays.equals(wanted, termios());
  }

  private static byte[] termios() {
    byte[] termios = new byte[TERMIOS_BYTES];
    for (int i = 0; i < MODES.length; i++) {
      put(termios, 4 * i, MODES[i]);
    }
    System.arraycopy(CHARACTERS, 0, termios, 17, CHARACTERS.length);
    return termios;
  }

  private static void put(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
