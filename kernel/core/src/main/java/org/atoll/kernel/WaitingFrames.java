package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.atoll.abi.Limits;

/**
 * The frames that wait until the transport has room for them, in order: one behind the other in
 * blocks, each behind its length, so that a frame that waits takes no memory of its own. Blocks go
 * from one row to the next.
 *
 * <p>Owner: CPU 0; any CPU may ask how many bytes wait, as a hint.
 */
final class WaitingFrames {

  /** Bytes of a block: the largest frame of the kernel's fits twice. */
  static final int BLOCK_BYTES = 2 * (Integer.BYTES + Frame.HEAD_BYTES + Limits.BUFFER_BYTES_MAX);

  /** Blocks that are not in use now. */
  static final class Spares {

    /** Blocks that are kept for use: 2 MiB. */
    static final int SPARES_MAX = 16;

    private final Deque<Block> blocks = new ArrayDeque<>(SPARES_MAX);

    private Block take() {
      return blocks.isEmpty() ? new Block() : blocks.pop().empty();
    }

    private void giveBack(Block block) {
      if (blocks.size() < SPARES_MAX) {
        blocks.push(block);
      }
    }
  }

  /** Some frames, and room for more. */
  private static final class Block {
    private final ByteBuffer bytes =
        ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Shows one frame of them. */
    private final ByteBuffer view = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);

    /** Where the oldest frame's length is, and where that of the next frame will be. */
    private int first;

    private int end;

    private Block empty() {
      first = 0;
      end = 0;
      return this;
    }

    private boolean isEmpty() {
      return first == end;
    }

    private boolean fits(int frameBytes) {
      return Integer.BYTES + frameBytes <= BLOCK_BYTES - end;
    }

    /** The bytes of the frame whose length is, or will be, at that place. */
    private ByteBuffer frame(int at, int frameBytes) {
      int start = at + Integer.BYTES;
      return view.clear().limit(start + frameBytes).position(start);
    }
  }

  private final Spares spares;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private int claimed;
  private long bytes;

  /** None yet. */
  WaitingFrames(Spares spares) {
    this.spares = spares;
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  /** Bytes of all frames; a hint on other CPUs. */
  long bytes() {
    return bytes;
  }

  /** Room behind the last frame, little-endian; the last claim that was not added is void. */
  ByteBuffer claim(int frameBytes) {
    Block last = blocks.peekLast();
    if (last == null || !last.fits(frameBytes)) {
      last = spares.take();
      blocks.add(last);
    }
    claimed = frameBytes;
    return last.frame(last.end, frameBytes);
  }

  /** The frame that was claimed is complete: it waits. */
  void add() {
    Block last = blocks.getLast();
    last.bytes.putInt(last.end, claimed);
    last.end += Integer.BYTES + claimed;
    bytes += claimed;
  }

  /** The oldest frame, of a row that is not empty; valid until the next claim. */
  ByteBuffer oldest() {
    Block block = blocks.getFirst();
    return block.frame(block.first, block.bytes.getInt(block.first));
  }

  /** The oldest frame waits no more. */
  void remove() {
    Block block = blocks.getFirst();
    int frameBytes = block.bytes.getInt(block.first);
    block.first += Integer.BYTES + frameBytes;
    bytes -= frameBytes;
    if (block.isEmpty()) {
      spares.giveBack(blocks.removeFirst());
    }
  }

  /** No frame waits any more. */
  void clear() {
    while (!blocks.isEmpty()) {
      spares.giveBack(blocks.removeFirst());
    }
    bytes = 0;
  }
}
