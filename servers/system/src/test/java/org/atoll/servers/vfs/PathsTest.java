package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;

final class PathsTest {

  private static final int RDWR = 2;
  private static final int CREAT = 0100;

  private final TestVos vos = new TestVos();
  private final TestVos.Guest p = vos.init();

  @Test
  void pathsWalkThroughDotsAndSlashes() {
    p.mkdir("/d");
    p.mkdir("/d/e");
    p.put("/d/e/f", "x");
    assertEquals("x", p.get("//d/./e/../e///f"));
    assertEquals("x", p.get("/../../d/e/f"));
    assertEquals(0, p.chdir("d/e"));
    assertEquals("x", p.get("f"));
    assertEquals("x", p.get("../../d/e/f"));
    assertEquals("E20", p.get("f/"));
    assertEquals("E20", p.get("f/g"));
    assertEquals("E2", p.get("g/h"));
    assertEquals("E2", p.get(""));
  }

  @Test
  void namesAndPathsHaveTheirLimits() {
    p.put("/" + "n".repeat(255), "x");
    assertEquals("x", p.get("/" + "n".repeat(255)));
    assertEquals("E36", p.get("/" + "n".repeat(256)));
    assertEquals(-Errno.ENAMETOOLONG, p.open("/" + "n".repeat(256), CREAT | RDWR));
    assertEquals("E36", p.get("/" + "./".repeat(2048)));
    assertEquals(0, p.stat("/" + "./".repeat(2047)).error());
  }

  @Test
  void symbolicLinksAreFollowedRelativeToWhereTheyAre() {
    p.mkdir("/d");
    p.put("/d/f", "x");
    p.symlink("f", "/d/rel");
    p.symlink("/d/rel", "/abs");
    p.symlink("d", "/dir");
    assertEquals("x", p.get("/abs"));
    assertEquals("x", p.get("/dir/rel"));
    assertEquals("/d/rel", p.readlink("/abs"));
    assertEquals("E22", p.readlink("/d/f"));
    assertEquals(0120777, p.lstat("/dir").mode());
    assertEquals(040755, p.lstat("/dir/").mode());
    assertEquals(1, p.lstat("/dir").size());
    assertEquals(-Errno.ELOOP, p.open("/dir", 0400000));
  }

  @Test
  void fortyLinksAreFollowedAndNoMore() {
    p.put("/l0", "x");
    for (int i = 1; i <= 41; i++) {
      p.symlink("l" + (i - 1), "/l" + i);
    }
    assertEquals("x", p.get("/l40"));
    assertEquals("E40", p.get("/l41"));
    p.symlink("loop", "/loop");
    assertEquals("E40", p.get("/loop"));
  }

  @Test
  void createGoesThroughADanglingLinkUnlessExclusive() {
    p.symlink("target", "/link");
    assertEquals(-Errno.EEXIST, p.open("/link", CREAT | 0200 | RDWR));
    p.put("/link", "x");
    assertEquals("x", p.get("/target"));
    assertEquals(-Errno.EEXIST, p.symlink("a", "/link"));
    assertEquals(-Errno.ENOENT, p.symlink("", "/empty"));
  }

  @Test
  void pathsStartAtADescriptor() {
    p.mkdir("/d");
    p.put("/d/f", "x");
    long dir = p.open("/d", 0200000);
    long file = p.open("/d/f", 0);
    assertEquals(0, p.call(Call.STAT, "f", FileStatus.BYTES, dir, 0));
    assertEquals(-Errno.ENOTDIR, p.call(Call.STAT, "f", FileStatus.BYTES, file, 0));
    assertEquals(-Errno.EBADF, p.call(Call.STAT, "f", FileStatus.BYTES, 99, 0));
    assertEquals(0, p.call(Call.STAT, "/d", FileStatus.BYTES, 99, 0));
    assertEquals(-Errno.ENOTDIR, p.open("/d/f", 0200000));
    assertEquals(-Errno.ENOENT, p.call(Call.STAT, "", FileStatus.BYTES, dir, 0));
    assertEquals(0, p.call(Call.STAT, "", FileStatus.BYTES, dir, 0x1000));
  }

