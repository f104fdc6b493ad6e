package org.atoll.boot;

/** Another node's observer of messages: tells node 0 of each, on standard output. */
public final class PipedCapture implements Observer {

  private final TraceFilter filter;
  private final boolean hypercalls;
  private final NodeZero nodeZero = new NodeZero();

  /** Tells of what the filter lets through. */
  public PipedCapture(TraceFilter filter, boolean hypercalls) {
    this.filter = filter;
    this.hypercalls = hypercalls;
  }

  @Override
  public Looking looking() {
    return FrameWatch.of(filter, hypercalls, packet -> nodeZero.tell(packet.encode()));
  }
}
