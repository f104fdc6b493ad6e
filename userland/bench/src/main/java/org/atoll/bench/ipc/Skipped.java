package org.atoll.bench.ipc;

/**
 * A row that this version cannot measure.
 *
 * @param reason what is missing
 */
record Skipped(String reason) implements Trial {

  @Override
  public String missing() {
    return reason;
  }

  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public Burst round() {
    throw new IllegalStateException(reason);
  }
}
