package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EFAULT;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EOVERFLOW;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.servers.vm.VmFixture.EXECUTE;
import static org.atoll.servers.vm.VmFixture.PAGE;
import static org.atoll.servers.vm.VmFixture.PROGRAM;
import static org.atoll.servers.vm.VmFixture.READ;
import static org.atoll.servers.vm.VmFixture.REMOTE_FS;
import static org.atoll.servers.vm.VmFixture.STACK_TOP;
import static org.atoll.servers.vm.VmFixture.TASK;
import static org.atoll.servers.vm.VmFixture.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol.Call;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class ExecTest {

  private static final long TEXT = 0x20000;

  private final VmFixture f = new VmFixture();
  private final TurnRecorder vm = f.vm;

  @Test
  void theOldProgramStaysUntilTheCommit() {
    f.store(TASK, PROGRAM, 1);
    f.now(TASK, Call.EXEC_BEGIN);
    assertEquals(1, f.peek(TASK, PROGRAM));
    assertEquals(0, f.now(TASK, Call.EXEC_ABORT));
    assertEquals(1, f.memory.spaceCount());
    f.exec(TASK);
    assertEquals(-1, f.peek(TASK, PROGRAM));
    assertEquals(1, f.memory.spaceCount());
  }

  @Test
  void theStackImageIsThereAfterTheCommit() {
    f.now(TASK, Call.EXEC_BEGIN);
    f.now(TASK, Call.EXEC_STACK, STACK_TOP, 8 << 20);
    byte[] image = new byte[PAGE + 100];
    image[0] = 7;
    image[PAGE + 99] = 8;
    long at = STACK_TOP - image.length;
    assertEquals(image.length, vm.result(vm.askWith(TASK, image, 0, Call.EXEC_WRITE, at)));
    f.now(TASK, Call.EXEC_COMMIT, PROGRAM);
    assertEquals(7, f.peek(TASK, at));
    assertEquals(8, f.peek(TASK, STACK_TOP - 1));
  }

  @Test
  void aBigStackImageGrowsTheStack() {
    f.now(TASK, Call.EXEC_BEGIN);
    f.now(TASK, Call.EXEC_STACK, STACK_TOP, 8 << 20);
    byte[] image = new byte[65_536];
    long at = STACK_TOP - (1 << 20);
    assertEquals(image.length, vm.result(vm.askWith(TASK, image, 0, Call.EXEC_WRITE, at)));
    assertEquals(-EFAULT, vm.result(vm.askWith(TASK, image, 0, Call.EXEC_WRITE, at - (8 << 20))));
  }

  @Test
  void theFileIsAskedForOnceForAllSegments() {
    f.now(TASK, Call.EXEC_BEGIN);
    long text = vm.ask(TASK, Call.EXEC_MAP, TEXT, PAGE, PAGE, READ | EXECUTE, 9, 0);
    vm.answer(vm.expect(VfsProtocol.Call.MAP), 5, REMOTE_FS, 3, 1, 2 * PAGE);
    assertEquals(0, vm.result(text));
    assertEquals(0, f.now(TASK, Call.EXEC_MAP, TEXT + PAGE, PAGE, PAGE, READ | WRITE, 9, PAGE));
    f.now(TASK, Call.EXEC_COMMIT, TEXT + 2 * PAGE);
    assertFalse(vm.sentAny(VfsProtocol.Call.UNMAP));
    f.exec(TASK);
    assertEquals(5, vm.expect(VfsProtocol.Call.UNMAP).word(0));
    assertFalse(vm.sentAny(VfsProtocol.Call.UNMAP));
  }

  @Test
  void dataEndsInZerosWhereTheSegmentsBytesEnd() {
    f.now(TASK, Call.EXEC_BEGIN);
    vm.ask(TASK, Call.EXEC_MAP, TEXT, 10, 2 * PAGE, READ | WRITE, 9, 0);
    vm.answer(vm.expect(VfsProtocol.Call.MAP), 5, REMOTE_FS, 3, 1, PAGE);
    f.now(TASK, Call.EXEC_COMMIT, TEXT + 2 * PAGE);
    long fault = vm.ask(TASK, Call.FAULT, TEXT, READ);
    f.answerPage(6);
    assertEquals(0, vm.result(fault));
    byte[] seen = new byte[12];
    f.memory.spaceRead(f.memory.spaceOf(TASK), TEXT, seen, 0, 12);
    assertArrayEquals(new byte[] {6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 0, 0}, seen);
    assertEquals(0, f.now(TASK, Call.FAULT, TEXT + PAGE, WRITE));
    assertEquals(0, f.peek(TASK, TEXT + PAGE));
  }

  @Test
  void dataThatMremapMadeLongerGoesOnInZeros() {
    f.now(TASK, Call.EXEC_BEGIN);
    vm.ask(TASK, Call.EXEC_MAP, TEXT, 10, PAGE, READ | WRITE, 9, 0);
    vm.answer(vm.expect(VfsProtocol.Call.MAP), 5, REMOTE_FS, 3, 1, 3 * PAGE);
    f.now(TASK, Call.EXEC_COMMIT, TEXT + 8 * PAGE);
    assertEquals(TEXT, f.now(TASK, Call.MREMAP, TEXT, PAGE, 3 * PAGE, 0, 0));
    assertEquals(0, f.now(TASK, Call.FAULT, TEXT + 2 * PAGE, READ));
    assertEquals(0, f.peek(TASK, TEXT + 2 * PAGE));
    f.store(TASK, TEXT + PAGE, 7);
    assertEquals(7, f.peek(TASK, TEXT + PAGE));
  }

  @Test
  void segmentsAreRefusedWithoutABeginOrWithWrongNumbers() {
    assertEquals(-EINVAL, f.now(TASK, Call.EXEC_MAP, TEXT, 0, PAGE, READ, -1, 0));
    assertEquals(-EINVAL, f.now(TASK, Call.EXEC_COMMIT, TEXT));
    f.now(TASK, Call.EXEC_BEGIN);
    assertEquals(-EINVAL, f.now(TASK, Call.EXEC_MAP, TEXT + 1, 0, PAGE, READ, -1, 0));
    assertEquals(-EINVAL, f.now(TASK, Call.EXEC_MAP, TEXT, 2, 1, READ, 9, 0));
    assertEquals(-EINVAL, f.now(TASK, Call.EXEC_MAP, 1L << 38, 0, PAGE, READ, -1, 0));
    long beyond = (1L << 32) * PAGE;
    assertEquals(-EINVAL, f.now(TASK, Call.EXEC_MAP, TEXT, PAGE, PAGE, READ, 9, -PAGE));
    assertEquals(-EOVERFLOW, f.now(TASK, Call.EXEC_MAP, TEXT, PAGE, PAGE, READ, 9, beyond));
  }

  @Test
  void onlyPmForksAndEnds() {
    assertEquals(-EPERM, f.now(TASK, Call.FORK, TASK, 101, 0));
    assertEquals(-EPERM, f.now(TASK, Call.EXIT, TASK));
  }
}
