package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IpcTest {

  private final TestNode test = new TestNode();

  @AfterEach
  void close() {
    test.close();
  }

  private static Message message(Turn turn, int type, long w0) {
    return turn.scratch().set(type, w0, 0, 0, 0, 0, 0, 0);
  }

  private void raise(int endpoint) {
    test.node.channel(endpoint).raise();
    test.settle();
  }

  @Test
  void aCallIsAnsweredWithTheTypeOfItsRequest() {
    int server = test.server("echo", TestTask.serving((t, r, m) -> t.reply(r, m.w0 + 1)));
    TestTask client = TestTask.doing(t -> t.call(server, message(t, 7, 41)));
    raise(test.server("client", client));
    assertEquals(List.of("answered 7 42"), client.events);
  }

  @Test
  void aRequestCanBeAnsweredInALaterTurn() {
    TestTask server = new TestTask();
    int endpoint = test.server("later", server);
    server.start = t -> t.reply(server.requests.getFirst(), 5);
    TestTask client = TestTask.doing(t -> t.call(endpoint, message(t, 7, 0)));
    raise(test.server("client", client));
    assertEquals(List.of(), client.events);
    raise(endpoint);
    assertEquals(List.of("answered 7 5"), client.events);
  }

  @Test
  void aSecondAnswerGoesNowhere() {
    int server =
        test.server(
            "twice",
            TestTask.serving((t, r, m) -> {
              t.reply(r, 1);
              t.reply(r, 2);
            }));
    TestTask client = TestTask.doing(t -> t.call(server, message(t, 7, 0)));
    raise(test.server("client", client));
    assertEquals(List.of("answered 7 1"), client.events);
  }

  @Test
  void onlyTheCalleeMayAnswer() {
    TestTask server = new TestTask();
    int endpoint = test.server("server", server);
    TestTask client = TestTask.doing(t -> t.call(endpoint, message(t, 7, 0)));
    raise(test.server("client", client));
    raise(test.server("forger", TestTask.doing(t -> t.reply(server.requests.getFirst(), 666))));
    assertEquals(List.of(), client.events);
  }

  @Test
  void messagesOfOneSenderKeepTheirOrderWhenTheMailboxIsFull() {
    TestTask receiver = new TestTask();
    int endpoint = test.server("receiver", receiver);
    int count = Limits.MAILBOX_SLOTS + 300;
    raise(
        test.server(
            "sender",
            TestTask.doing(t -> {
              for (int i = 0; i < count; i++) {
                assertEquals(0, t.send(endpoint, message(t, 1, i)));
              }
            })));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      expected.add("message 1 " + i);
    }
    assertEquals(expected, receiver.events);
  }

  @Test
  void anAnswerDoesNotOvertakeEarlierMessagesOfItsSender() {
    int server =
        test.server(
            "server",
            TestTask.serving((t, r, m) -> {
              for (int i = 0; i < Limits.MAILBOX_SLOTS + 10; i++) {
                t.send(Turn.caller(r), message(t, 1, i));
              }
              t.reply(r, 0);
            }));
    TestTask client = TestTask.doing(t -> t.call(server, message(t, 7, 0)));
    raise(test.server("client", client));
    assertEquals(Limits.MAILBOX_SLOTS + 11, client.events.size());
    assertEquals("answered 7 0", client.events.getLast());
  }

  @Test
  void moreSendsThanATurnMayMakeAreRefused() {
    int receiver = test.server("receiver", new TestTask());
    List<Integer> results = new ArrayList<>();
    raise(
        test.server(
            "sender",
            TestTask.doing(t -> {
              for (int i = 0; i <= Limits.SENDS_PER_TURN_MAX; i++) {
                results.add(t.send(receiver, message(t, 1, i)));
              }
            })));
    assertEquals(-Errno.ENOBUFS, results.getLast());
    assertEquals(0, results.get(results.size() - 2));
  }

  @Test
  void notificationsOfOneSourceAreOneBit() {
    TestTask receiver = new TestTask();
    int endpoint = test.server("receiver", receiver);
    int sender =
        test.server(
            "sender",
            TestTask.doing(t -> {
              t.notify(endpoint);
              t.notify(endpoint);
            }));
    raise(sender);
    assertEquals(List.of("notified " + sender), receiver.events);
  }

  @Test
  void theDeadAreNotSentTo() {
    int dead = Endpoint.of(77, 0);
    List<Long> results = new ArrayList<>();
    TestTask client =
        TestTask.doing(t -> {
          results.add((long) t.send(dead, message(t, 1, 0)));
          results.add((long) t.notify(dead));
          t.call(dead, message(t, 9, 0));
        });
    raise(test.server("client", client));
    assertEquals(List.of((long) -Errno.EDEADSRCDST, (long) -Errno.EDEADSRCDST), results);
    assertEquals(List.of("answered 9 " + -Errno.EDEADSRCDST), client.events);
  }

  @Test
  void aTurnThatThrowsSendsNothingAndEndsTheTask() {
    TestTask other = new TestTask();
    int endpoint = test.server("other", other);
    int server =
        test.server(
            "server",
            TestTask.serving((t, r, m) -> {
              t.send(endpoint, message(t, 1, 0));
              t.reply(r, 0);
              throw new IllegalStateException("the impossible (expected by this test)");
            }));
    TestTask client = TestTask.doing(t -> t.call(server, message(t, 7, 0)));
    raise(test.server("client", client));
    assertEquals(List.of(), other.events);
    assertEquals(List.of("answered 7 " + -Errno.EDEADSRCDST), client.events);
  }

  @Test
  void theVosEndsWhenATaskThatServesARoleFails() {
    int server =
        test.server(
            "pm",
            TestTask.doing(t -> {
              throw new IllegalStateException("the impossible (expected by this test)");
            }));
    test.node.role(Role.PM, server);
    raise(server);
    assertEquals(Reaper.STATUS_FAILED, test.node.haltStatus());
  }

  @Test
  void aCancelledCallIsAnsweredAllTheSame() {
    TestTask server = new TestTask();
    server.whenCancelled = (t, r, m) -> t.reply(r, -Errno.EINTR);
    int endpoint = test.server("server", server);
    TestTask client = new TestTask();
    long[] call = new long[1];
    client.start =
        t -> {
          if (call[0] == 0) {
            call[0] = t.call(endpoint, message(t, 7, 0));
          } else {
            t.cancel(call[0]);
          }
        };
    int clientEndpoint = test.server("client", client);
    raise(clientEndpoint);
    raise(clientEndpoint);
    assertEquals(List.of("request 7 0", "cancelled"), server.events);
    assertEquals(List.of("answered 7 " + -Errno.EINTR), client.events);
  }

  @Test
  void theCancelOfAnAnsweredCallIsNotSeen() {
    TestTask server = TestTask.serving((t, r, m) -> t.reply(r, 3));
    int endpoint = test.server("server", server);
    TestTask client =
        TestTask.doing(t -> {
          long call = t.call(endpoint, message(t, 7, 0));
          t.cancel(call);
        });
    raise(test.server("client", client));
    assertEquals(List.of("request 7 0"), server.events);
    assertEquals(List.of("answered 7 3"), client.events);
  }

  @Test
  void aTaskHasManyCallsUnderWayUpToALimit() {
    TestTask server = new TestTask();
    server.start = t -> server.requests.forEach(r -> t.reply(r, r & 0xffff));
    int endpoint = test.server("server", server);
    TestTask client = new TestTask();
    List<Long> ids = new ArrayList<>();
    client.start =
        t -> {
          for (int i = 0; i < Limits.SENDS_PER_TURN_MAX; i++) {
            ids.add(t.call(endpoint, message(t, 7, i)));
          }
        };
    int clientEndpoint = test.server("client", client);
    for (int i = 0; i < Limits.CALLS_PER_TASK_MAX / Limits.SENDS_PER_TURN_MAX + 1; i++) {
      raise(clientEndpoint);
    }
    assertEquals(Limits.CALLS_PER_TASK_MAX, server.requests.size());
    assertEquals(-Errno.ENOBUFS, ids.getLast());
    raise(endpoint);
    assertEquals(Limits.CALLS_PER_TASK_MAX, client.events.size());
    assertTrue(
        client.events.contains("answered 7 " + Limits.CALLS_PER_TASK_MAX),
        "every call has an id of its own");
  }

  @Test
  void theSameTaskIsRefusedWhatItsPrivilegesDoNotAllow() {
    int server = test.server("server", new TestTask());
    List<Long> results = new ArrayList<>();
    TestTask driver =
        TestTask.doing(t -> {
          results.add(t.call(test.node.kernelEndpoint(), message(t, 0x100, 0)));
          results.add((long) t.send(server, message(t, 1, 0)));
          results.add((long) t.kernel().spaceCreate());
        });
    raise(test.node.start("driver", driver, Privileges.DRIVER));
    assertEquals(List.of((long) -Errno.ECALLDENIED, 0L, (long) -Errno.EPERM), results);
  }

  @Test
  void aReplacedServerGoesOnWithItsState() {
    TestTask first = TestTask.serving((t, r, m) -> t.reply(r, 1));
    int endpoint = test.server("server", first);
    TestTask client = TestTask.doing(t -> t.call(endpoint, message(t, 7, 0)));
    int clientEndpoint = test.server("client", client);
    raise(clientEndpoint);
    TestTask second = TestTask.serving((t, r, m) -> t.reply(r, 2));
    assertTrue(test.node.replace(endpoint, () -> second));
    raise(clientEndpoint);
    assertEquals(List.of("request 7 0", "request 7 0"), second.events);
    assertEquals(List.of("answered 7 1", "answered 7 2"), client.events);
  }
}
