package org.atoll.drivers.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of the conversation by which two nodes come to trust each other.
 *
 * <pre>
 *   connector                                             acceptor
 *   greeting: magic, version, vos, from, to, nonce   ->
 *                                                    <-   greeting, with a nonce of its own
 *   doors, session, received,
 *   HMAC("connector", both greetings, these)         ->
 *                                                    <-   received, HMAC("acceptor", all of the above)
 * </pre>
 *
 * <p>The connector proves itself first, so that a stranger learns nothing but a nonce. It names the
 * session that it begins or goes on with, and both say how many frames of it they have received.
 * Within TLS both proofs hold for the certificates of both ends, too ({@link #bind}), so that
 * nobody can stand between them. All messages have fixed sizes; integers are little-endian; proofs
 * are compared in constant time.
 */
public final class Handshake {

  /** Version of handshake and frames. */
  public static final int VERSION = 4;

  /** Decides which sessions an acceptor begins or goes on with. */
  public interface Admission {

    /**
     * Lets in a node that has proved itself.
     *
     * @param received frames that it has received in that session
     * @return frames that this end has received
     * @throws LinkBrokenException when it is not let in
     */
    int admit(int node, long session, int received) throws LinkBrokenException;
  }

  private static final byte[] MAGIC = "ATOLLINK".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONNECTOR = "connector".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ACCEPTOR = "acceptor".getBytes(StandardCharsets.US_ASCII);
  private static final int GREETING_BYTES = 8 + 4 + 8 + 4 + 4 + LinkKey.BYTES;
  private static final int WORDS_BYTES = Doors.BYTES + 8 + 4;
  private static final int PROOF_BYTES = WORDS_BYTES + LinkKey.BYTES;
  private static final int ANSWER_BYTES = 4 + LinkKey.BYTES;
  private static final int NOBODY = -1;

  /** Bytes of the longest message. */
  public static final int MESSAGE_BYTES_MAX = PROOF_BYTES;

  private enum Step {
    GREETING,
    PROOF,
    COMPLETE
  }

  private final LinkIdentity self;
  private final @Nullable Admission admission;
  private final byte[] nonce;
  private Step step = Step.GREETING;
  private int peer = NOBODY;
  private @Nullable Doors doors;
  private long session;
  private int received;
  private int peerReceived;
  private byte[] binding = {};
  private byte[] ownGreeting = {};
  private byte[] transcript = {};

  private Handshake(LinkIdentity self, @Nullable Admission admission, byte[] nonce) {
    this.self = self;
    this.admission = admission;
    this.nonce = nonce;
  }

  /**
   * The end that connects to a node.
   *
   * @param doors where this end can be connected to itself
   * @param session which this end has made up, or goes on with
   * @param received frames that this end has received in it
   */
  public static Handshake connector(
      LinkIdentity self, int peer, Doors doors, long session, int received, byte[] nonce) {
    Handshake handshake = new Handshake(self, null, nonce);
    handshake.peer = peer;
    handshake.doors = doors;
    handshake.session = session;
    handshake.received = received;
    return handshake;
  }

  /** The end that was connected to by nobody knows whom. */
  public static Handshake acceptor(LinkIdentity self, Admission admission, byte[] nonce) {
    return new Handshake(self, admission, nonce);
  }

  /** What proofs hold for besides what was said: nothing, unless it is set before the opening. */
  public void bind(byte[] to) {
    binding = to.clone();
  }

  /** What this end says first; nothing when it is the acceptor. */
  public byte[] opening() {
    return connecting() ? greet() : new byte[0];
  }

  /** Size of the next message of the other end; 0 when the handshake is complete. */
  public int expectedBytes() {
    return switch (step) {
      case GREETING -> GREETING_BYTES;
      case PROOF -> connecting() ? ANSWER_BYTES : PROOF_BYTES;
      case COMPLETE -> 0;
    };
  }

  /**
   * Takes a message of {@link #expectedBytes}; returns what to say to it.
   *
   * @throws LinkBrokenException when the other end is a stranger
   */
  public byte[] take(byte[] message) throws LinkBrokenException {
    return switch (step) {
      case GREETING -> takeGreeting(message);
      case PROOF -> takeProof(message);
      case COMPLETE -> throw new IllegalStateException("the handshake is complete");
    };
  }

  /** Whether both ends have proved themselves. */
  public boolean complete() {
    return step == Step.COMPLETE;
  }

  /** Whether this end is the one that connects. */
  public boolean connecting() {
    return admission == null;
  }

  /** The node at the other end: of a connector from the start, of an acceptor once complete. */
  public int peer() {
    return peer;
  }

  /** Where the connector can be connected to, once complete. */
  public Doors doors() {
    return Objects.requireNonNull(doors);
  }

  /** The session, once complete. */
  public long session() {
    return session;
  }

  /** How many frames of the session the other end has received, once complete. */
  public int peerReceived() {
    return peerReceived;
  }

  private byte[] greet() {
    ownGreeting =
        buffer(GREETING_BYTES)
            .put(MAGIC)
            .putInt(VERSION)
            .putLong(self.vos())
            .putInt(self.node())
            .putInt(peer)
            .put(nonce)
            .array();
    return ownGreeting;
  }

  private byte[] takeGreeting(byte[] message) throws LinkBrokenException {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    check(Arrays.equals(magic, MAGIC), "it does not speak the protocol of the node link");
    int version = in.getInt();
    check(version == VERSION, "it speaks version " + version + ", expected " + VERSION);
    check(in.getLong() == self.vos(), "it belongs to another VOS");
    int from = in.getInt();
    int to = in.getInt();
    check(to == self.node(), "it looks for node " + to + ", this is node " + self.node());
    step = Step.PROOF;
    if (connecting()) {
      check(from == peer, "it is node " + from + ", expected node " + peer);
      return prove(message);
    }
    check(
        from > self.node() && from < self.nodes(),
        "it says it is node " + from + ", which does not connect to node " + self.node());
    peer = from;
    byte[] answer = greet();
    transcript = join(message, answer);
    return answer;
  }

  private byte[] prove(byte[] theirGreeting) {
    byte[] greetings = join(ownGreeting, theirGreeting);
    byte[] words = words();
    byte[] message = join(words, self.key().proof(CONNECTOR, binding, greetings, words));
    transcript = join(greetings, message);
    return message;
  }

  private byte[] words() {
    return buffer(WORDS_BYTES).put(doors().encoded()).putLong(session).putInt(received).array();
  }

  private byte[] takeProof(byte[] message) throws LinkBrokenException {
    Admission door = admission;
    if (door == null) {
      takeAnswer(message);
      return new byte[0];
    }
    byte[] words = Arrays.copyOf(message, WORDS_BYTES);
    checkProof(message, WORDS_BYTES, self.key().proof(CONNECTOR, binding, transcript, words));
    ByteBuffer in = ByteBuffer.wrap(words).order(ByteOrder.LITTLE_ENDIAN);
    doors = Doors.take(in);
    session = in.getLong();
    peerReceived = in.getInt();
    received = door.admit(peer, session, peerReceived);
    step = Step.COMPLETE;
    byte[] answer = buffer(4).putInt(received).array();
    return join(answer, self.key().proof(ACCEPTOR, binding, transcript, message, answer));
  }

  private void takeAnswer(byte[] message) throws LinkBrokenException {
    byte[] answer = Arrays.copyOf(message, 4);
    checkProof(message, 4, self.key().proof(ACCEPTOR, binding, transcript, answer));
    peerReceived = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt();
    step = Step.COMPLETE;
  }

  private static void checkProof(byte[] message, int at, byte[] expected)
      throws LinkBrokenException {
    byte[] proof = Arrays.copyOfRange(message, at, message.length);
    check(MessageDigest.isEqual(expected, proof), "it does not know the key");
  }

  private static void check(boolean holds, String otherwise) throws LinkBrokenException {
    if (!holds) {
      throw new LinkBrokenException(otherwise);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
