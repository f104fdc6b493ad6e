package org.atoll.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.atoll.image.root.ImageException;
import org.junit.jupiter.api.Test;

class AppletTableTest {
  private static final String NAMES =
      "[ [[ ash busybox cat echo grep ls mount sh sha3sum true uname wc xxd";

  @Test
  void theTableIsFoundBehindOtherStringsThatStartLikeIt() throws IOException {
    assertEquals(NAMES, find("\177ELF x[\0[[\0test\0\0 junk" + table(NAMES) + "\0\1\2"));
  }

  @Test
  void theTableEndsWhereTheOrderDoes() throws IOException {
    assertEquals(NAMES, find("ELF\0" + table(NAMES) + "another\0zzz\0"));
  }

  @Test
  void aTableAtTheVeryEndOfTheFileIsFound() throws IOException {
    assertEquals(NAMES, find(table(NAMES)));
  }

  @Test
  void aTableWithoutTheUsualNamesIsNotBelieved() {
    assertThrows(ImageException.class, () -> find(table("[ [[ ash busybox cat")));
  }

  @Test
  void aProgramWithoutATableIsAnError() {
    assertThrows(ImageException.class, () -> find("\177ELF and nothing else"));
  }

  private static String table(String names) {
    return names.replace(' ', '\0') + "\0";
  }

  private static String find(String program) throws IOException {
    return String.join(" ", AppletTable.find(program.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
