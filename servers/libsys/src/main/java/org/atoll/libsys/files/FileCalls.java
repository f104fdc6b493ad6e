package org.atoll.libsys.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.files.Listing.Entry;
import org.jspecify.annotations.Nullable;

/** The calls of a file system, answered by what a tree says. */
final class FileCalls implements GivenFiles {

  private static final int AT_REMOVEDIR = 0x200;
  private static final int SEEK_DATA = 3;
  private static final Entry ROOT = new Entry(Listing.FOLDER | 0755, 0, "");

  /** Positions in a folder: 0 is before {@code .}, 1 before {@code ..}, then inode numbers. */
  private static final long PARENT_POSITION = 1;

  /** The lowest inode number of what is in a folder. */
  private static final long FIRST_POSITION = Inodes.ROOT + 1;

  /** Folders that are looked through for a forgotten inode. */
  private static final int FOLDERS_MAX = 1_000;

  private final FileTree tree;
  private final Inodes inodes;
  private final FileAnswers answers = new FileAnswers();
  private final byte[] nameBuffer = new byte[FirstName.BUFFER_BYTES];

  FileCalls(FileTree tree, Inodes inodes) {
    this.tree = tree;
    this.inodes = inodes;
  }

  // ---- what there is

  private Listing listing(Turn turn, String folder) {
    Listing listing = new Listing();
    tree.list(turn, folder, listing);
    inodes.keepOnly(folder, listing);
    return listing;
  }

