package org.atoll.servers.net;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/** What came to a socket and is not read yet: segments, and their bytes in a ring. */
final class ReceiveQueue {

  private final ArrayDeque<Segment> segments = new ArrayDeque<>();

  /** Null as long as nothing ever came. */
  private @Nullable Ring ring;

  private int cost;

  private long arrivals;

  /** How often something came. */
  long arrivals() {
    return arrivals;
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  int messages() {
    return segments.size();
  }

  int bytes() {
    return ring == null ? 0 : ring.count();
  }

  /** What its messages take of a buffer's size. */
  int cost() {
    return cost;
  }

  /** The oldest segment; there is one. */
  Segment first() {
    return segments.getFirst();
  }

  // ---- in

  /** Takes bytes of a stream; how many, or a negated errno when none. */
  int append(KernelCalls kernel, long request, int offset, int bytes, Segment as) {
    int taken = ring().fill(kernel, request, offset, bytes);
    if (taken <= 0) {
      return taken;
    }
    arrivals++;
    Segment last = segments.peekLast();
    if (last != null && as.rights == 0 && isOfTheSame(last, as)) {
      last.bytes += taken;
    } else {
      as.bytes = taken;
      segments.addLast(as);
    }
    return taken;
  }

  private static boolean isOfTheSame(Segment last, Segment next) {
    return last.rights == 0
        && last.pid == next.pid
        && last.ids == next.ids
        && Arrays.equals(last.from, next.from);
  }

  /** Takes a message as a whole; its bytes, or a negated errno. */
  int add(KernelCalls kernel, long request, int offset, Segment message) {
    return added(ring().fill(kernel, request, offset, message.bytes), message);
  }

  /** The same with what was gathered of the message before. */
  int add(KernelCalls kernel, @Nullable Ring before, long request, int offset, Segment message) {
    int first = before == null ? 0 : ring().fill(kernel, before);
    if (first < 0) {
      return added(first, message);
    }
    int left = message.bytes - first;
    int rest = left == 0 ? 0 : ring().fill(kernel, request, offset, left);
    if (rest < 0) {
      ring().takeBack(first);
    }
    return added(rest < 0 ? rest : first + rest, message);
  }

  /** Whether there is a place for so many bytes. */
  boolean hasPlace(int bytes) {
    return ring == null || ring.room() >= bytes;
  }

  /** The oldest message is copied to another ring, from a byte on; 0 or a negated errno. */
  int copyRest(KernelCalls kernel, Ring to, int from) {
    return ring().copyTo(kernel, to, from, segments.getFirst().bytes - from);
  }

  /** Takes a message that the server has made; its bytes, or a negated errno. */
  int add(KernelCalls kernel, byte[] bytes, Segment message) {
    return added(ring().fill(kernel, bytes, bytes.length), message);
  }

  private int added(int taken, Segment message) {
    if (taken < message.bytes) {
      ring().takeBack(Math.max(0, taken));
      return Math.min(taken, -1);
    }
    arrivals++;
    segments.addLast(message);
    cost += message.cost();
    return taken;
  }

  private Ring ring() {
    Ring known = ring;
    if (known == null) {
      known = new Ring();
      ring = known;
    }
    return known;
  }

  // ---- out

  /** Copies out, from a position on; nothing goes. Bytes, or a negated errno. */
  int look(KernelCalls kernel, long request, int offset, int from, int bytes) {
    return bytes == 0 ? 0 : ring().look(kernel, request, offset, from, bytes);
  }

  /** The first bytes of the oldest segment of a stream are read; it goes when it is empty. */
  void read(KernelCalls kernel, int bytes) {
    Segment first = segments.getFirst();
    ring().drop(kernel, bytes);
    first.bytes -= bytes;
    if (first.bytes == 0) {
      segments.removeFirst();
    }
  }

  /** The oldest message goes. */
  void removeMessage(KernelCalls kernel) {
    Segment first = segments.removeFirst();
    cost -= first.cost();
    ring().drop(kernel, first.bytes);
  }

  // ---- lent to the net driver

  /** Lets the driver read the first bytes; 0 or a negated errno. */
  int lendFilled(KernelCalls kernel, int driver, long[] spans, int most) {
    return ring().lend(kernel, driver, spans, most, 0, bytes());
  }

  /** Lets the driver write behind the last byte; 0 or a negated errno. */
  int lendRoom(KernelCalls kernel, int driver, long[] spans, int most, int bytes) {
    return ring().lend(kernel, driver, spans, most, bytes(), bytes);
  }

  /** Whether the driver writes behind the last byte. */
  void lent(boolean now) {
    ring().lent(now);
  }

  /** Bytes that the driver has put behind the last one. */
  void appended(KernelCalls kernel, int bytes) {
    ring().filled(kernel, bytes);
    Segment last = segments.peekLast();
    if (last != null && bytes > 0) {
      last.bytes += bytes;
    } else if (bytes > 0) {
      segments.addLast(new Segment(bytes, new byte[0], 0, 0, -1));
    }
  }

  /** The first bytes are read, whoever sent them. */
  void readOver(KernelCalls kernel, int bytes) {
    int left = bytes;
    while (left > 0) {
      int piece = Math.min(left, segments.getFirst().bytes);
      read(kernel, piece);
      left -= piece;
    }
  }

  /** The segments from the oldest on. */
  Iterable<Segment> all() {
    return segments;
  }

  /** Everything goes. */
  void clear(KernelCalls kernel) {
    segments.clear();
    cost = 0;
    if (ring != null) {
      ring.release(kernel);
    }
  }

  void save(StateWriter out) {
    out.writeBoolean(ring != null);
    if (ring != null) {
      ring.save(out);
    }
    out.writeLong(arrivals).writeInt(cost).writeInt(segments.size());
    segments.forEach(segment -> segment.save(out));
  }

  void load(StateReader in) {
    if (in.readBoolean()) {
      ring().load(in);
    }
    arrivals = in.readLong();
    cost = in.readInt();
    for (int left = in.readCount(32); left > 0; left--) {
      segments.addLast(Segment.load(in));
    }
  }
}
