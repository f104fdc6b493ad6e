package org.atoll.boot;

import java.util.function.Consumer;
import org.atoll.kernel.FrameTracer;
import org.atoll.kernel.Tracer;

/** What captures the messages of one node: a filter, then names, then frames. */
final class FrameWatch {

  private FrameWatch() {}

  static Observer.Looking of(TraceFilter filter, boolean hypercalls, Consumer<Captured> packets) {
    FrameTracer frames =
        new FrameTracer(
            (at, frame, leftOut) ->
                packets.accept(new Captured(at.nanos(), at.node(), frame, leftOut)),
            hypercalls);
    CaptureNames names = new CaptureNames(frames);
    Tracer tracer = new NamingTracer(frames, names);
    return new Observer.Looking(
        filter.all() ? tracer : new FilteredTracer(tracer, filter, names), names);
  }
}
