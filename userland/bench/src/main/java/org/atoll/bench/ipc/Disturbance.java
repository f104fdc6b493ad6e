package org.atoll.bench.ipc;

import java.util.Locale;
import java.util.function.Supplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.kernel.Node;
import org.atoll.kernel.Privileges;

/**
 * What goes on beside a pair of tasks that has nothing to do with it: a {@link Disturber} and its
 * target, both of which always have something to do.
 */
enum Disturbance {
  /** Nothing. */
  ALONE(NullServer::new),
  /** A receiver's mailbox that is always full: four times as much is under way. */
  MAILBOX(NullServer::new),
  /** The same with a receiver that takes long for each message. */
  SLOW(SlowReader::new),
  /** 64 MiB in pieces of 64 KiB, again and again, from the target to the disturber. */
  COPY(NullServer::new),
  /** A notification for each that comes back. */
  NOTIFY(NullServer::new),
  /** As many messages that nobody answers as a turn may send, in each turn. */
  ONEWAY(NullServer::new);

  private final Supplier<Handler> target;

  Disturbance(Supplier<Handler> target) {
    this.target = target;
  }

  /** As rows name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Disturbance named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Starts both on one node. */
  void start(Node node) {
    if (this != ALONE) {
      disturb(node, node.start("target", target.get(), Privileges.SERVER));
    }
  }

  /**
   * Starts the disturber; its target is on another node, among all that were started there.
   *
   * @param other that node
   * @param before tasks that were started there before the targets
   */
  void start(Node node, int other, int before) {
    if (this != ALONE) {
      disturb(node, Endpoint.of(other * Limits.SLOTS_PER_NODE + 1 + before + ordinal(), 0));
    }
  }

  /** Starts the targets of all kinds: whoever is not disturbed has nothing to do. */
  static void startTargets(Node node) {
    for (Disturbance each : values()) {
      node.start("target", each.target.get(), Privileges.SERVER);
    }
  }

  private void disturb(Node node, int to) {
    int disturber = node.start("disturber", new Disturber(this, to), Privileges.SERVER);
    // One that failed would disturb nobody.
    node.vital(disturber);
    node.channel(disturber).raise();
  }
}
