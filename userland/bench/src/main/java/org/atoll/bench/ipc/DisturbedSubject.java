package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;
import org.atoll.abi.Role;
import org.atoll.bench.BenchNode;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;

/**
 * A pair that makes null calls while something else goes on: on one node, or between two, where the
 * disturber is with the caller and its target with the server.
 */
final class DisturbedSubject implements Subject {

  static final String PREFIX = "fair";
  static final String LOCAL = "local";

  /** Waits for others are rare among calls: a round is to have many. */
  private static final int SAMPLES_MAX = 400_000;

  private final Subject pair;

  private DisturbedSubject(Subject pair) {
    this.pair = pair;
  }

  /** By the name of a row: {@code fair}, {@code local} or a transport, and the disturbance. */
  static Subject named(String row, int nodes) throws IOException {
    List<String> words = List.of(row.split("\\."));
    String where = words.get(1);
    Disturbance how = Disturbance.named(words.get(2));
    return new DisturbedSubject(
        where.equals(LOCAL)
            ? local(how)
            : new RemotePair(Operation.CALL, Span.of(where, nodes), how));
  }

  private static Subject local(Disturbance how) {
    Node node = BenchNode.on(Nodes.host(), NodeConfig.single(), null);
    int server = node.start("server", new NullServer(), Privileges.SERVER);
    node.role(Role.VFS, server);
    Load load = Load.of(node, Operation.CALL);
    how.start(node);
    int meter = node.start("meter", new Meter(), Privileges.SERVER);
    return new CallSubject(node, load, 1, server, new int[] {meter}, () -> true);
  }

  @Override
  public int batch() {
    return pair.batch();
  }

  @Override
  public int events() {
    return pair.events();
  }

  @Override
  public int samplesMax() {
    return SAMPLES_MAX;
  }

  @Override
  public void run(double[] nanos) throws IOException {
    pair.run(nanos);
  }

  @Override
  public Counters counters() throws IOException {
    return pair.counters();
  }

  @Override
  public void close() throws IOException {
    pair.close();
  }
}
