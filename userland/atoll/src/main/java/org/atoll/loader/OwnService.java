package org.atoll.loader;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.atoll.abi.Handler;
import org.atoll.abi.ProtocolCall;

/**
 * A service that was loaded.
 *
 * @param source where it was loaded from, absolute
 * @param name its class's name in lower case
 * @param maker makes a fresh one, without state
 * @param protocol the calls of its own protocol; empty when it has none
 * @param limit of its turns
 */
public record OwnService(
    Path source,
    String name,
    Supplier<Handler> maker,
    List<ProtocolCall> protocol,
    TurnLimit limit) {

  /** The name of what has a scheduling policy: the system's scheduler, with another policy. */
  public static final String SCHEDULER = "sched";

  /** The first number of services' own protocols; lower ones are the system's. */
  public static final int FIRST_NUMBER = 0x4000;
}
