package org.atoll.servers.net;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.OutsideProtocol;

/**
 * Bytes on their way to a reader, in a ring of frames. Frames are taken when bytes reach them and
 * given back when the ring is empty, but for the first.
 */
final class Ring {

  private static final int PAGE = Limits.PAGE_BYTES;
  private static final int NONE = -1;
  private static final int CAPACITY = (Limits.SOCKET_BYTES_MAX + 2 * PAGE) / PAGE * PAGE;

  /** Frames of the ring, {@link #NONE} where none is needed. */
  private final int[] frames = new int[CAPACITY / PAGE];

  private int start;
  private int count;

  /** Bytes behind the last are being written by somebody else: the ring stays where it is. */
  private boolean lent;

  Ring() {
    Arrays.fill(frames, NONE);
  }

  int count() {
    return count;
  }

  int room() {
    return CAPACITY - count;
  }

  /** Takes bytes of a request's in-buffer; how many, or a negated errno when none. */
  int fill(KernelCalls kernel, long request, int offset, int bytes) {
    int done = 0;
    int most = Math.min(bytes, room());
    while (done < most) {
      int at = (start + count) % CAPACITY;
      int within = at % PAGE;
      int piece = Math.min(most - done, PAGE - within);
      int frame = frameAt(kernel, at / PAGE);
      int copied =
          frame < 0 ? frame : kernel.copyInToFrame(request, offset + done, frame, within, piece);
      if (copied < 0) {
        return done > 0 ? done : copied;
      }
      done += piece;
      count += piece;
    }
    return done;
  }

  /** Takes bytes of the server's own; how many, or a negated errno when none. */
  int fill(KernelCalls kernel, byte[] bytes, int wanted) {
    int done = 0;
    int most = Math.min(wanted, room());
    while (done < most) {
      int at = (start + count) % CAPACITY;
      int piece = Math.min(most - done, PAGE - at % PAGE);
      int frame = frameAt(kernel, at / PAGE);
      if (frame < 0) {
        return done > 0 ? done : frame;
      }
      kernel.frameWrite(frame, at % PAGE, bytes, done, piece);
      done += piece;
      count += piece;
    }
    return done;
  }

  /** Takes the bytes of another ring, which keeps them; how many, or a negated errno when none. */
  int fill(KernelCalls kernel, Ring other) {
    int done = 0;
    int most = Math.min(other.count, room());
    while (done < most) {
      int to = (start + count) % CAPACITY;
      int from = (other.start + done) % CAPACITY;
      int piece = Math.min(most - done, PAGE - Math.max(to % PAGE, from % PAGE));
      int frame = frameAt(kernel, to / PAGE);
      if (frame < 0) {
        return done > 0 ? done : frame;
      }
      kernel.frameCopy(other.frames[from / PAGE], from % PAGE, frame, to % PAGE, piece);
      done += piece;
      count += piece;
    }
    return done;
  }

  /** Copies bytes from a position on to another ring; 0 or a negated errno. */
  int copyTo(KernelCalls kernel, Ring to, int from, int bytes) {
    byte[] page = new byte[PAGE];
    int done = 0;
    while (done < bytes) {
      int at = (start + from + done) % CAPACITY;
      int piece = Math.min(bytes - done, PAGE - at % PAGE);
      kernel.frameRead(frames[at / PAGE], at % PAGE, page, 0, piece);
      int taken = to.fill(kernel, page, piece);
      if (taken < piece) {
        return Math.min(taken, -Errno.ENOMEM);
      }
      done += piece;
    }
    return 0;
  }

  /** Copies the first bytes out, and leaves them here. */
  void read(KernelCalls kernel, byte[] target, int bytes) {
    int done = 0;
    while (done < bytes) {
      int at = (start + done) % CAPACITY;
      int piece = Math.min(bytes - done, PAGE - at % PAGE);
      kernel.frameRead(frames[at / PAGE], at % PAGE, target, done, piece);
      done += piece;
    }
  }

