package org.atoll.servers.vm;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** A process as VM knows it: its address space, the one that its exec builds, its limits. */
final class Client {

  /** RLIMIT_DATA. */
  static final int LIMIT_DATA = 2;

  /** RLIMIT_STACK. */
  static final int LIMIT_STACK = 3;

  /** RLIMIT_AS. */
  static final int LIMIT_SPACE = 9;

  final int task;

  /** Id of its address space, or 0 before its first exec. */
  int space;

  /** Id of the space that an exec builds, or 0. */
  int building;

  /**
   * The file that the exec mapped last, and under which descriptor: mapped once for all segments.
   */
  int buildingFile;

  long buildingDescriptor = -1;

  long dataBytesMax = Long.MAX_VALUE;
  long stackBytesMax = 8L << 20;
  long spaceBytesMax = Long.MAX_VALUE;

  /** Peak of spaces that it had before. */
  long peakPages;

  Client(int task) {
    this.task = task;
  }

  /** The same limits for a child. */
  Client child(int childTask) {
    Client child = new Client(childTask);
    child.dataBytesMax = dataBytesMax;
    child.stackBytesMax = stackBytesMax;
    child.spaceBytesMax = spaceBytesMax;
    return child;
  }

  void save(StateWriter out) {
    out.writeInt(task).writeInt(space).writeInt(building);
    out.writeInt(buildingFile).writeLong(buildingDescriptor);
    out.writeLong(dataBytesMax).writeLong(stackBytesMax).writeLong(spaceBytesMax);
    out.writeLong(peakPages);
  }

  static Client load(StateReader in) {
    Client c = new Client(in.readInt());
    c.space = in.readInt();
    c.building = in.readInt();
    c.buildingFile = in.readInt();
    c.buildingDescriptor = in.readLong();
    c.dataBytesMax = in.readLong();
    c.stackBytesMax = in.readLong();
    c.spaceBytesMax = in.readLong();
    c.peakPages = in.readLong();
    return c;
  }
}