  @Test
  void aPathDescriptorIsAPlaceAndNothingElse() {
    p.mkdir("/d");
    p.put("/d/f", "x");
    long place = p.open("/d/f", 010000000);
    assertEquals("E9", p.read(place, 1));
    assertEquals(0100644, p.fstat(place).mode());
    long dir = p.open("/d", 010000000);
    assertEquals(0, p.call(Call.STAT, "f", FileStatus.BYTES, dir, 0));
    p.symlink("x", "/l");
    long link = p.open("/l", 010000000 | 0400000);
    assertEquals("x", p.text(p.begin(Call.READLINK, new byte[0], 9, link, 9)));
  }

  @Test
  void directoriesListEveryNameOnceTheNewestFirst() {
    p.mkdir("/d");
    for (String name : "c a b dddddddddddddddddddddd e".split(" ")) {
      p.put("/d/" + name, "");
    }
    p.unlink("/d/a");
    p.rename("/d/c", "/d/b", 0);
    assertEquals(". .. b e dddddddddddddddddddddd", p.list("/d"));
    assertEquals("E20", "E" + -p.call(Call.GETDENTS, p.open("/d/b", 0), 99));
  }

  @Test
  void removingNamesWhileListingMissesNothing() {
    p.mkdir("/d");
    for (int i = 0; i < 50; i++) {
      p.put("/d/file" + i, "");
    }
    long fd = p.open("/d", 0200000);
    int seen = 0;
    while (true) {
      TestMachine.Asked asked = p.begin(Call.GETDENTS, new byte[0], 128, fd, 128);
      if (asked.word(0) == 0) {
        break;
      }
      for (int at = 0; at < asked.word(0); at += asked.out[at + 16]) {
        String name = new String(asked.out, at + 19, asked.out[at + 16] - 19).split("\0")[0];
        seen += name.startsWith("file") ? 1 : 0;
        p.unlink("/d/" + name);
      }
    }
    assertEquals(50, seen);
    assertEquals(0, p.rmdir("/d"));
  }

  @Test
  void theCurrentDirectoryIsNamedFromTheRoot() {
    p.mkdir("/a");
    p.mkdir("/a/b");
    assertEquals("/", p.cwd());
    p.chdir("/a/b");
    assertEquals("/a/b", p.cwd());
    p.rename("/a/b", "/c", 0);
    assertEquals("/c", p.cwd());
    assertEquals(-Errno.ERANGE, p.call(Call.GETCWD, "", 2));
    p.rmdir("/c");
    assertEquals("E2", p.cwd());
    assertEquals(-Errno.ENOENT, p.open("f", CREAT | RDWR));
    assertEquals(0, p.chdir(".."));
    assertEquals("/", p.cwd());
  }

  @Test
  void aChangedRootIsTheTop() {
    p.mkdir("/jail");
    p.mkdir("/jail/in");
    p.put("/secret", "x");
    p.put("/jail/f", "y");
    p.chdir("/jail/in");
    assertEquals(0, p.call(Call.CHROOT, "/jail", 0));
    assertEquals("/in", p.cwd());
    assertEquals("E2", p.get("/secret"));
    assertEquals("E2", p.get("../../secret"));
    assertEquals("y", p.get("/../f"));
    assertEquals("y", p.fork().get("../f"));
  }

  @Test
  void directoriesAreMadeAndRemoved() {
    assertEquals(0, p.mkdir("/d/"));
    assertEquals(-Errno.EEXIST, p.mkdir("/d"));
    assertEquals(-Errno.EEXIST, p.mkdir("/"));
    assertEquals(-Errno.EEXIST, p.mkdir("/d/."));
    assertEquals(-Errno.ENOENT, p.mkdir("/x/y"));
    p.mkdir("/d/e");
    assertEquals(3, p.stat("/d").links());
    assertEquals(-Errno.ENOTEMPTY, p.rmdir("/d"));
    assertEquals(-Errno.EISDIR, p.unlink("/d"));
    assertEquals(-Errno.EINVAL, p.rmdir("/d/e/."));
    assertEquals(-Errno.ENOTEMPTY, p.rmdir("/d/e/.."));
    assertEquals(-Errno.EBUSY, p.rmdir("/"));
    p.put("/f", "");
    assertEquals(-Errno.ENOTDIR, p.rmdir("/f"));
    assertEquals(-Errno.ENOTDIR, p.unlink("/f/"));
    assertEquals(0, p.rmdir("/d/e"));
    assertEquals(0, p.rmdir("/d/"));
    assertEquals(2 + 0, p.stat("/").links());
  }

