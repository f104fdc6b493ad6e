package org.atoll.servers.tmpfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The calls on one volume, each brought to the class of its theme with the inode that it is about.
 *
 * <p>Names and targets are bytes: one in each char of a string.
 */
final class VolumeCalls implements FsProtocol.Service {

  final Volume volume;
  private final Contents contents;
  private final Attributes attributes;
  private final Lookup lookup;
  private final Names names;
  private final Rename renames;
  private final Listing listing = new Listing();
  private final byte[] buffer = new byte[2 * Limits.PATH_BYTES_MAX];

  VolumeCalls(Volume volume) {
    this.volume = volume;
    this.contents = new Contents(volume);
    this.attributes = new Attributes(volume);
    this.lookup = new Lookup(volume, attributes);
    this.names = new Names(volume);
    this.renames = new Rename(volume, names);
  }

  /** In the first turn, which knows the time: fills in what the volume begins with. */
  void begin(Turn turn, Beginning beginning) {
    volume.begin(turn, beginning, names);
  }

  /** Gives back holds that nobody waits for the answer of. */
  void putOneWay(Turn turn, long number, long count) {
    Inode inode = volume.inode(number);
    if (inode != null && count >= 0 && count <= inode.holds) {
      volume.put(turn, inode, count);
    }
  }

  /** The inode of a request; answers ESTALE when there is none. */
  private @Nullable Inode inode(Turn turn, long request, long number) {
    Inode inode = volume.inode(number);
    if (inode == null) {
      turn.reply(request, -Errno.ESTALE);
    }
    return inode;
  }

  /** Bytes {@code from} to {@code end - 1} of the in-buffer, which was copied to the buffer. */
  private String text(int from, int end) {
    return new String(buffer, from, end - from, ISO_8859_1);
  }

  /** Copies the in-buffer; its length, or -1 after answering that it is too long or unreadable. */
  private int strings(Turn turn, long request) {
    int bytes = turn.kernel().inBytes(request);
    if (bytes > buffer.length) {
      turn.reply(request, -Errno.ENAMETOOLONG);
      return -1;
    }
    int copied = bytes < 0 ? bytes : turn.kernel().copyIn(request, 0, buffer, 0, bytes);
    if (copied < 0) {
      turn.reply(request, copied);
      return -1;
    }
    return bytes;
  }

  @Override
  public void lookup(Turn turn, long request, long directory, long flags) {
    Inode parent = inode(turn, request, directory);
    int bytes = parent == null ? -1 : strings(turn, request);
    if (parent != null && bytes >= 0) {
      lookup.follow(turn, request, parent, text(0, bytes), flags);
    }
  }

