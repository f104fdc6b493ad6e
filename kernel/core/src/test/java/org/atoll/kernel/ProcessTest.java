package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Trap;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.Protocols;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes, their traps and their memory as servers see it; PM and VM are the test itself. */
final class ProcessTest {

  private static final int RW = KernelCalls.PAGE_READ | KernelCalls.PAGE_WRITE;

  private final TestNode test = new TestNode();
  private final TestTask pm = new TestTask();
  private int pmEndpoint;

  @BeforeEach
  void startPm() {
    pmEndpoint = test.server("pm", pm);
    test.node.role(Role.PM, pmEndpoint);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private void inPm(Consumer<Turn> action) {
    pm.start = action;
    test.node.channel(pmEndpoint).raise();
    test.settle();
  }

  private long askKernel(KernelProtocol.Call call, long... words) {
    pm.events.clear();
    inPm(t ->
        t.call(
            test.node.kernelEndpoint(),
            t.scratch()
                .set(
                    call.number(),
                    words.length > 0 ? words[0] : 0,
                    words.length > 1 ? words[1] : 0,
                    0,
                    0,
                    0,
                    0,
                    0)));
    String answer = pm.events.getLast();
    return Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
  }

  private TestProgram program(int endpoint) {
    Task task = test.node.tasks.find(endpoint);
    if (task == null) {
      throw new AssertionError("no task " + endpoint);
    }
    return (TestProgram) task.handler;
  }

  private int spawn() {
    return (int) askKernel(KernelProtocol.Call.SPAWN);
  }

  /** A process with two writable pages from page 16 on. */
  private int spawnWithMemory() {
    int process = spawn();
    inPm(t -> {
      KernelCalls kernel = t.kernel();
      int space = kernel.spaceCreate();
      assertEquals(0, kernel.spaceMap(space, 16, kernel.frameAllocate(), RW));
      assertEquals(0, kernel.spaceMap(space, 17, kernel.frameAllocate(), RW));
      assertEquals(0, kernel.taskSpace(process, space));
    });
    return process;
  }

  private void tell(int process, int type) {
    inPm(t -> t.send(process, t.scratch().set(type, 0, 0, 0, 0, 0, 0, 0)));
  }

  private void trapInto(int process, TestProgram.OnTrap onTrap) {
    TestProgram program = program(process);
    program.whenTrapped = onTrap;
    Task task = test.node.tasks.find(process);
    if (task == null || task.process == null) {
      throw new AssertionError("no process " + process);
    }
    task.process.hart().x[31] = 10;
    tell(process, TestProgram.RUN);
  }

  @Test
  void aSpawnedProcessRunsWhenItsProgramSaysSoAndTraps() {
    int process = spawn();
    trapInto(process, (t, trap) -> assertEquals(pmEndpoint, t.role(Role.PM)));
    assertEquals(List.of("message 1 0", "trap " + Trap.ECALL), program(process).events);
  }

  @Test
  void anEndlessLoopLeavesOthersTheirTurns() {
    int process = spawn();
    TestTask other = new TestTask();
    int endpoint = test.server("other", other);
    pm.start =
        t -> {
          t.send(process, t.scratch().set(TestProgram.RUN, 0, 0, 0, 0, 0, 0, 0));
          t.send(endpoint, t.scratch().set(5, 0, 0, 0, 0, 0, 0, 0));
        };
    test.node.channel(pmEndpoint).raise();
    for (int i = 0; i < 10; i++) {
      test.node.cpu(0).step();
    }
    assertEquals(List.of("message 5 0"), other.events);
    inSteps(t -> t.send(process, t.scratch().set(TestProgram.STOP, 0, 0, 0, 0, 0, 0, 0)));
    assertFalse(program(process).running);
  }

  private void inSteps(Consumer<Turn> action) {
    pm.start = action;
    test.node.channel(pmEndpoint).raise();
    for (int i = 0; i < 10; i++) {
      test.node.cpu(0).step();
    }
  }

  @Test
  void buffersInGuestMemoryAreReadAndWrittenThere() {
    int process = spawnWithMemory();
    long start = 17 * 4096 - 3;
    byte[] seen = new byte[6];
    TestTask server =
        TestTask.serving((t, r, m) -> {
          KernelCalls kernel = t.kernel();
          assertEquals(6, kernel.inBytes(r));
          assertEquals(6, kernel.copyIn(r, 0, seen, 0, 6));
          assertEquals(-Errno.EFAULT, kernel.copyIn(r, 1, seen, 0, 6));
          assertEquals(-Errno.EFAULT, kernel.copyOut(r, -1, seen, 0, 2));
          assertEquals(2, kernel.copyOut(r, 1, new byte[] {8, 9}, 0, 2));
          t.reply(r, 0);
        });
    test.node.role(Role.VFS, test.server("vfs", server));
    byte[] result = new byte[3];
    program(process)
        .whenAnswered
        .put(
            1L,
            t -> {
              assertEquals(3, t.kernel().machine().copyIn(start, result, 0, 3));
              byte[] answer = new byte[9];
              assertEquals(3, t.answerBytes(0, answer, 0, 9));
              assertEquals(9, answer[2]);
            });
    trapInto(
        process,
        (t, trap) -> {
          assertEquals(6, t.kernel().machine().copyOut(start, new byte[] {1, 2, 3, 4, 5, 6}, 0, 6));
          long call =
              t.kernel()
                  .machine()
                  .call(
                      t.role(Role.VFS),
                      t.scratch().set(9, 0, 0, 0, 0, 0, 0, 0),
                      start,
                      6,
                      start,
                      3);
          assertEquals(1, call);
        });
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, seen);
    assertArrayEquals(new byte[] {1, 8, 9}, result);
    assertTrue(program(process).events.contains("answered 9 0"));
  }

