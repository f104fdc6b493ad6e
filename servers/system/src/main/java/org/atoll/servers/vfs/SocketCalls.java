package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.SocketProtocol;
import org.jspecify.annotations.Nullable;

/** The calls about sockets, each brought to the class of its theme with the socket it is about. */
final class SocketCalls implements SocketProtocol.Service {

  private final VfsState state;
  private final Sockets sockets;
  private final SocketNames names;
  private final SocketTransfers transfers;
  private final Rights rights;

  SocketCalls(Themes themes) {
    this.state = themes.state;
    this.sockets = themes.sockets;
    this.names = themes.socketNames;
    this.transfers = themes.socketTransfers;
    this.rights = themes.rights;
  }

  /** The record of the process that asks; answers ESRCH when it has none. */
  private @Nullable Process caller(Turn turn, long request) {
    Process process = state.processes.get(Turn.caller(request));
    if (process == null || process.exit != 0) {
      turn.reply(request, -Errno.ESRCH);
      return null;
    }
    return process;
  }

  /** What is done with a socket of a process. */
  private interface Work {
    void on(Process process, OpenFile socket);
  }

  private void with(Turn turn, long request, long fd, Work work) {
    Process process = caller(turn, request);
    if (process == null) {
      return;
    }
    OpenFile file = process.file(fd);
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      turn.reply(request, -Errno.EBADF);
    } else if (file.kind != OpenFile.Kind.SOCKET) {
      turn.reply(request, -Errno.ENOTSOCK);
    } else {
      work.on(process, file);
    }
  }

  @Override
  public void socket(Turn turn, long request, long domain, long type, long protocol) {
    Process process = caller(turn, request);
    if (process != null) {
      sockets.make(turn, request, process, domain, type, protocol, 1);
    }
  }

  @Override
  public void pair(Turn turn, long request, long domain, long type, long protocol) {
    Process process = caller(turn, request);
    if (process != null) {
      sockets.make(turn, request, process, domain, type, protocol, 2);
    }
  }

  @Override
  public void bind(Turn turn, long request, long fd) {
    with(turn, request, fd, (process, file) -> names.bind(turn, request, process, file));
  }

  @Override
  public void connect(Turn turn, long request, long fd) {
    with(turn, request, fd, (process, file) -> names.connect(turn, request, process, file));
  }

  @Override
  public void listen(Turn turn, long request, long fd, long backlog) {
    with(
        turn,
        request,
        fd,
        (process, file) -> sockets.listen(turn, request, process, file, backlog));
  }

  @Override
  public void accept(Turn turn, long request, long fd, long flags) {
    with(turn, request, fd, (process, file) -> sockets.accept(turn, request, process, file, flags));
  }

  @Override
  public void send(
      Turn turn, long request, long fd, long flags, long controlBytes, long addressBytes) {
    with(
        turn,
        request,
        fd,
        (process, file) -> {
          SocketTransfers.Sending sending =
              new SocketTransfers.Sending(flags, controlBytes, addressBytes);
          names.send(turn, request, process, file, sending);
        });
  }

  @Override
  public void receive(Turn turn, long request, long fd, long bytes, long flags, long controlRoom) {
    with(
        turn,
        request,
        fd,
        (process, file) -> transfers.receive(turn, request, file, bytes, flags, controlRoom));
  }

  @Override
  public void shutdown(Turn turn, long request, long fd, long how) {
    with(turn, request, fd, (process, file) -> sockets.shutdown(turn, request, file, how));
  }

  @Override
  public void name(Turn turn, long request, long fd, long peer) {
    with(turn, request, fd, (process, file) -> sockets.name(turn, request, file, peer));
  }

  @Override
  public void getOption(Turn turn, long request, long fd, long level, long name) {
    with(turn, request, fd, (process, file) -> sockets.getOption(turn, request, file, level, name));
  }

  @Override
  public void setOption(Turn turn, long request, long fd, long level, long name) {
    with(
        turn,
        request,
        fd,
        (process, file) -> sockets.setOption(turn, request, process, file, level, name));
  }

  @Override
  public void rightsGone(Turn turn, int source, long number) {
    if (source == turn.role(Role.NET)) {
      rights.drop(turn, number);
    }
  }
}
