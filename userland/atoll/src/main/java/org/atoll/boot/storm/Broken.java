package org.atoll.boot.storm;

/** What may not happen to a message has happened. */
final class Broken extends IllegalStateException {

  private static final long serialVersionUID = 1;

  Broken(String what) {
    super(what);
  }
}
