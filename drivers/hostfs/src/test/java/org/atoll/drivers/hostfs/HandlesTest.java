package org.atoll.drivers.hostfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many files are held, few descriptors of the host are; who needs one gets it again. */
final class HandlesTest {

  private static final int FILES = Inodes.HANDLES_MAX + 150;
  private static final int MOST = Inodes.HANDLES_MAX + 2 * 64 + 8;

  @TempDir Path host;
  private TestShare share;

  @BeforeEach
  void open() throws IOException {
    share = new TestShare(host, false);
  }

  @AfterEach
  void close() {
    share.close();
  }

  private List<Long> hold(String folder) throws IOException {
    Files.createDirectory(host.resolve(folder));
    long directory = share.lookup(1, folder);
    List<Long> held = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      Files.writeString(host.resolve(folder + "/" + i), "file " + i);
      held.add(share.lookup(directory, String.valueOf(i)));
      assertEquals("file " + i, share.read(held.getLast(), 0, 20));
    }
    share.put(directory);
    return held;
  }

  @Test
  void manyHeldFilesTakeFewDescriptors() throws IOException {
    List<Long> held = hold("d");
    assertTrue(TestShare.descriptorsUnder(host) < MOST);
    for (int i = 0; i < FILES; i++) {
      assertEquals("file " + i, share.read(held.get(i), 0, 20));
    }
    assertTrue(TestShare.descriptorsUnder(host) < MOST);
  }

  @Test
  void whatIsGivenBackIsClosed() throws IOException {
    long before = TestShare.descriptorsUnder(host);
    hold("d").forEach(share::put);
    assertEquals(before, TestShare.descriptorsUnder(host) - 1);
  }

  @Test
  void anotherFileUnderTheNameIsStale() throws IOException {
    List<Long> held = hold("d");
    Path first = host.resolve("d/0");
    Files.move(first, host.resolve("gone"));
    Files.writeString(first, "another");
    assertEquals("E" + Errno.ESTALE, share.read(held.getFirst(), 0, 20));
    Files.delete(host.resolve("d/1"));
    assertEquals("E" + Errno.ESTALE, share.read(held.get(1), 0, 20));
  }

  @Test
  void aFileThatLosesItsNameIsOpenedBefore() throws IOException {
    List<Long> held = hold("d");
    long directory = share.lookup(1, "d");
    assertTrue(share.unlink(directory, "0", 0) >= 0);
    assertEquals(0, share.rename(directory, "5", directory, "1", 0));
    for (int i = 2; i < FILES; i++) {
      share.read(held.get(i), 0, 20);
    }
    assertEquals("file 0", share.read(held.getFirst(), 0, 20));
    assertEquals("file 1", share.read(held.get(1), 0, 20));
    assertEquals("file 5", share.read(held.get(5), 0, 20));
  }

  @Test
  void filesWithoutNamesAreBounded() {
    for (int i = 0; i < Inodes.NAMELESS_MAX; i++) {
      assertTrue(share.create(1, "f", TestShare.REGULAR | 0600) > 0);
      assertTrue(share.unlink(1, "f", 0) >= 0);
    }
    assertTrue(share.create(1, "f", TestShare.REGULAR | 0600) > 0);
    assertEquals(-Errno.ENFILE, share.unlink(1, "f", 0));
  }
}