  @Test
  void hardLinksAreOneFile() {
    p.put("/a", "x");
    assertEquals(0, p.link("/a", "/b"));
    assertEquals(2, p.stat("/a").links());
    assertEquals(p.stat("/a").inode(), p.stat("/b").inode());
    assertEquals(-Errno.EEXIST, p.link("/a", "/b"));
    p.mkdir("/d");
    assertEquals(-Errno.EPERM, p.link("/d", "/e"));
    p.symlink("a", "/s");
    p.link("/s", "/t");
    assertEquals("a", p.readlink("/t"));
    assertEquals(0, p.rename("/a", "/b", 0));
    assertEquals(2, p.stat("/a").links());
    p.unlink("/a");
    assertEquals("x", p.get("/b"));
  }

  @Test
  void renameReplacesExchangesOrRefuses() {
    p.put("/a", "1");
    p.put("/b", "2");
    p.mkdir("/d");
    p.mkdir("/d/e");
    p.mkdir("/empty");
    assertEquals(-Errno.EEXIST, p.rename("/a", "/b", 1));
    assertEquals(0, p.rename("/a", "/b", 2));
    assertEquals("2", p.get("/a"));
    assertEquals(-Errno.ENOENT, p.rename("/a", "/none", 2));
    assertEquals(0, p.rename("/a", "/b", 0));
    assertEquals("2", p.get("/b"));
    assertEquals("E2", p.get("/a"));
    assertEquals(-Errno.EINVAL, p.rename("/d", "/d/e/x", 0));
    assertEquals(-Errno.ENOTEMPTY, p.rename("/empty", "/d", 0));
    assertEquals(-Errno.ENOTEMPTY, p.rename("/d/e", "/d", 0));
    assertEquals(-Errno.EISDIR, p.rename("/b", "/empty", 0));
    assertEquals(-Errno.ENOTDIR, p.rename("/empty", "/b", 0));
    assertEquals(-Errno.EBUSY, p.rename("/d/.", "/x", 0));
    assertEquals(-Errno.ENOTDIR, p.rename("/b", "/c/", 0));
    assertEquals(0, p.rename("/d/e", "/empty/", 0));
    assertEquals(2, p.stat("/d").links());
    assertEquals(0, p.rename("/empty", "/d/moved", 0));
    assertEquals(3, p.stat("/d").links());
    assertEquals(0, p.rename("/d/moved", "/d/again", 0));
    assertEquals(3, p.stat("/d").links());
    assertEquals(0, p.chdir("/d/again"));
    assertEquals("/d/again", p.cwd());
  }

  @Test
  void aMountedFileSystemIsEnteredAndLeft() {
    p.mkdir("/m");
    p.put("/m/hidden", "x");
    String mount = "14.0" + "/m" + "server";
    assertEquals(0, p.call(Call.MOUNT, mount, 0, 0, 4, 2, 6));
    assertEquals("E2", p.get("/m/hidden"));
    assertEquals(2, p.stat("/m").at(FileStatus.DEVICE));
    p.mkdir("/m/d");
    p.put("/m/d/f", "y");
    assertEquals(0, p.chdir("/m/d"));
    assertEquals("/m/d", p.cwd());
    assertEquals(
        1,
        p.call(Call.STAT, "../..", 88, TestVos.AT_FDCWD, 0) == 0
            ? p.stat("../..").at(FileStatus.DEVICE)
            : -1);
    assertEquals(-Errno.EXDEV, p.rename("/m/d/f", "/f", 0));
    assertEquals(-Errno.EXDEV, p.link("/m/d/f", "/f"));
    assertEquals(-Errno.EBUSY, p.rmdir("/m"));
    assertEquals(-Errno.EBUSY, p.call(Call.UMOUNT, "/m", 0, 0));
    p.chdir("/");
    assertEquals(-Errno.EINVAL, p.call(Call.UMOUNT, "/m/d", 0, 0));
    assertEquals(0, p.call(Call.UMOUNT, "/m", 0, 0));
    assertEquals("x", p.get("/m/hidden"));
    assertEquals(-Errno.ENODEV, p.call(Call.MOUNT, "none/mnofsx", 0, 0, 4, 2, 5));
  }

