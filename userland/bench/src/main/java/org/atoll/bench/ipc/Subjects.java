package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.bench.ipc.Operation.Kind;
import org.atoll.hypercall.coroutine.Continuations;
import org.atoll.hypercall.coroutine.VirtualThreads;
import org.atoll.kernel.BoundCpu.Between;

/** The rows that a JVM of their own measures, by name. */
final class Subjects {

  /** Of what takes some ten nanoseconds: reading the clock takes 25. */
  static final int BATCH = 1_000;

  /** Of what takes some hundred, or with bad luck some million. */
  static final int FEW = 20;

  /** Of messages that nobody answers: the receiver says so of each 64. */
  static final int SENDS = 1_024;

  /** How rows end where guests spin on the nodes. */
  static final String BUSY = ".busy";

  /** How rows end that want a node of two CPUs. */
  static final String CPUS_2 = ".cpus.2";

  private static final int WINDOW = 256;

  /** 64 KiB of messages, and what may be sent in a turn. */
  private static final int WINDOW_OF_SENDS = Limits.SENDS_PER_TURN_MAX;

  private Subjects() {}

  /** What a row of IPC does; null where it does something else. */
  static Operation operation(String row) {
    List<String> words = List.of(row.split("\\."));
    return switch (words.getFirst()) {
      case "sendrec" -> Operation.CALL.batches(batchOfCalls(words));
      case "notify" -> Operation.NOTIFY.batches(words.get(1).equals("local") ? BATCH : 1);
      case "copy" -> Operation.copy(Size.parse(words.getLast()).bytes());
      case "oneway" -> oneWay(row);
      case "pipelined" -> Operation.CALL.pipelined(WINDOW).batches(BATCH);
      case DisturbedSubject.PREFIX -> Operation.CALL;
      case "callers" -> Operation.CALL.by(Integer.parseInt(words.get(1))).batches(BATCH);
      default -> throw new IllegalArgumentException("no row " + row);
    };
  }

  private static int batchOfCalls(List<String> words) {
    boolean local = words.get(1).equals("local");
    return switch (words.getLast()) {
      case "xcpu" -> FEW;
      case "busy", "thread", "idle" -> 1;
      default -> local ? BATCH : 1;
    };
  }

  private static Operation oneWay(String row) {
    return switch (row) {
      case "oneway.local" -> Operation.send(Kind.SEND, NullServer.ACKNOWLEDGED, SENDS);
      case "oneway.local.batch" -> Operation.send(Kind.SEND_MANY, NullServer.ACKNOWLEDGED, SENDS);
      default -> Operation.send(Kind.SEND_MANY, WINDOW_OF_SENDS, SENDS);
    };
  }

  /**
   * Starts what a row measures, on the thread that will be its CPU.
   *
   * @param nodes of the VOS, where there are several
   */
  static Subject named(String row, int nodes) throws IOException {
    return switch (row) {
      case "peer.call" -> new PlainCalls();
      case "peer.disruptor" -> new RingPeer();
      case "peer.netty" -> new NettyPeer();
      case "peer.grpc" -> new GrpcPeer();
      case "peer.aeron.ipc" -> AeronPeer.ipc(FEW);
      case "peer.aeron.udp" -> AeronPeer.udp();
      case "hypercall.null" -> HypercallSubject.allowed(BATCH);
      case "hypercall.null.refused" -> HypercallSubject.refused(BATCH);
      case "sendrec.local.queued" -> Nodes.queued(operation(row));
      case "sendrec.local.stackful" -> Nodes.stackful(operation(row), new Continuations());
      case "sendrec.local.stackful.virtual" -> Nodes.stackful(operation(row), new VirtualThreads());
      case "sendrec.local.stackful.thread" -> Nodes.stackful(operation(row), Nodes.threads());
      case "sendrec.local.traced" -> Nodes.traced(operation(row));
      case "sendrec.local.xcpu" -> TwoCpus.bound(operation(row), Between.LOOKS);
      case "sendrec.local.xcpu.idle" -> TwoCpus.bound(operation(row), Between.WAITS);
      case "sendrec.local.busy" -> Nodes.busy(operation(row));
      default -> plain(row, nodes);
    };
  }

  /** What lies between the nodes of a row of several. */
  static Span span(String row, int nodes) {
    Span span = Span.of(row.split("\\.")[2], nodes);
    return row.endsWith(BUSY) ? span.busy() : span;
  }

  private static Subject plain(String row, int nodes) throws IOException {
    List<String> words = List.of(row.split("\\."));
    boolean apart = words.size() > 2 && List.of("node", "vm").contains(words.get(1));
    Operation operation = operation(row);
    if (words.getFirst().equals(DisturbedSubject.PREFIX)) {
      return DisturbedSubject.named(row, nodes);
    }
    if (row.endsWith(CPUS_2)) {
      return TwoCpus.callers(operation);
    }
    return apart ? new RemotePair(operation, span(row, nodes)) : Nodes.local(operation);
  }
}
