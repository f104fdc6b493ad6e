package org.atoll.drivers.link.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.atoll.drivers.link.service.Terms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CensusTakerTest {

  private final CompletableFuture<Census> outcome = new CompletableFuture<>();
  private final CensusTaker taker = new CensusTaker(1, 3, outcome);

  @BeforeEach
  void askTwo() {
    taker.asked(0);
    taker.asked(2);
  }

  private static NodeRow node(int number) {
    return new NodeRow(number, 100 + number, "host", Terms.NONE);
  }

  private static LinkRow link(int from, int to) {
    return new LinkRow(from, to, "tcp", 1, 2, 3, 4);
  }

  @Test
  void itIsCompleteWhenAllHaveSaidAll() {
    taker.node(2, node(2), 1);
    taker.node(0, node(0), 1);
    taker.link(2, link(2, 0));
    assertFalse(outcome.isDone());
    taker.link(0, link(0, 2));
    assertEquals(
        new Census(List.of(node(0), node(2)), List.of(link(0, 2), link(2, 0))), outcome.join());
  }

  @Test
  void theDeadAreNotWaitedFor() {
    taker.node(0, node(0), 0);
    taker.dead(2);
    assertEquals(List.of(node(0)), outcome.join().nodes());
  }

  @Test
  void nobodySpeaksForAnotherOrUnasked() {
    taker.node(1, node(1), 0);
    taker.node(2, node(0), 0);
    taker.node(2, node(2), 3);
    taker.link(2, link(2, 0));
    taker.node(2, node(2), 1);
    taker.link(2, link(1, 0));
    taker.node(2, node(2), 1);
    assertFalse(outcome.isDone());
    taker.complete();
    assertEquals(new Census(List.of(node(2)), List.of()), outcome.join());
  }

  @Test
  void whoDoesNotAnswerIsMissing() {
    taker.node(0, node(0), 0);
    taker.complete();
    assertTrue(outcome.isDone());
    assertEquals(List.of(node(0)), outcome.join().nodes());
  }
}
