package org.atoll.servers.rs;

import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.abi.protocol.FsProtocol;

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
    /** It begins anew with the state that its kernel kept; without that the VOS ends. */
    KEEPS_ITS_STATE,
    /** Nobody else has its state: the VOS ends. */
    ENDS_THE_VOS;

    private static final Policy[] ALL = values();

    /** As saved state has it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }

    static Policy of(int number) {
      return ALL[number];
    }
  }

  /**
   * A server or driver that was started at boot.
   *
   * @param name of its task and image
   */
  public record BootService(String name, int endpoint, Policy policy) {}

  /**
   * A file system and its place. Texts are bytes: one in each char.
   *
   * @param fs the task that serves it
   * @param root the inode of its root directory
   * @param source what {@code /proc/mounts} shows as mounted
   * @param path absolute; it is made, with its directories, when it is missing
   * @param type its kind
   * @param flags MS_ flags of mount(2)
   */
  public record BootMount(int fs, long root, String source, String path, String type, int flags) {

    /** MS_RDONLY. */
    public static final int READ_ONLY = 1;

    /** MS_NOSUID. */
    public static final int NO_SET_ID = 2;

    /** MS_NODEV. */
    public static final int NO_DEVICES = 4;

    /** A file system that serves one tree. */
    public BootMount(int fs, String source, String path, String type, int flags) {
      this(fs, FsProtocol.ROOT, source, path, type, flags);
    }

    /** A file system as mount(8) mounts it with type {@code server}. */
    public BootMount(int fs, String path) {
      this(fs, Endpoint.toString(fs), path, "server", 0);
    }
  }

  /** A plan without services to watch or mounts. */
  public BootPlan(int nodes, int boots, ExecImage command) {
    this(nodes, boots, command, List.of(), List.of());
  }
}
