package org.atoll.control;

import java.io.IOException;

/** The nodes of a VOS and the links between them, as node 0 reaches them. Any thread. */
public interface Links {

  /**
   * The tables of nodes and of links, each with a row of titles.
   *
   * @throws IOException with a line for the person, as all others do
   */
  String tables() throws IOException;

  /** Packs what links carry, or no longer. */
  void compress(boolean on) throws IOException;

  /** Makes all links slower; 0 and 0: as fast as they are. */
  void shape(long bytesPerSecond, long delayNanos) throws IOException;
}