  @Test
  void aCallWithMemoryThatIsNotPresentIsRefused() {
    int process = spawnWithMemory();
    test.node.role(Role.VFS, test.server("vfs", new TestTask()));
    List<Long> results = new ArrayList<>();
    trapInto(
        process,
        (t, trap) -> {
          var machine = t.kernel().machine();
          var m = t.scratch().set(9, 0, 0, 0, 0, 0, 0, 0);
          results.add(machine.call(t.role(Role.VFS), m, 18 * 4096 - 1, 2, 0, 0));
          results.add(machine.call(t.role(Role.VFS), m, 0, 0, 15 * 4096, 1));
        });
    assertEquals(List.of((long) -Errno.EFAULT, (long) -Errno.EFAULT), results);
  }

  @Test
  void aProcessMaySendTheSystemsNumbersOnlyToTheRolesOfPosix() {
    int process = spawn();
    int other = spawn();
    List<Integer> results = new ArrayList<>();
    trapInto(
        process,
        (t, trap) -> {
          results.add(t.send(other, t.scratch()));
          results.add(t.send(test.node.kernelEndpoint(), t.scratch()));
          results.add(t.send(t.role(Role.PM), t.scratch()));
          results.add(t.kernel().frameAllocate());
        });
    assertEquals(List.of(-Errno.ECALLDENIED, -Errno.ECALLDENIED, 0, -Errno.EPERM), results);
  }

  @Test
  void aProcessMaySendItsOwnNumbersToAllButKernels() {
    int process = spawn();
    int other = test.server("other", new TestTask());
    List<Integer> results = new ArrayList<>();
    trapInto(
        process,
        (t, trap) -> {
          Message own = t.scratch().set(Protocols.FIRST_OWN, 0, 0, 0, 0, 0, 0, 0);
          results.add(t.send(other, own));
          results.add(t.send(test.node.kernelEndpoint(), own));
          results.add(t.notify(other));
          results.add(t.notify(test.node.kernelEndpoint()));
          own.type = Protocols.FIRST_OWN - 1;
          results.add(t.send(other, own));
          own.type = Protocols.FIRST_OWN | Message.ANSWER;
          results.add(t.send(other, own));
        });
    int denied = -Errno.ECALLDENIED;
    assertEquals(List.of(0, denied, 0, denied, denied, denied), results);
  }

  @Test
  void aForkCopiesRegistersAndProgramOfAProcessAtRest() {
    int parent = spawn();
    trapInto(
        parent,
        (t, trap) -> {
          t.kernel().machine().x(10, 99);
          t.kernel().machine().pc(0x1000);
        });
    int child = (int) askKernel(KernelProtocol.Call.FORK, parent);
    assertTrue(child > 0 && child != parent);
    List<Long> seen = new ArrayList<>();
    assertEquals(List.of("forked"), program(child).events);
    trapInto(
        child,
        (t, trap) -> {
          seen.add(t.kernel().machine().x(10));
          seen.add(t.kernel().machine().pc());
        });
    assertEquals(List.of(99L, 0x1000L), seen);
  }

