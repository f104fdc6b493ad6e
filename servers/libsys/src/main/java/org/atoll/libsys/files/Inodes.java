package org.atoll.libsys.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongLongTable;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * The inode numbers of a tree's paths, and who holds them. A number is made of the path alone, so
 * that it means the same file after a restart that forgot everything; of two paths with one number,
 * the second gets the next.
 */
final class Inodes {

  static final long ROOT = 1;

  private static final int VERSION = 1;

  private final Map<String, Long> numbers = new TreeMap<>();
  private final LongTable<String> paths = new LongTable<>();
  private final LongLongTable holds = new LongLongTable();

  Inodes() {
    enter("", ROOT);
  }

  /** The number of a path. */
  long number(String path) {
    Long known = numbers.get(path);
    if (known != null) {
      return known;
    }
    long number = made(path);
    while (paths.get(number) != null) {
      number++;
    }
    enter(path, number);
    return number;
  }

  /** FNV-1a, as a positive number above the root's, with room above it. */
  private static long made(String path) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
    }
    return (hash >>> 2) + ROOT + 1;
  }

  private void enter(String path, long number) {
    numbers.put(path, number);
    paths.put(number, path);
  }

  /** The path of a number, or null when it has none. */
  @Nullable String path(long number) {
    return paths.get(number);
  }

  /** A path is no more; its number means nothing from now on. */
  void forget(String path) {
    Long number = numbers.remove(path);
    if (number != null) {
      paths.remove(number);
    }
  }

  /** Forgets what is not in a folder any more, except what somebody holds. */
  void keepOnly(String folder, Listing there) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    List<String> gone = new ArrayList<>();
    for (String path : numbers.keySet()) {
      boolean inside = !path.isEmpty() && path.startsWith(prefix);
      String name = inside ? path.substring(prefix.length()) : "/";
      if (name.indexOf('/') < 0 && there.get(name) == null && !isHeld(path)) {
        gone.add(path);
      }
    }
    gone.forEach(this::forget);
  }

  private boolean isHeld(String path) {
    Long number = numbers.get(path);
    return number != null && holds.contains(number);
  }

  void hold(long number) {
    holds.put(number, holds.get(number, 0) + 1);
  }

  /** Gives holds back; who holds what a restart forgot may give back more than there are. */
  void put(long number, long count) {
    long left = holds.get(number, 0) - count;
    if (left > 0) {
      holds.put(number, left);
    } else {
      holds.remove(number);
    }
  }

  void save(StateWriter out) {
    out.version(VERSION).writeInt(numbers.size());
    numbers.forEach((path, number) -> out.writeString(path).writeLong(number));
    holds.save(out);
  }

  /** Reads into this table, which is fresh. */
  void load(StateReader in) {
    in.version(VERSION);
    for (int left = in.readCount(1); left > 0; left--) {
      String path = in.readString();
      enter(path, in.readLong());
    }
    holds.load(in);
  }
}
