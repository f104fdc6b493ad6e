package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.atoll.hypercall.memory.AddressSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom time is charged to. */
final class LedgerTest {

  private final TestNode node = new TestNode();
  private final Ledger ledger = new Ledger(node.node);
  private final Task one = process();
  private final Task other = process();

  private Task process() {
    return new Task(
        7,
        "process",
        Privileges.PROCESS,
        new TestTask(),
        new ProcessMachine(new TestProgram(), new AddressSpace(node.frames)),
        node.frames,
        new Staging(),
        4,
        Standing.ofProcess(1_000));
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void timeIsDividedAsTheWorkIs() {
    ledger.open(one, 1_000);
    ledger.instructions(300);
    ledger.turn(100);
    ledger.charge(other);
    ledger.instructions(400);
    ledger.close(9_000);
    assertEquals(3_000, one.account.userNanos.get());
    assertEquals(1_000, one.account.systemNanos.get());
    assertEquals(4_000, other.account.userNanos.get());
  }

  @Test
  void noTimeIsLostWhenManyHaveTheirTurnInOneSlice() {
    ledger.open(one, 0);
    ledger.turn(1);
    for (int i = 1; i <= 100; i++) {
      node.host.nanos = i * 1_000L;
      ledger.charge(i % 3 == 0 ? one : process());
      ledger.turn(1);
    }
    ledger.charge(one);
    ledger.close(100_000);
    assertEquals(34_000, one.account.nanos(), 1_000);
  }

  @Test
  void whatWasSettledStays() {
    ledger.open(one, 0);
    ledger.instructions(100);
    ledger.settle(500);
    assertEquals(500, one.account.userNanos.get());
    ledger.turn(100_000);
    ledger.settle(600);
    assertEquals(500, one.account.userNanos.get());
    assertEquals(100, one.account.systemNanos.get());
  }

  @Test
  void aStandingHearsOfWhatWasUsedWhenAnotherIsCharged() {
    ledger.open(one, 0);
    ledger.instructions(70);
    ledger.turn(30);
    ledger.charge(other);
    assertEquals(100, one.standing.used.get());
  }

  @Test
  void whoIsStillReadyWhenAnotherHasItsTurnWasSwitchedAgainstItsWill() {
    ledger.open(one, 0);
    one.run.set(Task.QUEUED);
    ledger.charge(other);
    ledger.charge(one);
    one.run.set(Task.IDLE);
    ledger.close(1);
    ledger.idle();
    assertEquals(1, one.account.involuntary.get());
    assertEquals(1, one.account.voluntary.get());
    assertEquals(1, other.account.voluntary.get());
  }

  @Test
  void anAllowanceThatIsUsedUpBeginsAnew() {
    one.standing.allowance = 150;
    ledger.open(one, 0);
    ledger.instructions(100);
    ledger.post();
    assertEquals(null, ledger.allowanceOver());
    ledger.instructions(100);
    ledger.post();
    assertEquals(one, ledger.allowanceOver());
    assertEquals(null, ledger.allowanceOver());
  }
}
