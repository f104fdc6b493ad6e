package org.atoll.libposix;

import java.util.Arrays;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/** The last answer to a system call's questions: its words, and the bytes that it carried. */
final class Answer {

  private static final int STATE_VERSION = 1;
  private static final int STAGED_BYTES_MIN = 256;
  private static final long NOWHERE = -1;
  private static final byte[] NOTHING = new byte[0];

  private final long[] words = new long[Message.WORDS];
  private byte[] staged = NOTHING;
  private int stagedBytes;

  /** Bytes that the next answer can carry. */
  private int room;

  /** No step has dealt with it yet. */
  private boolean fresh;

  /** Where the bytes of the next answer go, or {@link #NOWHERE}: the call's steps want them. */
  private long target = NOWHERE;

  /** There is none. */
  void clear() {
    stagedBytes = 0;
    fresh = false;
    target = NOWHERE;
  }

  /** Gives back a large place for bytes. */
  void shrink() {
    if (staged.length > Limits.PAGE_BYTES) {
      staged = NOTHING;
    }
  }

  long word(int index) {
    return words[index];
  }

  /** As good as an answer without error. */
  void succeed() {
    Arrays.fill(words, 0);
  }

  boolean isFresh() {
    return fresh;
  }

  /** It is dealt with, even if the step is run again. */
  void handled() {
    fresh = false;
  }

  /** The bytes that it carried, {@link #stagedBytes} of them. */
  byte[] staged() {
    return staged;
  }

  int stagedBytes() {
    return stagedBytes;
  }

  /** The next one can carry that many bytes. */
  void expect(int bytes) {
    room = bytes;
  }

  /** The bytes of the next one are for that place in memory. */
  void expectFor(long address) {
    target = address;
  }

  /** It is here. */
  void take(Turn turn, Message m) {
    fresh = true;
    for (int i = 0; i < Message.WORDS; i++) {
      words[i] = m.word(i);
    }
    if (staged.length < room) {
      staged = new byte[Math.max(room, STAGED_BYTES_MIN)];
    }
    stagedBytes = room == 0 ? 0 : turn.answerBytes(0, staged, 0, room);
  }

  /** Brings its bytes to the memory that they are for, before a step sees it. */
  void deliver(Guest guest) {
    if (target == NOWHERE || !fresh) {
      return;
    }
    try {
      guest.write(target, staged, 0, stagedBytes);
    } catch (Failure unmapped) {
      words[0] = -unmapped.errno;
    }
    target = NOWHERE;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeBytes(Arrays.copyOf(staged, stagedBytes)).writeInt(room);
    Words.save(out, words);
    out.writeBoolean(fresh).writeLong(target);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    staged = in.readBytes();
    stagedBytes = staged.length;
    room = in.readInt();
    Words.load(in, words);
    fresh = in.readBoolean();
    target = in.readLong();
  }
}
