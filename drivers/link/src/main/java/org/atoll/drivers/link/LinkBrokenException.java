package org.atoll.drivers.link;

/** The other end of a connection does not do what the protocol says; the message says how. */
public final class LinkBrokenException extends Exception {

  private static final long serialVersionUID = 1;

  public LinkBrokenException(String message) {
    super(message);
  }
}
