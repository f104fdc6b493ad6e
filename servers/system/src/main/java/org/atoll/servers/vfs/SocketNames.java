package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The names of Unix sockets in the file system: bind, connect and send with a path (unix(7)).
 *
 * <p>Stages of a BIND: the walk; the socket is reserved; the inode is made; the network server
 * knows it. Words of the row: the open file, and flags and sizes of a SEND.
 */
final class SocketNames implements PathCalls.Theme {

  /** In place of a file system: a name that is none of its. */
  static final int NOWHERE = Endpoint.NONE;

  private static final int RESERVE = 1;
  private static final int CREATE = 2;
  private static final int BIND = 3;
  private static final int UNDO = 4;

  private static final int FAMILY_BYTES = 2;
  private static final int UNIX = 1;
  private static final int UNIX_BYTES_MAX = 110;

  private final VfsState state;
  private final PathCalls paths;
  private final Files files;
  private final Sockets sockets;
  private final SocketTransfers transfers;

  SocketNames(
      VfsState state, PathCalls paths, Files files, Sockets sockets, SocketTransfers transfers) {
    this.state = state;
    this.paths = paths;
    this.files = files;
    this.sockets = sockets;
    this.transfers = transfers;
  }

  // ---- to begin

  void bind(Turn turn, long request, Process process, OpenFile file) {
    String path = path(turn, request, file, 0, turn.kernel().inBytes(request));
    if (path == null) {
      sockets.bind(turn, request, process, file);
      return;
    }
    PathRow row = row(request, process, file, SocketProtocol.Call.BIND);
    row.last = PathRow.Last.NAME;
    row.missingAllowed = true;
    paths.walk(turn, row, OpenFlags.AT_FDCWD, path, 0);
  }

  void connect(Turn turn, long request, Process process, OpenFile file) {
    String path = path(turn, request, file, 0, turn.kernel().inBytes(request));
    if (path == null) {
      sockets.connect(turn, request, process, file, NOWHERE, 0);
    } else {
      PathRow row = row(request, process, file, SocketProtocol.Call.CONNECT);
      paths.walk(turn, row, OpenFlags.AT_FDCWD, path, 0);
    }
  }

  void send(
      Turn turn, long request, Process process, OpenFile file, SocketTransfers.Sending sending) {
    if (!sending.fits(Math.max(0, turn.kernel().inBytes(request)))) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    if (sending.isPiece() && !NetProtocol.isStream(file.device)) {
      transfers.gather(turn, request, file, sending);
      return;
    }
    int address = (int) sending.addressBytes();
    String path =
        NetProtocol.isStream(file.device)
            ? null
            : path(turn, request, file, (int) sending.controlBytes(), address);
    if (path == null) {
      transfers.send(turn, request, process, file, sending, null);
      return;
    }
    PathRow row = row(request, process, file, SocketProtocol.Call.SEND);
    row.words[1] = sending.flags();
    row.words[2] = sending.controlBytes();
    row.words[3] = sending.addressBytes();
    paths.walk(turn, row, OpenFlags.AT_FDCWD, path, 0);
  }

  private PathRow row(long request, Process process, OpenFile file, SocketProtocol.Call call) {
    PathRow row = paths.row(request, process, VfsProtocol.Call.OPEN);
    row.socketCall = call;
    row.words[0] = file.retain().id;
    return row;
  }

  /** The path in an address, or null: it is of another kind. */
  private static @Nullable String path(
      Turn turn, long request, OpenFile file, int offset, int bytes) {
    if (!NetProtocol.isUnix(file.device) || bytes <= FAMILY_BYTES || bytes > UNIX_BYTES_MAX) {
      return null;
    }
    byte[] address = new byte[bytes];
    turn.kernel().copyIn(request, offset, address, 0, bytes);
    if (address[0] != UNIX || address[1] != 0 || address[FAMILY_BYTES] == 0) {
      return null;
    }
    int end = FAMILY_BYTES;
    while (end < bytes && address[end] != 0) {
      end++;
    }
    return new String(address, FAMILY_BYTES, end - FAMILY_BYTES, ISO_8859_1);
  }

