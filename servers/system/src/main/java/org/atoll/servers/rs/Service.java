package org.atoll.servers.rs;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.servers.rs.BootPlan.Policy;

/** One row of the table of services. */
final class Service {

  /** Failures within a minute that are too many. */
  static final int FAILURES_MAX = 10;

  /** The same where the state may be what makes it fail. */
  static final int FAILURES_MAX_WITH_STATE = 3;

  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long FIRST_DELAY_NANOS = 100_000_000;
  private static final long LAST_DELAY_NANOS = 5_000_000_000L;
  private static final int NANOS_PER_MILLI = 1_000_000;

  final String name;
  final int endpoint;
  final Policy policy;

  /** How often it began anew. */
  int restartCount;

  /** It failed, and an alarm will revive it. */
  boolean waits;

  /** When it failed, within the last minute. */
  private final List<Long> failures = new ArrayList<>();

  Service(String name, int endpoint, Policy policy) {
    this.name = name;
    this.endpoint = endpoint;
    this.policy = policy;
  }

  int kernel() {
    return Endpoint.kernelOf(Endpoint.home(endpoint));
  }

  /** Notes a failure; in how many nanoseconds it is revived, or -1 when it is not any more. */
  long failed(long nowNanos) {
    failures.removeIf(at -> at < nowNanos - MINUTE_NANOS);
    failures.add(nowNanos);
    int count = failures.size();
    if (count > failuresMax()) {
      return -1;
    }
    return count == 1 ? 0 : Math.min(LAST_DELAY_NANOS, FIRST_DELAY_NANOS << count - 2);
  }

  private int failuresMax() {
    return policy == Policy.KEEPS_ITS_STATE ? FAILURES_MAX_WITH_STATE : FAILURES_MAX;
  }

  /** How often it failed within the last minute. */
  int failureCount() {
    return failures.size();
  }

  /** Somebody looked after it: what was before counts no more. */
  void forgive() {
    failures.clear();
  }

  /** As the table shows it. */
  String line(long version, long events, long cpuNanos, long state) {
    String word = "running";
    if (state == KernelProtocol.STATE_STOPPED) {
      word = "stopped";
    } else if (state == KernelProtocol.STATE_FAILED) {
      word = "failed";
    }
    return String.join(
        " ",
        name,
        Endpoint.toString(endpoint),
        String.valueOf(Endpoint.home(endpoint)),
        String.valueOf(version),
        String.valueOf(restartCount),
        String.valueOf(events),
        String.valueOf(cpuNanos / NANOS_PER_MILLI),
        word + "\n");
  }

  void save(StateWriter out) {
    out.writeString(name).writeInt(endpoint).writeByte(policy.number());
    out.writeInt(restartCount).writeBoolean(waits).writeInt(failures.size());
    failures.forEach(out::writeLong);
  }

  static Service load(StateReader in) {
    Service service = new Service(in.readString(), in.readInt(), Policy.of(in.readByte()));
    service.restartCount = in.readInt();
    service.waits = in.readBoolean();
    for (int left = in.readCount(8); left > 0; left--) {
      service.failures.add(in.readLong());
    }
    return service;
  }
}
