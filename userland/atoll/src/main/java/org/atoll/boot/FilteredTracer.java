package org.atoll.boot;

import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.protocol.Protocols;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.atoll.kernel.Node;
import org.atoll.kernel.Tracer;

/** Shows another tracer what a {@link TraceFilter} lets through. */
final class FilteredTracer implements Tracer {

  /** No type: what is no call. */
  private static final int NONE = 0;

  private final Tracer next;
  private final TraceFilter filter;
  private final TaskNames names;

  FilteredTracer(Tracer next, TraceFilter filter, TaskNames names) {
    this.next = next;
    this.filter = filter;
    this.names = names;
  }

  @Override
  public void attach(Node node) {
    names.attach(node);
    next.attach(node);
  }

  private boolean shows(Moment at, int from, int to, int type) {
    return (filter.nodes().isEmpty() || filter.nodes().contains(at.node()))
        && (filter.calls().isEmpty() || called(type))
        && (filter.servers().isEmpty() || named(from) || named(to))
        && (filter.pids().isEmpty() || numbered(from) || numbered(to));
  }

  private boolean called(int type) {
    ProtocolCall call = Protocols.byNumber(type & ~Message.ANSWER);
    return call != null && filter.calls().contains(call.name());
  }

  private boolean named(int task) {
    return filter.servers().contains(names.name(task));
  }

  private boolean numbered(int task) {
    TaskNames.Process process = names.process(task);
    return process != null && filter.pids().contains(process.pid());
  }

  @Override
  public void request(
      Moment at, int from, int to, long request, Message m, int inBytes, int outBytes) {
    if (shows(at, from, to, m.type)) {
      next.request(at, from, to, request, m, inBytes, outBytes);
    }
  }

  @Override
  public void answer(Moment at, int from, int to, long request, Message m, int outBytes) {
    if (shows(at, from, to, m.type)) {
      next.answer(at, from, to, request, m, outBytes);
    }
  }

  @Override
  public void message(Moment at, int from, int to, Message m) {
    if (shows(at, from, to, m.type)) {
      next.message(at, from, to, m);
    }
  }

  @Override
  public void notified(Moment at, int from, int to) {
    if (shows(at, from, to, NONE)) {
      next.notified(at, from, to);
    }
  }

  @Override
  public void alarm(Moment at, int task, long tag) {
    if (shows(at, task, task, NONE)) {
      next.alarm(at, task, tag);
    }
  }

  @Override
  public void cancel(Moment at, int from, int to, long request) {
    if (shows(at, from, to, NONE)) {
      next.cancel(at, from, to, request);
    }
  }

  @Override
  public void hypercall(Moment at, Caller by, Hypercall call, long argument, long result) {
    String name = by.name().replaceFirst(".*\\((.*)\\)", "$1");
    if ((filter.nodes().isEmpty() || filter.nodes().contains(at.node()))
        && (filter.calls().isEmpty() || filter.calls().contains(call.name()))
        && (filter.servers().isEmpty() || filter.servers().contains(name))
        && filter.pids().isEmpty()) {
      next.hypercall(at, by, call, argument, result);
    }
  }
}
