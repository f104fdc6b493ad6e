package org.atoll.servers.vfs;

import static org.atoll.abi.protocol.PmProtocol.OWNER_GROUP;
import static org.atoll.abi.protocol.PmProtocol.OWNER_PROCESS;
import static org.atoll.abi.protocol.PmProtocol.OWNER_THREAD;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libsys.Row;

/**
 * The owners of open files: F_SETOWN, F_SETOWN_EX, F_SETSIG and what asks for them, and the same as
 * ioctls of sockets. Whether there is who is named, or still is, the process manager knows.
 */
final class FileOwners {

  static final int F_SETOWN = 8;
  static final int F_GETOWN = 9;
  static final int F_SETSIG = 10;
  static final int F_GETSIG = 11;
  static final int F_SETOWN_EX = 15;
  static final int F_GETOWN_EX = 16;

  static final int FIOSETOWN = 0x8901;
  static final int SIOCSPGRP = 0x8902;
  static final int FIOGETOWN = 0x8903;
  static final int SIOCGPGRP = 0x8904;

  private static final int SIGNALS_MAX = 64;

  private final VfsState state;
  private final Files files;
  private final SignalDriven signals;

  FileOwners(VfsState state, Files files, SignalDriven signals) {
    this.state = state;
    this.files = files;
    this.signals = signals;
  }

  static boolean knows(long command) {
    return command >= F_SETOWN && command <= F_GETSIG
        || command == F_SETOWN_EX
        || command == F_GETOWN_EX;
  }

  /** Whether an ioctl of sockets is about their owner. */
  static boolean isOfOwner(int operation) {
    return operation >= FIOSETOWN && operation <= SIOCGPGRP;
  }

  void fcntl(Turn turn, long request, Process process, OpenFile file, long command, long argument) {
    if (file.kind == OpenFile.Kind.PATH) {
      turn.reply(request, -Errno.EBADF);
      return;
    }
    SignalOwner known = file.signals;
    switch ((int) command) {
      case F_SETOWN -> set(turn, request, process, file, (int) argument);
      case F_SETOWN_EX ->
          set(turn, request, process, file, (int) argument, (int) (argument >>> Integer.SIZE));
      case F_GETOWN, F_GETOWN_EX -> ask(turn, request, file, command);
      case F_GETSIG -> turn.reply(request, known == null ? 0 : known.signal);
      default -> {
        boolean fits = argument >= 0 && argument <= SIGNALS_MAX;
        if (fits) {
          SignalDriven.ownerOf(file).signal = (int) argument;
        }
        turn.reply(request, fits ? 0 : -Errno.EINVAL);
      }
    }
  }

  /** The same of a socket, by ioctl(2), with the number in a buffer. */
  void ioctl(Turn turn, long request, Process process, OpenFile file, int operation) {
    if (operation == FIOGETOWN || operation == SIOCGPGRP) {
      ask(turn, request, file, operation);
      return;
    }
    byte[] number = new byte[Integer.BYTES];
    int copied = turn.kernel().copyIn(request, 0, number, 0, number.length);
    if (copied < 0) {
      turn.reply(request, copied);
      return;
    }
    int who = 0;
    for (int i = 0; i < number.length; i++) {
      who |= (number[i] & 0xff) << 8 * i;
    }
    set(turn, request, process, file, who);
  }

  /** A process by its number, a group by that negated, nobody by 0. */
  private void set(Turn turn, long request, Process process, OpenFile file, int which) {
    if (which == Integer.MIN_VALUE) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      int kind = which < 0 ? OWNER_GROUP : OWNER_PROCESS;
      set(turn, request, process, file, kind, Math.abs(which));
    }
  }

  private void set(Turn turn, long request, Process process, OpenFile file, int kind, int who) {
    if (kind < OWNER_THREAD || kind > OWNER_GROUP) {
      turn.reply(request, -Errno.EINVAL);
    } else if (who == 0) {
      SignalDriven.ownerOf(file).set(process, kind, 0);
      signals.owned(turn, file);
      turn.reply(request, 0);
    } else {
      ask(turn, request, file, F_SETOWN, kind, who);
    }
  }

  private void ask(Turn turn, long request, OpenFile file, long command) {
    SignalOwner owner = file.signals;
    if (owner == null || owner.who == 0) {
      answer(turn, request, command, 0, owner == null ? OWNER_THREAD : owner.kind);
    } else {
      ask(turn, request, file, command, owner.kind, owner.who);
    }
  }

  private void ask(Turn turn, long request, OpenFile file, long command, int kind, int who) {
    Message m = PmProtocol.Call.FILE_OWNER.encode(turn.scratch(), who, kind);
    long key = state.key(turn.call(turn.role(Role.PM), m));
    int step = Step.OWNER_KNOWN.number();
    state.calls.add(key, step, request, file.retain().id, command, kind, who);
  }

  /** The process manager knows the owner that is to be, or is, or not. */
  void known(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    int kind = (int) row.w3;
    Process process = state.processes.get(Turn.caller(request));
    if (row.w2 != F_SETOWN) {
      boolean group = kind >= OWNER_GROUP;
      int who = answer.w0 < 0 ? 0 : (int) answer.w0;
      answer(turn, request, row.w2, who, group ? OWNER_GROUP : kind);
    } else if (answer.w0 < 0 || process == null) {
      turn.reply(request, -Errno.ESRCH);
    } else {
      SignalDriven.ownerOf(file).set(process, kind, (int) row.w4);
      signals.owned(turn, file);
      turn.reply(request, 0);
    }
    files.release(turn, file);
  }

  /** Number and kind of an owner, or into the buffer the number, negated of a group. */
  private static void answer(Turn turn, long request, long command, int who, int kind) {
    if (command == F_GETOWN || command == F_GETOWN_EX) {
      turn.reply(request, turn.scratch().set(0, 0, who, kind, 0, 0, 0, 0));
      return;
    }
    int number = kind == OWNER_GROUP ? -who : who;
    byte[] bytes = new byte[Integer.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (number >>> 8 * i);
    }
    turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, bytes, 0, bytes.length)));
  }
}
