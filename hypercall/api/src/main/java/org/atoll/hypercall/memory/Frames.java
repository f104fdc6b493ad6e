package org.atoll.hypercall.memory;

import static org.atoll.hypercall.memory.HostMemory.EVERYTHING;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A node's physical memory: 4 KiB frames, counted by reference, over host memory that somebody else
 * reserved.
 *
 * <p>Frames that were never used are handed out in ascending order and cost no host memory before;
 * frames that were freed come first, last freed first, and are zeroed when they are handed out
 * again. So one thread that does the same twice gets the same frames twice.
 *
 * <p>Owner: every CPU of the node. All operations are atomic; copies of bytes are not.
 *
 * <p>Invariant: {@code state[f] > 0} is the number of references of a frame in use; 0 is a frame
 * that is on its way to or from the free list, or was never used; {@code -1 - next} is a free frame
 * and its successor in the free list.
 */
public final class Frames {
  /** Bytes in a frame, and in a page. */
  public static final int FRAME_BYTES = 4096;

  /** Logarithm of {@link #FRAME_BYTES}. */
  public static final int FRAME_SHIFT = 12;

  /** The answer of {@link #allocate()} when no frame is left. */
  public static final int NONE = -1;

  /**
   * Frames that may have decoded instructions: 16 MiB of code. An interpreter keeps some 20 KiB for
   * each, so that a guest which executes all of its memory cannot use up the node's.
   */
  static final int DECODED_MAX = 4096;

  /** Frames that a buffer shows: 1 GiB, for a buffer has no more than 2 GiB. */
  private static final int SHOWN_SHIFT = 18;

  private static final int END = 0x7fff_fffe;
  private static final int CHUNK_SHIFT = 10;
  private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

  private final long baseAddress;
  private final int count;
  private final ByteBuffer[] shown;
  private final AtomicIntegerArray state;
  private final AtomicInteger unused = new AtomicInteger();
  private final AtomicInteger free;

  /**
   * Head of the free list: a tag that every change raises (against reuse in between), the frame.
   */
  private final AtomicLong head = new AtomicLong(END);

  private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable DecodedCode>> decoded;
  private final AtomicLong codeEpoch = new AtomicLong();

  /** Frames in the order in which instructions were decoded, plus one; 0 is none. */
  private final int[] decodedOrder = new int[DECODED_MAX];

  private int nextDecoded;

  /**
   * Takes over host memory.
   *
   * @param baseAddress host address of the first frame; the memory must be zero, readable and
   *     writable, and must stay until the last frame was given back
   * @param count number of frames
   */
  public Frames(long baseAddress, int count) {
    if (count < 0 || count >= END) {
      throw new IllegalArgumentException("frames: expected 0.." + (END - 1) + ", got " + count);
    }
    this.baseAddress = baseAddress;
    this.count = count;
    this.shown = show(baseAddress, count);
    this.state = new AtomicIntegerArray(count);
    this.free = new AtomicInteger(count);
    this.decoded = new AtomicReferenceArray<>((count >>> CHUNK_SHIFT) + 1);
  }

  /** All frames as buffers see them, made once: copies from buffer to buffer allocate nothing. */
  private static ByteBuffer[] show(long baseAddress, int count) {
    ByteBuffer[] shown = new ByteBuffer[(count + (1 << SHOWN_SHIFT) - 1) >>> SHOWN_SHIFT];
    for (int i = 0; i < shown.length; i++) {
      long first = (long) i << SHOWN_SHIFT;
      long bytes = Math.min(count - first, 1L << SHOWN_SHIFT) << FRAME_SHIFT;
      long address = baseAddress + (first << FRAME_SHIFT);
      shown[i] = EVERYTHING.asSlice(address, bytes).asByteBuffer();
    }
    return shown;
  }

  private ByteBuffer shown(int frame) {
    return shown[frame >>> SHOWN_SHIFT];
  }

  private static int placeOf(int frame, int offset) {
    return (frame & (1 << SHOWN_SHIFT) - 1) << FRAME_SHIFT | offset;
  }

  public int count() {
    return count;
  }

  public int freeFrames() {
    return free.get();
  }

  /** Host address of a frame's first byte. */
  public long address(int frame) {
    return baseAddress + ((long) frame << FRAME_SHIFT);
  }

  /** A zeroed frame with one reference, or {@link #NONE}. */
  public int allocate() {
    int frame = pop();
    if (frame == NONE) {
      return claimUnused();
    }
    dropDecoded(frame);
    EVERYTHING.asSlice(address(frame), FRAME_BYTES).fill((byte) 0);
    free.decrementAndGet();
    state.set(frame, 1);
    return frame;
  }

  private int claimUnused() {
    while (true) {
      int frame = unused.get();
      if (frame >= count) {
        return NONE;
      }
      if (unused.compareAndSet(frame, frame + 1)) {
        free.decrementAndGet();
        state.set(frame, 1);
        return frame;
      }
    }
  }

  private int pop() {
    while (true) {
      long top = head.get();
      int frame = (int) top;
      if (frame == END) {
        return NONE;
      }
      int next = -1 - state.get(frame);
      if (head.compareAndSet(top, tagged(top, next))) {
        return frame;
      }
    }
  }

  private void push(int frame) {
    while (true) {
      long top = head.get();
      state.set(frame, -1 - (int) top);
      if (head.compareAndSet(top, tagged(top, frame))) {
        free.incrementAndGet();
        return;
      }
    }
  }

