package org.atoll.boot.hosts;

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
 *   node 0                                                  agent
 *   greeting: magic, version, nonce                    ->
 *                                                      <-   greeting, with a nonce of its own
 *   HMAC("joiner", certificates, both greetings)       ->
 *                                                      <-   HMAC("agent", all of the above)
 * </pre>
 *
 * <p>Node 0 proves itself first, so that a stranger learns nothing but a nonce. Both proofs hold
 * for the certificates of both ends, so that nobody can stand between them.
 */
final class Introduction {

  /** Version of what is said between machines. */
  static final int VERSION = 2;

  static final int GREETING_BYTES = 8 + 4 + LinkKey.BYTES;

  private static final byte[] MAGIC = ascii("ATOLHOST");
  private static final byte[] JOINER = ascii("joiner");
  private static final byte[] AGENT = ascii("agent");

  private final DataInputStream in;
  private final OutputStream out;
  private final LinkKey key;
  private final byte[] binding;

  /**
   * An introduction that has not begun.
   *
   * @param binding what proofs hold for besides: the certificates of both ends
   */
  Introduction(InputStream in, OutputStream out, LinkKey key, byte[] binding) {
    this.in = new DataInputStream(in);
    this.out = out;
    this.key = key;
    this.binding = binding;
  }

  /**
   * The end that connects.
   *
   * @throws IOException when the other end is a stranger
   */
  void join() throws IOException {
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
  void accept() throws IOException {
    byte[] theirs = greeting();
    byte[] mine = greet();
    byte[] proof = key.proof(JOINER, binding, theirs, mine);
    check(proof);
    say(key.proof(AGENT, binding, theirs, mine, proof));
  }

  private byte[] greet() throws IOException {
    byte[] greeting =
        ByteBuffer.allocate(GREETING_BYTES)
            .put(MAGIC)
            .putInt(VERSION)
            .put(LinkKey.random())
            .array();
    say(greeting);
    return greeting;
  }

  private byte[] greeting() throws IOException {
    byte[] greeting = new byte[GREETING_BYTES];
    in.readFully(greeting);
    if (!Arrays.equals(MAGIC, Arrays.copyOf(greeting, MAGIC.length))) {
      throw new IOException("it does not speak as machines of a VOS do");
    }
    int version = ByteBuffer.wrap(greeting).getInt(MAGIC.length);
    if (version != VERSION) {
      throw new IOException(
          "it speaks version " + version + ", expected " + VERSION + ": another Atoll");
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
