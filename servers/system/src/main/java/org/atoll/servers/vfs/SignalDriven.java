package org.atoll.servers.vfs;

import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/**
 * Signal-driven I/O: who asked by O_ASYNC is sent a signal when a pipe, a socket or a terminal can
 * be read or written, and the owner of a socket SIGURG when urgent data are there (signal(7)).
 *
 * <p>Pipes tell it when they change. The network server and drivers are asked by a call that is
 * answered when something has happened; what a terminal has is news again when it was read.
 */
final class SignalDriven {

  private static final int IO = 29;
  private static final int URG = 23;

  private static final int POLL_IN = 1;
  private static final int POLL_OUT = 2;
  private static final int POLL_ERR = 4;
  private static final int POLL_PRI = 5;
  private static final int POLL_HUP = 6;

  private final VfsState state;

  SignalDriven(VfsState state) {
    this.state = state;
  }

  /** Whether what is behind a file tells its owner of what happens, as on Linux. */
  static boolean isPossible(OpenFile file) {
    return switch (file.kind) {
      case PIPE, SOCKET, CHARACTER -> true;
      case FILE, DEVICE, STREAM, PATH, EVENT -> false;
    };
  }

  private static boolean isOn(OpenFile file) {
    return (file.flags & OpenFlags.ASYNC) != 0;
  }

  // ---- what is set

  /** Sets O_ASYNC or takes it away, by a descriptor; not of files that know nothing of it. */
  void set(Turn turn, Process process, OpenFile file, long fd, Async wanted) {
    if (!isPossible(file)) {
      return;
    }
    SignalOwner owner = ownerOf(file);
    boolean on = wanted == Async.ON;
    owner.fd = (int) fd;
    if (on == isOn(file)) {
      return;
    }
    file.flags ^= OpenFlags.ASYNC;
    if (file.pipe != null && on) {
      file.pipe.watchers.signals.add(file.id);
    } else if (file.pipe != null) {
      file.pipe.watchers.signals.remove(file.id);
    } else {
      if (on && owner.who == 0 && file.kind == OpenFile.Kind.CHARACTER) {
        owner.set(process, PmProtocol.OWNER_GROUP_OF, process.pid);
      }
      begin(turn, file, owner);
    }
  }

  /** O_ASYNC. */
  enum Async {
    OFF,
    ON
  }

  /** What is known of the owner of a file, from now on. */
  static SignalOwner ownerOf(OpenFile file) {
    SignalOwner owner = file.signals;
    if (owner == null) {
      owner = new SignalOwner();
      file.signals = owner;
    }
    return owner;
  }

  /** The owner is another one: a socket's may hear of urgent data from now on. */
  void owned(Turn turn, OpenFile file) {
    SignalOwner owner = ownerOf(file);
    if (file.kind == OpenFile.Kind.SOCKET && owner.watch == 0) {
      begin(turn, file, owner);
    }
  }

  /** The last descriptor is gone. */
  void closed(Turn turn, OpenFile file) {
    SignalOwner owner = file.signals;
    if (owner != null) {
      stop(turn, owner);
    }
    if (file.pipe != null) {
      file.pipe.watchers.signals.remove(file.id);
    }
  }

  // ---- what happens

  /** A pipe's readiness may be more now. */
  void changed(Turn turn, Watchers watchers, int events) {
    for (long id : watchers.signals.toArray()) {
      OpenFile file = state.files.get(id);
      if (file == null || file.signals == null) {
        continue;
      }
      if (file.isReadable() && (events & Readiness.READABLE) != 0) {
        raise(turn, file.signals, POLL_IN);
      }
      if (file.isWritable() && (events & Readiness.WRITABLE) != 0) {
        raise(turn, file.signals, POLL_OUT);
      }
    }
  }

  /** A terminal was read: what it has next is news. */
  void used(Turn turn, OpenFile file) {
    SignalOwner owner = file.signals;
    if (owner != null && isOn(file) && owner.watch == 0 && file.kind != OpenFile.Kind.SOCKET) {
      watch(turn, file, owner, 0);
    }
  }

