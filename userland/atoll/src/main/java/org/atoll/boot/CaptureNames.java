package org.atoll.boot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.atoll.abi.Endpoint;
import org.atoll.kernel.FrameTracer;
import org.atoll.kernel.Tracer;

/**
 * Puts the name of a task into a capture when it is first met on a node, and again when a process
 * runs another program.
 */
final class CaptureNames extends TaskNames {

  private final FrameTracer capture;
  private final Map<Integer, String> told = new ConcurrentHashMap<>();
  private volatile Tracer.Moment last = new Tracer.Moment(0, 0);

  CaptureNames(FrameTracer capture) {
    this.capture = capture;
  }

  @Override
  public void process(int endpoint, int pid, String program) {
    super.process(endpoint, pid, program);
    tell(last, endpoint);
  }

  /** A frame of these tasks follows. */
  void met(Tracer.Moment at, int one, int other) {
    last = at;
    if (one != Endpoint.NONE) {
      tell(at, one);
    }
    if (other != Endpoint.NONE) {
      tell(at, other);
    }
  }

  private void tell(Tracer.Moment at, int endpoint) {
    Process process = process(endpoint);
    String task =
        process == null || process.program().isEmpty() ? name(endpoint) : process.program();
    String name = process == null ? task : task + " (pid " + process.pid() + ")";
    if (!name.equals(told.put(endpoint, name))) {
      capture.name(at, endpoint, process == null ? 0 : process.pid(), name);
    }
  }
}
