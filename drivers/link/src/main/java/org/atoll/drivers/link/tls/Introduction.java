package org.atoll.drivers.link.tls;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.atoll.drivers.link.LinkKey;

/**
 * How two machines prove to each other that they know one key, which stays where it is.
 *
 * <pre>
 *   joiner                                                  agent
 *   greeting: magic, version, nonce                    ->
 *                                                      <-   greeting, with a nonce of its own
 *   HMAC("joiner", certificates, both greetings)       ->
 *                                                      <-   HMAC("agent", all of the above)
 * </pre>
 *
 * <p>The joiner proves itself first, so that a stranger learns nothing but a nonce. Both proofs
 * hold for the certificates of both ends, so that nobody can stand between them.
 */
public final class Introduction {

  /** What the conversation is for: who listens for one takes no other. */
  public enum Purpose {
    /** A node of a VOS. */
    NODE("ATOLHOST", 2),
    /** The other end of a benchmark. */
    BENCH("ATOLBNCH", 1);

    private final byte[] magic;
    private final int version;

    Purpose(String magic, int version) {
      this.magic = ascii(magic);
      this.version = version;
    }

    /** Version of what is said. */
    public int version() {
      return version;
    }
  }

  /** Bytes of the first message of each end. */
  public static final int GREETING_BYTES = 8 + 4 + LinkKey.BYTES;

  private static final byte[] JOINER = ascii("joiner");
  private static final byte[] AGENT = ascii("agent");

  private final DataInputStream in;
  private final OutputStream out;
  private final Purpose purpose;
  private final LinkKey key;
  private final byte[] binding;

  /**
   * An introduction that has not begun.
   *
   * @param binding what proofs hold for besides: the certificates of both ends
   */
  public Introduction(
      InputStream in, OutputStream out, Purpose purpose, LinkKey key, byte[] binding) {
    this.in = new DataInputStream(in);
    this.out = out;
    this.purpose = purpose;
    this.key = key;
    this.binding = binding;
  }

  /**
   * The end that connects.
   *
   * @throws IOException when the other end is a stranger
   */
  public void join() throws IOException {
    byte[] mine = greet();
    byte[] theirs = greeting();
    byte[] proof = key.proof(JOINER, binding, mine, theirs);
    say(proof);
    check(key.proof(AGENT, binding, mine, theirs, proof));
  }

  /**
   * The end that was connected to.
   *
   * @throws IOException when the other end is a stranger
   */
  public void accept() throws IOException {
    byte[] theirs = greeting();
    byte[] mine = greet();
    byte[] proof = key.proof(JOINER, binding, theirs, mine);
    check(proof);
    say(key.proof(AGENT, binding, theirs, mine, proof));
  }

  private byte[] greet() throws IOException {
    byte[] greeting =
        ByteBuffer.allocate(GREETING_BYTES)
            .put(purpose.magic)
            .putInt(purpose.version)
            .put(LinkKey.random())
            .array();
    say(greeting);
    return greeting;
  }

  private byte[] greeting() throws IOException {
    byte[] greeting = new byte[GREETING_BYTES];
    in.readFully(greeting);
    if (!Arrays.equals(purpose.magic, Arrays.copyOf(greeting, purpose.magic.length))) {
      throw new IOException("it does not speak as machines of a VOS do");
    }
    int version = ByteBuffer.wrap(greeting).getInt(purpose.magic.length);
    if (version != purpose.version) {
      throw new IOException(
          "it speaks version " + version + ", expected " + purpose.version + ": another Atoll");
    }
    return greeting;
  }

  private void check(byte[] expected) throws IOException {
    byte[] proof = new byte[LinkKey.BYTES];
    in.readFully(proof);
    if (!MessageDigest.isEqual(expected, proof)) {
      throw new IOException("it does not know the key");
    }
  }

  private void say(byte[] words) throws IOException {
    out.write(words);
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
