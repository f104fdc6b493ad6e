package org.atoll.loader;

/** What ends a turn of a service that goes on for too long; the message is for the person. */
public final class TurnTooLong extends RuntimeException {

  private static final long serialVersionUID = 1;

  TurnTooLong(String message) {
    super(message);
  }
}
