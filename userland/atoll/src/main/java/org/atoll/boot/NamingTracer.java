package org.atoll.boot;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.atoll.kernel.FrameTracer;
import org.atoll.kernel.Node;
import org.atoll.kernel.Tracer;

/** Captures frames, each behind the names of its tasks. */
final class NamingTracer implements Tracer {

  private final FrameTracer frames;
  private final CaptureNames names;

  NamingTracer(FrameTracer frames, CaptureNames names) {
    this.frames = frames;
    this.names = names;
  }

  @Override
  public void attach(Node node) {
    names.attach(node);
  }

  @Override
  public void request(Moment at, int from, int to, long request, Message m, int in, int out) {
    names.met(at, from, to);
    frames.request(at, from, to, request, m, in, out);
  }

  @Override
  public void answer(Moment at, int from, int to, long request, Message m, int outBytes) {
    names.met(at, from, to);
    frames.answer(at, from, to, request, m, outBytes);
  }

  @Override
  public void message(Moment at, int from, int to, Message m) {
    names.met(at, from, to);
    frames.message(at, from, to, m);
  }

  @Override
  public void notified(Moment at, int from, int to) {
    names.met(at, from, to);
    frames.notified(at, from, to);
  }

  @Override
  public void alarm(Moment at, int task, long tag) {
    names.met(at, task, Endpoint.NONE);
    frames.alarm(at, task, tag);
  }

  @Override
  public void cancel(Moment at, int from, int to, long request) {
    names.met(at, from, to);
    frames.cancel(at, from, to, request);
  }

  @Override
  public void hypercall(Moment at, Caller by, Hypercall call, long argument, long result) {
    frames.hypercall(at, by, call, argument, result);
  }
}
