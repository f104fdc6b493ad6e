package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.libsys.Row;

/**
 * Sockets as open files: made, accepted, asked. What they are is the network server's; an open file
 * description is a handle there.
 */
final class Sockets {

  private static final int NONBLOCK = OpenFlags.NONBLOCK;
  private static final int CLOEXEC = OpenFlags.CLOEXEC;
  private static final int READ_WRITE = 2;

  private final VfsState state;
  private final Files files;
  private final Rights rights;
  private final Interests interests;

  Sockets(VfsState state, Files files, Rights rights, Interests interests) {
    this.state = state;
    this.files = files;
    this.rights = rights;
    this.interests = interests;
  }

  /** The number of the inode that fstat(2) shows. */
  static long inodeOf(OpenFile file) {
    return file.device & 0xffff_ffffL;
  }

  /** Effective user and group, by which a process is known to its peers. */
  static long ids(Process process) {
    return process.uid & 0xffff_ffffL | (long) process.gid << Integer.SIZE;
  }

  // ---- made

  void make(
      Turn turn, long request, Process process, long domain, long type, long protocol, int count) {
    int flags = (int) type & (NONBLOCK | CLOEXEC);
    int kind = (int) type & ~(NONBLOCK | CLOEXEC);
    int error = kind < 0 || kind > 0xf ? -Errno.EINVAL : Math.min(0, process.freeFrom(0));
    if (error == 0 && !files.haveRoom(count)) {
      error = -Errno.ENFILE;
    }
    if (error != 0) {
      turn.reply(request, error);
      return;
    }
    NetProtocol.Call call = count == 1 ? NetProtocol.Call.SOCKET : NetProtocol.Call.PAIR;
    Message m = call.encode(turn.scratch(), domain, kind, protocol, process.pid, ids(process));
    Step step = count == 1 ? Step.SOCKET_MADE : Step.SOCKETS_MADE;
    long key = state.key(turn.call(turn.role(Role.NET), m));
    state.calls.add(key, step.number(), request, flags);
  }

  void made(Turn turn, Row row, Message answer) {
    long request = row.w0;
    int flags = (int) row.w1;
    if (answer.w0 < 0) {
      turn.reply(request, answer.w0);
    } else {
      turn.reply(request, install(turn, request, answer.w0, flags));
    }
  }

  void pairMade(Turn turn, Row row, Message answer) {
    long request = row.w0;
    int flags = (int) row.w1;
    long second = answer.w1;
    if (answer.w0 < 0) {
      turn.reply(request, answer.w0);
      return;
    }
    long first = install(turn, request, answer.w0, flags);
    if (first < 0) {
      state.puts.addClose(turn.role(Role.NET), second);
      turn.reply(request, first);
      return;
    }
    long other = install(turn, request, second, flags);
    if (other < 0) {
      files.close(turn, state.knownProcess(Turn.caller(request)), first);
    }
    turn.reply(request, other < 0 ? other : first, other);
  }

  /** Puts a new socket under a descriptor of the caller; that, or a negated errno. */
  private long install(Turn turn, long request, long handle, int flags) {
    rights.begunAnew(turn, NetProtocol.beginning(handle));
    Process process = state.processes.get(Turn.caller(request));
    if (process == null || process.exit != 0) {
      state.puts.addClose(turn.role(Role.NET), handle);
      return -Errno.ESRCH;
    }
    int open = READ_WRITE | flags & NONBLOCK;
    OpenFile file = files.open(OpenFile.Kind.SOCKET, open, null, null, handle);
    file.owner = ids(process);
    return files.install(turn, process, file, flags);
  }

  // ---- accepted

