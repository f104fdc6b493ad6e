package org.atoll.vcpu.hosted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.atoll.abi.HostedProcess;
import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program of the host does shows in its hart, as an interpreter's would. */
@Timeout(20)
final class HostedCpuTest {

  private static final Logger LOG = Logger.getLogger("org.atoll.vcpu");
  private static final int SP = 2;
  private static final int A0 = 10;
  private static final int A1 = 11;
  private static final int A7 = 17;
  private static final long STACK = 0x8000;
  private static final long GATE = 0x1_00f4;
  private static final long PLACES = 0x1_0200;
  private static final int QUANTUM = 1000;

  private final Arena arena = Arena.ofShared();
  private final Frames frames =
      new Frames(arena.allocate(16 * 4096L, Frames.FRAME_BYTES).address(), 16);
  private final AddressSpace space = new AddressSpace(frames);
  private final Hart hart = new Hart();
  private final List<Object> seen = new ArrayList<>();
  private final CountDownLatch unwound = new CountDownLatch(1);

  @AfterEach
  void free() {
    arena.close();
  }

  private HostedCpu cpu(HostedProcess.Body body) {
    hart.x[SP] = STACK;
    hart.x[A0 + 1] = GATE;
    hart.x[A0 + 2] = PLACES;
    return new HostedCpu(
        task ->
            Thread.ofPlatform()
                .start(() -> {
                  task.run();
                  unwound.countDown();
                }),
        body);
  }

  private int run(HostedCpu cpu) {
    return cpu.run(hart, space, QUANTUM);
  }

  private void answer(long result) {
    hart.x[A0] = result;
    hart.pc += 4;
  }

  @Test
  void aMistakeOfTheEngineIsLoggedWithItsStackAndEndsTheProgram() {
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler keeper = keeper(logged);
    LOG.addHandler(keeper);
    LOG.setUseParentHandlers(false);
    IllegalStateException mistake = new IllegalStateException("the test says so");
    try {
      HostedCpu cpu =
          cpu(process -> {
            throw mistake;
          });
      assertEquals(Trap.ILLEGAL_INSTRUCTION, run(cpu));
      assertEquals(List.of(mistake), logged.stream().map(LogRecord::getThrown).toList());
    } finally {
      LOG.removeHandler(keeper);
      LOG.setUseParentHandlers(true);
    }
  }

  private static Handler keeper(List<LogRecord> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        logged.add(entry);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void aSystemCallIsATrapAtTheGate() {
    HostedCpu cpu =
        cpu(process -> {
          seen.add(process.call(64, 1, 2, 3));
          return 5;
        });
    assertEquals(Trap.ECALL, run(cpu));
    assertEquals(List.of(GATE, 64L, 1L, 2L, 3L), List.of(hart.pc, x(A7), x(A0), x(A1), x(12)));
    answer(77);
    assertEquals(Trap.ECALL, run(cpu));
    assertEquals(List.of(77L), seen);
    assertEquals(List.of(94L, 5L), List.of(x(A7), x(A0)), "its end is exit_group");
    cpu.close();
  }

  private long x(int register) {
    return hart.x[register];
  }

  @Test
  void aCallThatHasNoResultIsMadeAgain() {
    HostedCpu cpu = cpu(process -> (int) process.call(63, 9));
    run(cpu);
    assertEquals(Trap.ECALL, run(cpu));
    assertEquals(List.of(63L, 9L), List.of(x(A7), x(A0)));
    cpu.close();
  }

  @Test
  void aHandlerRunsInTheMiddleOfACallAndEndsWithSigreturn() {
    HostedCpu cpu =
        cpu(process -> {
          process.handler(10, seen::add);
          seen.add(process.call(101));
          return 0;
        });
    run(cpu);
    hart.pc = PLACES + 4 * 10;
    hart.x[SP] = STACK - 1088;
    assertEquals(Trap.ECALL, run(cpu));
    assertEquals(List.of(139L, STACK - 1088), List.of(x(A7), x(SP)));
    hart.x[SP] = STACK;
    hart.pc = GATE;
    answer(-4);
    run(cpu);
    assertEquals(List.of(10, -4L), seen);
    cpu.close();
  }

  @Test
  void whatAHandlerThrowsIsThrownWhereTheProgramWas() {
    HostedCpu cpu =
        cpu(process -> {
          process.handler(
              2,
              signal -> {
                throw new IllegalStateException("handler");
              });
          try {
            process.call(101);
          } catch (IllegalStateException thrown) {
            seen.add(thrown.getMessage());
          }
          return 0;
        });
    run(cpu);
    hart.pc = PLACES + 4 * 2;
    run(cpu);
    assertEquals(139L, x(A7));
    hart.pc = GATE + 4;
    run(cpu);
    assertEquals(List.of("handler"), seen);
    cpu.close();
  }

  @Test
  void aQuantumIsCountedInSteps() {
    HostedCpu cpu =
        cpu(process -> {
          while (true) {
            process.poll(10);
          }
        });
    assertEquals(Trap.QUANTUM_OVER, run(cpu));
    assertEquals(List.of(PLACES, (long) QUANTUM), List.of(hart.pc, hart.retired));
    assertEquals(Trap.QUANTUM_OVER, run(cpu));
    assertEquals(2L * QUANTUM, hart.retired);
    cpu.close();
  }

  @Test
  void aPageThatIsNotThereIsAFault() {
    HostedCpu cpu =
        cpu(process -> {
          byte[] bytes = {1, 2, 3};
          process.write(0x4fff, bytes, 0, 3);
          process.read(0x4fff, bytes, 0, 3);
          seen.add(List.of(bytes[0], bytes[1], bytes[2]));
          return 0;
        });
    assertEquals(Trap.STORE_FAULT, run(cpu));
    assertEquals(0x4fff, hart.trapValue);
    map(4);
    assertEquals(Trap.STORE_FAULT, run(cpu));
    assertEquals(0x5000, hart.trapValue);
    map(5);
    assertEquals(Trap.ECALL, run(cpu));
    assertEquals(List.of(List.of((byte) 1, (byte) 2, (byte) 3)), seen);
    cpu.close();
  }

  private void map(long page) {
    assertTrue(space.map(page, frames.allocate(), AddressSpace.READ | AddressSpace.WRITE));
  }

  @Test
  void aProgramThatIsOverUnwindsWhateverItCatches() throws InterruptedException {
    AtomicInteger caught = new AtomicInteger();
    HostedCpu cpu =
        cpu(process -> {
          for (int i = 0; i < 3; i++) {
            try {
              process.call(101);
            } catch (Error kept) {
              caught.incrementAndGet();
            }
          }
          process.poll(1);
          return 0;
        });
    run(cpu);
    cpu.close();
    unwound.await();
    assertEquals(3, caught.get());
  }
}
