package org.atoll.drivers.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LinkKeyTest {

  @Test
  void aKeyIsTheSameForWhoeverItIsGivenTo() throws IOException {
    LinkKey made = LinkKey.create();
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    made.write(pipe);
    LinkKey read = LinkKey.read(new ByteArrayInputStream(pipe.toByteArray()));
    byte[] text = {1, 2, 3};
    assertArrayEquals(made.proof(text), read.proof(text));
  }

  @Test
  void twoKeysDiffer() {
    assertFalse(Arrays.equals(LinkKey.create().proof(), LinkKey.create().proof()));
  }

  @Test
  void whatIsNotOfAKeysSizeIsRefused() {
    for (int bytes : new int[] {0, 31, 33, 4_096}) {
      ByteArrayInputStream pipe = new ByteArrayInputStream(new byte[bytes]);
      IOException refusal = assertThrows(IOException.class, () -> LinkKey.read(pipe));
      assertTrue(String.valueOf(refusal.getMessage()).contains("32 bytes"), refusal::toString);
    }
  }

  @Test
  void aKeyDoesNotPrintItself() {
    String printed = LinkKey.create().toString();
    assertFalse(printed.matches(".*[0-9].*"), printed);
  }
}
