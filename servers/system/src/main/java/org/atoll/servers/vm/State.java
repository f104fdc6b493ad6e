package org.atoll.servers.vm;

import static org.atoll.abi.Errno.ENOMEM;

import java.util.List;
import java.util.function.IntSupplier;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.LongTable;
import org.atoll.libsys.Rows;
import org.jspecify.annotations.Nullable;

/**
 * All that VM keeps, and what holds it together: a region enters and leaves an address space here
 * alone, so that committed pages, files and shared memory are counted once.
 */
final class State {

  static final int PAGE = Limits.PAGE_BYTES;

  /** The alarm that goes on with what did not fit in a turn. */
  private static final long ALARM = 1;

  /** So many regions every address space of a node may have, whatever the others have. */
  private static final int FEW_REGIONS = Limits.REGIONS_PER_NODE_MAX / Limits.SLOTS_PER_NODE;

  /** Calls that VM made. */
  final Rows calls = new Rows();

  /** Requests that wait for a page: the step is a {@link Faults.Waiting}. */
  final Rows waiting = new Rows();

  /** Requests that wait at a futex, see {@link SharedFutexes}. */
  final Rows futexes = new Rows();

  /** Handles that are to be given back to VFS. */
  private final LongLongTable owed = new LongLongTable();

  /** Keys of pages that are on their way. */
  final LongLongTable fetching = new LongLongTable();

  final PageCache cache = new PageCache();
  final LongTable<Client> clients = new LongTable<>();
  private final LongTable<AddressSpace> spaces = new LongTable<>();
  private final LongTable<MappedFile> files = new LongTable<>();
  private final LongTable<SharedMemory> memories = new LongTable<>();
  private int nextBacking = 1;
  private long committedPages;

  // ---- clients and spaces

  /** The client that a task is; a new one has no space. */
  Client client(int task) {
    Client c = clients.get(task);
    if (c == null) {
      c = new Client(task);
      clients.put(task, c);
    }
    return c;
  }

  /** The address space that a caller runs in, or null. */
  @Nullable AddressSpace spaceOf(long request) {
    Client c = clients.get(Turn.caller(request));
    return c == null || c.space == 0 ? null : space(c.space);
  }

  /** The address space that a caller's exec builds, or null. */
  @Nullable AddressSpace buildingOf(long request) {
    Client c = clients.get(Turn.caller(request));
    return c == null || c.building == 0 ? null : space(c.building);
  }

  AddressSpace space(int id) {
    AddressSpace space = spaces.get(id);
    if (space == null) {
      throw new IllegalStateException("no address space " + id);
    }
    return space;
  }

  /** A new, empty address space, or null when the kernel has none. */
  @Nullable AddressSpace createSpace(KernelCalls kernel) {
    int id = kernel.spaceCreate();
    if (id < 0) {
      return null;
    }
    AddressSpace space = new AddressSpace(id);
    spaces.put(id, space);
    return space;
  }

  /** One user less; the last takes the space with it. */
  void dropSpace(Turn turn, AddressSpace space) {
    if (--space.users > 0) {
      return;
    }
    List<Region> all = space.take(0, AddressSpace.END);
    turn.kernel().spaceRelease(space.id);
    spaces.remove(space.id);
    forget(turn, space, all);
  }

  /** Looks at how many pages are present, for the peak. */
  void notePeak(KernelCalls kernel, AddressSpace space) {
    space.peakPages = Math.max(space.peakPages, kernel.spaceResident(space.id));
  }

  // ---- regions

  /** Whether so many pages more may be committed: what is promised is there when it is touched. */
  boolean mayCommit(KernelCalls kernel, long pages) {
    return committedPages + pages <= kernel.framesTotal();
  }

  /** Whether a space can have no region more: its own limit, or the node's, is reached. */
  boolean isFull(AddressSpace space) {
    int regions = space.regions().size();
    return regions >= Limits.REGIONS_PER_SPACE_MAX || !hasRegions(regions, 1);
  }

