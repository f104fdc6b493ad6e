package org.atoll.servers.vfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.Row;
import org.jspecify.annotations.Nullable;

/** Files that VM maps: mmap's checks, and the hold on the inode while the mapping lasts. */
final class Mappings {

  private static final int WRITE = 2;
  private static final int EXECUTE = 4;
  private static final int MAP_SHARED = 1;

  private final VfsState state;
  private final Files files;

  Mappings(VfsState state, Files files) {
    this.state = state;
    this.files = files;
  }

  void map(Turn turn, long request, int endpoint, long fd, long protection, long flags) {
    Process process = state.processes.get(endpoint);
    OpenFile file = process == null ? null : process.file(fd);
    int error = refusal(file, (protection & WRITE) != 0 && (flags & MAP_SHARED) != 0);
    boolean runs = error == 0 && (protection & EXECUTE) != 0;
    if (runs && file != null && file.vnode != null && file.vnode.mount.is(Mount.NO_EXECUTION)) {
      error = -Errno.EPERM;
    }
    if (error != 0 || file == null) {
      turn.reply(request, error);
      return;
    }
    if (isZeros(file)) {
      turn.reply(request, VfsProtocol.NO_FILE);
      return;
    }
    Vnode vnode = file.place();
    Message m = FsProtocol.Call.VERSION.encode(turn.scratch(), vnode.inode);
    state.calls.add(
        state.key(turn.call(vnode.mount.fs, m)),
        Step.MAP_VERSION.number(),
        request,
        file.retain().id);
  }

  private static int refusal(@Nullable OpenFile file, boolean writesFile) {
    if (file == null || file.kind == OpenFile.Kind.PATH) {
      return -Errno.EBADF;
    }
    if (!file.isReadable() || writesFile && !file.isWritable()) {
      return -Errno.EACCES;
    }
    boolean regular = file.kind == OpenFile.Kind.FILE && file.place().isRegular();
    return regular || isZeros(file) ? 0 : -Errno.ENODEV;
  }

  private static boolean isZeros(OpenFile file) {
    return file.kind == OpenFile.Kind.DEVICE && file.device == Devices.ZERO;
  }

  void versionKnown(Turn turn, Row row, Message answer) {
    long request = row.w0;
    OpenFile file = state.file(row.w1);
    Vnode vnode = file.place();
    if (answer.w0 < 0) {
      turn.reply(request, answer.w0);
    } else {
      long version = answer.w0;
      long bytes = answer.w1;
      long handle = state.nextMappingId();
      state.mappings.put(handle, new Mapping(vnode.retain(), file.executing));
      vnode.executors += file.executing ? 1 : 0;
      Message m = turn.scratch();
      int writable = file.isWritable() && answer.w2 == 0 ? 1 : 0;
      m.set(0, handle, vnode.mount.fs, vnode.inode, version, bytes, writable, 0);
      turn.reply(request, m);
    }
    files.release(turn, file);
  }

  void unmap(Turn turn, long request, long handle) {
    Mapping mapping = state.mappings.remove(handle);
    if (mapping == null) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    mapping.vnode().executors -= mapping.ofProgram() ? 1 : 0;
    state.release(mapping.vnode());
    turn.reply(request, 0);
  }
}
