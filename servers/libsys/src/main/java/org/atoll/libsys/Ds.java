package org.atoll.libsys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.DsProtocol.Call;

/**
 * The data store as a server calls it. Each method begins a call whose answer comes to {@link
 * Server#resume} with the step given here, and tells whether it has begun: it has not where there
 * is no data store, or no room for a call.
 *
 * <p>To follow names: {@link #subscribe}, then {@link #awaitChange} again after each answer. When
 * that is answered EDEADSRCDST the data store began anew: publish and subscribe anew.
 */
public final class Ds {

  private static final byte[] NOTHING = {};

  private final Rows calls;

  /** A client that keeps its calls in its server's table. */
  public Ds(Rows calls) {
    this.calls = calls;
  }

  /** Publishes this task's endpoint under a name, in place of what it published there before. */
  public boolean publishSelf(Turn turn, String name, int step) {
    return publishLabel(turn, name, turn.self(), step);
  }

  /** Publishes an endpoint; only RS may publish others' than its own. */
  public boolean publishLabel(Turn turn, String name, int endpoint, int step) {
    return publish(turn, name, DsProtocol.LABEL, endpoint, NOTHING, step);
  }

  /** Publishes a number of 64 bits. */
  public boolean publishNumber(Turn turn, String name, long value, int step) {
    return publish(turn, name, DsProtocol.U64, value, NOTHING, step);
  }

  /** Publishes a text. */
  public boolean publishText(Turn turn, String name, String text, int step) {
    return publish(turn, name, DsProtocol.STRING, 0, text.getBytes(UTF_8), step);
  }

  /** Publishes bytes, at most {@link DsProtocol#VALUE_BYTES_MAX}. */
  public boolean publishBytes(Turn turn, String name, byte[] bytes, int step) {
    return publish(turn, name, DsProtocol.MEMORY, 0, bytes, step);
  }

  private boolean publish(Turn turn, String name, int type, long value, byte[] bytes, int step) {
    byte[] first = name.getBytes(ISO_8859_1);
    byte[] entry = Arrays.copyOf(first, first.length + bytes.length);
    System.arraycopy(bytes, 0, entry, first.length, bytes.length);
    Message m = turn.scratch();
    Call.PUBLISH.encode(m, DsProtocol.OVERWRITE, type, value, first.length);
    return call(turn, m, entry, 0, step);
  }

  /** Takes away what this task published under a name. */
  public boolean delete(Turn turn, String name, int step) {
    return call(turn, Call.DELETE.encode(turn.scratch()), name.getBytes(ISO_8859_1), 0, step);
  }

  /** Asks for what is under a name, of a type of {@link DsProtocol}; a word is kept in the row. */
  public boolean retrieve(Turn turn, String name, int type, int step, long word) {
    Message m = Call.RETRIEVE.encode(turn.scratch(), type);
    int room = DsProtocol.VALUE_BYTES_MAX;
    return call(turn, m, name.getBytes(ISO_8859_1), room, step, word);
  }

  /** Subscribes to a name, or to all that begin with what is before a star. */
  public boolean subscribe(Turn turn, String pattern, int step) {
    Message m = Call.SUBSCRIBE.encode(turn.scratch(), DsProtocol.INITIAL);
    return call(turn, m, pattern.getBytes(ISO_8859_1), 0, step);
  }

  /** Waits for the next change of what was subscribed to. */
  public boolean awaitChange(Turn turn, int step) {
    Message m = Call.CHECK.encode(turn.scratch(), DsProtocol.WAIT);
    return call(turn, m, NOTHING, DsProtocol.NAME_BYTES_MAX, step);
  }

  /**
   * Keeps a state that this service is given by {@link Server#restore} when it begins anew after a
   * failure; none takes back what was kept.
   */
  public boolean checkpoint(Turn turn, byte[] state, int step) {
    return call(turn, Call.CHECKPOINT.encode(turn.scratch()), state, 0, step);
  }

  private boolean call(Turn turn, Message m, byte[] in, int outBytes, int step) {
    return call(turn, m, in, outBytes, step, 0);
  }

  private boolean call(Turn turn, Message m, byte[] in, int outBytes, int step, long word) {
    int ds = turn.role(Role.DS);
    long call = ds == Endpoint.NONE ? -1 : turn.callWithBytes(ds, m, in, in.length, outBytes);
    if (call >= 0) {
      calls.add(call, step, word);
    }
    return call >= 0;
  }
}
