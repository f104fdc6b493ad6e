package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.MagicLink;
import org.jspecify.annotations.Nullable;

/**
 * The symbolic links of proc(5) that lead to what a process has, not to a path: who may follow
 * them, what they lead to, and what readlink(2) says of them. Words of a READLINK: bytes wanted.
 */
final class MagicLinks {

  private final VfsState state;
  private final PathCalls paths;
  private final Places places;

  MagicLinks(VfsState state, PathCalls paths, Places places) {
    this.state = state;
    this.paths = paths;
    this.places = places;
  }

  /** 0, or the negated errno that forbids a process to follow a link of another one. */
  static int refusal(Process process, @Nullable Process owner) {
    if (owner == null || owner.exit != 0) {
      return -Errno.ENOENT;
    }
    return mayInspect(process, owner) ? 0 : -Errno.EACCES;
  }

  /** As ptrace(2) says for PTRACE_MODE_READ; saved ids are PM's, and not known here. */
  private static boolean mayInspect(Process process, Process owner) {
    boolean sameUser = process.uid == owner.uid && process.uid == owner.realUid;
    boolean sameGroup = process.gid == owner.gid && process.gid == owner.realGid;
    return process == owner || process.uid == 0 || sameUser && sameGroup;
  }

  /** What has a place in a tree, and what is open without one: at most one of them is there. */
  record Target(@Nullable Vnode vnode, @Nullable OpenFile file) {

    private static final Target NONE = new Target(null, null);

    boolean isNone() {
      return vnode == null && file == null;
    }
  }

  static Target target(Process owner, long device) {
    return switch (MagicLink.kind(device)) {
      case SELF -> Target.NONE;
      case EXE -> new Target(owner.exe, null);
      case CWD -> new Target(owner.directory, null);
      case ROOT -> new Target(owner.root, null);
      case FD -> {
        OpenFile file = owner.file(MagicLink.descriptor(device));
        if (file == null || file.vnode != null) {
          yield file == null ? Target.NONE : new Target(file.vnode, null);
        }
        yield new Target(null, file);
      }
    };
  }

  // ---- readlink

  void read(Turn turn, PathRow row) {
    long device = row.target().device;
    if (MagicLink.kind(device) == MagicLink.Kind.SELF) {
      answer(turn, row, String.valueOf(row.process.pid));
      return;
    }
    Process owner = state.processOf(MagicLink.pid(device), row.process);
    int error = refusal(row.process, owner);
    if (error != 0 || owner == null) {
      paths.finish(turn, row, error);
      return;
    }
    Target target = target(owner, device);
    if (target.vnode() != null) {
      places.find(turn, row, target.vnode());
    } else if (target.file() == null) {
      paths.finish(turn, row, -Errno.ENOENT);
    } else if (target.file().pipe != null) {
      answer(turn, row, "pipe:[" + Statuses.inodeOf(target.file().pipe) + "]");
    } else if (target.file().source != null) {
      answer(turn, row, "anon_inode:[" + target.file().source.kind.title + "]");
    } else if (target.file().kind == OpenFile.Kind.SOCKET) {
      answer(turn, row, "socket:[" + Sockets.inodeOf(target.file()) + "]");
    } else {
      row.stage = Places.STREAM;
      row.words[1] = target.file().device;
      Message m = ConsoleProtocol.Call.STATUS.encode(turn.scratch(), row.words[1]);
      paths.actLending(turn, row, turn.role(Role.CONSOLE), m, 0);
    }
  }

  void acted(Turn turn, PathRow row, Message answer) {
    if (row.stage != Places.STREAM) {
      String path = places.acted(turn, row, answer);
      if (path != null) {
        answer(turn, row, path);
      }
    } else if (answer.w0 < 0) {
      paths.finish(turn, row, answer.w0);
    } else {
      answer(turn, row, streamName((int) answer.w0, row.words[1]));
    }
  }

  /** The host's files have no path here: kind and number of the inode that fstat(2) shows. */
  private static String streamName(int kind, long stream) {
    return switch (kind) {
      case Streams.TERMINAL -> "/dev/console";
      case Streams.NULL_DEVICE -> "/dev/null";
      case Streams.REGULAR -> "file:[" + (stream + 1) + "]";
      default -> "pipe:[" + (stream + 1) + "]";
    };
  }

  private void answer(Turn turn, PathRow row, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    long room = Math.min(row.words[0], turn.kernel().outBytes(row.request));
    int wanted = (int) Math.min(bytes.length, room);
    int copied = turn.kernel().copyOut(row.request, 0, bytes, 0, wanted);
    paths.finish(turn, row, copied < 0 ? copied : wanted);
  }
}
