package org.atoll.servers.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The regions of one address space, in order and without overlap, its break and its layout. Pages
 * are numbers (address / 4096).
 */
final class AddressSpace {

  private static final int VERSION = 1;

  /** Page after the last that a program can have. */
  static final long END = Limits.USER_ADDRESS_END / Limits.PAGE_BYTES;

  /** Lowest page that is given out without being asked for (Linux mmap_min_addr). */
  static final long LOWEST = 16;

  /** The kernel's id. */
  final int id;

  /** Processes that run in it (vfork: two). */
  int users = 1;

  private final List<Region> regions = new ArrayList<>();

  /** First byte of the heap, and the byte after it. */
  long breakStart;

  long breakEnd;

  /** Mappings are placed below this page. */
  long mapBase = END - 32_768;

  /** Most bytes of the stack. */
  long stackBytesMax;

  /** Highest count of present pages seen. */
  long peakPages;

  AddressSpace(int id) {
    this.id = id;
  }

  List<Region> regions() {
    return regions;
  }

  /** Pages of the regions that are of a kind. */
  long pagesOf(Predicate<Region> kind) {
    return regions.stream().filter(kind).mapToLong(region -> region.end - region.start).sum();
  }

  /** The region of a page, or null. */
  @Nullable Region find(long page) {
    int at = indexFrom(page);
    return at < regions.size() && regions.get(at).start <= page ? regions.get(at) : null;
  }

  /** The first region that ends above a page, or null. */
  @Nullable Region from(long page) {
    int at = indexFrom(page);
    return at < regions.size() ? regions.get(at) : null;
  }

  /** The last region that starts below a page, or null. */
  @Nullable Region below(long page) {
    int at = indexFrom(page);
    if (at < regions.size() && regions.get(at).start < page) {
      return regions.get(at);
    }
    return at == 0 ? null : regions.get(at - 1);
  }

  boolean isFree(long from, long to) {
    Region r = from(from);
    return r == null || r.start >= to;
  }

  /** Whether every page of a range is in a region. */
  boolean covers(long from, long to) {
    long page = from;
    while (page < to) {
      Region r = find(page);
      if (r == null) {
        return false;
      }
      page = r.end;
    }
    return true;
  }

  /** Whether a range begins or ends within a region, so that taking it out makes one more. */
  boolean splits(long from, long to) {
    Region first = find(from);
    Region last = find(to);
    return first != null && first.start < from || last != null && last.start < to;
  }

  /** Enters a region into free room. */
  void add(Region r) {
    regions.add(indexFrom(r.start), r);
  }

  /**
   * Takes out the regions of a range, splitting those that reach over its ends.
   *
   * @return what was taken, cut to the range
   */
  List<Region> take(long from, long to) {
    split(from);
    split(to);
    int first = indexFrom(from);
    int last = first;
    while (last < regions.size() && regions.get(last).start < to) {
      last++;
    }
    List<Region> range = regions.subList(first, last);
    List<Region> taken = new ArrayList<>(range);
    range.clear();
    return taken;
  }

  /**
   * Joins neighbours that are alike, from the one before {@code from} to the one after {@code to}.
   */
  void merge(long from, long to) {
    int at = Math.max(0, indexFrom(from) - 1);
    while (at + 1 < regions.size() && regions.get(at).start <= to) {
      Region r = regions.get(at);
      Region next = regions.get(at + 1);
      if (r.joins(next)) {
        r.end = next.end;
        regions.remove(at + 1);
      } else {
        at++;
      }
    }
  }

  /**
   * Free room of so many pages: the highest below the base of mappings, or else the lowest above
   * the heap; -1 when there is none.
   */
  long room(long pages) {
    Region across = find(mapBase);
    long top = across == null ? mapBase : across.start;
    for (int at = indexFrom(top) - 1; at >= -1; at--) {
      long bottom = at < 0 ? LOWEST : regions.get(at).end;
      if (top - Math.max(bottom, LOWEST) >= pages) {
        return top - pages;
      }
      if (at >= 0) {
        top = Math.min(top, regions.get(at).start);
      }
    }
    return roomAbove(Math.max(LOWEST, mapBase), pages);
  }

  private long roomAbove(long from, long pages) {
    long bottom = from;
    for (Region r : regions) {
      if (r.end > bottom) {
        if (r.start - bottom >= pages) {
          return bottom;
        }
        bottom = r.end;
      }
    }
    return END - bottom >= pages ? bottom : -1;
  }

  /** Pages of all regions. */
  long mappedPages() {
    long pages = 0;
    for (Region r : regions) {
      pages += r.pages();
    }
    return pages;
  }

  /** Whether a region has this file behind it. */
  boolean usesFile(int file) {
    return regions.stream().anyMatch(r -> r.file == file);
  }

  /** Whether a region has this shared memory behind it. */
  boolean usesShared(int shared) {
    return regions.stream().anyMatch(r -> r.shared == shared);
  }

  private void split(long page) {
    int at = indexFrom(page);
    if (at < regions.size() && regions.get(at).start < page) {
      Region first = regions.get(at);
      Region second = first.part(page, first.end);
      first.end = page;
      regions.add(at + 1, second);
    }
  }

  /** Index of the first region that ends above a page. */
  private int indexFrom(long page) {
    int low = 0;
    int high = regions.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (regions.get(middle).end <= page) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void save(StateWriter out) {
    out.version(VERSION).writeInt(users).writeLong(breakStart).writeLong(breakEnd);
    out.writeLong(mapBase).writeLong(stackBytesMax).writeLong(peakPages);
    out.writeInt(regions.size());
    for (Region r : regions) {
      r.save(out);
    }
  }

  static AddressSpace load(int id, StateReader in) {
    in.version(VERSION);
    AddressSpace space = new AddressSpace(id);
    space.users = in.readInt();
    space.breakStart = in.readLong();
    space.breakEnd = in.readLong();
    space.mapBase = in.readLong();
    space.stackBytesMax = in.readLong();
    space.peakPages = in.readLong();
    for (int count = in.readInt(); count > 0; count--) {
      space.regions.add(Region.load(in));
    }
    return space;
  }
}
