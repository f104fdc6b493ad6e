package org.atoll.drivers.link.session;

/** What may happen to frames on their way. */
public enum Carriage {
  /**
   * Nothing, until the connection ends: a frame that is out of order is a lie. What was under way
   * at the end is sent again when both have said what they received.
   */
  STREAM,

  /** Each may be lost, come twice, or come after later ones. */
  PACKETS
}
