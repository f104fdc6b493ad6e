package org.atoll.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.atoll.bench.Wakeups.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WakeupsTest {

  @TempDir Path tasks;

  private void thread(String id, String name, long slept) throws IOException {
    String status =
        "Name:\t%s\nPid:\t%s\nvoluntary_ctxt_switches:\t%d\nnonvoluntary_ctxt_switches:\t9\n";
    Path folder = Files.createDirectories(tasks.resolve(id));
    Files.writeString(folder.resolve("status"), status.formatted(name, id, slept));
  }

  @Test
  void countsWhatEachThreadDidMeanwhileTheBusiestFirst() throws IOException {
    thread("7", "java", 100);
    thread("8", "java", 5);
    thread("9", "Service Thread", 40);
    Wakeups before = Wakeups.in(tasks);
    thread("9", "Service Thread", 50);
    thread("8", "java", 205);
    assertEquals(
        List.of(new Rate("java", 20), new Rate("Service Thread", 1)),
        Wakeups.in(tasks).since(before, 10));
  }

  @Test
  void aThreadThatBeganMeanwhileCountsFromItsBeginning() throws IOException {
    thread("7", "java", 100);
    Wakeups before = Wakeups.in(tasks);
    thread("8", "new", 3);
    assertEquals(List.of(new Rate("new", 1.5)), Wakeups.in(tasks).since(before, 2));
  }

  @Test
  void aThreadThatHasEndedIsLeftOut() throws IOException {
    thread("7", "java", 100);
    Wakeups before = Wakeups.in(tasks);
    Files.delete(tasks.resolve("7").resolve("status"));
    assertEquals(List.of(), Wakeups.in(tasks).since(before, 1));
  }

  @Test
  void theHostKnowsTheThreadsOfThisProcess() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread sleeper = Thread.ofPlatform().name("sleeper").start(() -> await(end));
    Wakeups now = Wakeups.of(ProcessHandle.current().pid());
    end.countDown();
    sleeper.join();
    assertTrue(now.threads().values().stream().anyMatch(thread -> thread.name().equals("sleeper")));
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
