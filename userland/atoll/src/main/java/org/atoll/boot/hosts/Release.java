package org.atoll.boot.hosts;

import org.atoll.drivers.link.Handshake;
import org.jspecify.annotations.Nullable;

/** Which Atoll this is: nodes of different ones do not understand each other. */
final class Release {

  private Release() {}

  /** The build's version, and that of the node link. */
  static String name() {
    @Nullable String built = Release.class.getPackage().getImplementationVersion();
    return (built == null ? "from classes" : built) + " (link " + Handshake.VERSION + ")";
  }
}
