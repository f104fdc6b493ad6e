package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;

/** {@code /dev} as a file system of its own, and what system tasks and mount flags do to mounts. */
final class DevicesTest {

  private static final int WRONLY_CREAT = 0101;
  private static final int RDWR = 2;
  private static final int NO_SET_ID = 2;
  private static final int NO_DEVICES = 4;
  private static final int READ_ONLY = 1;

  private final TestVos vos = new TestVos().withDevices();
  private final TestVos.Guest p = vos.init();

  @Test
  void theDevicesAreThereWithTheirNumbersAndRights() {
    String names = " " + p.list("/dev") + " ";
    String wanted = "console fd full null ptmx pts random shm stderr stdin stdout tty urandom zero";
    for (String name : wanted.split(" ", -1)) {
      assertTrue(names.contains(" " + name + " "), name + " in" + names);
    }
    assertEquals(0020666, p.stat("/dev/null").mode());
    assertEquals(0x103, p.stat("/dev/null").at(FileStatus.SPECIAL_DEVICE));
    assertEquals(0020600, p.stat("/dev/console").mode());
    assertEquals(0041777, p.stat("/dev/shm").mode());
    assertEquals("/proc/self/fd/0", p.readlink("/dev/stdin"));
    assertEquals(5, p.stat("/dev").at(FileStatus.DEVICE));
    assertTrue(p.stat("/dev").at(FileStatus.MODIFIED) > 0);
  }

  @Test
  void nodesComeAndGoAsElsewhere() {
    int device = 0x105;
    assertEquals(0, p.call(Call.MKNOD, "/dev/mine", 0, TestVos.AT_FDCWD, 0020600, device));
    assertEquals("\0\0\0", p.read(p.open("/dev/mine", 0), 3));
    assertEquals(0, p.call(Call.CHMOD, "/dev/mine", 0, TestVos.AT_FDCWD, 0644, 0));
    assertEquals(0, p.call(Call.CHOWN, "/dev/mine", 0, TestVos.AT_FDCWD, 5, 6, 0));
    assertEquals(5, p.stat("/dev/mine").uid());
    assertEquals(0, p.unlink("/dev/mine"));
    assertEquals(0, p.unlink("/dev/zero"));
    assertEquals(-Errno.ENOENT, p.open("/dev/zero", 0));
    p.put("/dev/file", "text");
    assertEquals("text", p.get("/dev/file"));
    assertEquals(-Errno.EBUSY, p.rmdir("/dev/shm"));
  }

  @Test
  void aMountWithoutDevicesOpensNone() {
    int device = 0x103;
    assertEquals(0, p.call(Call.MKNOD, "/dev/shm/null", 0, TestVos.AT_FDCWD, 0020666, device));
    assertEquals(-Errno.EACCES, p.open("/dev/shm/null", 0));
    p.put("/dev/shm/f", "shared");
    assertEquals("shared", p.get("/dev/shm/f"));
  }

  @Test
  void nothingChangesUnderAMountThatIsOnlyRead() {
    assertEquals(0, vos.mount(TestVos.OTHER_FS, "other", "/a/b/c", "x", READ_ONLY | NO_SET_ID));
    assertEquals(0040755, p.stat("/a/b").mode());
    assertEquals(-Errno.EROFS, p.open("/a/b/c/f", WRONLY_CREAT));
    assertEquals(-Errno.EROFS, p.mkdir("/a/b/c/d"));
    assertEquals(-Errno.EROFS, p.call(Call.CHMOD, "/a/b/c", 0, TestVos.AT_FDCWD, 0700, 0));
    assertEquals(-Errno.EROFS, p.call(Call.CHOWN, "/a/b/c", 0, TestVos.AT_FDCWD, 1, 1, 0));
    assertEquals(-Errno.EROFS, p.call(Call.UTIMES, "/a/b/c", 0, TestVos.AT_FDCWD, 5, 5, 0));
    assertEquals(-Errno.EROFS, p.call(Call.ACCESS, "/a/b/c", 0, TestVos.AT_FDCWD, 2, 0));
    assertEquals(-Errno.ENOENT, p.open("/a/b/c/f", RDWR));
  }

  @Test
  void aSystemMountIsRefusedWhereItCannotBe() {
    p.put("/file", "x");
    int other = TestVos.OTHER_FS;
    assertEquals(-Errno.ENOTDIR, vos.mount(other, "other", "/file/d", "x", 0));
    assertEquals(-Errno.ENOTDIR, vos.mount(other, "other", "/file", "x", 0));
    assertEquals(-Errno.EBUSY, vos.mount(other, "other", "/", "x", 0));
    assertEquals(-Errno.EINVAL, vos.mount(other, "other", "relative", "x", 0));
    assertEquals(-Errno.EBUSY, vos.mount(TestVos.FS, "again", "/m", "x", 0));
    assertEquals(0, vos.mount(other, "other", "/m/", "x", NO_DEVICES));
    assertEquals(-Errno.EBUSY, vos.mount(other, "other", "/n", "x", 0));
    assertEquals(2, p.stat("/m").at(FileStatus.DEVICE));
    assertEquals(0, p.call(Call.UMOUNT, "/m", 0, 0));
  }
}
