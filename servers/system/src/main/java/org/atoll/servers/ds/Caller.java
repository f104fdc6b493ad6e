package org.atoll.servers.ds;

/**
 * Who asks.
 *
 * @param endpoint its task
 * @param uid effective user of a process; {@link #SERVICE} or {@link #RS}
 */
record Caller(int endpoint, long uid) {

  /** In place of a user: a service. */
  static final long SERVICE = -1;

  /** In place of a user: RS, which says what services there are. */
  static final long RS = -2;

  boolean isProcess() {
    return uid >= 0;
  }

  /** Whether it may replace or delete what is there. */
  boolean mayChange(Entry entry) {
    if (uid == RS) {
      return true;
    }
    return isProcess()
        ? entry.uid() >= 0 && (uid == 0 || uid == entry.uid())
        : entry.owner() == endpoint;
  }
}