  void accept(Turn turn, long request, Process process, OpenFile file, long flags) {
    int unknown = (int) flags & ~(NONBLOCK | CLOEXEC);
    int error = unknown != 0 ? -Errno.EINVAL : Math.min(0, process.freeFrom(0));
    if (error == 0 && !files.haveRoom(1)) {
      error = -Errno.ENFILE;
    }
    if (error != 0) {
      turn.reply(request, error);
      return;
    }
    long noWait = file.isNonblocking() ? NetProtocol.NO_WAIT : 0;
    Message m = NetProtocol.Call.ACCEPT.encode(turn.scratch(), file.device, noWait);
    int out = Math.max(0, turn.kernel().outBytes(request));
    long key = state.key(turn.callLending(turn.role(Role.NET), m, request, 0, 0, 0, out));
    state.calls.add(key, Step.SOCKET_ACCEPTED.number(), request, file.retain().id, flags);
    state.waiting.add(request, Wait.STREAM.number(), key);
  }

  void accepted(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile listener = state.file(row.w1);
    int flags = (int) row.w2;
    long bytes = answer.w1;
    interests.used(turn, listener);
    state.waiting.remove(request);
    if (answer.w0 < 0) {
      turn.reply(request, answer.w0);
    } else {
      turn.reply(request, install(turn, request, answer.w0, flags), bytes);
    }
    files.release(turn, listener);
  }

  // ---- asked

  void listen(Turn turn, long request, Process process, OpenFile file, long backlog) {
    Message m =
        NetProtocol.Call.LISTEN.encode(
            turn.scratch(), file.device, backlog, process.pid, ids(process));
    ask(turn, request, file, m, 0, 0, 0);
  }

  void bind(Turn turn, long request, Process process, OpenFile file) {
    Message m =
        NetProtocol.Call.BIND.encode(
            turn.scratch(), file.device, SocketNames.NOWHERE, 0, process.pid, ids(process));
    ask(turn, request, file, m, 0, turn.kernel().inBytes(request), 0);
  }

  /** Connects to an inode, or to the address in the in-buffer. */
  void connect(Turn turn, long request, Process process, OpenFile file, int fs, long inode) {
    long noWait = file.isNonblocking() ? NetProtocol.NO_WAIT : 0;
    Message m =
        NetProtocol.Call.CONNECT.encode(
            turn.scratch(), file.device, fs, inode, noWait, process.pid, ids(process));
    ask(turn, request, file, m, 0, turn.kernel().inBytes(request), 0);
  }

  void shutdown(Turn turn, long request, OpenFile file, long how) {
    Message m = NetProtocol.Call.SHUTDOWN.encode(turn.scratch(), file.device, how);
    ask(turn, request, file, m, 0, 0, 0);
  }

  void name(Turn turn, long request, OpenFile file, long peer) {
    Message m = NetProtocol.Call.NAME.encode(turn.scratch(), file.device, peer);
    ask(turn, request, file, m, 0, 0, SocketProtocol.ADDRESS_BYTES_MAX);
  }

  void getOption(Turn turn, long request, OpenFile file, long level, long name) {
    Message m = NetProtocol.Call.GET_OPTION.encode(turn.scratch(), file.device, level, name);
    ask(turn, request, file, m, 0, 0, turn.kernel().outBytes(request));
  }

  void setOption(Turn turn, long request, Process process, OpenFile file, long level, long name) {
    Message m =
        NetProtocol.Call.SET_OPTION.encode(turn.scratch(), file.device, level, name, process.uid);
    ask(turn, request, file, m, 0, turn.kernel().inBytes(request), 0);
  }

  /** Asks the network server; what it answers is the answer. */
  private void ask(
      Turn turn, long request, OpenFile file, Message m, int in, int inBytes, int outBytes) {
    int room = Math.clamp(turn.kernel().outBytes(request), 0, outBytes);
    int lent = Math.max(0, inBytes);
    long call = turn.callLending(turn.role(Role.NET), m, request, in, lent, 0, room);
    long key = state.key(call);
    state.calls.add(key, Step.SOCKET_DONE.number(), request, file.retain().id);
    state.waiting.add(request, Wait.STREAM.number(), key);
  }

  void done(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    state.waiting.remove(request);
    turn.reply(request, answer.w0, answer.w1);
    files.release(turn, file);
  }
}
