package org.atoll.drivers.hostfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostfsDriverTest {

  private static final int REMOVE_DIRECTORY = 0x200;
  private static final int NOREPLACE = 1;
  private static final int EXCHANGE = 2;

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

  @Test
  void whatTheHostWroteIsReadAndTheReverse() throws IOException {
    Files.writeString(host.resolve("f"), "from the host");
    assertEquals("from the host", share.read(share.lookup(1, "f"), 0, 100));
    long made = share.create(1, "g", TestShare.REGULAR | 0640);
    assertEquals(5, share.write(made, "guest", 0));
    assertEquals(2, share.write(made, "!!", -1));
    assertEquals("guest!!", Files.readString(host.resolve("g")));
    assertEquals(
        "rw-r-----",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(host.resolve("g"))));
  }

  @Test
  void aFileThatMayNotBeWrittenIsWrittenByWhoMadeIt() throws IOException {
    long made = share.create(1, "f", TestShare.REGULAR | 0400);
    assertEquals(1, share.write(made, "x", 0));
    assertEquals("x", Files.readString(host.resolve("f")));
  }

  @Test
  void anAppendAnswersWhereItEnded() throws IOException {
    Files.writeString(host.resolve("f"), "12345");
    long inode = share.lookup(1, "f");
    long request = share.ask(Call.WRITE, "67", 0, inode, -1, 2, 0, 0);
    assertEquals(2, share.turn.result(request));
    assertEquals(7, share.turn.word(request, 1));
  }

  @Test
  void theRootIsInodeOneAndNumbersStay() throws IOException {
    Files.createDirectories(host.resolve("d/e"));
    Files.writeString(host.resolve("d/e/f"), "x");
    assertEquals(0x4000, share.stat(1).getInt(FileStatus.MODE) & 0xf000);
    long file = share.walk("d/e/f");
    assertEquals(file, share.walk("d/e/f"));
    assertEquals(file, share.stat(file).getLong(FileStatus.INODE));
    Files.createLink(host.resolve("h"), host.resolve("d/e/f"));
    assertEquals(file, share.lookup(1, "h"));
  }

  @Test
  void ownersAreRootOrNobodyAndStay() throws IOException {
    Files.writeString(host.resolve("f"), "x");
    long inode = share.lookup(1, "f");
    assertEquals(0, share.stat(inode).getInt(FileStatus.UID));
    assertEquals(-Errno.EPERM, share.turn.result(share.ask(Call.SETATTR, inode, 2, 0, 1000, 0)));
    assertEquals(0, share.turn.result(share.ask(Call.SETATTR, inode, 6, 0, 0, 0)));
    assertEquals(0, share.turn.result(share.ask(Call.SETATTR, inode, 1, 0711, 0, 0)));
    assertEquals(0711, share.stat(inode).getInt(FileStatus.MODE) & 07777);
    assertEquals(-Errno.EPERM, share.turn.result(share.ask(Call.SETATTR, inode, 1, 04711, 0, 0)));
  }

  @Test
  void aFileWithoutANameIsThereWhileItIsHeld() {
    long inode = share.create(1, "f", TestShare.REGULAR | 0600);
    share.write(inode, "kept", 0);
    assertTrue(share.unlink(1, "f", 0) >= 0);
    assertEquals("kept", share.read(inode, 0, 10));
    assertEquals("/f", share.path(inode));
    assertEquals(0, share.stat(inode).getInt(FileStatus.LINKS));
    share.put(inode);
    assertEquals("E" + Errno.ESTALE, share.read(inode, 0, 10));
  }

  @Test
  void namesMoveWithTheirInodes() {
    long d = share.create(1, "d", TestShare.DIRECTORY | 0755);
    long f = share.create(1, "f", TestShare.REGULAR | 0644);
    long g = share.create(d, "g", TestShare.REGULAR | 0644);
    assertEquals(-Errno.EEXIST, share.rename(1, "f", d, "g", NOREPLACE));
    assertEquals(0, share.rename(1, "f", d, "g", EXCHANGE));
    assertEquals("/d/g", share.path(f));
    assertEquals("/f", share.path(g));
    assertEquals(0, share.rename(1, "d", 1, "moved", 0));
    assertEquals("/moved/g", share.path(f));
    assertEquals(0, share.rename(1, "f", d, "g", 0));
    assertEquals("/moved/g", share.path(g));
    assertEquals(0, share.stat(f).getInt(FileStatus.LINKS));
    assertEquals(-Errno.ENOTEMPTY, share.unlink(1, "moved", REMOVE_DIRECTORY));
    assertEquals(-Errno.EINVAL, share.rename(1, "moved", d, "below", 0));
  }

  @Test
  void linksAreMadeAndRead() throws IOException {
    String both = "sym" + "/no/where";
    assertTrue(share.turn.result(share.ask(Call.SYMLINK, both, 0, 1, 0, 0, 3)) > 0);
    assertEquals("/no/where", share.readlink(share.lookup(1, "sym")));
    long file = share.create(1, "f", TestShare.REGULAR | 0644);
    assertEquals(0, share.turn.result(share.ask(Call.LINK, "g", 0, 1, file)));
    assertEquals(2, share.stat(file).getInt(FileStatus.LINKS));
    long link = share.lookup(1, "sym");
    assertEquals(0, share.turn.result(share.ask(Call.LINK, "sym2", 0, 1, link)));
    assertTrue(Files.isSymbolicLink(host.resolve("sym2")));
    long day = 86_400_000_000_000L;
    assertEquals(0, share.turn.result(share.ask(Call.UTIMES, link, day, 2 * day + 5)));
    assertEquals(day, share.stat(link).getLong(FileStatus.ACCESSED));
    assertEquals(2 * day + 5, share.stat(link).getLong(FileStatus.MODIFIED));
  }

  @Test
  void everyEntryIsListedOnceWhateverComesAndGoes() throws IOException {
    for (int i = 0; i < 200; i++) {
      Files.createFile(host.resolve("name-" + i));
    }
    List<String> names = share.list(1);
    assertEquals(202, names.size());
    assertEquals(202, new HashSet<>(names).size());
  }

  @Test
  void holesAreFoundAndMade() {
    long inode = share.create(1, "f", TestShare.REGULAR | 0600);
    int mebibyte = 1 << 20;
    assertEquals(0, share.turn.result(share.ask(Call.TRUNCATE, inode, 4 * mebibyte, 0, 1L << 40)));
    assertEquals(4, share.write(inode, "data", 2 * mebibyte));
    assertEquals(2 * mebibyte, share.turn.result(share.ask(Call.SEEK, inode, 0, 3)));
    assertEquals(0, share.turn.result(share.ask(Call.SEEK, inode, 0, 4)));
    assertEquals("\0\0", share.read(inode, 9, 2));
    long limited = share.ask(Call.TRUNCATE, inode, 8 * mebibyte, 0, 5 * mebibyte);
    assertEquals(-Errno.EFBIG, share.turn.result(limited));
    assertEquals(1, share.turn.word(limited, 1));
  }

  @Test
  void aPageHasAFrameHereAndBytesElsewhere() throws IOException {
    Files.writeString(host.resolve("f"), "page");
    long inode = share.lookup(1, "f");
    long here = share.ask(Call.PAGE, inode, 0, share.turn.node());
    assertEquals(1, share.turn.result(here));
    byte[] bytes = new byte[5];
    share.turn.memory().frameRead((int) share.turn.word(here, 1), 0, bytes, 0, 5);
    assertEquals("page\0", new String(bytes, java.nio.charset.StandardCharsets.US_ASCII));
    long there = share.ask(Call.PAGE, "", 4_096, inode, 0, share.turn.node() + 1);
    assertEquals(0, share.turn.result(there));
    assertEquals('p', share.turn.out(there)[0]);
    assertEquals(
        -Errno.ENXIO, share.turn.result(share.ask(Call.PAGE, inode, 1, share.turn.node())));
  }

  @Test
  void theVersionChangesWithTheContents() throws IOException {
    Files.writeString(host.resolve("f"), "one");
    long inode = share.lookup(1, "f");
    long before = share.turn.result(share.ask(Call.VERSION, inode));
    Files.writeString(host.resolve("f"), "three");
    long request = share.ask(Call.VERSION, inode);
    assertNotEquals(before, share.turn.result(request));
    assertEquals(5, share.turn.word(request, 1));
    assertEquals(1, share.turn.word(request, 2));
  }

  @Test
  void nothingChangesInAShareThatIsOnlyRead() throws IOException {
    Files.writeString(host.resolve("f"), "x");
    try (TestShare only = new TestShare(host, true)) {
      long f = only.lookup(1, "f");
      assertEquals("x", only.read(f, 0, 9));
      assertEquals(-Errno.EROFS, only.write(f, "y", 0));
      assertEquals(-Errno.EROFS, only.create(1, "g", TestShare.REGULAR | 0600));
      assertEquals(-Errno.EROFS, only.unlink(1, "f", 0));
      assertEquals(-Errno.EROFS, only.rename(1, "f", 1, "g", 0));
      assertEquals(-Errno.EROFS, only.turn.result(only.ask(Call.TRUNCATE, f, 0, 0, 0)));
      assertEquals(-Errno.EROFS, only.turn.result(only.ask(Call.UTIMES, f, 0, 0)));
      assertEquals(-Errno.EROFS, only.turn.result(only.ask(Call.SETATTR, f, 1, 0, 0, 0)));
      long statfs = only.ask(Call.STATFS, "", 120);
      assertEquals(1, only.turn.out(statfs)[80] & 1);
    }
    assertFalse(Files.exists(host.resolve("g")));
  }

  @Test
  void aSingleFileIsARootWithoutNames() throws IOException {
    Path file = Files.writeString(host.resolve("f"), "alone");
    try (TestShare single = new TestShare(file, false)) {
      assertEquals("alone", single.read(1, 0, 9));
      assertEquals(-Errno.ENOTDIR, single.lookup(1, "f"));
      assertEquals(3, single.write(1, "ALO", 0));
    }
    assertEquals("ALOne", Files.readString(file));
  }
}
