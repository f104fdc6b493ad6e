package org.atoll.drivers.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The machine that a node runs on, as far as its links are concerned: one boot of one kernel, and
 * one of its network namespaces. Nodes of the same machine reach each other without a network.
 *
 * <p>The system property {@value #PROPERTY} names it differently, so that tests can have two
 * machines on one.
 */
public final class Machine {

  private static final String PROPERTY = "atoll.machine";
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

  private Machine() {}

  /** A name of this machine that no other one has. */
  public static String name() throws IOException {
    @Nullable String given = System.getProperty(PROPERTY);
    if (given != null) {
      return given;
    }
    String namespace = Files.readSymbolicLink(NAMESPACE).toString();
    return Files.readString(BOOT).strip() + "/" + namespace.replaceAll("[^0-9]", "");
  }
}
