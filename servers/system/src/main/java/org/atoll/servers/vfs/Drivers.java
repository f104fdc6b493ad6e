package org.atoll.servers.vfs;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DeviceProtocol;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.Row;

/**
 * Character devices that a driver serves: a call on a descriptor becomes one to the driver, which
 * has the caller's buffers lent. An open file description is a handle there.
 */
final class Drivers {

  private static final int TERMINAL_MAJOR = 5;
  private static final int FIRST_PTS_MAJOR = 136;
  private static final int LAST_PTS_MAJOR = 143;
  private static final int TIOCGPTPEER = 0x5441;

  /** How often a driver that begins anew is asked again. */
  private static final int TRIES_MAX = 3;

  private final VfsState state;
  private final PathCalls paths;
  private final Files files;

  Drivers(VfsState state, PathCalls paths, Files files) {
    this.state = state;
    this.paths = paths;
    this.files = files;
  }

  /** Whether a device number is one of a driver's. */
  static boolean serves(long device) {
    int major = Devices.major(device);
    return major == TERMINAL_MAJOR || major >= FIRST_PTS_MAJOR && major <= LAST_PTS_MAJOR;
  }

  /** The driver of a device, or NONE. */
  static int of(Turn turn, long device) {
    return serves(device) ? turn.role(Role.TTY) : Endpoint.NONE;
  }

  private static int of(Turn turn, OpenFile file) {
    return file.kind == OpenFile.Kind.SOCKET ? turn.role(Role.NET) : of(turn, file.place().device);
  }

  // ---- open

  /** Asks the driver; the row's stage says where its answer goes. */
  void open(Turn turn, PathRow row, Vnode vnode, int flags) {
    int driver = of(turn, vnode.device);
    if (driver == Endpoint.NONE) {
      paths.finish(turn, row, -Errno.ENXIO);
      return;
    }
    Process process = row.process;
    Message m =
        DeviceProtocol.Call.OPEN.encode(
            turn.scratch(), vnode.device, flags, process.pid, process.uid, process.gid);
    paths.actLending(turn, row, driver, m, 0);
  }

  /** The driver opened it, or not. */
  void opened(Turn turn, PathRow row, Message answer) {
    int flags = (int) row.words[0];
    Vnode vnode = row.target();
    if (answer.w0 < 0) {
      boolean streams = answer.w0 == -Errno.ENXIO && Devices.isConsole(vnode.device);
      if (streams) {
        install(turn, row, files.open(OpenFile.Kind.STREAM, flags, vnode, null, Devices.CONSOLE));
      } else {
        paths.finish(turn, row, answer.w0);
      }
      return;
    }
    install(turn, row, files.open(OpenFile.Kind.CHARACTER, flags, vnode, null, answer.w0));
  }

  private void install(Turn turn, PathRow row, OpenFile file) {
    turn.reply(row.request, files.install(turn, row.process, file, (int) row.words[0]));
    paths.end(turn, row);
  }

  /** The last descriptor is gone: said one-way, in order with what VFS asks later. */
  static void close(Turn turn, VfsState state, OpenFile file) {
    state.puts.addClose(of(turn, file), file.device);
  }

  // ---- bytes

  void read(Turn turn, long request, OpenFile file, int bytes, long job) {
    long kind = DeviceProtocol.Call.READ.number();
    transfer(turn, request, kind, file.retain(), bytes, flags(file, job), TRIES_MAX);
  }

  void write(Turn turn, long request, OpenFile file, int bytes, long job) {
    long kind = DeviceProtocol.Call.WRITE.number();
    transfer(turn, request, kind, file.retain(), bytes, flags(file, job), TRIES_MAX);
  }

  private static long flags(OpenFile file, long job) {
    long known = DeviceProtocol.SIGTTIN_OFF | DeviceProtocol.SIGTTOU_OFF;
    return job & known | (file.isNonblocking() ? DeviceProtocol.NO_WAIT : 0);
  }

