package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.atoll.abi.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a CPU leaves what a turn has made ready to another CPU that sleeps; by turns. */
final class GoingOnTest {

  private static final int SLEEPS = 1;

  private final TestNode test = new TestNode(NodeConfig.single(), 2, null, Tracer.NONE);
  private final TestTask other = new TestTask();
  private final int otherEndpoint = test.server("other", other);
  private final TestTask busy = TestTask.doing(turn -> turn.notify(otherEndpoint));
  private final Task busyTask = test.node.tasks.find(test.server("busy", busy));

  @AfterEach
  void close() {
    test.close();
  }

  /** Gives the turn in which the busy task notifies the other one. */
  private void oneTurn() {
    test.node.channel(busyTask.endpoint).raise();
    test.node.scheduler.idle().sleeps(SLEEPS);
    assertTrue(test.node.cpu(0).step());
    assertEquals(1, busyTask.events);
  }

  @Test
  void aCpuThatGoesOnWithItsTaskLeavesOthersToACpuThatSleeps() {
    busyTask.mailbox.put(Letter.MESSAGE, otherEndpoint, 0, null, new Message());
    oneTurn();
    assertTrue(test.node.cpu(0).busy());
    assertEquals(1, test.host.wakeUps.get());
    assertTrue(test.node.cpu(1).step());
    assertEquals(1, other.events.size());
  }

  @Test
  void aCpuThatHasNothingElseToDoWakesNobodyForOneTask() {
    oneTurn();
    assertEquals(0, test.host.wakeUps.get());
    assertTrue(test.node.cpu(0).step());
    assertEquals(List.of("notified " + busyTask.endpoint), other.events);
  }
}
