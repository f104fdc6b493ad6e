package org.atoll.drivers.net.netty;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.atoll.hypercall.Network;
import org.jspecify.annotations.Nullable;

/** A published port for connections: those that arrived and were not taken. */
final class ListenerHandle implements OpenHandle {

  private final Marks marks;
  private final long handle;
  private final ArrayDeque<Arrival> arrived = new ArrayDeque<>();
  private @Nullable Channel channel;

  /** A connection that arrived. */
  record Arrival(Channel channel, StreamHandle stream) {}

  ListenerHandle(Marks marks, long handle) {
    this.marks = marks;
    this.handle = handle;
  }

  /** It listens. */
  void opened(Channel by) {
    channel = by;
  }

  void add(Arrival arrival) {
    arrived.addLast(arrival);
    marks.mark(handle);
  }

  /** The one that waits longest; null when none does: then the host is asked for more. */
  @Nullable Arrival take() {
    Arrival first = arrived.pollFirst();
    Channel by = channel;
    if (first == null && by != null) {
      by.read();
    }
    return first;
  }

  @Override
  public void close(int how) {
    arrived.forEach(arrival -> arrival.stream().close(Network.RESET));
    arrived.clear();
    Channel by = channel;
    if (by != null) {
      var _ = by.close();
    }
  }
}