  @Override
  public void get(Turn turn, long request, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      volume.replyHeld(turn, request, inode);
    }
  }

  @Override
  public void put(Turn turn, long request, long number, long count) {
    Inode inode = inode(turn, request, number);
    if (inode == null) {
      return;
    }
    if (count < 0 || count > inode.holds) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    turn.reply(request, 0);
    volume.put(turn, inode, count);
  }

  @Override
  public void create(
      Turn turn, long request, long directory, long mode, long uid, long gid, long device) {
    Inode parent = inode(turn, request, directory);
    int bytes = parent == null ? -1 : strings(turn, request);
    if (parent == null || bytes < 0) {
      return;
    }
    if (!creatable((int) mode & Inode.TYPE)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    Inode made = names.create(turn, request, parent, (int) mode, text(0, bytes), null);
    if (made != null) {
      made.uid = (int) uid;
      made.gid = (int) gid;
      made.device = device;
      volume.replyHeld(turn, request, made);
    }
  }

  private static boolean creatable(int type) {
    return switch (type) {
      case Inode.REGULAR, Inode.DIRECTORY, Inode.FIFO, Inode.SOCKET -> true;
      case Inode.CHARACTER, Inode.BLOCK -> true;
      default -> false;
    };
  }

  @Override
  public void symlink(Turn turn, long request, long directory, long uid, long gid, long nameBytes) {
    Inode parent = inode(turn, request, directory);
    int bytes = parent == null ? -1 : strings(turn, request);
    if (parent == null || bytes < 0) {
      return;
    }
    if (nameBytes < 0 || nameBytes >= bytes) {
      turn.reply(request, nameBytes == bytes ? -Errno.ENOENT : -Errno.EINVAL);
      return;
    }
    String name = text(0, (int) nameBytes);
    String target = text((int) nameBytes, bytes);
    Inode made = names.create(turn, request, parent, Inode.SYMLINK | 0777, name, target);
    if (made != null) {
      made.uid = (int) uid;
      made.gid = (int) gid;
      turn.reply(request, made.number);
    }
  }

  @Override
  public void link(Turn turn, long request, long directory, long number) {
    Inode parent = inode(turn, request, directory);
    Inode inode = parent == null ? null : inode(turn, request, number);
    int bytes = inode == null ? -1 : strings(turn, request);
    if (parent != null && inode != null && bytes >= 0) {
      names.link(turn, request, parent, inode, text(0, bytes));
    }
  }

  @Override
  public void unlink(Turn turn, long request, long directory, long flags) {
    Inode parent = inode(turn, request, directory);
    int bytes = parent == null ? -1 : strings(turn, request);
    if (parent != null && bytes >= 0) {
      names.unlink(turn, request, parent, flags, text(0, bytes));
    }
  }

  @Override
  public void rename(
      Turn turn, long request, long fromNumber, long toNumber, long flags, long fromBytes) {
    Inode from = inode(turn, request, fromNumber);
    Inode to = from == null ? null : inode(turn, request, toNumber);
    int bytes = to == null ? -1 : strings(turn, request);
    if (from == null || to == null || bytes < 0) {
      return;
    }
    if (fromBytes < 0 || fromBytes > bytes) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    String oldName = text(0, (int) fromBytes);
    renames.rename(turn, request, from, oldName, to, text((int) fromBytes, bytes), flags);
  }

  @Override
  public void readlink(Turn turn, long request, long number, long bytes) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      String target = inode.target;
      if (target == null) {
        turn.reply(request, -Errno.EINVAL);
      } else {
        text(turn, request, target, bytes);
      }
    }
  }

  @Override
  public void path(Turn turn, long request, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      byte[] path = inode.path().getBytes(ISO_8859_1);
      if (path.length > turn.kernel().outBytes(request)) {
        turn.reply(request, -Errno.ENAMETOOLONG);
        return;
      }
      int copied = turn.kernel().copyOut(request, 0, path, 0, path.length);
      turn.reply(request, copied < 0 ? copied : path.length, inode.isNameGone() ? 1 : 0);
    }
  }

  /** Answers a text, cut to the room that the caller has. */
  private static void text(Turn turn, long request, String text, long room) {
    long most = Math.max(0, Math.min(turn.kernel().outBytes(request), room));
    int bytes = (int) Math.min(text.length(), most);
    byte[] source = text.getBytes(ISO_8859_1);
    int copied = turn.kernel().copyOut(request, 0, source, 0, bytes);
    turn.reply(request, copied < 0 ? copied : bytes);
  }

  @Override
  public void read(Turn turn, long request, long number, long offset, long bytes, long reader) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      contents.read(turn, request, inode, offset, bytes);
    }
  }

  @Override
  public void write(
      Turn turn, long request, long number, long offset, long bytes, long flags, long limit) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      contents.write(turn, request, inode, offset, bytes, flags, limit);
    }
  }

  @Override
  public void stat(Turn turn, long request, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      attributes.stat(turn, request, inode);
    }
  }

  @Override
  public void setattr(
      Turn turn, long request, long number, long mask, long mode, long uid, long gid) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      attributes.setattr(turn, request, inode, mask, mode, uid, gid);
    }
  }

  @Override
  public void utimes(Turn turn, long request, long number, long access, long modified) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      attributes.utimes(turn, request, inode, access, modified);
    }
  }

  @Override
  public void truncate(Turn turn, long request, long number, long bytes, long flags, long limit) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      contents.truncate(turn, request, inode, bytes, flags, limit);
    }
  }

  @Override
  public void fallocate(
      Turn turn, long request, long number, long mode, long offset, long bytes, long limit) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      contents.fallocate(turn, request, inode, mode, offset, bytes, limit);
    }
  }

  @Override
  public void seek(Turn turn, long request, long number, long offset, long whence) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      contents.seek(turn, request, inode, offset, whence);
    }
  }

  @Override
  public void readdir(Turn turn, long request, long number, long position, long bytes) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      listing.readdir(turn, request, inode, position, bytes);
    }
  }

  @Override
  public void parent(Turn turn, long request, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      Directory directory = inode.directory;
      turn.reply(request, directory == null ? -Errno.ENOTDIR : directory.parent.number);
    }
  }

  @Override
  public void nameOf(Turn turn, long request, long directory, long number) {
    Inode parent = inode(turn, request, directory);
    Inode inode = parent == null ? null : inode(turn, request, number);
    if (parent == null || inode == null) {
      return;
    }
    String name = parent.directory == null ? null : parent.directory.nameOf(inode);
    if (name == null) {
      turn.reply(request, -Errno.ENOENT);
    } else {
      text(turn, request, name, Integer.MAX_VALUE);
    }
  }

  @Override
  public void statfs(Turn turn, long request, long number) {
    attributes.statfs(turn, request);
  }

  @Override
  public void page(Turn turn, long request, long number, long page, long node) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      contents.page(turn, request, inode, page, node);
    }
  }

  @Override
  public void version(Turn turn, long request, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      turn.reply(request, inode.version, inode.statSize());
    }
  }

  /** A volume makes no volumes: the server does. */
  @Override
  public void volume(Turn turn, long request) {
    turn.reply(request, -Errno.ENODEV);
  }

  @Override
  public void remount(Turn turn, long request, long number) {
    int bytes = inode(turn, request, number) == null ? -1 : strings(turn, request);
    if (bytes >= 0) {
      int result = volume.remount(turn.kernel(), text(0, bytes));
      if (result == 0) {
        text(turn, request, volume.options(), Limits.PATH_BYTES_MAX);
      } else {
        turn.reply(request, result);
      }
    }
  }
}
