package org.atoll.kernel;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait until the transport has room for a node: those of one sender in order, and
 * senders in turns, so that who has much to send does not keep the others waiting. A sender's row
 * is one of few, which it may share with others (stochastic fairness queueing: McKenney, INFOCOM
 * 1990); a turn is so many bytes.
 *
 * <p>Owner: CPU 0; any CPU may ask how many bytes of a sender wait, as a hint.
 */
final class FairFrames {

  /** Rows; a power of two. */
  static final int ROWS = 16;

  /** Bytes of a turn, and the rest of the frame that ends it. */
  static final int TURN_BYTES = 32 * 1024;

  private final WaitingFrames.Spares spares;
  private final @Nullable WaitingFrames[] rows = new WaitingFrames[ROWS];
  private long bytes;

  /** Where there was room last for a frame that is not added yet. */
  private int claimed;

  private int claimedBytes;

  /** Whose turn it is, and how much it has had of it. */
  private int turn;

  private int had;

  /** None yet. */
  FairFrames(WaitingFrames.Spares spares) {
    this.spares = spares;
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  /** Bytes of all frames. */
  long bytes() {
    return bytes;
  }

  /** Bytes of a sender's frames, and of those that share its row; a hint on other CPUs. */
  long bytes(int sender) {
    WaitingFrames row = rows[sender & ROWS - 1];
    return row == null ? 0 : row.bytes();
  }

  /**
   * Room for a frame behind the last one of that sender, little-endian; the last claim that was not
   * added is void.
   */
  ByteBuffer claim(int sender, int frameBytes) {
    int at = sender & ROWS - 1;
    WaitingFrames row = rows[at];
    if (row == null) {
      row = new WaitingFrames(spares);
      rows[at] = row;
    }
    claimed = at;
    claimedBytes = frameBytes;
    return row.claim(frameBytes);
  }

  /** The frame that was claimed is complete: it waits. */
  void add() {
    row(claimed).add();
    bytes += claimedBytes;
  }

  private WaitingFrames row(int at) {
    WaitingFrames row = rows[at];
    if (row == null) {
      throw new IllegalStateException("no frame has waited there");
    }
    return row;
  }

  /** The frame that goes first, of those that wait; valid until the next claim. */
  ByteBuffer first() {
    for (WaitingFrames row = rows[turn]; row == null || row.isEmpty(); row = rows[turn]) {
      turnEnds();
    }
    return row(turn).oldest();
  }

  /** The {@link #first} frame waits no more. */
  void remove() {
    int frameBytes = first().remaining();
    row(turn).remove();
    bytes -= frameBytes;
    had += frameBytes;
    if (had >= TURN_BYTES) {
      turnEnds();
    }
  }

  private void turnEnds() {
    turn = turn + 1 & ROWS - 1;
    had = 0;
  }

  /** No frame waits any more. */
  void clear() {
    for (WaitingFrames row : rows) {
      if (row != null) {
        row.clear();
      }
    }
    bytes = 0;
  }
}
