package org.atoll.servers.tmpfs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a volume holds before anybody put something in.
 *
 * @param rootMode permissions of the root directory
 * @param nodes what is in it
 */
public record Beginning(int rootMode, List<Node> nodes) {

  /** Nothing. */
  static final Beginning EMPTY = new Beginning(0755, List.of());

  private static final int PUBLIC = Inode.CHARACTER | 0666;
  private static final int MEMORY = 1;
  private static final int TERMINAL = 5;

  /**
   * A name in the root.
   *
   * @param mode type and permissions
   * @param device number of a device, otherwise 0
   * @param target of a symbolic link, otherwise null
   */
  public record Node(String name, int mode, long device, @Nullable String target) {}

  /** Memory that all may share by names, as {@code /dev/shm} is. */
  public static Beginning shared() {
    return new Beginning(01777, List.of());
  }

  /** The devices, as devtmpfs has them, and the links that belong to them. */
  public static Beginning devices() {
    return new Beginning(
        0755,
        List.of(
            device("console", Inode.CHARACTER | 0600, TERMINAL, 1),
            link("fd", "/proc/self/fd"),
            device("full", PUBLIC, MEMORY, 7),
            device("null", PUBLIC, MEMORY, 3),
            device("ptmx", PUBLIC, TERMINAL, 2),
            new Node("pts", Inode.DIRECTORY | 0755, 0, null),
            device("random", PUBLIC, MEMORY, 8),
            new Node("shm", Inode.DIRECTORY | 01777, 0, null),
            link("stderr", "/proc/self/fd/2"),
            link("stdin", "/proc/self/fd/0"),
            link("stdout", "/proc/self/fd/1"),
            device("tty", PUBLIC, TERMINAL, 0),
            device("urandom", PUBLIC, MEMORY, 9),
            device("zero", PUBLIC, MEMORY, 5)));
  }

  private static Node device(String name, int mode, int major, int minor) {
    return new Node(name, mode, (long) major << 8 | minor, null);
  }

  private static Node link(String name, String target) {
    return new Node(name, Inode.SYMLINK | 0777, 0, target);
  }
}