  private OpenFile file(PathRow row) {
    return state.file(row.words[0]);
  }

  // ---- after the walk

  @Override
  public void walked(Turn turn, PathRow row) {
    if (row.socketCall == SocketProtocol.Call.BIND) {
      reserve(turn, row);
    } else {
      reach(turn, row);
    }
  }

  /** To connect or to send to a socket is to write it. */
  private void reach(Turn turn, PathRow row) {
    Vnode vnode = row.found;
    OpenFile file = file(row);
    if (vnode == null || vnode.type() != FileMode.SOCKET) {
      boolean denied = vnode != null && !Permission.may(row.process, vnode, Permission.WRITE);
      end(turn, row, denied ? -Errno.EACCES : -Errno.ECONNREFUSED);
    } else if (!Permission.may(row.process, vnode, Permission.WRITE)) {
      end(turn, row, -Errno.EACCES);
    } else {
      go(turn, row, file, vnode);
      paths.end(turn, row);
      files.release(turn, file);
    }
  }

  private void go(Turn turn, PathRow row, OpenFile file, Vnode vnode) {
    if (row.socketCall == SocketProtocol.Call.CONNECT) {
      sockets.connect(turn, row.request, row.process, file, vnode.mount.fs, vnode.inode);
    } else {
      SocketTransfers.Sending sending =
          new SocketTransfers.Sending(row.words[1], row.words[2], row.words[3]);
      transfers.send(turn, row.request, row.process, file, sending, vnode);
    }
  }

  private void end(Turn turn, PathRow row, long result) {
    OpenFile file = file(row);
    paths.finish(turn, row, result);
    files.release(turn, file);
  }

  // ---- bind

  private void reserve(Turn turn, PathRow row) {
    if (row.found != null || row.file != null) {
      end(turn, row, -Errno.EADDRINUSE);
      return;
    }
    int error =
        row.trailingSlash ? -Errno.ENOENT : Permission.changeNames(row.process, row.directory());
    if (error != 0) {
      end(turn, row, error);
    } else {
      ask(turn, row, RESERVE, 1);
    }
  }

  private void ask(Turn turn, PathRow row, int stage, long on) {
    row.stage = stage;
    Message m = NetProtocol.Call.RESERVE.encode(turn.scratch(), file(row).device, on);
    paths.actLending(turn, row, turn.role(Role.NET), m, 0);
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    switch (row.stage) {
      case RESERVE -> {
        if (answer.w0 < 0) {
          end(turn, row, answer.w0);
        } else {
          create(turn, row);
        }
      }
      case CREATE -> created(turn, row, answer);
      case BIND -> bound(turn, row, answer.w0);
      default -> end(turn, row, row.words[4]);
    }
  }

  private void create(Turn turn, PathRow row) {
    row.stage = CREATE;
    Vnode directory = row.directory();
    int mode = Permission.newMode(row.process, directory, FileMode.SOCKET, 0777);
    int group = Permission.newGroup(row.process, directory);
    Message m =
        FsProtocol.Call.CREATE.encode(
            turn.scratch(), directory.inode, mode, row.process.uid, group, 0);
    paths.act(turn, row, directory.mount.fs, m, row.name);
  }

  private void created(Turn turn, PathRow row, Message answer) {
    if (answer.w0 < 0) {
      row.words[4] = answer.w0 == -Errno.EEXIST ? -Errno.EADDRINUSE : answer.w0;
      ask(turn, row, UNDO, 0);
      return;
    }
    Vnode vnode = state.enter(row.directory().mount, answer);
    row.found = vnode;
    row.stage = BIND;
    Process process = row.process;
    Message m =
        NetProtocol.Call.BIND.encode(
            turn.scratch(),
            file(row).device,
            vnode.mount.fs,
            vnode.inode,
            process.pid,
            Sockets.ids(process));
    paths.actLendingIn(turn, row, turn.role(Role.NET), m);
  }

  private void bound(Turn turn, PathRow row, long result) {
    OpenFile file = file(row);
    if (result == 0 && file.bound == null) {
      file.bound = row.target().retain();
    }
    end(turn, row, result);
  }
}
