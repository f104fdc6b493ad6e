package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.atoll.kernel.RingTracer.Entry;
import org.atoll.kernel.RingTracer.Kind;
import org.atoll.kernel.Tracer.Moment;
import org.junit.jupiter.api.Test;

final class RingTracerTest {

  private static final int CLIENT = 7;
  private static final int SERVER = 9;

  private static Moment at(int node, int cpu, long nanos) {
    return new Moment(node, cpu, nanos);
  }

  private static Message message(int type, long word) {
    return new Message().set(type, word, 0, 0, 0, 0, 0, 0);
  }

  private static RingTracer ring(int node, int cpus, int entries) {
    RingTracer ring = new RingTracer(entries);
    ring.attach(node, cpus);
    return ring;
  }

  @Test
  void everyKindIsKeptAsItWas() {
    RingTracer ring = ring(3, 1, 16);
    long token = CallRecord.token(CLIENT, -5);
    ring.request(at(3, 0, 10), CLIENT, SERVER, token, message(70, Long.MIN_VALUE), 1, 2);
    ring.answer(at(3, 0, 11), SERVER, CLIENT, token, message(70 | Message.ANSWER, -2), 0);
    ring.message(at(3, 0, 12), CLIENT, SERVER, message(71, 4));
    ring.notified(at(3, 0, 13), Endpoint.HOST, SERVER);
    ring.alarm(at(3, 0, 14), SERVER, -1);
    ring.cancel(at(3, 0, 15), CLIENT, SERVER, CallRecord.token(CLIENT, 6));
    ring.hypercall(at(3, 0, 16), new Caller("x", 0), Hypercall.RANDOM, 1, -1);
    int random = Hypercall.RANDOM.number();
    assertEquals(
        List.of(
            new Entry(at(3, 0, 10), Kind.REQUEST, CLIENT, SERVER, 70, -5, Long.MIN_VALUE),
            new Entry(at(3, 0, 11), Kind.ANSWER, SERVER, CLIENT, 70 | Message.ANSWER, -5, -2),
            new Entry(at(3, 0, 12), Kind.MESSAGE, CLIENT, SERVER, 71, 0, 4),
            new Entry(at(3, 0, 13), Kind.NOTIFICATION, Endpoint.HOST, SERVER, 0, 0, 0),
            new Entry(at(3, 0, 14), Kind.ALARM, SERVER, SERVER, 0, 0, -1),
            new Entry(at(3, 0, 15), Kind.CANCEL, CLIENT, SERVER, 0, 6, 0),
            new Entry(at(3, 0, 16), Kind.HYPERCALL, Endpoint.NONE, Endpoint.NONE, random, 0, -1)),
        ring.entries());
  }

  @Test
  void theOldestGiveWayToTheNewest() {
    RingTracer ring = ring(0, 1, 4);
    for (int i = 0; i < 4 * 5 + 2; i++) {
      ring.message(at(0, 0, i / 8), CLIENT, SERVER, message(i, 0));
    }
    assertEquals(List.of(18, 19, 20, 21), ring.entries().stream().map(Entry::type).toList());
  }

  @Test
  void anAnswerStandsBehindItsRequestThoughItsCpuLookedAtTheClockBefore() {
    RingTracer ring = ring(0, 2, 8);
    ring.message(at(0, 1, 50), SERVER, CLIENT, message(1, 0));
    ring.request(at(0, 0, 100), CLIENT, SERVER, CallRecord.token(CLIENT, 1), message(2, 0), 0, 0);
    ring.answer(at(0, 1, 50), SERVER, CLIENT, CallRecord.token(CLIENT, 1), message(3, 0), 0);
    ring.message(at(0, 1, 50), SERVER, CLIENT, message(4, 0));
    ring.message(at(0, Moment.NO_CPU, 120), SERVER, CLIENT, message(5, 0));
    ring.message(at(0, 0, 130), CLIENT, SERVER, message(6, 0));
    assertEquals(List.of(1, 2, 3, 4, 5, 6), ring.entries().stream().map(Entry::type).toList());
  }

