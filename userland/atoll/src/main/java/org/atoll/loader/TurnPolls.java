package org.atoll.loader;

/**
 * What the code of one version of a service polls. Each version's class loader defines this class
 * anew, so that the limit is the version's, a constant to the compiler, and goes with it.
 */
public final class TurnPolls {

  private static final TurnLimit LIMIT = TurnLimit.of(TurnPolls.class);

  private TurnPolls() {}

  /** One poll. */
  public static void here() {
    LIMIT.poll();
  }
}
