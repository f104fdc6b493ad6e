package org.atoll.servers.tty;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/**
 * ioctl(2) of terminals (tty_ioctl(4)), but for their modes, which are {@link ModeCalls}'. A master
 * answers for its terminal wherever Linux has it so.
 */
final class Ioctls {

  static final int TIOCSPGRP = 0x5410;

  private static final int TIOCEXCL = 0x540c;
  private static final int TIOCNXCL = 0x540d;
  private static final int TIOCSCTTY = 0x540e;
  private static final int TIOCGPGRP = 0x540f;
  private static final int TIOCOUTQ = 0x5411;
  private static final int TIOCSTI = 0x5412;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int TIOCSWINSZ = 0x5414;
  private static final int FIONREAD = 0x541b;
  private static final int TIOCPKT = 0x5420;
  private static final int TIOCNOTTY = 0x5422;
  private static final int TIOCSETD = 0x5423;
  private static final int TIOCGETD = 0x5424;
  private static final int TIOCGSID = 0x5429;
  private static final int TIOCGPTN = 0x8004_5430;
  private static final int TIOCSPTLCK = 0x4004_5431;
  private static final int TIOCGDEV = 0x8004_5432;
  private static final int TIOCSIG = 0x4004_5436;
  private static final int TIOCVHANGUP = 0x5437;
  private static final int TIOCGPKT = 0x8004_5438;
  private static final int TIOCGPTLCK = 0x8004_5439;
  private static final int TIOCGEXCL = 0x8004_5440;
  private static final int TIOCGPTPEER = 0x5441;

  private final State state;
  private final Jobs jobs;
  private final Transfers transfers;
  private final Opens opens;
  private final Windows windows;
  private final ModeCalls modes;

  Ioctls(
      State state, Jobs jobs, Transfers transfers, Opens opens, Windows windows, ModeCalls modes) {
    this.state = state;
    this.jobs = jobs;
    this.transfers = transfers;
    this.opens = opens;
    this.windows = windows;
    this.modes = modes;
  }

  void ioctl(Turn turn, Waiter w) {
    Opening opening = state.openings.get(w.handle);
    if (opening == null) {
      turn.reply(w.request, -Errno.EBADF);
      return;
    }
    w.terminal = opening.terminal;
    state.waiters.put(w.request, w);
    if (opening.hungUp) {
      state.finish(turn, w, (int) w.subject == TIOCSPGRP ? -Errno.ENOTTY : -Errno.EIO);
    } else if (needsJob((int) w.subject)) {
      jobs.ask(turn, w);
    } else {
      Terminal t = state.terminal(opening.terminal);
      state.finish(turn, w, simple(turn, w, t, opening));
      transfers.pump(turn, t);
    }
  }

  private static boolean needsJob(int operation) {
    return ModeCalls.changes(operation)
        || switch (operation) {
          case TIOCSCTTY, TIOCGPGRP, TIOCSPGRP, TIOCSTI, TIOCNOTTY, TIOCSETD, TIOCGSID -> true;
          case TIOCVHANGUP, TIOCGPTPEER -> true;
          default -> false;
        };
  }

  /** What concerns the terminal and nobody's session. */
  private long simple(Turn turn, Waiter w, Terminal t, Opening opening) {
    long request = w.request;
    return switch ((int) w.subject) {
      case TIOCEXCL, TIOCNXCL -> {
        t.exclusive = (int) w.subject == TIOCEXCL;
        yield 0;
      }
      case TIOCGEXCL -> answer(turn, request, t.exclusive ? 1 : 0);
      case TIOCOUTQ -> answer(turn, request, t.isConsole() ? t.output.ring.count() : 0);
      case FIONREAD -> answer(turn, request, unread(t, opening));
      case TIOCGETD -> answer(turn, request, t.modes.discipline);
      case TIOCGDEV -> answer(turn, request, (int) t.device());
      case TIOCGWINSZ -> give(turn, request, t.window);
      case TIOCSWINSZ -> {
        byte[] window = new byte[Terminal.WINDOW_BYTES];
        int copied = turn.kernel().copyIn(request, 0, window, 0, window.length);
        if (copied >= 0) {
          windows.set(turn, t, window);
        }
        yield Math.min(0, copied);
      }
      case TIOCGPTN, TIOCSPTLCK, TIOCGPTLCK, TIOCPKT, TIOCGPKT, TIOCSIG ->
          opening.isMaster ? ofMaster(turn, w, t) : -Errno.ENOTTY;
      default -> modes.ask(turn, w, t);
    };
  }

  private static int unread(Terminal t, Opening opening) {
    return opening.isMaster ? t.output.ring.count() : t.input.queue.readable(t.modes.canonical());
  }

