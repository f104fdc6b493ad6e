package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;
import static org.atoll.abi.protocol.PmProtocol.OWNER_GROUP;
import static org.atoll.abi.protocol.PmProtocol.OWNER_GROUP_OF;
import static org.atoll.abi.protocol.PmProtocol.OWNER_PROCESS;
import static org.atoll.servers.pm.PmFixture.COMMAND;
import static org.atoll.servers.pm.PmFixture.COMMAND_TASK;
import static org.atoll.servers.pm.PmFixture.VFS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.junit.jupiter.api.Test;

final class FileOwnersTest {

  private static final int POLL_IN = 1;
  private static final int POLL_HUP = 6;
  private static final int SIGCHLD = 17;
  private static final int SIGIO = 29;

  private final PmFixture f = new PmFixture();

  private long tell(long who, int kind, int signal, int reason, int user) {
    long users = user | (long) user << 32;
    return f.now(VFS, Call.FILE_NEWS, who, kind, signal, reason, 5, users);
  }

  @Test
  void serversLearnWhetherAnOwnerIsThere() {
    assertEquals(COMMAND, f.now(VFS, Call.FILE_OWNER, COMMAND, OWNER_PROCESS));
    assertEquals(COMMAND, f.now(VFS, Call.FILE_OWNER, COMMAND, OWNER_GROUP));
    assertEquals(COMMAND, f.now(VFS, Call.FILE_OWNER, COMMAND, OWNER_GROUP_OF));
    assertEquals(-ESRCH, f.now(VFS, Call.FILE_OWNER, 77, OWNER_PROCESS));
    assertEquals(-ESRCH, f.now(VFS, Call.FILE_OWNER, 77, OWNER_GROUP));
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.FILE_OWNER, COMMAND, OWNER_PROCESS));
  }

  @Test
  void anOwnerIsToldTheReasonTheBandAndTheDescriptor() {
    assertEquals(0, tell(COMMAND, OWNER_PROCESS, 40, POLL_IN, 0));
    assertEquals(0, tell(COMMAND, OWNER_PROCESS, SIGCHLD, POLL_HUP, 0));
    assertEquals(0, tell(COMMAND, OWNER_PROCESS, SIGIO, 0, 0));
    assertEquals(
        List.of(
            new PmFixture.Delivered(COMMAND_TASK, 40, 1, 0x41, 0, 5),
            new PmFixture.Delivered(COMMAND_TASK, SIGCHLD, -5, 0x18, 0, 5),
            new PmFixture.Delivered(COMMAND_TASK, SIGIO, 0x80, 0, 0, 0)),
        f.signals());
  }

  @Test
  void allOfAGroupAreTold() {
    int child = f.fork(COMMAND_TASK);
    tell(COMMAND, OWNER_GROUP, SIGIO, 0, 0);
    assertEquals(List.of(COMMAND_TASK + ":29", child + ":29"), f.signalsByTask());
  }

  @Test
  void whoMayNotSignalAProcessHasItToldNothing() {
    assertEquals(0, tell(COMMAND, OWNER_PROCESS, SIGIO, 0, 1000));
    assertEquals(List.of(), f.signals());
  }
}
