package org.atoll.drivers.net.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import org.atoll.abi.Errno;
import org.junit.jupiter.api.Test;

/** Netty wraps what the host says of a connection; programs are told what the host said. */
class ErrnosTest {

  private static int refused(String words) {
    return Errnos.of(new ConnectException("finishConnect(..) failed: " + words));
  }

  @Test
  void aConnectionThatFailsSaysWhy() {
    assertEquals(Errno.ECONNREFUSED, refused("Connection refused"));
    assertEquals(Errno.ECONNRESET, refused("Connection reset by peer"));
    assertEquals(Errno.ETIMEDOUT, refused("Connection timed out"));
    assertEquals(Errno.ENETUNREACH, refused("Network is unreachable"));
    assertEquals(Errno.EHOSTUNREACH, Errnos.of(new NoRouteToHostException()));
  }

  @Test
  void aConnectionThatEndsWasReset() {
    assertEquals(Errno.ECONNRESET, Errnos.of(new ClosedChannelException()));
    assertEquals(Errno.ECONNRESET, Errnos.of(new IOException("Broken pipe")));
  }

  @Test
  void anAddressThatIsNotThereIsNotAvailable() {
    assertEquals(Errno.EADDRNOTAVAIL, Errnos.of(new BindException()));
  }
}