  private long ofMaster(Turn turn, Waiter w, Terminal t) {
    long request = w.request;
    switch ((int) w.subject) {
      case TIOCGPTN -> {
        return answer(turn, request, t.number);
      }
      case TIOCGPTLCK -> {
        return answer(turn, request, t.locked ? 1 : 0);
      }
      case TIOCGPKT -> {
        return answer(turn, request, t.packets.isOn() ? 1 : 0);
      }
      case TIOCSIG -> {
        boolean known =
            w.argument == LineInput.SIGINT
                || w.argument == LineInput.SIGQUIT
                || w.argument == LineInput.SIGTSTP;
        if (known) {
          state.raise(turn, -t.foreground, (int) w.argument);
        }
        return known ? 0 : -Errno.EINVAL;
      }
      default -> {
        byte[] value = new byte[4];
        int copied = turn.kernel().copyIn(request, 0, value, 0, 4);
        boolean on = copied >= 0 && Termios.getInt(value, 0) != 0;
        if (copied >= 0 && (int) w.subject == TIOCPKT) {
          t.packets.set(on);
        } else if (copied >= 0) {
          t.locked = on;
        }
        return Math.min(0, copied);
      }
    }
  }

  // ---- what needs to know who asks

  void jobKnown(Turn turn, Waiter w) {
    Opening opening = state.openings.get(w.handle);
    Terminal t = state.terminals.get(w.terminal);
    if (opening == null || t == null) {
      state.finish(turn, w, -Errno.EIO);
      return;
    }
    switch ((int) w.subject) {
      case TIOCGPGRP -> {
        long group = jobs.foreground(w, t, opening.isMaster);
        state.finish(turn, w, group < 0 ? group : answer(turn, w.request, (int) group));
      }
      case TIOCGSID -> {
        long session = jobs.session(w, t, opening.isMaster);
        state.finish(turn, w, session < 0 ? session : answer(turn, w.request, (int) session));
      }
      case TIOCSPGRP -> setForeground(turn, w, t);
      case TIOCSCTTY -> state.finish(turn, w, jobs.take(w, t, opening.reads));
      case TIOCNOTTY -> state.finish(turn, w, jobs.giveUp(turn, w, t));
      case TIOCSTI -> state.finish(turn, w, insert(turn, w, t));
      case TIOCVHANGUP -> {
        if (w.user == 0) {
          jobs.hangUp(turn, t);
        }
        state.finish(turn, w, w.user == 0 ? 0 : -Errno.EPERM);
      }
      case TIOCGPTPEER -> {
        if (opening.isMaster) {
          opens.openPeer(turn, w, t);
        } else {
          state.finish(turn, w, -Errno.ENOTTY);
        }
      }
      default -> change(turn, w, t, opening);
    }
    transfers.pump(turn, t);
  }

  private void setForeground(Turn turn, Waiter w, Terminal t) {
    byte[] value = new byte[4];
    int copied = turn.kernel().copyIn(w.request, 0, value, 0, 4);
    if (copied < 0) {
      state.finish(turn, w, copied);
    } else if (jobs.mayUse(turn, w, t, Jobs.SIGTTOU, Errno.ENOTTY)) {
      jobs.setForeground(turn, w, t, Termios.getInt(value, 0));
    }
  }

  private void change(Turn turn, Waiter w, Terminal t, Opening opening) {
    if (!jobs.mayUse(turn, w, t, Jobs.SIGTTOU, Errno.EIO)) {
      return;
    }
    if ((int) w.subject == TIOCSETD) {
      byte[] value = new byte[4];
      int copied = turn.kernel().copyIn(w.request, 0, value, 0, 4);
      boolean known = copied >= 0 && Termios.getInt(value, 0) == 0;
      state.finish(turn, w, copied < 0 ? copied : known ? 0 : -Errno.EINVAL);
    } else {
      modes.change(turn, w, t, opening);
    }
  }

  private long insert(Turn turn, Waiter w, Terminal t) {
    if (w.user != 0 && state.terminalOf(w) != t) {
      return -Errno.EPERM;
    }
    byte[] typed = new byte[1];
    int copied = turn.kernel().copyIn(w.request, 0, typed, 0, 1);
    if (copied >= 0) {
      t.input.receive(typed, 0, 1);
    }
    return Math.min(0, copied);
  }

  // ---- answers

  private static long answer(Turn turn, long request, int value) {
    byte[] bytes = new byte[4];
    Termios.putInt(bytes, 0, value);
    return give(turn, request, bytes);
  }

  private static long give(Turn turn, long request, byte[] bytes) {
    return Math.min(0, turn.kernel().copyOut(request, 0, bytes, 0, bytes.length));
  }
}
