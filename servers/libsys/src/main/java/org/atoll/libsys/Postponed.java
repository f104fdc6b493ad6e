package org.atoll.libsys;

import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/**
 * Calls without buffers that found no room in the kernel (too many in one turn, or under way): kept
 * in order, and made as soon as there is.
 *
 * <p>A call keeps four words of its message and five of its row.
 */
public final class Postponed {

  private final Rows messages = new Rows();
  private final Rows continuations = new Rows();
  private long next;

  /** Whether nothing waits; as long as something does, what comes later waits behind it. */
  public boolean isEmpty() {
    return messages.size() == 0;
  }

  /** Keeps a call for later: the message, and the row that its answer is for. */
  public void add(int destination, Message m, int step, long... words) {
    if ((m.w4 | m.w5 | m.w6) != 0 || words.length > 5) {
      throw new IllegalArgumentException("too many words to postpone: " + m.type);
    }
    messages.add(next, m.type, destination, m.w0, m.w1, m.w2, m.w3);
    continuations.add(
        next, step, word(words, 0), word(words, 1), word(words, 2), word(words, 3), word(words, 4));
    next++;
  }

  private static long word(long[] words, int index) {
    return index < words.length ? words[index] : 0;
  }

  /**
   * Makes as many calls as find room.
   *
   * @return whether all did
   */
  public boolean retry(Turn turn, Rows calls) {
    while (!isEmpty()) {
      Row m = messages.at(messages.first());
      long key = m.key;
      turn.scratch().set(m.step, m.w1, m.w2, m.w3, m.w4, 0, 0, 0);
      long call = turn.call((int) m.w0, turn.scratch());
      if (call < 0) {
        return false;
      }
      messages.remove(key);
      Row row = continuations.take(key);
      calls.add(call, row.step, row.w0, row.w1, row.w2, row.w3, row.w4);
    }
    return true;
  }

  /** Writes what waits. */
  public void save(StateWriter out) {
    out.version(1).writeLong(next);
    messages.save(out);
    continuations.save(out);
  }

  /** Reads what waits into this, which is empty. */
  public void load(StateReader in) {
    in.version(1);
    next = in.readLong();
    messages.load(in);
    continuations.load(in);
  }
}
