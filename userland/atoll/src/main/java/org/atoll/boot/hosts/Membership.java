package org.atoll.boot.hosts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.atoll.abi.Limits;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.LinkKey;

/**
 * What a process must know to be a node of a VOS.
 *
 * @param node its number, from 1 on
 * @param nodes nodes of the VOS
 * @param vos identifies the VOS
 * @param key of the VOS's links
 * @param nodeZero where node 0 can be connected to
 * @param memoryBytes guest memory of the node
 * @param reportMissing whether missing system calls are listed at the end
 * @param watching what it tells of; of use on another machine alone
 */
public record Membership(
    int node,
    int nodes,
    long vos,
    LinkKey key,
    Doors nodeZero,
    long memoryBytes,
    boolean reportMissing,
    Watching watching) {

  private static final long MEMORY_BYTES_LEAST = 16L << 20;
  private static final long MEMORY_BYTES_MOST = 1L << 38;

  /** The same with other guest memory. */
  public Membership withMemory(long bytes) {
    return new Membership(node, nodes, vos, key, nodeZero, bytes, reportMissing, watching);
  }

  /** The same where the node tells of other things. */
  Membership watching(Watching what) {
    return new Membership(node, nodes, vos, key, nodeZero, memoryBytes, reportMissing, what);
  }

  /** The form in which it is sent, which is secret. */
  byte[] encoded() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(node);
    out.writeInt(nodes);
    out.writeLong(vos);
    key.writeTo(out);
    out.writeUTF(nodeZero.toString());
    out.writeLong(memoryBytes);
    out.writeBoolean(reportMissing);
    watching.write(out);
    return bytes.toByteArray();
  }

  /**
   * Takes what {@link #encoded} made.
   *
   * @throws IOException when it is something else
   */
  static Membership of(byte[] encoded) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded));
    Membership read =
        new Membership(
            in.readInt(),
            in.readInt(),
            in.readLong(),
            LinkKey.readFrom(in),
            doors(in.readUTF()),
            in.readLong(),
            in.readBoolean(),
            Watching.read(in));
    if (in.available() > 0 || !read.possible()) {
      throw new IOException("an invitation that cannot be: " + read);
    }
    return read;
  }

  private boolean possible() {
    return nodes <= Limits.NODES_MAX
        && node >= 1
        && node < nodes
        && memoryBytes >= MEMORY_BYTES_LEAST
        && memoryBytes <= MEMORY_BYTES_MOST
        && watching.possible();
  }

  private static Doors doors(String text) throws IOException {
    try {
      return Doors.parse(text);
    } catch (LinkBrokenException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }
}
