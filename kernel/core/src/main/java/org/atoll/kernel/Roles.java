package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.Protocols;

/**
 * Which endpoint serves which role for the tasks of a node, and who may send to whom. Any thread.
 */
final class Roles {

  /** A bit for each role. */
  private static final int ALL = (1 << Role.values().length) - 1;

  private final AtomicIntegerArray endpoints = new AtomicIntegerArray(Role.values().length);

  /** Nobody serves anything. */
  Roles() {
    for (int i = 0; i < endpoints.length(); i++) {
      endpoints.set(i, Endpoint.NONE);
    }
  }

  /** From now on the endpoint serves the role. */
  @SuppressWarnings("EnumOrdinal") // the ordinal is the role's number in messages
  void serve(Role role, int endpoint) {
    endpoints.set(role.ordinal(), endpoint);
  }

  /** The endpoint that serves the role, or {@link Endpoint#NONE}. */
  @SuppressWarnings("EnumOrdinal") // the ordinal is the role's number in messages
  int of(Role role) {
    return endpoints.get(role.ordinal());
  }

  /** Whether these privileges allow sending there. */
  boolean maySend(Privileges privileges, int destination, int type) {
    boolean kernel = destination >= 0 && isKernel(destination);
    return switch (privileges.sends()) {
      case ALL -> true;
      case TASKS -> !kernel;
      case ROLES -> !kernel && serves(destination, privileges.roles());
      case PROGRAMS ->
          !kernel && (type >= Protocols.FIRST_OWN || serves(destination, privileges.roles()));
    };
  }

  private static boolean isKernel(int endpoint) {
    return Endpoint.slot(endpoint) % Limits.SLOTS_PER_NODE == 0;
  }

  private boolean serves(int endpoint, int mask) {
    for (int left = mask; left != 0; left &= left - 1) {
      if (endpoints.get(Integer.numberOfTrailingZeros(left)) == endpoint) {
        return true;
      }
    }
    return false;
  }

  /** Whether the endpoint serves any role here. */
  boolean servesRole(int endpoint) {
    return serves(endpoint, ALL);
  }
}
