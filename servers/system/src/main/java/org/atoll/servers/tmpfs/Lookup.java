package org.atoll.servers.tmpfs;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.PassedDirectory;
import org.jspecify.annotations.Nullable;

/** LOOKUP: from directory to directory, as far as the names of a path lead within the volume. */
final class Lookup {

  private final Volume volume;
  private final Attributes attributes;

  /** What the answer carries. */
  private final byte[] told = new byte[PassedDirectory.ANSWER_BYTES_MAX];

  // ---- the path that is being followed

  private String path = "";

  /** Where the next name begins. */
  private int next;

  private String name = "";
  private int passed;

  Lookup(Volume volume, Attributes attributes) {
    this.volume = volume;
    this.attributes = attributes;
  }

  /** Answers what the names lead to. */
  void follow(Turn turn, long request, Inode from, String names, long flags) {
    path = names;
    next = 0;
    passed = 0;
    int room = PassedDirectory.room(turn.kernel().outBytes(request));
    Inode at = from;
    Inode inode = step(at);
    while (inode != null && inode.isDirectory() && next < path.length() && passed < room) {
      PassedDirectory.put(told, passed, inode.number, inode.mode, inode.uid, inode.gid);
      passed++;
      at = inode;
      inode = step(at);
    }
    boolean link = inode != null && inode.isSymbolicLink();
    if (passed > 0 && (link || (flags & FsProtocol.KEEP_DIRECTORY) != 0)) {
      volume.hold(at);
    }
    if (inode == null) {
      missing(turn, request, at);
    } else {
      found(turn, request, inode, (flags & FsProtocol.LOOK_ONLY) != 0 && !link);
    }
  }

  /** What the next name leads to; null when that is nothing. */
  private @Nullable Inode step(Inode from) {
    int slash = path.indexOf('/', next);
    int end = slash < 0 ? path.length() : slash;
    name = path.substring(next, end);
    next = end;
    while (next < path.length() && path.charAt(next) == '/') {
      next++;
    }
    Directory directory = from.directory;
    return directory == null ? null : find(from, directory);
  }

  private @Nullable Inode find(Inode from, Directory directory) {
    return switch (name) {
      case "." -> from;
      case ".." -> directory.parent;
      default -> {
        Inode inode = directory.find(name);
        if (inode != null) {
          inode.reachedBy(from, name);
        }
        yield inode;
      }
    };
  }

  private void missing(Turn turn, long request, Inode at) {
    turn.kernel().copyOut(request, 0, told, 0, passed * PassedDirectory.BYTES);
    int error = name.length() > Limits.NAME_BYTES_MAX ? -Errno.ENAMETOOLONG : -Errno.ENOENT;
    error = at.isDirectory() ? error : -Errno.ENOTDIR;
    turn.reply(request, turn.scratch().set(0, error, 0, 0, 0, 0, 0, passed));
  }

  private void found(Turn turn, long request, Inode inode, boolean lookOnly) {
    int status = passed * PassedDirectory.BYTES;
    int room = turn.kernel().outBytes(request) - status;
    boolean hasStatus = next == path.length() && room >= FileStatus.BYTES;
    if (hasStatus) {
      attributes.status(inode, told, status);
    }
    turn.kernel().copyOut(request, 0, told, 0, status + (hasStatus ? FileStatus.BYTES : 0));
    if (!lookOnly || !hasStatus) {
      volume.hold(inode);
    }
    Volume.reply(turn, request, inode, passed);
  }
}
