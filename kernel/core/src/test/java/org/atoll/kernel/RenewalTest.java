package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.KernelProtocol.Call;
import org.atoll.abi.protocol.RsProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server gets new code, a fresh state, or neither, while others wait for it. */
final class RenewalTest {

  /** A request that is answered with the number of requests so far. */
  private static final int COUNT = 0x4000;

  /** A request that is kept. */
  private static final int KEEP = 0x4001;

  /** A request that answers those that are kept. */
  private static final int ANSWER = 0x4002;

  /** A request that ends the turn with an exception. */
  private static final int THROW = 0x4003;

  private static final int REASON_BYTES_MAX = 200;

  private final TestNode test = new TestNode();
  private final List<Long> answers = new ArrayList<>();
  private final TestTask watcher = new TestTask();
  private final int rs = test.server("rs", watcher);
  private String reason = "";

  @AfterEach
  void close() {
    test.close();
  }

  /** Counts requests; its state is the events that it saw, and the requests. */
  private static class Counter extends TestTask {

    @Override
    public void request(Turn turn, long request, Message m) {
      super.request(turn, request, m);
      switch (m.type) {
        case COUNT -> turn.reply(request, events.size());
        case ANSWER -> requests.forEach(kept -> turn.reply(kept, events.size()));
        case THROW -> throw new IllegalStateException("told to");
        default -> {}
      }
    }

    @Override
    public void save(StateWriter out) {
      super.save(out);
      out.writeInt(requests.size());
      requests.forEach(out::writeLong);
    }

    @Override
    public void load(StateReader in) {
      super.load(in);
      for (int left = in.readInt(); left > 0; left--) {
        requests.add(in.readLong());
      }
    }
  }

  /** Keeps the type of each request, also of one whose turn throws. */
  private static final class Keeper extends Counter {

    @Override
    public void request(Turn turn, long request, Message m) {
      turn.kernel().keep(new StateWriter().writeString("type " + m.type));
      super.request(turn, request, m);
    }
  }

  /** Takes three frames at each COUNT: one is kept twice, one given away, one released. */
  private static final class Hoarder extends Counter {

    @Override
    public void request(Turn turn, long request, Message m) {
      if (m.type == COUNT) {
        turn.kernel().frameRetain(turn.kernel().frameAllocate());
        turn.kernel().frameGive(turn.kernel().frameAllocate());
        turn.kernel().frameRelease(turn.kernel().frameAllocate());
      }
      super.request(turn, request, m);
    }
  }

  private int service(Supplier<Handler> maker) {
    test.node.images().put("s", new Images.Image(maker, Privileges.SERVER, List.of()));
    int endpoint = test.node.start("s", maker.get(), Privileges.SERVER);
    assertEquals(0, kernel(Call.WATCH, endpoint, 0));
    return endpoint;
  }

  /** Has a new task call; its result comes to {@link #answers} when there is one. */
  private void call(int to, int type) {
    TestTask caller = new TestTask();
    caller.start =
        turn -> {
          long id = turn.call(to, turn.scratch().set(type, 0, 0, 0, 0, 0, 0, 0));
          caller.whenAnswered.put(id, t -> answers.add(result(caller)));
        };
    test.node.channel(test.server("caller", caller)).raise();
    test.settle();
  }

  /** The result of a kernel call that the watcher makes. */
  private long kernel(Call call, long w0, long w1) {
    watcher.start =
        turn -> {
          Message m = call.encode(turn.scratch(), w0, w1);
          int kernel = test.node.kernelEndpoint();
          long id = turn.callWithBytes(kernel, m, new byte[0], 0, REASON_BYTES_MAX);
          watcher.whenAnswered.put(id, this::readReason);
        };
    test.node.channel(rs).raise();
    test.settle();
    return watcher.events.stream()
        .filter(event -> event.startsWith("answered"))
        .mapToLong(RenewalTest::number)
        .reduce(1, (first, last) -> last);
  }

  private void readReason(Turn turn) {
    byte[] text = new byte[REASON_BYTES_MAX];
    reason = new String(text, 0, turn.answerBytes(0, text, 0, text.length), StandardCharsets.UTF_8);
  }

  private static long result(TestTask task) {
    return number(task.events.getLast());
  }

  private static long number(String event) {
    return Long.parseLong(event.substring(event.lastIndexOf(' ') + 1));
  }

  private boolean toldThatItFailed(int service) {
    String event = "message " + RsProtocol.Call.FAILED.number() + " " + service;
    return watcher.events.contains(event);
  }

  @Test
  void whoFailsHoldsNoFramesAnyMoreAndOthersHoldWhatTheyWereGiven() {
    int service = service(Hoarder::new);
    int free = test.frames.freeFrames();
    call(service, COUNT);
    assertEquals(free - 2, test.frames.freeFrames());
    call(service, THROW);
    assertEquals(free - 1, test.frames.freeFrames());
  }

