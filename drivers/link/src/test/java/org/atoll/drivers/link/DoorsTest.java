package org.atoll.drivers.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m,tcp:127.0.0.1:1",
        "m,tcp:[0:0:0:0:0:0:0:1]:65535",
        "m,tcp:1.2.3.4:5,tcp:1.2.3.4:6"
      })
  void doorsAreReadAsTheyAreWritten(String text) throws LinkBrokenException {
    Doors doors = Doors.parse(text);
    assertEquals(text, doors.toString());
    assertEquals(doors, Doors.take(ByteBuffer.wrap(doors.encoded())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m",
        "m,",
        "m,tcp",
        "m,tcp:",
        "m,udp:1.2.3.4:5",
        "m,tcp:1.2.3.4",
        "m,tcp:1.2.3.4:0",
        "m,tcp:1.2.3.4:65536",
        "m,tcp:localhost:5",
        "m,tcp:1.2.3.4:5,"
      })
  void whatNamesNoPlaceIsRefused(String text) {
    assertThrows(LinkBrokenException.class, () -> Doors.parse(text));
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] bytes = new byte[Doors.BYTES];
    Arrays.fill(bytes, (byte) 0xff);
    assertThrows(LinkBrokenException.class, () -> Doors.take(ByteBuffer.wrap(bytes)));
  }
}
