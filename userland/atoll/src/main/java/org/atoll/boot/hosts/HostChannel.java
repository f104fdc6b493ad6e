package org.atoll.boot.hosts;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.Deadline;
import org.atoll.drivers.link.tls.Introduction.Purpose;
import org.atoll.drivers.link.tls.OwnCertificate;
import org.atoll.drivers.link.tls.ProvenSocket;

/**
 * A conversation between two machines that have proved to each other that they know one key: words
 * with a few bytes behind them. Each end is read by one thread and written by any.
 */
public final class HostChannel implements Closeable {

  /** Bytes behind a word. */
  static final int BYTES_MAX = 16_384;

  /** What can be said. */
  enum Word {
    /** The agent: which Atoll it is (UTF-8). */
    OFFER,
    /** The agent: why it cannot serve now (UTF-8). */
    BUSY,
    /** Node 0: a {@link Membership}. */
    INVITATION,
    /** The agent asks what time it is in the VOS. */
    TIME,
    /** Node 0: nanoseconds since the VOS started (64 bits). */
    TIME_IS,
    /** The agent: with which status the node's process ended (32 bits). */
    ENDED,
    /** Node 0: the VOS ends. */
    END,
    /** The agent: some of what the node's process tells of, which is lines of text. */
    SEEN
  }

  /** A word that was said, with what was behind it. */
  static final class Said {

    private final Word word;
    private final byte[] bytes;

    private Said(Word word, byte[] bytes) {
      this.word = word;
      this.bytes = bytes;
    }

    boolean is(Word which) {
      return word == which;
    }

    /** The bytes of a word that is expected now. */
    byte[] expect(Word expected) throws IOException {
      if (word != expected) {
        throw new IOException("it said " + word + " where " + expected + " was due");
      }
      return bytes;
    }
  }

  private final ProvenSocket socket;

  private HostChannel(ProvenSocket socket) {
    this.socket = socket;
  }

  /**
   * Connects to an agent and proves the key.
   *
   * @throws IOException with the reason in words
   */
  static HostChannel join(InetSocketAddress to, LinkKey key, OwnCertificate own)
      throws IOException {
    return new HostChannel(ProvenSocket.join(to, Purpose.NODE, key, own));
  }

  /**
   * Takes a connection, if the other end proves the key.
   *
   * @param context of {@code own}
   * @throws IOException when it is a stranger's
   */
  public static HostChannel accept(
      Socket plain, LinkKey key, OwnCertificate own, SSLContext context) throws IOException {
    return new HostChannel(ProvenSocket.accept(plain, Purpose.NODE, key, own, context));
  }

  /** Address by which the other end reaches this machine. */
  public InetAddress here() {
    return socket.here();
  }

  /** Who is at the other end. */
  public InetSocketAddress there() {
    return socket.there();
  }

  /** Something that cannot be said in time closes the connection. */
  Deadline within(Duration time) {
    return socket.within(time);
  }

  /** Says a word. */
  synchronized void say(Word word, byte[] behind) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    DataOutputStream words = new DataOutputStream(whole);
    words.writeInt(behind.length);
    words.writeByte(word.ordinal());
    words.write(behind);
    OutputStream out = socket.output();
    out.write(whole.toByteArray());
    out.flush();
  }

  /**
   * Waits for a word.
   *
   * @throws IOException when the connection ends, or what comes is no word
   */
  Said hear() throws IOException {
    DataInputStream in = socket.input();
    int bytes = in.readInt();
    int word = in.readByte();
    if (bytes < 0 || bytes > BYTES_MAX || word < 0 || word >= Word.values().length) {
      throw new IOException("it said word " + word + " with " + bytes + " bytes");
    }
    byte[] behind = new byte[bytes];
    in.readFully(behind);
    return new Said(Word.values()[word], behind);
  }

  /** Ends it at once. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
