package org.atoll.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;

/**
 * Cuts the connections that other nodes have made to a node's process, as the network may: each is
 * shut down, both ways, by a descriptor of our own.
 */
final class LinkCutter {

  private static final long PIDFD_OPEN = 434;
  private static final long PIDFD_GETFD = 438;
  private static final int BOTH_WAYS = 2;
  private static final String LISTENS = "0A";
  private static final String ESTABLISHED = "01";
  private static final String CONNECTED = "03";

  /** What cutting needs of the C library. */
  public interface Native {

    /** syscall(2). */
    long syscall(long number, long first, long second, long third);

    /** shutdown(2). */
    int shutdown(int fd, int how);

    /** close(2). */
    int close(int fd);
  }

  private final Native libc =
      LibraryLoader.create(Native.class).option(LibraryOption.LoadNow, true).load("c");
  private final long pid;

  /** Inodes of what was cut. */
  private final Set<String> cut = new HashSet<>();

  LinkCutter(long pid) {
    this.pid = pid;
  }

  /** Waits until there are so many connections that were not cut before, and cuts them. */
  void cut(int count) throws IOException {
    Map<String, Integer> fresh = fresh();
    while (fresh.size() < count) {
      Thread.onSpinWait();
      fresh = fresh();
    }
    for (Map.Entry<String, Integer> connection : fresh.entrySet()) {
      shutDown(connection.getValue());
      cut.add(connection.getKey());
    }
  }

  private void shutDown(int descriptor) throws IOException {
    int process = (int) libc.syscall(PIDFD_OPEN, pid, 0, 0);
    int own = (int) libc.syscall(PIDFD_GETFD, process, descriptor, 0);
    if (process < 0 || own < 0 || libc.shutdown(own, BOTH_WAYS) < 0) {
      throw new IOException("cannot cut descriptor " + descriptor + " of " + pid);
    }
    var _ = libc.close(own);
    var _ = libc.close(process);
  }

  /** Inode and descriptor of each connection that was not cut yet. */
  private Map<String, Integer> fresh() throws IOException {
    Map<String, Integer> sockets = sockets();
    Set<String> connected = new HashSet<>();
    connected.addAll(unix());
    connected.addAll(tcp(sockets.keySet()));
    sockets.keySet().retainAll(connected);
    sockets.keySet().removeAll(cut);
    return sockets;
  }

  private Map<String, Integer> sockets() throws IOException {
    Map<String, Integer> sockets = new HashMap<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : open.toList()) {
        String inode = inode(descriptor);
        sockets.put(inode, Integer.parseInt(descriptor.getFileName().toString()));
      }
    }
    return sockets;
  }

  private static String inode(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString().replaceAll("\\D", "");
    } catch (NoSuchFileException closed) {
      return "";
    }
  }

  /** The end that was connected to has the name of the door. */
  private static Set<String> unix() throws IOException {
    Set<String> inodes = new HashSet<>();
    for (String row : Files.readAllLines(Path.of("/proc/net/unix"))) {
      String[] words = row.strip().split("\\s+");
      if (row.contains("@atoll-") && words[5].equals(CONNECTED)) {
        inodes.add(words[6]);
      }
    }
    return inodes;
  }

  /** The end that was connected to has the port of a door. */
  private static Set<String> tcp(Set<String> sockets) throws IOException {
    Set<String> ports = new HashSet<>();
    Map<String, String> established = new HashMap<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String row : Files.readAllLines(Path.of(table))) {
        String[] words = row.strip().split("\\s+");
        String port = words[1].substring(words[1].indexOf(':') + 1);
        if (words[3].equals(LISTENS) && sockets.contains(words[9])) {
          ports.add(port);
        } else if (words[3].equals(ESTABLISHED)) {
          established.put(words[9], port);
        }
      }
    }
    established.values().retainAll(ports);
    return established.keySet();
  }
}
