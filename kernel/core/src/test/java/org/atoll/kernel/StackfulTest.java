package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.hypercall.cpu.Coroutines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The primitives that wait, whatever carries the stacks. */
@ParameterizedClass
@EnumSource(Carrier.class)
final class StackfulTest {

  private final TestNode test = new TestNode();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Coroutines stacks;

  StackfulTest(Carrier carrier) {
    stacks = carrier.stacks();
  }

  @AfterEach
  void close() {
    for (Task task : test.node.tasks.all()) {
      if (task.stackful != null) {
        task.stackful.end();
      }
    }
    test.close();
  }

  private int start(String name, BlockingIpc.Body body) {
    int endpoint = test.node.startStackful(name, body, Privileges.SERVER, stacks);
    test.node.channel(endpoint).raise();
    return endpoint;
  }

  private static Message message(long w0) {
    return new Message().set(7, w0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void sendReceiveWaitsForTheAnswer() {
    int server = test.server("server", TestTask.serving((t, r, m) -> t.reply(r, m.w0 + 1)));
    start(
        "client",
        ipc -> {
          Message m = message(41);
          seen.add(ipc.sendReceive(server, m, BlockingIpc.FOREVER) + " " + m.w0);
          seen.add(ipc.sendReceive(server, m, BlockingIpc.FOREVER) + " " + m.w0);
        });
    test.settle();
    assertEquals(List.of("0 42", "0 43"), seen);
  }

  @Test
  void aBodyBeginsWhenItsChannelIsRaisedAndNotBefore() {
    int body = test.node.startStackful("body", ipc -> seen.add("begun"), Privileges.SERVER, stacks);
    start("other", ipc -> {});
    test.settle();
    assertEquals(List.of(), seen);
    test.node.channel(body).raise();
    test.settle();
    assertEquals(List.of("begun"), seen);
  }

  @Test
  void anAlarmOfItsOwnIsReceived() {
    start(
        "sleeper",
        ipc -> {
          ipc.kernel().setAlarm(5, 1_000);
          Message m = new Message();
          ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
          seen.add(m.type + " " + m.w0);
        });
    test.settle();
    test.pass(1_000);
    assertEquals(List.of(BlockingIpc.ALARM + " 5"), seen);
  }

  @Test
  void aStackfulServerReceivesAndReplies() {
    int server =
        start(
            "server",
            ipc -> {
              Message m = new Message();
              while (true) {
                long request = ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
                if (request > 0) {
                  ipc.reply(request, message(m.w0 * 2));
                } else {
                  seen.add(m.type + " " + m.w0);
                }
              }
            });
    TestTask client =
        TestTask.doing(t -> {
          t.send(server, message(1));
          t.call(server, message(21));
        });
    int clientEndpoint = test.server("client", client);
    test.node.channel(clientEndpoint).raise();
    test.settle();
    assertEquals(List.of("answered 7 42"), client.events);
    assertEquals(List.of("7 1"), seen);
  }

  @Test
  void receiveFromOneSetsTheOthersAside() {
    int receiver =
        test.node.startStackful(
            "receiver",
            ipc -> {
              Message m = new Message();
              ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
              int friend = (int) m.w0;
              ipc.receive(friend, m, BlockingIpc.FOREVER);
              seen.add("friend " + m.w0);
              ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
              seen.add("other " + m.w0);
              ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
              seen.add("notification " + (m.type == BlockingIpc.NOTIFICATION));
            },
            Privileges.SERVER,
            stacks);
    int friend = test.server("friend", TestTask.doing(t -> t.send(receiver, message(2))));
    int other =
        test.server(
            "other",
            TestTask.doing(t -> {
              t.send(receiver, message(friend));
              t.send(receiver, message(3));
            }));
    test.node.channel(receiver).raise();
    test.node.channel(other).raise();
    test.settle();
    int notifier = test.server("notifier", TestTask.doing(t -> t.notify(receiver)));
    test.node.channel(notifier).raise();
    test.settle();
    test.node.channel(friend).raise();
    test.settle();
    assertEquals(List.of("friend 2", "other 3", "notification true"), seen);
  }

  @Test
  void receiveTimesOut() {
    start("receiver", ipc -> seen.add("" + ipc.receive(Endpoint.ANY, new Message(), 1000)));
    test.settle();
    test.pass(999);
    assertEquals(List.of(), seen);
    test.pass(1);
    assertEquals(List.of("" + -Errno.ETIMEDOUT), seen);
  }

  @Test
  void aCallTimesOutAndItsLateAnswerLandsNowhere() {
    TestTask server = new TestTask();
    server.start = t -> t.reply(server.requests.getFirst(), 1);
    int endpoint = test.server("server", server);
    start(
        "client",
        ipc -> {
          seen.add("" + ipc.sendReceive(endpoint, message(0), 1000));
          seen.add("" + ipc.receive(Endpoint.ANY, new Message(), 1000));
        });
    test.settle();
    test.pass(1000);
    assertEquals(List.of("" + -Errno.ETIMEDOUT), seen);
    assertEquals(List.of("request 7 0", "cancelled"), server.events);
    test.node.channel(endpoint).raise();
    test.settle();
    test.pass(1000);
    assertEquals(List.of("" + -Errno.ETIMEDOUT, "" + -Errno.ETIMEDOUT), seen);
  }

  @Test
  void sendWaitsWhileTheMailboxIsFullAndSendNoWaitDoesNot() {
    int receiver =
        test.node.startStackful(
            "receiver",
            ipc -> {
              Message m = new Message();
              for (int i = 0; i <= Limits.MAILBOX_SLOTS; i++) {
                ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
              }
              seen.add("last " + m.w0);
            },
            Privileges.SERVER,
            stacks);
    start(
        "sender",
        ipc -> {
          int sent = 0;
          while (ipc.sendNoWait(receiver, message(sent)) == 0) {
            sent++;
          }
          seen.add("sent " + sent);
          seen.add("result " + ipc.send(receiver, message(sent)));
        });
    test.settle();
    assertEquals(List.of("sent " + Limits.MAILBOX_SLOTS), seen);
    test.node.channel(receiver).raise();
    test.settle();
    assertEquals(
        List.of("sent 256", "last 256", "result 0").stream().sorted().toList(),
        seen.stream().sorted().toList());
  }

  @Test
  void aCycleOfCallsIsRefused() {
    int[] endpoints = new int[2];
    endpoints[0] =
        test.node.startStackful(
            "a",
            ipc -> seen.add("a " + ipc.sendReceive(endpoints[1], message(0), BlockingIpc.FOREVER)),
            Privileges.SERVER,
            stacks);
    endpoints[1] =
        test.node.startStackful(
            "b",
            ipc -> seen.add("b " + ipc.sendReceive(endpoints[0], message(0), BlockingIpc.FOREVER)),
            Privileges.SERVER,
            stacks);
    test.node.channel(endpoints[0]).raise();
    test.settle();
    test.node.channel(endpoints[1]).raise();
    test.settle();
    assertEquals(
        List.of("b " + -Errno.ELOCKED, "a " + -Errno.EDEADSRCDST),
        seen,
        "b is refused, ends, and so its caller is told");
  }

  @Test
  void whoReceivesFromATaskThatDiesIsTold() {
    TestTask dying = new TestTask();
    dying.start =
        t -> {
          throw new IllegalStateException("the impossible (expected by this test)");
        };
    int endpoint = test.server("dying", dying);
    start(
        "receiver",
        ipc -> seen.add("" + ipc.receive(endpoint, new Message(), BlockingIpc.FOREVER)));
    test.settle();
    test.node.channel(endpoint).raise();
    test.settle();
    assertEquals(List.of("" + -Errno.EDEADSRCDST), seen);
  }

  @Test
  void aBodyThatReturnsOrThrowsEndsItsTask() {
    int returns = start("returns", ipc -> seen.add("ran"));
    int throwing =
        start(
            "throws",
            ipc -> {
              throw new IllegalStateException("the impossible (expected by this test)");
            });
    test.settle();
    assertEquals(List.of("ran"), seen);
    assertNull(test.node.tasks.find(returns));
    assertNull(test.node.tasks.find(throwing));
    assertFalse(test.node.replace(throwing, TestTask::new));
  }

  private void end(int endpoint) {
    TestTask killer =
        TestTask.doing(t -> t.call(test.node.kernelEndpoint(), destroying(t.scratch(), endpoint)));
    test.node.channel(test.server("killer", killer)).raise();
    test.settle();
    assertNull(test.node.tasks.find(endpoint));
  }

  private static Message destroying(Message m, int endpoint) {
    return m.set(KernelProtocol.Call.DESTROY.number(), endpoint, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void aTaskThatIsEndedWhileItWaitsUnwinds() {
    int body =
        start(
            "body",
            ipc -> {
              try {
                ipc.receive(Endpoint.ANY, new Message(), BlockingIpc.FOREVER);
              } finally {
                seen.add("unwound");
              }
            });
    test.settle();
    assertEquals(List.of(), seen);
    end(body);
    assertEquals(List.of("unwound"), seen);
  }

  @Test
  void aTaskThatIsEndedBeforeItBeganHasNothingToUnwind() {
    end(test.node.startStackful("body", ipc -> seen.add("begun"), Privileges.SERVER, stacks));
    assertEquals(List.of(), seen);
  }

  @Test
  void aBodyThatDoesNotMindItsEndIsLeftWhereItIs() {
    int body =
        start(
            "body",
            ipc -> {
              while (true) {
                try {
                  ipc.receive(Endpoint.ANY, new Message(), BlockingIpc.FOREVER);
                } catch (Throwable ended) {
                  seen.add("ended");
                }
              }
            });
    test.settle();
    end(body);
    assertFalse(seen.isEmpty());
  }

  @Test
  void aDeepStackIsKeptWhileItWaits() {
    int server = test.server("server", TestTask.serving((t, r, m) -> t.reply(r, m.w0 + 1)));
    start("client", ipc -> seen.add("" + deep(ipc, server, 300)));
    test.settle();
    assertEquals(List.of("300"), seen);
  }

  /** Calls at each depth, and leaves garbage there. */
  private static long deep(BlockingIpc ipc, int server, int depth) {
    byte[] left = new byte[depth * 1_000];
    Message m = message(0);
    ipc.sendReceive(server, m, BlockingIpc.FOREVER);
    if (depth % 100 == 0) {
      System.gc();
    }
    return m.w0 + (depth == 1 ? 0 : deep(ipc, server, depth - 1)) + left[0];
  }

  @Test
  void aStackThatOverflowsEndsItsTaskAlone() {
    int overflowing = start("overflowing", ipc -> seen.add("" + endless(ipc)));
    test.settle();
    assertNull(test.node.tasks.find(overflowing));
    start("other", ipc -> seen.add("other"));
    test.settle();
    assertEquals(List.of("other"), seen);
  }

  private static int endless(BlockingIpc ipc) {
    return ipc.self() + endless(ipc);
  }

  @Test
  void lettersThatWereSetAsideKeepTheirOrder() {
    TestTask sending = new TestTask();
    int sender = test.server("sender", sending);
    int receiver =
        start(
            "receiver",
            ipc -> {
              Message m = new Message();
              ipc.receive(Endpoint.HOST, m, BlockingIpc.FOREVER);
              for (int i = 0; i < 200; i++) {
                ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
                seen.add("" + m.w0);
              }
            });
    sending.start =
        t -> {
          for (int i = 0; i < 200; i++) {
            t.send(receiver, message(i));
          }
        };
    test.node.channel(sender).raise();
    test.settle();
    assertEquals(List.of(), seen);
    test.node.channel(receiver).raise();
    test.settle();
    assertEquals(IntStream.range(0, 200).mapToObj(Integer::toString).toList(), seen);
  }
}
