package org.atoll.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Endpoint;

/**
 * Where endpoints are, and where they were: at home, unless they have moved. A task moves at rest,
 * and goes on only when all kernels know where it is; so nothing comes from it that this node could
 * not place. Owner: any CPU, under this object's monitor.
 */
final class Locations {

  /**
   * Of a task that has left its home at some time.
   *
   * @param node where it is
   * @param been a bit for each node where it is or was; what it sent from there may still arrive
   */
  private record Place(int node, long been) {}

  private final Map<Integer, Place> moved = new TreeMap<>();
  private volatile boolean anyMoved;

  /** The node that a task is on, as far as this node knows. */
  int nodeOf(int endpoint) {
    return anyMoved ? movedToOrHome(endpoint) : Endpoint.home(endpoint);
  }

  private synchronized int movedToOrHome(int endpoint) {
    Place place = moved.get(endpoint);
    return place == null ? Endpoint.home(endpoint) : place.node;
  }

  /** Whether a task is or was on that node. */
  boolean hasBeenOn(int endpoint, int node) {
    return Endpoint.home(endpoint) == node || anyMoved && visited(endpoint, node);
  }

  private synchronized boolean visited(int endpoint, int node) {
    Place place = moved.get(endpoint);
    return place != null && (place.been & 1L << node) != 0;
  }

  /** From now on the endpoint is on that node. */
  synchronized void locate(int endpoint, int node) {
    Place before = moved.get(endpoint);
    if (before != null || node != Endpoint.home(endpoint)) {
      long been = before == null ? 0 : before.been;
      moved.put(endpoint, new Place(node, been | 1L << node));
      anyMoved = true;
    }
  }

  /** The endpoint is no more; whether it had ever moved. */
  synchronized boolean forget(int endpoint) {
    boolean had = moved.remove(endpoint) != null;
    anyMoved = !moved.isEmpty();
    return had;
  }

  /** The endpoints that have moved, and are on a node now. */
  synchronized List<Integer> guestsOf(int node) {
    List<Integer> guests = new ArrayList<>();
    moved.forEach((endpoint, place) -> {
      if (place.node == node) {
        guests.add(endpoint);
      }
    });
    return guests;
  }
}
