package org.atoll.servers.tmpfs;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/** The state of a tmpfs: its inodes, its counters, and what it may take of the node's frames. */
final class Volume {

  /** Number of the root directory. */
  static final long ROOT = 1;

  private static final int VERSION = 4;

  /** Bytes of the targets of all symbolic links: like inodes, they live on the heap. */
  private static final long TARGET_BYTES_MAX = 64L << 20;

  /** Device number that STAT answers. */
  final long device;

  private final int sharePercent;
  private final LongTable<Inode> inodes = new LongTable<>();
  private long nextInode = ROOT;
  private long versions;
  private int framesUsed;
  private boolean begun;

  /** Names of files that have another name too: each counts as an inode (as in Linux's tmpfs). */
  private int moreNames;

  private long targetBytes;

  Volume(long device, int sharePercent) {
    this.device = device;
    this.sharePercent = sharePercent;
    Inode root = new Inode(nextInode++, Inode.DIRECTORY | 0755, null, null);
    root.links = 2;
    inodes.put(root.number, root);
  }

  /** Whether it holds what it begins with. */
  boolean isBegun() {
    return begun;
  }

  /** In the first turn, which knows the time: fills in what the volume begins with. */
  void begin(Turn turn, Beginning beginning, Names names) {
    begun = true;
    Inode root = loaded(ROOT);
    root.mode = Inode.DIRECTORY | beginning.rootMode();
    long now = turn.kernel().wallNanos();
    root.accessedNanos = now;
    root.modifiedNanos = now;
    root.changedNanos = now;
    root.bornNanos = now;
    for (Beginning.Node node : beginning.nodes()) {
      Inode inode = create(turn, node.mode(), root, node.target());
      if (inode != null) {
        inode.device = node.device();
        names.enter(turn, root, node.name(), inode);
        inode.links += inode.isDirectory() ? 1 : 0;
      }
    }
  }

  /** An inode by number, or null when there is none (ESTALE). */
  @Nullable Inode inode(long number) {
    return inodes.get(number);
  }

  /** A new inode without name or holder, or null when there is no room for more (ENOSPC). */
  @Nullable Inode create(Turn turn, int mode, @Nullable Inode parent, @Nullable String target) {
    int bytes = target == null ? 0 : target.length();
    if (isFull(turn.kernel()) || targetBytes + bytes > TARGET_BYTES_MAX) {
      return null;
    }
    targetBytes += bytes;
    Inode inode = new Inode(nextInode++, mode, parent, target);
    inode.version = ++versions;
    long now = turn.kernel().wallNanos();
    inode.accessedNanos = now;
    inode.modifiedNanos = now;
    inode.changedNanos = now;
    inode.bornNanos = now;
    inodes.put(inode.number, inode);
    return inode;
  }

  /**
   * Gives an inode back, with its frames, when it has neither name nor holder; then the directories
   * above that it alone kept (see {@link #orphan}).
   */
  void reap(Turn turn, Inode inode) {
    Inode gone = inode;
    while (gone != null && gone.links == 0 && gone.holds == 0 && gone.number != ROOT) {
      if (gone.pages != null) {
        releaseFrom(turn.kernel(), gone, gone.pages, 0, Long.MAX_VALUE);
      }
      inodes.remove(gone.number);
      targetBytes -= gone.target == null ? 0 : gone.target.length();
      Inode above = gone.directory == null ? null : gone.directory.parent;
      if (above != null) {
        above.holds--;
      }
      gone = above;
    }
  }

  /** A directory lost its name: until it is reaped it keeps its parent, which {@code ..} names. */
  void orphan(Directory directory) {
    directory.parent.holds++;
  }

  /** Releases the frames of pages {@code first} to {@code end - 1}. */
  void releaseFrom(KernelCalls kernel, Inode inode, PageTree pages, long first, long end) {
    long page = pages.nextPresent(first);
    while (page >= 0 && page < end) {
      kernel.frameRelease(pages.remove(page));
      framesUsed--;
      page = pages.nextPresent(page + 1);
    }
    pages.trim();
    touchVersion(inode);
  }

