package org.atoll.drivers.link.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The frames that were committed and not yet acknowledged, one behind the other in a ring of bytes,
 * from which they are sent, and sent again.
 *
 * <p>Positions only grow; a position's place is its remainder by the capacity, a power of two. A
 * frame that does not fit before the end of the ring begins at its start, and leaves a gap. An
 * empty ring begins again at its start, so that a link with little under way stays within few cache
 * lines.
 *
 * <p>Invariant: {@code head <= next <= tail}, {@code tail - head <= capacity}. Bytes between head
 * and tail do not change, so who sends them need not copy them.
 */
final class SentFrames {

  private static final int START_BYTES = 16 * 1024;
  private static final long NO_GAP = -1;

  private final IntFunction<ByteBuffer> memory;
  private final int most;
  private ByteBuffer ring;

  /** Shows a claimed frame, or one that is sent; the same object each time. */
  private ByteBuffer view;

  private long head;
  private long next;
  private long tail;
  private long gapStart = NO_GAP;
  private long gapEnd = NO_GAP;

  /** The number of the frame at the head: all before it were acknowledged. */
  private int first;

  /** Frames between head and tail. */
  private int count;

  private long claimedAt;
  private int claimedBytes;

  /**
   * No frames.
   *
   * @param most bytes, a power of two
   * @param memory makes the buffers
   */
  SentFrames(int most, IntFunction<ByteBuffer> memory) {
    this.most = most;
    this.memory = memory;
    ring = memory.apply(START_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    view = ring.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Room for a frame; the last claim that was not committed is void.
   *
   * @param credit bytes that may be unacknowledged, this frame included
   * @return the bytes behind its head, or null when there is no room
   */
  @Nullable ByteBuffer claim(int bytes, int credit) {
    int needed = FrameHead.BYTES + bytes;
    if (tail - head + needed > credit) {
      return null;
    }
    while (!place(needed)) {
      if (ring.capacity() == most) {
        return null;
      }
      grow();
    }
    claimedBytes = needed;
    int at = placeOf(claimedAt) + FrameHead.BYTES;
    return view.clear().limit(at + bytes).position(at);
  }

  private boolean place(int needed) {
    if (head == tail) {
      head = 0;
      next = 0;
      tail = 0;
      gapStart = NO_GAP;
    }
    int at = placeOf(tail);
    claimedAt = at + needed > ring.capacity() ? tail + ring.capacity() - at : tail;
    return claimedAt + needed - head <= ring.capacity();
  }

  /** The frame that was claimed is complete; returns its bytes, without the head. */
  int commit(int flags, int received) {
    if (claimedBytes == 0) {
      throw new IllegalStateException("commit without claim");
    }
    int at = placeOf(claimedAt);
    FrameHead.write(ring, at, claimedBytes - FrameHead.BYTES | flags, first + count, received);
    if (claimedAt != tail) {
      gapStart = tail;
      gapEnd = claimedAt;
    }
    int bytes = claimedBytes - FrameHead.BYTES;
    tail = claimedAt + claimedBytes;
    claimedBytes = 0;
    count++;
    return bytes;
  }

  /** Whether a node that says that it has received so many frames can be right. */
  boolean possible(int received) {
    int fresh = received - first;
    return fresh >= 0 && fresh <= count;
  }

  /** Whether a node that says so has said more before, as a frame says that is sent again. */
  boolean old(int received) {
    return received - first < 0;
  }

  /** Forgets the frames before that number, which is a possible one. */
  void acknowledge(int received) {
    while (first != received) {
      head = over(head);
      head += FrameHead.wholeBytes(FrameHead.length(ring, placeOf(head)));
      first++;
      count--;
    }
    next = Math.max(next, head);
  }

  /** All that is here is to be sent again. */
  void rewind() {
    next = head;
  }

  /** Whether something is to be sent. */
  boolean unsent() {
    return next < tail;
  }

  /** The number before which all were acknowledged. */
  int acknowledged() {
    return first;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Bytes between head and tail. */
  long bytes() {
    return tail - head;
  }

  /** Where in the memory the bytes begin that are to be sent next. */
  int unsentAt() {
    next = over(next);
    return placeOf(next);
  }

  /** How many bytes are to be sent from there; whole frames. */
  int unsentBytes() {
    next = over(next);
    long behind = (next < gapStart ? gapStart : tail) - next;
    return (int) Math.min(behind, ring.capacity() - placeOf(next));
  }

  /** They are sent. */
  void sent(int bytes) {
    next += bytes;
  }

  /** The next frame to be sent, with its head, which is sent now. */
  ByteBuffer sendOne() {
    int at = unsentAt();
    int whole = FrameHead.wholeBytes(ring.getInt(at));
    next += whole;
    return view.clear().limit(at + whole).position(at);
  }

  private long over(long position) {
    return position == gapStart ? gapEnd : position;
  }

  private int placeOf(long position) {
    return (int) position & ring.capacity() - 1;
  }

  private void grow() {
    ByteBuffer larger = memory.apply(2 * ring.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    next = withoutGap(next);
    if (gapStart >= head) {
      copy(head, gapStart, larger);
      copy(gapEnd, tail, larger);
    } else {
      copy(head, tail, larger);
    }
    head = 0;
    tail = larger.position();
    gapStart = NO_GAP;
    ring = larger.clear();
    view = ring.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private long withoutGap(long position) {
    boolean behind = gapStart >= head && position > gapStart;
    return position - head - (behind ? gapEnd - gapStart : 0);
  }

  private void copy(long from, long until, ByteBuffer to) {
    int at = placeOf(from);
    to.put(view.clear().limit(at + (int) (until - from)).position(at));
  }
}