  @Test
  void nodesArePutIntoOneOrder() {
    RingTracer near = ring(0, 1, 8);
    RingTracer far = ring(1, 1, 8);
    long token = CallRecord.token(CLIENT, 1);
    near.request(at(0, 0, 100), CLIENT, SERVER, token, message(1, 0), 0, 0);
    far.answer(at(1, 0, 90), SERVER, CLIENT, token, message(2, 0), 0);
    near.cancel(at(0, 0, 100), CLIENT, SERVER, token);
    far.message(at(1, 0, 200), SERVER, CLIENT, message(3, 0));
    assertEquals(
        List.of(Kind.REQUEST, Kind.ANSWER, Kind.CANCEL, Kind.MESSAGE),
        RingTracer.inOrder(List.of(far, near)).stream().map(Entry::kind).toList());
  }

  @Test
  void anAnswerWhoseRequestIsForgottenWaitsForNoOther() {
    RingTracer ring = ring(0, 2, 2);
    long token = CallRecord.token(CLIENT, 1);
    ring.answer(at(0, 0, 10), SERVER, CLIENT, token, message(1, 0), 0);
    ring.request(at(0, 0, 20), CLIENT, SERVER, token, message(2, 0), 0, 0);
    assertEquals(List.of(1, 2), ring.entries().stream().map(Entry::type).toList());
  }

  @Test
  void aRingOfNoPowerOfTwoIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RingTracer(12));
    assertThrows(IllegalArgumentException.class, () -> new RingTracer(0));
  }

  /** So many calls of one task to another, and how often the kernel has read the clock. */
  private static long readings(Tracer tracer, int calls) {
    try (TestNode test = new TestNode(NodeConfig.single(), 1, null, tracer)) {
      test.host.nanos = 1_000;
      int server = test.server("server", TestTask.serving((t, r, m) -> t.reply(r, m.w0 + 1)));
      TestTask client = new TestTask();
      client.start =
          t -> {
            for (int i = 0; i < calls; i++) {
              t.call(server, t.scratch().set(70, i, 0, 0, 0, 0, 0, 0));
            }
          };
      int endpoint = test.server("client", client);
      test.node.channel(endpoint).raise();
      // What the test's own thread does is no CPU's, and has its own time.
      long before = test.node.hypercalls.made(Hypercall.CLOCK_MONOTONIC);
      test.settle();
      return test.node.hypercalls.made(Hypercall.CLOCK_MONOTONIC) - before;
    }
  }

  @Test
  void keepingReadsNoClockThatIsNotReadAnyway() {
    int calls = 100;
    RingTracer ring = new RingTracer(1_024);
    assertEquals(readings(Tracer.NONE, calls), readings(ring, calls));
    List<Entry> entries = ring.entries();
    List<Entry> requests = entries.stream().filter(each -> each.kind() == Kind.REQUEST).toList();
    List<Entry> answers = entries.stream().filter(each -> each.kind() == Kind.ANSWER).toList();
    assertEquals(2 * calls + 1, entries.size());
    assertTrue(entries.stream().allMatch(each -> each.at().nanos() == 1_000));
    assertEquals(calls, requests.size());
    for (int i = 0; i < calls; i++) {
      assertEquals(0, requests.get(i).at().cpu());
      assertEquals(i, requests.get(i).word());
      assertEquals(i + 1, answers.get(i).word());
      assertEquals(requests.get(i).call(), answers.get(i).call());
      assertEquals(requests.get(i).type() | Message.ANSWER, answers.get(i).type());
    }
  }

  @Test
  void whatATracerWantsExactlyIsReadForEach() {
    TextTracer text = new TextTracer(line -> {}, Set.of());
    int calls = 100;
    assertEquals(readings(Tracer.NONE, calls) + 2 * calls, readings(text, calls));
  }
}
