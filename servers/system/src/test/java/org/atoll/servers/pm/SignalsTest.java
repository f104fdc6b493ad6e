package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EACCES;
import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;
import static org.atoll.servers.pm.PmFixture.COMMAND;
import static org.atoll.servers.pm.PmFixture.COMMAND_TASK;
import static org.atoll.servers.pm.PmFixture.SIGCONT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class SignalsTest {

  private final PmFixture f = new PmFixture();
  private final TurnRecorder pm = f.pm;

  @Test
  void aSignalSaysWhoSentIt() {
    int child = f.fork(COMMAND_TASK);
    assertEquals(0, f.now(child, Call.KILL, COMMAND, 15));
    assertEquals(List.of(new PmFixture.Delivered(COMMAND_TASK, 15, 0, 3, 0, 0)), f.signals());
  }

  @Test
  void groupZeroIsTheSendersOwn() {
    int first = f.fork(COMMAND_TASK);
    int second = f.fork(COMMAND_TASK);
    f.now(second, Call.SETPGID, 0, 0);
    f.now(first, Call.KILL, 0, 15);
    assertEquals(List.of(COMMAND_TASK + ":15", first + ":15"), f.signalsByTask());
    f.now(first, Call.KILL, -4, 15);
    assertEquals(List.of(second + ":15"), f.signalsByTask());
    assertEquals(-ESRCH, f.now(first, Call.KILL, -77, 15));
  }

  @Test
  void everybodyIsAllButProcessOneAndTheSender() {
    int first = f.fork(COMMAND_TASK);
    int second = f.fork(COMMAND_TASK);
    assertEquals(0, f.now(first, Call.KILL, -1, 15));
    assertEquals(List.of(COMMAND_TASK + ":15", second + ":15"), f.signalsByTask());
  }

  @Test
  void aSignalDoesNotOvertakeOneThatFoundNoRoom() {
    int child = f.fork(COMMAND_TASK);
    pm.sendsLeft(0);
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, 3, 34, -1, 1));
    pm.sendsLeft(2);
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, 3, 34, -1, 2));
    pm.ring(Signals.ALARM);
    assertEquals(
        List.of(
            new PmFixture.Delivered(child, 34, -1, 2, 0, 1),
            new PmFixture.Delivered(child, 34, -1, 2, 0, 2)),
        f.signals());
  }

  @Test
  void processOneTakesNoSignal() {
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, 1, 9));
    assertEquals(List.of(), f.signals());
  }

  @Test
  void signalNumbersAreChecked() {
    assertEquals(-EINVAL, f.now(COMMAND_TASK, Call.KILL, COMMAND, 65));
    assertEquals(-EINVAL, f.now(COMMAND_TASK, Call.KILL, COMMAND, -1));
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, COMMAND, 0));
    assertEquals(List.of(), f.signals());
  }

  @Test
  void onlyForItselfAProcessMayPretendToBeTheKernel() {
    f.fork(COMMAND_TASK);
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.KILL, 3, 10, 1, 0));
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, COMMAND, 10, 1, 5));
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, 3, 10, -1, 5));
  }

  @Test
  void aThreadOfAnotherProcessMayBeSignalled() {
    int child = f.fork(COMMAND_TASK);
    int tkill = -6;
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, 3, 10, tkill, 0));
    assertEquals(List.of(new PmFixture.Delivered(child, 10, tkill, 2, 0, 0)), f.signals());
  }

  @Test
  void anotherUsersProcessMayNotBeSignalledExceptToContinueInTheSession() {
    int child = f.fork(COMMAND_TASK);
    f.throughVfs(child, Call.SETRESUID, 1000, 1000, 1000);
    assertEquals(-EPERM, f.now(child, Call.KILL, COMMAND, 15));
    assertEquals(0, f.now(child, Call.KILL, COMMAND, SIGCONT));
    f.now(child, Call.SETPGID, 0, 0);
    int grandchild = f.fork(child);
    assertEquals(4, f.now(grandchild, Call.SETSID));
    assertEquals(-EPERM, f.now(grandchild, Call.KILL, COMMAND, SIGCONT));
    assertEquals(0, f.now(grandchild, Call.KILL, 3, 15));
    assertEquals(0, f.now(COMMAND_TASK, Call.KILL, 3, 15));
  }

  @Test
  void anUnprivilegedProcessMayOnlyTakeIdsThatItHas() {
    f.throughVfs(COMMAND_TASK, Call.SETRESUID, 1, 2, 3);
    assertEquals(-EPERM, f.throughVfs(COMMAND_TASK, Call.SETRESUID, -1, 4, -1));
    assertEquals(0, f.throughVfs(COMMAND_TASK, Call.SETRESUID, -1, 3, -1));
    assertEquals(0, f.throughVfs(COMMAND_TASK, Call.SETRESUID, 3, 0xffff_ffffL, 1));
    assertEquals(-EPERM, f.throughVfs(COMMAND_TASK, Call.SETRESGID, 5, 5, 5));
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.SETGROUPS, 0));
  }

  @Test
  void vfsHearsOfEffectiveIdsGroupsAndRealIds() {
    byte[] groups = {7, 0, 0, 0, 0, 1, 0, 0};
    byte[] groupsAndRealIds = Arrays.copyOf(groups, 16);
    long request = pm.askWith(COMMAND_TASK, groups, 0, Call.SETGROUPS, 2);
    Sent told = pm.expect(VfsProtocol.Call.CREDENTIALS);
    assertArrayEquals(groupsAndRealIds, told.in());
    assertEquals(COMMAND_TASK, told.word(0));
    assertEquals(2, told.word(3));
    pm.answer(told, 0);
    assertEquals(0, pm.result(request));
  }

  @Test
  void idsThatVfsCannotBeToldOfDoNotChange() {
    pm.callsLeft(0);
    assertEquals(-EAGAIN, f.now(COMMAND_TASK, Call.SETRESUID, 1000, 1000, 1000));
    pm.callsLeft(9);
    assertEquals(0, f.throughVfs(COMMAND_TASK, Call.SETRESGID, 5, 5, 5));
    assertEquals(0, f.throughVfs(COMMAND_TASK, Call.SETRESUID, 7, 7, 7));
  }

  @Test
  void moreGroupsThanFitInAMessageAreRefused() {
    int most = Limits.BUFFER_BYTES_MAX / 4 - 2;
    byte[] groups = new byte[4 * (most + 1)];
    long refused = pm.askWith(COMMAND_TASK, groups, 0, Call.SETGROUPS, most + 1);
    assertEquals(-EINVAL, pm.result(refused));
    pm.askWith(COMMAND_TASK, Arrays.copyOf(groups, 4 * most), 0, Call.SETGROUPS, most);
    assertEquals(Limits.BUFFER_BYTES_MAX, pm.expect(VfsProtocol.Call.CREDENTIALS).in().length);
  }

  @Test
  void aSetIdProgramChangesEffectiveAndSavedIds() {
    f.throughVfs(COMMAND_TASK, Call.SETRESUID, 1000, 1000, 1000);
    long request = pm.askWith(COMMAND_TASK, new byte[] {'s', 'u'}, 0, Call.EXECED, 0, -1);
    Sent told = pm.expect(VfsProtocol.Call.EXEC);
    assertEquals(0, told.word(1));
    pm.answer(told, 0);
    assertEquals(0, pm.word(request, 1));
    assertEquals(0, f.throughVfs(COMMAND_TASK, Call.SETRESUID, -1, 1000, -1));
    assertEquals(0, f.throughVfs(COMMAND_TASK, Call.SETRESUID, -1, 0, -1));
  }

  @Test
  void aGroupIsSetByTheRules() {
    int child = f.fork(COMMAND_TASK);
    int grandchild = f.fork(child);
    assertEquals(-ESRCH, f.now(COMMAND_TASK, Call.SETPGID, 4, 0));
    assertEquals(-EINVAL, f.now(COMMAND_TASK, Call.SETPGID, 3, -5));
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.SETPGID, 0, 0));
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.SETPGID, 3, 4));
    assertEquals(0, f.now(COMMAND_TASK, Call.SETPGID, 3, 3));
    assertEquals(3, f.now(COMMAND_TASK, Call.GETPGID, 3));
    assertEquals(0, f.now(grandchild, Call.SETPGID, 0, 3));
    f.exec(child);
    assertEquals(-EACCES, f.now(COMMAND_TASK, Call.SETPGID, 3, COMMAND));
    assertEquals(-ESRCH, f.now(COMMAND_TASK, Call.GETPGID, 99));
  }

  @Test
  void aSessionIsMadeByWhoLeadsNoGroup() {
    int child = f.fork(COMMAND_TASK);
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.SETSID));
    assertEquals(3, f.now(child, Call.SETSID));
    assertEquals(-EPERM, f.now(child, Call.SETSID));
    assertEquals(3, f.now(COMMAND_TASK, Call.GETSID, 3));
    assertEquals(3, f.now(child, Call.GETPGID, 0));
    assertEquals(-EPERM, f.now(COMMAND_TASK, Call.SETPGID, 3, COMMAND));
  }

  @Test
  void aNiceValueIsInheritedAndOnlyThePrivilegedLowerIt() {
    assertEquals(20, f.now(COMMAND_TASK, Call.GETPRIORITY, 0, 0));
    assertEquals(0, f.now(COMMAND_TASK, Call.SETPRIORITY, 0, 0, 5));
    int child = f.fork(COMMAND_TASK);
    assertEquals(15, f.now(child, Call.GETPRIORITY, 0, 0));
    f.throughVfs(child, Call.SETRESUID, 1000, 1000, 1000);
    assertEquals(-EACCES, f.now(child, Call.SETPRIORITY, 0, 0, 0));
    assertEquals(-EPERM, f.now(child, Call.SETPRIORITY, 0, COMMAND, 10));
    assertEquals(0, f.now(child, Call.SETPRIORITY, 0, 0, 100));
    assertEquals(1, f.now(child, Call.GETPRIORITY, 0, 3));
    assertEquals(-ESRCH, f.now(child, Call.GETPRIORITY, 0, 99));
    assertEquals(-EINVAL, f.now(child, Call.GETPRIORITY, 3, 0));
  }

  @Test
  void aListHasEveryProcessInPidOrderWithItsTimes() {
    int child = f.fork(COMMAND_TASK);
    f.exec(child);
    long list = pm.askWith(COMMAND_TASK, new byte[0], 4096, Call.LIST, 1);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, 11);
    pm.answer(pm.expect(KernelProtocol.Call.TIMES), 0, 22);
    assertEquals(3, pm.result(list));
    byte[] table = pm.out(list);
    int third = 2 * ProcessRecord.BYTES;
    assertEquals(1, table[ProcessRecord.PID]);
    assertEquals(3, table[third + ProcessRecord.PID]);
    assertEquals(COMMAND, table[third + ProcessRecord.PARENT]);
    assertEquals(22, table[third + ProcessRecord.CPU_NANOS]);
    assertEquals('S', table[third + ProcessRecord.STATE]);
    assertEquals('p', table[third + ProcessRecord.NAME]);
    assertEquals(
        1, pm.result(pm.askWith(COMMAND_TASK, new byte[0], ProcessRecord.BYTES, Call.LIST, 1)));
  }

  @Test
  void aListGoesOnWhereTheOneBeforeEnded() {
    long list = pm.askWith(COMMAND_TASK, new byte[0], 4096, Call.LIST, 3);
    assertEquals(0, pm.result(list));
  }
}
