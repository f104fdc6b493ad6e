package org.atoll.servers.vm;

import java.util.Arrays;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol.Call;
import org.atoll.libsys.testing.KernelRecorder;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;

/**
 * VM of node 0 with one process that has a stack and a page of program. VFS and file systems are
 * what the test answers in their place. VM is replaced by {@code load(save())} before every event.
 */
final class VmFixture {

  static final int VM = 2;
  static final int PM = 1;
  static final int VFS = 3;
  static final int LOCAL_FS = 5;
  static final int REMOTE_FS = Limits.SLOTS_PER_NODE + 5;
  static final int TASK = 100;
  static final int PAGE = Limits.PAGE_BYTES;

  static final long READ = 1;
  static final long WRITE = 2;
  static final long EXECUTE = 4;
  static final long SHARED = 1;
  static final long PRIVATE = 2;
  static final long FIXED = 0x10;
  static final long ANONYMOUS = 0x20;

  static final long STACK_TOP = Limits.USER_ADDRESS_END - PAGE;
  static final long PROGRAM = 0x10000;

  final TurnRecorder vm = new TurnRecorder(VM, VmServer::create);
  final KernelRecorder memory = vm.memory();

  VmFixture() {
    vm.serve(Role.PM, PM).serve(Role.VFS, VFS);
    exec(TASK);
  }

  /** Gives a process a fresh address space: a page of zeros to run in, and a stack. */
  void exec(int task) {
    now(task, Call.EXEC_BEGIN);
    now(task, Call.EXEC_MAP, PROGRAM, 0, PAGE, READ | WRITE, -1, 0);
    now(task, Call.EXEC_STACK, STACK_TOP, 1 << 20);
    now(task, Call.EXEC_COMMIT, PROGRAM + PAGE);
  }

  /** Makes a call that is answered in the same turn; the result. */
  long now(int task, Call call, long... words) {
    return vm.result(vm.ask(task, call, words));
  }

  /** An anonymous private mapping where VM wants it. */
  long mapAnonymous(long bytes) {
    return now(TASK, Call.MMAP, 0, bytes, READ | WRITE, PRIVATE | ANONYMOUS, -1, 0);
  }

  /** A mapping of a file of so many bytes, with VFS answering: writable when it has to be. */
  long mapFile(int task, int fs, long fileBytes, long bytes, long protection, long flags) {
    long request = vm.ask(task, Call.MMAP, 0, bytes, protection, flags, 4, 0);
    long writable = (protection & WRITE) != 0 && flags == SHARED ? 1 : 0;
    vm.answer(vm.expect(VfsProtocol.Call.MAP), 77, fs, 9, 1, fileBytes, writable);
    return vm.result(request);
  }

  /** Answers the oldest question for a page of a file on another node: bytes of this value. */
  void answerPage(int value) {
    Sent s = vm.expect(FsProtocol.Call.PAGE);
    byte[] bytes = new byte[PAGE];
    Arrays.fill(bytes, (byte) value);
    vm.answerWith(s, bytes, 0, 0, PAGE, 1);
  }

  /** The first byte of a page as the process sees it. */
  int peek(int task, long address) {
    byte[] one = new byte[1];
    int got = memory.spaceRead(memory.spaceOf(task), address, one, 0, 1);
    return got == 1 ? one[0] & 0xff : -1;
  }

  /** Writes as the process would, where the page table lets it; false when it would fault. */
  boolean poke(int task, long address, int value) {
    int space = memory.spaceOf(task);
    if ((memory.spaceFlags(space, address / PAGE) & WRITE) == 0) {
      return false;
    }
    return memory.spaceWrite(space, address, new byte[] {(byte) value}, 0, 1) == 1;
  }

  /** A store: faults first if it has to. */
  void store(int task, long address, int value) {
    if (!poke(task, address, value)) {
      long result = now(task, Call.FAULT, address, WRITE);
      if (result != 0 || !poke(task, address, value)) {
        throw new AssertionError("the store faults: " + result);
      }
    }
  }

  /** Frames in use. */
  int used() {
    return memory.framesTotal() - memory.framesFree();
  }
}