  private int frameAt(KernelCalls kernel, int index) {
    if (frames[index] == NONE) {
      int frame = kernel.frameAllocate();
      if (frame < 0) {
        return frame;
      }
      frames[index] = frame;
    }
    return frames[index];
  }

  /**
   * Copies bytes from {@code from} on into a request's out-buffer, and leaves them here; how many,
   * or a negated errno when none.
   */
  int look(KernelCalls kernel, long request, int offset, int from, int bytes) {
    int done = 0;
    int most = Math.min(bytes, count - from);
    while (done < most) {
      int at = (start + from + done) % CAPACITY;
      int within = at % PAGE;
      int piece = Math.min(most - done, PAGE - within);
      int copied =
          kernel.copyOutFromFrame(request, offset + done, frames[at / PAGE], within, piece);
      if (copied < 0) {
        return done > 0 ? done : copied;
      }
      done += piece;
    }
    return done;
  }

  /** The first bytes go. */
  void drop(KernelCalls kernel, int bytes) {
    if (lent) {
      releasePassed(kernel, bytes);
    }
    count -= bytes;
    start = (start + bytes) % CAPACITY;
    rewind(kernel);
  }

  private void rewind(KernelCalls kernel) {
    if (count == 0 && !lent) {
      start = 0;
      release(kernel, 1);
    }
  }

  /** Frames that lie wholly before the next byte; a ring is never so full that it meets itself. */
  private void releasePassed(KernelCalls kernel, int bytes) {
    for (int page = start / PAGE; page < (start + bytes) / PAGE; page++) {
      release(kernel, page % frames.length, page % frames.length + 1);
    }
  }

  // ---- lent to who reads and writes by itself

  /** Somebody else writes behind the last byte from now on, or has done so. */
  void lent(boolean now) {
    lent = now;
  }

  /** Lets another task read or write bytes from a position on, as spans; 0 or a negated errno. */
  int lend(KernelCalls kernel, int grantee, long[] spans, int most, int from, int bytes) {
    int done = 0;
    for (int i = 0; i < most && done < bytes; i++) {
      int at = (start + from + done) % CAPACITY;
      int within = at % PAGE;
      int piece = Math.min(bytes - done, PAGE - within);
      int right = from < count ? KernelCalls.GRANT_READ : KernelCalls.GRANT_WRITE;
      int frame = frameAt(kernel, at / PAGE);
      int grant = frame < 0 ? frame : kernel.grantFrame(grantee, frame, within, piece, right);
      if (grant < 0) {
        return done > 0 ? 0 : grant;
      }
      spans[i] = OutsideProtocol.span(grant, 0, piece);
      done += piece;
    }
    return 0;
  }

  /** Bytes that were written into what was lent. */
  void filled(KernelCalls kernel, int bytes) {
    count += bytes;
    rewind(kernel);
  }

  /** The last bytes go: a message that could not be taken as a whole. */
  void takeBack(int bytes) {
    count -= bytes;
  }

  /** All frames go. */
  void release(KernelCalls kernel) {
    count = 0;
    start = 0;
    release(kernel, 0);
  }

  private void release(KernelCalls kernel, int first) {
    release(kernel, first, frames.length);
  }

  private void release(KernelCalls kernel, int first, int end) {
    for (int i = first; i < end; i++) {
      if (frames[i] != NONE) {
        kernel.frameRelease(frames[i]);
        frames[i] = NONE;
      }
    }
  }

  void save(StateWriter out) {
    out.writeInt(start).writeInt(count).writeBoolean(lent);
    for (int frame : frames) {
      out.writeInt(frame);
    }
  }

  void load(StateReader in) {
    start = in.readInt();
    count = in.readInt();
    lent = in.readBoolean();
    for (int i = 0; i < frames.length; i++) {
      frames[i] = in.readInt();
    }
  }
}
