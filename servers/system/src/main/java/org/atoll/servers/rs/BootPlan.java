package org.atoll.servers.rs;

import java.util.List;
import org.atoll.abi.protocol.ExecImage;

/**
 * What RS waits for, and what it starts then.
 *
 * @param nodes how many nodes have to be members
 * @param boots how many boot tasks report {@code UP}
 * @param command the program that the VOS lives for
 * @param services what was started on node 0
 * @param mounts file systems that are mounted before the command starts, in order
 */
public record BootPlan(
    int nodes, int boots, ExecImage command, List<BootService> services, List<BootMount> mounts) {

  /** What becomes of the VOS when a service fails. */
  public enum Policy {
    /** Its loss is harmless: it begins anew. */
    RESTARTS,
    /** Nobody else has its state: the VOS ends. */
    ENDS_THE_VOS
  }

  /**
   * A server or driver that was started at boot.
   *
   * @param name of its task and image
   */
  public record BootService(String name, int endpoint, Policy policy) {}

  /**
   * A file system and its place.
   *
   * @param fs the task that serves it
   * @param path absolute; its directories are made when they are missing
   */
  public record BootMount(int fs, String path) {}

  /** A plan without services to watch or mounts. */
  public BootPlan(int nodes, int boots, ExecImage command) {
    this(nodes, boots, command, List.of(), List.of());
  }
}
