package org.atoll.servers.vfs;

import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;

/**
 * The terminal of the first process: {@code /dev/console}, under descriptors 0, 1 and, unless the
 * host's errors go elsewhere, 2. Where the console is no terminal, the streams of the command stay.
 */
final class FirstTerminal implements PathCalls.Theme {

  private static final int CONSOLE = 1;
  private static final int ERRORS = 2;

  private final PathCalls paths;
  private final Files files;
  private final Drivers drivers;

  FirstTerminal(PathCalls paths, Files files, Drivers drivers) {
    this.paths = paths;
    this.files = files;
    this.drivers = drivers;
  }

  /** The process is there, with the streams; answers its INIT_PROCESS. */
  void begin(Turn turn, long request, Process process) {
    PathRow row = paths.row(request, process, Call.INIT_PROCESS);
    row.stage = CONSOLE;
    row.missingAllowed = true;
    paths.walk(turn, row, OpenFlags.AT_FDCWD, "/dev/console", 0);
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    if (row.found == null || !Devices.isConsole(row.found.device)) {
      paths.finish(turn, row, 0);
    } else {
      drivers.open(turn, row, row.found, OpenFlags.RDWR);
    }
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    switch (row.stage) {
      case CONSOLE -> opened(turn, row, answer.w0);
      case ERRORS -> errorsKnown(turn, row, answer.w0);
      default -> throw new IllegalStateException("stage " + row.stage);
    }
  }

  private void opened(Turn turn, PathRow row, long handle) {
    if (handle < 0) {
      paths.finish(turn, row, 0);
      return;
    }
    int flags = OpenFlags.RDWR;
    OpenFile file = files.open(OpenFile.Kind.CHARACTER, flags, row.target(), null, handle);
    replace(turn, row.process, 0, file);
    replace(turn, row.process, 1, file.retain());
    row.stage = ERRORS;
    Message m = ConsoleProtocol.Call.STATUS.encode(turn.scratch(), 2);
    paths.actLending(turn, row, turn.role(Role.CONSOLE), m, 0);
  }

  private void errorsKnown(Turn turn, PathRow row, long kind) {
    OpenFile file = row.process.file(0);
    if (kind == Streams.TERMINAL && file != null) {
      replace(turn, row.process, 2, file.retain());
    }
    paths.finish(turn, row, 0);
  }

  private void replace(Turn turn, Process process, int fd, OpenFile file) {
    files.close(turn, process, fd);
    process.put(fd, file, false);
  }
}
