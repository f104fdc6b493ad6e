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

/**
 * The state of a volume: its inodes, its counters, and what it may take of the node's frames. Inode
 * numbers have the volume's number in their upper bits, which nobody who looks at a file sees.
 */
final class Volume {

  private static final int VERSION = 5;
  private static final int NUMBER_SHIFT = 40;

  /** Number of the root directory, as it is shown. */
  private static final long ROOT = 1;

  /** Minor numbers of the devices of volumes that were made are from here on. */
  private static final int FIRST_MINOR = 128;

  private static final int MINOR_LOW_MASK = 0xff;
  private static final int MINOR_HIGH_SHIFT = 12;

  /** How much of its node's frames a volume may use that was given no size. */
  private static final int MADE_SHARE_PERCENT = 50;

  /** Bytes of the targets of all symbolic links: like inodes, they live on the heap. */
  private static final long TARGET_BYTES_MAX = 64L << 20;

  /** 0 for the one that the server was started for. */
  final int id;

  /** Device number that STAT answers. */
  final long device;

  private final int sharePercent;
  private final Options options;
  private final LongTable<Inode> inodes = new LongTable<>();
  private long nextInode;
  private long versions;
  private int framesUsed;
  private boolean begun;

  /** Names of files that have another name too: each counts as an inode (as in Linux's tmpfs). */
  private int moreNames;

  private long targetBytes;

  /** Holds of all inodes that others have. */
  private long holds;

  /** The volume that a server was started for. */
  Volume(int id, long device, int sharePercent) {
    this(id, device, sharePercent, new Options());
  }

  /** A volume that somebody mounts. */
  Volume(int id, long device, Options options) {
    this(id, device, MADE_SHARE_PERCENT, options);
  }

  private Volume(int id, long device, int sharePercent, Options options) {
    this.id = id;
    this.device = device;
    this.sharePercent = sharePercent;
    this.options = options;
    this.nextInode = rootNumber();
    Inode root = new Inode(nextInode++, Inode.DIRECTORY | 0755, null, null);
    root.links = 2;
    inodes.put(root.number, root);
  }

  /** The volume that an inode number is in. */
  static long of(long inode) {
    return inode >>> NUMBER_SHIFT;
  }

  /** An inode's number as stat(2) shows it. */
  static long shown(long inode) {
    return inode & (1L << NUMBER_SHIFT) - 1;
  }

  /** The device of a volume that was made, as makedev(3) has it: major 0. */
  static long deviceOf(int id) {
    long minor = FIRST_MINOR + (long) id;
    return minor & MINOR_LOW_MASK | (minor & ~MINOR_LOW_MASK) << MINOR_HIGH_SHIFT;
  }

  private long rootNumber() {
    return (long) id << NUMBER_SHIFT | ROOT;
  }

  Inode root() {
    return loaded(rootNumber());
  }

  /** Whether somebody mounted it; otherwise it is the server's own. */
  boolean isMade() {
    return id != 0;
  }

  /** Holds of all inodes that others have. */
  long holds() {
    return holds;
  }

  /** Others give holds of an inode back. */
  void put(Turn turn, Inode inode, long count) {
    inode.holds -= count;
    holds -= count;
    reap(turn, inode);
    if (holds == 0 && isMade()) {
      clear(turn.kernel());
    }
  }

  /** Nobody will ever reach anything in it: gives its frames back. */
  private void clear(KernelCalls kernel) {
    for (int at = inodes.first(); at >= 0; at = inodes.next(at)) {
      Inode inode = inodes.value(at);
      if (inode.pages != null) {
        releaseFrom(kernel, inode, inode.pages, 0, Long.MAX_VALUE);
      }
    }
  }

  // ---- options

  /** Its options as {@code /proc/mounts} shows them. */
  String options() {
    return isMade() ? options.shown() : "";
  }

  /** Changes its bounds; 0 or the negated errno that says why not. Mode and owner stay. */
  int remount(KernelCalls kernel, String text) {
    Options wanted = new Options();
    int error = wanted.read(kernel, text);
    boolean small = wanted.frames != Options.NOT_GIVEN && wanted.frames < framesUsed;
    boolean few = wanted.inodes != Options.NOT_GIVEN && wanted.inodes < inodeCount();
    if (error != 0 || small || few) {
      return -Errno.EINVAL;
    }
    options.frames = wanted.frames == Options.NOT_GIVEN ? options.frames : wanted.frames;
    options.inodes = wanted.inodes == Options.NOT_GIVEN ? options.inodes : wanted.inodes;
    return 0;
  }

  /** Whether it holds what it begins with. */
  boolean isBegun() {
    return begun;
  }

  /** In the first turn, which knows the time: fills in what the volume begins with. */
  void begin(Turn turn, Beginning beginning, Names names) {
    begun = true;
    Inode root = root();
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
    while (gone != null && gone.links == 0 && gone.holds == 0 && gone.number != rootNumber()) {
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

  /** Holds an inode once more. */
  void hold(Inode inode) {
    inode.holds++;
    holds++;
  }

  /** Answers an entry, and holds the inode once more. */
  void replyHeld(Turn turn, long request, Inode inode) {
    hold(inode);
    reply(turn, request, inode, 0);
  }

  /** Answers an entry and how many directories were passed on the way to it. */
  static void reply(Turn turn, long request, Inode inode, int passed) {
    Message answer = turn.scratch();
    answer.set(
        0, inode.number, inode.mode, inode.statSize(), inode.uid, inode.gid, inode.device, passed);
    turn.reply(request, answer);
  }

  /** Frames that this file system may use. */
  long framesMax(KernelCalls kernel) {
    long share = (long) kernel.framesTotal() * sharePercent / 100;
    return options.frames == Options.NOT_GIVEN ? share : options.frames;
  }

  /** Frames that it could still take. */
  long framesLeft(KernelCalls kernel) {
    return Math.max(0, Math.min(framesMax(kernel) - framesUsed, kernel.framesFree()));
  }

  /** Inodes that this file system may have: they live on the heap, so they are bounded too. */
  long inodesMax(KernelCalls kernel) {
    return options.inodes == Options.NOT_GIVEN
        ? Math.clamp((long) kernel.framesTotal() * sharePercent / 100, 1_024, Limits.INODES_MAX)
        : Math.min(options.inodes, Limits.INODES_MAX);
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
    out.version(VERSION).writeInt(id);
    options.save(out);
    out.writeLong(nextInode).writeLong(versions).writeInt(framesUsed).writeLong(holds);
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

  /** A volume out of saved state; device and share are for the server's own. */
  static Volume load(StateReader in, long device, int sharePercent) {
    in.version(VERSION);
    int id = in.readInt();
    Options options = Options.load(in);
    boolean made = id != 0;
    long number = made ? deviceOf(id) : device;
    Volume volume = new Volume(id, number, made ? MADE_SHARE_PERCENT : sharePercent, options);
    volume.loadInodes(in);
    return volume;
  }

  private void loadInodes(StateReader in) {
    inodes.remove(rootNumber());
    nextInode = in.readLong();
    versions = in.readLong();
    framesUsed = in.readInt();
    holds = in.readLong();
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
