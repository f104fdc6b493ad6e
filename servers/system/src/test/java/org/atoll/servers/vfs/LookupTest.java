package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.PassedDirectory;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;

/** Paths of several names, which a file system follows by itself. */
final class LookupTest {

  private static final int CREAT = 0100;
  private static final int ROOM = PassedDirectory.ANSWER_BYTES_MAX;

  private final TestVos vos = new TestVos();
  private final TestVos.Guest p = vos.init();

  private long inode(String path) {
    return p.stat(path).fields().getLong(FileStatus.INODE);
  }

  private long turnsOfStat(String path) {
    long before = vos.machine.turns;
    assertEquals(0, p.stat(path).error());
    return vos.machine.turns - before;
  }

  private TestMachine.Asked lookup(String path, int room, long flags) {
    return vos.fs(FsProtocol.Call.LOOKUP, TestVos.bytes(path), room, FsProtocol.ROOT, flags);
  }

  /** VFS, the file system, and VFS again. */
  private static final int TURNS_OF_ONE_QUESTION = 3;

  @Test
  void aStatIsOneQuestionHoweverManyNamesThePathHas() {
    p.mkdir("/a");
    p.mkdir("/a/b");
    p.put("/a/b/f", "x");
    p.put("/f", "x");
    assertEquals(TURNS_OF_ONE_QUESTION, turnsOfStat("/f"));
    assertEquals(TURNS_OF_ONE_QUESTION, turnsOfStat("/a//b/f"));
  }