  @Test
  void whatIsNoProcessCannotFork() {
    assertEquals(-Errno.ESRCH, askKernel(KernelProtocol.Call.FORK, pmEndpoint));
    assertEquals(-Errno.ESRCH, askKernel(KernelProtocol.Call.FORK, 12345));
  }

  @Test
  void aDestroyedProcessIsGoneAndItsCallsAreCancelled() {
    TestTask server = new TestTask();
    test.node.role(Role.VFS, test.server("vfs", server));
    int process = spawn();
    trapInto(
        process, (t, trap) -> t.call(t.role(Role.VFS), t.scratch().set(9, 0, 0, 0, 0, 0, 0, 0)));
    assertEquals(0, askKernel(KernelProtocol.Call.DESTROY, process));
    assertEquals(List.of("request 9 0", "cancelled"), server.events);
    assertEquals(-Errno.ESRCH, askKernel(KernelProtocol.Call.DESTROY, process));
  }

  @Test
  void pmIsToldOfAProcessWhoseProgramFails() {
    int process = spawn();
    trapInto(
        process,
        (t, trap) -> {
          throw new IllegalStateException("the impossible (expected by this test)");
        });
    int type = PmProtocol.Call.TASK_DIED.number();
    assertEquals("message " + type + " " + process, pm.events.getLast());
    assertFalse(test.node.halted());
  }

  @Test
  void aSlotIsGivenOutAgainWithAnotherGenerationAndRetiredBeforeThatWraps() {
    TaskTable table = new TaskTable(0);
    int first = table.lease();
    for (int i = 1; i < Limits.SLOTS_PER_NODE; i++) {
      table.lease();
    }
    assertEquals(-1, table.lease());
    for (int generation = 1; generation < Endpoint.GENERATIONS; generation++) {
      table.giveBack(Endpoint.of(0, generation - 1));
      table.giveBack(first);
      assertEquals(Endpoint.of(0, generation), table.lease());
    }
    table.giveBack(Endpoint.of(0, Endpoint.GENERATIONS - 1));
    assertEquals(-1, table.lease());
  }

  @Test
  void aSpaceKeepsItsFramesUntilItsLastReference() {
    int free = test.frames.freeFrames();
    inPm(t -> {
      KernelCalls kernel = t.kernel();
      int space = kernel.spaceCreate();
      kernel.spaceRetain(space);
      int frame = kernel.frameAllocate();
      assertEquals(0, kernel.spaceMap(space, 5, frame, RW));
      assertEquals(0, kernel.spaceMove(space, 5, 7, 1));
      assertEquals(-1, kernel.spaceFrame(space, 5));
      assertEquals(frame, kernel.spaceFrame(space, 7));
      assertEquals(RW, kernel.spaceFlags(space, 7));
      kernel.spaceRelease(space);
      assertEquals(1, kernel.spaceResident(space));
      kernel.spaceRelease(space);
      assertEquals(-Errno.EINVAL, kernel.spaceResident(space));
    });
    assertEquals(free, test.frames.freeFrames());
  }

  @Test
  void theKernelSaysWhatTasksThereAre() {
    byte[] table = new byte[1000];
    pm.whenAnswered.put(1L, t -> t.answerBytes(0, table, 0, table.length));
    inPm(t -> {
      var m = KernelProtocol.Call.TASKS.encode(t.scratch());
      t.callWithBytes(test.node.kernelEndpoint(), m, table, 0, 1000);
    });
    String text = new String(table, StandardCharsets.UTF_8);
    assertTrue(
        text.lines().anyMatch(row -> row.matches("1\\.0 pm (idle|ready) \\d+ \\d+ 1 0 0 0")), text);
  }

  @Test
  void haltEndsTheNodeWithItsStatus() {
    askKernel(KernelProtocol.Call.HALT, 300);
    assertFalse(test.node.halted());
    askKernel(KernelProtocol.Call.HALT, 9);
    assertEquals(9, test.node.haltStatus());
  }
}
