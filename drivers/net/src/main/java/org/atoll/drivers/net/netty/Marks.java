package org.atoll.drivers.net.netty;

import java.util.Iterator;
import java.util.LinkedHashSet;
import org.atoll.hypercall.EventChannel;

/** The handles at which something happened since they were last told. Owner: the loop's thread. */
final class Marks {

  private final LinkedHashSet<Long> marked = new LinkedHashSet<>();
  private EventChannel channel = () -> {};

  /** Names who is told of a first one. */
  void channel(EventChannel to) {
    channel = to;
  }

  /** Something happened there; 0 is no handle. */
  void mark(long handle) {
    if (handle != 0 && marked.add(handle) && marked.size() == 1) {
      channel.raise();
    }
  }

  void forget(long handle) {
    marked.remove(handle);
  }

  void raise() {
    channel.raise();
  }

  /** Takes out as many as there is room for. */
  int take(long[] handles) {
    int count = 0;
    Iterator<Long> each = marked.iterator();
    while (count < handles.length && each.hasNext()) {
      handles[count++] = each.next();
      each.remove();
    }
    return count;
  }
}