  /** Ended as the transfer of a stream is; only a whole write may be followed up at once. */
  private void transfer(
      Turn turn, long request, long kind, OpenFile file, int bytes, long flags, long tries) {
    boolean reads = kind == DeviceProtocol.Call.READ.number();
    DeviceProtocol.Call call = reads ? DeviceProtocol.Call.READ : DeviceProtocol.Call.WRITE;
    Message m = call.encode(turn.scratch(), file.device, bytes, flags, pid(request));
    int in = reads ? 0 : bytes;
    int out = reads ? bytes : 0;
    long key = state.key(turn.callLending(of(turn, file), m, request, 0, in, 0, out));
    int step = Step.STREAM_TRANSFER.number();
    int whole = reads ? bytes + 1 : bytes;
    state.calls.add(key, step, request, file.id, whole, 0, kind, flags, tries);
    state.waiting.add(request, Wait.STREAM.number(), key);
  }

  private long pid(long request) {
    Process process = state.processes.get(Turn.caller(request));
    return process == null ? 0 : process.pid;
  }

  /**
   * The driver began anew while it was to do something: it has done nothing of that, and is asked
   * again. False when the row is about something else, or that was tried often enough.
   */
  boolean askAgain(Turn turn, Row row) {
    boolean transfers = row.step == Step.STREAM_TRANSFER.number();
    if (row.w6 == 0 || !transfers && row.step != Step.DEVICE_IOCTL.number()) {
      return false;
    }
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    state.waiting.remove(request);
    if (transfers) {
      boolean reads = row.w4 == DeviceProtocol.Call.READ.number();
      int bytes = (int) row.w2 - (reads ? 1 : 0);
      transfer(turn, request, row.w4, file, bytes, row.w5, row.w6 - 1);
    } else {
      control(turn, request, file, row.w4, row.w3, row.w5, row.w6 - 1);
    }
    return true;
  }

  /** A call of POLL: answered when something happens, or when it is cancelled. */
  static long watch(Turn turn, OpenFile file, int events, int flags) {
    Message m = DeviceProtocol.Call.WATCH.encode(turn.scratch(), file.device, events, flags);
    return turn.call(of(turn, file), m);
  }

  // ---- ioctl

  void ioctl(Turn turn, long request, OpenFile file, long operation, long argument, long job) {
    long flags = flags(file, job);
    control(turn, request, file.retain(), operation, argument, flags, TRIES_MAX);
  }

  private void control(
      Turn turn,
      long request,
      OpenFile file,
      long operation,
      long argument,
      long flags,
      long tries) {
    Message m =
        DeviceProtocol.Call.IOCTL.encode(
            turn.scratch(), file.device, operation, argument, flags, pid(request));
    int in = Math.max(0, turn.kernel().inBytes(request));
    int out = Math.max(0, turn.kernel().outBytes(request));
    long key = state.key(turn.callLending(of(turn, file), m, request, 0, in, 0, out));
    int step = Step.DEVICE_IOCTL.number();
    long opens = (int) operation == TIOCGPTPEER ? 1 : 0;
    state.calls.add(key, step, request, file.id, opens, argument, operation, flags, tries);
    state.waiting.add(request, Wait.STREAM.number(), key);
  }

  void ioctlDone(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    boolean opens = row.w2 != 0;
    long flags = row.w3;
    state.waiting.remove(request);
    int driver = of(turn, file);
    files.release(turn, file);
    if (answer.w0 < 0 || !opens) {
      turn.reply(request, answer.w0);
      return;
    }
    long handle = answer.w1;
    long inode = answer.w2;
    Message m = FsProtocol.Call.GET.encode(turn.scratch(), inode);
    long key = state.key(turn.call(driver, m));
    state.calls.add(key, Step.PEER_PLACED.number(), request, driver, handle, flags);
  }

  /** What TIOCGPTPEER opened has its place in the driver's file system. */
  void peerPlaced(Turn turn, Row row, Message answer) {
    long request = row.w0;
    int driver = (int) row.w1;
    Process process = state.processes.get(Turn.caller(request));
    Mount mount = state.mountOf(driver, FsProtocol.ROOT);
    if (answer.w0 < 0 || mount == null || process == null || process.exit != 0) {
      state.puts.addClose(driver, row.w2);
      if (answer.w0 >= 0) {
        state.puts.add(driver, answer.w0, 1);
      }
      turn.reply(request, -Errno.EIO);
      return;
    }
    Vnode vnode = state.enter(mount, answer);
    int flags = (int) row.w3;
    OpenFile file = files.open(OpenFile.Kind.CHARACTER, flags, vnode, null, row.w2);
    state.release(vnode);
    turn.reply(request, files.install(turn, process, file, flags));
  }
}