  /** The frame of a page, made when it is a hole; or {@link PageTree#NONE} when none is left. */
  int frameToFill(KernelCalls kernel, PageTree pages, long page) {
    int frame = pages.get(page);
    if (frame != PageTree.NONE) {
      return frame;
    }
    frame = framesUsed < framesMax(kernel) ? kernel.frameAllocate() : -Errno.ENOMEM;
    if (frame < 0) {
      return PageTree.NONE;
    }
    framesUsed++;
    pages.put(page, frame);
    return frame;
  }

  /** Notes that the contents changed. */
  void touchVersion(Inode inode) {
    inode.version = ++versions;
  }

  /** Answers an entry: inode, mode, size, uid, gid, device, version; and holds it once more. */
  void replyHeld(Turn turn, long request, Inode inode) {
    inode.holds++;
    Message answer = turn.scratch();
    answer.set(
        0,
        inode.number,
        inode.mode,
        inode.statSize(),
        inode.uid,
        inode.gid,
        inode.device,
        inode.version);
    turn.reply(request, answer);
  }

  /** Frames that this file system may use. */
  long framesMax(KernelCalls kernel) {
    return (long) kernel.framesTotal() * sharePercent / 100;
  }

  /** Frames that it could still take. */
  long framesLeft(KernelCalls kernel) {
    return Math.max(0, Math.min(framesMax(kernel) - framesUsed, kernel.framesFree()));
  }

  /** Inodes that this file system may have: they live on the heap, so they are bounded too. */
  long inodesMax(KernelCalls kernel) {
    return Math.clamp(framesMax(kernel), 1_024, Limits.INODES_MAX);
  }

  /** Inodes, and names that count as one. */
  int inodeCount() {
    return inodes.size() + moreNames;
  }

  /** Whether there is no room for one more (ENOSPC). */
  boolean isFull(KernelCalls kernel) {
    return inodeCount() >= inodesMax(kernel);
  }

  /** A file that has a name got one more, or one less. */
  void moreNames(int change) {
    moreNames += change;
  }

  void save(StateWriter out) {
    out.version(VERSION).writeLong(nextInode).writeLong(versions).writeInt(framesUsed);
    out.writeBoolean(begun);
    out.writeInt(inodes.size());
    for (int at = inodes.first(); at >= 0; at = inodes.next(at)) {
      inodes.value(at).save(out);
    }
    for (int at = inodes.first(); at >= 0; at = inodes.next(at)) {
      Directory directory = inodes.value(at).directory;
      if (directory != null) {
        directory.save(out);
      }
    }
  }

  /** Reads into this volume, which is fresh. */
  void load(StateReader in) {
    in.version(VERSION);
    inodes.remove(ROOT);
    nextInode = in.readLong();
    versions = in.readLong();
    framesUsed = in.readInt();
    begun = in.readBoolean();
    for (int count = in.readInt(); count > 0; count--) {
      Inode inode = Inode.load(in);
      inodes.put(inode.number, inode);
    }
    for (int at = inodes.first(); at >= 0; at = inodes.next(at)) {
      Directory directory = inodes.value(at).directory;
      if (directory != null) {
        directory.load(in, this);
      }
      inodes.value(at).under(this);
      count(inodes.value(at));
    }
  }

  private void count(Inode inode) {
    moreNames += inode.isDirectory() ? 0 : Math.max(0, inode.links - 1);
    targetBytes += inode.target == null ? 0 : inode.target.length();
  }

  /** An inode that saved state refers to. */
  Inode loaded(long number) {
    Inode inode = inodes.get(number);
    if (inode == null) {
      throw new IllegalArgumentException("saved state names an inode that is not in it: " + number);
    }
    return inode;
  }
}