  @Test
  void anUpdateKeepsTheFramesThatTheStateKnowsOf() {
    int service = service(Hoarder::new);
    int free = test.frames.freeFrames();
    call(service, COUNT);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.UPDATE));
    assertEquals(free - 2, test.frames.freeFrames());
  }

  @Test
  void whoFailsIsGivenWhatItsLastTurnKeptThatDidNotThrow() {
    List<Keeper> made = new ArrayList<>();
    int service =
        service(() -> {
          made.add(new Keeper());
          return made.getLast();
        });
    call(service, KEEP);
    call(service, COUNT);
    call(service, THROW);
    assertTrue(toldThatItFailed(service));
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.RESTART));
    assertEquals(List.of("restored type " + COUNT), made.getLast().events);
  }

  @Test
  void anUpdateKeepsTheStateAndTheRequestsThatAreKept() {
    int service = service(Counter::new);
    call(service, KEEP);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.UPDATE));
    call(service, ANSWER);
    assertEquals(List.of(2L, 2L), answers);
  }

  @Test
  void aServerCanHaveItselfUpdatedAndHearsOfItInItsNewCode() {
    List<Counter> made = new ArrayList<>();
    int service =
        service(() -> {
          made.add(new Counter());
          made.getLast().start =
              turn -> {
                Message m = Call.RENEW.encode(turn.scratch(), turn.self(), KernelProtocol.UPDATE);
                turn.callWithBytes(test.node.kernelEndpoint(), m, new byte[0], 0, 0);
              };
          return made.getLast();
        });
    test.node.channel(service).raise();
    test.settle();
    assertEquals(2, made.size());
    assertEquals("answered " + Call.RENEW.number() + " 0", made.getLast().events.getLast());
  }

  @Test
  void anUpdateTakesTheVersionThatWasOffered() {
    int service = service(Counter::new);
    call(service, COUNT);
    Supplier<Handler> hundred =
        () ->
            new Counter() {
              @Override
              public void request(Turn turn, long request, Message m) {
                turn.reply(request, 100 + events.size());
              }
            };
    assertTrue(
        test.node.images().offer("s", new Images.Image(hundred, Privileges.SERVER, List.of())));
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.UPDATE));
    call(service, COUNT);
    assertEquals(List.of(1L, 101L), answers);
    assertEquals(2, test.node.images().version("s"));
  }

  @Test
  void aVersionThatCannotLoadTheStateLeavesTheOldOneAndSaysWhy() {
    int service = service(Counter::new);
    Supplier<Handler> picky =
        () ->
            new Counter() {
              @Override
              public void load(StateReader in) {
                throw new IllegalArgumentException("not my state");
              }
            };
    test.node.images().offer("s", new Images.Image(picky, Privileges.SERVER, List.of()));
    assertEquals(-Errno.EINVAL, kernel(Call.RENEW, service, KernelProtocol.UPDATE));
    assertTrue(reason.contains("not my state"), reason);
    call(service, COUNT);
    assertEquals(List.of(1L), answers);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.UPDATE), "the offer is gone");
  }

  @Test
  void aRestartFailsTheRequestsThatWereTakenAndForgetsTheState() {
    int service = service(Counter::new);
    call(service, KEEP);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.RESTART));
    assertEquals(List.of((long) -Errno.EDEADSRCDST), answers);
    call(service, COUNT);
    assertEquals(List.of((long) -Errno.EDEADSRCDST, 1L), answers);
  }

  @Test
  void aServiceThatFailsWaitsAndItsMailboxWithIt() {
    int service = service(Counter::new);
    call(service, KEEP);
    call(service, THROW);
    long dead = -Errno.EDEADSRCDST;
    assertEquals(List.of(dead, dead), answers);
    assertTrue(toldThatItFailed(service));
    assertFalse(test.node.halted());
    call(service, COUNT);
    assertEquals(List.of(dead, dead), answers);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.RESTART));
    assertEquals(List.of(dead, dead, 1L), answers, "the request that threw is not served again");
  }

  @Test
  void whatAFailedServiceHadSetOrAskedForComesToNobody() {
    int silent = test.server("silent", new TestTask());
    int service =
        service(() -> {
          Counter counter = new Counter();
          counter.start =
              turn -> {
                turn.call(silent, turn.scratch().set(COUNT, 0, 0, 0, 0, 0, 0, 0));
                turn.kernel().setAlarm(1, 5);
              };
          return counter;
        });
    test.node.channel(service).raise();
    test.settle();
    call(service, THROW);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.RESTART));
    test.pass(10);
    call(service, COUNT);
    assertEquals(1L, answers.getLast());
  }

  @Test
  void whoIsKilledFailsAsByAMistake() {
    int service = service(Counter::new);
    assertEquals(0, kernel(Call.FAIL, service, 0));
    assertTrue(toldThatItFailed(service));
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.RESTART));
    call(service, COUNT);
    assertEquals(List.of(1L), answers);
  }

  @Test
  void whoIsStoppedAnswersErrorsUntilItIsUpdated() {
    int service = service(Counter::new);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.STOP));
    call(service, COUNT);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.UPDATE));
    call(service, COUNT);
    assertEquals(List.of((long) -Errno.EDEADSRCDST, 1L), answers);
  }

  @Test
  void anImageThatCannotBeMadeLeavesAFailedServiceFailed() {
    int[] made = {0};
    int service =
        service(() -> {
          if (made[0]++ == 1) {
            throw new IllegalStateException("not twice");
          }
          return new Counter();
        });
    assertEquals(0, kernel(Call.FAIL, service, 0));
    assertEquals(-Errno.EINVAL, kernel(Call.RENEW, service, KernelProtocol.RESTART));
    assertTrue(reason.contains("not twice"), reason);
    assertEquals(0, kernel(Call.RENEW, service, KernelProtocol.RESTART));
  }

  @Test
  void kernelsAreNotRenewedAndWhatIsNotThereIsSaidSo() {
    int kernel = test.node.kernelEndpoint();
    assertEquals(-Errno.EPERM, kernel(Call.RENEW, kernel, KernelProtocol.RESTART));
    assertEquals(-Errno.EPERM, kernel(Call.FAIL, kernel, 0));
    assertEquals(-Errno.ESRCH, kernel(Call.RENEW, Endpoint.of(77, 0), KernelProtocol.RESTART));
    int service = service(Counter::new);
    assertEquals(-Errno.EINVAL, kernel(Call.RENEW, service, 3));
    assertEquals(-Errno.ENOENT, kernel(Call.RENEW, rs, KernelProtocol.UPDATE));
  }
}
