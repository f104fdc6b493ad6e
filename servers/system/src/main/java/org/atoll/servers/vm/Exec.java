package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EBADF;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.ENODEV;
import static org.atoll.abi.Errno.ENOMEM;
import static org.atoll.abi.Errno.EOVERFLOW;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.Row;

/** The second address space that an exec builds, and that replaces the first as a whole. */
final class Exec {

  /** Pages that a stack has before it grows. */
  private static final int STACK_PAGES = 33;

  /** Room for the stack below its top that mappings leave free at least. */
  private static final long STACK_GAP_BYTES = 128L << 20;

  private final State state;

  Exec(State state) {
    this.state = state;
  }

  /** EXEC_BEGIN. */
  void begin(Turn turn, long request) {
    Client c = state.client(Turn.caller(request));
    dropBuilding(turn, c);
    AddressSpace space = state.createSpace(turn.kernel());
    if (space == null) {
      turn.reply(request, -ENOMEM);
      return;
    }
    space.stackBytesMax = c.stackBytesMax;
    c.building = space.id;
    turn.reply(request, 0);
  }

  /** EXEC_ABORT. */
  void abort(Turn turn, long request) {
    dropBuilding(turn, state.client(Turn.caller(request)));
    turn.reply(request, 0);
  }

  /** Gives up what an exec was building, if there is one. */
  void dropBuilding(Turn turn, Client c) {
    if (c.building != 0) {
      state.dropSpace(turn, state.space(c.building));
      c.building = 0;
    }
    dropFile(turn, c);
  }

  private void dropFile(Turn turn, Client c) {
    if (c.buildingFile != 0) {
      state.dropFile(turn, state.file(c.buildingFile));
      c.buildingFile = 0;
      c.buildingDescriptor = -1;
    }
  }

  /** EXEC_MAP: a segment of the program. */
  void map(
      Turn turn,
      long request,
      long address,
      long fileBytes,
      long bytes,
      long protection,
      long fd,
      long offset) {
    Client c = state.client(Turn.caller(request));
    if (c.building == 0
        || !Mapping.isRange(address, bytes)
        || fileBytes < 0
        || fileBytes > bytes
        || offset < 0
        || offset % State.PAGE != 0
        || (protection & ~Protection.PROT_ALL) != 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    if (fileBytes == 0) {
      turn.reply(request, enter(turn, c, address, 0, bytes, protection, 0));
      return;
    }
    if (fd < 0) {
      turn.reply(request, -EBADF);
      return;
    }
    if (!PageCache.holds(offset, fileBytes)) {
      turn.reply(request, -EOVERFLOW);
      return;
    }
    if (c.buildingFile != 0 && c.buildingDescriptor == fd) {
      turn.reply(request, enter(turn, c, address, fileBytes, bytes, protection, offset));
      return;
    }
    VfsProtocol.Call.MAP.encode(turn.scratch(), c.task, fd, protection, Protection.MAP_PRIVATE);
    long call = turn.call(turn.role(Role.VFS), turn.scratch());
    if (call < 0) {
      turn.reply(request, -ENOMEM);
      return;
    }
    state.calls.add(
        call,
        Step.EXEC_MAP_FILE.ordinal(),
        request,
        address,
        fileBytes,
        bytes,
        protection,
        fd,
        offset);
  }

  /** VFS answered with the file of a segment, or an error. */
  void fileReady(Turn turn, Row row, Message m) {
    long request = row.w0;
    if (m.w0 <= VfsProtocol.NO_FILE) {
      turn.reply(request, m.w0 < 0 ? m.w0 : -ENODEV);
      return;
    }
    MappedFile file = state.createFile(m.w0, (int) m.w1, m.w2, m.w3, m.w4);
    file.users = 1;
    Client c = state.clients.get(Turn.caller(request));
    if (c == null || c.building == 0) {
      state.dropFile(turn, file);
      turn.reply(request, -EINVAL);
      return;
    }
    dropFile(turn, c);
    c.buildingFile = file.id;
    c.buildingDescriptor = row.w5;
    turn.reply(request, enter(turn, c, row.w1, row.w2, row.w3, row.w4, row.w6));
  }

  /** A region of the file, and one of zeros after it. */
  private long enter(
      Turn turn, Client c, long address, long fileBytes, long bytes, long protection, long offset) {
    AddressSpace space = state.space(c.building);
    long from = address / State.PAGE;
    long middle = from + (fileBytes + State.PAGE - 1) / State.PAGE;
    long end = from + (bytes + State.PAGE - 1) / State.PAGE;
    int rights = Protection.rights(protection);
    boolean commits = (rights & KernelCalls.PAGE_WRITE) != 0;
    if (commits && !state.mayCommit(turn.kernel(), end - from)) {
      return -ENOMEM;
    }
    int flags = Region.MAY_WRITE | (commits ? Region.COMMITTED : 0);
    state.unmap(turn, space, from, end);
    if (middle > from) {
      Region r = new Region(from, middle, rights, flags);
      r.file = c.buildingFile;
      r.offset = offset / State.PAGE;
      boolean zeros = bytes > fileBytes && (commits || end > middle);
      r.zeroFrom = zeros ? offset + fileBytes : Region.NOWHERE;
      state.enter(space, r);
    }
    if (end > middle) {
      state.enter(space, new Region(middle, end, rights, flags));
    }
    space.merge(from, end);
    return 0;
  }

  /** EXEC_STACK. */
  void stack(Turn turn, long request, long top, long bytes) {
    AddressSpace space = state.buildingOf(request);
    if (space == null || !Mapping.isRange(0, top) || top % State.PAGE != 0 || bytes == 0) {
      turn.reply(request, -EINVAL);
      return;
    }
    long limit = bytes < 0 ? Long.MAX_VALUE : bytes;
    long end = top / State.PAGE;
    long pages = Math.min(STACK_PAGES, Math.max(1, limit / State.PAGE));
    if (end <= pages || !space.isFree(end - pages, end)) {
      turn.reply(request, -EINVAL);
      return;
    }
    if (!state.mayCommit(turn.kernel(), pages)) {
      turn.reply(request, -ENOMEM);
      return;
    }
    space.stackBytesMax = limit;
    long gap = Math.clamp(limit, STACK_GAP_BYTES, Limits.USER_ADDRESS_END / 6 * 5);
    space.mapBase = Math.max(AddressSpace.LOWEST, end - gap / State.PAGE);
    int rights = KernelCalls.PAGE_READ | KernelCalls.PAGE_WRITE;
    int flags = Region.GROWS_DOWN | Region.COMMITTED | Region.MAY_WRITE;
    state.enter(space, new Region(end - pages, end, rights, flags));
    turn.reply(request, 0);
  }

  /** EXEC_COMMIT. */
  void commit(Turn turn, long request, long programBreak) {
    Client c = state.client(Turn.caller(request));
    if (c.building == 0 || programBreak < 0 || programBreak >= Limits.USER_ADDRESS_END) {
      turn.reply(request, -EINVAL);
      return;
    }
    AddressSpace space = state.space(c.building);
    space.breakStart = programBreak;
    space.breakEnd = programBreak;
    turn.kernel().taskSpace(c.task, space.id);
    if (c.space != 0) {
      AddressSpace old = state.space(c.space);
      state.notePeak(turn.kernel(), old);
      c.peakPages = Math.max(c.peakPages, old.peakPages);
      state.dropSpace(turn, old);
    }
    c.space = space.id;
    c.building = 0;
    dropFile(turn, c);
    turn.reply(request, 0);
  }
}
