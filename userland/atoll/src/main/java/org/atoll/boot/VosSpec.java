package org.atoll.boot;

import java.nio.file.Path;
import java.util.List;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.drivers.link.Ways;

/**
 * The VOS that a person asked for.
 *
 * @param nodes how many nodes it spans, 1 to {@link org.atoll.abi.Limits#NODES_MAX}
 * @param image a tar or a folder with the root file system
 * @param program the command that it lives for
 * @param memoryBytes guest memory of each node, a multiple of 4096
 * @param processesMax processes that there may be at once, 1 to {@link
 *     org.atoll.abi.Limits#PROCESSES_MAX}
 * @param reportMissing whether missing system calls are listed at the end
 * @param own services of one's own, and where they are mounted
 * @param shares what it shares of the host
 * @param transport what carries frames between its nodes: a word of {@link
 *     org.atoll.drivers.link.Ways}
 * @param net what it may use of the host's network
 */
public record VosSpec(
    int nodes,
    Path image,
    ExecImage program,
    long memoryBytes,
    int processesMax,
    boolean reportMissing,
    OwnServices own,
    List<Share> shares,
    String transport,
    HostNet net) {

  /** The same with more nodes. */
  public VosSpec over(int more) {
    return new VosSpec(
        nodes + more,
        image,
        program,
        memoryBytes,
        processesMax,
        reportMissing,
        own,
        shares,
        transport,
        net);
  }

  /** A VOS with the system's services alone, that shares nothing. */
  public VosSpec(
      int nodes,
      Path image,
      ExecImage program,
      long memoryBytes,
      int processesMax,
      boolean reportMissing) {
    this(
        nodes,
        image,
        program,
        memoryBytes,
        processesMax,
        reportMissing,
        OwnServices.NONE,
        List.of(),
        Ways.AUTO,
        HostNet.NONE);
  }
}