  private static long tagged(long previous, int frame) {
    return ((previous >>> 32) + 1) << 32 | frame & 0xffff_ffffL;
  }

  /** Adds a reference to a frame that has one. */
  public void retain(int frame) {
    int references;
    do {
      references = used(frame, "retained");
    } while (!state.compareAndSet(frame, references, references + 1));
  }

  /** Takes one reference away; the last one frees the frame. */
  public void release(int frame) {
    int references;
    do {
      references = used(frame, "released");
    } while (!state.compareAndSet(frame, references, references - 1));
    if (references == 1) {
      push(frame);
    }
  }

  /** The references of a frame, of which there must be one: what is free is not touched. */
  private int used(int frame, String what) {
    int references = state.get(frame);
    if (references <= 0) {
      throw new IllegalStateException("frame " + frame + " is " + what + ", but not in use");
    }
    return references;
  }

  /** Number of references; 0 for a frame that is free. */
  public int references(int frame) {
    return Math.max(0, state.get(frame));
  }

  /** Copies {@code n} bytes from one frame to another (or within one, also overlapping). */
  public void copy(int source, int sourceOffset, int target, int targetOffset, int n) {
    check(source, sourceOffset, n);
    check(target, targetOffset, n);
    MemorySegment.copy(
        EVERYTHING, address(source) + sourceOffset, EVERYTHING, address(target) + targetOffset, n);
    dropDecoded(target);
  }

  /** Copies {@code n} bytes out of a frame. */
  public void read(int frame, int offset, byte[] target, int targetOffset, int n) {
    check(frame, offset, n);
    MemorySegment.copy(
        EVERYTHING, ValueLayout.JAVA_BYTE, address(frame) + offset, target, targetOffset, n);
  }

  /** Copies {@code n} bytes into a frame. */
  public void write(int frame, int offset, byte[] source, int sourceOffset, int n) {
    check(frame, offset, n);
    MemorySegment.copy(
        source, sourceOffset, EVERYTHING, ValueLayout.JAVA_BYTE, address(frame) + offset, n);
    dropDecoded(frame);
  }

  /** Copies {@code n} bytes out of a frame, to a place in a buffer. */
  public void read(int frame, int offset, ByteBuffer target, int targetIndex, int n) {
    check(frame, offset, n);
    target.put(targetIndex, shown(frame), placeOf(frame, offset), n);
  }

  /** Copies {@code n} bytes into a frame, from a place in a buffer. */
  public void write(int frame, int offset, ByteBuffer source, int sourceIndex, int n) {
    check(frame, offset, n);
    shown(frame).put(placeOf(frame, offset), source, sourceIndex, n);
    dropDecoded(frame);
  }

  /** Zeroes {@code n} bytes of a frame. */
  public void zero(int frame, int offset, int n) {
    check(frame, offset, n);
    EVERYTHING.asSlice(address(frame) + offset, n).fill((byte) 0);
    dropDecoded(frame);
  }

  private void check(int frame, int offset, int n) {
    if (frame < 0 || frame >= count || offset < 0 || n < 0 || offset > FRAME_BYTES - n) {
      throw new IndexOutOfBoundsException(
          "frame " + frame + " of " + count + ", bytes " + offset + "+" + n);
    }
  }

  /** What an engine derived from the frame's instructions, as long as it holds. */
  public @Nullable DecodedCode decoded(int frame) {
    var chunk = decoded.get(frame >>> CHUNK_SHIFT);
    return chunk == null ? null : chunk.get(frame & CHUNK_MASK);
  }

  /**
   * Hangs decoded instructions at a frame. The engine does this before it reads the first byte, so
   * that a write in the meantime is not missed. The frame that got its longest ago loses them when
   * there are {@link #DECODED_MAX}.
   */
  public void decoded(int frame, DecodedCode code) {
    var chunk = decoded.get(frame >>> CHUNK_SHIFT);
    if (chunk == null) {
      chunk = new AtomicReferenceArray<>(1 << CHUNK_SHIFT);
      var other = decoded.compareAndExchange(frame >>> CHUNK_SHIFT, null, chunk);
      chunk = other == null ? chunk : other;
    }
    chunk.set(frame & CHUNK_MASK, code);
    int oldest = decodedAfter(frame);
    if (oldest != frame) {
      dropDecoded(oldest);
    }
  }

  /** Notes that a frame has decoded instructions; answers the one that has to give its up. */
  private synchronized int decodedAfter(int frame) {
    int oldest = decodedOrder[nextDecoded] - 1;
    decodedOrder[nextDecoded] = frame + 1;
    nextDecoded = (nextDecoded + 1) % DECODED_MAX;
    return oldest < 0 ? frame : oldest;
  }

  /** Forgets what was derived from a frame's bytes; engines notice when they next start a run. */
  public void dropDecoded(int frame) {
    if (decoded(frame) == null) {
      return;
    }
    var chunk = decoded.get(frame >>> CHUNK_SHIFT);
    if (chunk != null && chunk.getAndSet(frame & CHUNK_MASK, null) != null) {
      codeEpoch.incrementAndGet();
    }
  }

  /**
   * Makes every earlier store visible to later instruction fetches of the whole node: what {@code
   * fence.i} and {@code riscv_flush_icache} ask for.
   */
  public void fenceInstructions() {
    codeEpoch.incrementAndGet();
  }

  /**
   * A number that moves when instructions may have changed. An engine that sees it move forgets
   * which code it found where, and compares decoded code with its frame before it uses it again.
   */
  public long codeEpoch() {
    return codeEpoch.get();
  }
}
