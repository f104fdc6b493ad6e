package org.atoll.drivers.hostfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.hypercall.SharedFolder;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.files.FirstName;
import org.atoll.libsys.files.OneTree;
import org.atoll.libsys.files.ReadOnly;
import org.jspecify.annotations.Nullable;

/**
 * The file system of one shared folder of the host: answers every request in its turn, by
 * hypercalls on that folder and nothing else.
 *
 * <p>Names and targets are bytes: one in each char of a string.
 */
public final class HostfsDriver implements Server, OneTree {

  private static final int VERSION = 1;

  private final boolean readOnly;
  private final Inodes inodes;
  private final Attributes attributes;
  private final Contents contents;
  private final Names names;
  private final Listing listing;
  private final SharedFolder folder;
  private final Rows calls = new Rows();
  private final byte[] buffer = new byte[2 * Limits.PATH_BYTES_MAX];

  private HostfsDriver(SharedFolder folder, long device, boolean readOnly) {
    this.folder = folder;
    this.readOnly = readOnly;
    this.inodes = new Inodes(folder);
    this.attributes = new Attributes(folder, inodes, device, readOnly);
    this.contents = new Contents(folder, inodes, attributes);
    this.names = new Names(folder, inodes, attributes);
    this.listing = new Listing(folder, inodes);
  }

