package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.StateWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node dies through which a call goes to a process that has moved: its caller hears of it. */
final class PassedRequestsTest {

  private static final int NODES = 4;
  private static final String LOST = "answered 7 " + -Errno.EDEADSRCDST;

  private final MemoryNet net = new MemoryNet(NODES);
  private final List<TestNode> nodes = new ArrayList<>();
  private final TestTask caller = new TestTask();
  private int process;

  PassedRequestsTest() {
    for (int i = 0; i < NODES; i++) {
      nodes.add(new TestNode(NodeConfig.of(i, NODES), 1, net.end(i), Tracer.NONE));
    }
    net.connect();
  }

  @AfterEach
  void close() {
    nodes.forEach(TestNode::close);
  }

  private Node node(int number) {
    return nodes.get(number).node;
  }

  private void spawn(int on) {
    process = node(on).life.spawn();
  }

  /** The two nodes of a move learn of it, and nobody else. */
  private void move(int from, int to) {
    StateWriter state = new StateWriter();
    new TestProgram().save(state);
    assertEquals(0, node(to).life.adopt(process, state.toBytes()));
    assertEquals(0, node(from).life.forget(node(from).cpu(0), process, to));
  }

  private void learns(int who, int at) {
    assertEquals(0, node(who).life.locate(process, at));
  }

  /** A task of node 0 calls the process; the request is on its way. */
  private void call() {
    call(process);
  }

  /** As above; before, it calls another one. */
  private void call(int other) {
    caller.start =
        t -> {
          if (other != process) {
            t.call(other, t.scratch().set(6, 41, 0, 0, 0, 0, 0, 0));
          }
          t.call(process, t.scratch().set(7, 41, 0, 0, 0, 0, 0, 0));
        };
    node(0).channel(nodes.get(0).server("caller", caller)).raise();
    nodes.get(0).settle();
  }

  /** What has come to a node is delivered, and what that led to is on its way. */
  private void runs(int number) {
    net.end(number).poll();
    nodes.get(number).settle();
  }

  private void dies(int dead) {
    net.end(dead).forget();
    for (int i = 0; i < NODES; i++) {
      if (i != dead) {
        net.end(i).receiver().nodeDown(dead, "killed");
        nodes.get(i).settle();
      }
    }
  }

  @Test
  void aRequestThatWasPassedOnToADeadNodeIsAnswered() {
    spawn(1);
    call();
    move(1, 2);
    runs(1);
    dies(2);
    runs(0);
    assertEquals(List.of(LOST), caller.events);
  }

  @Test
  void aRequestThatWentWithItsCalleeToADeadNodeIsAnswered() {
    spawn(1);
    int runsFirst = node(1).life.spawn();
    call(runsFirst);
    net.end(1).poll();
    move(1, 2);
    runs(1);
    dies(2);
    runs(0);
    assertEquals(List.of(LOST), caller.events);
  }

  @Test
  void aRequestIsLostWithTheNodeThatItWasSentTo() {
    spawn(1);
    call();
    move(1, 2);
    learns(0, 2);
    dies(1);
    nodes.get(0).settle();
    assertEquals(List.of(LOST), caller.events);
  }

  @Test
  void aRequestThatComesWhenAllButItsSenderKnowOfTheDeathIsAnswered() {
    spawn(3);
    move(3, 1);
    learns(0, 1);
    call();
    move(1, 2);
    learns(3, 2);
    dies(2);
    runs(1);
    runs(3);
    runs(0);
    assertEquals(List.of(LOST), caller.events);
  }

  @Test
  void aRequestThatComesBackFromWhoHeardOfTheDeathFirstIsAnswered() {
    spawn(0);
    move(0, 1);
    call();
    move(1, 2);
    dies(2);
    learns(0, 2);
    runs(1);
    runs(0);
    assertEquals(List.of(LOST), caller.events);
  }

  @Test
  void aRequestThatWasAnsweredThereIsNotAnsweredTwice() {
    spawn(1);
    call();
    move(1, 2);
    TestTask there = (TestTask) node(2).tasks.find(process).handler;
    there.serve = (turn, request, m) -> turn.reply(request, m.w0 + 1);
    runs(1);
    runs(2);
    runs(0);
    dies(2);
    runs(0);
    assertEquals(List.of("answered 7 42"), caller.events);
  }

  @Test
  void whoCallsFromANodeThatDiedHearsNothing() {
    spawn(1);
    call();
    move(1, 2);
    runs(1);
    dies(0);
    dies(2);
    runs(3);
    assertEquals(List.of(), caller.events);
  }
}
