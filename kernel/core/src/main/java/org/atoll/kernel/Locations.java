package org.atoll.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Endpoint;

/**
 * Where endpoints are: at home, unless an override says otherwise. Owner: any CPU, under this
 * object's monitor.
 */
final class Locations {

  private final Map<Integer, Integer> overrides = new TreeMap<>();
  private volatile boolean anyOverride;

  /** The node that a task is on, as far as this node knows. */
  int nodeOf(int endpoint) {
    return anyOverride ? overriddenOrHome(endpoint) : Endpoint.home(endpoint);
  }

  private synchronized int overriddenOrHome(int endpoint) {
    Integer node = overrides.get(endpoint);
    return node == null ? Endpoint.home(endpoint) : node;
  }

  /** From now on the endpoint is on that node. */
  synchronized void locate(int endpoint, int node) {
    if (node == Endpoint.home(endpoint)) {
      overrides.remove(endpoint);
    } else {
      overrides.put(endpoint, node);
    }
    anyOverride = !overrides.isEmpty();
  }

  /** The endpoint is no more. */
  synchronized void forget(int endpoint) {
    overrides.remove(endpoint);
    anyOverride = !overrides.isEmpty();
  }

  /** The endpoints that are away from home on a node. */
  synchronized List<Integer> guestsOf(int node) {
    List<Integer> guests = new ArrayList<>();
    overrides.forEach((endpoint, at) -> {
      if (at == node) {
        guests.add(endpoint);
      }
    });
    return guests;
  }
}
