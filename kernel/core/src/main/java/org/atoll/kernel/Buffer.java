package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * One side of a call's implicit grant: where its in-buffer or out-buffer really is. Copies go there
 * directly; every range is checked.
 *
 * <p>Owner: set by the caller in its turn; used by the task that serves the call.
 */
final class Buffer {

  /** What holds the bytes. */
  enum Storage {
    NONE,
    /** Bytes that the kernel keeps while the call lasts. */
    STAGED,
    /** A process's memory. */
    SPACE,
    /** A frame, of which the call holds a reference. */
    FRAME,
    /** Part of a buffer of a request that the caller itself serves. */
    LENT
  }

  private static final byte[] NOTHING = {};

  private final Frames frames;

  private final Staging staging;

  private Storage storage = Storage.NONE;
  private byte[] staged = NOTHING;

  /** Of the staging place, only what was {@linkplain #wrote written} is this call's. */
  private boolean partly;

  private @Nullable AddressSpace space;
  private int frame;
  private @Nullable Buffer lender;
  private @Nullable CallRecord lenderCall;
  private int lenderCaller;
  private long lenderState;
  private long base;
  private int length;

  /** Range that was written, for the journey back to another node; empty when low is high. */
  private int low;

  private int high;

  Buffer(Frames frames, Staging staging) {
    this.frames = frames;
    this.staging = staging;
  }

  /** Bytes of it. */
  int length() {
    return length;
  }

  /** First byte that was written. */
  int low() {
    return low;
  }

  /** Byte after the last that was written. */
  int high() {
    return high;
  }

  /** Whether its bytes lie where the caller has them, and stay there while the call lasts. */
  boolean liesElsewhere() {
    return storage == Storage.SPACE || storage == Storage.LENT;
  }

  /** Becomes a staging place of that many bytes, all of which the caller sets. */
  byte[] stage(int bytes) {
    stageLater(bytes);
    partly = false;
    return staged();
  }

  /** Becomes a staging place of that many zeros, which takes memory when it is first used. */
  void stageLater(int bytes) {
    clear();
    if (bytes > 0) {
      storage = Storage.STAGED;
      length = bytes;
      partly = true;
    }
  }

  private byte[] staged() {
    if (staged.length < length) {
      staged = staging.take(length);
    }
    return staged;
  }

  /** The staged bytes, of which a range is to be read: what was never written is zero. */
  private byte[] readable(int offset, int bytes) {
    byte[] place = staged();
    if (partly && (offset < low || offset + bytes > high)) {
      Arrays.fill(place, 0, low, (byte) 0);
      Arrays.fill(place, high, length, (byte) 0);
      partly = false;
    }
    return place;
  }

  /** The staged bytes, of which a range is to be written: so is what lies between. */
  private byte[] writable(int offset, int bytes) {
    byte[] place = staged();
    if (partly && low < high) {
      clear(place, high, offset);
      clear(place, offset + bytes, low);
    }
    return place;
  }

  private static void clear(byte[] place, int from, int to) {
    if (from < to) {
      Arrays.fill(place, from, to, (byte) 0);
    }
  }

  /** Becomes part of an address space. */
  void lie(AddressSpace in, long address, int bytes) {
    clear();
    if (bytes > 0) {
      storage = Storage.SPACE;
      space = in;
      base = address;
      length = bytes;
    }
  }

  /** Becomes part of a frame, which is retained until {@link #clear}. */
  void frame(int number, int offset, int bytes) {
    clear();
    if (bytes > 0) {
      frames.retain(number);
      storage = Storage.FRAME;
      frame = number;
      base = offset;
      length = bytes;
    }
  }

  /** Becomes a window onto another call's buffer; windows onto windows are opened to their root. */
  void lend(CallRecord call, Buffer from, int offset, int bytes) {
    clear();
    if (bytes == 0) {
      return;
    }
    storage = Storage.LENT;
    length = bytes;
    if (from.storage == Storage.LENT) {
      lender = from.lender;
      lenderCall = from.lenderCall;
      lenderCaller = from.lenderCaller;
      lenderState = from.lenderState;
      base = from.base + offset;
    } else {
      lender = from;
      lenderCall = call;
      lenderCaller = call.caller;
      lenderState = call.state();
      base = offset;
    }
  }

  /** Becomes nothing; gives back what it held. */
  void clear() {
    if (storage == Storage.NONE) {
      return;
    }
    if (storage == Storage.FRAME) {
      frames.release(frame);
    }
    storage = Storage.NONE;
    partly = false;
    space = null;
    lender = null;
    lenderCall = null;
    base = 0;
    length = 0;
    low = 0;
    high = 0;
    if (staged.length > Staging.SMALL_BYTES) {
      staging.giveBack(staged);
      staged = NOTHING;
    }
  }

  private boolean outside(int offset, int bytes) {
    return offset < 0 || bytes < 0 || offset > length - bytes;
  }

  /** The buffer that is lent here, or null when its call is over. */
  private @Nullable Buffer root() {
    CallRecord call = lenderCall;
    boolean same = call != null && call.caller == lenderCaller && call.state() == lenderState;
    return same ? lender : null;
  }

  /** Copies out of the buffer; bytes copied, or {@code -EFAULT}. */
  int read(int offset, byte[] target, int targetOffset, int bytes) {
    if (outside(offset, bytes) || targetOffset < 0 || targetOffset > target.length - bytes) {
      return -Errno.EFAULT;
    }
    switch (storage) {
      case NONE -> {}
      case STAGED -> System.arraycopy(readable(offset, bytes), offset, target, targetOffset, bytes);
      case SPACE -> {
        return whole(inSpace().read(base + offset, target, targetOffset, bytes), bytes);
      }
      case FRAME -> frames.read(frame, (int) base + offset, target, targetOffset, bytes);
      case LENT -> {
        Buffer root = root();
        return root == null
            ? -Errno.EFAULT
            : root.read((int) base + offset, target, targetOffset, bytes);
      }
    }
    return bytes;
  }

