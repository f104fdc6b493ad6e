package org.atoll.servers.ds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.DsProtocol;
import org.jspecify.annotations.Nullable;

/** Everything that is published, in the order of names, and how much there may be. */
final class Entries {

  /** Entries of one owner; RS, whose are the names of services, may have all. */
  static final int OWNER_ENTRIES_MAX = 256;

  /** Bytes of names and values of one owner. */
  static final int OWNER_BYTES_MAX = 256 * 1024;

  /** Entries of all. Processes together have at most half, so that services find room. */
  static final int ENTRIES_MAX = 4_096;

  /** Bytes of names and values of all; processes as above. */
  static final int BYTES_MAX = 16 * 1024 * 1024;

  /** Smallest size of a saved entry. */
  private static final int SAVED_BYTES_MIN = 32;

  private final NavigableMap<String, Entry> all = new TreeMap<>();

  @Nullable Entry get(String name) {
    return all.get(name);
  }

  /** What comes after a name. */
  Collection<Entry> after(String name) {
    return all.tailMap(name, false).values();
  }

  /** Puts an entry; 0, or why there is no room for it. */
  int put(Entry entry) {
    int refusal = refusal(entry);
    if (refusal == 0) {
      all.put(entry.name(), entry);
    }
    return refusal;
  }

  private int refusal(Entry entry) {
    Room mine = new Room();
    Room sameKind = new Room();
    for (Entry other : all.values()) {
      if (!other.name().equals(entry.name())) {
        mine.add(other, other.owner() == entry.owner());
        sameKind.add(other, !entry.isOfProcess() || other.isOfProcess());
      }
    }
    int parts = entry.isOfProcess() ? 2 : 1;
    if (entry.uid() != Caller.RS && !mine.has(entry, OWNER_ENTRIES_MAX, OWNER_BYTES_MAX)) {
      return -Errno.EDQUOT;
    }
    return sameKind.has(entry, ENTRIES_MAX / parts, BYTES_MAX / parts) ? 0 : -Errno.ENOSPC;
  }

  /** What some entries take. */
  private static final class Room {
    private int entries;
    private long bytes;

    void add(Entry entry, boolean counts) {
      if (counts) {
        entries++;
        bytes += entry.size();
      }
    }

    boolean has(Entry more, int entriesMax, long bytesMax) {
      return entries < entriesMax && bytes + more.size() <= bytesMax;
    }
  }

  @Nullable Entry remove(String name) {
    return all.remove(name);
  }

  /** The names of all that a task published. */
  List<String> of(int owner) {
    List<String> names = new ArrayList<>();
    for (Entry entry : all.values()) {
      if (entry.owner() == owner) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /** The name of the service that a task is; null when RS knows none. */
  @Nullable String service(int endpoint) {
    for (Entry entry : all.values()) {
      boolean label = entry.uid() == Caller.RS && entry.type() == DsProtocol.LABEL;
      if (label && entry.value() == endpoint) {
        return entry.name();
      }
    }
    return null;
  }

  void save(StateWriter out) {
    out.writeInt(all.size());
    all.values().forEach(entry -> entry.save(out));
  }

  void load(StateReader in) {
    for (int left = in.readCount(SAVED_BYTES_MIN); left > 0; left--) {
      Entry entry = Entry.load(in);
      all.put(entry.name(), entry);
    }
  }
}
