package org.atoll.kernel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.atoll.abi.Handler;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.protocol.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * What the servers and drivers of a node are made of, by the names of their tasks: the version that
 * runs, and perhaps one that is offered for the next update.
 *
 * <p>Owner: any thread, under this object's monitor.
 */
public final class Images {

  /**
   * The code of a server or driver.
   *
   * @param maker makes a fresh one, without state
   * @param privileges of its task
   * @param protocol calls of its own, that traces show by name; empty when it has none
   */
  public record Image(
      Supplier<Handler> maker, Privileges privileges, List<ProtocolCall> protocol) {}

  private static final class Versions {
    Image current;
    @Nullable Image offered;
    int version = 1;

    Versions(Image first) {
      current = first;
    }

    /** Each version has a maker of its own. */
    boolean offers(Image image) {
      return offered != null && offered.maker() == image.maker();
    }
  }

  private final Map<String, Versions> all = new TreeMap<>();
  private volatile Map<Integer, ProtocolCall> ownCalls = Map.of();

  /** The first version under a name; what was there is gone. */
  public synchronized void put(String name, Image image) {
    all.put(name, new Versions(image));
    collectCalls();
  }

  /** The first version under a name that is free; false when it is not. */
  public synchronized boolean add(String name, Image image) {
    boolean free = !all.containsKey(name);
    if (free) {
      put(name, image);
    }
    return free;
  }

  /** Nothing is of that name any more: what was added could not be started. */
  public synchronized void remove(String name) {
    all.remove(name);
    collectCalls();
  }

  /** The version that the next update takes; false when there is none of that name. */
  public synchronized boolean offer(String name, Image image) {
    Versions versions = all.get(name);
    if (versions != null) {
      versions.offered = image;
    }
    return versions != null;
  }

  /** The call of that number, of the system's protocols or of a service's own; or null. */
  public @Nullable ProtocolCall call(int number) {
    ProtocolCall known = Protocols.byNumber(number);
    return known == null ? ownCalls.get(number) : known;
  }

  /** The version that runs, or null. */
  synchronized @Nullable Image current(String name) {
    Versions versions = all.get(name);
    return versions == null ? null : versions.current;
  }

  /** What an update takes: what is offered, otherwise the version that runs; or null. */
  synchronized @Nullable Image next(String name) {
    Versions versions = all.get(name);
    Image offered = versions == null ? null : versions.offered;
    return offered == null ? current(name) : offered;
  }

  /** Number of the version that runs. */
  synchronized int version(String name) {
    Versions versions = all.get(name);
    return versions == null ? 0 : versions.version;
  }

  /** The image runs from now on. */
  @SuppressWarnings("ReferenceEquality") // the very one that was offered, and no later one
  synchronized void runs(String name, Image image) {
    Versions versions = all.get(name);
    if (versions != null && versions.offers(image)) {
      versions.current = image;
      versions.version++;
      versions.offered = null;
      collectCalls();
    }
  }

  /** The image is not to run. */
  @SuppressWarnings("ReferenceEquality") // the very one that was offered, and no later one
  synchronized void drop(String name, Image image) {
    Versions versions = all.get(name);
    if (versions != null && versions.offers(image)) {
      versions.offered = null;
    }
  }

  private void collectCalls() {
    Map<Integer, ProtocolCall> calls = new TreeMap<>();
    for (Versions versions : all.values()) {
      versions.current.protocol().forEach(call -> calls.put(call.number(), call));
    }
    ownCalls = calls;
  }
}
