package org.atoll.drivers.link.netty;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.atoll.drivers.link.tls.OwnCertificate;

/**
 * Whoever stands between two nodes and reads along: ends TLS at both sides, with a certificate of
 * its own, and passes on what is said within, unchanged.
 */
final class InTheMiddle implements Closeable {

  private final SSLContext context = OwnCertificate.create().context();
  private final SSLServerSocket door;
  private final InetSocketAddress target;

  InTheMiddle(InetSocketAddress target) throws IOException {
    this.target = target;
    InetAddress here = InetAddress.getLoopbackAddress();
    door = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, here);
    door.setNeedClientAuth(true);
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        SSLSocket near = (SSLSocket) door.accept();
        SSLSocket far =
            (SSLSocket)
                context.getSocketFactory().createSocket(target.getAddress(), target.getPort());
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
      } catch (IOException ended) {
        // The door is closed, or the target is.
      }
    }
  }

  private static void pass(SSLSocket from, SSLSocket to) {
    try (from;
        to) {
      var _ = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // One end is gone, and so is the other.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
