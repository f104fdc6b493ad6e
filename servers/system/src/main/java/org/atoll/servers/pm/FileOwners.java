package org.atoll.servers.pm;

import static org.atoll.abi.Errno.ESRCH;
import static org.atoll.abi.protocol.PmProtocol.OWNER_GROUP;
import static org.atoll.abi.protocol.PmProtocol.OWNER_GROUP_OF;
import static org.atoll.abi.protocol.PmProtocol.OWNER_THREAD;

import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/** Who owns open files, and is told by signals what happens to them: fcntl(2), F_SETOWN. */
final class FileOwners {

  /** si_band by si_code: POLL_IN, POLL_OUT, POLL_MSG, POLL_ERR, POLL_PRI, POLL_HUP. */
  private static final int[] BANDS = {0, 0x41, 0x304, 0x441, 0x8, 0x82, 0x18};

  /** si_code where a signal gives numbers of its own to si_code. */
  private static final int SI_SIGIO = -5;

  /**
   * What an owner is told.
   *
   * @param signal the signal
   * @param reason its si_code, or 0
   * @param fd its si_fd
   * @param users who set the owner
   */
  record News(int signal, int reason, long fd, long users) {

    private boolean mayGoTo(Process target) {
      int user = (int) users;
      int effective = (int) (users >>> Integer.SIZE);
      return effective == 0
          || effective == target.savedUid
          || effective == target.uid
          || user == target.savedUid
          || user == target.uid;
    }

    private int code() {
      return switch (signal) {
        case 4, 5, 7, 8, 11, 17, 31 -> SI_SIGIO;
        default -> reason;
      };
    }
  }

  private final State state;
  private final Signals signals;

  FileOwners(State state, Signals signals) {
    this.state = state;
    this.signals = signals;
  }

  /** FILE_OWNER. */
  void owner(Turn turn, long request, long who, int kind) {
    if (!state.serverAsks(turn, request)) {
      return;
    }
    if (kind == OWNER_GROUP) {
      turn.reply(request, isGroup(who) ? who : -ESRCH);
      return;
    }
    Process process = process(who, kind);
    long number = kind == OWNER_GROUP_OF && process != null ? process.group : who;
    turn.reply(request, process == null ? -ESRCH : number);
  }

  private boolean isGroup(long group) {
    for (Process p : state.processes.all()) {
      if (p.group == group && p.isVisible()) {
        return true;
      }
    }
    return false;
  }

  /** The process of a thread, for whatever is for that alone; otherwise the one with a number. */
  private @Nullable Process process(long who, int kind) {
    Process process = state.processes.visible(who);
    return process != null && (kind == OWNER_THREAD || process.pid == who) ? process : null;
  }

  /** FILE_NEWS. */
  void tell(Turn turn, long request, long who, int kind, News news) {
    if (!state.serverAsks(turn, request)) {
      return;
    }
    Process one = kind == OWNER_GROUP ? null : process(who, kind);
    if (kind == OWNER_GROUP || kind == OWNER_GROUP_OF && one != null) {
      long group = one == null ? who : one.group;
      for (Process member : state.processes.all()) {
        if (member.group == group) {
          send(turn, member, 0, news);
        }
      }
    } else if (one != null) {
      send(turn, one, kind == OWNER_THREAD ? who : 0, news);
    }
    turn.reply(request, 0);
  }

  private void send(Turn turn, Process to, long thread, News news) {
    if (!news.mayGoTo(to)) {
      return;
    }
    long target = news.signal() | thread << Integer.SIZE;
    if (news.reason() <= 0 || news.reason() >= BANDS.length) {
      signals.send(turn, to, target, Signal.SI_KERNEL, 0, 0, 0);
    } else {
      signals.send(turn, to, target, news.code(), BANDS[news.reason()], 0, news.fd());
    }
  }
}
