package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.cert.Certificate;
import javax.net.ssl.SSLException;
import org.atoll.drivers.link.tls.OwnCertificate;

/**
 * TLS 1.3 between nodes of different machines: BoringSSL where its library can be loaded, otherwise
 * the JDK's. Each end shows a certificate of its own making; the handshake of the node link, which
 * comes within, proves whose it is.
 */
final class Tls {

  private static final System.Logger LOG = System.getLogger("org.atoll.drivers.link");

  /** What a connection that is closed has time for to say so. */
  private static final long CLOSE_NOTIFY_MILLIS = 100;

  private final OwnCertificate own = OwnCertificate.create();
  private final SslContext accepting;
  private final SslContext connecting;

  Tls() {
    this(provider());
  }

  Tls(SslProvider provider) {
    try {
      accepting =
          SslContextBuilder.forServer(own.key(), own.certificate())
              .clientAuth(ClientAuth.REQUIRE)
              .sslProvider(provider)
              .protocols(OwnCertificate.PROTOCOL)
              .trustManager(OwnCertificate.ANY_PEER)
              .build();
      connecting =
          SslContextBuilder.forClient()
              .keyManager(own.key(), own.certificate())
              .sslProvider(provider)
              .protocols(OwnCertificate.PROTOCOL)
              .trustManager(OwnCertificate.ANY_PEER)
              .endpointIdentificationAlgorithm("")
              .build();
    } catch (SSLException impossible) {
      throw new IllegalStateException("TLS 1.3 by " + provider, impossible);
    }
  }

  private static SslProvider provider() {
    if (OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL)) {
      return SslProvider.OPENSSL;
    }
    LOG.log(System.Logger.Level.DEBUG, "TLS by the JDK", OpenSsl.unavailabilityCause());
    return SslProvider.JDK;
  }

  /** What a connection's bytes go through. */
  SslHandler handler(boolean connects, ByteBufAllocator buffers) {
    SslHandler handler = (connects ? connecting : accepting).newHandler(buffers);
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
    // What is written is shown in the session's memory, into which nothing may be gathered.
    handler.setWrapDataSize(0);
    return handler;
  }

  /** What proofs within a connection hold for, once its TLS is there. */
  byte[] binding(SslHandler of, boolean connects) throws IOException {
    Certificate[] shown = of.engine().getSession().getPeerCertificates();
    return own.binding(shown[0], connects);
  }
}