  private static String above(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String in(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private @Nullable Entry entry(Turn turn, @Nullable String path) {
    if (path == null) {
      return null;
    }
    if (path.isEmpty()) {
      return ROOT;
    }
    Entry folder = entry(turn, above(path));
    return folder != null && folder.isFolder() ? listing(turn, above(path)).get(name(path)) : null;
  }

  /** What an inode is, or null after answering that it is gone. */
  private @Nullable Entry known(Turn turn, long request, long inode) {
    Entry entry = entry(turn, found(turn, inode));
    if (entry == null) {
      turn.reply(request, -Errno.ESTALE);
    }
    return entry;
  }

  /** The path of an inode; what a restart forgot is looked for in the tree. */
  private @Nullable String found(Turn turn, long inode) {
    String path = inodes.path(inode);
    if (path != null) {
      return path;
    }
    Deque<String> folders = new ArrayDeque<>(List.of(""));
    for (int left = FOLDERS_MAX; left > 0 && !folders.isEmpty(); left--) {
      String folder = folders.remove();
      for (Map.Entry<String, Entry> child : listing(turn, folder).entries().entrySet()) {
        String inside = in(folder, child.getKey());
        if (inodes.number(inside) == inode) {
          return inside;
        }
        if (child.getValue().isFolder()) {
          folders.add(inside);
        }
      }
    }
    return null;
  }

  private String path(long inode) {
    String path = inodes.path(inode);
    if (path == null) {
      throw new IllegalStateException("no path of inode " + inode);
    }
    return path;
  }

  /** The path of a folder, or null after answering that it is none. */
  private @Nullable String folder(Turn turn, long request, long inode) {
    Entry entry = known(turn, request, inode);
    if (entry != null && !entry.isFolder()) {
      turn.reply(request, -Errno.ENOTDIR);
      return null;
    }
    return entry == null ? null : path(inode);
  }

  /** The in-buffer as a name, or null after answering. */
  private static @Nullable String nameOf(Turn turn, long request) {
    int bytes = turn.kernel().inBytes(request);
    if (bytes <= 0 || bytes > Limits.NAME_BYTES_MAX) {
      turn.reply(request, bytes > 0 ? -Errno.ENAMETOOLONG : -Errno.EINVAL);
      return null;
    }
    byte[] name = new byte[bytes];
    turn.kernel().copyIn(request, 0, name, 0, bytes);
    return new String(name, StandardCharsets.UTF_8);
  }

  @Override
  public void lookup(Turn turn, long request, long directory, long flags) {
    String folder = folder(turn, request, directory);
    int bytes = folder == null ? 0 : FirstName.copy(turn, request, nameBuffer);
    if (folder == null || bytes < 0) {
      if (bytes < 0) {
        turn.reply(request, bytes);
      }
      return;
    }
    String name = new String(nameBuffer, 0, bytes, StandardCharsets.UTF_8);
    String path =
        switch (name) {
          case "." -> folder;
          case ".." -> above(folder);
          default -> in(folder, name);
        };
    Entry entry = entry(turn, path);
    if (entry == null) {
      turn.reply(request, -Errno.ENOENT);
    } else {
      held(turn, request, inodes.number(path), entry);
    }
  }

  private void held(Turn turn, long request, long inode, Entry entry) {
    inodes.hold(inode);
    Message m = turn.scratch();
    turn.reply(request, m.set(0, inode, entry.mode(), entry.bytes(), 0, 0, 0, 0));
  }

  @Override
  public void get(Turn turn, long request, long inode) {
    Entry entry = known(turn, request, inode);
    if (entry != null) {
      held(turn, request, inode, entry);
    }
  }

  @Override
  public void put(Turn turn, long request, long inode, long count) {
    inodes.put(inode, count);
    turn.reply(request, 0);
  }

  @Override
  public void stat(Turn turn, long request, long inode) {
    Entry entry = known(turn, request, inode);
    if (entry != null) {
      answers.stat(turn, request, inode, entry);
    }
  }

  @Override
  public void readlink(Turn turn, long request, long inode, long bytes) {
    Entry entry = known(turn, request, inode);
    if (entry != null && entry.isLink()) {
      FileAnswers.text(turn, request, entry.target());
    } else if (entry != null) {
      turn.reply(request, -Errno.EINVAL);
    }
  }

  @Override
  public void readdir(Turn turn, long request, long inode, long position, long bytes) {
    String folder = folder(turn, request, inode);
    if (folder == null) {
      return;
    }
    Listing listing = listing(turn, folder);
    Map<Long, String> byInode = new TreeMap<>();
    listing.entries().keySet().forEach(name -> byInode.put(inodes.number(in(folder, name)), name));
    answers.begin(bytes, turn.kernel().outBytes(request), position);
    boolean room = position > 0 || answers.add(".", inode, Listing.FOLDER, PARENT_POSITION);
    if (room && position <= PARENT_POSITION) {
      room = answers.add("..", inodes.number(above(folder)), Listing.FOLDER, FIRST_POSITION);
    }
    for (Map.Entry<Long, String> at : byInode.entrySet()) {
      Entry entry = listing.get(at.getValue());
      if (room && entry != null && at.getKey() >= position) {
        room = answers.add(at.getValue(), at.getKey(), entry.mode(), at.getKey() + 1);
      }
    }
    answers.entries(turn, request);
  }

  @Override
  public void parent(Turn turn, long request, long directory) {
    String folder = folder(turn, request, directory);
    if (folder != null) {
      turn.reply(request, inodes.number(above(folder)));
    }
  }

  @Override
  public void nameOf(Turn turn, long request, long directory, long inode) {
    String path = inodes.path(inode);
    if (path == null || path.isEmpty()) {
      turn.reply(request, -Errno.ENOENT);
    } else {
      FileAnswers.text(turn, request, name(path));
    }
  }

  @Override
  public void path(Turn turn, long request, long inode) {
    String path = inodes.path(inode);
    if (path == null) {
      turn.reply(request, -Errno.ESTALE);
    } else {
      FileAnswers.text(turn, request, path.isEmpty() ? "" : "/" + path);
    }
  }

  @Override
  public void statfs(Turn turn, long request, long inode) {
    answers.statfs(turn, request);
  }

  // ---- contents

  /** What an inode is if it is a file, or null after answering. */
  private @Nullable Entry file(Turn turn, long request, long inode) {
    Entry entry = known(turn, request, inode);
    if (entry != null && !entry.isFile()) {
      turn.reply(request, entry.isFolder() ? -Errno.EISDIR : -Errno.EINVAL);
      return null;
    }
    return entry;
  }

  @Override
  public void read(Turn turn, long request, long inode, long offset, long bytes, long reader) {
    Entry file = file(turn, request, inode);
    if (file == null) {
      return;
    }
    int room = Math.clamp(bytes, 0, Math.max(0, turn.kernel().outBytes(request)));
    byte[] into = new byte[room];
    int count = offset < 0 ? -Errno.EINVAL : tree.read(turn, path(inode), offset, into);
    if (count > 0) {
      count = turn.kernel().copyOut(request, 0, into, 0, count);
    }
    turn.reply(request, count, file.bytes());
  }

  @Override
  public void write(
      Turn turn, long request, long inode, long offset, long bytes, long flags, long limit) {
    Entry file = file(turn, request, inode);
    if (file == null) {
      return;
    }
    long at = offset == -1 ? file.bytes() : offset;
    long room = (flags & FsProtocol.LIMITED) == 0 ? Long.MAX_VALUE : limit - at;
    if (at < 0 || room <= 0 && bytes > 0) {
      turn.reply(request, at < 0 ? -Errno.EINVAL : -Errno.EFBIG, 1);
      return;
    }
    long most = Math.min(room, Math.max(0, turn.kernel().inBytes(request)));
    byte[] from = new byte[(int) Math.clamp(bytes, 0, most)];
    turn.kernel().copyIn(request, 0, from, 0, from.length);
    int count = tree.write(turn, path(inode), at, from);
    turn.reply(request, count, count < 0 ? 0 : at + count);
  }

  @Override
  public void truncate(Turn turn, long request, long inode, long bytes, long flags, long limit) {
    Entry file = file(turn, request, inode);
    if (file == null) {
      return;
    }
    if (bytes < 0 || bytes > limit && bytes > file.bytes()) {
      turn.reply(request, bytes < 0 ? -Errno.EINVAL : -Errno.EFBIG, bytes < 0 ? 0 : 1);
    } else {
      boolean same = bytes == file.bytes();
      turn.reply(request, same ? 0 : tree.truncate(turn, path(inode), bytes), 0);
    }
  }

  @Override
  public void seek(Turn turn, long request, long inode, long offset, long whence) {
    Entry file = file(turn, request, inode);
    if (file != null) {
      boolean inside = offset >= 0 && offset < file.bytes();
      long found = whence == SEEK_DATA ? offset : file.bytes();
      turn.reply(request, inside ? found : -Errno.ENXIO);
    }
  }

  // ---- names

  @Override
  public void create(
      Turn turn, long request, long directory, long mode, long uid, long gid, long device) {
    String folder = folder(turn, request, directory);
    String name = folder == null ? null : nameOf(turn, request);
    if (folder == null || name == null) {
      return;
    }
    String path = in(folder, name);
    int type = (int) mode & Listing.TYPE;
    int permissions = (int) mode & ~Listing.TYPE;
    int result = -Errno.EPERM;
    if (entry(turn, path) != null) {
      result = -Errno.EEXIST;
    } else if (type == Listing.FOLDER) {
      result = tree.createFolder(turn, path, permissions);
    } else if (type == Listing.FILE) {
      result = tree.create(turn, path, permissions);
    }
    Entry made = result < 0 ? null : entry(turn, path);
    if (made != null) {
      held(turn, request, inodes.number(path), made);
    } else {
      turn.reply(request, result < 0 ? result : -Errno.EIO);
    }
  }

  @Override
  public void unlink(Turn turn, long request, long directory, long flags) {
    String folder = folder(turn, request, directory);
    String name = folder == null ? null : nameOf(turn, request);
    if (folder == null || name == null) {
      return;
    }
    String path = in(folder, name);
    Entry entry = entry(turn, path);
    int refusal = entry == null ? -Errno.ENOENT : refusal(turn, path, entry, flags);
    int result = refusal == 0 ? tree.remove(turn, path) : refusal;
    long inode = inodes.number(path);
    if (result >= 0 || entry == null) {
      inodes.forget(path);
    }
    turn.reply(request, result < 0 ? result : inode);
  }

  private int refusal(Turn turn, String path, Entry entry, long flags) {
    boolean folderMeant = (flags & AT_REMOVEDIR) != 0;
    if (folderMeant != entry.isFolder()) {
      return folderMeant ? -Errno.ENOTDIR : -Errno.EISDIR;
    }
    boolean empty = !folderMeant || listing(turn, path).entries().isEmpty();
    return empty ? 0 : -Errno.ENOTEMPTY;
  }
}
