package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.EventProtocol;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;

/** The virtual file system server: brings each event to the class of its theme. */
public final class VfsServer implements Server {

  private final VfsState state = new VfsState();
  private final Themes themes = new Themes(state);
  private final VfsCalls service = new VfsCalls(themes);
  private final EventCalls eventService = new EventCalls(themes);
  private final SocketCalls socketService = new SocketCalls(themes);
  private final Message refusal = new Message();

  @Override
  public Rows calls() {
    return state.calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    if (SocketProtocol.isCall(m.type)) {
      SocketProtocol.dispatch(socketService, turn, request, m);
    } else if (m.type >= EventProtocol.FIRST) {
      EventProtocol.dispatch(eventService, turn, request, m);
    } else {
      VfsProtocol.dispatch(service, turn, request, m);
    }
    endTurn(turn);
  }

  @Override
  public void message(Turn turn, Message m) {
    SocketProtocol.deliver(socketService, turn, m);
    endTurn(turn);
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    proceed(turn, row, answer);
    endTurn(turn);
  }

  /** What a driver that began anew had not done yet. */
  private boolean askAgain(Turn turn, Row row) {
    return themes.streams.askAgain(turn, row)
        || themes.drivers.askAgain(turn, row)
        || themes.poll.watchAgain(turn, row);
  }

  /** Errors of the IPC itself never reach a program. */
  private void proceed(Turn turn, Row row, Message answer) {
    if (answer.w0 == -Errno.EDEADSRCDST && askAgain(turn, row)) {
      return;
    }
    boolean socket = Step.of(row.step).isOfSocket();
    boolean cancelled = socket && answer.w0 == -Errno.ENORESTART;
    if (answer.w0 <= -Errno.EDEADSRCDST && !cancelled) {
      answer.w0 = socket ? -Errno.ECONNRESET : -Errno.EIO;
    }
    switch (Step.of(row.step)) {
      case WALK_LOOKUP -> themes.paths.walk().lookedUp(turn, state.path(row.w0), answer);
      case WALK_READLINK -> themes.paths.walk().linkRead(turn, state.path(row.w0), answer);
      case PATH_ACTION -> themes.paths.acted(turn, state.path(row.w0), answer);
      case FILE_AT_OFFSET -> themes.readWrite.doneAtOffset(turn, row, answer);
      case FILE_ELSEWHERE -> themes.readWrite.doneElsewhere(turn, row, answer);
      case PASS_ON -> themes.fileCalls.passedOn(turn, row, answer);
      case STREAM_TRANSFER -> themes.streams.transferred(turn, row, answer);
      case STREAM_READY -> themes.streams.ready(turn, row, answer);
      case STREAM_STAT -> themes.streams.statKnown(turn, row, answer);
      case STREAM_IOCTL -> themes.ioctl.statusKnown(turn, row, answer);
      case DEVICE_IOCTL -> themes.drivers.ioctlDone(turn, row, answer);
      case PEER_PLACED -> themes.drivers.peerPlaced(turn, row, answer);
      case FILE_UNREAD -> themes.ioctl.sizeKnown(turn, row, answer);
      case LOCK_SIZE -> themes.recordLocks.sizeKnown(turn, row, answer);
      case POLL_WATCH -> themes.poll.watched(turn, row, answer);
      case INTEREST_PROBED -> themes.interests.probed(turn, row, answer);
      case INTEREST_WATCHED -> themes.interests.watched(turn, row, answer);
      case FIRST_ROOT -> themes.systemMounts.rootKnown(turn, row, answer);
      case MAP_VERSION -> themes.mappings.versionKnown(turn, row, answer);
      case SIGNAL_WATCHED -> themes.signals.watched(turn, row, answer);
      case SIGNAL_SENT -> {}
      case OWNER_KNOWN -> themes.fileOwners.known(turn, row, answer);
      case SOCKET_MADE -> themes.sockets.made(turn, row, answer);
      case SOCKETS_MADE -> themes.sockets.pairMade(turn, row, answer);
      case SOCKET_ACCEPTED -> themes.sockets.accepted(turn, row, answer);
      case SOCKET_DONE -> themes.sockets.done(turn, row, answer);
      case SOCKET_SENT -> themes.socketTransfers.sent(turn, row, answer);
      case SOCKET_RECEIVED -> themes.socketTransfers.received(turn, row, answer);
    }
  }

  /** Answers the calls that the kernel refused, and gives back inodes. */
  private void endTurn(Turn turn) {
    for (int i = 0; i < state.refused.size(); i += 2) {
      boolean full = state.refused.get(i + 1) == -Errno.ENOBUFS;
      refusal.set(0, full ? -Errno.ENOMEM : -Errno.EIO, 0, 0, 0, 0, 0, 0);
      proceed(turn, state.calls.take(state.refused.get(i)), refusal);
    }
    state.refused.clear();
    themes.rights.collect(turn);
    state.puts.flush(turn);
  }

  /** A request that only waits for a file system is answered soon anyway. */
  @Override
  public void cancelled(Turn turn, long request) {
    themes.cancel(turn, request);
    endTurn(turn);
  }

  /** The tags are {@link Puts#ALARM}, those of timers, and the requests of polls and epolls. */
  @Override
  public void alarm(Turn turn, long tag) {
    if (Timer.isAlarm(tag)) {
      themes.events.alarm(turn, tag);
    } else if (state.polls.get(tag) != null) {
      themes.poll.alarm(turn, tag);
    } else if (tag != Puts.ALARM) {
      themes.epoll.alarm(turn, tag);
    }
    endTurn(turn);
  }

  @Override
  public void save(StateWriter out) {
    state.save(out);
  }

  @Override
  public void load(StateReader in) {
    state.load(in);
  }
}
