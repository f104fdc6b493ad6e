package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/**
 * send and receive, read and write of sockets: the caller's buffers are lent to the network server;
 * control messages stay here.
 */
final class SocketTransfers {

  private static final int PEEK = 0x2;
  private static final int CLOSE_ON_EXEC = 0x4000_0000;
  private static final int CONTROL_BYTES_MAX = 20_480;
  private static final long NO_RIGHTS = 0;

  /** What goes with a SEND, in front of its data. */
  record Sending(long flags, long controlBytes, long addressBytes) {

    /** Whether more of the same follows. */
    boolean isPiece() {
      return (flags & SocketProtocol.MORE) != 0;
    }

    /** Whether control messages and address have room in a buffer. */
    boolean fits(int inBytes) {
      boolean sound = controlBytes >= 0 && addressBytes >= 0 && controlBytes <= inBytes;
      return sound && addressBytes <= inBytes - controlBytes;
    }
  }

  private final VfsState state;
  private final Files files;
  private final Rights rights;
  private final Interests interests;

  SocketTransfers(VfsState state, Files files, Rights rights, Interests interests) {
    this.state = state;
    this.files = files;
    this.rights = rights;
    this.interests = interests;
  }

  // ---- send

  void write(Turn turn, long request, Process process, OpenFile file, int bytes, long job) {
    boolean asks = bytes == 0 && (job & VfsProtocol.NO_MESSAGE) != 0;
    if (asks || isPiece(file, bytes)) {
      turn.reply(request, asks ? 0 : -Errno.EMSGSIZE, 0, 0);
      return;
    }
    Message m =
        NetProtocol.Call.SEND.encode(
            turn.scratch(),
            file.device,
            noWait(file),
            SocketNames.NOWHERE,
            0,
            NO_RIGHTS,
            process.pid,
            Sockets.ids(process));
    callSend(turn, request, file, m, 0, bytes, NO_RIGHTS, 1);
  }

  /** Whether it may be but the first of a message: that is for SEND and RECEIVE. */
  private static boolean isPiece(OpenFile file, int bytes) {
    return bytes == Limits.BUFFER_BYTES_MAX && !NetProtocol.isStream(file.device);
  }

  /** A piece of a message, whose last one says where it goes and what goes with it. */
  void gather(Turn turn, long request, OpenFile file, Sending sending) {
    Message m =
        NetProtocol.Call.SEND.encode(
            turn.scratch(), file.device, sending.flags, SocketNames.NOWHERE, 0, NO_RIGHTS, 0, 0);
    int offset = (int) (sending.controlBytes + sending.addressBytes);
    int bytes = Math.max(0, turn.kernel().inBytes(request)) - offset;
    callSend(turn, request, file, m, offset, bytes, NO_RIGHTS, 0);
  }

  private static long noWait(OpenFile file) {
    return file.isNonblocking() ? NetProtocol.NO_WAIT : 0;
  }

  /** Sends to an inode, or to the address behind the control messages, or to the peer. */
  void send(
      Turn turn,
      long request,
      Process process,
      OpenFile file,
      Sending sending,
      @Nullable Vnode target) {
    int controlBytes = (int) sending.controlBytes;
    if (controlBytes > CONTROL_BYTES_MAX) {
      turn.reply(request, -Errno.ENOMEM);
      return;
    }
    byte[] control = new byte[controlBytes];
    turn.kernel().copyIn(request, 0, control, 0, controlBytes);
    boolean unix = NetProtocol.isUnix(file.device);
    ControlMessages told = ControlMessages.read(control, process, unix);
    int error =
        told.error != 0 || told.files.isEmpty() || rights.haveRoom()
            ? told.error
            : -Errno.ETOOMANYREFS;
    if (error != 0) {
      turn.reply(request, error);
      return;
    }
    long sent = told.files.isEmpty() ? NO_RIGHTS : rights.send(told.files);
    Message m =
        NetProtocol.Call.SEND.encode(
            turn.scratch(),
            file.device,
            sending.flags | noWait(file),
            target == null ? SocketNames.NOWHERE : target.mount.fs,
            target == null ? sending.addressBytes : target.inode,
            sent,
            told.pid,
            told.ids);
    int offset = controlBytes + (target == null ? 0 : (int) sending.addressBytes);
    int bytes = Math.max(0, turn.kernel().inBytes(request)) - offset;
    callSend(turn, request, file, m, offset, bytes, sent, 0);
  }

  private void callSend(
      Turn turn,
      long request,
      OpenFile file,
      Message m,
      int offset,
      int bytes,
      long sent,
      long writes) {
    long call = turn.callLending(turn.role(Role.NET), m, request, offset, bytes, 0, 0);
    long key = state.key(call);
    int step = Step.SOCKET_SENT.number();
    state.calls.add(key, step, request, file.retain().id, sent, writes, bytes);
    state.waiting.add(request, Wait.STREAM.number(), key);
  }

