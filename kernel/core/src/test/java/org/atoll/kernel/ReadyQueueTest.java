package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.atoll.abi.Limits;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.junit.jupiter.api.Test;

/** Who is next. */
final class ReadyQueueTest {

  private static final int QUANTUM = 1_000;
  private static final Frames FRAMES = new Frames(0, 1);

  private final ReadyQueue queue = new ReadyQueue();
  private int slot;

  private Task server() {
    return task(null, Standing.ofServer(QUANTUM));
  }

  private Task process(int level, int weight) {
    Standing standing = Standing.ofProcess(QUANTUM);
    standing.level = level;
    standing.weight = weight;
    return task(new ProcessMachine(new TestProgram(), new AddressSpace(FRAMES)), standing);
  }

  private Task process(int weight) {
    return process(Limits.LEVEL_NORMAL, weight);
  }

  private Task task(ProcessMachine machine, Standing standing) {
    return new Task(
        ++slot,
        "task",
        Privileges.PROCESS,
        new TestTask(),
        machine,
        FRAMES,
        new Staging(),
        4,
        standing);
  }

  /** One turn of whoever is next: its whole quantum; who it was. */
  private Task turn() {
    Task task = queue.poll();
    task.standing.used.addAndGet(QUANTUM);
    queue.push(task, false);
    return task;
  }

  private int turnsOf(Task task, int turns) {
    int own = 0;
    for (int i = 0; i < turns; i++) {
      own += turn() == task ? 1 : 0;
    }
    return own;
  }

  @Test
  void serversAreBeforeProcessesAndFirstComeFirstServed() {
    Task process = process(Limits.WEIGHT_NORMAL);
    Task first = server();
    Task second = server();
    queue.push(process, true);
    queue.push(first, true);
    queue.push(second, true);
    assertSame(first, queue.poll());
    assertSame(second, queue.poll());
    assertSame(process, queue.poll());
    assertNull(queue.poll());
  }

  @Test
  void aLowerLevelGoesFirstAsLongAsItHasAnybody() {
    Task urgent = process(5, Limits.WEIGHT_NORMAL);
    Task other = process(6, Limits.WEIGHT_MAX);
    queue.push(other, true);
    queue.push(urgent, true);
    assertEquals(100, turnsOf(urgent, 100));
  }

  @Test
  void oneLevelsTimeIsDividedAsTheWeightsAre() {
    Task light = process(1_024);
    Task heavy = process(3_072);
    queue.push(light, true);
    queue.push(heavy, true);
    assertEquals(750, turnsOf(heavy, 1_000));
  }

  @Test
  void whoIsInterruptedWithinItsQuantumGoesOnBeforeItsEquals() {
    Task first = process(1_024);
    Task second = process(1_024);
    queue.push(first, true);
    queue.push(second, true);
    queue.poll().standing.used.addAndGet(QUANTUM / 2);
    queue.push(first, false);
    assertSame(first, queue.poll());
  }

  @Test
  void whoHasSleptGoesFirstAndDoesNotHoardWhatItLeft() {
    Task spinner = process(1_024);
    Task sleeper = process(1_024);
    queue.push(spinner, true);
    turnsOf(spinner, 10_000);
    queue.push(sleeper, true);
    assertSame(sleeper, turn());
    int credit = (int) ReadyLevel.CREDIT / QUANTUM;
    assertEquals(credit + 450, turnsOf(sleeper, credit + 900), 2);
  }

  @Test
  void whoHasNoWeightIsBeforeThoseThatHaveOneUntilItWaits() {
    Task normal = process(1_024);
    Task first = process(0);
    Task second = process(0);
    first.standing.quantum = 0;
    queue.push(normal, true);
    queue.push(first, true);
    queue.push(second, true);
    assertEquals(50, turnsOf(first, 50));
  }

  @Test
  void whatPolicyGivesCountsAtOnceForThoseThatAreReady() {
    Task one = process(1_024);
    Task other = process(1_024);
    queue.push(one, true);
    queue.push(other, true);
    queue.schedule(other, 3, 1_024, QUANTUM, 0);
    assertEquals(3, queue.first());
    assertSame(other, queue.poll());
    assertEquals(Limits.LEVEL_NORMAL, queue.first());
    assertEquals(1, queue.size());
  }

  @Test
  void whoGivesWayGoesBehindItsEquals() {
    Task one = process(1_024);
    Task other = process(1_024);
    queue.push(one, true);
    queue.push(other, true);
    Task first = queue.poll();
    queue.giveWay(first);
    queue.push(first, false);
    assertSame(other, queue.poll());
  }

  @Test
  void thousandsComeOutInTheOrderOfTheirVirtualTime() {
    for (int i = 0; i < 5_000; i++) {
      Task task = process(1_024);
      task.standing.virtual = i * 7_919L % 5_000;
      queue.push(task, true);
    }
    for (int i = 0; i < 5_000; i++) {
      assertEquals(i, queue.poll().standing.virtual);
    }
  }
}
