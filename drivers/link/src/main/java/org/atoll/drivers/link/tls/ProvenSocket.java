package org.atoll.drivers.link.tls;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.atoll.drivers.link.LinkKey;

/**
 * A connection between two machines that have proved to each other that they know one key, by TLS
 * 1.3. Each end is read by one thread and written by one at a time.
 */
public final class ProvenSocket implements Closeable {

  /** Time for a stranger to prove itself. */
  static final Duration INTRODUCTION = Duration.ofSeconds(5);

  private static final int SILENT_SECONDS = 3;

  private final Socket plain;
  private final DataInputStream in;
  private final OutputStream out;

  private ProvenSocket(Socket plain, SSLSocket encrypted) throws IOException {
    this.plain = plain;
    in = new DataInputStream(encrypted.getInputStream());
    out = encrypted.getOutputStream();
  }

  /**
   * Connects, and proves the key.
   *
   * @throws IOException with the reason in words
   */
  public static ProvenSocket join(
      InetSocketAddress to, Introduction.Purpose purpose, LinkKey key, OwnCertificate own)
      throws IOException {
    Socket plain = connect(to);
    try {
      return begin(plain, purpose, key, own, own.context(), true);
    } catch (IOException | RuntimeException stranger) {
      plain.close();
      throw stranger;
    }
  }

  /** A name may have several addresses, of which the other end need not have each. */
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
  public static ProvenSocket accept(
      Socket plain,
      Introduction.Purpose purpose,
      LinkKey key,
      OwnCertificate own,
      SSLContext context)
      throws IOException {
    try {
      return begin(plain, purpose, key, own, context, false);
    } catch (EOFException ended) {
      throw new IOException("it ended the connection", ended);
    }
  }

  private static ProvenSocket begin(
      Socket plain,
      Introduction.Purpose purpose,
      LinkKey key,
      OwnCertificate own,
      SSLContext context,
      boolean joins)
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
      ProvenSocket proven = new ProvenSocket(plain, encrypted);
      Introduction introduction = new Introduction(proven.in, proven.out, purpose, key, binding);
      if (joins) {
        introduction.join();
      } else {
        introduction.accept();
      }
      return proven;
    } catch (IOException ended) {
      throw deadline.missed() ? new IOException("it did not answer in time", ended) : ended;
    }
  }

  /** From now on a machine that is gone is missed within seconds, where nothing is said. */
  public void missSoon() throws IOException {
    plain.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, SILENT_SECONDS);
    plain.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 1);
    plain.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, SILENT_SECONDS);
  }

  /** What the other end says. */
  public DataInputStream input() {
    return in;
  }

  /** Where this end speaks. */
  public OutputStream output() {
    return out;
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
  public Deadline within(Duration time) {
    return new Deadline(time, plain);
  }

  /** Ends it at once. */
  @Override
  public void close() throws IOException {
    plain.close();
  }
}
