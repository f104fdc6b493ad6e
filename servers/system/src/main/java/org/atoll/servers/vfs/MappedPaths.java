package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol.Call;

/** The paths of files that VM has mapped, as a process sees them, for proc_pid_maps(5). */
final class MappedPaths implements PathCalls.Theme {

  private final VfsState state;
  private final PathCalls paths;
  private final Places places;

  MappedPaths(VfsState state, PathCalls paths, Places places) {
    this.state = state;
    this.paths = paths;
    this.places = places;
  }

  void find(Turn turn, long request, int pid, long handle) {
    Process process = state.processOf(pid, null);
    Mapping mapping = state.mappings.get(handle);
    if (process == null || process.exit != 0) {
      turn.reply(request, -Errno.ESRCH);
    } else if (mapping == null) {
      turn.reply(request, -Errno.ENOENT);
    } else {
      places.find(turn, paths.row(request, process, Call.MAPPED_PATH), mapping.vnode());
    }
  }

  @Override
  public void walked(Turn turn, PathRow row) {
    throw new IllegalStateException("there is no path to walk");
  }

  @Override
  public void acted(Turn turn, PathRow row, Message answer) {
    String path = places.acted(turn, row, answer);
    if (path != null) {
      byte[] bytes = path.getBytes(ISO_8859_1);
      int count = Math.min(bytes.length, Math.max(0, turn.kernel().outBytes(row.request)));
      int copied = turn.kernel().copyOut(row.request, 0, bytes, 0, count);
      paths.finish(turn, row, copied < 0 ? copied : count);
    }
  }
}