  void sent(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    long sent = row.w2;
    boolean writes = row.w3 != 0;
    long result = answer.w0;
    boolean whole = result == row.w4;
    state.waiting.remove(request);
    if (sent != NO_RIGHTS && result < 0) {
      rights.drop(turn, sent);
    } else if (sent != NO_RIGHTS) {
      rights.held(sent, answer.w1);
    }
    interests.used(turn, file);
    boolean broken = result == -Errno.EPIPE;
    long signal = broken && NetProtocol.isStream(file.device) ? Signal.PIPE : 0;
    signal = result >= 0 && answer.w1 == SocketProtocol.GATHERED ? answer.w1 : signal;
    if (writes) {
      turn.reply(request, result, whole || broken ? 1 : 0, signal);
    } else {
      turn.reply(request, result, signal);
    }
    files.release(turn, file);
  }

  // ---- receive

  void read(Turn turn, long request, OpenFile file, int bytes) {
    if (bytes == 0) {
      turn.reply(request, 0, 0);
    } else if (isPiece(file, bytes)) {
      turn.reply(request, -Errno.EMSGSIZE, 0);
    } else {
      callReceive(turn, request, file, bytes, 0, 0, 1);
    }
  }

  void receive(Turn turn, long request, OpenFile file, long bytes, long flags, long controlRoom) {
    int out = Math.max(0, turn.kernel().outBytes(request));
    int room = (int) Math.clamp(controlRoom, 0L, out);
    callReceive(turn, request, file, Math.max(0, bytes), flags, room, 0);
  }

  private void callReceive(
      Turn turn, long request, OpenFile file, long bytes, long flags, int room, long reads) {
    Message m =
        NetProtocol.Call.RECEIVE.encode(
            turn.scratch(), file.device, bytes, flags | noWait(file), room);
    int lent = Math.max(0, turn.kernel().outBytes(request));
    long key = state.key(turn.callLending(turn.role(Role.NET), m, request, 0, 0, 0, lent));
    int step = Step.SOCKET_RECEIVED.number();
    state.calls.add(key, step, request, file.retain().id, room, flags, reads);
    state.waiting.add(request, Wait.STREAM.number(), key);
  }

  void received(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    int room = (int) row.w2;
    long flags = row.w3;
    boolean reads = row.w4 != 0;
    interests.used(turn, file);
    state.waiting.remove(request);
    if (answer.w0 < 0) {
      turn.reply(request, answer.w0);
    } else {
      deliver(turn, request, file, answer, flags, reads ? 0 : room, reads);
    }
    files.release(turn, file);
  }

  /** Puts control messages behind data and address, opens what came with them, and answers. */
  private void deliver(
      Turn turn, long request, OpenFile file, Message answer, long flags, int room, boolean reads) {
    long bytes = answer.w0;
    long said = answer.w1;
    long addressBytes = answer.w2;
    long number = answer.w3;
    long whole = answer.w4;
    int there = (int) (said >>> NetProtocol.CONTROL_SHIFT);
    ControlWriter control = new ControlWriter(Math.max(0, room - there));
    if ((said & NetProtocol.CREDENTIALS) != 0) {
      control.credentials(answer.w5, answer.w6);
    }
    boolean cloexec = (flags & CLOSE_ON_EXEC) != 0;
    open(turn, request, number, (flags & PEEK) != 0, cloexec, control);
    boolean stream = NetProtocol.isStream(file.device);
    if (reads) {
      turn.reply(request, bytes, stream ? VfsProtocol.OF_SOCKET : 0);
      return;
    }
    byte[] text = control.bytes();
    int behind = (int) (bytes + addressBytes) + there;
    turn.kernel().copyOut(request, behind, text, 0, text.length);
    Message m = turn.scratch();
    long shown = said & (0xffff_ffffL | SocketProtocol.MORE) | control.flags();
    shown |= stream ? SocketProtocol.CONTINUES : 0;
    turn.reply(request, m.set(0, bytes, shown, addressBytes, there + text.length, whole, 0, 0));
  }

  /** Descriptors for what came with a message, as many as there is room for. */
  private void open(
      Turn turn, long request, long number, boolean peeks, boolean cloexec, ControlWriter control) {
    RightsTable.Bundle bundle = state.rights.get(number);
    if (bundle == null) {
      return;
    }
    Process process = state.processes.get(Turn.caller(request));
    boolean receives = process != null && process.exit == 0;
    int wanted = receives ? Math.min(control.rightsRoom(), bundle.files.size()) : 0;
    int opened = 0;
    int[] fds = new int[wanted];
    while (opened < wanted && process != null) {
      int fd = process.freeFrom(0);
      if (fd < 0) {
        break;
      }
      process.put(fd, bundle.files.get(opened).retain(), cloexec);
      fds[opened++] = fd;
    }
    control.rights(fds, opened, bundle.files.size());
    if (!peeks) {
      rights.drop(turn, number);
    }
  }
}