  private void stop(Turn turn, SignalOwner owner) {
    if (owner.watch != 0 && state.wasMade(owner.watch)) {
      turn.cancel(owner.watch);
    }
    owner.watch = 0;
  }

  /** Asks what there is now, which is no news. */
  private void begin(Turn turn, OpenFile file, SignalOwner owner) {
    stop(turn, owner);
    owner.count = 0;
    if (isOn(file) || file.kind == OpenFile.Kind.SOCKET && owner.who != 0) {
      watch(turn, file, owner, DeviceProtocol.NO_WAIT);
    }
  }

  private void watch(Turn turn, OpenFile file, SignalOwner owner, int flags) {
    long call;
    if (file.kind == OpenFile.Kind.SOCKET) {
      int wanted = Readiness.PRI | (isOn(file) ? Readiness.READABLE | Readiness.WRITABLE : 0);
      Message m =
          NetProtocol.Call.WATCH_NEWS.encode(
              turn.scratch(), file.device, wanted, flags, owner.count);
      call = turn.call(turn.role(Role.NET), m);
    } else {
      call = Drivers.watch(turn, file, Readiness.READABLE, flags);
    }
    owner.watch = state.key(call);
    state.calls.add(owner.watch, Step.SIGNAL_WATCHED.number(), file.id, flags);
  }

  /** Something has happened to a socket or a device, or the question was taken back. */
  void watched(Turn turn, Row row, Message answer) {
    OpenFile file = state.files.get(row.w0);
    SignalOwner owner = file == null ? null : file.signals;
    if (file == null || owner == null || owner.watch != row.key) {
      return;
    }
    owner.watch = 0;
    boolean first = row.w1 != 0;
    if (file.kind == OpenFile.Kind.SOCKET) {
      socketWatched(turn, file, owner, answer, first);
    } else if (!first) {
      tell(turn, file, owner, Readiness.answered(answer.w0, 0));
    } else if (answer.w0 <= 0) {
      watch(turn, file, owner, 0);
    }
  }

  /** Without news, the socket or the network server is gone: nothing happens any more. */
  private void socketWatched(
      Turn turn, OpenFile file, SignalOwner owner, Message answer, boolean first) {
    boolean news = answer.w0 >= 0 && answer.w1 > owner.count;
    if (news && !first) {
      tell(turn, file, owner, (int) answer.w2);
    }
    if (news) {
      owner.count = answer.w1;
      watch(turn, file, owner, 0);
    }
  }

  private void tell(Turn turn, OpenFile file, SignalOwner owner, int events) {
    if ((events & Readiness.PRI) != 0) {
      send(turn, owner, URG, 0);
    }
    if (!isOn(file)) {
      return;
    }
    if ((events & Readiness.PRI) != 0 && owner.signal != 0) {
      raise(turn, owner, POLL_PRI);
    }
    if ((events & Readiness.ERR) != 0) {
      raise(turn, owner, POLL_ERR);
    }
    if ((events & Readiness.HUP) != 0) {
      raise(turn, owner, POLL_HUP);
      return;
    }
    if ((events & Readiness.READABLE) != 0) {
      raise(turn, owner, POLL_IN);
    }
    if ((events & Readiness.WRITABLE) != 0) {
      raise(turn, owner, POLL_OUT);
    }
  }

  private void raise(Turn turn, @Nullable SignalOwner owner, int reason) {
    if (owner != null) {
      boolean plain = owner.signal == 0;
      send(turn, owner, plain ? IO : owner.signal, plain ? 0 : reason);
    }
  }

  private void send(Turn turn, SignalOwner owner, int signal, int reason) {
    if (owner.who == 0) {
      return;
    }
    Message m =
        PmProtocol.Call.FILE_NEWS.encode(
            turn.scratch(), owner.who, owner.kind, signal, reason, owner.fd, owner.users);
    long key = state.key(turn.call(turn.role(Role.PM), m));
    state.calls.add(key, Step.SIGNAL_SENT.number(), 0);
  }
}
