package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The frame of a request, written and read again with all checks, beside copying as many bytes. In
 * the kernel's package, for the format is the kernel's own affair.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class FrameCodecBenchmark {

  /** Frames of an invocation. */
  public static final int FRAMES = 1_000;

  private static final int CALLER = 1;
  private static final int CALLEE = 2;

  private final ByteBuffer wire = buffer();
  private final ByteBuffer copy = buffer();
  private final Frame written = new Frame();
  private final Frame read = new Frame();
  private int call;

  private static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(Frame.HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Write, read, check. */
  @Benchmark
  public long atoll() {
    long last = 0;
    for (int i = 0; i < FRAMES; i++) {
      last = thereAndBack();
    }
    return last;
  }

  private long thereAndBack() {
    call = call + 1 & Integer.MAX_VALUE | 1;
    written.set(Frame.REQUEST, CALLEE, CallRecord.token(CALLER, call));
    written.message.set(7, call, 1, 2, 3, 4, 5, 6);
    written.message.source = CALLER;
    written.writeHead(wire.clear());
    String wrong = read.readHead(wire.flip());
    if (wrong != null || read.message.w0 != call) {
      throw new IllegalStateException("a frame came back otherwise: " + wrong);
    }
    return read.request;
  }

  /** As many bytes, there and back. */
  @Benchmark
  public long copy() {
    for (int i = 0; i < FRAMES; i++) {
      wire.putInt(0, wire.getInt(0) + 1);
      copy.put(0, wire, 0, Frame.HEAD_BYTES);
      wire.put(0, copy, 0, Frame.HEAD_BYTES);
    }
    return wire.getInt(0);
  }
}
