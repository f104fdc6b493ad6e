package org.atoll.control;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder with the sockets of this user's running VOSes, each named by the process id of its
 * node 0: {@code $XDG_RUNTIME_DIR/atoll}, or {@code /tmp/atoll-UID}. Nobody else may be able to
 * enter it.
 */
public final class ControlFolder {

  private static final String SUFFIX = ".sock";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  private ControlFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder of this user; made when it is missing. */
  public static ControlFolder of(Map<String, String> environment) throws IOException {
    int user = owner(Path.of("/proc/self"));
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    boolean usable = runtime.startsWith("/") && Files.isWritable(Path.of(runtime));
    Path folder = usable ? Path.of(runtime, "atoll") : Path.of("/tmp", "atoll-" + user);
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER));
    } catch (FileAlreadyExistsException there) {
      check(folder, user);
    }
    return new ControlFolder(folder);
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static void check(Path folder, int user) throws IOException {
    boolean own =
        Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && owner(folder) == user
            && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(OWNER);
    if (!own) {
      throw new IOException(folder + ": expected a folder of this user that others cannot enter");
    }
  }

  /** The socket of a process. */
  Path socket(long pid) {
    return folder.resolve(pid + SUFFIX);
  }

  /** The processes that have a socket here, by number; those that are over are cleaned away. */
  List<Long> running() throws IOException {
    List<Long> pids = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.matches("[0-9]{1,18}\\.sock")) {
        long pid = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        if (ProcessHandle.of(pid).isPresent()) {
          pids.add(pid);
        } else {
          Files.deleteIfExists(file);
        }
      }
    }
    pids.sort(null);
    return pids;
  }
}
