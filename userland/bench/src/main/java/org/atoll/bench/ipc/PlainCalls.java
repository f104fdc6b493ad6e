package org.atoll.bench.ipc;

/**
 * A method behind an interface, found by an exhaustive switch, that makes of a number what the
 * measured server does: a call without a kernel.
 */
final class PlainCalls implements Subject {

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

  private static final class Numbers implements Service {
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

  private static final int BATCH = 1_000;
  private final Service service = new Numbers();
  private long number;

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void run(double[] nanos) {
    for (int i = 0; i < nanos.length; i++) {
      long before = System.nanoTime();
      for (int call = 0; call < BATCH; call++) {
        // Which one is known only as it is called, as that of a message.
        number = dispatch(service, number == -1 ? Kind.SAME : Kind.NEXT, number);
      }
      nanos[i] = (double) (System.nanoTime() - before) / BATCH;
    }
  }

  private static long dispatch(Service service, Kind kind, long number) {
    return switch (kind) {
      case SAME -> service.same(number);
      case NEXT -> service.next(number);
      case NEGATED -> service.negated(number);
      case SQUARED -> service.squared(number);
    };
  }

  @Override
  public Counters counters() {
    return Counters.ofThisThread();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
