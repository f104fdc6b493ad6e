package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;

final class PermissionTest {

  private final TestVos vos = new TestVos();
  private final TestVos.Guest p = vos.init();

  @Test
  void accessGoesByTheRealIdsUnlessAskedOtherwise() {
    p.put("/f", "x");
    p.call(Call.CHMOD, "/f", 0, TestVos.AT_FDCWD, 0600, 0);
    TestVos.Guest user = p.fork();
    byte[] realIds = {5, 0, 0, 0, 5, 0, 0, 0};
    vos.askWith(Call.CREDENTIALS, realIds, user.endpoint, 0, 0, 0);
    assertEquals(-Errno.EACCES, user.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 4, 0));
    assertEquals(0, user.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 4, 0x200));
  }

  @Test
  void accessGoesByTheRealGroupAndTheSupplementaryOnesAlone() {
    p.put("/f", "x");
    p.call(Call.CHMOD, "/f", 0, TestVos.AT_FDCWD, 0040, 0);
    p.call(Call.CHOWN, "/f", 0, TestVos.AT_FDCWD, 0, 7, 0);
    TestVos.Guest user = p.fork();
    byte[] realIds = {5, 0, 0, 0, 5, 0, 0, 0};
    vos.askWith(Call.CREDENTIALS, realIds, user.endpoint, 5, 7, 0);
    assertEquals(-Errno.EACCES, user.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 4, 0));
    assertEquals(0, user.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 4, 0x200));
    byte[] ids = {7, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0};
    vos.askWith(Call.CREDENTIALS, ids, user.endpoint, 5, 5, 1);
    assertEquals(0, user.call(Call.ACCESS, "/f", 0, TestVos.AT_FDCWD, 4, 0));
  }
}
