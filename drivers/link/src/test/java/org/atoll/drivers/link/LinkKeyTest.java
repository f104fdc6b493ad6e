package org.atoll.drivers.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkKeyTest {

  @TempDir Path folder;

  @Test
  void aKeyIsTheSameForAllWhoReadItsFile() throws IOException {
    Path file = folder.resolve("key");
    LinkKey made = LinkKey.create(file);
    LinkKey read = LinkKey.read(file);
    byte[] text = {1, 2, 3};
    assertArrayEquals(made.proof(text), read.proof(text));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Path file = folder.resolve("key");
    LinkKey.create(file);
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rwx------", "r--------"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      IOException refusal = assertThrows(IOException.class, () -> LinkKey.read(file));
      assertTrue(String.valueOf(refusal.getMessage()).contains(mode), refusal::toString);
    }
  }

  @Test
  void aFileOfAnotherSizeOrKindIsRefused() throws IOException {
    Path file = folder.resolve("key");
    LinkKey.create(file);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThrows(IOException.class, () -> LinkKey.read(link));
    Files.write(file, new byte[31]);
    assertThrows(IOException.class, () -> LinkKey.read(file));
  }

  @Test
  void aKeyIsNotWrittenOverAnotherFile() throws IOException {
    Path file = Files.createFile(folder.resolve("key"));
    assertThrows(FileAlreadyExistsException.class, () -> LinkKey.create(file));
  }

  @Test
  void aKeyDoesNotPrintItself() throws IOException {
    Path file = folder.resolve("key");
    String printed = LinkKey.create(file).toString();
    assertFalse(printed.matches(".*[0-9].*"), printed);
  }
}
