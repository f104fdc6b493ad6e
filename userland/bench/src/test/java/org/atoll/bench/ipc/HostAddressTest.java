package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {

  private static void reads(String host, int port, String text) throws Exception {
    assertEquals(new InetSocketAddress(host, port), HostAddress.parse("--listen", text));
  }

  @Test
  void aPortMayBeLeftOut() throws Exception {
    reads("10.0.0.2", 7020, "10.0.0.2");
    reads("10.0.0.2", 80, "10.0.0.2:80");
    reads("::1", 7020, "[::1]");
    reads("::1", 80, "[::1]:80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":7020", "10.0.0.2:x", "10.0.0.2:70000", "::1", "a b", "me@10.0.0.2"})
  void whatIsNoAddressIsSaid(String text) {
    IOException said = assertThrows(IOException.class, () -> HostAddress.parse("--listen", text));
    assertEquals("--listen takes HOST or HOST:PORT, and not '" + text + "'", said.getMessage());
  }
}