  /**
   * A task's handler around the file system of a share.
   *
   * @param folder the share, as this task may use it
   * @param device the device number that stat(2) shows
   * @param readOnly whether every change is refused (EROFS)
   */
  public static Handler create(SharedFolder folder, long device, boolean readOnly) {
    return new ServerLoop(() -> new HostfsDriver(folder, device, readOnly));
  }

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    if (readOnly && ReadOnly.refuses(m.type)) {
      turn.reply(request, -Errno.EROFS);
    } else {
      FsProtocol.dispatch(this, turn, request, m);
    }
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    throw new IllegalStateException("hostfs calls nobody");
  }

  @Override
  public void cancelled(Turn turn, long request) {
    throw new IllegalStateException("hostfs answers in the turn of the request");
  }

  @Override
  public void message(Turn turn, Message m) {
    Inode inode = m.type == FsProtocol.Call.PUT.number() ? inodes.find(m.w0) : null;
    if (inode != null && m.w1 >= 0 && m.w1 <= inode.holds) {
      inodes.put(inode, m.w1);
    }
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION);
    inodes.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    inodes.load(in);
  }

  /** The inode of a request; answers ESTALE when there is none. */
  private @Nullable Inode inode(Turn turn, long request, long number) {
    Inode inode = inodes.find(number);
    if (inode == null) {
      turn.reply(request, -Errno.ESTALE);
    }
    return inode;
  }

  /** The directory of a request; answers ESTALE or ENOTDIR when there is none. */
  private @Nullable Inode directory(Turn turn, long request, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null && !inode.isDirectory()) {
      turn.reply(request, -Errno.ENOTDIR);
      return null;
    }
    return inode;
  }

  /** The in-buffer; null after answering that it is too long or unreadable. */
  private @Nullable String text(Turn turn, long request) {
    int bytes = turn.kernel().inBytes(request);
    if (bytes > buffer.length) {
      turn.reply(request, -Errno.ENAMETOOLONG);
      return null;
    }
    int copied = bytes < 0 ? bytes : turn.kernel().copyIn(request, 0, buffer, 0, bytes);
    if (copied < 0) {
      turn.reply(request, copied);
      return null;
    }
    return new String(buffer, 0, bytes, ISO_8859_1);
  }

  /** Answers a text, cut to the room that the caller has. */
  private static void answer(Turn turn, long request, byte[] text, int length, long room) {
    int most = (int) Math.max(0, Math.min(turn.kernel().outBytes(request), room));
    int bytes = Math.min(length, most);
    int copied = turn.kernel().copyOut(request, 0, text, 0, bytes);
    turn.reply(request, copied < 0 ? copied : bytes);
  }

  @Override
  public void lookup(Turn turn, long request, long number, long flags) {
    Inode directory = directory(turn, request, number);
    int bytes = directory == null ? 0 : FirstName.copy(turn, request, buffer);
    if (bytes < 0) {
      turn.reply(request, bytes);
    } else if (directory != null) {
      names.lookup(turn, request, directory, new String(buffer, 0, bytes, ISO_8859_1));
    }
  }

  @Override
  public void get(Turn turn, long request, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      attributes.held(turn, request, inode);
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
    inodes.put(inode, count);
  }

  @Override
  public void create(
      Turn turn, long request, long number, long mode, long uid, long gid, long device) {
    Inode directory = directory(turn, request, number);
    String name = directory == null ? null : text(turn, request);
    if (directory != null && name != null) {
      names.create(turn, request, directory, (int) mode, name);
    }
  }

  @Override
  public void symlink(Turn turn, long request, long number, long uid, long gid, long nameBytes) {
    Inode directory = directory(turn, request, number);
    String both = directory == null ? null : text(turn, request);
    if (directory == null || both == null) {
      return;
    }
    if (nameBytes < 0 || nameBytes >= both.length()) {
      turn.reply(request, nameBytes == both.length() ? -Errno.ENOENT : -Errno.EINVAL);
      return;
    }
    int end = (int) nameBytes;
    names.symlink(turn, request, directory, both.substring(0, end), both.substring(end));
  }

  @Override
  public void link(Turn turn, long request, long directoryNumber, long number) {
    Inode directory = directory(turn, request, directoryNumber);
    Inode inode = directory == null ? null : inode(turn, request, number);
    String name = inode == null ? null : text(turn, request);
    if (directory != null && inode != null && name != null) {
      names.link(turn, request, directory, inode, name);
    }
  }

  @Override
  public void unlink(Turn turn, long request, long number, long flags) {
    Inode directory = directory(turn, request, number);
    String name = directory == null ? null : text(turn, request);
    if (directory != null && name != null) {
      names.unlink(turn, request, directory, name, (int) flags);
    }
  }

  @Override
  public void rename(
      Turn turn, long request, long fromNumber, long toNumber, long flags, long fromBytes) {
    Inode from = directory(turn, request, fromNumber);
    Inode to = from == null ? null : directory(turn, request, toNumber);
    String both = to == null ? null : text(turn, request);
    if (from == null || to == null || both == null) {
      return;
    }
    if (fromBytes < 0 || fromBytes > both.length()) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    String name = both.substring(0, (int) fromBytes);
    String newName = both.substring((int) fromBytes);
    names.rename(turn, request, from, name, to, newName, (int) flags);
  }

  @Override
  public void readlink(Turn turn, long request, long number, long bytes) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      long handle = inodes.handle(inode);
      int got = handle < 0 ? (int) handle : folder.readlink(handle, buffer);
      if (got < 0) {
        turn.reply(request, got);
      } else {
        answer(turn, request, buffer, got, bytes);
      }
    }
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
      attributes.setattr(turn, request, inode, mask, (int) mode, uid, gid);
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
    Inode inode = directory(turn, request, number);
    if (inode != null) {
      Inode above = inode.above;
      boolean lost = above == null && inode.number != Inodes.ROOT;
      turn.reply(request, lost ? -Errno.ESTALE : above == null ? inode.number : above.number);
    }
  }

  @Override
  public void nameOf(Turn turn, long request, long directory, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      Inode above = inode.above;
      if (above == null || above.number != directory) {
        turn.reply(request, -Errno.ENOENT);
      } else {
        answer(turn, request, Inodes.bytes(inode.name), inode.name.length(), Long.MAX_VALUE);
      }
    }
  }

  @Override
  public void path(Turn turn, long request, long number) {
    Inode inode = inode(turn, request, number);
    if (inode != null) {
      byte[] path = Inodes.bytes(inode.path());
      if (path.length > turn.kernel().outBytes(request)) {
        turn.reply(request, -Errno.ENAMETOOLONG);
        return;
      }
      int copied = turn.kernel().copyOut(request, 0, path, 0, path.length);
      turn.reply(request, copied < 0 ? copied : path.length, inode.isNameGone() ? 1 : 0);
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
      contents.version(turn, request, inode);
    }
  }
}