  /** Copies into the buffer; bytes copied, or {@code -EFAULT}. */
  int write(int offset, byte[] source, int sourceOffset, int bytes) {
    if (outside(offset, bytes) || sourceOffset < 0 || sourceOffset > source.length - bytes) {
      return -Errno.EFAULT;
    }
    int done = bytes;
    switch (storage) {
      case NONE -> {}
      case STAGED -> System.arraycopy(source, sourceOffset, writable(offset, bytes), offset, bytes);
      case SPACE ->
          done = whole(inSpace().write(base + offset, source, sourceOffset, bytes), bytes);
      case FRAME -> frames.write(frame, (int) base + offset, source, sourceOffset, bytes);
      case LENT -> {
        Buffer root = root();
        done =
            root == null
                ? -Errno.EFAULT
                : root.write((int) base + offset, source, sourceOffset, bytes);
      }
    }
    return wrote(offset, done);
  }

  /**
   * Copies out of the buffer to a buffer's position, which moves when all is copied; bytes copied,
   * or {@code -EFAULT}.
   */
  int readTo(int offset, ByteBuffer target, int bytes) {
    if (outside(offset, bytes) || bytes > target.remaining()) {
      return -Errno.EFAULT;
    }
    int at = target.position();
    switch (storage) {
      case NONE -> {}
      case STAGED -> target.put(at, readable(offset, bytes), offset, bytes);
      case SPACE -> {
        if (inSpace().read(base + offset, target, at, bytes) != bytes) {
          return -Errno.EFAULT;
        }
      }
      case FRAME -> frames.read(frame, (int) base + offset, target, at, bytes);
      case LENT -> {
        Buffer root = root();
        return root == null ? -Errno.EFAULT : root.readTo((int) base + offset, target, bytes);
      }
    }
    target.position(at + bytes);
    return bytes;
  }

  /**
   * Copies into the buffer from a buffer's position, which does not move; bytes copied, or {@code
   * -EFAULT}.
   */
  int writeFrom(int offset, ByteBuffer source, int bytes) {
    if (outside(offset, bytes) || bytes > source.remaining()) {
      return -Errno.EFAULT;
    }
    int at = source.position();
    int done = bytes;
    switch (storage) {
      case NONE -> {}
      case STAGED -> source.get(at, writable(offset, bytes), offset, bytes);
      case SPACE -> done = whole(inSpace().write(base + offset, source, at, bytes), bytes);
      case FRAME -> frames.write(frame, (int) base + offset, source, at, bytes);
      case LENT -> {
        Buffer root = root();
        done = root == null ? -Errno.EFAULT : root.writeFrom((int) base + offset, source, bytes);
      }
    }
    return wrote(offset, done);
  }

  /** Copies out of the buffer into a frame; bytes copied, or {@code -EFAULT}. */
  int readIntoFrame(int offset, int target, int targetOffset, int bytes) {
    if (outside(offset, bytes) || outsideFrame(target, targetOffset, bytes)) {
      return -Errno.EFAULT;
    }
    switch (storage) {
      case NONE -> {}
      case STAGED -> frames.write(target, targetOffset, readable(offset, bytes), offset, bytes);
      case SPACE -> {
        return whole(inSpace().readIntoFrame(base + offset, target, targetOffset, bytes), bytes);
      }
      case FRAME -> frames.copy(frame, (int) base + offset, target, targetOffset, bytes);
      case LENT -> {
        Buffer root = root();
        return root == null
            ? -Errno.EFAULT
            : root.readIntoFrame((int) base + offset, target, targetOffset, bytes);
      }
    }
    return bytes;
  }

  /** Copies from a frame into the buffer; bytes copied, or {@code -EFAULT}. */
  int writeFromFrame(int offset, int source, int sourceOffset, int bytes) {
    if (outside(offset, bytes) || outsideFrame(source, sourceOffset, bytes)) {
      return -Errno.EFAULT;
    }
    int done = bytes;
    switch (storage) {
      case NONE -> {}
      case STAGED -> frames.read(source, sourceOffset, writable(offset, bytes), offset, bytes);
      case SPACE ->
          done = whole(inSpace().writeFromFrame(base + offset, source, sourceOffset, bytes), bytes);
      case FRAME -> frames.copy(source, sourceOffset, frame, (int) base + offset, bytes);
      case LENT -> {
        Buffer root = root();
        done =
            root == null
                ? -Errno.EFAULT
                : root.writeFromFrame((int) base + offset, source, sourceOffset, bytes);
      }
    }
    return wrote(offset, done);
  }

  private boolean outsideFrame(int number, int offset, int bytes) {
    return number < 0
        || number >= frames.count()
        || offset < 0
        || offset > Frames.FRAME_BYTES - bytes;
  }

  private AddressSpace inSpace() {
    AddressSpace in = space;
    if (in == null) {
      throw new IllegalStateException("a buffer in memory without a space");
    }
    return in;
  }

  private static int whole(int done, int bytes) {
    return done == bytes ? bytes : -Errno.EFAULT;
  }

  private int wrote(int offset, int done) {
    if (done > 0) {
      low = low == high ? offset : Math.min(low, offset);
      high = Math.max(high, offset + done);
    }
    return done;
  }
}
