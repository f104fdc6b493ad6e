package org.atoll.boot.hosts;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.OwnCertificate;

/**
 * A conversation between two machines that have proved to each other that they know one key: words
 * with a few bytes behind them, by TLS 1.3. Each end is read by one thread and written by any.
 */
public final class HostChannel implements Closeable {

  /** Time for a stranger to prove itself. */
  static final Duration INTRODUCTION = Duration.ofSeconds(5);

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

  private final Socket plain;
  private final DataInputStream in;
  private final OutputStream out;

  private HostChannel(Socket plain, SSLSocket encrypted) throws IOException {
    this.plain = plain;
    in = new DataInputStream(encrypted.getInputStream());
    out = encrypted.getOutputStream();
  }

  /**
   * Connects to an agent and proves the key.
   *
   * @throws IOException with the reason in words
   */
  static HostChannel join(InetSocketAddress to, LinkKey key, OwnCertificate own)
      throws IOException {
    Socket plain = connect(to);
    try {
      return begin(plain, key, own, own.context(), true);
    } catch (IOException | RuntimeException stranger) {
      plain.close();
      throw stranger;
    }
  }

  /** A name may have several addresses, of which the agent need not have each. */
  private static Socket connect(InetSocketAddress to) throws IOException {
    IOException first = null;
    for (InetAddress address : InetAddress.getAllByName(to.getHostString())) {
      Socket plain = new Socket();
      try {
        plain.connect(new InetSocketAddress(address, to.getPort()), (int) INTRODUCTION.toMillis());
        return plain;
      } catch (IOException refused) {
        plain.close();
        first = first == null ? refused : first;
      }
    }
    throw first == null ? new IOException("unknown host") : first;
  }

  /**
   * Takes a connection, if the other end proves the key.
   *
   * @param context of {@code own}
   * @throws IOException when it is a stranger's
   */
  public static HostChannel accept(
      Socket plain, LinkKey key, OwnCertificate own, SSLContext context) throws IOException {
    try {
      return begin(plain, key, own, context, false);
    } catch (EOFException ended) {
      throw new IOException("it ended the connection", ended);
    }
  }

  private static HostChannel begin(
      Socket plain, LinkKey key, OwnCertificate own, SSLContext context, boolean joins)
      throws IOException {
    Deadline deadline = new Deadline(INTRODUCTION, plain);
    try (deadline) {
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      SSLSocket encrypted =
          (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
      encrypted.setEnabledProtocols(new String[] {OwnCertificate.PROTOCOL});
      encrypted.setUseClientMode(joins);
      encrypted.setNeedClientAuth(true);
      encrypted.startHandshake();
      byte[] binding = own.binding(encrypted.getSession().getPeerCertificates()[0], joins);
      HostChannel channel = new HostChannel(plain, encrypted);
      Introduction introduction = new Introduction(channel.in, channel.out, key, binding);
      if (joins) {
        introduction.join();
      } else {
        introduction.accept();
      }
      return channel;
    } catch (IOException ended) {
      throw deadline.missed() ? new IOException("it did not answer in time", ended) : ended;
    }
  }

  /** Address by which the other end reaches this machine. */
  public InetAddress here() {
    return plain.getLocalAddress();
  }

  /** Who is at the other end. */
  public InetSocketAddress there() {
    return (InetSocketAddress) plain.getRemoteSocketAddress();
  }

  /** Something that cannot be said in time closes the connection. */
  Deadline within(Duration time) {
    return new Deadline(time, plain);
  }

  /** Says a word. */
  synchronized void say(Word word, byte[] behind) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    DataOutputStream words = new DataOutputStream(whole);
    words.writeInt(behind.length);
    words.writeByte(word.ordinal());
    words.write(behind);
    out.write(whole.toByteArray());
    out.flush();
  }

  /**
   * Waits for a word.
   *
   * @throws IOException when the connection ends, or what comes is no word
   */
  Said hear() throws IOException {
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
    plain.close();
  }
}
