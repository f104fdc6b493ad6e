package org.atoll.drivers.link.talk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atoll.drivers.link.service.Terms;

/**
 * What a node says of itself.
 *
 * @param node its number
 * @param pid of its process, on its machine
 * @param machine the machine's host name
 * @param terms the services that its links have
 */
public record NodeRow(int node, long pid, String machine, Terms terms) {

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** The row of this process. */
  public static NodeRow ofThisProcess(int node, Terms terms) {
    return new NodeRow(node, ProcessHandle.current().pid(), hostName(), terms);
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException unreadable) {
      return "?";
    }
  }
}
