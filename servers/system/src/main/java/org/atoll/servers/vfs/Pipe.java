package org.atoll.servers.vfs;

import java.util.Arrays;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * A ring of bytes in frames, with its ends and who waits at them. Frames are taken when bytes reach
 * them; an empty ring starts again at its first frame, so that a small pipe needs one.
 */
final class Pipe {

  private static final int PAGE = Limits.PAGE_BYTES;
  private static final int NONE = -1;

  final long id;

  /** Frames of the ring, {@link #NONE} where none was needed yet. */
  private int[] frames = new int[Limits.PIPE_BYTES / PAGE];

  private int start;
  private int count;

  /** Who made it, if it has no name. */
  int uid;

  int gid;

  /** Open file descriptions that can read, and how many there ever were. */
  int readers;

  int readersEver;

  /** Open file descriptions that can write, and how many there ever were. */
  int writers;

  int writersEver;

  final LongQueue waitingReaders = new LongQueue();
  final LongQueue waitingWriters = new LongQueue();
  final LongQueue waitingOpeners = new LongQueue();
  final Watchers watchers = new Watchers();

  /** What it may be ready for that it was not: events that its watchers are to be told. */
  private int news;

  Pipe(long id) {
    this.id = id;
    Arrays.fill(frames, NONE);
  }

  int count() {
    return count;
  }

  int capacity() {
    return frames.length * PAGE;
  }

  int room() {
    return capacity() - count;
  }

  /** Room for a write that must go in as a whole (POLLOUT). */
  boolean hasRoom() {
    return room() >= Limits.PIPE_ATOMIC_BYTES;
  }

  /** Takes bytes of a request's in-buffer; how many, or a negated errno when none. */
  int fill(KernelCalls kernel, long request, int offset, int bytes) {
    int done = 0;
    int most = Math.min(bytes, room());
    while (done < most) {
      int at = (start + count) % capacity();
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
      news |= Readiness.READABLE;
    }
    return done;
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

  /** Gives bytes to a request's out-buffer; how many, or a negated errno when none. */
  int drain(KernelCalls kernel, long request, int bytes) {
    int done = 0;
    boolean full = !hasRoom();
    int most = Math.min(bytes, count);
    while (done < most) {
      int within = start % PAGE;
      int piece = Math.min(most - done, PAGE - within);
      int copied = kernel.copyOutFromFrame(request, done, frames[start / PAGE], within, piece);
      if (copied < 0) {
        return done > 0 ? done : copied;
      }
      done += piece;
      count -= piece;
      start = count == 0 ? 0 : (start + piece) % capacity();
    }
    boolean told = full && hasRoom() || !watchers.signals.isEmpty();
    news |= told ? Readiness.WRITABLE : 0;
    return done;
  }

  /** An end came or went. */
  void endsChanged() {
    news = watchers.isEmpty() ? 0 : Readiness.ALL;
  }

  /** The events that its watchers are to be told now. */
  int takeNews() {
    int events = news;
    news = 0;
    return events;
  }

  /** Another number of pages, at least what the bytes need. False: no frames. */
  boolean resize(KernelCalls kernel, int pages) {
    int[] fresh = new int[pages];
    Arrays.fill(fresh, NONE);
    for (int done = 0; done < count; ) {
      int at = (start + done) % capacity();
      int piece = Math.min(count - done, Math.min(PAGE - at % PAGE, PAGE - done % PAGE));
      if (fresh[done / PAGE] == NONE) {
        fresh[done / PAGE] = kernel.frameAllocate();
        if (fresh[done / PAGE] < 0) {
          release(kernel, fresh);
          return false;
        }
      }
      kernel.frameCopy(frames[at / PAGE], at % PAGE, fresh[done / PAGE], done % PAGE, piece);
      done += piece;
    }
    release(kernel, frames);
    frames = fresh;
    start = 0;
    news |= hasRoom() ? Readiness.WRITABLE : 0;
    return true;
  }

  /** Gives its frames back. */
  void release(KernelCalls kernel) {
    release(kernel, frames);
    Arrays.fill(frames, NONE);
  }

  private static void release(KernelCalls kernel, int[] frames) {
    for (int frame : frames) {
      if (frame >= 0) {
        kernel.frameRelease(frame);
      }
    }
  }

  void save(StateWriter out) {
    out.writeLong(id).writeInt(frames.length);
    for (int frame : frames) {
      out.writeInt(frame);
    }
    out.writeInt(start).writeInt(count).writeInt(readers).writeInt(readersEver);
    out.writeInt(writers).writeInt(writersEver).writeInt(uid).writeInt(gid);
    waitingReaders.save(out);
    waitingWriters.save(out);
    waitingOpeners.save(out);
    watchers.save(out);
  }

  static Pipe load(StateReader in) {
    Pipe pipe = new Pipe(in.readLong());
    pipe.frames = new int[in.readInt()];
    for (int i = 0; i < pipe.frames.length; i++) {
      pipe.frames[i] = in.readInt();
    }
    pipe.start = in.readInt();
    pipe.count = in.readInt();
    pipe.readers = in.readInt();
    pipe.readersEver = in.readInt();
    pipe.writers = in.readInt();
    pipe.writersEver = in.readInt();
    pipe.uid = in.readInt();
    pipe.gid = in.readInt();
    pipe.waitingReaders.load(in);
    pipe.waitingWriters.load(in);
    pipe.waitingOpeners.load(in);
    pipe.watchers.load(in);
    return pipe;
  }
}
