package org.atoll.hypercall.coroutine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.atoll.hypercall.cpu.Coroutine;
import org.atoll.hypercall.cpu.Coroutines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies run when they are resumed, whatever carries their stacks. */
@Timeout(60)
final class CoroutineTest {

  /** All that there is. */
  enum Kind {
    CONTINUATIONS,
    VIRTUAL_THREADS,
    PLATFORM_THREADS
  }

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
  private final ExecutorService[] cpus = {
    Executors.newSingleThreadExecutor(), Executors.newSingleThreadExecutor()
  };
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void close() {
    threads.shutdown();
    for (ExecutorService cpu : cpus) {
      cpu.shutdown();
    }
  }

  private Coroutines of(Kind kind) {
    return switch (kind) {
      case CONTINUATIONS -> new Continuations();
      case VIRTUAL_THREADS -> new VirtualThreads();
      case PLATFORM_THREADS -> new PlatformThreads(threads);
    };
  }

  /** A body that is told its own coroutine. */
  private interface Body {
    void run(Coroutine own);
  }

  private static Coroutine make(Coroutines stacks, Body body) {
    Coroutine[] own = new Coroutine[1];
    own[0] = stacks.of("body", () -> body.run(own[0]));
    return own[0];
  }

  private <T> T on(int cpu, Callable<T> what) throws Exception {
    return cpus[cpu].submit(what).get();
  }

  @ParameterizedTest
  @EnumSource
  void aBodyRunsFromItsResumeToItsSuspend(Kind kind) {
    Coroutine body =
        make(
            of(kind),
            own -> {
              seen.add("first");
              own.suspend();
              seen.add("second");
            });
    assertEquals(List.of(), seen);
    assertTrue(body.resume());
    assertEquals(List.of("first"), seen);
    assertFalse(body.resume());
    assertEquals(List.of("first", "second"), seen);
  }

  @ParameterizedTest
  @EnumSource
  void bodiesTakeTurnsOnTwoThreads(Kind kind) throws Exception {
    int rounds = 1_000;
    Coroutine body =
        make(
            of(kind),
            own -> {
              for (int i = 0; i < rounds; i++) {
                seen.add("" + i);
                own.suspend();
              }
            });
    for (int i = 0; i < rounds; i++) {
      assertTrue(on(i % 2, body::resume));
    }
    assertFalse(on(0, body::resume));
    assertEquals(rounds, seen.size());
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatWaitsForSomethingElseKeepsItsThread(Kind kind) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Coroutine body =
        make(
            of(kind),
            own -> {
              begun.countDown();
              try {
                over.await();
              } catch (InterruptedException e) {
                seen.add("interrupted");
              }
              seen.add("went on");
              own.suspend();
            });
    var resumed = cpus[0].submit(body::resume);
    begun.await();
    over.countDown();
    assertTrue(resumed.get());
    assertEquals(List.of("went on"), seen);
  }

  @ParameterizedTest
  @EnumSource(names = {"VIRTUAL_THREADS", "PLATFORM_THREADS"})
  void aLockBelongsToABodyOfItsOwnThread(Kind kind) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Coroutine holder = make(of(kind), own -> holdsOverASuspend(lock, own));
    Coroutine other = make(of(kind), own -> seen.add("got " + lock.tryLock()));
    on(0, holder::resume);
    on(0, other::resume);
    on(1, holder::resume);
    assertEquals(List.of("got false"), seen);
    assertFalse(lock.isLocked());
  }

  @Test
  void aLockThatABodyOnAContinuationHoldsIsTheThreads() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Coroutines stacks = of(Kind.CONTINUATIONS);
    Coroutine holder = make(stacks, own -> holdsOverASuspend(lock, own));
    Coroutine other = make(stacks, own -> seen.add("got " + lock.tryLock()));
    on(0, holder::resume);
    on(0, other::resume);
    assertEquals(List.of("got true"), seen, "what is said of continuations does not hold");
  }

  private static void holdsOverASuspend(ReentrantLock lock, Coroutine own) {
    lock.lock();
    try {
      own.suspend();
    } finally {
      lock.unlock();
    }
  }

  @Test
  void aMonitorIsLookedForNowAndThen() {
    Object lock = new Object();
    Coroutine body =
        make(
            new Continuations(),
            own -> {
              own.suspend();
              own.suspend();
              own.suspend();
              synchronized (lock) {
                assertThrows(IllegalStateException.class, own::suspend);
              }
            });
    assertTrue(body.resume());
    assertTrue(body.resume());
    assertTrue(body.resume());
    assertFalse(body.resume());
  }

  @Test
  void aMonitorOfWhoResumesIsNotTheBodys() {
    Coroutine body = make(of(Kind.CONTINUATIONS), Coroutine::suspend);
    synchronized (this) {
      assertTrue(body.resume());
    }
    assertFalse(body.resume());
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsInterruptedGivesItsMonitorBackLater(Kind kind) throws Exception {
    Object monitor = new Object();
    Coroutine body =
        make(
            of(kind),
            own -> {
              synchronized (monitor) {
                assertTrue(own.interrupt());
                seen.add("holds " + Thread.holdsLock(monitor));
                assertTrue(own.interrupt());
              }
            });
    assertTrue(body.resume());
    assertTrue(body.resume());
    assertFalse(body.resume());
    assertEquals(List.of("holds true"), seen);
    threads
        .submit(() -> {
          synchronized (monitor) {
            seen.add("free");
          }
        })
        .get();
    assertEquals(List.of("holds true", "free"), seen);
  }

  @Test
  void anotherBodysThreadDoesNotLeaveThatOne() {
    Coroutines stacks = of(Kind.CONTINUATIONS);
    Coroutine first = make(stacks, Coroutine::suspend);
    assertTrue(first.resume());
    Coroutine second =
        make(
            stacks,
            own -> {
              assertThrows(IllegalStateException.class, first::suspend);
              seen.add("went on");
            });
    assertFalse(second.resume());
    assertEquals(List.of("went on"), seen);
  }
}
