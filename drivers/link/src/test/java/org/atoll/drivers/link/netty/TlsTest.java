package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {

  private static SslHandler handler(Tls tls, boolean connects, EmbeddedChannel channel) {
    SslHandler handler = tls.handler(connects, channel.alloc());
    channel.pipeline().addLast(handler);
    return handler;
  }

  /** Carries what both ends say until neither says more. */
  private static void carry(EmbeddedChannel one, EmbeddedChannel two) {
    boolean said = true;
    while (said) {
      said = false;
      for (EmbeddedChannel from : new EmbeddedChannel[] {one, two}) {
        EmbeddedChannel to = from == one ? two : one;
        for (Object bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
          to.writeInbound(bytes);
          said = true;
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"JDK,JDK", "JDK,OPENSSL", "OPENSSL,JDK", "OPENSSL,OPENSSL"})
  void bothLibrariesSpeakVersion13WithEachOtherAndSeeTheSameCertificates(
      SslProvider first, SslProvider second) throws Exception {
    Tls here = new Tls(first);
    Tls there = new Tls(second);
    EmbeddedChannel connector = new EmbeddedChannel();
    EmbeddedChannel acceptor = new EmbeddedChannel();
    SslHandler accepting = handler(there, false, acceptor);
    SslHandler connecting = handler(here, true, connector);
    carry(connector, acceptor);
    assertTrue(connecting.handshakeFuture().isSuccess());
    assertTrue(accepting.handshakeFuture().isSuccess());
    assertEquals("TLSv1.3", accepting.engine().getSession().getProtocol());
    assertArrayEquals(here.binding(connecting, true), there.binding(accepting, false));
    connector.finishAndReleaseAll();
    acceptor.finishAndReleaseAll();
  }

  @Test
  void theNativeLibraryLoadsHere() {
    assertTrue(OpenSsl.isAvailable(), () -> String.valueOf(OpenSsl.unavailabilityCause()));
  }
}
