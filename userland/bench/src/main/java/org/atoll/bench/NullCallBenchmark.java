package org.atoll.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A null call to an idle local server, beside what has no kernel and what has two threads. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NullCallBenchmark {

  /** Calls of an invocation. */
  static final int CALLS = 1_000;

  /** The same of the rings: a round trip takes milliseconds when both threads share a core. */
  static final int RING_CALLS = 20;

  /** The kernel. */
  @State(Scope.Thread)
  public static class Kernel {
    private final LocalCall ipc = new LocalCall();
  }

  /** The rings. */
  @State(Scope.Thread)
  public static class Rings {
    private final RingPeer peer = new RingPeer();

    /** Ends the other thread. */
    @TearDown
    public void end() throws InterruptedException {
      peer.end();
    }
  }

  /** A service behind an interface. */
  @State(Scope.Thread)
  public static class Plain {
    private final PlainService service = new PlainService();
    private long number;
  }

  /** Atoll: request and answer through mailbox, privileges, run token and reply slot. */
  @Benchmark
  public long atoll(Kernel kernel) {
    return kernel.ipc.call(CALLS);
  }

  /** A method of an interface, found by an exhaustive switch. */
  @Benchmark
  public long plainCall(Plain plain) {
    for (int i = 0; i < CALLS; i++) {
      plain.number = dispatch(plain.service, Kind.NEXT, plain.number);
    }
    return plain.number;
  }

  /** Raw Disruptor rings between two threads. */
  @Benchmark
  public long disruptor(Rings rings) throws Exception {
    return rings.peer.call(RING_CALLS);
  }

  enum Kind {
    SAME,
    NEXT,
    NEGATED,
    SQUARED
  }

  interface Service {
    long same(long number);

    long next(long number);

    long negated(long number);

    long squared(long number);
  }

  private static final class PlainService implements Service {
    @Override
    public long same(long number) {
      return number;
    }

    @Override
    public long next(long number) {
      return NullServer.next(number);
    }

    @Override
    public long negated(long number) {
      return -number;
    }

    @Override
    public long squared(long number) {
      return number * number;
    }
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static long dispatch(Service service, Kind kind, long number) {
    return switch (kind) {
      case SAME -> service.same(number);
      case NEXT -> service.next(number);
      case NEGATED -> service.negated(number);
      case SQUARED -> service.squared(number);
    };
  }
}
