package org.atoll.drivers.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One end of the conversation by which two nodes come to trust each other.
 *
 * <pre>
 *   connector                                             acceptor
 *   greeting: magic, version, vos, from, to, nonce   ->
 *                                                    <-   greeting, with a nonce of its own
 *   port, HMAC("connector", both greetings, port)    ->
 *                                                    <-   HMAC("acceptor", all of the above)
 * </pre>
 *
 * <p>The connector proves itself first, so that a stranger learns nothing but a nonce. All messages
 * have fixed sizes; integers are little-endian; proofs are compared in constant time.
 */
public final class Handshake {

  /** Version of handshake and frames. */
  public static final int VERSION = 1;

  private static final byte[] MAGIC = "ATOLLINK".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONNECTOR = "connector".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ACCEPTOR = "acceptor".getBytes(StandardCharsets.US_ASCII);
  private static final int GREETING_BYTES = 8 + 4 + 8 + 4 + 4 + LinkKey.BYTES;
  private static final int PROOF_BYTES = 4 + LinkKey.BYTES;
  private static final int NOBODY = -1;

  private enum Step {
    GREETING,
    PROOF,
    COMPLETE
  }

  private final LinkIdentity self;
  private final boolean connecting;
  private final int port;
  private final byte[] nonce;
  private Step step = Step.GREETING;
  private int peer;
  private int peerPort;
  private byte[] ownGreeting = {};
  private byte[] transcript = {};

  private Handshake(LinkIdentity self, boolean connecting, int peer, int port, byte[] nonce) {
    this.self = self;
    this.connecting = connecting;
    this.peer = peer;
    this.port = port;
    this.nonce = nonce;
  }

  /** The end that connects to a node, and itself listens on a port. */
  public static Handshake connector(LinkIdentity self, int peer, int port, byte[] nonce) {
    return new Handshake(self, true, peer, port, nonce);
  }

  /** The end that was connected to by nobody knows whom. */
  public static Handshake acceptor(LinkIdentity self, byte[] nonce) {
    return new Handshake(self, false, NOBODY, 0, nonce);
  }

  /** What this end says first; nothing when it is the acceptor. */
  public byte[] opening() {
    return connecting ? greet() : new byte[0];
  }

  /** Size of the next message of the other end; 0 when the handshake is complete. */
  public int expectedBytes() {
    return switch (step) {
      case GREETING -> GREETING_BYTES;
      case PROOF -> connecting ? LinkKey.BYTES : PROOF_BYTES;
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
    return connecting;
  }

  /** The node at the other end: of a connector from the start, of an acceptor once complete. */
  public int peer() {
    return peer;
  }

  /** The port that a connector listens on, once complete. */
  public int peerPort() {
    return peerPort;
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
    if (connecting) {
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
    byte[] portBytes = buffer(4).putInt(port).array();
    byte[] message = join(portBytes, self.key().proof(CONNECTOR, greetings, portBytes));
    transcript = join(greetings, message);
    return message;
  }

  private byte[] takeProof(byte[] message) throws LinkBrokenException {
    if (connecting) {
      byte[] expected = self.key().proof(ACCEPTOR, transcript);
      check(MessageDigest.isEqual(expected, message), "it does not know the key");
      step = Step.COMPLETE;
      return new byte[0];
    }
    byte[] portBytes = Arrays.copyOf(message, 4);
    byte[] proof = Arrays.copyOfRange(message, 4, message.length);
    byte[] expected = self.key().proof(CONNECTOR, transcript, portBytes);
    check(MessageDigest.isEqual(expected, proof), "it does not know the key");
    peerPort = ByteBuffer.wrap(portBytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    step = Step.COMPLETE;
    return self.key().proof(ACCEPTOR, join(transcript, message));
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