  @Test
  void manyNamesInOneDirectoryAreFound() {
    vos.machine.swaps = false;
    p.mkdir("/d");
    for (int i = 0; i < 3000; i++) {
      p.put("/d/n" + i, "");
    }
    assertTrue(p.list("/d").endsWith("n1 n0"));
    assertEquals(0, p.stat("/d/n1234").error());
  }

  @Test
  void permissionsAreByOwnerGroupAndOthers() {
    p.put("/f", "x");
    p.call(Call.CHMOD, "/f", 0, TestVos.AT_FDCWD, 0640, 0);
    p.call(Call.CHOWN, "/f", 0, TestVos.AT_FDCWD, 1000, 50, 0);
    TestVos.Guest owner = p.fork();
    owner.become(1000, 1);
    TestVos.Guest member = p.fork();
    member.become(1001, 1, 7, 50);
    TestVos.Guest other = p.fork();
    other.become(1002, 1);
    assertTrue(owner.open("/f", RDWR) > 0);
    assertTrue(member.open("/f", 0) > 0);
    assertEquals(-Errno.EACCES, member.open("/f", RDWR));
    assertEquals(-Errno.EACCES, other.open("/f", 0));
    assertEquals(-Errno.EACCES, other.open("/new", CREAT | RDWR));
    assertEquals(-Errno.EPERM, other.call(Call.CHMOD, "/f", 0, TestVos.AT_FDCWD, 0777, 0));
    assertEquals(-Errno.EPERM, owner.call(Call.CHOWN, "/f", 0, TestVos.AT_FDCWD, 1001, -1, 0));
    assertEquals(-Errno.EACCES, other.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 4, 0));
    assertEquals(0, other.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 0, 0));
    assertEquals(-Errno.EACCES, p.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 1, 0));
    assertEquals(0, p.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 6, 0));
  }

  @Test
  void directoriesAreSearchedOnlyWithPermission() {
    p.mkdir("/d", 0700);
    p.put("/d/f", "x");
    TestVos.Guest other = p.fork();
    other.become(1000, 1000);
    assertEquals("E13", other.get("/d/f"));
    assertEquals("E13", other.get("/d/none"));
    assertEquals(-Errno.EACCES, other.chdir("/d"));
    assertEquals(-Errno.EACCES, other.rmdir("/d"));
  }

  @Test
  void theStickyBitKeepsOthersFilesWhereTheyAre() {
    p.mkdir("/tmp");
    p.call(Call.CHMOD, "/tmp", 0, TestVos.AT_FDCWD, 01777, 0);
    TestVos.Guest one = p.fork();
    one.become(1000, 1000);
    TestVos.Guest two = p.fork();
    two.become(1001, 1001);
    one.put("/tmp/f", "x");
    two.put("/tmp/g", "x");
    assertEquals(-Errno.EPERM, two.unlink("/tmp/f"));
    assertEquals(-Errno.EPERM, two.rename("/tmp/f", "/tmp/h", 0));
    assertEquals(-Errno.EPERM, two.rename("/tmp/g", "/tmp/f", 0));
    assertEquals(0, one.unlink("/tmp/f"));
  }

  @Test
  void setGroupDirectoriesPassTheirGroupOn() {
    p.mkdir("/d");
    p.call(Call.CHOWN, "/d", 0, TestVos.AT_FDCWD, -1, 77, 0);
    p.call(Call.CHMOD, "/d", 0, TestVos.AT_FDCWD, 02777, 0);
    TestVos.Guest user = p.fork();
    user.become(1000, 1000);
    user.mkdir("/d/e");
    user.put("/d/f", "x");
    assertEquals(77, user.stat("/d/e").gid());
    assertEquals(042755, user.stat("/d/e").mode());
    assertEquals(77, user.stat("/d/f").gid());
    assertEquals(1000, user.stat("/d/f").uid());
  }

  @Test
  void setIdBitsGoWhenAUserWritesOrTheOwnerChanges() {
    p.put("/f", "x");
    p.call(Call.CHMOD, "/f", 0, TestVos.AT_FDCWD, 06777, 0);
    TestVos.Guest user = p.fork();
    user.become(1000, 1000);
    user.write(user.open("/f", RDWR), "y");
    assertEquals(0100777, p.stat("/f").mode());
    p.call(Call.CHMOD, "/f", 0, TestVos.AT_FDCWD, 06777, 0);
    p.call(Call.CHOWN, "/f", 0, TestVos.AT_FDCWD, 5, 5, 0);
    assertEquals(0100777, p.stat("/f").mode());
  }

  @Test
  void theUmaskTakesBitsAway() {
    assertEquals(022, p.call(Call.UMASK, 077));
    p.close(p.open("/f", CREAT | RDWR, 0666));
    p.mkdir("/d");
    assertEquals(0100600, p.stat("/f").mode());
    assertEquals(040700, p.stat("/d").mode());
    assertEquals(077, p.fork().call(Call.UMASK, 0));
  }

  @Test
  void timesAreSetByOwnersAndTouchedByWriters() {
    p.put("/f", "x");
    p.call(Call.CHMOD, "/f", 0, TestVos.AT_FDCWD, 0666, 0);
    TestVos.Guest user = p.fork();
    user.become(1000, 1000);
    long now = FileStatus.TIME_NOW;
    assertEquals(0, user.call(Call.UTIMES, "/f", 0, TestVos.AT_FDCWD, now, now, 0));
    assertEquals(-Errno.EPERM, user.call(Call.UTIMES, "/f", 0, TestVos.AT_FDCWD, 1, 1, 0));
    p.call(Call.CHMOD, "/f", 0, TestVos.AT_FDCWD, 0644, 0);
    assertEquals(-Errno.EACCES, user.call(Call.UTIMES, "/f", 0, TestVos.AT_FDCWD, now, now, 0));
  }

  @Test
  void statfsDescribesTheFileSystem() {
    TestMachine.Asked asked = p.begin(Call.STATFS, TestVos.bytes("/"), 120, -1);
    assertEquals(0, asked.word(0));
    assertEquals(0x94, asked.out[0] & 0xff);
    assertEquals(0, p.call(Call.STATFS, "", 120, p.open("/", 0)));
    assertEquals(-Errno.ENOENT, p.call(Call.STATFS, "/none", 120, -1));
  }

  @Test
  void nodesAreMadeByTheirType() {
    assertEquals(0, p.call(Call.MKNOD, "/fifo", 0, TestVos.AT_FDCWD, 010644, 0));
    assertEquals(010644, p.stat("/fifo").mode());
    assertEquals(0, p.call(Call.MKNOD, "/null", 0, TestVos.AT_FDCWD, 020666, 0x103));
    assertEquals(0x103, p.stat("/null").at(FileStatus.SPECIAL_DEVICE));
    assertEquals(0, p.call(Call.MKNOD, "/file", 0, TestVos.AT_FDCWD, 0644, 0));
    assertEquals(-Errno.EPERM, p.call(Call.MKNOD, "/dir", 0, TestVos.AT_FDCWD, 040755, 0));
    TestVos.Guest user = p.fork();
    p.call(Call.CHMOD, "/", 0, TestVos.AT_FDCWD, 0777, 0);
    user.become(1000, 1000);
    assertEquals(-Errno.EPERM, user.call(Call.MKNOD, "/n", 0, TestVos.AT_FDCWD, 020666, 0x103));
    assertEquals(0, user.call(Call.MKNOD, "/fifo2", 0, TestVos.AT_FDCWD, 010644, 0));
  }
}
