package org.atoll.drivers.hostfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.atoll.abi.Errno;
import org.atoll.abi.protocol.FileStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing outside the share is reached, whatever lies in it and whoever moves it. */
final class ContainmentTest {

  private static final int SYMLINK = 0xa000;

  @TempDir Path machine;
  private Path inside;
  private Path outside;
  private TestShare share;

  @BeforeEach
  void open() throws IOException {
    inside = Files.createDirectory(machine.resolve("inside"));
    outside = Files.createDirectory(machine.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    share = new TestShare(inside, false);
  }

  @AfterEach
  void close() {
    share.close();
  }

  @Test
  void theDirectoryAboveTheRootIsTheRoot() {
    assertEquals(1, share.lookup(1, ".."));
    assertEquals(1, share.lookup(1, "."));
    long directory = share.create(1, "d", TestShare.DIRECTORY | 0755);
    assertEquals(1, share.lookup(directory, ".."));
  }

  @Test
  void aNameIsOneName() {
    long d = share.create(1, "d", TestShare.DIRECTORY | 0755);
    for (String name : new String[] {"../outside", "/etc", "d/..", "d/", "", "a\0b", "../.."}) {
      assertEquals(-Errno.EINVAL, share.create(1, name, TestShare.REGULAR | 0644), name);
      assertEquals(-Errno.EINVAL, share.unlink(1, name, 0), name);
      assertEquals(-Errno.EINVAL, share.rename(1, "d", 1, name, 0), name);
      assertEquals(-Errno.EINVAL, share.rename(1, name, d, "x", 0), name);
    }
    assertEquals(-Errno.EINVAL, share.create(1, "..", TestShare.REGULAR | 0644));
    assertEquals(-Errno.EINVAL, share.unlink(d, "..", 0x200));
    assertEquals(-Errno.EINVAL, share.rename(d, "..", 1, "x", 0));
    assertEquals(-Errno.ENAMETOOLONG, share.lookup(1, "n".repeat(256)));
  }

  @Test
  void ofAPathTheFirstNameIsLookedUp() {
    long d = share.create(1, "d", TestShare.DIRECTORY | 0755);
    assertEquals(d, share.lookup(1, "d/x"));
    assertEquals(d, share.lookup(1, "d/.."));
    assertEquals(d, share.lookup(1, "d/" + "n".repeat(300)));
    assertEquals(1, share.lookup(1, "../outside"));
    assertEquals(-Errno.ENAMETOOLONG, share.lookup(1, "n".repeat(256) + "/x"));
    for (String path : new String[] {"/etc", "", "a\0b", "a\0b/x"}) {
      assertEquals(-Errno.EINVAL, share.lookup(1, path), path);
    }
  }

  @Test
  void aLinkIsShownAndNeverFollowed() throws IOException {
    Files.createSymbolicLink(inside.resolve("absolute"), outside);
    Files.createSymbolicLink(inside.resolve("relative"), Path.of("../outside"));
    Files.createSymbolicLink(inside.resolve("file"), outside.resolve("secret"));
    Files.createSymbolicLink(inside.resolve("magic"), Path.of("/proc/self/root"));
    for (String name : new String[] {"absolute", "relative", "file", "magic"}) {
      long link = share.lookup(1, name);
      assertEquals(SYMLINK, share.stat(link).getInt(FileStatus.MODE) & 0xf000, name);
      assertEquals(-Errno.ENOTDIR, share.lookup(link, "secret"), name);
      assertEquals(-Errno.ENOTDIR, share.create(link, "made", TestShare.REGULAR | 0644), name);
      assertEquals("E" + Errno.EACCES, share.read(link, 0, 10), name);
      assertEquals(-Errno.EACCES, share.write(link, "x", 0), name);
      assertEquals(-Errno.EEXIST, share.create(1, name, TestShare.REGULAR | 0644), name);
    }
    assertEquals("secret", Files.readString(outside.resolve("secret")));
  }

  @Test
  void aDirectoryThatWasReplacedByALinkLeadsNowhere() throws IOException {
    Files.createDirectory(inside.resolve("d"));
    long d = share.lookup(1, "d");
    Files.move(inside.resolve("d"), inside.resolve("old"));
    Files.createSymbolicLink(inside.resolve("d"), outside);
    assertEquals(-Errno.ENOENT, share.lookup(d, "secret"));
    long made = share.create(d, "made", TestShare.REGULAR | 0644);
    assertTrue(made > 0);
    assertTrue(Files.exists(inside.resolve("old/made")));
  }

  @Test
  void aDirectoryThatWasMovedOutHasNoWayUp() throws IOException {
    Files.createDirectories(inside.resolve("a/b"));
    long a = share.lookup(1, "a");
    long b = share.lookup(a, "b");
    Files.move(inside.resolve("a/b"), outside.resolve("b"));
    assertEquals(a, share.lookup(b, ".."));
    assertEquals(1, share.lookup(a, ".."));
    assertEquals(-Errno.EINVAL, share.rename(b, "..", 1, "x", 0));
  }

  @Test
  void aDirectoryThatTheHostMovedBelowItselfEndsNoWalk() throws IOException {
    Files.createDirectories(inside.resolve("a/b"));
    long a = share.lookup(1, "a");
    long b = share.lookup(a, "b");
    Files.move(inside.resolve("a/b"), inside.resolve("b"));
    Files.move(inside.resolve("a"), inside.resolve("b/a"));
    assertEquals(a, share.lookup(b, "a"));
    assertEquals("/a/b/a", share.path(a));
    assertEquals(b, share.lookup(1, "b"));
    assertEquals("/b/a", share.path(a));
  }

  @Test
  void whatIsNoFileIsNotOpened() throws Exception {
    run("mkfifo", inside.resolve("fifo").toString());
    long fifo = share.lookup(1, "fifo");
    assertTrue(fifo > 0);
    assertEquals("E" + Errno.EACCES, share.read(fifo, 0, 10));
    assertEquals(-Errno.EACCES, share.write(fifo, "x", 0));
    assertEquals(-Errno.EPERM, share.create(1, "device", 0x2000 | 0666));
  }

  /** However the names change under it, a guest finds either its own file or an error. */
  @Test
  void aRaceOfRenamesShowsNothingFromOutside() throws Exception {
    Path place = Files.createDirectory(inside.resolve("place"));
    Path away = machine.resolve("away");
    Files.writeString(place.resolve("secret"), "inside");
    Path link = machine.resolve("link");
    Files.createSymbolicLink(link, outside);
    AtomicBoolean over = new AtomicBoolean();
    Thread renamer = Thread.ofPlatform().start(() -> swap(place, away, link, over));
    int found = 0;
    for (int i = 0; i < 3_000 && renamer.isAlive(); i++) {
      long directory = share.lookup(1, "place");
      long file = directory < 0 ? directory : share.lookup(directory, "secret");
      if (file > 0) {
        assertEquals("inside", share.read(file, 0, 10));
        share.put(file);
        found++;
      }
      if (directory > 0) {
        share.put(directory);
      }
    }
    over.set(true);
    renamer.join();
    assertTrue(found > 0);
  }

  private static void swap(Path place, Path away, Path link, AtomicBoolean over) {
    try {
      while (!over.get()) {
        Files.move(place, away);
        Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
        Files.move(place, link, StandardCopyOption.ATOMIC_MOVE);
        Files.move(away, place);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
  }
}