  /** Whether the node has room for so many regions more, asked for by a space with so many. */
  boolean hasRegions(int there, int more) {
    if (there + more <= FEW_REGIONS) {
      return true;
    }
    long all = more;
    for (int at = spaces.first(); at >= 0; at = spaces.next(at)) {
      all += spaces.value(at).regions().size();
    }
    return all <= Limits.REGIONS_PER_NODE_MAX;
  }

  /** Enters a region into free room of a space. */
  void enter(AddressSpace space, Region r) {
    if (r.file != 0 && !space.usesFile(r.file)) {
      file(r.file).users++;
    }
    if (r.shared != 0 && !space.usesShared(r.shared)) {
      memory(r.shared).users++;
    }
    if (r.is(Region.COMMITTED)) {
      committedPages += r.pages();
    }
    space.add(r);
  }

  /** A region's promise changes: it was taken out of its space and comes back otherwise. */
  void commit(long pages) {
    committedPages += pages;
  }

  /** Unmaps a range: regions, pages, and backings that nobody uses any more. */
  void unmap(Turn turn, AddressSpace space, long from, long to) {
    if (space.isFree(from, to)) {
      return;
    }
    notePeak(turn.kernel(), space);
    List<Region> taken = space.take(from, to);
    for (Region r : taken) {
      turn.kernel().spaceUnmap(space.id, r.start, r.pages());
    }
    forget(turn, space, taken);
  }

  /** The regions are no longer in the space: gives up what they held. */
  void forget(Turn turn, AddressSpace space, List<Region> taken) {
    for (Region r : taken) {
      if (r.is(Region.COMMITTED)) {
        committedPages -= r.pages();
      }
    }
    for (Region r : taken) {
      if (!isFirst(taken, r)) {
        continue;
      }
      if (r.file != 0 && !space.usesFile(r.file)) {
        dropFile(turn, file(r.file));
      }
      if (r.shared != 0 && !space.usesShared(r.shared)) {
        dropMemory(turn.kernel(), memory(r.shared));
      }
    }
  }

  /** Whether no region before this one has the same backing: each is given up once. */
  private static boolean isFirst(List<Region> regions, Region r) {
    for (Region before : regions) {
      if (before == r) {
        return true;
      }
      if (before.file == r.file && before.shared == r.shared) {
        return false;
      }
    }
    return true;
  }

  // ---- backings

  MappedFile createFile(long handle, int fs, long inode, long version, long bytes) {
    MappedFile file = new MappedFile(nextBacking++, handle, fs, inode, version, bytes);
    files.put(file.id, file);
    return file;
  }

  MappedFile file(int id) {
    MappedFile file = files.get(id);
    if (file == null) {
      throw new IllegalStateException("no mapped file " + id);
    }
    return file;
  }

  @Nullable MappedFile fileOrNull(long id) {
    return files.get(id);
  }

  /** One user less; the last gives the handle back to VFS. */
  void dropFile(Turn turn, MappedFile file) {
    if (--file.users > 0) {
      return;
    }
    files.remove(file.id);
    giveBack(turn, file.handle);
  }

  private void giveBack(Turn turn, long handle) {
    VfsProtocol.Call.UNMAP.encode(turn.scratch(), handle);
    long call = turn.call(turn.role(Role.VFS), turn.scratch());
    if (call > 0) {
      calls.add(call, Step.IGNORE.ordinal());
    } else {
      owed.put(handle, 0);
      turn.kernel().setAlarm(ALARM, 0);
    }
  }

  /** Gives handles back that did not fit in an earlier turn. */
  void giveBackOwed(Turn turn) {
    int left = owed.size();
    for (int i = 0; i < left; i++) {
      long handle = owed.key(owed.first());
      owed.remove(handle);
      giveBack(turn, handle);
    }
  }

