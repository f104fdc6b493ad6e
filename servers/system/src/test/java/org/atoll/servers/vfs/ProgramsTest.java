package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;

/** Files that are run, and written. */
final class ProgramsTest {

  private static final int RDWR = 2;
  private static final int TRUNC = 01000;

  private final TestVos vos = new TestVos();
  private final TestVos.Guest p = vos.init();

  @Test
  void aRunningProgramIsNotWrittenAndAWrittenFileDoesNotRun() {
    p.put("/prog", "code");
    p.call(Call.CHMOD, "/prog", 0, TestVos.AT_FDCWD, 0755, 0);
    TestMachine.Asked exec =
        p.begin(Call.OPEN_EXEC, TestVos.bytes("/prog"), 0, TestVos.AT_FDCWD, 0);
    long fd = exec.word(0);
    assertEquals(1 << 20, fd);
    assertEquals(4, exec.word(4));
    assertEquals(-Errno.ETXTBSY, p.open("/prog", RDWR));
    TestMachine.Asked map = vos.ask(Call.MAP, p.endpoint, fd, 5, 2);
    vos.ask(Call.EXEC, p.endpoint, -1, -1);
    assertEquals(-Errno.ETXTBSY, p.open("/prog", RDWR));
    assertEquals(-Errno.ETXTBSY, p.call(Call.TRUNCATE, "/prog", 0, 0));
    vos.ask(Call.UNMAP, map.word(0));
    long writing = p.open("/prog", RDWR);
    assertTrue(writing >= 0);
    assertEquals(-Errno.ETXTBSY, p.call(Call.OPEN_EXEC, "/prog", 0, TestVos.AT_FDCWD, 0));
    p.close(writing);
    assertEquals(-Errno.EACCES, p.call(Call.OPEN_EXEC, "/", 0, TestVos.AT_FDCWD, 0));
  }

  @Test
  void aProgramIsNotRunWhileAnOpenTruncatesIt() {
    p.put("/prog", "code");
    p.call(Call.CHMOD, "/prog", 0, TestVos.AT_FDCWD, 0755, 0);
    TestVos.Guest other = p.fork();
    byte[] path = TestVos.bytes("/prog");
    Message exec = Call.OPEN_EXEC.encode(new Message(), TestVos.AT_FDCWD, 0);
    TestMachine.Asked runs = vos.machine.ask(p.endpoint, TestVos.VFS, exec, path, 0);
    Message open = Call.OPEN.encode(new Message(), TestVos.AT_FDCWD, TRUNC, 0);
    TestMachine.Asked truncates = vos.machine.ask(other.endpoint, TestVos.VFS, open, path, 0);
    vos.machine.run();
    assertEquals(-Errno.ETXTBSY, runs.word(0));
    assertTrue(truncates.word(0) >= 0);
    assertTrue(p.call(Call.OPEN_EXEC, "/prog", 0, TestVos.AT_FDCWD, 0) > 0);
  }

  @Test
  void aDescriptorRunsAsNobodyElseOnceTheProgramWasWritten() {
    TestVos.Guest other = p.fork();
    other.become(1000, 1000);
    assertEquals(0777, modeOfExecAfter(() -> other.put("/prog", "")));
    assertEquals(0777, modeOfExecAfter(() -> other.call(Call.TRUNCATE, "/prog", 0, 2)));
    assertEquals(0777, modeOfExecAfter(() -> change(other, "", Call.FTRUNCATE, 1)));
    assertEquals(0777, modeOfExecAfter(() -> change(other, "x", Call.WRITE, 1, -1)));
    assertEquals(0777, modeOfExecAfter(() -> change(other, "x", Call.WRITE, 1, 2)));
    assertEquals(06777, modeOfExecAfter(() -> change(p, "x", Call.WRITE, 1, 2)));
    assertEquals(06777, modeOfExecAfter(() -> change(other, "", Call.FTRUNCATE, -1)));
  }

  /** Opens the program for writing, makes one call with its descriptor, closes it. */
  private static void change(TestVos.Guest guest, String in, Call call, long... words) {
    long fd = guest.open("/prog", 1);
    long[] all = new long[words.length + 1];
    all[0] = fd;
    System.arraycopy(words, 0, all, 1, words.length);
    guest.call(call, in, 0, all);
    guest.close(fd);
  }

  /** Permissions that exec is told of a set-id program, open since before something happened. */
  private int modeOfExecAfter(Runnable change) {
    p.put("/prog", "code");
    p.call(Call.CHMOD, "/prog", 0, TestVos.AT_FDCWD, 06777, 0);
    long fd = p.open("/prog", 010000000);
    change.run();
    TestMachine.Asked exec = p.begin(Call.OPEN_EXEC, new byte[0], 0, fd, 0x1000);
    p.close(exec.word(0));
    return (int) exec.word(1) & 07777;
  }
}
