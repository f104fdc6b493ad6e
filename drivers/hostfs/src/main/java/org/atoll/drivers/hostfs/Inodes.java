package org.atoll.drivers.hostfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.hypercall.FolderStatus;
import org.atoll.hypercall.SharedFolder;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * The inodes in use, by number and by what they are at the host, and their handles: at most {@link
 * #HANDLES_MAX} are open, besides those of files without a name; the least recently used give way
 * and are opened by name again, which answers ESTALE when another file has it by then.
 *
 * <p>The number of a file is the host's, as long as that is free: the root has 1, and the file that
 * has 1 at the host gets the root's. Files of other file systems in the share have the place of
 * their device in the upper bits.
 */
final class Inodes {

  /** Number of the root. */
  static final long ROOT = 1;

  /** Handles open at once. */
  static final int HANDLES_MAX = 256;

  /** Files without a name that keep their handles. */
  static final int NAMELESS_MAX = 1_024;

  private static final int VERSION = 1;
  private static final int DEVICE_SHIFT = 48;
  private static final int DEVICES_MAX = 1 << 13;
  private static final long SPARE = 1L << 62;

  private final SharedFolder folder;
  private final LongTable<Inode> byNumber = new LongTable<>();
  private final Map<Identity, Inode> byIdentity = new HashMap<>();
  private final List<Long> devices = new ArrayList<>();

  /** The inodes with open handles, the least recently used first. */
  private final LongLongTable open = new LongLongTable();

  /** The inodes whose names are gone. */
  private final LongLongTable nameless = new LongLongTable();

  private final long[] status = new long[FolderStatus.WORDS];
  private long rootInode;
  private long nextSpare = SPARE;

  Inodes(SharedFolder folder) {
    this.folder = folder;
  }

  /** An inode by number, or null (ESTALE). The root is opened when it is first asked for. */
  @Nullable Inode find(long number) {
    Inode known = byNumber.get(number);
    if (known != null || number != ROOT) {
      return known;
    }
    long handle = folder.root(status);
    if (handle < 0) {
      return null;
    }
    devices.add(status[FolderStatus.DEVICE]);
    rootInode = status[FolderStatus.INODE];
    Inode root = new Inode(ROOT, Identity.of(status));
    root.handle = handle;
    byNumber.put(ROOT, root);
    byIdentity.put(root.identity, root);
    return root;
  }

  int handles() {
    return open.size();
  }

  // ---- handles

  /** The handle of an inode, opened again when it was closed, or a negated errno. */
  long handle(Inode inode) {
    if (inode.handle != 0) {
      open.touch(inode.number);
      return inode.handle;
    }
    Inode above = inode.above;
    if (above == null) {
      return -Errno.ESTALE;
    }
    long directory = handle(above);
    long handle = directory < 0 ? directory : folder.lookup(directory, bytes(inode.name), status);
    if (handle < 0) {
      return handle == -Errno.ENOENT ? -Errno.ESTALE : handle;
    }
    if (!Identity.of(status).equals(inode.identity)) {
      folder.close(handle);
      return -Errno.ESTALE;
    }
    opened(inode, handle);
    return handle;
  }

  private void opened(Inode inode, long handle) {
    inode.handle = handle;
    open.put(inode.number, 0);
    open.touch(inode.number);
    int at = open.first();
    while (at >= 0 && open.size() - nameless.size() > HANDLES_MAX) {
      Inode oldest = known(open.key(at));
      at = open.next(at);
      if (oldest.formerPath == null && oldest != inode) {
        close(oldest);
      }
    }
  }

  private void close(Inode inode) {
    if (inode.handle != 0) {
      folder.close(inode.handle);
      open.remove(inode.number);
      inode.handle = 0;
    }
  }

  // ---- inodes come and go

  /** What a directory has under a name, held once more; null: {@link #error} says why not. */
  @Nullable Inode lookup(Inode directory, String name) {
    long parent = handle(directory);
    long handle = parent < 0 ? parent : folder.lookup(parent, bytes(name), status);
    return entered(directory, name, handle);
  }

  /** What was just opened under a name; held once more. */
  @Nullable Inode entered(Inode directory, String name, long handle) {
    if (handle < 0) {
      error = handle;
      return null;
    }
    Identity identity = Identity.of(status);
    Inode known = byIdentity.get(identity);
    Inode inode = known == null ? new Inode(freeNumber(identity), identity) : known;
    if (known == null) {
      byNumber.put(inode.number, inode);
      byIdentity.put(identity, inode);
    }
    inode.holds++;
    if (inode.handle == 0) {
      opened(inode, handle);
    } else {
      folder.close(handle);
      open.touch(inode.number);
    }
    place(inode, directory, name);
    return inode;
  }

  /** Why the last {@link #lookup} or {@link #entered} found nothing: a negated errno. */
  long error;

  /** The status that the last {@link #lookup} came with, or that a handle was opened with. */
  long[] status() {
    return status;
  }

  /** Gives holds back: who is held no more goes, and the directories that only it kept. */
  void put(Inode inode, long count) {
    inode.holds -= count;
    reap(inode);
  }

  private void reap(@Nullable Inode inode) {
    Inode gone = inode;
    while (gone != null && gone.holds == 0 && gone.below.isEmpty() && gone.number != ROOT) {
      Inode above = gone.above;
      close(gone);
      gone.leave();
      nameless.remove(gone.number);
      byNumber.remove(gone.number);
      byIdentity.remove(gone.identity);
      gone = above;
    }
  }

  /**
   * Before a name goes: whoever is held by it needs its handle from then on.
   *
   * @return 0, or ENFILE, negated, when too many files without a name are held
   */
  int keep(@Nullable Inode inode) {
    if (inode == null) {
      return 0;
    }
    handle(inode);
    return nameless.size() < NAMELESS_MAX ? 0 : -Errno.ENFILE;
  }

  /** A name went. */
  void lost(@Nullable Inode inode) {
    if (inode != null) {
      Inode above = inode.above;
      inode.lost();
      nameless.put(inode.number, 0);
      reap(inode);
      reap(above);
    }
  }

  /**
   * An inode was reached by a name: that is its place now, whoever had it before. When the host
   * moved a directory below itself as far as was known here, what was known was older.
   */
  void place(Inode inode, Inode directory, String name) {
    Inode other = directory.below.get(name);
    if (inode.number == ROOT || other == inode || directory == inode) {
      return;
    }
    directory.holds++;
    lost(other);
    lost(directory.childOf(inode));
    Inode before = inode.above;
    inode.leave();
    inode.enter(directory, name);
    nameless.remove(inode.number);
    reap(before);
    directory.holds--;
  }

  /** Two names were exchanged; either may be known here or not. */
  void exchange(Inode from, String name, Inode to, String newName) {
    Inode source = from.below.get(name);
    Inode target = to.below.get(newName);
    if (source != null) {
      source.leave();
    }
    if (target != null) {
      target.leave();
      target.enter(from, name);
    }
    if (source != null) {
      source.enter(to, newName);
    }
    reap(from);
    reap(to);
  }

  // ---- numbers

  private long freeNumber(Identity identity) {
    long wanted = number(identity.device(), identity.inode());
    return wanted == 0 || byNumber.get(wanted) != null ? nextSpare++ : wanted;
  }

  /** The number that a file of the host has while it is free; 0: none. */
  long number(long device, long inode) {
    int place = devices.indexOf(device);
    if (place < 0 && devices.size() < DEVICES_MAX) {
      place = devices.size();
      devices.add(device);
    }
    boolean fits = inode > 0 && inode < (place == 0 ? SPARE : 1L << DEVICE_SHIFT);
    if (place < 0 || !fits) {
      return 0;
    }
    if (place > 0) {
      return (long) place << DEVICE_SHIFT | inode;
    }
    return inode == rootInode ? ROOT : inode == ROOT ? rootInode : inode;
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  // ---- saved state

  private Inode known(long number) {
    Inode inode = byNumber.get(number);
    if (inode == null) {
      throw new IllegalArgumentException("no inode " + number);
    }
    return inode;
  }

  void save(StateWriter out) {
    out.version(VERSION).writeLong(rootInode).writeLong(nextSpare).writeInt(devices.size());
    devices.forEach(out::writeLong);
    out.writeInt(byNumber.size());
    for (int at = byNumber.first(); at >= 0; at = byNumber.next(at)) {
      Inode inode = byNumber.value(at);
      out.writeLong(inode.number);
      inode.identity.save(out);
      out.writeLong(inode.holds).writeLong(inode.handle);
      String former = inode.formerPath;
      out.writeBoolean(former != null).writeString(former == null ? "" : former);
    }
    for (int at = byNumber.first(); at >= 0; at = byNumber.next(at)) {
      Inode inode = byNumber.value(at);
      out.writeLong(inode.above == null ? 0 : inode.above.number).writeString(inode.name);
    }
    open.save(out);
    nameless.save(out);
  }

  /** Reads into this table, which is fresh. */
  void load(StateReader in) {
    in.version(VERSION);
    rootInode = in.readLong();
    nextSpare = in.readLong();
    for (int count = in.readInt(); count > 0; count--) {
      devices.add(in.readLong());
    }
    for (int count = in.readInt(); count > 0; count--) {
      Inode inode = new Inode(in.readLong(), Identity.load(in));
      inode.holds = in.readLong();
      inode.handle = in.readLong();
      boolean gone = in.readBoolean();
      String former = in.readString();
      inode.formerPath = gone ? former : null;
      byNumber.put(inode.number, inode);
      byIdentity.put(inode.identity, inode);
    }
    for (int at = byNumber.first(); at >= 0; at = byNumber.next(at)) {
      Inode inode = byNumber.value(at);
      long above = in.readLong();
      inode.name = in.readString();
      if (above != 0) {
        inode.above = known(above);
        inode.above.below.put(inode.name, inode);
      }
    }
    open.load(in);
    nameless.load(in);
  }
}