  @Test
  void aPathOfMoreDirectoriesThanAnAnswerHasRoomForIsFollowed() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < 3 * PassedDirectory.MOST; i++) {
      path.append("/d");
      assertEquals(0, p.mkdir(path.toString()));
    }
    p.put(path + "/f", "deep");
    assertEquals("deep", p.get(path + "/f"));
    assertEquals(0, p.chdir(path.toString()));
    assertEquals(path.toString(), p.cwd());
    assertEquals("deep", p.get("../d/f"));
  }

  @Test
  void theFirstDirectoryThatRefusesDecides() {
    p.mkdir("/open");
    p.mkdir("/shut", 0700);
    p.put("/shut/f", "x");
    p.put("/open/f", "x");
    p.become(5, 5);
    assertEquals("E13", p.get("/shut/f"));
    assertEquals("E13", p.get("/shut/missing"));
    assertEquals("E13", p.get("/shut/missing/x"));
    assertEquals("E13", p.get("/shut/f/x"));
    assertEquals("E13", p.get("/shut/" + "n".repeat(256)));
    assertEquals("E2", p.get("/open/missing/" + "n".repeat(256)));
    assertEquals("E36", p.get("/open/" + "n".repeat(256) + "/missing"));
    assertEquals("E20", p.get("/open/f/" + "n".repeat(256)));
    assertEquals(-Errno.EACCES, p.open("/shut/new", CREAT));
    assertEquals(-Errno.EACCES, p.mkdir("/shut/new"));
    assertEquals(-Errno.EACCES, p.mkdir("/open/new"));
  }

  @Test
  void aMountOnTheWayHidesWhatIsBelow() {
    p.mkdir("/a");
    p.mkdir("/a/m");
    p.mkdir("/a/m/b");
    p.put("/a/m/b/f", "hidden");
    p.put("/a/m/only", "hidden");
    assertEquals(0, p.call(Call.MOUNT, "tmpfs/a/mtmpfs", 0, 0, 5, 4, 5));
    assertEquals("E2", p.get("/a/m/b/f"));
    assertEquals("E2", p.get("/a/m/only"));
    p.mkdir("/a/m/b");
    p.put("/a/m/b/f", "shown");
    assertEquals("shown", p.get("/a/m/b/f"));
    assertEquals("shown", p.get("/a/m/b/../b/f"));
    assertEquals(turnsOfStat("/a/m/b"), turnsOfStat("/a/m/b/f"));
    assertTrue(inode("/a/m/b/f") > 0);
    assertEquals(0, p.call(Call.UMOUNT, "/a/m", 0, 0));
    assertEquals("hidden", p.get("/a/m/b/f"));
  }

  @Test
  void linksOnTheWayAreFollowedFromWhereTheyAre() {
    p.mkdir("/a");
    p.mkdir("/a/b");
    p.mkdir("/a/c");
    p.put("/a/c/f", "x");
    p.symlink("../c", "/a/b/up");
    p.symlink("/a/b", "/a/c/root");
    assertEquals("x", p.get("/a/b/up/f"));
    assertEquals("x", p.get("/a/b/up/root/up/f"));
    assertEquals("../c", p.readlink("/a/b/up"));
    assertEquals("E20", p.get("/a/c/f/../f"));
  }

  @Test
  void nothingIsHeldWhenWalksAreOver() {
    p.mkdir("/a");
    p.mkdir("/a/b");
    p.put("/a/b/f", "x");
    p.symlink("f", "/a/b/l");
    long link = p.lstat("/a/b/l").fields().getLong(FileStatus.INODE);
    long[] inodes = {inode("/a"), inode("/a/b"), inode("/a/b/f"), link};
    TestVos.Guest user = p.fork();
    p.call(Call.CHMOD, "/a/b", 0, TestVos.AT_FDCWD, 0700, 0);
    user.become(5, 5);
    for (String path :
        "/a/b/f /a/b/l /a/b/none /a/b/f/x /a/none/x /a/b/l/x /a/b/../b/f".split(" ")) {
      p.get(path);
      p.lstat(path);
      user.get(path);
      user.unlink(path);
      p.mkdir(path);
      p.link(path, "/a/b/f");
      p.rename(path, "/a/b", 0);
      p.open(path, CREAT | 0200);
    }
    assertEquals(". .. none l f", p.list("/a/b"));
    for (String name : "none l f".split(" ")) {
      assertEquals(0, p.unlink("/a/b/" + name) & p.rmdir("/a/b/" + name), name);
    }
    assertEquals(0, p.rmdir("/a/b"));
    assertEquals(0, p.rmdir("/a"));
    for (long inode : inodes) {
      TestMachine.Asked asked = vos.fs(FsProtocol.Call.STAT, new byte[0], FileStatus.BYTES, inode);
      assertEquals(-Errno.ESTALE, asked.word(0));
    }
  }

  @Test
  void theDirectoryOfAMissingNameIsHeldWhereThatIsWanted() {
    p.mkdir("/a");
    p.mkdir("/a/b");
    long b = inode("/a/b");
    assertEquals(-Errno.ENOENT, lookup("a/b/new", ROOM, FsProtocol.KEEP_DIRECTORY).word(0));
    assertEquals(-Errno.ENOENT, lookup("a/b/new", ROOM, 0).word(0));
    assertEquals(0, p.rmdir("/a/b"));
    assertEquals(0, vos.fs(FsProtocol.Call.PUT, new byte[0], 0, b, 1).word(0));
    assertEquals(-Errno.ESTALE, vos.fs(FsProtocol.Call.PUT, new byte[0], 0, b, 0).word(0));
  }

  @Test
  void theFileSystemSaysWhatItWentThrough() {
    p.mkdir("/a", 0750);
    p.mkdir("/a/b", 0711);
    p.put("/a/b/f", "four");
    long a = inode("/a");
    long b = inode("/a/b");
    TestMachine.Asked found = lookup("a///b/f", ROOM, 0);
    assertEquals(inode("/a/b/f"), found.word(0));
    assertEquals(2, found.word(6));
    assertEquals(a, PassedDirectory.inode(found.out, 0));
    assertEquals(040750, PassedDirectory.mode(found.out, 0));
    assertEquals(b, PassedDirectory.inode(found.out, 1));
    assertEquals(040711, PassedDirectory.mode(found.out, 1));
    TestMachine.Asked little = lookup("a/b/f", FileStatus.BYTES + PassedDirectory.BYTES, 0);
    assertEquals(b, little.word(0));
    assertEquals(1, little.word(6));
    TestMachine.Asked none = lookup("a/b/f", 0, 0);
    assertEquals(a, none.word(0));
    assertEquals(0, none.word(6));
    TestMachine.Asked missing = lookup("a/b/g/h", ROOM, 0);
    assertEquals(-Errno.ENOENT, missing.word(0));
    assertEquals(2, missing.word(6));
    TestMachine.Asked file = lookup("a/b/f/g", ROOM, 0);
    assertEquals(inode("/a/b/f"), file.word(0));
    assertEquals(2, file.word(6));
  }
}