  /** Shared memory, of which so many pages are promised. */
  SharedMemory createMemory(long promisedPages) {
    SharedMemory memory = new SharedMemory(nextBacking++, promisedPages);
    committedPages += promisedPages;
    memories.put(memory.id, memory);
    return memory;
  }

  SharedMemory memory(int id) {
    SharedMemory memory = memories.get(id);
    if (memory == null) {
      throw new IllegalStateException("no shared memory " + id);
    }
    return memory;
  }

  private void dropMemory(KernelCalls kernel, SharedMemory memory) {
    if (--memory.users > 0) {
      return;
    }
    memories.remove(memory.id);
    committedPages -= memory.promisedPages;
    for (int at = memory.frames.first(); at >= 0; at = memory.frames.next(at)) {
      kernel.frameRelease((int) memory.frames.value(at));
    }
  }

  // ---- frames and calls

  /** A zeroed frame, at the cost of cached pages if need be; or {@code -ENOMEM}. */
  int allocate(KernelCalls kernel) {
    return evicting(kernel, kernel::frameAllocate);
  }

  /**
   * Maps a frame, taking over a reference to it, at the cost of cached pages if need be; {@code
   * -ENOMEM}, and the reference is given back, when there is no memory for the page tables.
   */
  int map(KernelCalls kernel, AddressSpace space, long page, int frame, int flags) {
    int result = evicting(kernel, () -> kernel.spaceMap(space.id, page, frame, flags));
    if (result < 0) {
      kernel.frameRelease(frame);
    }
    return result;
  }

  /** Enters the pages of a space in an empty one, likewise: 0 or {@code -ENOMEM}. */
  int share(KernelCalls kernel, AddressSpace from, AddressSpace to) {
    return evicting(kernel, () -> kernel.spaceShare(from.id, to.id));
  }

  /** Moves pages within a space, likewise: 0 or {@code -ENOMEM}. */
  int move(KernelCalls kernel, AddressSpace space, long from, long to, long pages) {
    return evicting(kernel, () -> kernel.spaceMove(space.id, from, to, pages));
  }

  private int evicting(KernelCalls kernel, IntSupplier attempt) {
    int result = attempt.getAsInt();
    while (result == -ENOMEM && cache.evict(kernel)) {
      result = attempt.getAsInt();
    }
    return result;
  }

  void save(StateWriter out) {
    out.version(2).writeInt(nextBacking).writeLong(committedPages);
    waiting.save(out);
    futexes.save(out);
    fetching.save(out);
    owed.save(out);
    cache.save(out);
    out.writeInt(clients.size());
    for (int at = clients.first(); at >= 0; at = clients.next(at)) {
      clients.value(at).save(out);
    }
    out.writeInt(spaces.size());
    for (int at = spaces.first(); at >= 0; at = spaces.next(at)) {
      out.writeInt(spaces.value(at).id);
      spaces.value(at).save(out);
    }
    out.writeInt(files.size());
    for (int at = files.first(); at >= 0; at = files.next(at)) {
      files.value(at).save(out);
    }
    out.writeInt(memories.size());
    for (int at = memories.first(); at >= 0; at = memories.next(at)) {
      memories.value(at).save(out);
    }
  }

  void load(StateReader in) {
    in.version(2);
    nextBacking = in.readInt();
    committedPages = in.readLong();
    waiting.load(in);
    futexes.load(in);
    fetching.load(in);
    owed.load(in);
    cache.load(in);
    for (int count = in.readInt(); count > 0; count--) {
      Client c = Client.load(in);
      clients.put(c.task, c);
    }
    for (int count = in.readInt(); count > 0; count--) {
      int id = in.readInt();
      spaces.put(id, AddressSpace.load(id, in));
    }
    for (int count = in.readInt(); count > 0; count--) {
      MappedFile file = MappedFile.load(in);
      files.put(file.id, file);
    }
    for (int count = in.readInt(); count > 0; count--) {
      SharedMemory memory = SharedMemory.load(in);
      memories.put(memory.id, memory);
    }
  }
}
